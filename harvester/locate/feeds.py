"""Recognises documents that as a whole are lists of media, by their first bytes."""

from __future__ import annotations

import re
from typing import Final

from harvester.model import Excerpt, Limits

_BLANK: Final = re.compile(rb"(?:\xef\xbb\xbf|[\s\0])*")
_HEAD_BYTES: Final = 64 << 10
_PROLOG: Final = re.compile(
    rb"(?:\s+|<\?(?s:.*?)\?>|<!--(?s:.*?)-->|<!DOCTYPE[^\[>]*+(?:\[[^\]]*+\]\s*)?>)*<([A-Za-z_][\w.-]*+(?::[\w.-]++)?)"
)
"""What may stand before the root element (XML 1.0, 2.8), and the root's name."""

_ROOTS: Final[dict[str, str]] = {
    "rss": "media-rss",
    "rdf": "media-rss",
    "feed": "atom",
    "entry": "atom",
    "urlset": "video-sitemap",
    "smil": "smil",
    "playlist": "xspf",
    "mpd": "dash",
    "oembed": "oembed",
    "asx": "asx",
}
_MARKS: Final[dict[str, tuple[bytes, ...]]] = {
    "urlset": (b"sitemap-video", b"<video:"),
    "playlist": (b"xspf.org", b"<trackList"),
    "mpd": (b"urn:mpeg:dash", b"<Period"),
    "feed": (b"2005/Atom", b"purl.org/atom"),
    "entry": (b"2005/Atom", b"purl.org/atom"),
    "rdf": (b"purl.org/rss",),
}
"""One of these stands in a document whose root has a name that others use too."""

_STREAM_TAG: Final = re.compile(rb"#EXT-X-(?:STREAM-INF|TARGETDURATION|MEDIA|MEDIA-SEQUENCE|PART-INF)\b")


def locate_feed(utf8: bytes, limits: Limits) -> Excerpt | None:
    """Give the whole document as one excerpt where it is a feed, a playlist or a manifest of a stream.

    HTML costs a look at its first tag.

    Args:
        utf8: A document's text.
        limits: How much of it is read.
    """
    blank = _BLANK.match(utf8)
    start = blank.end() if blank else 0
    form = _form(utf8, start, limits)
    if form is None:
        return None
    return Excerpt(form=form, text=utf8[start:] if start else utf8, spans=((start, len(utf8)),))


def _form(utf8: bytes, start: int, limits: Limits) -> str | None:
    if utf8.startswith(b"#EXTM3U", start):
        return "hls" if _STREAM_TAG.search(utf8, start, start + limits.excerpt_bytes) else "m3u"
    if utf8[start : start + 10].lower() == b"[playlist]":
        return "pls"
    root = _PROLOG.match(utf8, start, start + _HEAD_BYTES) if utf8.startswith(b"<", start) else None
    if root is None:
        return None
    name = root[1].decode().rpartition(":")[2].lower()
    form = _ROOTS.get(name)
    marks = _MARKS.get(name)
    if marks and not any(mark in utf8 for mark in marks):
        return None
    return form
