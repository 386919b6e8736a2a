"""Captures in web archives."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.checks.policy.archives import INTERNET_ARCHIVE, Archive, captures, look_up, look_up_id, nearest
from harvester.checks.policy.links import links
from harvester.errors import ProfileError

URL = "http://media.example/a.mp4?x=1&y=2"
WHEN = datetime(2016, 12, 15, tzinfo=UTC)
VIDEO = frozenset({"video", "either", "playlist"})
HEAD = ["timestamp", "original", "mimetype", "statuscode", "digest", "length"]
ROWS = [
    HEAD,
    ["20100101000000", URL, "video/mp4", "200", "AAA", "5"],
    ["20161214000000", URL, "text/html", "200", "BBB", "5"],
    ["20161216000000", URL, "video/mp4", "404", "CCC", "5"],
    ["20161210000000", URL, "video/mp4", "200", "DDD", "5"],
    ["20200101000000", URL, "warc/revisit", "-", "DDD", "5"],
]
GATE = Archive(name="gate", timegate="https://gate.example/{url}", ids=(("tube", "https://gate.example/tube/{id}"),))


def cdx(host, reply, body, status=200):
    host.default = reply(body if isinstance(body, bytes) else json.dumps(body).encode(), "application/json", status)
    return host.drive(look_up(INTERNET_ARCHIVE, URL, WHEN, VIDEO))


def test_the_nearest_capture_of_the_right_type_is_taken(host, reply):
    """Only a 200 of a type that can be right counts, and its distance from the date is told."""
    found = cdx(host, reply, ROWS)
    assert found.settled
    (memento,) = found.mementos
    assert memento.url == "https://web.archive.org/web/20161210000000id_/" + URL
    assert (memento.digest, memento.delta_s, memento.archive) == ("DDD", 5 * 86400, "web.archive.org")


def test_the_question_names_the_url_as_one_value(host, reply):
    """The URL is percent-encoded, so that its own query stays its own."""
    cdx(host, reply, [])
    (ask,) = host.asked
    assert "url=http%3A%2F%2Fmedia.example%2Fa.mp4%3Fx%3D1%26y%3D2&" in ask.url
    assert "closest=20161215000000" in ask.url
    assert (ask.method, ask.purpose) == ("GET", "archive")


@pytest.mark.parametrize("body", [[], [HEAD], b"", b"\n", [HEAD, ROWS[3]]])
def test_an_archive_without_a_capture_says_so(host, reply, body):
    """No rows, or none that counts, is an answer."""
    found = cdx(host, reply, body)
    assert (found.mementos, found.settled) == ((), True)


@pytest.mark.parametrize(
    ("body", "status", "reason"),
    [
        (b"slow down", 429, "rate-limited"),
        (b"", 503, "server-error"),
        (b"Blocked", 403, "forbidden"),
        (b"<html>busy</html>", 200, "unknown"),
        (b'[["time', 200, "unknown"),
        (b'{"a":', 200, "unknown"),
        (b"[[1]]", 200, "unknown"),
        (b"3", 200, "unknown"),
    ],
)
def test_nothing_negative_follows_from_an_error(host, reply, body, status, reason):
    """A limit, an error or nonsense leaves the question open."""
    found = cdx(host, reply, body, status)
    assert (found.mementos, found.settled, found.reason) == ((), False, reason)


def test_rows_by_line_are_read_too():
    """Other archives write one object a line, under other names."""
    line = {"timestamp": "20161210000000", "url": URL, "mime": "video/mp4", "status": "200", "digest": "D"}
    (row,) = captures(json.dumps(line).encode() + b"\n")
    assert (row.status, row.media_type, row.url) == (200, "video/mp4", URL)


def test_without_a_date_the_latest_capture_is_nearest():
    """A document without a date asks for what is newest."""
    rows = captures(json.dumps(ROWS).encode())
    assert nearest(rows, None, VIDEO).digest == "DDD"


def test_a_timegate_leads_to_a_capture(host, reply):
    """The redirect is followed, and the capture's own headers tell when it was made."""
    host.replies["https://gate.example/" + URL] = reply(status=302, location="https://gate.example/2016/x")
    headers = {"memento-datetime": "Thu, 15 Dec 2016 01:00:00 GMT"}
    host.replies["https://gate.example/2016/x"] = reply(b"x", "video/mp4", headers=headers)
    found = host.drive(look_up(GATE, URL, WHEN, VIDEO))
    assert [(memento.url, memento.delta_s) for memento in found.mementos] == [("https://gate.example/2016/x", 3600)]
    assert dict(host.asked[0].headers) == {"Accept-Datetime": "Thu, 15 Dec 2016 00:00:00 GMT"}


@pytest.mark.parametrize(
    ("status", "type_", "headers", "settled"),
    [
        (404, None, {}, True),
        (200, "text/html", {"memento-datetime": "Thu, 15 Dec 2016 01:00:00 GMT"}, True),
        (200, "video/mp4", {}, False),
        (429, None, {}, False),
        (500, None, {}, False),
    ],
)
def test_a_timegate_without_a_capture(host, reply, status, type_, headers, settled):
    """No capture, one of another type, and no answer are told apart."""
    host.default = reply(b"x", type_, status, headers=headers)
    found = host.drive(look_up(GATE, URL, WHEN, VIDEO))
    assert (found.mementos, found.settled) == ((), settled)


def test_media_are_looked_up_by_id(host, reply):
    """Where an archive keeps media by id, the address of the capture tells its time."""
    host.replies["https://gate.example/tube/a%2Fb"] = reply(
        status=302, location="https://gate.example/20161215000100/v"
    )
    host.replies["https://gate.example/20161215000100/v"] = reply(b"x", "video/mp4")
    assert host.drive(look_up_id(GATE, "tube", "a/b", WHEN, VIDEO)).mementos[0].delta_s == 60
    assert not host.drive(look_up_id(GATE, "other", "a", WHEN, VIDEO)).settled


def test_an_archive_without_addresses_is_refused():
    """An archive that can't be asked is an error of whoever set it up."""
    with pytest.raises(ProfileError):
        Archive(name="none")
    with pytest.raises(ProfileError):
        Archive(name="half", cdx="https://a.example/{quoted}")


def test_links_name_their_relations():
    """Quoted commas and several relations in one link are read."""
    found = links('<http://a.example/,x>; rel="original", <http://b.example/>;rel="first memento"; datetime="Thu, 1"')
    assert [(link.url, sorted(link.relations)) for link in found] == [
        ("http://a.example/,x", ["original"]),
        ("http://b.example/", ["first", "memento"]),
    ]
    assert found[1].parameters["datetime"] == "Thu, 1"


@given(st.text(alphabet='<>;,="ab ', max_size=200))
def test_links_take_any_header(header):
    """Whatever a header is, its links end."""
    assert len(links(header)) <= header.count("<")


VALUES = st.recursive(st.none() | st.text(max_size=20) | st.integers(), st.lists, max_leaves=10)


@given(st.binary(max_size=200) | VALUES.map(lambda value: json.dumps(value).encode()))
def test_captures_take_any_bytes(body):
    """Whatever an archive answers is rows or no answer."""
    rows = captures(body)
    assert rows is None or nearest(rows, WHEN, VIDEO) is None
