"""Finds the object, array or string literal that stands around a position in script or text.

Nothing is decoded here: brackets are counted with strings and comments skipped, from the outermost place where a
literal can begin. Function bodies are code: a literal that holds a position only inside such a body is passed
over, and the search goes on within it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from harvester.model import Span

_STRINGS: Final = rb""""(?>[^"\\]++|\\.)*+"|'(?>[^'\\]++|\\.)*+'|`(?>[^`\\]++|\\.)*+`"""
STRING: Final = re.compile(_STRINGS, re.DOTALL)
"""A string literal of JavaScript; a template literal counts as one whatever it has in `${}`."""

_RUN = re.compile(rb"(?>[^{}\[\]()\"'`/;]++|" + _STRINGS + rb"|//[^\n]*+|/\*(?>[^*]++|\*(?!/))*+\*/|/)*+", re.DOTALL)
_BODY = re.compile(rb"(?:\)|=>)\s*\Z")
_OPENERS: Final = frozenset(b"{[(")
_CLOSERS: Final = frozenset(b"}])")

IN_SCRIPT: Final = re.compile(
    rb"""[=(,:?|&n]\s*+([{\[]|["'`](?=\s*+(?:[{\[]|%7[bB]|%5[bB]|eyJ|\\+x7[bB]|\\+u007[bB]|&quot;|\\+["'])))"""
)
"""Where a literal that can hold data begins in script: group 1 is its first byte. The n is that of `return`."""

IN_TEXT: Final = re.compile(rb"""([{\[](?=\s*+(?:["'{\[]|\\+["']|&quot;|[A-Za-z_$][\w$]*+\s*+:)))""")
"""Where JSON begins in running text."""


FUNCTION: Final = re.compile(rb"function\s*\(([\w$,\s]{0,20000})\)\s*\{")
"""The head of a function: group 1 is its parameters."""


@dataclass(slots=True)
class Budget:
    """How many bytes may still be scanned; what is beyond is left to plainer means."""

    left: int

    def spend(self, amount: int) -> bool:
        """Take from the budget and tell whether it lasts."""
        self.left -= amount
        return self.left > 0


def literal_around(data: bytes, position: int, bounds: Span, starts: re.Pattern[bytes], budget: Budget) -> Span | None:
    """Give the outermost literal within `bounds` that holds `position` as data, or None."""
    at, stop = bounds
    while at < position and budget.left > 0:
        found = starts.search(data, at, position)
        if not found:
            budget.spend(position - at)
            return None
        start = found.start(1)
        if data[found.start()] == 0x6E and not data.endswith(b"return", 0, found.start() + 1):
            at = start  # an n that ends another word, as in "function {"
            continue
        end = _end(data, start, stop, position)
        budget.spend((abs(end) if end else position) - at)
        if end > position:
            return start, end
        # Negative: the scan left the data at that place, so the search goes on inside.
        at = end if end > 0 else max(-end, start + 1)
    return None


def literal_end(data: bytes, start: int, stop: int) -> int:
    """Give where the literal that begins at `start` ends, or `stop` where it does not end."""
    end = _end(data, start, stop, start)
    return end if end > start else stop


def _end(data: bytes, start: int, stop: int, position: int) -> int:
    """Give the literal's end; or, negated, the place from which to look further inside it.

    A literal that is cut by `stop` ends there, if its data reached that far.
    """
    if data[start] in b"\"'`":
        found = STRING.match(data, start, stop)
        return found.end() if found else -(start + 1)
    depth, at, body = 0, start, 0  # body: depth at which a function's body began, 0 outside of one
    body_start = 0
    while at < stop:
        found = _RUN.match(data, at, stop)
        at = found.end() if found else at
        if at >= stop:
            break
        byte = data[at]
        if byte in _OPENERS:
            depth += 1
            if not body and byte == 0x7B and depth > 1 and _BODY.search(data, max(start, at - 40), at):
                body, body_start = depth, at
        elif byte in _CLOSERS:
            if depth == body:
                body = 0
            depth -= 1
            if depth == 0:
                return at + 1
        elif not body and byte == 0x3B:
            return -(at + 1) if at < position else -(start + 1)
        elif byte != 0x3B and not body:
            return -(start + 1)  # a quote without its partner
        at += 1
        if body and body_start < position < at:
            return -(body_start + 1)
    return stop if not body else -(body_start + 1)


def strings_of(data: bytes, span: Span) -> Iterator[Span]:
    """Give the span of each string literal in a stretch of script, quotes included."""
    for found in STRING.finditer(data, *span):
        yield found.span()
