"""From HEAD to the verdict."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from harvester.checks.policy.ladder import probe
from harvester.checks.policy.target import Known, Target
from harvester.model.exchange import Answer, Ask, Failure
from harvester.model.observation import Hop
from harvester.model.vocabulary import STATE_OF

URL = "http://media.example/2016/clip.mp4"
VIDEO = Target(url=URL, kind="video")
NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
TS = (b"\x47" + bytes(187)) * 30
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (640).to_bytes(4) + (480).to_bytes(4) + bytes(9) + b"\0\0\0\0IEND"
MASTER = "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nlow.m3u8\n#EXT-X-STREAM-INF:BANDWIDTH=2\nhigh.m3u8\n"
MEDIA = (
    '#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI="k"\n#EXTINF:6,\n1.ts\n#EXTINF:6,\n2.ts\n#EXTINF:6,\n3.ts\n#EXT-X-ENDLIST'
)


def page(title="", text="", extra=""):
    return f"<!doctype html><html><head><title>{title}</title>{extra}</head><body>{text}</body></html>".encode()


def asked(host):
    return [(ask.method, ask.url.removeprefix("http://media.example"), ask.range) for ask in host.asked]


def check(host, reply_to_url, target=VIDEO, known=None, look="bytes"):
    host.replies[target.url] = reply_to_url
    return host.drive(probe(target, known, join=urljoin, look=look))


def test_a_whole_video_is_ok_by_its_bytes(host, reply, make_movie):
    """HEAD, then the first bytes: the video plays, and its facts come from itself."""
    data = make_movie()
    verdict = check(host, reply(data, "video/mp4", headers={"etag": '"1"'}))
    assert (verdict.reason, verdict.state, verdict.basis) == ("ok", "available", "bytes")
    assert verdict.facts["duration_s"] == 5.0
    assert verdict.facts["size_bytes"] == len(data)
    assert asked(host) == [("HEAD", "/2016/clip.mp4", None), ("GET", "/2016/clip.mp4", (0, 65535))]


def test_an_index_at_the_end_costs_one_more_range(host, reply, make_movie):
    """The tail of a long video is asked for, and nothing in between."""
    data = make_movie(tail=True, mdat=500_000)
    assert check(host, reply(data, "video/mp4")).facts["playable"] == "yes"
    assert [ask.range for ask in host.asked[1:]] == [(0, 65535), (500032, len(data) - 1)]


def test_a_host_without_ranges_is_read_to_the_cap(host, reply, make_movie):
    """Where Range is ignored nothing more is asked for, and what was seen is right."""
    verdict = check(host, reply(make_movie(tail=True, mdat=500_000), "video/mp4", ranges=False))
    assert (verdict.reason, verdict.facts["playable"], len(host.asked)) == ("ok", "unseen", 2)


def test_a_cut_video_is_truncated(host, reply, make_movie):
    """Boxes beyond the end make a video degraded, not available."""
    assert check(host, reply(make_movie()[:-1000], "video/mp4")).reason == "truncated"


@pytest.mark.parametrize("ranges", [True, False])
def test_an_empty_file_is_truncated(host, reply, ranges):
    """Zero bytes, by a 200 or by a 416 that says so."""
    assert check(host, reply(b"", "video/mp4", ranges=ranges)).reason == "truncated"


def test_a_refused_range_is_asked_without(host, reply, make_movie):
    """A 416 of a host that can't serve ranges is not broken."""
    host.replies[URL] = reply(make_movie(), "video/mp4", ranges=False)
    steps = probe(VIDEO, join=urljoin)
    steps.send(host.send(next(steps)))
    again = steps.send(Answer(ask=host.asked[0], url=URL, status=416, started_at=NOW, duration_s=0.1))
    assert (again.method, again.range) == ("GET", None)


def test_a_good_head_is_enough_on_request(host, reply, make_movie):
    """With look="head" a plausible HEAD ends the check."""
    verdict = check(host, reply(make_movie(), "video/mp4"), look="head")
    assert (verdict.reason, verdict.basis, len(host.asked)) == ("head-only", "head", 1)


@pytest.mark.parametrize("claimed", ["text/html", "application/octet-stream", None])
def test_a_head_that_says_too_little_is_never_enough(host, reply, make_movie, claimed):
    """Without the right type bytes are looked at, even with look="head"."""
    assert check(host, reply(make_movie(), claimed), look="head").reason == "ok"


