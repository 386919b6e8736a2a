"""Gunzip that gives what can be read of a damaged file, and says what is wrong with it."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import Final, Literal

from harvester.containers.media import is_gzip

Damage = Literal["truncated-gzip", "corrupt-gzip", "trailing-bytes"]

_PIECE: Final = 1 << 20
_FINER: Final = 4096


@dataclass(frozen=True, slots=True)
class Gunzipped:
    """What a gzip file holds.

    Attributes:
        data: All members joined (RFC 1952, section 2.2), at most as long as the cap.
        damage: What is wrong with the file, or None.
        capped: Whether there is more than the cap lets through.
    """

    data: bytes
    damage: Damage | None = None
    capped: bool = False


def gunzip(chunks: Iterable[bytes], max_bytes: int) -> Gunzipped:
    """Unpack a gzip stream of any number of members, in constant memory beside the result.

    Args:
        chunks: The file's bytes, in pieces of any size.
        max_bytes: How much is unpacked at most: a few bytes can hold gigabytes.
    """
    stream = _Members(max_bytes)
    for chunk in chunks:
        stream.feed(chunk)
        if stream.damage or stream.capped:
            break
    return stream.end()


class _Members:
    """Unpacks member after member."""

    def __init__(self, max_bytes: int) -> None:
        self.damage: Damage | None = None
        self.capped = False
        self._out = BytesIO()
        self._left = max_bytes
        self._member = _new_member()
        self._begun = False
        self._done = 0
        self._pending = b""  # bytes that may be a member's header or padding, too few to tell

    def feed(self, chunk: bytes) -> None:
        data = self._pending + chunk
        self._pending = b""
        while data and not (self.damage or self.capped):
            if not self._begun and not self._begin(data):
                return
            if not self._begun:
                data = data.lstrip(b"\0")
                continue
            data = self._inflate(data)

    def _begin(self, data: bytes) -> bool:
        """Tell whether what follows a member can be gone on with: a member, or the zero bytes that tapes pad with."""
        stripped = data.lstrip(b"\0") if self._done else data
        if len(stripped) < 3:
            self._pending = stripped
            return False
        if not is_gzip(stripped):
            self.damage = "trailing-bytes" if self._done else "corrupt-gzip"
            return False
        self._begun = len(stripped) == len(data)
        return True

    def _inflate(self, data: bytes) -> bytes:
        """Unpack a piece and give the input that is left."""
        before = self._member.copy()
        try:
            piece = self._member.decompress(data, min(_PIECE, self._left + 1))
        except zlib.error:
            self._salvage(before, data)
            return b""
        self._keep(piece)
        if not self._member.eof:
            return self._member.unconsumed_tail
        rest = self._member.unused_data
        self._member, self._begun, self._done = _new_member(), False, self._done + 1
        return rest

    def _salvage(self, member: zlib._Decompress, data: bytes) -> None:
        """Unpack up to the byte at which it breaks: a call that fails gives nothing of what came before."""
        self.damage = "corrupt-gzip"
        for size in (_FINER, 1):
            while data and not self.capped:
                before = member.copy()
                try:
                    piece = member.decompress(data, size)
                except zlib.error:
                    member = before
                    break
                if not piece:
                    break
                self._keep(piece)
                data = member.unconsumed_tail

    def _keep(self, piece: bytes) -> None:
        if len(piece) > self._left:
            piece, self.capped = piece[: self._left], True
        self._left -= len(piece)
        self._out.write(piece)

    def end(self) -> Gunzipped:
        """Give all that was unpacked."""
        kept = -1
        while self._begun and kept != self._left and not (self.damage or self.capped):
            kept = self._left
            self._inflate(b"")  # what zlib has read but not yet given, since a piece was full
        if self.damage is None and not self.capped:
            if self._begun or not self._done:
                self.damage = "truncated-gzip"
            elif self._pending:
                self.damage = "trailing-bytes"
        return Gunzipped(self._out.getvalue(), self.damage, self.capped)


def _new_member() -> zlib._Decompress:
    return zlib.decompressobj(wbits=31)
