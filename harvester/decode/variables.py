"""Reads scalars that a script assigns one after the other as the members of one record."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from harvester.decode.contract import Decoding
from harvester.decode.js import read_js
from harvester.model import Decoded, Excerpt, Limits, Path, Span, Value
from harvester.syntax.assigned import runs


@dataclass(slots=True)
class _Variables:
    """Records with the places of their members: a name that comes again begins another record."""

    records: list[dict[str, Value]] = field(default_factory=list)
    wholes: list[Span] = field(default_factory=list)
    parts: list[dict[str, Span]] = field(default_factory=list)

    def put(self, name: str, value: Value, statement: re.Match[bytes]) -> None:
        if not self.records or name in self.records[-1]:
            self.records.append({})
            self.wholes.append(statement.span(1))
            self.parts.append({})
        self.records[-1][name] = value
        self.wholes[-1] = self.wholes[-1][0], statement.end(2)
        self.parts[-1][name] = statement.span(2)

    def spans(self, paths: Sequence[Path]) -> dict[Path, Span]:
        """See `harvester.model.Places`."""
        found: dict[Path, Span] = {}
        for path in paths:
            index, rest = (0, path) if len(self.records) == 1 else (path[0] if path else "", path[1:])
            if isinstance(index, int) and index < len(self.records):
                found[path] = self.parts[index].get(str(rest[0]), self.wholes[index]) if rest else self.wholes[index]
        return found


def decode_variables(excerpt: Excerpt, _limits: Limits) -> Decoding:
    """Give the statements' names and scalars as a record, or as one for each time that a name comes again."""
    text = excerpt.text
    found = _Variables()
    for run in runs(text, 0, len(text)):
        for statement in run:
            value = read_scalar(statement[2])
            if value not in ("", None):
                name = statement[1].decode("ascii", "replace")
                found.put(name.rpartition(".")[2], value, statement)
    if not found.records:
        return Decoding()
    whole: Value = found.records[0] if len(found.records) == 1 else list[Value](found.records)
    return Decoding((Decoded(value=whole, layers=("js-literal",), places=found),))


def read_scalar(raw: bytes) -> Value:
    """Read one scalar, as the only entry of a list: a string alone would be read as well, but no number."""
    value = read_js(b"[" + raw + b"]").value
    return value[0] if isinstance(value, list) and value else None
