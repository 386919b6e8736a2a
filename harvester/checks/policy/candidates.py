"""Which locations of an item are asked for, in what order, and which one speaks for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from harvester.checks.policy.verdict import Verdict, best
from harvester.model.item import Availability, Item, Memento
from harvester.model.vocabulary import CONFIDENCES, Role

_SPEAKING: Final[tuple[tuple[Role, ...], ...]] = (("media", "memento"), ("embed",), ("page",), ("feed",))
"""Roles that can tell whether a medium is there, the best first. A poster or a caption can outlive its video."""


def order(item: Item, *, all_locations: bool = False) -> tuple[int, ...]:
    """Positions of the locations to ask for, in the order in which to ask.

    Media come first, by confidence, then by their place in the item. Without `all_locations` only the locations of the
    first speaking role are named, and the caller stops at the first that is available (see `enough`); where an item
    has none of these, as an image whose only location is a poster, all it has are.
    """
    positions = [place for place, location in enumerate(item.locations) if location.url is not None]
    ranked = sorted(positions, key=lambda place: (_role(item, place), _confidence(item, place), place))
    if all_locations or not ranked:
        return tuple(ranked)
    leading = _role(item, ranked[0])
    return tuple(place for place in ranked if _role(item, place) == leading)


def enough(verdict: Verdict) -> bool:
    """Whether the further candidates of an item need not be asked for."""
    return verdict.state == "available"


def availability(
    item: Item, verdicts: Mapping[int, Verdict], mementos: tuple[Memento, ...] = (), platform: Verdict | None = None
) -> Availability | None:
    """The best of an item's locations.

    Args:
        item: The item.
        verdicts: By position of the location. Only those of the best speaking role count, so that a poster that is
            still there does not make a deleted video available.
        mementos: Captures that archives hold.
        platform: What the platform says of the item's id; it knows better than a page that answers 200 to every id,
            but no better than the medium itself.

    Returns:
        None where nothing is known at all.
    """
    positions = sorted(verdicts, key=lambda place: (_role(item, place), place))
    leading = _role(item, positions[0]) if positions else None
    spoken = [place for place in positions if _role(item, place) == leading]
    if platform is not None and (leading is None or leading > 0):
        return Availability(state=platform.state, reason=platform.reason, mementos=mementos)
    chosen = best(verdicts[place] for place in spoken)
    if chosen is None:
        return Availability(state="unchecked", reason="not-checked", mementos=mementos) if mementos else None
    found = verdicts[spoken[chosen]]
    return Availability(state=found.state, reason=found.reason, location=spoken[chosen], mementos=mementos)


def wants_archives(found: Availability | None) -> bool:
    """Whether archives are asked: for what is not available, and for what is but only to some."""
    return found is None or found.state != "available"


def _role(item: Item, place: int) -> int:
    """Rank of a location's role among those that speak for the item; the item's own kind decides about posters."""
    role = item.locations[place].role
    if role == "poster" and item.kind == "image":
        return 0
    return next((rank for rank, roles in enumerate(_SPEAKING) if role in roles), len(_SPEAKING))


def _confidence(item: Item, place: int) -> int:
    return CONFIDENCES.index(item.locations[place].confidence)