@pytest.mark.parametrize("status", [404, 410, 403, 400, 405, 500, 501, 401])
def test_a_head_that_is_refused_or_lies_is_no_verdict(host, reply, make_movie, status):
    """Hosts answer HEAD with all kinds of errors for what they have."""
    assert check(host, reply(make_movie(), "video/mp4", head=reply(status=status))).reason == "ok"


@pytest.mark.parametrize(("status", "reason"), [(404, "not-found"), (410, "gone"), (403, "forbidden"), (401, "login")])
def test_a_head_that_promises_too_much_is_no_verdict(host, reply, status, reason):
    """A HEAD 200 of what GET doesn't have counts for nothing."""
    head = reply(type="video/mp4", length=5000)
    assert check(host, reply(b"x", "text/plain", status, head=head)).reason == reason


@pytest.mark.parametrize(
    ("status", "reason"),
    [(429, "rate-limited"), (503, "server-error"), (451, "legal"), (522, "server-error")],
)
def test_what_a_get_would_only_repeat_is_not_asked_again(host, reply, status, reason):
    """Limits and outages end the check with the HEAD."""
    verdict = check(host, reply(b"", None, status))
    assert (verdict.reason, len(host.asked)) == (reason, 1)


@pytest.mark.parametrize("reason", ["timeout", "connection-failed", "dns-nxdomain", "tls-failure", "robots-disallowed"])
def test_a_failure_is_not_repeated_by_the_next_method(host, reply, reason):
    """What the network does to HEAD it does to GET."""
    failure = Failure(reason=reason, transient=reason == "timeout", errors=("x",))
    verdict = check(host, reply(failure=failure))
    assert (verdict.reason, verdict.transient, len(host.asked)) == (reason, reason == "timeout", 1)


def test_a_broken_answer_to_head_is_asked_by_get(host, reply, make_movie):
    """Servers that send a body to HEAD break the protocol, and serve GET."""
    broken = reply(failure=Failure(reason="protocol-error", transient=False, errors=()))
    host.replies[URL] = reply(make_movie(), "video/mp4")
    steps = probe(VIDEO, join=urljoin)
    first = next(steps)
    ask = steps.send(host._answer(first, URL, broken, []))
    assert ask.method == "GET"


def test_a_get_that_is_refused_leaves_the_head(host, reply):
    """Where only HEAD is served, its word counts as what it is."""
    verdict = check(host, reply(b"", None, 405, head=reply(type="video/mp4", length=9000)))
    assert (verdict.reason, verdict.basis) == ("head-only", "head")


def test_an_unknown_format_is_believed_as_far_as_the_host_says(host, reply):
    """Bytes of no known format count by the host's word alone."""
    assert check(host, reply(b"\x8a\x01\x02" * 50, "video/x-odd")).reason == "head-only"
    assert (
        check(host, reply(b"\x8a\x01\x02" * 50, None), replace(VIDEO, url="http://media.example/v")).reason == "unknown"
    )


@pytest.mark.parametrize(
    ("statuses", "reason"),
    [
        ((301,), "moved-permanent"),
        ((308, 301), "moved-permanent"),
        ((302,), "moved-temporary"),
        ((301, 307), "moved-temporary"),
    ],
)
def test_redirects_to_the_right_medium_say_that_it_moved(host, reply, make_movie, statuses, reason):
    """One temporary hop makes the whole way temporary."""
    where = [URL, *(f"http://media.example/new/{number}.mp4" for number in range(len(statuses)))]
    for number, status in enumerate(statuses):
        host.replies[where[number]] = reply(status=status, location=where[number + 1])
    host.replies[where[-1]] = reply(make_movie(), "video/mp4")
    verdict = host.drive(probe(VIDEO, join=urljoin))
    assert (verdict.reason, verdict.facts["final_url"]) == (reason, where[-1])


def test_not_modified_confirms_what_was_known(host, reply, make_movie):
    """With an earlier ETag the HEAD is conditional, and a 304 ends the check with the earlier facts."""
    known = Known(reason="ok", etag='"1"', facts={"duration_s": 5.0})
    verdict = check(host, reply(make_movie(), "video/mp4", headers={"etag": '"1"'}), known=known)
    assert (verdict.reason, verdict.basis, verdict.facts["duration_s"]) == ("ok", "head", 5.0)
    assert [ask.headers for ask in host.asked] == [{"If-None-Match": '"1"'}]


