"""Reads DASH manifests (ISO/IEC 23009-1): one representation, and which parts of it show that it can be played."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from harvester.checks.policy.playlist import Child, Playlist, key_system
from harvester.checks.policy.target import Join

_DEPTH: Final = 32
_ELEMENTS: Final = 100_000
_TEXT_CHARS: Final = 4096
_DURATION: Final = re.compile(
    r"P(?:([0-9]{1,6})D)?(?:T(?:([0-9]{1,6})H)?(?:([0-9]{1,6})M)?(?:([0-9]{1,9}(?:\.[0-9]{1,9})?)S)?)?"
)
_SPAN: Final = re.compile(r"([0-9]{1,18})-([0-9]{1,18})")
_PLACEHOLDER: Final = re.compile(r"\$(RepresentationID|Number|Time|Bandwidth)?(?:%0([0-9]{1,2})d)?\$")
_WITHOUT_SYSTEM: Final = "urn:mpeg:dash:mp4protection:2011"
"""Says that samples are encrypted; the key systems stand beside it (ISO/IEC 23009-1, 5.8.5.2)."""


class _RefusedError(Exception):
    """The document declares a type, nests too deep, or has too many elements."""


@dataclass(slots=True)
class _Node:
    """One element; names without prefix."""

    name: str
    attributes: dict[str, str]
    children: list[_Node] = field(default_factory=list)
    text: str = ""

    def all(self, name: str) -> list[_Node]:
        return [child for child in self.children if child.name == name]

    def first(self, name: str) -> _Node | None:
        return next((child for child in self.children if child.name == name), None)

    def number(self, name: str, default: int = 0) -> int:
        """An attribute as a number, `default` where it is none or beyond reason."""
        text = self.attributes.get(name, "")
        return int(text) if text.isascii() and text.removeprefix("-").isdigit() and len(text) <= 18 else default


def read(data: bytes, base: str, join: Join) -> Playlist:
    """Read a manifest; one that is cut or malformed comes back as broken, one that declares entities as refused.

    Args:
        data: All of it.
        base: The URL that it came from, after redirects.
        join: Resolves its references.
    """
    try:
        mpd = _parse(data)
    except _RefusedError:
        return Playlist(refused=True)
    if mpd is None or mpd.name != "MPD":
        return Playlist(broken=True)
    live = mpd.attributes.get("type") == "dynamic"
    duration = _seconds(mpd.attributes.get("mediaPresentationDuration", ""))
    period = mpd.first("Period")
    chosen = _choose(period) if period else None
    if period is None or chosen is None:
        return Playlist(live=live, duration_s=duration, variants=0)
    adaptation, representation = chosen
    for level in (mpd, period, adaptation, representation):
        reference = level.first("BaseURL")
        if reference is not None and reference.text.strip():
            base = join(base, reference.text.strip()) or base
    protections = adaptation.all("ContentProtection") + representation.all("ContentProtection")
    levels = (representation, adaptation, period)
    length = _seconds(period.attributes.get("duration", "")) or duration
    children, segments = _parts(levels, base, join, None if live else length)
    return Playlist(children=children, segments=segments, live=live, duration_s=duration, drm=_key_system(protections))


def _parse(data: bytes) -> _Node | None:
    """Read XML without document type and entities; None where it is malformed."""
    root = _Node("", {})
    stack = [root]
    elements = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal elements
        elements += 1
        if len(stack) > _DEPTH or elements > _ELEMENTS:
            raise _RefusedError
        node = _Node(name.rpartition(":")[2], attributes)
        stack[-1].children.append(node)
        stack.append(node)

    def end(_name: str) -> None:
        stack.pop()

    def text(part: str) -> None:
        if len(stack[-1].text) < _TEXT_CHARS:
            stack[-1].text += part[:_TEXT_CHARS]

    def doctype(*_: object) -> None:
        raise _RefusedError

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError):
        return None
    return root.children[0] if root.children else None


def _choose(period: _Node) -> tuple[_Node, _Node] | None:
    """The set of video that is in the clear if there is one, else the first; of it the first representation."""
    sets = [found for found in period.all("AdaptationSet") if found.first("Representation")]
    sets.sort(key=lambda found: (found.first("ContentProtection") is not None, not _is_video(found)))
    representation = sets[0].first("Representation") if sets else None
    return (sets[0], representation) if representation is not None else None


def _is_video(adaptation: _Node) -> bool:
    representation = adaptation.first("Representation")
    types = (adaptation.attributes, representation.attributes if representation else {})
    return any("video" in found.get("contentType", "") + found.get("mimeType", "") for found in types)


def _key_system(protections: list[_Node]) -> str | None:
    """The first key system that is named, or that there is one."""
    schemes = [found.attributes.get("schemeIdUri", "") for found in protections]
    named = [scheme for scheme in schemes if scheme.lower() != _WITHOUT_SYSTEM]
    return key_system(named[0]) if named else ("unknown" if schemes else None)


def _parts(
    levels: tuple[_Node, ...], base: str, join: Join, length_s: float | None
) -> tuple[tuple[Child, ...], int | None]:
    """The parts to ask for, and the number of segments; by template, by list, or one file with an index."""
    for level in levels:
        template, listed, single = (level.first(f"Segment{form}") for form in ("Template", "List", "Base"))
        if template is not None:
            inherited = [found for above in levels if (found := above.first("SegmentTemplate")) is not None]
            return _by_template(inherited, levels[0], base, join, length_s)
        if listed is not None:
            return _by_list(listed, base, join)
        if single is not None:
            found = single.first("Initialization")
            span = _span(found.attributes.get("range", "")) if found else None
            return (Child("init", base, span or (0, None)),), 1
    return (Child("segment", base, (0, None)),), 1


def _by_list(listed: _Node, base: str, join: Join) -> tuple[tuple[Child, ...], int]:
    """Segments that are listed one by one."""
    found: list[Child] = []
    init = listed.first("Initialization")
    if init is not None:
        url = join(base, init.attributes.get("sourceURL", "")) if init.attributes.get("sourceURL") else base
        found.append(Child("init", url, _span(init.attributes.get("range", ""))))
    segments = listed.all("SegmentURL")
    for segment in segments[:1] + segments[1:][-1:]:
        reference = segment.attributes.get("media", "")
        url = join(base, reference) if reference else base
        found.append(Child("segment", url, _span(segment.attributes.get("mediaRange", ""))))
    return tuple(found), len(segments)


def _by_template(
    templates: list[_Node], representation: _Node, base: str, join: Join, length_s: float | None
) -> tuple[tuple[Child, ...], int | None]:
    """Segments whose names are made from a pattern; attributes and timeline are inherited from outer levels."""
    attributes = {name: value for level in reversed(templates) for name, value in level.attributes.items()}
    template = _Node("SegmentTemplate", attributes)
    timeline = next((found for level in templates if (found := level.first("SegmentTimeline")) is not None), None)
    number, timescale = template.number("startNumber", 1), max(template.number("timescale", 1), 1)
    count: int | None
    if timeline is not None:
        first, last, count = _timeline(timeline, None if length_s is None else int(length_s * timescale))
    else:
        step = template.number("duration")
        count = -int(-length_s * timescale // step) if length_s and step > 0 else None
        first, last = 0, step * (count - 1) if count else 0
    places = {(number, first)} if not count else {(number, first), (number + count - 1, last)}
    if count is None and timeline is None:
        places = set()  # a live stream without a list: only a clock says which segment is there now
    children: list[Child] = []
    if "initialization" in attributes:
        children.append(Child("init", _fill(attributes["initialization"], representation, 0, 0, base, join)))
    if "media" in attributes and count != 0:
        filled = (_fill(attributes["media"], representation, *place, base, join) for place in sorted(places))
        children.extend(Child("segment", url) for url in filled)
    return tuple(children), count


def _timeline(timeline: _Node, end: int | None) -> tuple[int, int, int]:
    """Time of the first segment and of the last one, and their number; repeats are counted, not walked."""
    entries = timeline.all("S")
    first = entries[0].number("t") if entries else 0
    last = now = count = 0
    for place, entry in enumerate(entries):
        now = entry.number("t", now)
        length, repeats = max(entry.number("d"), 1), entry.number("r")
        if repeats < 0:  # up to the next entry's time, or to the end of the period
            until = entries[place + 1].number("t", now) if place + 1 < len(entries) else end
            repeats = max(-(-(until - now) // length) - 1, 0) if until is not None else 0
        last = now + repeats * length
        now, count = last + length, count + repeats + 1
    return first, last, count


def _fill(pattern: str, representation: _Node, number: int, time: int, base: str, join: Join) -> str | None:
    """Put the identifiers of one segment into a name (ISO/IEC 23009-1, 5.3.9.4.4)."""
    values: dict[str, str | int] = {
        "RepresentationID": representation.attributes.get("id", "")[:256],
        "Bandwidth": representation.number("bandwidth"),
        "Number": number,
        "Time": time,
    }

    def one(found: re.Match[str]) -> str:
        if found[1] is None:
            return "$"
        value = values[found[1]]
        return f"{value:0{found[2]}d}" if found[2] and isinstance(value, int) else str(value)

    return join(base, _PLACEHOLDER.sub(one, pattern[:4096]))


def _span(text: str) -> tuple[int, int | None] | None:
    found = _SPAN.fullmatch(text)
    return (int(found[1]), int(found[2])) if found and int(found[1]) <= int(found[2]) else None


def _seconds(text: str) -> float | None:
    """A duration as XML Schema writes it, without years and months; None where it is none."""
    found = _DURATION.fullmatch(text)
    if found is None or not any(found.groups()):
        return None
    days, hours, minutes, seconds = (float(part or 0) for part in found.groups())
    return days * 86400 + hours * 3600 + minutes * 60 + seconds
