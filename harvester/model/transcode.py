"""Text of any charset as UTF-8, and the way back from a UTF-8 offset to the bytes as stored."""

from __future__ import annotations

import codecs
from bisect import bisect_left
from functools import cached_property
from io import BytesIO
from typing import Final

BOMS: Final[tuple[tuple[bytes, str], ...]] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16 LE, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order marks and the charsets that they state (Unicode, section 23.8)."""

_CHUNK: Final = 1 << 20
_STEP: Final = 4096


def bom_length(data: bytes, encoding: str) -> int:
    """Give the length in bytes of the byte order mark that `data` begins with, 0 where there is none."""
    return next((len(mark) for mark, charset in BOMS if charset == encoding and data.startswith(mark)), 0)


def to_utf8(data: bytes, encoding: str) -> bytes:
    """Transcode to UTF-8 without the byte order mark; what can't be decoded becomes U+FFFD.

    It goes in chunks, so that beside `data` little more than the result is held in memory.
    """
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    out = BytesIO()
    view = memoryview(data)
    for start in range(bom_length(data, encoding), len(data), _CHUNK):
        out.write(_utf8(decoder.decode(view[start : start + _CHUNK])))
    out.write(_utf8(decoder.decode(b"", final=True)))
    return out.getvalue()


class OffsetMap:
    """Maps offsets of `to_utf8(data, encoding)` to offsets of `data`, also in charsets with states.

    Decoding again is the only way that is right for every charset: encoding back gives other lengths where
    something could not be decoded, or where a charset knows two ways to write a character.
    """

    def __init__(self, data: bytes, encoding: str) -> None:
        self._data = memoryview(data)
        self._encoding = encoding
        self._begin = bom_length(data, encoding)

    def stored(self, offset: int) -> int:
        """Give the offset in `data` at which the character at this UTF-8 offset begins."""
        starts, states = self._checkpoints
        index = max(bisect_left(starts, offset) - 1, 0)
        at = min(self._begin + index * _STEP, len(self._data))
        piece = self._data[at : at + _STEP]
        wanted = offset - starts[index]
        low, high = 0, len(piece)
        while low < high:
            middle = (low + high) // 2
            if self._decoded_length(states[index], piece[:middle]) < wanted:
                low = middle + 1
            else:
                high = middle
        return at + low

    def _decoded_length(self, state: tuple[bytes, int], piece: memoryview) -> int:
        decoder = codecs.getincrementaldecoder(self._encoding)("replace")
        decoder.setstate(state)
        return len(_utf8(decoder.decode(piece)))

    @cached_property
    def _checkpoints(self) -> tuple[list[int], list[tuple[bytes, int]]]:
        """UTF-8 offset and decoder state at every step of `data`."""
        decoder = codecs.getincrementaldecoder(self._encoding)("replace")
        starts, states = [0], [decoder.getstate()]
        for at in range(self._begin, len(self._data), _STEP):
            starts.append(starts[-1] + len(_utf8(decoder.decode(self._data[at : at + _STEP]))))
            states.append(decoder.getstate())
        return starts, states


def _utf8(text: str) -> bytes:
    # UTF-7 and the like can yield lone surrogates, which UTF-8 has no place for.
    return text.encode("utf-8", "replace") if text else b""
