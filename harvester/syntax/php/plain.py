"""Undoes what HTML or a string literal did to a dump, and maps back what is read to the bytes it stood in."""

from __future__ import annotations

import html
import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from harvester.model import Span
from harvester.syntax.origin import JS_ESCAPE, resolve_escapes

_MARKUP: Final = re.compile(
    rb"</?[A-Za-z][^<>&{]{0,1000}+>|&(?:[A-Za-z][A-Za-z0-9]{1,30}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});"
)
"""Comments stay, and so do tags with what a dump in one of their attributes would have: both may hold dumps."""

_BREAK: Final = re.compile(rb"<(?:br\b|/(?:p|pre|div|td|th|tr|li|code|body|html|textarea|script)\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, eq=False)
class Undo:
    """One way in which a dump was wrapped.

    Attributes:
        layer: What a value's `layers` call it.
        repair: What its `repairs` call it.
        signs: Bytes of which one stands in every text that was wrapped so.
        token: Matches what was put in, or put in place of something.
        replace: Gives what to put in its place, by it and the byte that follows.
    """

    layer: str
    repair: str
    signs: tuple[bytes, ...]
    token: re.Pattern[bytes]
    replace: Callable[[bytes, bytes], bytes]

    def applies(self, text: bytes) -> bool:
        """Whether a text may be wrapped so."""
        return any(sign in text for sign in self.signs)


class Plain:
    """A text with one wrapping undone."""

    def __init__(self, source: bytes, undo: Undo) -> None:
        """Undo the whole of a text, in one pass."""
        self.undo = undo
        self._plain = array("q", [0])  # where each piece begins in the plain text
        self._source = array("q", [0])  # and in the source
        pieces: list[bytes] = []
        at = plain = 0
        for found in undo.token.finditer(source):
            start, end = found.span()
            new = undo.replace(found[0], source[end : end + 1])
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


HTML: Final = Undo("html-entities", "html-unescaped", (b"&", b"<"), _MARKUP, _replacement)
"""Entities become what they stand for, line-breaking tags one line break, other tags nothing."""

ESCAPES: Final = Undo(
    "js-string",
    "escapes-undone",
    (b'\\"', b"\\n", b"\\u00", b"\\x", b"\\/"),
    JS_ESCAPE,
    lambda token, _: resolve_escapes(token),
)
"""The dump stands in a string literal of JSON or JavaScript."""

UNDOS: Final = (HTML, ESCAPES)
