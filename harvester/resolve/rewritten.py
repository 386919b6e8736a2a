"""Reads the prefixes that archives and caches put in front of the URLs that they rewrite."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from urllib.parse import unquote

from harvester.resolve.archived import Archived
from harvester.resolve.urls import authority, host_of, host_url, join

_FIRST_YEAR: Final = 1991
_LAST_YEAR: Final = 2100

_FULL_STAMP = re.compile(r"/(\d{14})(?:[a-z]{2}_)?/(?=(?:https?|ftp)(?::/|%3a))", re.IGNORECASE)
_SCHEME_START = re.compile(r"((?:https?|ftp|rtmpe?|rtsp|mms)):/{1,3}(?=[^/])", re.IGNORECASE)
_ESCAPED_SCHEME = re.compile(r"(https?|ftp)%3a(%2f|/)", re.IGNORECASE)
_OTHER_SCHEME = re.compile(r"[a-z][a-z0-9+.\-]*:(?!\d)", re.IGNORECASE)

_WAYBACK = re.compile(
    r"/(?:(?:web|wayback)/(?:(?:(\d{14})|\d{1,13})?(\*)?(?:[a-z]{2}_)?/|(?=https?(?::|%3a)))|(save)/(?:_embed/)?)",
    re.IGNORECASE,
)
_TODAY_PATH = re.compile(
    r"/(?:(\d{14})|(\d{4}\.\d\d\.\d\d-\d{6})|\d{4,13}|newest|oldest|timegate|o/\w+)/", re.IGNORECASE
)
_PERMA_PATH = re.compile(r"/(?:warc/)?\w{4}-\w{4}/(?:\w\w_/)?(?=https?:)")
_AMP_PATH = re.compile(r"/[a-z]{1,3}(?:/w\d+)?/(s/)?(?=[^/]+\.[^/]+)")
_GOOGLE_AMP = re.compile(r"/amp/(s/)?(?=[^/]+\.[^/]+)")
_CACHE_QUERY = re.compile(r"[?&]q=cache(?::|%3a)(?:[\w-]{12}(?::|%3a))?([^&#+]+)", re.IGNORECASE)
_INDEX_QUERY = re.compile(r"[?&]url=([^&#]+)")


@dataclass(frozen=True, slots=True)
class _Cut:
    """An archive's prefix taken off: what follows it, the time stamp in it, whether it names a version."""

    rest: str
    stamp: str | None = None
    version: bool = True
    scheme: str = "http"


def split_once(url: str) -> Archived | None:
    """Take one archive's or cache's prefix off a URL; None where it has none."""
    url = url.strip()
    if url.startswith("/") and not url.startswith("//"):
        cut = _wayback_path(url)
        original = _original(cut) if cut and _SCHEME_START.match(cut.rest) else None
        return Archived(original, None, _instant(cut.stamp), "unknown") if cut and original else None
    if url.startswith("//"):
        url = "https:" + url
    host = host_of(url)
    if "." not in host:
        return None
    tail = url[url.find("://") + 3 + len(authority(url)) :]
    reader, archive = _reader(host)
    cut = reader(tail)
    original = _original(cut) if cut else None
    if cut is None or original is None:
        return None
    return Archived(original, url if cut.version else None, _instant(cut.stamp), archive)


def _reader(host: str) -> tuple[Callable[[str], _Cut | None], str]:
    """Who understands the paths of a host, and what its archive is called."""
    for hosts, archive, reader in _READERS:
        if hosts.match(host):
            return reader, archive
    return _memento_path, host.removeprefix("www.")


def _wayback_path(tail: str) -> _Cut | None:
    """`/web/<date><modifier>/<original>`: the date of any length, a star for the calendar, or none for the newest."""
    start = _WAYBACK.match(tail)
    if not start:
        return None
    listing = start[2] or start[3]
    return _Cut(tail[start.end() :], None if listing else start[1], version=not listing)


def _archive_today(tail: str) -> _Cut | None:
    if _SCHEME_START.match(tail[1:]):
        return _Cut(tail[1:], version=False)
    start = _TODAY_PATH.match(tail)
    if not start:
        return None
    stamp = start[1] or (re.sub(r"\D", "", start[2]) if start[2] else None)
    return _Cut(tail[start.end() :], stamp)


