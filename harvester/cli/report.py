"""Says what a manifest holds: a table of its items, what was wrong, and where it was saved."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from harvester.cli.terminal import complain, paint, safe, say, stacked, table, width_of
from harvester.containers.media import CONTAINERS
from harvester.model import Item, Location, Manifest, Problem
from harvester.model.vocabulary import Severity

_ROWS: Final = 50
_NARROW: Final = 72
_NOTHING_MORE: Final = frozenset({"", "ok", "unknown", "not-checked"})
"""Reasons that say no more than their state."""
_PROBLEMS: Final = 10
_LEVELS: Final[dict[Severity, str]] = {"error": "error", "warning": "warning", "info": "note"}


def report(manifest: Manifest, saved_to: str, *, asked: str = "") -> None:
    """Tell the user on standard error what was found.

    Args:
        manifest: What was found.
        saved_to: Where it was saved.
        asked: What items had to be to be listed, as the user said it.
    """
    if manifest.items:
        _list(manifest.items[:_ROWS], checked=bool(manifest.totals.by_state))
        if len(manifest.items) > _ROWS:
            say(f"… and {len(manifest.items) - _ROWS} more")
        say()
    problems(manifest)
    blocked = sum(_reason(item) == "blocked-by-policy" for item in manifest.items)
    if blocked:
        complain(
            "note",
            f"{_count(blocked, 'item')} not asked about: addresses or ports of your own network",
            "say --allow-address CIDR[:PORT] for a part of it, or --allow-private",
        )
    where = "standard output" if saved_to == "-" else safe(saved_to)
    say(f"{_found(manifest, asked)}; saved to {where}")


def _list(items: Sequence[Item], *, checked: bool) -> None:
    """Show items with their ids first, by which `harvest explain` and other tools know them."""
    width = width_of(sys.stderr)
    rows = [_row(item) for item in items]
    if width < _NARROW:
        for line in stacked((row.stacked(checked=checked) for row in rows), width):
            say(line)
        return
    with_ids = any(row.id for row in rows)
    head = [*(["ID"] if with_ids else []), "KIND", "LOCATION IS", *(["STATE"] if checked else []), "LOCATION", "TITLE"]
    grid = [row.cells(checked=checked, with_id=with_ids) for row in rows]
    first, *rest = table(head, grid, width, middle=len(head) - 2, whole=int(with_ids))
    say(paint(first, "head", sys.stderr))
    for line in rest:
        say(line)


def problems(manifest: Manifest) -> None:
    """Tell what went wrong, the worst first, each kind of thing in a document in one line."""
    order = list(_LEVELS)
    alike: dict[tuple[str, str | None], list[Problem]] = {}
    for problem in sorted(manifest.problems, key=lambda problem: order.index(problem.severity)):
        # What is wrong with no document that was read is wrong with an input each.
        alike.setdefault((problem.code, problem.source or problem.message), []).append(problem)
    worst_first = [same[0] for same in alike.values()]
    names = {source.id: "standard input" if source.uri == "-" else source.uri for source in manifest.sources}
    for problem in worst_first[:_PROBLEMS]:
        name = names.get(problem.source or "", "")
        where = "" if name in problem.message else f"{name}: "
        told = problem.count == 1 or str(problem.count) in problem.message
        times = "" if told else f" ({problem.count} times)"
        more = len(alike[problem.code, problem.source or problem.message]) - 1
        times += f" (and {more} more like it)" if more else ""
        complain(_LEVELS[problem.severity], where + problem.message + times, problem.hint)
    left = Counter(problem.severity for problem in worst_first[_PROBLEMS:])
    if left:
        counts = ", ".join(_count(left[level], f"more {_LEVELS[level]}") for level in order if left[level])
        say(f"… and {counts}, in the manifest")


def best_location(item: Item) -> Location | None:
    """Give the location to show: of the medium before its pictures and pages, a full URL before a path."""
    return min(
        item.locations,
        key=lambda location: (location.role not in ("media", "embed"), location.url is None),
        default=None,
    )


@dataclass(frozen=True, slots=True)
class _Row:
    """What is shown of an item."""

    id: str
    kind: str
    basis: str
    state: str
    location: str
    title: str

    def cells(self, *, checked: bool, with_id: bool) -> list[str]:
        state = [self.state] if checked else []
        return [*([self.id] if with_id else []), self.kind, self.basis, *state, self.location, self.title]

    def stacked(self, *, checked: bool) -> list[str]:
        facts = [self.kind, self.basis, *([self.state] if checked else [])]
        return ["  ".join([*([self.id] if self.id else []), ", ".join(facts)]), self.title, self.location]


def _row(item: Item) -> _Row:
    location = best_location(item)
    role = "" if location is None or location.role == "media" else f", {location.role}"
    basis = "none" if location is None else location.confidence if location.url else "a path"
    return _Row(
        id=item.id or "",
        kind=item.kind,
        basis=basis + role,
        state=_state(item),
        location=(location.url or location.raw) if location else "" if item.id else f"({item.key})",
        title=item.title or "",
    )


def _state(item: Item) -> str:
    """Name the state, and its reason where the state alone leaves open what to do."""
    seen = item.availability
    if seen is None:
        return "unchecked"
    return seen.state if seen.reason in _NOTHING_MORE else f"{seen.state}, {seen.reason}"


def _reason(item: Item) -> str:
    return item.availability.reason if item.availability else "not-checked"


def _found(manifest: Manifest, asked: str) -> str:
    totals = manifest.totals
    unopened = sum(source.media_type in CONTAINERS for source in manifest.sources)
    documents = _count(totals.sources - unopened, "document")
    if not totals.items:
        return f"nothing with {asked} in {documents}" if asked else f"no media in {documents}"
    kinds = ", ".join(f"{count} {kind}" for kind, count in totals.by_kind.items())
    return f"{_count(totals.items, 'item')} ({kinds}) in {documents}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