def test_other_bytes_than_before_are_a_replacement(host, reply, make_movie):
    """The digest of the first bytes tells a replaced file, whatever its name."""
    data = make_movie()
    known = Known(reason="ok", prefix_sha256=sha256(data).hexdigest(), prefix_bytes=len(data))
    assert check(host, reply(data, "video/mp4"), known=known).reason == "ok"
    assert check(host, reply(make_movie(mdat=4000), "video/mp4"), known=known).reason == "replaced"
    assert check(host, reply(make_movie(mdat=10), "video/mp4"), known=known).reason == "replaced"


@pytest.mark.parametrize(
    ("kind", "role", "data", "reason"),
    [
        ("video", "media", PNG, "wrong-type"),
        ("video", "media", b"fLaC" + bytes(50), "wrong-type"),
        ("video", "media", b"%PDF-1.4 xxx", "wrong-type"),
        ("video", "media", TS, "ok"),
        ("audio", "media", TS, "ok"),
        ("video", "poster", PNG, "ok"),
        ("video", "poster", TS, "wrong-type"),
        ("image", "media", PNG, "ok"),
        ("unknown", "media", PNG, "ok"),
        ("video", "caption", b"WEBVTT\n\n", "ok"),
        ("video", "caption", b"File not found", "soft-404"),
        ("video", "caption", b"1\n00:00:01,000 --> 00:00:02,000\n404 not found\n", "ok"),
        ("video", "storyboard", PNG, "ok"),
        ("video", "media", b"plain words", "unknown"),
        ("video", "media", b'{"error":"video not found"}', "soft-404"),
        ("video", "media", b'{"error":"permission required"}', "forbidden"),
        ("video", "media", b'{"a":1}', "unknown"),
    ],
)
def test_the_bytes_must_be_of_the_expected_kind(host, reply, kind, role, data, reason):
    """Another medium is the wrong type; words in place of one are read."""
    assert check(host, reply(data, "video/mp4"), Target(url=URL, kind=kind, role=role)).reason == reason


def test_a_picture_tells_its_size(host, reply):
    """Width and height come from the header."""
    facts = check(host, reply(PNG, "image/png"), Target(url=URL, role="poster")).facts
    assert (facts["width"], facts["height"], facts["media_type"]) == (640, 480, "image/png")


def test_of_a_page_a_head_is_enough(host, reply):
    """A page is not read."""
    verdict = check(host, reply(page("x"), "text/html"), Target(url="http://media.example/p", role="page"))
    assert (verdict.reason, len(host.asked)) == ("head-only", 1)


def test_a_page_behind_a_login_is_restricted(host, reply):
    """A redirect to the login is no page."""
    target = Target(url="http://media.example/p", role="page")
    host.replies["http://media.example/login"] = reply(page("x"), "text/html")
    assert check(host, reply(status=302, location="http://media.example/login"), target).reason == "login"


def test_a_refusal_is_tried_once_more_with_the_page_as_referer(host, reply, make_movie):
    """Where the page's name opens the door, that is what is missing."""
    target = replace(VIDEO, referer="http://news.example/a")
    verdict = check(host, reply(b"no", None, 403, referer=reply(make_movie(), "video/mp4")), target)
    assert (verdict.reason, verdict.state, verdict.facts["with_referer"]) == ("needs-referer", "restricted", "ok")
    assert [dict(ask.headers) for ask in host.asked] == [{}, {}, {"Referer": "http://news.example/a"}]


def test_a_refusal_that_a_referer_does_not_lift_stays(host, reply):
    """Two refusals are a refusal."""
    target = replace(VIDEO, referer="http://news.example/a")
    assert check(host, reply(b"no", None, 403), target).reason == "forbidden"


@pytest.mark.parametrize("body", [PNG, page("Home")])
def test_protection_against_hotlinks_is_no_absence(host, reply, make_movie, body):
    """A picture or page in place of a video is asked about with a Referer before it is called gone."""
    target = replace(VIDEO, referer="http://news.example/a")
    assert check(host, reply(body, None, referer=reply(make_movie(), "video/mp4")), target).reason == "needs-referer"


def test_a_live_stream_that_is_gone_has_ended(host, reply):
    """For what was live, not found means that it is over."""
    assert check(host, reply(b"", None, 404), replace(VIDEO, live="live")).reason == "live-ended"


