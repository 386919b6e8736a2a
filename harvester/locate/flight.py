"""Locates the rows that a Next.js page pushes to its client, joined from the pieces in which they were sent.

Each `self.__next_f.push([1,"…"])` carries a piece of one stream of rows `hex:payload`; a row may be cut anywhere. The
row format is that of React Server Components (react-server-dom, `processFullStringRow`): JSON, or a tag letter first;
a row tagged T holds text of a stated length.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from harvester.locate.scan import Scan
from harvester.model import Excerpt, Span
from harvester.syntax.literals import STRING
from harvester.syntax.marks import find_marks
from harvester.syntax.origin import JS_ESCAPE, Origin, resolve_escapes

_PUSH: Final = re.compile(
    rb"__next_f(?:\s*=[^;]{0,80};\s*\w+\.__next_f)?(?:\s*\|\|\s*\[\]\s*\))?\.push\(\s*\[\s*1\s*,\s*"
)
_ROW: Final = re.compile(rb"([0-9a-f]*):(?:T([0-9a-f]+),|([A-Z]{1,2})?)")
_WORTH: Final = frozenset(("file", "id", "object", "embed", "element"))


@dataclass(frozen=True, slots=True)
class _Piece:
    """One pushed string: where its text begins in the joined stream, and where it came from."""

    offset: int
    length: int
    origin: Origin


def locate_flight(scan: Scan) -> Iterator[Excerpt]:
    """Give each row in which a mark stands, as JSON, with the spans of the strings that carry it."""
    pushes = [script for script in scan.scripts if script.flight]
    if not pushes:
        return
    pieces, stream = _joined(scan.utf8, [script.body for script in pushes])
    marks = [at for at, kind in find_marks(stream, scan.limits.marks).media if kind in _WORTH]
    for start, end in _rows(stream):
        first = bisect_left(marks, start)
        if first < len(marks) and marks[first] < end:
            spans = tuple(_source_spans(pieces, start, end))
            yield Excerpt(form="next-flight", text=stream[start:end], spans=spans, layers=("js-string",))


def _joined(utf8: bytes, bodies: list[Span]) -> tuple[list[_Piece], bytes]:
    pieces: list[_Piece] = []
    texts: list[bytes] = []
    offset = 0
    for start, stop in bodies:
        for push in _PUSH.finditer(utf8, start, stop):
            literal = STRING.match(utf8, push.end(), stop)
            if literal is None:
                continue
            raw = literal[0][1:-1]
            text = resolve_escapes(raw)
            pieces.append(_Piece(offset, len(text), Origin(raw, JS_ESCAPE, resolve_escapes, literal.start() + 1)))
            texts.append(text)
            offset += len(text)
    return pieces, b"".join(texts)


def _rows(stream: bytes) -> Iterator[Span]:
    """The span of each row's JSON; texts and what is no row are passed over."""
    at = 0
    while at < len(stream):
        head = _ROW.match(stream, at)
        if head and head[2]:
            at = min(len(stream), head.end() + int(head[2][:8], 16))
            continue
        end = stream.find(b"\n", at)
        end = len(stream) if end < 0 else end
        if head and stream[head.end() : head.end() + 1] in (b"[", b"{"):
            yield head.end(), end
        at = end + 1


def _source_spans(pieces: list[_Piece], start: int, end: int) -> Iterator[Span]:
    first = bisect_right(pieces, start, key=lambda piece: piece.offset) - 1
    for index in range(max(0, first), len(pieces)):
        piece = pieces[index]
        if piece.offset >= end:
            return
        low, high = max(start, piece.offset), min(end, piece.offset + piece.length)
        if low < high:
            yield piece.origin.span((low - piece.offset, high - piece.offset))
