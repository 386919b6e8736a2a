"""Settles in what unit a document writes its lengths, where a single number does not tell.

A bare 8283 may be a clip's milliseconds or a film's seconds. What stands under one name in records of one shape is in
one unit, so that all of a document's numbers of a kind tell together.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeAlias

from msgspec.structs import replace

from harvester.model import Finding, Span
from harvester.recognise.quantities import SHORTEST_MS, names_unit
from harvester.recognise.table import normal

_Found: TypeAlias = Sequence[tuple[Finding, tuple[Span, ...]]]
_Kind: TypeAlias = tuple[str, frozenset[str]]

_IN_MS_FROM: Final = 36_000
"""Seconds that hardly any medium lasts: ten hours."""

_LEAST_MS: Final = 5_000
"""Milliseconds that hardly any medium lasts less."""


def in_one_unit(found: _Found) -> _Found:
    """Give findings with lengths in seconds, all bare numbers of a kind read in one unit."""
    written = [_written(finding) for finding, _ in found]
    numbers: dict[_Kind, list[int]] = {}
    for one in written:
        if one:
            numbers.setdefault(one[0], []).append(one[1])
    units = {kind: unit for kind, some in numbers.items() if len(some) > 1 and (unit := _unit(some))}
    if not units:
        return found
    return [
        (replace(finding, duration_s=one[1] / units[one[0]]), spans) if one and one[0] in units else (finding, spans)
        for (finding, spans), one in zip(found, written, strict=True)
    ]


def _unit(numbers: list[int]) -> int:
    """How many make a second; zero where the numbers tell nothing that each of them does not."""
    longest, shortest = max(numbers), min(numbers)
    if longest < SHORTEST_MS:
        return 0
    return 1000 if longest >= _IN_MS_FROM or shortest >= _LEAST_MS else 1


def _written(finding: Finding) -> tuple[_Kind, int] | None:
    """What kind of record gives its length as a bare whole number, and that number."""
    if not finding.duration_s:
        return None
    name = finding.reads.get("duration", "").rpartition("/")[2]
    value = finding.fields.get(name) if name else None
    if isinstance(value, str) and value.isdecimal():
        value = int(value)
    if type(value) is not int or names_unit(normal(name)) or finding.duration_s not in (value, value / 1000):
        return None
    return (name, frozenset(finding.fields)), value
