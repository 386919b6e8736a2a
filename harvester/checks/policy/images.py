"""Reads the size of a picture from its header, and whether it is all there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

_SOF: Final = frozenset((*range(0xC0, 0xC4), *range(0xC5, 0xC8), *range(0xC9, 0xCC), *range(0xCD, 0xD0)))
"""JPEG markers of frame headers, ITU-T T.81 table B.1 (C4, C8 and CC are something else)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """What a header says.

    Attributes:
        width: In pixels, None where the header does not show it.
        height: In pixels.
        truncated: Whether the end that the format demands is missing, told only where the whole file was read or its
            length is known.
    """

    width: int | None = None
    height: int | None = None
    truncated: bool = False


def look(prefix: bytes, media_type: str, total: int | None) -> Picture:
    """Read the header of a picture.

    Args:
        prefix: The first bytes of the file.
        media_type: As `sniff` told it.
        total: Length of the file in bytes, where it is known.
    """
    width, height = _size(prefix, media_type)
    whole = total is not None and len(prefix) >= total
    truncated = False
    if media_type == "image/jpeg" and whole:
        truncated = b"\xff\xd9" not in prefix
    elif media_type == "image/png" and whole:
        truncated = b"IEND" not in prefix
    elif media_type == "image/webp" and total is not None:
        truncated = int.from_bytes(prefix[4:8], "little") + 8 > total
    return Picture(width=width or None, height=height or None, truncated=truncated)


def _size(data: bytes, media_type: str) -> tuple[int, int]:
    """Width and height, zero where they don't show."""
    size = (0, 0)
    if media_type == "image/png" and data[12:16] == b"IHDR" and len(data) >= 24:
        size = int.from_bytes(data[16:20]), int.from_bytes(data[20:24])
    elif media_type == "image/gif" and len(data) >= 10:
        size = int.from_bytes(data[6:8], "little"), int.from_bytes(data[8:10], "little")
    elif media_type == "image/jpeg":
        size = _jpeg(data)
    elif media_type == "image/webp":
        size = _webp(data)
    elif media_type in ("image/avif", "image/heic", "image/heif"):
        size = _ispe(data)
    elif media_type == "image/bmp" and len(data) >= 26:
        size = (
            int.from_bytes(data[18:22], "little", signed=True),
            abs(int.from_bytes(data[22:26], "little", signed=True)),
        )
    return size


def _jpeg(data: bytes) -> tuple[int, int]:
    """Go from marker to marker (each but the first two bytes has its length) until the frame header."""
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker in _SOF:
            return int.from_bytes(data[at + 7 : at + 9]), int.from_bytes(data[at + 5 : at + 7])
        if marker == 0xFF:
            at += 1  # a fill byte
            continue
        at += 2 if marker == 0x01 or 0xD0 <= marker <= 0xD8 else 2 + max(int.from_bytes(data[at + 2 : at + 4]), 2)
    return 0, 0


def _webp(data: bytes) -> tuple[int, int]:
    """Any of the three kinds of WebP (RFC 9649): lossy, lossless, extended."""
    if data[12:16] == b"VP8X" and len(data) >= 30:
        return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
    if data[12:16] == b"VP8L" and len(data) >= 25 and data[20] == 0x2F:
        bits = int.from_bytes(data[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if data[12:16] == b"VP8 " and data[23:26] == b"\x9d\x01\x2a" and len(data) >= 30:
        return int.from_bytes(data[26:28], "little") & 0x3FFF, int.from_bytes(data[28:30], "little") & 0x3FFF
    return 0, 0


def _ispe(data: bytes) -> tuple[int, int]:
    """The largest `ispe` property (ISO/IEC 23008-12, 6.5.3): thumbnails and tiles have theirs too."""
    largest = (0, 0)
    at = data.find(b"ispe")
    for _ in range(64):
        if at < 0 or at + 16 > len(data):
            break
        width, height = int.from_bytes(data[at + 8 : at + 12]), int.from_bytes(data[at + 12 : at + 16])
        largest = max(largest, (width, height), key=lambda pair: pair[0] * pair[1])
        at = data.find(b"ispe", at + 4)
    return largest
