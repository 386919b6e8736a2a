"""What goes out and what is told of the answer."""

from __future__ import annotations

import asyncio
import json

import httpx
import pytest
import respx
from hypothesis import given
from hypothesis import strategies as st

from harvester.http import Allow, HttpClient, Route
from harvester.http.client import folded, range_of
from harvester.model.exchange import Ask
from harvester.model.observation import Hop


def echoed(loopback, send, **ask):
    """The request as the server saw it."""
    path = ask.pop("path", "/__echo__/x")
    (answer,) = send(Ask(url=loopback.url(path), method="GET", max_bytes=10_000, **ask))
    return json.loads(answer.body)


def test_an_answer_tells_what_came_and_from_where(loopback, send):
    """Status, headers in lower case, hop with peer, and when it began."""
    ask = Ask(url=loopback.url("/ok.mp4"))
    (answer,) = send(ask)
    assert answer.ask is ask
    assert (answer.url, answer.status, answer.body, answer.whole) == (ask.url, 200, b"", True)
    assert answer.headers["content-type"] == "video/mp4"
    assert answer.headers["accept-ranges"] == "bytes"
    assert answer.hops == (Hop(url=ask.url, status=200, peer=f"127.0.0.1:{loopback.port}"),)
    assert answer.started_at.isoformat() == "2026-01-02T12:00:00+00:00"
    assert (answer.failure, answer.certificate_sha256) == (None, None)


def test_a_request_says_who_asks_and_takes_bytes_as_they_are(loopback, send):
    """No compression, no referrer, no cookie, no language; nothing that a library adds by itself."""
    seen = echoed(loopback, send)
    assert seen["headers"] == {
        "host": f"127.0.0.1:{loopback.port}",
        "user-agent": "tests/1",
        "accept": "*/*",
        "accept-encoding": "identity",
    }


def test_an_ask_brings_its_own_headers(loopback, send):
    """Conditions and referrers go out as asked for."""
    seen = echoed(loopback, send, headers={"Referer": "http://a.example/", "If-None-Match": '"x"'})
    assert seen["headers"]["referer"] == "http://a.example/"
    assert seen["headers"]["if-none-match"] == '"x"'


def test_a_header_cannot_smuggle_another_one(loopback, send):
    """Control characters are left out, and letters of all scripts go as UTF-8."""
    seen = echoed(loopback, send, headers={"Referer": "http://a.example/\r\nX-Evil: 1\0é\ud800"})
    assert "x-evil" not in seen["headers"]
    assert seen["headers"]["referer"].encode("latin-1").decode() == "http://a.example/X-Evil: 1é?"


@pytest.mark.parametrize(
    "path",
    [
        "/percent/%41%7e.mp4",
        "/percent/a%2Fb%2f.mp4",
        "/percent/a+b;c=d,e.mp4?q=%41&r=a+b",
        "/percent/%E9.mp4",
        "/percent/|[].mp4",
    ],
)
def test_a_url_is_spelt_on_the_wire_as_it_was_asked_for(loopback, send, path):
    """`%41` stays `%41`: signatures and odd servers depend on it."""
    loopback.reset()
    (answer,) = send(Ask(url=loopback.url(path)))
    assert answer.status == 200
    assert [entry.target for entry in loopback.log()] == [path]


def test_a_fragment_stays_at_home(loopback, send):
    """What follows the # is not for the server."""
    loopback.reset()
    send(Ask(url=loopback.url("/ok.mp4#t=10")))
    assert [entry.target for entry in loopback.log()] == ["/ok.mp4"]


def test_cookies_are_neither_kept_nor_sent(loopback, send):
    """Each request is a stranger's; the headers show what was offered."""
    loopback.reset()
    first, _ = send(*[Ask(url=loopback.url("/cookie.mp4"))] * 2)
    assert first.headers["set-cookie"] == "a=1; Path=/, b=2; Path=/"
    assert all("cookie" not in entry.headers for entry in loopback.log())


@pytest.mark.parametrize(
    ("span", "header"), [((0, 99), "bytes=0-99"), ((100, None), "bytes=100-"), ((-500, None), "bytes=-500")]
)
def test_a_span_is_asked_for_in_the_words_of_http(loopback, send, span, header):
    """From, from to, and the last so many."""
    assert range_of(span) == header
    assert echoed(loopback, send, range=span)["headers"]["range"] == header


def test_a_range_is_answered_in_part(loopback, send):
    """The first bytes alone, read to their end."""
    (answer,) = send(Ask(url=loopback.url("/ok.mp4"), method="GET", range=(0, 99), max_bytes=100))
    assert (answer.status, len(answer.body), answer.whole) == (206, 100, True)
    assert answer.headers["content-range"].startswith("bytes 0-99/")


@pytest.mark.parametrize("path", ["/range/ignored.mp4", "/range/endless.mp4"])
def test_a_server_that_ignores_ranges_is_cut_off_at_the_cap(loopback, send, path):
    """Reading stops there, and the answer says that there was more."""
    (answer,) = send(Ask(url=loopback.url(path), method="GET", range=(0, 99), max_bytes=100))
    assert (answer.status, len(answer.body), answer.whole, answer.failure) == (200, 100, False, None)


def test_a_body_is_whole_when_it_ends_at_the_cap(get):
    """The last byte asked for was the last there was."""
    assert get("/ok.png", max_bytes=69).whole is True
    assert get("/ok.png", max_bytes=68).whole is False
    assert get("/fault/unended.mp4").whole is True


