"""Says what a manifest holds: a table of its items, what was wrong, and where it was saved."""

from __future__ import annotations

import sys
from collections import Counter
from typing import Final

from harvester.cli.terminal import complain, paint, say, table, width_of
from harvester.model import Item, Location, Manifest
from harvester.model.vocabulary import Severity

_ROWS: Final = 50
_PROBLEMS: Final = 10
_LEVELS: Final[dict[Severity, str]] = {"error": "error", "warning": "warning", "info": "note"}


def report(manifest: Manifest, saved_to: str) -> None:
    """Tell the user on standard error what was found."""
    if manifest.items:
        checked = bool(manifest.totals.by_state)
        head = ["KIND", "LOCATION IS", *(["STATE"] if checked else []), "LOCATION", "TITLE"]
        rows = [_row(item, checked=checked) for item in manifest.items[:_ROWS]]
        first, *rest = table(head, rows, width_of(sys.stderr), middle=len(head) - 2)
        say(paint(first, "head", sys.stderr))
        for line in rest:
            say(line)
        if len(manifest.items) > _ROWS:
            say(f"… and {len(manifest.items) - _ROWS} more")
        say()
    problems(manifest)
    where = "standard output" if saved_to == "-" else saved_to
    say(f"{_found(manifest)}; saved to {where}")


def problems(manifest: Manifest) -> None:
    """Tell what went wrong, the worst first, each kind of thing in one line."""
    order = list(_LEVELS)
    worst_first = sorted(manifest.problems, key=lambda problem: order.index(problem.severity))
    names = {source.id: source.uri for source in manifest.sources}
    for problem in worst_first[:_PROBLEMS]:
        name = names.get(problem.source or "", "")
        where = "" if name in problem.message else f"{name}: "
        told = problem.count == 1 or str(problem.count) in problem.message
        times = "" if told else f" ({problem.count} times)"
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


def _row(item: Item, *, checked: bool) -> list[str]:
    location = best_location(item)
    state = [item.availability.state if item.availability else "unchecked"] if checked else []
    title = item.title or ""
    if location is None:
        return [item.kind, "none", *state, f"({item.key})", title]
    basis = location.confidence if location.url else "a path"
    role = "" if location.role == "media" else f", {location.role}"
    return [item.kind, basis + role, *state, location.url or location.raw, title]


def _found(manifest: Manifest) -> str:
    totals = manifest.totals
    documents = _count(totals.sources, "document")
    if not totals.items:
        return f"no media in {documents}"
    kinds = ", ".join(f"{count} {kind}" for kind, count in totals.by_kind.items())
    return f"{_count(totals.items, 'item')} ({kinds}) in {documents}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
