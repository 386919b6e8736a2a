"""Locates data that stands in no element: whole JSON documents, JSON in running text, and, last of all, bare URLs."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote

from harvester.locate.scan import Scan
from harvester.model import Excerpt, Span
from harvester.syntax.literals import IN_TEXT, literal_around
from harvester.syntax.tags import enclosing_tag

_DATA_START: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:[\w$.]{1,80}\s*\(\s*)?[{\[]")
_REACH_BACK: Final = 1 << 20
_URL_REACH: Final = 1500
_TAG_REACH: Final = 2000
_BEFORE_URL: Final = re.compile(
    rb"[\s\"'<>()|`^{}\[\]*]|;(?:touq|43#|93#|tl|tg)&|2200u\\|[eEcC]300u\\|22x\\|[nrt]\\|22%|(?<=:ptth)=|(?<=:sptth)=|(?<=/)="
)
"""What ends a URL towards its front, written backwards: the nearest one is found without looking at those before it."""

_STOP: Final = re.compile(
    rb"[\s\"'<>()|`^{}\[\]*]|\\(?!\\{0,7}(?:/|u002[fF]))|&quot;|&#34;|&#39;|&lt;|&gt;|&amp;quot;|%22|\Z"
)
"""What ends a URL, whose slashes may be escaped behind the name of a file as well: `clip.mp4\\/manifest.f4m`."""

_ENDING: Final = re.compile(rb"\w+")
_ESCAPED_SLASH: Final = re.compile(rb"\\+(?:/|u002[fF])")
_BEFORE_TAIL: Final = re.compile(rb"[\s\"'<>()|`^{}\[\]*\\]|;touq&|(?<=/)=|(?<=ptth)=")
"""Likewise for a tail, backwards."""

_NOT_PLAIN: Final = re.compile(rb"[\s\"'<>()|`^{}\[\]*\\?#&=]")
_TAIL_BYTES: Final = 240
_SCHEME: Final = re.compile(rb"https?:(?:\\*/|%2[fF]|\\+u002[fF]){2}", re.IGNORECASE)


def locate_data_document(scan: Scan) -> Iterator[Excerpt]:
    """Give a document that is data as one excerpt, if it has any mark."""
    if (scan.files or scan.outside) and not scan.scripts and _DATA_START.match(scan.utf8):
        yield Excerpt(form="json", text=scan.utf8, spans=((0, len(scan.utf8)),))


def locate_text(scan: Scan) -> Iterator[Excerpt]:
    """Find JSON round the marks that stand in text."""
    marks = [at for at, kind in scan.outside if kind in ("file", "id", "object", "embed") and not scan.is_taken(at)]
    at, index = 0, 0
    budget = scan.budget((0, len(scan.utf8)))
    while index < len(marks):
        mark = marks[index]
        if scan.is_taken(mark):
            index += 1
            continue
        low = max(at, mark - _REACH_BACK, scan.taken_before(mark), scan.text_from(mark))
        found = literal_around(scan.utf8, mark, (low, scan.taken_after(mark)), IN_TEXT, budget)
        if found is None:
            at = mark
            index += 1
            continue
        yield Excerpt(form="json", text=scan.utf8[slice(*found)], spans=(found,))
        at = found[1]
        index = bisect_left(marks, at)


def locate_bare(scan: Scan, marks: list[int]) -> Iterator[Excerpt]:
    """Give the URL round each mark of a media file's name, escaped as it stands."""
    for mark in marks:
        span = _url_around(scan.utf8, mark)
        if span:
            yield Excerpt(form="bare-url", text=scan.utf8[slice(*span)], spans=(span,))


def with_picture(scan: Scan, excerpt: Excerpt) -> Excerpt:
    """Give the picture whose address a bare URL is, since that says what it shows; else the URL alone."""
    start = excerpt.spans[0][0]
    tag = enclosing_tag(scan.utf8, start, max(0, start - _TAG_REACH, scan.taken_before(start)))
    if tag is None or tag.name != "img":
        return excerpt
    return Excerpt(form="embed", text=scan.utf8[slice(*tag.span)], spans=(tag.span,))


def tail_of(url: str) -> str:
    """The end of a URL's path, by which another mention of it is known: its file's name and the folder above."""
    path = unquote(url.partition("#")[0].partition("?")[0]).lower()
    return "/".join(path.rsplit("/", 2)[-2:])


def tail_at(utf8: bytes, dot: int) -> str:
    """The same tail, of the URL in whose file's name a mark's dot stands, whatever escapes its slashes."""
    ending = _ENDING.match(utf8, dot + 1)
    text = utf8[max(0, dot - _TAIL_BYTES) : ending.end() if ending else dot]
    if b"\\" in text:
        text = _ESCAPED_SLASH.sub(b"/", text)
    folder = text.rfind(b"/", 0, max(text.rfind(b"/"), 0)) + 1
    if folder and not _NOT_PLAIN.search(text, folder):  # as most are: what stands before does not matter
        return tail_of(text[folder:].decode("utf-8", "replace"))
    found = _BEFORE_TAIL.search(text[::-1])
    return tail_of(text[len(text) - found.start() if found else 0 :].decode("utf-8", "replace"))


def _url_around(data: bytes, mark: int) -> Span | None:
    low = max(0, mark - _URL_REACH)
    before = _BEFORE_URL.search(data[low:mark][::-1])
    start = mark - before.start() if before else low
    scheme = None
    for found in _SCHEME.finditer(data, start, mark):
        scheme = found
    if scheme:
        start = scheme.start()
    stop = _STOP.search(data, mark, mark + _URL_REACH)
    end = stop.start() if stop else min(len(data), mark + _URL_REACH)
    while end > mark and data[end - 1] in b".,;:!?":
        end -= 1
    return (start, end) if end - start >= 9 else None
