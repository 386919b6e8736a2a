"""Reads several JSON values that stand one after the other, most often one in each line (NDJSON, JSON Lines)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from harvester.decode.js import NotALiteralError, read_js
from harvester.decode.json_places import JsonPlaces
from harvester.model import Decoded, Limits, Path, Span, Value
from harvester.syntax.strict import NotJsonError, read_json

_BETWEEN: Final = re.compile(rb"[ \t\r\n,\x1e]*+")
"""White space, commas, and the separator of RFC 7464."""


@dataclass(frozen=True, slots=True)
class _LinePlaces:
    """Places of values that are members of a list only by standing one after the other."""

    text: bytes
    lines: Sequence[Span]

    def spans(self, paths: Sequence[Path]) -> dict[Path, Span]:
        """See `harvester.model.Places`."""
        found: dict[Path, Span] = {}
        inner: dict[int, list[Path]] = {}
        for path in paths:
            if path and isinstance(path[0], int) and path[0] < len(self.lines):
                inner.setdefault(path[0], []).append(path[1:])
        for index, rest in inner.items():
            start, end = self.lines[index]
            places = JsonPlaces(self.text[start:end], start).spans(rest)
            found.update({(index, *path): span for path, span in places.items()})
        return found


def read_lines(text: bytes, start: int, limits: Limits, layers: tuple[str, ...]) -> Decoded | None:
    """Give the values from `start` on as a list; None where there are not two."""
    reader = _Reader(text, limits)
    values: list[Value] = []
    lines: list[Span] = []
    at = start
    while at < len(text) and text[at] in b"{[" and reader.complete:
        if len(values) >= limits.findings:
            reader.repairs["too-deep"] = None  # more lines than a document may have records
            break
        try:
            value, end = reader.value(at)
        except NotALiteralError:
            break
        values.append(value)
        lines.append((at, end))
        between = _BETWEEN.match(text, end)
        at = between.end() if between else end
    if len(values) < 2:
        return None
    return Decoded(
        value=values,
        layers=(*layers, "ndjson"),
        places=_LinePlaces(text, lines),
        complete=reader.complete,
        repairs=tuple(reader.repairs),
        incomplete_paths=frozenset() if reader.complete else frozenset({(), (len(values) - 1,)}),
    )


class _Reader:
    def __init__(self, text: bytes, limits: Limits) -> None:
        self._text, self._limits = text, limits
        self._known = 0
        """Up to here no line is one JSON value."""
        self.complete = True
        self.repairs: dict[str, None] = {}

    def value(self, at: int) -> tuple[Value, int]:
        """Read one value: a line of strict JSON, or what a literal's brackets hold.

        Raises:
            NotALiteralError: Neither stands there, or it is too large.
        """
        text = self._text
        if at >= self._known:
            end = text.find(b"\n", at)
            line = text[at : end if end >= 0 else len(text)].rstrip(b" \t\r,\x1e")
            try:
                return read_json(line), at + len(line)
            except NotJsonError:
                self._known = at + len(line)
        if len(text) - at > self._limits.quasi_json_bytes:
            raise NotALiteralError(f"what begins at byte {at} is too large")
        reading = read_js(text, at, depth=self._limits.depth)
        self.complete = reading.complete
        self.repairs.update(reading.repairs)
        return reading.value, reading.end


def has_lines(text: bytes, start: int) -> bool:
    """Tell whether the first line is a value of its own and the next one begins like one."""
    end = text.find(b"\n", start)
    if end < 0 or text[end + 1 :].lstrip(b" \t\r\n,\x1e")[:1] not in (b"{", b"["):
        return False
    try:
        read_json(text[start:end].rstrip(b" \t\r,\x1e"))
    except NotJsonError:
        return False
    return True
