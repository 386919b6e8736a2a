"""Rewritten URLs give their original, their memento and when it was captured."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.resolve.archived import split

AT = datetime(2016, 12, 15, 20, 48, 20, tzinfo=UTC)
X = "http://example.com/x"
AMP = "https://www-example-com.cdn.ampproject.org"
WAYBACK = "https://web.archive.org/web"

CAPTURES = [
    (f"{WAYBACK}/20161215204820/http://example.com/x", X, "web.archive.org"),
    *(
        (f"{WAYBACK}/20161215204820{mod}_/{X}", X, "web.archive.org")
        for mod in ("id", "im", "js", "cs", "if", "oe", "mp", "vi", "fw")
    ),
    (f"{WAYBACK}/20161215204820/http:/example.com/x", X, "web.archive.org"),
    (f"{WAYBACK}/20161215204820/http:///example.com/x", X, "web.archive.org"),
    (f"{WAYBACK}/20161215204820/example.com/x", X, "web.archive.org"),
    (f"{WAYBACK}/20161215204820/9gag.com/x", "http://9gag.com/x", "web.archive.org"),
    (f"{WAYBACK}/20161215204820/http://example.com:80/x", X, "web.archive.org"),
    (f"{WAYBACK}/20161215204820/HTTP://Example.COM/x", X, "web.archive.org"),
    (f"{WAYBACK}/20161215204820/http%3A%2F%2Fexample.com%2Fx", X, "web.archive.org"),
    (f"{WAYBACK}/20161215204820/http%3A//example.com/%41", "http://example.com/%41", "web.archive.org"),
    (f"{WAYBACK}/20161215204820/{X}?a=1&b=//c#d", f"{X}?a=1&b=//c#d", "web.archive.org"),
    (f"{WAYBACK}/20161215204820/http://example.com/a//b", "http://example.com/a//b", "web.archive.org"),
    (f"http://wayback.archive.org/web/20161215204820/{X}", X, "web.archive.org"),
    (f"http://archive.org/wayback/20161215204820/{X}", X, "web.archive.org"),
    (f"//web.archive.org/web/20161215204820/{X}", X, "web.archive.org"),
    (f"{WAYBACK}/20161215204820/rtmp://example.com/app/v", "rtmp://example.com/app/v", "web.archive.org"),
    (f"https://archive.ph/20161215204820/{X}", X, "archive.today"),
    (f"https://archive.today/2016.12.15-204820/{X}", X, "archive.today"),
    (f"http://archive.is/20161215204820/{X}", X, "archive.today"),
    (f"https://arquivo.pt/wayback/20161215204820mp_/{X}", X, "arquivo.pt"),
    (f"https://arquivo.pt/noFrame/replay/20161215204820/{X}", X, "arquivo.pt"),
    (f"https://webarchive.loc.gov/all/20161215204820/{X}", X, "webarchive.loc.gov"),
    (f"https://www.webarchive.org.uk/wayback/archive/20161215204820mp_/{X}", X, "webarchive.org.uk"),
    (f"https://webarchive.nationalarchives.gov.uk/ukgwa/20161215204820/{X}", X, "webarchive.nationalarchives.gov.uk"),
    (f"https://wayback.vefsafn.is/wayback/20161215204820/{X}", X, "wayback.vefsafn.is"),
    (f"https://perma-archives.org/warc/20161215204820mp_/{X}", X, "perma.cc"),
    (f"http://localhost.example:8080/my-collection/20161215204820mp_/{X}", X, "localhost.example"),
    (f"http://timetravel.mementoweb.org/memento/20161215204820/{X}", X, "timetravel.mementoweb.org"),
]
UNDATED = [
    (f"{WAYBACK}/2016/{X}", X, "web.archive.org"),
    (f"{WAYBACK}/201612152048/{X}", X, "web.archive.org"),
    (f"{WAYBACK}/2id_/{X}", X, "web.archive.org"),
    (f"{WAYBACK}/{X}", X, "web.archive.org"),
    (f"{WAYBACK}/20161399999999/{X}", X, "web.archive.org"),
    (f"https://archive.li/newest/{X}", X, "archive.today"),
    (f"https://archive.md/o/AbCd1/{X}", X, "archive.today"),
    (f"https://archive.vn/2016/{X}", X, "archive.today"),
    (f"https://perma-archives.org/warc/ABCD-1234/{X}", X, "perma.cc"),
    (
        "https://webcache.googleusercontent.com/search?q=cache:AbCdEfGhIjKl:www.example.com/x+some+words&hl=en",
        "http://www.example.com/x",
        "webcache.googleusercontent.com",
    ),
    (
        "https://webcache.googleusercontent.com/search?hl=en&q=cache%3Ahttps%3A%2F%2Fexample.com%2Fx%3Fa%3D1",
        "https://example.com/x?a=1",
        "webcache.googleusercontent.com",
    ),
    (f"{AMP}/c/s/www.example.com/x?a=1", "https://www.example.com/x?a=1", "cdn.ampproject.org"),
    ("https://cdn.ampproject.org/v/www.example.com/x", "http://www.example.com/x", "cdn.ampproject.org"),
    (f"{AMP}/ii/w820/s/www.example.com/x.jpg", "https://www.example.com/x.jpg", "cdn.ampproject.org"),
    ("https://www-example-com.bing-amp.com/c/s/www.example.com/x", "https://www.example.com/x", "bing-amp.com"),
    ("https://www.google.com/amp/s/www.example.com/x", "https://www.example.com/x", "google.com"),
    ("https://google.co.uk/amp/www.example.com/x", "http://www.example.com/x", "google.com"),
]
LISTINGS = [
    f"{WAYBACK}/2016*/{X}",
    f"{WAYBACK}/*/{X}",
    f"{WAYBACK}/20161215000000*/{X}",
    f"https://web.archive.org/save/{X}",
    f"https://web.archive.org/save/_embed/{X}",
    f"https://archive.today/{X}",
    "https://index.commoncrawl.org/CC-MAIN-2016-50-index?output=json&url=http%3A%2F%2Fexample.com%2Fx",
    f"/web/20161215204820im_/{X}",
    f"/web/2016/{X}",
]
NONE = [
    "",
    "video.mp4",
    "/web/2016/feed",
    "/web/20161215204820/example.com/x",
    "https://example.com/x",
    "https://web.archive.org/",
    "https://web.archive.org/_static/js/bundle.js",
    f"{WAYBACK}/20161215204820/data:image/png;base64,AAAA",
    f"{WAYBACK}/20161215204820/javascript:void(0)",
    f"{WAYBACK}/20161215204820/mailto:a@example.com",
    f"{WAYBACK}/20161215204820/",
    "https://archive.ph/AbCd1",
    "https://perma.cc/ABCD-1234",
    f"https://img.example.com/resize/800/{X}",
    f"https://img.example.com/99999999999999/{X}",
    "https://example.com/p?u=https://web.archive.org/web/20161215204820/http://example.com/x",
    "https://www.google.com/maps/s/www.example.com/x",
    "https://data.commoncrawl.org/crawl-data/CC-MAIN-2016-50/warc.gz",
]


@pytest.mark.parametrize(("url", "original", "archive"), CAPTURES)
def test_a_dated_memento_is_taken_apart(url, original, archive):
    """Prefix, time stamp and modifier are taken off, whatever the archive."""
    found = split(url)
    assert found is not None
    assert (found.original, found.captured_at, found.archive) == (original, AT, archive)
    assert found.memento == url.replace("//web", "https://web", 1) if url.startswith("//") else url


@pytest.mark.parametrize(("url", "original", "archive"), UNDATED)
def test_a_memento_without_a_full_date_has_no_capture_time(url, original, archive):
    """A truncated or missing date is not filled up."""
    found = split(url)
    assert found is not None
    assert (found.original, found.memento, found.captured_at, found.archive) == (original, url, None, archive)


@pytest.mark.parametrize("url", LISTINGS)
def test_what_names_no_version_has_an_original_only(url):
    """A calendar, a request to save, an index and a path without its host name the original, and no memento."""
    found = split(url)
    assert found is not None
    assert (found.original, found.memento) == (X, None)


@pytest.mark.parametrize("url", NONE)
def test_other_urls_are_left_alone(url):
    """What no archive rewrote, or hides its original, is no archived URL."""
    assert split(url) is None


def test_archives_within_archives_are_looked_through():
    """The innermost original stands, with the outermost memento and its time."""
    url = f"{WAYBACK}/20161215204820/https://web.archive.org/web/20150101000000/https://archive.ph/20140101000000/{X}"
    found = split(url)
    assert found is not None
    assert (found.original, found.memento, found.captured_at) == (X, url, AT)


PLACES = ["https://web.archive.org", "https://archive.ph/", "https://x.cdn.ampproject.org/c/s/", "example.com", "http:"]
PARTS = ["/web/", "20161215204820", "im_", "/", "*", "//", "?q=cache:", "%3a", "٣", "data:", "\ud800"]


@given(st.one_of(st.text(), st.lists(st.sampled_from(PLACES + PARTS)).map("".join)))
def test_split_is_total(url):
    """Any text is taken apart or left alone."""
    found = split(url)
    assert found is None or found.original
