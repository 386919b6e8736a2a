"""Walks the boxes round an element from the innermost outwards, and tells what else they show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice
from typing import Final, NamedTuple

from harvester.syntax.cards import plain
from harvester.syntax.tags import Tag

_PIECE: Final = 512
_LEVELS: Final = 8
MOST_TEXT: Final = 400
"""Characters up to which what stands beside a medium in its box is about it, and no text in which it stands."""

_MOST_CAPTION: Final = 300
ENTRIES: Final = frozenset(("li", "article", "figure"))
"""Boxes of one thing, however much they say of it."""

BOXES: Final = frozenset("div section aside article button figure header main li dd td tr ul ol dl table".split())
_BLOCK: Final = re.compile(rb"<(/?)(%s)(?=[\s>])" % "|".join(sorted(BOXES)).encode(), re.IGNORECASE)
_OTHER_MEDIUM: Final = re.compile(
    rb"<(?:audio|iframe|amp-video)\b|<video\b(?![^<>]*+></video)|<video\b[^<>]*?(?:src=|\sdata-)", re.IGNORECASE
)
"""What shows another medium; a player's element that says of none, and holds nothing, doesn't yet."""

_OTHER_OBJECT: Final = re.compile(rb"<(?:object|embed)\b", re.IGNORECASE)
_FALLING_BACK: Final = frozenset(("video", "audio", "object"))
"""Elements beside which an object or embed shows the same medium to browsers that can't do otherwise."""


class Ring(NamedTuple):
    """What a box adds before and behind what stands in it, and how many characters of text that is."""

    name: str
    before: bytes
    behind: bytes
    chars: int


def rings(before: bytes, behind: bytes, tag: Tag, *, own: bool) -> Iterator[Ring]:
    """Give the boxes round an element, from the innermost outwards.

    Args:
        before: What is shown in front of the element.
        behind: And behind it.
        tag: Its start tag.
        own: Whether it is a box itself, with which the rings then begin.
    """
    tags = _BLOCK.finditer(behind)
    inner, done = len(before), 0
    for start, name in islice(chain([(len(before), tag.name)] if own else [], opened(before)), _LEVELS):
        part = before[start:inner]
        chars = len(plain(part))
        if chars > MOST_TEXT + _MOST_CAPTION and name not in ENTRIES:
            return
        stop = _end(name, tags)
        if stop is None and name == "li":
            stop = len(behind)  # an entry that goes on beyond what is looked at
        if stop is None:
            return
        yield Ring(name, part, behind[done:stop], chars + len(plain(behind[done:stop])))
        inner, done = start, stop


def shown(markup: bytes, *, cut: bool = False) -> bytes:
    """Blank what is not shown in some markup; where it is `cut` at its beginning, also the rest of a script there."""
    if b"script" in markup:
        if cut and (end := markup.find(b"</script")) >= 0 and markup.find(b"<script", 0, end) < 0:
            markup = b" " * end + markup[end:]
        markup = _without(b"<script", b"</script", _without(b"<noscript", b"</noscript", markup))
    return _without(b"<style", b"</style", _without(b"<!--", b"-->", markup))


def _without(first: bytes, last: bytes, markup: bytes) -> bytes:
    at, done = markup.find(first), 0
    if at < 0:
        return markup
    parts: list[bytes] = []
    while at >= 0:
        stop = markup.find(last, at)
        stop = len(markup) if stop < 0 else stop + len(last) * last.endswith(b">")
        parts += markup[done:at], b" " * (stop - at)
        at, done = markup.find(first, stop), stop
    return b"".join(parts) + markup[done:]


def opened(before: bytes) -> Iterator[tuple[int, str]]:
    """Give the boxes that are open at the end of a text, the innermost first, each with where it starts."""
    closed: list[bytes] = []
    high = len(before)
    while high > 0:
        low = before.find(b"<", max(0, high - _PIECE), high)
        for found in reversed([*_BLOCK.finditer(before, low, high)] if low >= 0 else []):
            name = found[2].lower()
            if found[1]:
                closed.append(name)
            elif not closed:
                yield found.start(), name.decode()
            elif name in closed:
                while closed.pop() != name:
                    pass
        high = low if low >= 0 else high - _PIECE


def _end(name: str, tags: Iterator[re.Match[bytes]]) -> int | None:
    """Where an open box ends; what else begins before that ends there too."""
    inner: list[str] = []
    for found in tags:
        closing = found[2].lower().decode()
        if not found[1]:
            inner.append(closing)
        elif closing in inner:
            while inner.pop() != closing:
                pass
        elif closing == name:
            return found.start()
        elif not inner:
            return None
    return None


def stands_aside(document: bytes, at: int) -> bool:
    """Tell whether a position stands in what is about something else than the content of its page.

    That is an `aside` (HTML standard, section 4.3.5), or a box that is called a sidebar.
    """
    if document.rfind(b"<aside", 0, at) > document.rfind(b"</aside", 0, at):
        return True
    before = document[max(0, at - _NEAR) : at]
    return any(_SIDEBAR.match(before, start) for start, _ in islice(opened(before), _LEVELS))


_NEAR: Final = 1 << 16
_SIDEBAR: Final = re.compile(
    rb"<[^<>]{0,400}?\s(?:class=[\"'](?:[^\"'<>]{0,100}?\s)?widget\s(?:[^\"'<>]{0,100}?\s)?widget_"
    rb"|id=[\"'](?:(?:left|right|primary|secondary|page|blog|post|article)[-_]?)?(?:sidebar|side-?col(?:umn)?)"
    rb"(?:[-_]?(?:left|right|primary|secondary|inner|container|\d))?[\"']|id=[\"']right[-_]?col(?:umn)?[\"'])",
    re.IGNORECASE,
)
"""A box that a sidebar is, or is made of: `<div id="text-3" class="widget widget_text">`, as WordPress has it."""


def media_in(markup: bytes, tag: Tag) -> int:
    """Count the media that some markup beside an element shows."""
    count = len(_OTHER_MEDIUM.findall(markup))
    if tag.name not in _FALLING_BACK:
        count += len(_OTHER_OBJECT.findall(markup))
    mark = _mark(tag)
    return count + (mark != b"" and mark in markup)


def until_media(markup: bytes) -> bytes:
    """Give some markup behind an element up to where another medium is shown."""
    other = _OTHER_MEDIUM.search(markup)
    return markup[: other.start()] if other else markup


def _mark(tag: Tag) -> bytes:
    """How an attribute begins by which elements of the kind are told."""
    return next((f" {name}=".encode() for name in tag.attributes if name.startswith("data-")), b"")
