"""Locates schema.org data in attributes (microdata, RDFa) and microformats that carry media."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import Final

from harvester.locate.scan import Scan
from harvester.model import Excerpt
from harvester.syntax.tags import Ends, Tag, enclosing_tag, read_tag

_WRAPPER_BYTES: Final = 600
_MARKS_LOOKED_AT: Final = 8


def locate_microdata(scan: Scan) -> Iterator[Excerpt]:
    """Give each element whose type is that of a medium, with all that stands in it."""
    done = low = 0
    ends = Ends(scan.utf8)
    for at, kind in scan.outside:
        if kind not in ("scope", "object") or at < done or scan.is_taken(at):
            continue
        tag = enclosing_tag(scan.utf8, at, max(low, done))
        low = at
        form = _form(tag, scan.utf8) if tag else None
        if tag and form:
            # What a whole page is, its head says; what stands in its body are things of their own.
            end = scan.utf8.find(b"</head", at) if tag.name == "html" else ends.of(tag)
            span = tag.span[0], _own_end(scan, tag, max(end, tag.span[1]), ends)
            done = span[1]
            yield Excerpt(form=form, text=scan.utf8[slice(*span)], spans=(span,), hints=_wrapper(scan, span[0]))


def _own_end(scan: Scan, tag: Tag, end: int, ends: Ends) -> int:
    """Where an item ends: with its last property or player, if elements with ids of media of their own stand behind."""
    start, outside = tag.span[1], scan.outside
    said = max(scan.utf8.rfind(name, start, end) for name in (b"itemprop", b"property="))
    if said < 0:
        return end
    last = enclosing_tag(scan.utf8, said, start)
    own = max(ends.of(last), last.span[1]) if last else end
    behind = outside[bisect_left(outside, (own,)) : bisect_left(outside, (end,))]
    kinds = {kind for _, kind in behind}
    return own if "id" in kinds and "element" not in kinds else end


def _wrapper(scan: Scan, at: int) -> dict[str, str]:
    """The attributes of a player's element that stands right round an item, for it names the item's medium."""
    before = scan.utf8[max(0, at - _WRAPPER_BYTES) : at].rstrip()
    opening = before.rfind(b"<") if before.endswith(b">") else -1
    tag = read_tag(before, opening) if opening >= 0 else None
    if tag is None or tag.span[1] != len(before):
        return {}
    start = bisect_left(scan.outside, (max(0, at - _WRAPPER_BYTES) + opening,))
    inside = scan.outside[start : start + _MARKS_LOOKED_AT]
    if not any(mark < at and kind in ("id", "embed") for mark, kind in inside):
        return {}
    said = {name: tag.value(before, name) or "" for name in tag.attributes if name.startswith("data-")}
    named = " ".join(tag.value(before, name) or "" for name in ("class", "id"))
    return {"element": tag.name, "class": named, **said}


def _form(tag: Tag, data: bytes) -> str | None:
    if tag.name in ("script", "meta"):
        return None
    if tag.value(data, "itemtype"):
        return "microdata"
    return "rdfa" if tag.value(data, "typeof") else None


def locate_microformats(scan: Scan) -> Iterator[Excerpt]:
    """Give each h-entry that has a u-video or u-audio; it may be as long as the page, so it comes after all else."""
    done = low = 0
    ends = Ends(scan.utf8)
    for at, kind in scan.outside:
        if kind != "scope" or at < done or not scan.utf8.startswith(b"h-entry", at):
            continue
        tag = enclosing_tag(scan.utf8, at, max(low, done))
        low = at
        if tag is None or "h-entry" not in (tag.value(scan.utf8, "class") or "").split():
            continue
        span = tag.span[0], ends.of(tag)
        done = span[1]
        text = scan.utf8[slice(*span)]
        if b"u-video" in text or b"u-audio" in text:
            yield Excerpt(form="microformats", text=text, spans=(span,))
