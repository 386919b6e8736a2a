"""What is kept of an answer."""

from hashlib import sha256

import pytest
from msgspec.structs import replace

from harvester.checks.policy.evidence import attempt_of, content_range, fingerprint_of, range_header, total_bytes
from harvester.checks.policy.target import Known, Target, extension, host, names_a_file, split
from harvester.model.item import Basis, Item, Location
from harvester.model.observation import Observation


@pytest.mark.parametrize(
    ("span", "header"), [(None, None), ((0, 9), "bytes=0-9"), ((5, None), "bytes=5-"), ((-500, None), "bytes=-500")]
)
def test_a_range_is_written_as_the_header_has_it(span, header):
    """First and last byte, an open end, and so many from the end."""
    assert range_header(span) == header


@pytest.mark.parametrize(
    ("status", "headers", "body", "total"),
    [
        (206, {"content-range": "bytes 0-9/1234", "content-length": "10"}, b"x", 1234),
        (206, {"content-range": "bytes 0-9/*"}, b"x", None),
        (416, {"content-range": "bytes */77"}, b"", 77),
        (200, {"content-length": "12"}, b"x", 12),
        (200, {"content-length": "12", "content-encoding": "gzip"}, b"x", None),
        (200, {"content-length": "-1"}, b"xyz", 3),
        (200, {}, b"xyz", 3),
    ],
)
def test_the_whole_length_is_told_where_it_is_known(answered, status, headers, body, total):
    """Of a part the Content-Range tells it, of the whole the Content-Length or the body."""
    assert total_bytes(answered(status, body, headers)) == total


def test_a_content_range_that_is_none_says_nothing(answered):
    """Nonsense is not read."""
    assert content_range(answered(206, headers={"content-range": "lines 1-2/3"})) == (None, None)


def test_an_attempt_keeps_digest_type_and_selected_headers(answered):
    """Evidence has what a sceptic asks for, and no cookies."""
    attempt = attempt_of(
        answered(200, b"\x89PNG\r\n\x1a\n", {"etag": "1", "set-cookie": "secret", "server": "x" * 5000})
    )
    assert attempt.sniffed_type == "image/png"
    assert attempt.prefix_sha256 == sha256(b"\x89PNG\r\n\x1a\n").hexdigest()
    assert attempt.bytes_read == 8
    assert (set(attempt.headers), len(attempt.headers["server"])) == ({"etag", "server"}, 2000)


def test_a_fingerprint_needs_an_answer(answered):
    """Where nothing came there is nothing to compare."""
    assert fingerprint_of(answered(None)) is None
    assert fingerprint_of(answered(200, b"<html>")).html


def test_an_earlier_observation_makes_the_next_one_conditional(answered):
    """ETag and digest of a medium that was there are kept for the next check, and of nothing else."""
    attempt = attempt_of(answered(206, b"abc", {"etag": '"1"', "last-modified": "x"}))
    seen = Observation(
        id="1",
        url=attempt.url,
        state="available",
        reason="ok",
        transient=False,
        basis="bytes",
        checked_at=attempt.started_at,
        attempts=(attempt,),
    )
    known = Known.of(seen)
    assert (known.etag, known.last_modified, known.prefix_bytes) == ('"1"', "x", 3)
    assert Known.of(replace(seen, state="restricted", reason="forbidden")) is None
    assert Known.of(replace(seen, basis="playlist")).prefix_sha256 is None


def test_a_target_is_made_of_a_location():
    """The location's own Referer comes first, the document's serves otherwise."""
    where = Location(
        raw="x", url="http://a.example/x", role="media", delivery="file", basis=Basis(rule="r"), confidence="declared"
    )
    item = Item(key="k", kind="video")
    assert Target.of(item, where, "http://p.example/").referer == "http://p.example/"
    assert (
        Target.of(item, replace(where, referer="http://q.example/"), "http://p.example/").referer == "http://q.example/"
    )
    assert Target.of(item, replace(where, url=None)) is None


@pytest.mark.parametrize(
    ("url", "suffix", "file"),
    [
        ("http://a.example/x.MP4?y=.jpg", "mp4", True),
        ("http://a.example/x.m3u8#t", "m3u8", True),
        ("http://a.example/x.php", "php", False),
        ("http://a.example/.mp4", "", False),
        ("http://a.example/v1.2/clip", "", False),
        ("http://[", "", False),
    ],
)
def test_an_extension_is_that_of_the_path(url, suffix, file):
    """Query and fragment don't count."""
    assert (extension(url), names_a_file(url)) == (suffix, file)


def test_what_can_not_be_taken_apart_has_nothing_in_it():
    """A broken URL has no host and no path."""
    assert (host("http://["), split("http://a:x/").path) == ("", "")
