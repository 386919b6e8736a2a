"""Probes for ids."""

import pytest

from harvester.checks.policy.platform import PlatformAnswer, PlatformProbe, ask, evaluate, inquire
from harvester.errors import ProfileError
from harvester.model.exchange import Failure

PROBE = PlatformProbe(
    scheme="tube",
    url="https://tube.example/oembed?url={url}&format=json",
    watch="https://tube.example/watch?v={id}",
    answers=(
        PlatformAnswer(reason="platform-removed", contains="video was removed"),
        PlatformAnswer(reason="platform-removed", status=400),
        PlatformAnswer(reason="platform-removed", status=200, size_bytes=1097),
    ),
)


def test_the_id_is_put_where_it_goes():
    """Id and address are percent-encoded, so that an id can't become another parameter."""
    assert ask(PROBE, "a&b").url == (
        "https://tube.example/oembed?url=https%3A%2F%2Ftube.example%2Fwatch%3Fv%3Da%2526b&format=json"
    )
    assert ask(PROBE, "x").purpose == "platform"


@pytest.mark.parametrize(
    ("status", "body", "headers", "reason"),
    [
        (200, '{"title":"x"}', {}, "ok"),
        (404, "Not Found", {}, "platform-removed"),
        (410, "", {}, "platform-removed"),
        (400, "Bad Request", {}, "platform-removed"),
        (200, "This Video Was Removed by its owner", {}, "platform-removed"),
        (200, "x", {"content-length": "1097"}, "platform-removed"),
        (401, "video was removed", {}, "forbidden"),
        (403, "video was removed", {}, "forbidden"),
        (429, "video was removed", {}, "rate-limited"),
        (500, "video was removed", {}, "server-error"),
        (404, "<title>Just a moment...</title> video was removed", {}, "bot-challenge"),
        (302, "", {}, "protocol-error"),
    ],
)
def test_answers_mean_what_the_profile_says_within_reason(answered, status, body, headers, reason):
    """A refusal, a limit, an error or a wall is never a removal, whatever the profile says."""
    verdict = evaluate(PROBE, answered(status, body, headers))
    assert (verdict.reason, verdict.basis) == (reason, "platform")


def test_no_answer_is_the_failure(answered):
    """A platform that can't be reached says nothing of its videos."""
    verdict = evaluate(PROBE, answered(None, failure=Failure(reason="timeout", transient=True, errors=())))
    assert (verdict.reason, verdict.transient, verdict.basis) == ("timeout", True, "none")


def test_one_request_settles_an_id(host, reply):
    """A probe asks once."""
    host.default = reply(b"{}", "application/json")
    assert host.drive(inquire(PROBE, "x")).reason == "ok"
    assert len(host.asked) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"url": "https://tube.example/oembed"},
        {"url": "https://tube.example/{url}"},
        {"url": "https://tube.example/{id}", "answers": (PlatformAnswer(reason="vanished"),)},
    ],
)
def test_a_probe_that_can_not_work_is_refused(wrong):
    """A profile with an unknown reason or without a place for the id is an error of the profile."""
    with pytest.raises(ProfileError):
        PlatformProbe(scheme="tube", **wrong)


def test_an_answer_that_breaks_off_is_not_there(host, reply):
    """What a profile looks for may stand in the rest; what was found counts."""
    host.default = reply(b"{" + b" " * 100 + b'"removed"}', "application/json", breaks=True)
    gone = PlatformAnswer(reason="platform-removed", contains="removed")
    there = PlatformAnswer(reason="ok", status=200)
    probe = PlatformProbe(scheme="tube", url="https://tube.example/{id}", answers=(gone, there))
    assert host.drive(inquire(probe, "x")).reason == "connection-failed"
    host.default = reply(b'{"removed"' + b" " * 100, "application/json", breaks=True)
    assert host.drive(inquire(probe, "x")).reason == "platform-removed"
