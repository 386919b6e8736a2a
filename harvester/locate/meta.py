"""Locates what a page says of itself in its head: Open Graph groups, and the page's own facts."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from harvester.locate.scan import Scan
from harvester.model import Excerpt, Span
from harvester.syntax.origin import resolve_entities
from harvester.syntax.tags import Tag, enclosing_tag, read_tag

_HEAD_BYTES: Final = 512 << 10
_META_BYTES: Final = 4000
_TITLE: Final = re.compile(rb"<(?i:title)[^>]*>([^<]{1,2000})")
_BESIDE: Final = (
    (b'og:image"', b"og:image'", b"og:image:url", b"og:image:secure_url", b'twitter:image"', b"twitter:image'"),
    (b"video:duration",),
    (b"video:release_date",),
)
"""What stands in no group of a medium; of those that mean the same, the first."""

_NEAR_BYTES: Final = 16 << 10
_MOST_ESCAPES: Final = 2


@dataclass(slots=True)
class Page:
    """Where a page stands, and its language, by its own head."""

    og_url: str | None = None
    canonical: str | None = None
    base: str | None = None
    language: str | None = None


@dataclass(slots=True)
class Names:
    """What a page is called by its own head."""

    og_title: str | None = None
    twitter_title: str | None = None
    title: str | None = None

    def best_first(self) -> tuple[str | None, ...]:
        """What it is called to be shared, and then in its window."""
        return self.og_title, self.twitter_title, self.title


def read_page(scan: Scan) -> Page:
    """Read language and the URLs that the head declares."""
    page = Page()
    for at, sign in _head(scan):
        if sign in _PLACING and not (sign == b"canonical" and page.canonical) and (tag := _tag_at(scan.utf8, at)):
            _note_place(page, tag, scan.utf8)
    return page


def read_names(scan: Scan) -> Names:
    """Read the titles that the head declares, the first of each kind."""
    names = Names()
    utf8 = scan.utf8
    for at, sign in _head(scan):
        if sign == b"<title":
            if names.title is None and (title := _TITLE.match(utf8, at)):
                names.title = _text(resolve_entities(title[1]).decode("utf-8", "replace"))
        elif (name := _NAMING.get(sign)) and getattr(names, name) is None:
            setattr(names, name, _content(_tag_at(utf8, at), utf8, sign.decode()))
    return names


_PLACING: Final = frozenset((b"<html", b"<base", b"canonical", b"og:url"))
_NAMING: Final = {b"og:title": "og_title", b"twitter:title": "twitter_title"}


def _head(scan: Scan) -> Iterator[tuple[int, bytes]]:
    """What the head begins to say of the page, and where."""
    for at, sign in scan.marks.head:
        if at > _HEAD_BYTES or sign == b"</head":
            return
        yield at, sign


def _tag_at(head: bytes, at: int) -> Tag | None:
    return read_tag(head, at) if head[at] == 0x3C else enclosing_tag(head, at, max(0, at - 2000))


def _note_place(page: Page, tag: Tag, head: bytes) -> None:
    """Keep what one tag of the head says; the first of its kind counts."""
    if tag.name == "html":
        page.language = page.language or tag.value(head, "lang")
    elif tag.name == "base":
        page.base = page.base or tag.value(head, "href")
    elif tag.name == "link" and (tag.value(head, "rel") or "").lower() == "canonical":
        page.canonical = page.canonical or tag.value(head, "href")
    else:
        page.og_url = page.og_url or _content(tag, head, "og:url")


def _content(tag: Tag | None, head: bytes, key: str) -> str | None:
    """What a `meta` element says under a name, if it is one of that name."""
    if tag is None or tag.name != "meta":
        return None
    said = (tag.value(head, "property") or tag.value(head, "name") or "").lower()
    return _text(tag.value(head, "content") or "") if said == key else None


def _text(text: str) -> str | None:
    """What is left of a text that was escaped once or twice too often, as in many a page's head."""
    for _ in range(_MOST_ESCAPES if "&" in text else 0):
        text = html.unescape(text)
    return " ".join(text.split()) or None


def locate_open_graph(scan: Scan) -> Iterator[Excerpt]:
    """Find the stretch of `meta` elements in which og:video, og:audio and twitter:player stand.

    What the head says of the medium besides is joined to it.
    """
    first = last = None
    low = 0
    for at, kind in scan.outside:
        if kind != "meta" or (last and at < last.span[1]):
            continue
        tag = enclosing_tag(scan.utf8, at, max(low, at - _META_BYTES))
        low = at
        if tag is None or tag.name != "meta":
            continue  # a mention in a text
        first = first or tag
        if tag.span[1] - first.span[0] > _HEAD_BYTES:
            break
        last = tag
    if first and last:
        spans = ((first.span[0], last.span[1]), *_beside(scan.utf8, first.span[0], last.span[1]))
        yield Excerpt(form="open-graph", text=b"".join(scan.utf8[slice(*span)] for span in spans), spans=spans)


def _beside(utf8: bytes, start: int, stop: int) -> Iterator[Span]:
    """The `meta` elements near a stretch that name the medium's picture, length and date."""
    low = max(0, start - _NEAR_BYTES)
    for names in _BESIDE:
        for name in names:
            at = utf8.find(name, stop, stop + _NEAR_BYTES)
            if at < 0 and utf8.find(name, start, stop) < 0:
                at = utf8.find(name, low, start)
            tag = enclosing_tag(utf8, at, max(0, at - _META_BYTES)) if at >= 0 else None
            if tag and tag.name == "meta":
                yield tag.span
                break
