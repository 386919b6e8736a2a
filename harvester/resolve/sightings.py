"""Says where in its source each finding stood, as the manifest keeps it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Final

from harvester.model import Document, Excerpt, Finding, Path, Sighting, Span, pointer

QUOTE_CHARS: Final = 200
_PIECE: Final = 1 << 16
_CONTINUED: Final = 0x80
"""Bytes below stand for themselves in UTF-8 (RFC 3629)."""


class Sightings:
    """Makes the sightings of one document."""

    def __init__(self, document: Document) -> None:
        """Take the document in which the findings stand."""
        self._document = document
        self._lines = _Lines(document.utf8)

    def of(self, finding: Finding, spans: tuple[Span, ...]) -> Sighting:
        """Give the sighting of a finding that stands at `spans` of the document's UTF-8 text."""
        document, decoded = self._document, finding.decoded
        start, end = spans[0]
        line, column = self._lines.place(start)
        quote = document.utf8[start : min(end, start + 4 * QUOTE_CHARS)].decode("utf-8", "replace")[:QUOTE_CHARS]
        return Sighting(
            source=document.id,
            form=finding.excerpt.form,
            spans=spans if document.utf8 is document.data else tuple(map(document.stored_span, spans)),
            line=line,
            column=column,
            quote=quote,
            layers=_layers(finding),
            pointer=pointer(finding.path),
            list=finding.list,
            declared_bytes=decoded.declared_bytes,
            read_bytes=decoded.read_bytes,
            complete=is_complete(finding),
            repairs=decoded.repairs,
            fields=finding.fields,
            reads=finding.reads,
        )


def is_complete(finding: Finding) -> bool:
    """Tell whether the record itself was read to its end, whatever happened round it."""
    decoded = finding.decoded
    if decoded.complete:
        return True
    if decoded.incomplete_paths:
        return finding.path not in decoded.incomplete_paths
    return False


def _layers(finding: Finding) -> tuple[str, ...]:
    layers, unfolded = finding.decoded.layers, finding.decoded.unfolded
    if not unfolded:
        return layers
    for depth in range(1, len(finding.path) + 1):
        layers += unfolded.get(finding.path[:depth], ())
    return layers


def spans_of(findings: Sequence[Finding]) -> list[tuple[Span, ...]]:
    """Give the spans of findings of one decoded value, in the document's UTF-8 text.

    What can't be mapped itself has the span of the nearest value round it that can.
    """
    if not findings:
        return []
    excerpt, places = findings[0].excerpt, findings[0].decoded.places
    found = places.spans([finding.path for finding in findings])
    missing = {finding.path for finding in findings} - found.keys()
    if missing:
        found |= places.spans(sorted({path[:depth] for path in missing for depth in range(len(path))}, key=len))
    pieces = Pieces(excerpt)
    return [_in_document(pieces, found, finding.path) or excerpt.spans for finding in findings]


def _in_document(pieces: Pieces, found: dict[Path, Span], path: Path) -> tuple[Span, ...]:
    for depth in range(len(path), -1, -1):
        span = found.get(path[:depth])
        if span is not None and (depth or path == ()):
            return pieces.of(span)
    return ()


class Pieces:
    """Where the pieces of a document that an excerpt is made of stand in it."""

    def __init__(self, excerpt: Excerpt) -> None:
        """Take an excerpt."""
        self._spans = excerpt.spans
        self._ends = list(accumulate(end - start for start, end in excerpt.spans))
        self._whole = self._ends[-1:] == [len(excerpt.text)]

    def of(self, span: Span) -> tuple[Span, ...]:
        """Map a span of the excerpt's text to the document; pieces that were unescaped to be joined stand whole."""
        if not self._whole:
            return self._spans
        spans: list[Span] = []
        for index in range(bisect_right(self._ends, span[0]), len(self._spans)):
            start, end = self._spans[index]
            offset = self._ends[index] - (end - start)
            if offset >= span[1]:
                break
            low, high = start + max(0, span[0] - offset), min(end, start + span[1] - offset)
            if low < high:
                spans.append((low, high))
        return tuple(spans) or self._spans


class _Lines:
    """Line and column of offsets; what lies between two that are asked for in order is counted once."""

    def __init__(self, utf8: bytes) -> None:
        self._utf8 = utf8
        self._offset, self._line, self._column = 0, 1, 1

    def place(self, offset: int) -> tuple[int, int]:
        """Give line and column, both from 1; columns count characters."""
        utf8 = self._utf8
        at, line, column = self._offset, self._line, self._column
        if offset < at:
            at, line, column = 0, 1, 1
        newlines = _newlines(utf8, at, offset)
        if newlines:
            line += newlines
            at, column = utf8.rfind(b"\n", at, offset) + 1, 1
        column += len(utf8[at:offset].decode("utf-8", "replace"))
        if offset < len(utf8) and utf8[offset] < _CONTINUED:  # else a character could be cut in two, and counted twice
            self._offset, self._line, self._column = offset, line, column
        return line, column


def _newlines(utf8: bytes, start: int, end: int) -> int:
    # Before Python 3.13 `bytes.count` looks at each byte on its own, while `replace` leaps from newline to newline:
    # three times as fast on pages. Pieces stay small enough for memory that is at hand.
    count = 0
    for at in range(start, end, _PIECE):
        piece = utf8[at : min(at + _PIECE, end)]
        count += len(piece) - len(piece.replace(b"\n", b""))
    return count


def order(spans: Iterable[tuple[Span, ...]]) -> list[int]:
    """Give the positions of spans in document order."""
    listed = list(spans)
    return sorted(range(len(listed)), key=lambda index: (listed[index][0][0], -listed[index][0][1]))
