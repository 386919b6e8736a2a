"""What all locators of one document share: marks, and the scripts in which they stand."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from harvester.model import Document, Limits, Span
from harvester.syntax.literals import Budget
from harvester.syntax.marks import find_marks
from harvester.syntax.signs import MarkKind
from harvester.syntax.tags import Tag, read_tag

_TEMPLATES: Final = ("text/html", "text/template", "text/x-", "text/ng-template", "x-tmpl", "text/plain")
_WORK: Final = 8
"""How often each byte of a document may be scanned for literals, on average."""

_LEAST_WORK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Script:
    """A script element with the marks that stand in it, sorted."""

    tag: Tag
    body: Span
    type: str
    id: str
    marks: tuple[int, ...]
    flight: bool


class Scan:
    """One document, looked over once before anything in it is read."""

    def __init__(self, document: Document, limits: Limits) -> None:
        """Search the document for signs of media."""
        self.document = document
        self.utf8 = document.utf8
        self.limits = limits
        self.marks = find_marks(self.utf8, limits.marks)
        self.files = self.marks.files
        self.hints = self.marks.hints
        self._taken: list[Span] = []
        self.budget = Budget(_WORK * len(self.utf8) + _LEAST_WORK)

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
        return self._split[0]

    @cached_property
    def outside(self) -> list[tuple[int, MarkKind]]:
        """The marks that stand in no script, in order."""
        return self._split[1]

    @cached_property
    def _split(self) -> tuple[list[Script], list[tuple[int, MarkKind]]]:
        marks: list[tuple[int, MarkKind]] = [(at, "file") for at in self.files]
        marks += [hint for hint in self.hints if hint[1] not in ("script", "end-script")]
        marks.sort()
        positions = [at for at, _ in marks]
        scripts: list[Script] = []
        outside: list[tuple[int, MarkKind]] = []
        done = 0
        for start, end in self._script_spans():
            first, behind = bisect_left(positions, start), bisect_left(positions, end)
            if first == behind:
                continue
            tag = read_tag(self.utf8, start)
            if tag is None:
                continue
            kind = (tag.value(self.utf8, "type") or "").strip().lower()
            inside = bisect_left(positions, tag.span[1])
            if kind.startswith(_TEMPLATES) or inside == behind:
                continue
            outside += marks[done:inside]
            done = behind
            within = tuple(at for at, mark in marks[inside:behind] if mark in _IN_SCRIPT)
            flight = any(mark == "flight" for _, mark in marks[inside:behind])
            if within or flight:
                name = tag.value(self.utf8, "id") or ""
                scripts.append(Script(tag, (tag.span[1], end), kind, name, within, flight))
        outside += marks[done:]
        return scripts, outside

    def _script_spans(self) -> list[Span]:
        """From each `<script` to the `</script` that ends it, or to the document's end."""
        spans: list[Span] = []
        opened = -1
        for at, kind in self.hints:
            if kind == "script" and opened < 0:
                opened = at
            elif kind == "end-script" and opened >= 0:
                spans.append((opened, at))
                opened = -1
        if opened >= 0:
            spans.append((opened, len(self.utf8)))
        return spans


_IN_SCRIPT: Final = frozenset({"file", "id", "object", "embed", "call", "base64", "scope"})
