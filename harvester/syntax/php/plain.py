"""Undoes what HTML did to a dump, and maps back what is read to the bytes it stood in."""

from __future__ import annotations

import html
import re
from array import array
from bisect import bisect_left, bisect_right
from typing import Final

from harvester.model import Span

_MARKUP: Final = re.compile(
    rb"</?[A-Za-z][^<>&{]{0,1000}+>|&(?:[A-Za-z][A-Za-z0-9]{1,30}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});"
)
"""Comments stay, and so do tags with what a dump in one of their attributes would have: both may hold dumps."""

_BREAK: Final = re.compile(rb"<(?:br\b|/(?:p|pre|div|td|th|tr|li|code|body|html|textarea|script)\b)", re.IGNORECASE)


class Plain:
    """A text without entities and tags.

    Line-breaking tags become one line break, the rest of the tags nothing.
    """

    def __init__(self, source: bytes) -> None:
        """Undo the whole of a text, in one pass."""
        self._plain = array("q", [0])  # where each piece begins in the plain text
        self._source = array("q", [0])  # and in the source
        pieces: list[bytes] = []
        at = plain = 0
        for found in _MARKUP.finditer(source):
            start, end = found.span()
            new = _replacement(found[0], source[end : end + 1])
            if new == found[0]:
                continue
            pieces += (source[at:start], new)
            plain += start - at
            self._note(plain, start)
            plain += len(new)
            self._note(plain, end)
            at = end
        pieces.append(source[at:])
        self.text = b"".join(pieces)

    def _note(self, plain: int, source: int) -> None:
        self._plain.append(plain)
        self._source.append(source)

    def locate(self, source: int) -> int:
        """Where a byte of the source stands in the plain text; of what was replaced, where its replacement begins."""
        index = bisect_right(self._source, source) - 1
        at = self._plain[index] + source - self._source[index]
        following = self._plain[index + 1] if index + 1 < len(self._plain) else at
        return min(at, following)

    def span(self, start: int, end: int) -> Span:
        """The bytes of the source that a span of the plain text was read from."""
        return self._back(bisect_right(self._plain, start) - 1, start), self._end(start, end)

    def _end(self, start: int, end: int) -> int:
        if end <= start:
            return self._back(bisect_right(self._plain, start) - 1, start)
        index = bisect_left(self._plain, end) - 1
        if index % 2:  # inside or at the end of a replacement
            return self._source[index + 1]
        return self._source[index] + end - self._plain[index]

    def _back(self, index: int, at: int) -> int:
        return self._source[index] if index % 2 else self._source[index] + at - self._plain[index]


def _replacement(markup: bytes, following: bytes) -> bytes:
    if markup in (b"&nbsp;", b"&#160;", b"&#xa0;", b"&#xA0;"):
        return b" "  # written for a space far more often than for the character
    if markup.startswith(b"&"):
        return html.unescape(markup.decode("ascii")).encode("utf-8", "surrogatepass")
    return b"\n" if _BREAK.match(markup) and following not in (b"\n", b"\r") else b""