def test_without_a_cap_nothing_is_read(get):
    """A GET for its headers alone."""
    answer = get("/ok.mp4", max_bytes=0)
    assert (answer.status, answer.body, answer.whole) == (200, b"", False)


def test_a_compressed_body_is_not_unpacked(get):
    """Twenty megabytes of zeros stay the few kilobytes that were sent."""
    answer = get("/gzip-bomb.mp4")
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.body.startswith(b"\x1f\x8b")
    assert len(answer.body) == int(answer.headers["content-length"])


def test_a_head_that_comes_with_a_body_is_no_http(loopback, send):
    """The body that may not be there is an error of the server's, and not taken for the next answer."""
    first, second = send(Ask(url=loopback.url("/head/with-body.mp4")), Ask(url=loopback.url("/ok.mp4")))
    assert (first.status, first.failure.reason, second.status) == (None, "protocol-error", 200)


@pytest.mark.parametrize("name", ["301", "302", "303", "307", "308", "none", "bad", "loop", "relative/here", "unicode"])
def test_no_redirect_is_followed(loopback, send, name):
    """One hop is one request, wherever it leads; even a Location that is no URL is no failure of the request."""
    loopback.reset()
    (answer,) = send(Ask(url=loopback.url(f"/redirect/{name}.mp4"), method="GET", max_bytes=100))
    assert 300 <= answer.status < 400
    assert answer.failure is None
    assert len(loopback.log()) == 1


def test_a_location_in_raw_utf8_is_read_as_such(head):
    """Servers send what they have."""
    assert head("/redirect/unicode.mp4").headers["location"] == "/percent/é ü.mp4"


def test_early_hints_are_not_the_answer(head):
    """103 is passed over."""
    assert head("/fault/hints.mp4").status == 200


def test_a_condition_that_holds_is_answered_without_a_body(loopback, send):
    """304 is whole."""
    (first,) = send(Ask(url=loopback.url("/ok.mp4")))
    ask = Ask(url=loopback.url("/ok.mp4"), method="GET", max_bytes=9, headers={"If-None-Match": first.headers["etag"]})
    (second,) = send(ask)
    assert (second.status, second.body, second.whole) == (304, b"", True)


def test_an_interrupted_send_is_interrupted(loopback, send):
    """Cancellation is the caller's business and passes."""
    now = send(Ask(url=loopback.url("/ok.mp4")))[0].started_at

    async def go() -> None:
        route = Route(allow=Allow(private=True))
        async with HttpClient(user_agent="x", now=lambda: now, monotonic=lambda: 0.0, route=route) as client:
            task = asyncio.create_task(client.send(Ask(url=loopback.url("/fault/hang.mp4"))))
            await asyncio.sleep(0.05)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

    asyncio.run(go())


def test_the_duration_is_that_of_the_clock_given(loopback, send):
    """From dialling to the last byte, by whatever clock the caller has."""
    now = send(Ask(url=loopback.url("/ok.mp4")))[0].started_at
    ticks = iter([100.0, 101.5])

    async def go():
        route = Route(allow=Allow(private=True))
        async with HttpClient(user_agent="x", now=lambda: now, monotonic=lambda: next(ticks), route=route) as client:
            return await client.send(Ask(url=loopback.url("/ok.mp4")))

    assert asyncio.run(go()).duration_s == 1.5


# With answers made up


def test_a_made_up_answer_is_read_like_a_real_one(send):
    """Logic can be tested without any server."""
    with respx.mock(using="httpx") as mocked:
        mocked.get("http://a.example/v.mp4").respond(
            206, headers=[("X-A", "1"), ("x-a", "2"), ("Content-Range", "bytes 0-3/10")], content=b"abcd"
        )
        (answer,) = send(Ask(url="http://a.example/v.mp4", method="GET", range=(0, 3), max_bytes=4))
        (call,) = mocked.calls
    assert (answer.status, answer.body, answer.whole) == (206, b"abcd", True)
    assert answer.headers["x-a"] == "1, 2"
    assert answer.hops == (Hop(url="http://a.example/v.mp4", status=206, peer=None),)
    assert call.request.headers["range"] == "bytes=0-3"


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (httpx.ConnectError, "connection-failed"),
        (httpx.ConnectTimeout, "timeout"),
        (httpx.ReadError, "connection-failed"),
        (httpx.RemoteProtocolError, "protocol-error"),
        (httpx.UnsupportedProtocol, "unsupported-scheme"),
    ],
)
def test_an_error_of_any_transport_becomes_a_failure(send, error, reason):
    """Nothing of it is raised."""
    with respx.mock(using="httpx") as mocked:
        mocked.head("http://a.example/").mock(side_effect=error)
        (answer,) = send(Ask(url="http://a.example/"))
    assert (answer.status, answer.failure.reason) == (None, reason)


def test_the_guard_stands_before_made_up_answers_too(send):
    """A test that reaches inside sees it."""
    with respx.mock(using="httpx", assert_all_called=False) as mocked:
        mocked.head("http://10.0.0.1/").respond(200)
        (answer,) = send(Ask(url="http://10.0.0.1/"))
    assert answer.failure.reason == "blocked-by-policy"


def test_repeated_headers_are_joined_in_order():
    """As RFC 9110, section 5.3 has it; bytes that are no UTF-8 are Latin-1."""
    assert folded([(b"A", b"1"), (b"B", "é".encode()), (b"a", b"\xe9")]) == {"a": "1, é", "b": "é"}


@given(st.lists(st.tuples(st.binary(), st.binary())))
def test_any_header_bytes_can_be_told(raw):
    """No name or value raises."""
    assert len(folded(raw)) <= len(raw)
