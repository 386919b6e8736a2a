"""What all locators of one document share: marks, and the scripts in which they stand."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from dataclasses import dataclass, field
from functools import cached_property
from operator import itemgetter
from typing import Final

from harvester.model import Document, Limits, Span
from harvester.syntax.literals import Budget
from harvester.syntax.marks import Mark, find_marks
from harvester.syntax.signs import MarkKind
from harvester.syntax.tags import Tag, read_tag

_TEMPLATES: Final = ("text/html", "text/template", "text/x-", "text/ng-template", "x-tmpl", "text/plain")
_WORK: Final = 16
"""How often each byte may be scanned for literals, on average."""

_LEAST_WORK: Final = 1 << 14
_MOST_WORK: Final = 96 << 20


@dataclass(frozen=True, slots=True)
class Script:
    """A script element with the marks that stand in it, sorted."""

    tag: Tag
    body: Span
    type: str
    id: str
    marks: tuple[int, ...]
    flight: bool


@dataclass(slots=True)
class _Split:
    """A document's marks, sorted by where they stand.

    Attributes:
        scripts: The scripts that are read.
        outside: The marks in neither script nor style.
        more: Whether further scripts have marks.
    """

    scripts: list[Script] = field(default_factory=list)
    outside: list[Mark] = field(default_factory=list)
    more: bool = False


class Scan:
    """One document, looked over once before anything in it is read."""

    def __init__(self, document: Document, limits: Limits) -> None:
        """Search the document for signs of media."""
        self.document = document
        self.utf8 = document.utf8
        self.limits = limits
        self.marks = find_marks(self.utf8, limits.marks)
        self.files = self.marks.files
        self._taken: list[Span] = []
        self._budgets: dict[Span, Budget] = {}

    def budget(self, span: Span) -> Budget:
        """Give what may be scanned for literals in a script, or in all running text, each out of its own budget."""
        budget = self._budgets.get(span)
        if budget is None:
            budget = self._budgets[span] = Budget(min(_WORK * (span[1] - span[0]) + _LEAST_WORK, _MOST_WORK))
        return budget

    @property
    def exhausted(self) -> list[Span]:
        """What was not scanned to its end, since that would have taken too long."""
        return [span for span, budget in self._budgets.items() if budget.left <= 0 or budget.refused]

    @property
    def has_more_scripts(self) -> bool:
        """Whether there are more scripts with marks than are read."""
        return self._split.more

    @property
    def is_cut(self) -> bool:
        """Whether there are more signs of media than are looked at."""
        return self.marks.cut

    def take(self, span: Span) -> None:
        """Note that a locator has given this span, so that later ones leave it alone."""
        insort(self._taken, span)

    def is_taken(self, at: int) -> bool:
        """Tell whether an offset stands in a span that was given already."""
        return self.taken_before(at) > at

    def taken_before(self, at: int) -> int:
        """Give the end of the nearest given span that begins at or before an offset; 0 where there is none."""
        index = bisect_right(self._taken, (at, len(self.utf8) + 1))
        return self._taken[index - 1][1] if index else 0

    def taken_after(self, at: int) -> int:
        """Give the start of the nearest given span behind an offset; the document's end where there is none."""
        index = bisect_right(self._taken, (at, len(self.utf8) + 1))
        return self._taken[index][0] if index < len(self._taken) else len(self.utf8)

    @cached_property
    def scripts(self) -> list[Script]:
        """The scripts in which marks stand, in order."""
        return self._split.scripts

    @cached_property
    def outside(self) -> list[Mark]:
        """The marks that stand in no script, in order."""
        return self._split.outside

    def text_from(self, at: int) -> int:
        """Give from where on the running text goes in which an offset stands: behind the script or style before it."""
        index = bisect_right(self._raw, at, key=_end)
        return _end(self._raw[index - 1]) if index else 0

    @cached_property
    def _split(self) -> _Split:
        """Sort the marks by whether they stand in running text, in a script or in a style."""
        split = _Split()
        marks = self.marks.media
        positions, starts = [at for at, _ in marks], [start for start, _, _ in self._raw]
        first = 0
        while first < len(marks):
            index = bisect_right(starts, positions[first])
            start, end, kind = self._raw[index - 1] if index else _NOWHERE
            if positions[first] >= end:
                until = starts[index] if index < len(starts) else len(self.utf8)
                behind = bisect_left(positions, until, first)
                split.outside += marks[first:behind]
            else:
                behind = bisect_left(positions, end, first)
                if kind == "script":
                    self._add_script((start, end), marks[first:behind], split)
            first = behind
        return split

    def _add_script(self, span: Span, marks: list[Mark], split: _Split) -> None:
        """Sort the marks of one script: those in its tag are of an element, and so are those in a template."""
        tag = read_tag(self.utf8, span[0])
        type_ = (tag.value(self.utf8, "type") or "").strip().lower() if tag else ""
        inside = len(marks) if tag is None or type_.startswith(_TEMPLATES) else bisect_left(marks, (tag.span[1],))
        split.outside += marks[:inside]
        if tag is None or inside == len(marks):
            return
        if len(split.scripts) == self.limits.scripts:
            split.more = True
            return
        script = self._script(tag, type_, span[1], marks[inside:])
        split.scripts += [script] if script else []

    def _script(self, tag: Tag, type_: str, end: int, marks: list[Mark]) -> Script | None:
        marks = self._without_code(marks, (tag.span[1], end))
        within = tuple(at for at, mark in marks if mark in _IN_SCRIPT)
        flight = any(mark == "flight" for _, mark in marks)
        if not (within or flight):
            return None
        return Script(tag, (tag.span[1], end), type_, tag.value(self.utf8, "id") or "", within, flight)

    def _without_code(self, marks: list[Mark], body: Span) -> list[Mark]:
        """Leave out ids that are given by name: what programs are written of, unless the names are bound to values."""
        named = {at for at, mark in marks if mark == "id" and _NAMED.match(self.utf8, at)}
        if not named or self.utf8.find(_BINDS_NAMES, *body) >= 0:
            return marks
        return [one for one in marks if one[0] not in named]

    @cached_property
    def _raw(self) -> list[tuple[int, int, MarkKind]]:
        """From each `<script` or `<style` to the end tag that ends it, or to the document's end, and which it is."""
        spans: list[tuple[int, int, MarkKind]] = []
        opened: Mark | None = None
        ended_by = None
        for mark in self.marks.scripts:
            if opened is None:
                ended_by = _ENDED_BY.get(mark[1])
                opened = mark if ended_by else None
            elif mark[1] == ended_by:
                spans.append((opened[0], mark[0], opened[1]))
                opened = None
        if opened:
            spans.append((opened[0], len(self.utf8), opened[1]))
        return spans


_ENDED_BY: Final[dict[MarkKind, MarkKind]] = {"script": "end-script", "style": "end-style"}
_NOWHERE: Final[tuple[int, int, MarkKind]] = (0, 0, "style")
_end: Final = itemgetter(1)
_NAMED: Final = re.compile(rb"[\w-]{1,24}[\"']?\s{0,4}:\s{0,4}[\w$]{1,2}[,}]")
_BINDS_NAMES: Final = b"__NUXT"
_IN_SCRIPT: Final = frozenset({"file", "id", "object", "embed", "call", "base64", "scope"})
