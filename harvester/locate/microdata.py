"""Locates schema.org data in attributes (microdata, RDFa) and microformats that carry media."""

from __future__ import annotations

from collections.abc import Iterator

from harvester.locate.scan import Scan
from harvester.model import Excerpt
from harvester.syntax.tags import Ends, Tag, enclosing_tag


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
            span = tag.span[0], ends.of(tag)
            done = span[1]
            yield Excerpt(form=form, text=scan.utf8[slice(*span)], spans=(span,))


def _form(tag: Tag, data: bytes) -> str | None:
    if tag.name in ("script", "meta", "html"):
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
