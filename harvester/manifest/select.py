"""Leaves out what the user did not ask for; without being asked, nothing is left out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from msgspec.structs import replace

from harvester.model import Item
from harvester.model.vocabulary import CONFIDENCES, Confidence, Kind, Relation


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What to keep.

    Attributes:
        min_confidence: Locations below it go, and items that have none left.
        kinds: Kinds of items to keep; empty for all.
        relations: Relations of items to keep; empty for all.
    """

    min_confidence: Confidence | None = None
    kinds: tuple[Kind, ...] = ()
    relations: tuple[Relation, ...] = ()


def select(items: Iterable[Item], selection: Selection) -> tuple[Item, ...]:
    """Give the items that are asked for, in their order."""
    kept = (
        item
        for item in items
        if (not selection.kinds or item.kind in selection.kinds)
        and (not selection.relations or item.relation in selection.relations)
    )
    if selection.min_confidence is None:
        return tuple(kept)
    good = CONFIDENCES[: CONFIDENCES.index(selection.min_confidence) + 1]
    trimmed = (
        replace(item, locations=tuple(location for location in item.locations if location.confidence in good))
        for item in kept
    )
    return tuple(item for item in trimmed if item.locations)
