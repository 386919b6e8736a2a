"""Following hop by hop."""

import asyncio
from datetime import UTC, datetime

import pytest

from harvester.checks.client.redirects import follow, join
from harvester.model import Answer, Ask, Failure, Hop

AT = datetime(2026, 1, 1, tzinfo=UTC)


class _Web:
    """Answers by a table: a redirect's target, a status, or a failure; writes down what was asked."""

    def __init__(self, table):
        self.table = table
        self.asked = []

    async def send(self, ask):
        self.asked.append(ask)
        entry = self.table.get(ask.url, 404)
        if isinstance(entry, Failure):
            return Answer(ask=ask, url=ask.url, status=None, started_at=AT, duration_s=1.0, failure=entry)
        status, location = entry if isinstance(entry, tuple) else (entry, None)
        return Answer(
            ask=ask,
            url=ask.url,
            status=status,
            started_at=AT,
            duration_s=1.0,
            headers={} if location is None else {"location": location},
            hops=(Hop(url=ask.url, status=status),),
        )


def followed(table, url="http://a/1", **more):
    web = _Web(table)
    return asyncio.run(follow(Ask(url=url, **more), web.send)), web


def test_the_last_answer_has_all_hops_and_the_time_of_all():
    """Relative and absolute redirects are followed; the answer is about the first request."""
    answer, _ = followed({"http://a/1": (301, "/2"), "http://a/2": (302, "//b/3"), "http://b/3": 200})
    assert (answer.status, answer.url, answer.ask.url) == (200, "http://b/3", "http://a/1")
    assert [(hop.url, hop.status) for hop in answer.hops] == [
        ("http://a/1", 301),
        ("http://a/2", 302),
        ("http://b/3", 200),
    ]
    assert answer.duration_s == 3


def test_each_hop_is_asked_like_the_first():
    """Method, range and headers stay the same."""
    _, web = followed(
        {"http://a/1": (307, "/2"), "http://a/2": 206},
        method="GET",
        range=(0, 9),
        max_bytes=10,
        headers={"referer": "x"},
    )
    first, second = web.asked
    assert (second.method, second.range, second.max_bytes, second.headers) == (
        first.method,
        first.range,
        first.max_bytes,
        first.headers,
    )


@pytest.mark.parametrize(
    "table",
    [
        {"http://a/1": (302, "/1")},
        {"http://a/1": (302, "#top")},
        {"http://a/1": (302, "/1#x")},
        {"http://a/1": (302, "/2"), "http://a/2": (302, "/1")},
        {f"http://a/{number}": (302, f"/{number + 1}") for number in range(30)},
    ],
)
def test_a_loop_ends(table):
    """A URL that comes again, or more than ten redirects, is a loop; no URL is asked twice."""
    answer, web = followed(table)
    asked = [ask.url for ask in web.asked]
    if table == {"http://a/1": (302, "#top")}:
        assert answer.failure.reason == "protocol-error"
    else:
        assert answer.failure.reason == "redirect-loop"
    assert answer.status is None
    assert len(asked) == len(set(asked)) <= 11


def test_ten_redirects_are_followed():
    """The tenth redirect still is."""
    table = {f"http://a/{number}": (302, f"/{number + 1}") for number in range(1, 11)}
    answer, web = followed({**table, "http://a/11": 200})
    assert answer.status == 200
    assert len(web.asked) == 11


@pytest.mark.parametrize(
    "location",
    [
        "ftp://a/x",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "http://user:secret@b/",
        "data:,x",
        "rtmp://b/x",
        "//u@b/",
    ],
)
def test_a_redirect_to_what_is_not_asked_is_blocked(location):
    """Other schemes and credentials are never followed."""
    answer, web = followed({"http://a/1": (302, location)})
    assert answer.failure.reason == "blocked-by-policy"
    assert answer.hops[0].status == 302
    assert len(web.asked) == 1


@pytest.mark.parametrize("location", ["http://", "http://[::1", "http://a b/"])
def test_a_redirect_to_no_url_is_an_error_of_the_protocol(location):
    """What can't be parsed is the server's mistake."""
    answer, _ = followed({"http://a/1": (302, location)})
    assert answer.failure.reason == "protocol-error"


@pytest.mark.parametrize("entry", [(304, "/2"), (300, "/2"), (201, "/2"), 302])
def test_other_answers_are_no_redirects(entry):
    """A Location with another status, and a redirect without one, are answers."""
    answer, web = followed({"http://a/1": entry})
    assert answer.failure is None
    assert len(web.asked) == 1


def test_a_failure_on_the_way_ends_it():
    """The failing hop's reason counts and the hops before it are kept."""
    failure = Failure(reason="timeout", transient=True, errors=("slow",))
    answer, _ = followed({"http://a/1": (302, "http://b/"), "http://b/": failure})
    assert answer.failure == failure
    assert [hop.url for hop in answer.hops] == ["http://a/1"]


def test_references_are_joined_as_in_a_browser():
    """The base comes first, and what gives no URL gives None."""
    assert join("http://a/b/c", "../d?e") == "http://a/d?e"
    assert join("http://a/b/c", "http://[") is None
