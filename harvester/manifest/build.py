"""Joins what the stages gave into a manifest, always in the same order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final, get_args

from msgspec.structs import replace

from harvester.model import Generator, Item, Manifest, Observation, Problem, Run, Source, Span, Totals
from harvester.model.vocabulary import KINDS, STATES, Stage

VERSION: Final = 1
_STAGES: Final[tuple[str, ...]] = get_args(Stage)
_SPANS_KEPT: Final = 8


def build(
    *,
    generator: Generator,
    run: Run,
    sources: Sequence[Source],
    items: Sequence[Item],
    problems: Iterable[Problem] = (),
    observations: Sequence[Observation] = (),
) -> Manifest:
    """Make a manifest: items and sources keep their order, Problems get that of the sources, repeated ones fold."""
    folded = fold(problems, [source.id for source in sources])
    return Manifest(
        manifest=VERSION,
        generator=generator,
        run=run,
        sources=tuple(sources),
        items=tuple(items),
        observations=tuple(observations),
        problems=folded,
        totals=totals(len(sources), items, len(folded)),
    )


def totals(sources: int, items: Sequence[Item], problems: int) -> Totals:
    """Count; kinds and states stand in the order of their word lists, those that occur."""
    kinds = Counter(item.kind for item in items)
    states = Counter(item.availability.state for item in items if item.availability is not None)
    return Totals(
        sources=sources,
        items=len(items),
        by_kind={kind: kinds[kind] for kind in KINDS if kinds[kind]},
        by_state={state: states[state] for state in STATES if states[state]},
        problems=problems,
    )


def fold(problems: Iterable[Problem], source_ids: Sequence[str]) -> tuple[Problem, ...]:
    """Sort Problems by source, place and stage, and make one of those that only differ in their place.

    Those of no source come first. The spans of the first few are kept, and `count` says how many there were.
    """
    order = {source_id: position for position, source_id in enumerate(source_ids)}
    folded: dict[tuple[str | None, ...], list[Problem]] = {}
    for problem in sorted(problems, key=lambda problem: _place(problem, order)):
        key = (problem.source, problem.stage, problem.code, problem.severity, problem.message, problem.hint)
        folded.setdefault(key, []).append(problem)
    return tuple(_joined(same) for same in folded.values())


def _place(problem: Problem, order: dict[str, int]) -> tuple[int, Span, int]:
    source = -1 if problem.source is None else order.get(problem.source, len(order))
    # What is said of a whole document stands before what is said of its places.
    return source, problem.spans[0] if problem.spans else (-1, -1), _STAGES.index(problem.stage)


def _joined(same: list[Problem]) -> Problem:
    if len(same) == 1:
        return same[0]
    spans = [span for problem in same[:_SPANS_KEPT] for span in problem.spans]
    return replace(same[0], spans=tuple(spans[:_SPANS_KEPT]), count=sum(problem.count for problem in same))
