"""Joins what a script calls something with and the variables that stand in it: `var f = […]; play({sources: f});`."""

from __future__ import annotations

import re
from bisect import bisect_right, insort
from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import Final

from msgspec.structs import replace

from harvester.model import Excerpt, Span
from harvester.syntax.assigned import SCALAR, STATEMENT
from harvester.syntax.literals import IN_SCRIPT, Budget, literal_around, literal_end

_NAME: Final = re.compile(rb"[A-Za-z_$][\w$]{2,60}")
"""A name of one or two letters is one that a program gave to many things."""

_USED: Final = re.compile(rb"[:\[,{]\s*+([A-Za-z_$][\w$]{2,60}+)\s*+(?=[,}\]])")
_BEFORE: Final = re.compile(rb"[:\[,{]\s*\Z")
_BEHIND: Final = re.compile(rb"\s*[,}\]]")
_IN_NAME: Final = re.compile(rb"[\w$.]")
_PUSHED: Final = re.compile(r"([A-Za-z_$][\w$]{2,60})\.push")
_PUSHES: Final = re.compile(rb"\.push\(\s*+(?=[{\[\"'])")
_ASSIGNS: Final = re.compile(rb"\s*+=\s*+(?![=>])")
_TAKEN: Final = re.compile(rb"function[^({]{0,80}\([^){]{0,400}\Z")
_TAKES: Final = re.compile(rb"(?:\s*,[^()]{0,200})?\)?\s*=>")
_NO_NAMES: Final = frozenset((b"true", b"false", b"null", b"undefined", b"this", b"NaN"))
_SETUP_BYTES: Final = 1 << 14
_VALUE_BYTES: Final = 1 << 16
_REACH: Final = 1 << 16
_start: Final = itemgetter(0)
_NAMES: Final = 20
_HITS: Final = 30
_PUSHED_MOST: Final = 40


class Variables:
    """The variables of one script."""

    def __init__(self, data: bytes, body: Span, budget: Budget) -> None:
        """Take the document, where the script stands in it, and what may be looked over."""
        self._data, self._body, self._budget = data, body, budget

    def uses(self, excerpts: Iterable[Excerpt]) -> list[Span]:
        """Give the literals in which what excerpts assign is used, in order, each once."""
        found: list[Span] = []
        for name, end in self._named(excerpts):
            for at in self._hits(name, end):
                index = bisect_right(found, at, key=_start)
                if index and at < found[index - 1][1]:
                    continue  # in one that is known: they lie apart, for each is the outermost behind some place
                span = literal_around(self._data, at, (end, self._body[1]), IN_SCRIPT, self._budget)
                if span:
                    insort(found, span)
        return found

    def joined(self, excerpt: Excerpt) -> Excerpt:
        """The excerpt of a call with the variables that stand in it, if any: first what is assigned, then the call."""
        start, end = excerpt.spans[0]
        if end - start > _SETUP_BYTES or excerpt.text[:1] not in (b"{", b"["):
            return excerpt
        names = {used[1]: None for used in _USED.finditer(excerpt.text) if used[1] not in _NO_NAMES}
        pieces = sorted({piece for name in list(names)[:_NAMES] for piece in self._assigned(name, start)})
        if not pieces:
            return excerpt
        spans = (*pieces, (start, end))
        text = b"".join(self._data[slice(*span)] for span in spans)
        return replace(
            excerpt, text=text, spans=spans, hints={**excerpt.hints, "literal": str(len(text) - end + start)}
        )

    def _named(self, excerpts: Iterable[Excerpt]) -> Iterator[tuple[bytes, int]]:
        """The names under which excerpts stand, and from where on they may be used."""
        for excerpt in excerpts:
            end = excerpt.spans[-1][1]
            pushed = _PUSHED.fullmatch(excerpt.hints.get("call", ""))
            if excerpt.form == "js-variables":
                yield from ((one[1], end) for one in STATEMENT.finditer(excerpt.text) if _NAME.fullmatch(one[1]))
            elif pushed:
                yield pushed[1].encode(), end
            elif _NAME.fullmatch(variable := excerpt.hints.get("variable", "").encode()):
                yield variable, end

    def _hits(self, name: bytes, start: int) -> Iterator[int]:
        """Where a name stands as a value behind a place."""
        data, at = self._data, start
        stop = min(self._body[1], start + _REACH)
        self._budget.spend(stop - start >> 4)  # looking for a text is that much faster than counting brackets
        for _ in range(_HITS):
            at = data.find(name, at, stop)
            if at < 0:
                return
            behind = at + len(name)
            if _BEFORE.search(data, max(start, at - 40), at) and _BEHIND.match(data, behind, stop):
                yield at
            at = behind

    def _assigned(self, name: bytes, before: int) -> list[Span]:
        """From a variable's name to the end of the literal that it was given last, and to those pushed to it."""
        data, low = self._data, max(self._body[0], before - _REACH)
        self._budget.spend(before - low >> 4)
        pushed: list[Span] = []
        at = before
        for _ in range(_HITS):
            at = data.rfind(name, low, at)
            if at < 0 or self._budget.left <= 0:
                break
            behind = at + len(name)
            if _IN_NAME.match(data, at - 1) or (_IN_NAME.match(data, behind) and data[behind : behind + 1] != b"."):
                continue
            if _TAKEN.search(data, max(low, at - 500), at) or _TAKES.match(data, behind):
                break  # a parameter of a function, which is called with who knows what
            if pushes := _PUSHES.match(data, behind):
                pushed.append((at, self._value_end(pushes.end())))
            elif assigns := _ASSIGNS.match(data, behind):
                end = self._value_end(assigns.end())
                return [(at, end), *pushed[:_PUSHED_MOST]] if end else []
        return []

    def _value_end(self, at: int) -> int:
        """Where a literal ends; 0 where there is none, or only as part of something else."""
        stop = min(self._body[1], at + _VALUE_BYTES)
        scalar = SCALAR.match(self._data, at, stop)
        if scalar is None:
            return literal_end(self._data, at, stop, self._budget) if self._data[at : at + 1] in (b"{", b"[") else 0
        behind = self._data[scalar.end() : scalar.end() + _SPACES].lstrip(b" \t")
        return scalar.end() if behind[:1] in _ENDS else 0


_SPACES: Final = 20
_ENDS: Final = (b"", b";", b",", b"\n", b"\r", b"}", b")", b"/")
