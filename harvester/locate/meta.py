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
_SIGNS: Final = {b"og:title": "og_title", b"canonical": "canonical"}
"""What of it pages name again and again."""

_BESIDE: Final = (
    (b'og:image"', b"og:image'", b"og:image:url", b"og:image:secure_url", b'twitter:image"', b"twitter:image'"),
    (b"video:duration",),
    (b"video:release_date",),
)
"""What stands in no group of a medium; of those that mean the same, the first."""

_NEAR_BYTES: Final = 16 << 10
_MOST_ESCAPES: Final = 2

_FACTS: Final = {"og:title": "og_title", "og:url": "og_url", "twitter:title": "twitter_title"}


@dataclass(slots=True)
class Page:
    """What a page says of itself."""

    title: str | None = None
    og_title: str | None = None
    twitter_title: str | None = None
    og_url: str | None = None
    canonical: str | None = None
    base: str | None = None
    language: str | None = None

    def has(self, sign: bytes) -> bool:
        """Whether what a text begins to name is known already, so that its tag need not be read."""
        name = _SIGNS.get(sign)
        return name is not None and getattr(self, name) is not None

    @property
    def name(self) -> str | None:
        """The best title of the page."""
        return self.og_title or self.twitter_title or self.title


def read_page(scan: Scan) -> Page:
    """Read title, language and the URLs that the head declares."""
    page = Page()
    utf8 = scan.utf8
    titled = False
    for at, sign in scan.marks.head:
        if at > _HEAD_BYTES or sign == b"</head":
            break
        if sign == b"<title":
            title = None if titled else _TITLE.match(utf8, at)
            if title:
                titled = True
                page.title = _text(resolve_entities(title[1]).decode("utf-8", "replace"))
        elif not page.has(sign) and (tag := _tag_at(utf8, at)):
            _note(page, tag, utf8)
    return page


def _tag_at(head: bytes, at: int) -> Tag | None:
    return read_tag(head, at) if head[at] == 0x3C else enclosing_tag(head, at, max(0, at - 2000))


def _note(page: Page, tag: Tag, head: bytes) -> None:
    """Keep what one tag of the head says; the first of its kind counts."""
    if tag.name == "html":
        page.language = page.language or tag.value(head, "lang")
    elif tag.name == "base":
        page.base = page.base or tag.value(head, "href")
    elif tag.name == "link" and (tag.value(head, "rel") or "").lower() == "canonical":
        page.canonical = page.canonical or tag.value(head, "href")
    elif tag.name == "meta":
        key = (tag.value(head, "property") or tag.value(head, "name") or "").lower()
        name = _FACTS.get(key)
        if name and getattr(page, name) is None:
            setattr(page, name, _text(tag.value(head, "content") or ""))


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
