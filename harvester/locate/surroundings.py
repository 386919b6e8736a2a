"""Reads what stands round an element that shows a medium: the caption of its figure, the heading of its list entry."""

from __future__ import annotations

import re
from typing import Final

from harvester.model import Span
from harvester.syntax.origin import resolve_entities
from harvester.syntax.tags import Tag, read_tag

_CONTAINERS: Final = (b"figure", b"li", b"article")
_REACH: Final = 4096
_OTHER_MEDIUM: Final = re.compile(rb"<(?:video|audio|iframe|amp-video)\b", re.IGNORECASE)
_CAPTION: Final = re.compile(rb"<figcaption\b[^>]*>(.*?)</figcaption", re.DOTALL | re.IGNORECASE)
_FIRST_PART: Final = re.compile(rb"\s*<(p|span|div|b|strong|em|cite)\b[^>]*>(.*?)</\1", re.DOTALL | re.IGNORECASE)
_HEADING: Final = re.compile(rb"<h([1-6])\b[^>]*>(.*?)</h\1", re.DOTALL | re.IGNORECASE)
_CREDIT: Final = re.compile(
    r"(?:\u00a9|\(c\)|(?:foto|photo|bild|image|credit|source|quelle)s?\b.{0,3}:)", re.IGNORECASE
)
_BACKGROUND: Final = re.compile(
    rb"background(?:-image)?\s*:\s*url\(\s*(?:&quot;|&#0?39;|['\"])?([^'\"()<>\s&]+)", re.IGNORECASE
)
_MARKUP: Final = re.compile(rb"<[^>]*>")
_MOST_CHARS: Final = 300


def surroundings(utf8: bytes, element: Span, tag: Tag) -> dict[str, str]:
    """Give `caption` and `background-image` of the figure or entry round an element, where it is alone there.

    Args:
        utf8: The document.
        element: From the start tag to the end of what was read of the element.
        tag: Its start tag, which may be that of the figure itself.
    """
    region = _region(utf8, element, tag)
    if region is None:
        return {}
    start, stop = region
    before, behind = utf8[start : element[0]], utf8[element[0] if tag.name == "figure" else element[1] : stop]
    if tag.name != "figure" and (_OTHER_MEDIUM.search(before) or _OTHER_MEDIUM.search(behind)):
        return {}
    found: dict[str, str] = {}
    figure = read_tag(utf8, start)
    if caption := _caption(before, behind) or (figure and figure.value(utf8, "aria-label")):
        found["caption"] = caption
    backgrounds = {one[1] for one in _BACKGROUND.finditer(before)}
    if len(backgrounds) == 1:
        found["background-image"] = backgrounds.pop().decode("utf-8", "replace")
    return found


def _caption(before: bytes, behind: bytes) -> str:
    """What a figure's caption says, or the only heading of an entry; of a caption not who took the picture."""
    if caption := _CAPTION.search(behind) or _CAPTION.search(before):
        first = _FIRST_PART.match(caption[1])
        text = (first and _text(first[2])) or _text(caption[1])
        return "" if _CREDIT.match(text) else text
    headings = [*_HEADING.finditer(before), *_HEADING.finditer(behind)]
    return _text(headings[0][2]) if len(headings) == 1 else ""


def _region(utf8: bytes, element: Span, tag: Tag) -> Span | None:
    """The nearest figure, list entry or article round an element, if it is a small one."""
    at, end = element
    if tag.name == "figure":
        stop = utf8.find(b"</figure", tag.span[1], tag.span[1] + _REACH)
        return (at, stop) if stop >= 0 else None
    low = max(0, at - _REACH)
    best = -1, b""
    for name in _CONTAINERS:
        opened = _last_start(utf8, name, low, at)
        if opened > best[0] and utf8.rfind(b"</" + name, opened, at) < 0:
            best = opened, name
    if best[0] < 0:
        return None
    stop = utf8.find(b"</" + best[1], end, end + _REACH)
    return (best[0], stop) if stop >= 0 else None


def _last_start(utf8: bytes, name: bytes, low: int, at: int) -> int:
    start = utf8.rfind(b"<" + name, low, at)
    if start >= 0 and utf8[start + len(name) + 1 : start + len(name) + 2] in (b" ", b">", b"\n", b"\t", b"\r"):
        return start
    return -1


def _text(markup: bytes) -> str:
    return " ".join(resolve_entities(_MARKUP.sub(b" ", markup)).decode("utf-8", "replace").split())[:_MOST_CHARS]
