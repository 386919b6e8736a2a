"""Tells from which bytes an unescaped text came."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from itertools import accumulate
from operator import add
from typing import Final
from urllib.parse import unquote_to_bytes

import msgspec

from harvester.model import Path, Places, Span
from harvester.syntax.unescape import unescape_js

ENTITY: Final = re.compile(rb"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});?")
PERCENT: Final = re.compile(rb"%[0-9a-fA-F]{2}|\+")
JS_ESCAPE: Final = re.compile(
    rb"(?:\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})"
    rb"|\\(?:u\{[0-9a-fA-F]{1,6}\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[0-3]?[0-7]{1,2}|\r\n|[\s\S])"
)


_COMMON: Final = (
    (b"&quot;", b'"'),
    (b"&#34;", b'"'),
    (b"&#39;", b"'"),
    (b"&#039;", b"'"),
    (b"&lt;", b"<"),
    (b"&gt;", b">"),
)


def resolve_entities(raw: bytes) -> bytes:
    """Resolve character references (WHATWG HTML, 13.2.5.72)."""
    if b"&" not in raw:
        return raw
    for entity, plain in _COMMON:
        raw = raw.replace(entity, plain)
        if b"&" not in raw:
            return raw
    # What is left is rare, but for the ampersand's own reference, which must be resolved last.
    if raw.count(b"&") != raw.count(b"&amp;"):
        return html.unescape(raw.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")
    return raw.replace(b"&amp;", b"&")


def resolve_escapes(raw: bytes) -> bytes:
    """Resolve the escapes of a JavaScript or JSON string."""
    if b"\\" not in raw:
        return raw
    try:
        return _as_json(b'"' + raw + b'"').encode()
    except ValueError:  # escapes or characters that JSON has not, or bytes that are no UTF-8
        return JS_ESCAPE.sub(_unescaped, raw)


_as_json: Final = msgspec.json.Decoder(str).decode


def _unescaped(found: re.Match[bytes]) -> bytes:
    return _resolved_escape(found[0])


@lru_cache(maxsize=4096)
def _resolved_escape(token: bytes) -> bytes:
    # One at a time, so that bytes that are no UTF-8 stay as they are and places keep their distance from them.
    return token[1:] if token[1] >= 0x80 else unescape_js(token.decode("ascii")).encode("utf-8", "replace")


def resolve_percent(raw: bytes) -> bytes:
    """Resolve percent-encoding (RFC 3986, 2.1); a plus sign stays."""
    return unquote_to_bytes(raw)


_BLOCK_BYTES: Final = 1024
_CUT: Final = re.compile(rb"(?<!\\)[,;]")
"""Behind what a text can be cut: no escape goes on there, unless that is what a backslash stands in front of."""


class Origin:
    """Maps spans of an unescaped text back to the text with escapes.

    On first use the text is cut into blocks, of which only lengths are taken. The escapes of a block are looked up
    where a place in it is asked for: that takes much longer, and few places are.
    """

    def __init__(
        self, raw: bytes, token: re.Pattern[bytes], resolve: Callable[[bytes], bytes], offset: int = 0
    ) -> None:
        """Take the escaped text.

        Args:
            raw: The text with escapes.
            token: Matches one escape.
            resolve: What made the text without escapes from `raw`; one escape at a time it gives the same.
            offset: Where `raw` begins in the excerpt's text.
        """
        self._raw, self._token, self._resolve, self._offset = raw, token, resolve, offset
        self._inner: list[int] = []
        self._outer: list[int] = []
        self._blocks: dict[int, tuple[list[int], list[int]]] = {}

    def span(self, inner: Span) -> Span:
        """Give the span of the escaped text for one of the unescaped text."""
        if not self._inner:
            self._cut()
        return self._at(inner[0]), self._at(inner[1])

    def _at(self, offset: int) -> int:
        number = bisect_right(self._inner, offset) - 1
        block = self._blocks.get(number)
        if block is None:
            block = self._blocks[number] = self._mapped(number)
        inner, outer = block
        index = bisect_right(inner, offset) - 1
        return self._offset + outer[index] + (offset - inner[index])

    def _cut(self) -> None:
        """Note where blocks begin in both texts."""
        raw, start = self._raw, 0
        self._inner, self._outer = [0], [0]
        while cut := _CUT.search(raw, start + _BLOCK_BYTES):
            end = cut.end()
            self._inner.append(self._inner[-1] + len(self._resolve(raw[start:end])))
            self._outer.append(end)
            start = end

    def _mapped(self, number: int) -> tuple[list[int], list[int]]:
        """Give where a block begins, and the end of each escape in it, in both texts."""
        start = self._outer[number]
        end = self._outer[number + 1] if number + 1 < len(self._outer) else len(self._raw)
        pieces = _capturing(self._token.pattern).split(self._raw[start:end])
        texts, tokens = pieces[0::2], pieces[1::2]
        lengths = {token: len(self._resolve(token)) for token in set(tokens)}
        between = list(map(len, texts[: len(tokens)]))
        outer = accumulate(map(add, between, map(len, tokens)), initial=start)
        inner = accumulate(map(add, between, map(lengths.__getitem__, tokens)), initial=self._inner[number])
        return list(inner), list(outer)


@cache
def _capturing(pattern: bytes) -> re.Pattern[bytes]:
    """The same pattern as one group, so that splitting keeps what it matches."""
    return re.compile(b"(" + pattern + b")")


class Through:
    """Places of values that stand in an unescaped text, told in the escaped one."""

    def __init__(self, places: Places, origin: Origin) -> None:
        """Take the places in the unescaped text, and where that came from."""
        self._places, self._origin = places, origin

    def spans(self, paths: Sequence[Path]) -> dict[Path, Span]:
        """See `harvester.model.Places`."""
        return {path: self._origin.span(span) for path, span in self._places.spans(paths).items()}
