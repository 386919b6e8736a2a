"""Finds the object, array or string literal that stands around a position in script or text.

Nothing is decoded here: brackets are counted with strings and comments skipped, from the outermost place where a
literal can begin. Function bodies are code: a literal that holds a position only inside such a body is passed
over, and the search goes on within it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

import msgspec

from harvester.model import Span

STRING: Final = re.compile(
    rb""""(?>[^"\\]++|\\.)*+"|'(?>[^'\\]++|\\.)*+'|`(?>[^`\\]++|\\.)*+`""",
    re.DOTALL,
)
"""A string literal of JavaScript; a template literal counts as one whatever it has in `${}`."""

IN_SCRIPT: Final = re.compile(
    rb"""[=(,:?|&n/.]\s*+([{\[]|["'`](?=\s*+(?:[{\[]|%7[bB]|%5[bB]|eyJ|\\+x7[bB]|\\+u007[bB]|&quot;|\\+["'])))"""
)
"""Where a literal that can hold data begins in script: group 1 is its first byte.

The n is that of `return`, the slash that of a comment's end, the dot the last of those that spread a list.
"""

IN_TEXT: Final = re.compile(rb"""([{\[](?=\s*+(?:["'{\[]|\\+["']|&quot;|[A-Za-z_$][\w$]*+\s*+:)))""")
"""Where JSON begins in running text."""

_SMALL: Final = rb"""[^"'`/\\{}\[\]()]*+(?:"[^"\\]*+"[^"'`/\\{}\[\]()]*+)*+"""
_SMALL_ONE: Final = rb"(?:\{%b\}|\[%b\])" % (_SMALL, _SMALL)
_SMALL_ONES: Final = re.compile(rb"%b(?:[\s,]*+%b)*+" % (_SMALL_ONE, _SMALL_ONE))
"""Objects and arrays without any others in them, one behind another, as lists have them.

What parts the last from what follows stays, for that may begin a literal.
"""

_RUN_BYTES: Final = 4096
"""How much of such a run is passed over at once, so that to look for one in vain costs little."""

FUNCTION: Final = re.compile(rb"function\s*\(([\w$,\s]{0,20000})\)\s*\{")
"""The head of a function: group 1 is its parameters."""

_MAY_END_ELSE: Final = b"n/."
_BEFORE: Final = (b"return", b"*/", b"...")
_QUOTES: Final = b"\"'`"
_BODY: Final = re.compile(rb"(?:\)|=>)\s*\Z")
_OPENERS: Final = frozenset(b"{[(")
_CLOSERS: Final = frozenset(b"}])")
_SEMICOLON: Final = 0x3B
_SIGNS: Final = _OPENERS | _CLOSERS | {_SEMICOLON}
_AHEAD: Final = 32
"""How far behind a position is looked to tell whether what begins in front of it can hold data."""

_DEEPEST: Final = 4096
"""Of brackets within one another there are never so many in what anybody wrote."""

_STEP_COST: Final = 50
"""Bytes that a run of plain text covers in the time that one bracket takes."""


class Runs:
    """Passes over what stands between the brackets of script: plain text, strings, comments.

    What is opened and never closed, a string or a comment, is a sign like a bracket. Where one has no end, no later one
    of its kind has an end either, so each kind is looked for in vain once, and reading stays linear.
    """

    def __init__(self, stops: bytes, *, pairs: bool = False) -> None:
        """Take what ends a run, such as brackets.

        Args:
            stops: Bytes, all brackets among them.
            pairs: Whether a pair of brackets with none in it, as most are, belongs to a run.
        """
        self._stops = stops
        self._pairs = pairs
        self._plain = b""
        self._match = _run(stops, b"", pairs).match

    def end(self, data: bytes, at: int, stop: int) -> int:
        """Give where the run that begins at `at` ends."""
        found = self._match(data, at, stop)
        return found.end() if found else at

    def take_for_plain(self, opener: int) -> None:
        """Note that what a quote, or the slash of a comment, opens has no end."""
        self._plain += bytes((opener,))
        self._match = _run(self._stops, self._plain, self._pairs).match


@cache
def _run(stops: bytes, plain: bytes, pairs: bool) -> re.Pattern[bytes]:
    quotes = bytes(quote for quote in b"\"'`" if quote not in plain)
    strings = [rb"%c(?>[^%c\\]++|\\.)*+%c" % (quote, quote, quote) for quote in quotes]
    comments = [rb"//[^\n]*+", b"/"] if b"/" in plain else [rb"//[^\n]*+", rb"/\*(?s:.*?)\*/", rb"/(?!\*)"]
    text = b"[^/" + re.escape(stops + quotes) + b"]++"
    inside = b"|".join([text, *strings, *comments])
    # Where no bracket closes, the next one was come to in vain: nothing is looked at more than twice.
    pair = rb"|[(\[{](?>" + inside + rb")*+[)\]}]" if pairs else b""
    return re.compile(b"(?>" + inside + pair + b")*", re.DOTALL)


@dataclass(slots=True)
class Budget:
    """How much may still be scanned, in bytes of plain text; what is beyond is left to plainer means."""

    left: int
    refused: bool = False
    """Whether something was so large that its brackets were not counted to their end."""

    def spend(self, amount: int) -> bool:
        """Take from the budget and tell whether it lasts."""
        self.left -= amount
        return self.left > 0