def _perma(tail: str) -> _Cut | None:
    start = _PERMA_PATH.match(tail)
    return _Cut(tail[start.end() :]) if start else _memento_path(tail)


def _amp_cache(tail: str) -> _Cut | None:
    """`/c/s/<host>/<path>`, also `v`, `i` and `ii/w<width>`; without `s` the original was http."""
    start = _AMP_PATH.match(tail)
    return _Cut(tail[start.end() :], scheme="https" if start[1] else "http") if start else None


def _google_amp(tail: str) -> _Cut | None:
    start = _GOOGLE_AMP.match(tail)
    return _Cut(tail[start.end() :], scheme="https" if start[1] else "http") if start else None


def _google_cache(tail: str) -> _Cut | None:
    """`?q=cache:<id>:<original>+<words searched>`; the words begin at the first plus or space."""
    found = _CACHE_QUERY.search(tail)
    return _Cut(unquote(found[1]).split(" ", 1)[0]) if found else None


def _common_crawl(tail: str) -> _Cut | None:
    """The index of a crawl asked for a URL: it names the original and no version. WARC data has no rewritten URLs."""
    found = _INDEX_QUERY.search(tail)
    return _Cut(unquote(found[1]), version=False) if found else _memento_path(tail)


def _memento_path(tail: str) -> _Cut | None:
    """The shape of pywb on any host: 14 digits that are a time, then a URL with its scheme.

    Both are asked for, since image services put a number before a URL too.
    """
    start = _FULL_STAMP.search(tail.partition("?")[0])
    if not start or _instant(start[1]) is None:
        return None
    return _Cut(tail[start.end() :], start[1])


def _original(cut: _Cut) -> str | None:
    """The original as an absolute URL: a slash that a server has collapsed and a scheme left out are put back."""
    rest = cut.rest
    escaped = _ESCAPED_SCHEME.match(rest)
    if escaped:
        rest = unquote(rest) if escaped[2] != "/" else f"{escaped[1]}:{rest[escaped.end() - 1 :]}"
    scheme = _SCHEME_START.match(rest)
    if scheme:
        return join(f"{scheme[1].lower()}://{rest[scheme.end() :]}", None).url
    rest = rest.lstrip("/")
    if _OTHER_SCHEME.match(rest) or not host_url(rest if "/" in rest else rest + "/").url:
        return None
    return join(f"{cut.scheme}://{rest}", None).url


def _instant(stamp: str | None) -> datetime | None:
    """The time of a 14-digit stamp, which archives give in UTC."""
    if stamp is None or len(stamp) != len("YYYYMMDDhhmmss"):
        return None
    year = int(stamp[:4])
    month, day, hour, minute, second = (int(stamp[at : at + 2]) for at in range(4, 14, 2))
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None


_READERS: Final[tuple[tuple[re.Pattern[str], str, Callable[[str], _Cut | None]], ...]] = (
    (re.compile(r"(?:(?:web|web-beta|wayback|classic-web|www)\.)?archive\.org\Z"), "web.archive.org", _wayback_path),
    (re.compile(r"(?:www\.)?archive\.(?:today|ph|is|li|md|vn|fo|ec)\Z"), "archive.today", _archive_today),
    (re.compile(r"webcache\.googleusercontent\.com\Z"), "webcache.googleusercontent.com", _google_cache),
    (re.compile(r"(?:[\w-]+\.)?cdn\.ampproject\.org\Z"), "cdn.ampproject.org", _amp_cache),
    (re.compile(r"[\w-]+\.bing-amp\.com\Z"), "bing-amp.com", _amp_cache),
    (re.compile(r"(?:www\.)?google\.[a-z]{2,3}(?:\.[a-z]{2})?\Z"), "google.com", _google_amp),
    (re.compile(r"(?:rejouer\.)?perma\.cc\Z|perma-archives\.(?:org|cc)\Z"), "perma.cc", _perma),
    (re.compile(r"index\.commoncrawl\.org\Z"), "index.commoncrawl.org", _common_crawl),
)
"""Archives and caches that write their URLs in ways of their own."""
