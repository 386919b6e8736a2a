"""Walks the boxes of an ISO base media file (ISO/IEC 14496-12) over the few windows of it that were asked for.

A box is a length of 4 bytes, a type of 4, and what it holds; length 1 means that 8 bytes of length follow the type,
length 0 that the box goes on to the end of the file. Nothing here trusts a length: a walk takes as many steps as a
window has room for box headers, and only the first level and the heads inside `moov` are read.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

_KNOWN_TOP: Final = frozenset(
    (
        *(b"ftyp", b"styp", b"moov", b"moof", b"mdat", b"free", b"skip", b"wide", b"sidx", b"ssix", b"mfra", b"meta"),
        *(b"uuid", b"pdin", b"prft", b"emsg", b"pnot", b"udta", b"junk", b"imda"),
    )
)
"""Boxes of the first level; of others only the length is believed, and only as long as it stays within the file."""

_LONGEST_S: Final = 10 * 366 * 86400
"""Seconds beyond which a duration is taken for a mistake."""

_TAIL_BYTES: Final = 64 << 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Movie:
    """What is known of a file so far.

    Attributes:
        at: Offset of the next box of the first level that has not been read.
        moov: Whether the index without which nothing plays was seen.
        media: Whether a box with the samples themselves was seen.
        fragmented: Whether the samples are in fragments, each with its own index.
        reaches: Offset up to which an index of segments says that the file goes.
        truncated: Whether a box goes on beyond the end, or the file ends without an index.
        lost: Whether something stands there that is no box; nothing can be said of what follows.
        done: Whether the walk reached the end, or all that matters.
    """

    at: int = 0
    moov: bool = False
    media: bool = False
    fragmented: bool = False
    reaches: int = 0
    truncated: bool = False
    lost: bool = False
    done: bool = False
    brand: str | None = None
    duration_s: float | None = None

    @property
    def playable(self) -> bool | None:
        """True with an index and nothing missing, False where something is missing, None where it did not show."""
        if self.truncated:
            return False
        return True if self.moov and not self.lost else None

    def need(self, total: int | None) -> tuple[int, int] | None:
        """First and last byte to ask for next, None where nothing more would help."""
        if self.done or self.lost or self.truncated or (total is not None and self.at >= total):
            return None
        last = self.at + _TAIL_BYTES - 1
        return self.at, last if total is None else min(last, total - 1)


def walk(movie: Movie, window: bytes, start: int, total: int | None) -> Movie:
    """Go on with a walk in the bytes that stand at offset `start` of a file of `total` bytes.

    Where the window does not reach the next box, the movie comes back as it is, and `need` says what to ask for.
    """
    while not (movie.done or movie.lost or movie.truncated):
        left = None if total is None else total - movie.at
        inside = movie.at - start
        # Some writers leave a few bytes behind the last box, which players ignore.
        if left is not None and (left <= 0 or (left < 8 and start + len(window) >= movie.at + left)):
            return _ended(movie)
        head = _header(window, inside) if inside >= 0 else None
        if head is None:
            return movie
        kind, size, header_bytes = head
        if not _is_box(kind, size, header_bytes, left):
            return replace(movie, lost=True)
        content = window[inside + header_bytes : inside + size if size else None]
        if kind == b"moov" and len(content) < 8 and inside > 0:
            return movie  # what it holds is not in this window: the next one begins with it
        movie = _step(movie, kind, content, movie.at + size)
        if not size:
            return _ended(movie)
        beyond = total is not None and max(movie.at + size, movie.reaches) > total
        enough = movie.media and (movie.moov or movie.fragmented)
        movie = replace(movie, at=movie.at + size, truncated=beyond, done=enough and not beyond)
    return movie


def _ended(movie: Movie) -> Movie:
    """The file ends here: without any index it was cut, or never finished."""
    return replace(movie, done=True, truncated=not (movie.moov or movie.fragmented))


def _header(window: bytes, inside: int) -> tuple[bytes, int, int] | None:
    """Type, length (0: to the end of the file) and header length of the box at `inside`; None where it is cut."""
    if inside + 8 > len(window):
        return None
    size = int.from_bytes(window[inside : inside + 4])
    kind = window[inside + 4 : inside + 8]
    if size != 1:
        return kind, size, 8
    if inside + 16 > len(window):
        return None
    # A 64-bit length of 0 has no meaning; as 1 it is refused below, being shorter than its header.
    return kind, int.from_bytes(window[inside + 8 : inside + 16]) or 1, 16


def _is_box(kind: bytes, size: int, header_bytes: int, left: int | None) -> bool:
    """Whether type and length can be those of a box; an unknown type must at least end within the file."""
    if size and size < header_bytes:
        return False
    if kind in _KNOWN_TOP:
        return True
    printable = all(0x20 <= byte < 0x7F or byte == 0xA9 for byte in kind)
    return printable and size > 0 and left is not None and size <= left


def _step(movie: Movie, kind: bytes, content: bytes, end: int) -> Movie:
    """Take note of one box, which ends at offset `end`."""
    if kind == b"ftyp":
        return replace(movie, brand=content[:4].decode("latin-1") if len(content) >= 4 else None)
    if kind == b"moov":
        return _index(replace(movie, moov=True), content)
    if kind in (b"mdat", b"imda"):
        return replace(movie, media=True)
    if kind == b"sidx":
        return _segments(replace(movie, fragmented=True), content, end)
    return replace(movie, fragmented=True) if kind in (b"moof", b"styp") else movie


def _index(movie: Movie, content: bytes) -> Movie:
    """Read `mvhd` (time scale and duration) and `mvex/mehd` (duration of fragments) out of `moov`."""
    timescale, duration = 0, 0
    for kind, box in _children(content):
        if kind == b"mvhd":
            timescale, duration = _times(box)
        elif kind == b"mvex":
            movie = replace(movie, fragmented=True)
            for inner, held in _children(box):
                if inner == b"mehd" and len(held) >= 8:
                    duration = int.from_bytes(held[4:12] if held[0] == 1 else held[4:8])
    seconds = duration / timescale if timescale else 0
    return replace(movie, duration_s=round(seconds, 3)) if 0 < seconds < _LONGEST_S else movie


def _segments(movie: Movie, sidx: bytes, end: int) -> Movie:
    """Read from a segment index how long the segments are that follow it, in bytes and in time."""
    fixed = 32 if sidx[:1] == b"\x01" else 24
    if len(sidx) < fixed:
        return movie
    timescale, first = int.from_bytes(sidx[8:12]), int.from_bytes(sidx[20:28] if fixed == 32 else sidx[16:20])
    count = int.from_bytes(sidx[fixed - 2 : fixed])
    if len(sidx) < fixed + 12 * count or not count:
        return movie
    parts = [sidx[at : at + 8] for at in range(fixed, fixed + 12 * count, 12)]
    sizes = sum(int.from_bytes(part[:4]) & 0x7FFFFFFF for part in parts)
    seconds = sum(int.from_bytes(part[4:]) for part in parts) / timescale if timescale else 0
    if movie.duration_s is None and 0 < seconds < _LONGEST_S:
        movie = replace(movie, duration_s=round(seconds, 3))
    return replace(movie, reaches=max(movie.reaches, end + first + sizes))


def _times(mvhd: bytes) -> tuple[int, int]:
    """Time scale (units a second) and duration in it, of either version; all bits set mean unknown."""
    if mvhd[:1] == b"\x01" and len(mvhd) >= 32:
        timescale, duration, unknown = int.from_bytes(mvhd[20:24]), int.from_bytes(mvhd[24:32]), (1 << 64) - 1
    elif mvhd[:1] == b"\x00" and len(mvhd) >= 20:
        timescale, duration, unknown = int.from_bytes(mvhd[12:16]), int.from_bytes(mvhd[16:20]), (1 << 32) - 1
    else:
        return 0, 0
    return timescale, 0 if duration == unknown else duration


def _children(content: bytes) -> list[tuple[bytes, bytes]]:
    """Boxes inside one, as far as they were read; at most 64, whatever their lengths claim."""
    found: list[tuple[bytes, bytes]] = []
    at = 0
    while at + 8 <= len(content) and len(found) < 64:
        size = int.from_bytes(content[at : at + 4])
        if size < 8:
            break
        found.append((content[at + 4 : at + 8], content[at + 8 : at + size]))
        at += size
    return found