def literal_around(
    data: bytes, position: int, bounds: Span, starts: re.Pattern[bytes], budget: Budget, *, cut: bool = False
) -> Span | None:
    """Give the outermost literal that holds a position as data, or None.

    Args:
        data: Script or text.
        position: A place in it.
        bounds: The literal lies within.
        starts: Where literals can begin.
        budget: What may be scanned for it.
        cut: Whether the bounds end where the data was cut, so that a string may have no end.
    """
    at, stop = bounds
    while at < position and budget.left > 0:
        found = starts.search(data, at, min(stop, position + _AHEAD))
        budget.spend((found.start(1) if found else position) - at)
        if not found or found.start(1) >= position:
            return None
        start = found.start(1)
        if data[found.start()] in _MAY_END_ELSE and not data.endswith(_BEFORE, 0, found.start() + 1):
            at = start  # an n that ends another word, as in "function {"
            continue
        passed = _SMALL_ONES.match(data, start, min(position, start + _RUN_BYTES))
        if passed:
            at = passed.end()
            budget.spend(at - start)
            continue
        end = _end(data, start, stop, position, budget, cut=cut)
        if end > position:
            return start, end
        # Negative: the scan left the data at that place, so the search goes on inside.
        at = end if end > 0 else max(-end, start + 1)
    return None


def literal_end(data: bytes, start: int, stop: int, budget: Budget | None = None) -> int:
    """Give where the literal that begins at `start` ends, or `stop` where it does not end."""
    end = _end(data, start, stop, start, budget or Budget(_STEP_COST * (stop - start + 1)))
    return end if end > start else stop


def _end(data: bytes, start: int, stop: int, position: int, budget: Budget, *, cut: bool = False) -> int:
    """Give the literal's end; or, negated, the place from which to look further inside it.

    A literal that is cut by `stop` ends there, if its data reached that far.
    """
    if data[start] in _QUOTES:
        found = STRING.match(data, start, stop)
        budget.spend((found.end() if found else stop) - start)
        return found.end() if found else -(start + 1)
    if _STRICT.match(data, start, stop) and budget.left > 0:
        end = _strict_end(data, start, stop)
        budget.spend((end or stop) - start >> _STRICT_SHIFT)
        if end:
            return end
    reach = min(stop, start + _MOST_COUNTED)
    brackets = _Brackets(data, start, reach, position, cut=cut and reach == stop)
    end = brackets.end(budget)
    if reach == stop or (end < reach and not brackets.unclosed):
        return end
    budget.refused = True
    return -(start + 1)


_MOST_COUNTED: Final = 8 << 20
"""Bytes behind a bracket up to which its partner is looked for: what is longer is read as strict JSON or not at all."""

_STRICT: Final = re.compile(rb"\{\s*+[\"}]|\[\s*+[\"\[{\]\d-]")
"""How strict JSON begins."""

_STRICT_SHIFT: Final = 4
"""Skipping sixteen bytes of strict JSON takes the time in which counting brackets reads one."""

_is_json = msgspec.json.Decoder(msgspec.Raw).decode
_TRAILING: Final = re.compile(r"trailing characters \(byte (\d+)\)")


def _strict_end(data: bytes, start: int, stop: int) -> int:
    """Give where strict JSON ends that begins at a place, as page state in its script; 0 where it is none.

    A library skips it twenty times faster than brackets are counted here, and says where it met something else.
    """
    end = stop
    try:
        _is_json(memoryview(data)[start:stop])
    except RecursionError:
        return 0
    except msgspec.MsgspecError as error:
        trailing = _TRAILING.search(str(error))
        if trailing is None:
            return 0
        end = start + int(trailing[1]) - 1
    while data[end - 1] in b" \t\r\n":
        end -= 1
    return end


class _Brackets:
    """Counts brackets from a literal's first one on."""

    def __init__(self, data: bytes, start: int, stop: int, position: int, *, cut: bool) -> None:
        self._data, self._start, self._stop, self._position = data, start, stop, position
        self._cut = cut
        self._depth = 1
        self._body = 0
        """Depth at which a function's body began, 0 outside of one."""
        self._body_start = 0
        self.unclosed = False
        """Whether a string or a comment has no end."""

    def end(self, budget: Budget) -> int:
        """See `_end`; where the budget ends, nothing is found."""
        # A pair may hold the position, and so decide, unless that is where the literal begins.
        runs = Runs(b"{}[]();", pairs=self._position == self._start)
        at, found, steps = self._start + 1, 0, 0
        most = budget.left // _STEP_COST
        while not found:
            at = runs.end(self._data, at, self._stop)
            steps += 1
            if at >= self._stop:
                found = -(self._body_start + 1) if self._body else self._stop
            elif steps > most or self._depth > _DEEPEST:
                found = -(self._start + 1)
                budget.left = 0
            else:
                byte = self._data[at]
                found = self._sign(byte, at)
                if byte not in _SIGNS:  # looking for its end took the rest of the text
                    budget.spend(self._stop - at)
                    runs.take_for_plain(byte)
                    self.unclosed = True
                at += 1
        budget.spend(min(at, self._stop) - self._start + _STEP_COST * steps)
        return found

    def _sign(self, byte: int, at: int) -> int:
        """Take one sign in; give what `_end` gives where it decides, else 0."""
        if byte in _OPENERS:
            self._depth += 1
            inside = not self._body and byte == 0x7B and self._depth > 1
            if inside and _BODY.search(self._data, max(self._start, at - 40), at):
                self._body, self._body_start = self._depth, at
        elif byte in _CLOSERS:
            if self._depth == self._body:
                self._body = 0
            self._depth -= 1
            if self._depth == 0:
                return at + 1
        elif not self._body and self._cut and byte == 0x22 and at > self._position:
            return self._stop
        elif not self._body and byte != 0x2F:  # the end of a statement, or a quote without its partner
            return -(at + 1) if byte == _SEMICOLON and at < self._position else -(self._start + 1)
        if self._body and self._body_start < self._position <= at:
            return -(self._body_start + 1)
        return 0