BODIES = st.sampled_from(
    [
        b"",
        b"<html>404 not found",
        PNG,
        TS,
        MASTER.encode(),
        MEDIA.encode(),
        b"\0\0\0\x08moov",
        b"{}",
        b"<MPD/>",
        b"gone",
    ]
)
REFUSALS = st.sampled_from([401, 402, 403, 407, 408, 421, 425, 429, 451, 500, 501, 502, 503, 504, 505, 520, 999])
FAILURES = st.sampled_from(
    [*("timeout", "connection-failed", "dns-temporary", "tls-failure", "redirect-loop", "protocol-error", "deferred")]
)


@given(st.data())
def test_refused_limited_and_unreachable_is_never_unavailable(data):
    """No sequence of refusals, limits, errors, failures and walls leads to the state unavailable."""
    target = Target(
        url=data.draw(st.sampled_from([URL, "http://media.example/m.m3u8", "http://media.example/watch"])),
        kind=data.draw(st.sampled_from(["video", "audio", "image", "text", "unknown"])),
        role=data.draw(st.sampled_from(["media", "poster", "caption", "page", "feed"])),
        referer=data.draw(st.sampled_from([None, "http://news.example/"])),
        live=data.draw(st.sampled_from([None, "live", "ended"])),
    )
    verdict = run(target, lambda ask: held_back(ask, data))
    assert verdict.state not in ("unavailable", "available")


def held_back(ask: Ask, data) -> Answer:
    base = Answer(ask=ask, url=ask.url, status=None, started_at=NOW, duration_s=0)
    how = data.draw(st.sampled_from(["status", "failure", "wall"]))
    if how == "failure":
        return structs.replace(base, failure=Failure(reason=data.draw(FAILURES), transient=True, errors=()))
    if how == "wall":
        status = data.draw(st.sampled_from([200, 202, 403, 404, 410, 503]))
        return structs.replace(base, status=status, headers={"cf-mitigated": "challenge"}, body=page("Not found"))
    return structs.replace(base, status=data.draw(REFUSALS), body=data.draw(BODIES))


@given(st.data())
def test_whatever_is_answered_the_ladder_ends(data):
    """Any answers in any order lead to a verdict of a known reason within twenty requests."""
    target = Target(
        url=URL, kind=data.draw(st.sampled_from(["video", "image", "unknown"])), referer="http://n.example/"
    )

    def any_answer(ask: Ask) -> Answer:
        headers: Mapping[str, str] = data.draw(
            st.dictionaries(
                st.sampled_from(["content-type", "content-range", "content-length", "location", "etag"]),
                st.sampled_from(["video/mp4", "text/html", "bytes 0-9/10", "bytes */0", "bytes 5-9/*", "0", "12", "x"]),
            )
        )
        final = data.draw(st.sampled_from([ask.url, "http://media.example/", "http://[", "http://o.example/login"]))
        return Answer(
            ask=ask,
            url=final,
            status=data.draw(st.sampled_from([None, 200, 204, 206, 301, 304, 404, 405, 410, 416, 500])),
            started_at=NOW,
            duration_s=0,
            headers=headers,
            body=data.draw(BODIES),
            whole=data.draw(st.booleans()),
            hops=(Hop(url=ask.url, status=301), Hop(url=final, status=200)),
        )

    assert run(target, any_answer).reason in STATE_OF


def join(base, reference):
    try:
        return urljoin(base, reference)
    except ValueError:
        return None


def run(target, send):
    steps = probe(target, join=join)
    answer = None
    for _ in range(20):
        try:
            ask = next(steps) if answer is None else steps.send(answer)
        except StopIteration as end:
            return end.value
        answer = send(ask)
    raise AssertionError("too many requests")


@pytest.mark.parametrize("kind", ["video", "audio"])
def test_a_body_that_breaks_off_shows_no_medium(host, reply, kind):
    """First bytes that look right are not enough where no more came; the failure is the verdict, and it passes."""
    host.replies[URL] = reply((b"\x47" + bytes(187)) * 30, "video/mp2t", breaks=True)
    verdict = host.drive(probe(Target(url=URL, kind=kind), join=urljoin))
    assert (verdict.reason, verdict.state, verdict.transient) == ("connection-failed", "undetermined", True)
    assert verdict.facts["bytes_seen"] > 0
