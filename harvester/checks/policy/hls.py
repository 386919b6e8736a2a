"""Reads HLS playlists (RFC 8216): which variant to look at, and which parts of it show that it can be played."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, TypeAlias

from harvester.checks.policy.playlist import Child, Part, Playlist, key_system
from harvester.checks.policy.target import Join

_BYTE_RANGE: Final = re.compile(r"([0-9]{1,18})(?:@([0-9]{1,18}))?")
_DURATION: Final = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})?")
_LINES: Final = 200_000
"""Lines that are read of one playlist; more than a day of one-second segments has."""


_Part: TypeAlias = tuple[str, tuple[int, int | None] | None]
"""A reference as it stands, and the bytes of it that are meant."""


@dataclass(slots=True)
class _Reading:
    """What was read so far of a playlist that is gone through line by line."""

    base: str
    join: Join
    variant: _Part | None = None
    first: _Part | None = None
    last: _Part | None = None
    init: _Part | None = None
    key: _Part | None = None
    variants: int = 0
    segments: int = 0
    seconds: float = 0.0
    ended: bool = False
    drm: str | None = None
    next_is_variant: bool = False
    next_is_gap: bool = False
    range: tuple[int, int | None] | None = None
    after: int = 0

    def child(self, part: Part, found: _Part | None) -> tuple[Child, ...]:
        """A part with its URL; none where there is no such part. What needs a variable resolves to no URL."""
        if found is None:
            return ()
        reference, span = found
        return (Child(part, None if "{$" in reference else self.join(self.base, reference), span),)


def read(text: str, base: str, join: Join, *, whole: bool = True) -> Playlist:
    """Read a playlist.

    Args:
        text: As much of it as was read.
        base: The URL that it came from, after redirects.
        join: Resolves its references.
        whole: Whether `text` is all of it; a cut one can't say where it ends.
    """
    lines = text.removeprefix("\ufeff").lstrip().split("\n", _LINES)[:_LINES]
    if not lines or not lines[0].startswith("#EXTM3U"):
        return Playlist(broken=True)
    if not whole and lines:
        lines.pop()
    reading = _Reading(base, join)
    for line in lines:
        _line(reading, line.strip())
    if reading.variants:
        children = reading.child("variant", reading.variant)
        return Playlist(children=children, variants=reading.variants, drm=reading.drm)
    last = None if reading.last == reading.first else reading.last
    return Playlist(
        children=(
            *reading.child("key", reading.key),
            *reading.child("init", reading.init),
            *reading.child("segment", reading.first),
            *reading.child("segment", last),
        ),
        segments=reading.segments,
        live=whole and not reading.ended,
        drm=reading.drm,
        duration_s=round(reading.seconds, 3) if reading.ended and reading.seconds else None,
    )


def _line(reading: _Reading, line: str) -> None:
    """Take note of one line."""
    if not line.startswith("#"):
        if line:
            _uri(reading, line)
        return
    name, _, value = line.partition(":")
    if name == "#EXTINF":
        found = _DURATION.match(value)
        reading.seconds += float(found[0]) if found else 0
    elif name == "#EXT-X-STREAM-INF":
        reading.next_is_variant = True
    elif name == "#EXT-X-GAP":
        reading.next_is_gap = True
    elif name == "#EXT-X-BYTERANGE":
        reading.range = _span(reading, value)
    elif name == "#EXT-X-ENDLIST":
        reading.ended = True
    elif name in ("#EXT-X-KEY", "#EXT-X-SESSION-KEY"):
        _key(reading, _attributes(value))
    elif name == "#EXT-X-MAP" and reading.init is None:
        _map(reading, _attributes(value))


def _uri(reading: _Reading, reference: str) -> None:
    """A line without a mark is a variant or a segment, as the line before said."""
    if reading.next_is_variant:
        reading.variants += 1
        reading.variant = reading.variant or (reference, None)
        reading.next_is_variant = False
        return
    reading.segments += 1
    if not reading.next_is_gap:
        segment = reference, reading.range
        reading.first = reading.first or segment
        reading.last = segment
    reading.range, reading.next_is_gap = None, False


def _key(reading: _Reading, attributes: dict[str, str]) -> None:
    """Any key format but the plain key by URL is DRM; so is encryption of samples, whose keys come by such systems."""
    method, reference = attributes.get("METHOD", ""), attributes.get("URI", "")
    form = attributes.get("KEYFORMAT", "identity")
    if method == "NONE":
        return
    if form.lower() != "identity" or method.startswith("SAMPLE-AES") or reference.startswith("skd:"):
        reading.drm = reading.drm or key_system("com.apple.streamingkeydelivery" if form == "identity" else form)
    elif reference and reading.key is None:
        reading.key = reference, None


def _map(reading: _Reading, attributes: dict[str, str]) -> None:
    """The initialisation part, maybe a byte range of a longer file."""
    if "URI" in attributes:
        span = _BYTE_RANGE.fullmatch(attributes.get("BYTERANGE", ""))
        start, length = (int(span[2] or 0), int(span[1])) if span else (0, 0)
        reading.init = attributes["URI"], ((start, start + length - 1) if length else None)


def _span(reading: _Reading, value: str) -> tuple[int, int | None] | None:
    """A byte range `length@start`; without a start it follows the one before."""
    found = _BYTE_RANGE.match(value)
    if found is None or int(found[1]) == 0:
        return None
    start = int(found[2]) if found[2] else reading.after
    reading.after = start + int(found[1])
    return start, reading.after - 1


def _attributes(text: str) -> dict[str, str]:
    """An attribute list (RFC 8216, section 4.2): names and values, quoted ones with commas in them."""
    found: dict[str, str] = {}
    at = 0
    while (equals := text.find("=", at)) >= 0:
        name = text[at:equals].strip(" ,")
        quoted = text.startswith('"', equals + 1)
        end = text.find('"' if quoted else ",", equals + 1 + quoted)
        end = len(text) if end < 0 else end
        found.setdefault(name, text[equals + 1 + quoted : end].strip())
        at = end + 1
    return found
