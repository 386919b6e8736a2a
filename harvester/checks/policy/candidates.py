"""Which locations of an item are asked for, in what order, and which one speaks for it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from harvester.checks.policy.verdict import Verdict, best
from harvester.model.item import Availability, Item, Memento
from harvester.model.vocabulary import CONFIDENCES, STATE_OF, Role

_SPEAKING: Final[tuple[tuple[Role, ...], ...]] = (("media", "memento"), ("embed",), ("page",), ("feed",))
"""Roles that can tell whether a medium is there, the best first. A poster or a caption can outlive its video."""
_MUTE: Final = len(_SPEAKING)
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,30}:")


def order(item: Item, *, all_locations: bool = False) -> tuple[int, ...]:
    """Positions of the locations to ask for, in the order in which to ask.

    Media come first, by confidence, then by their place in the item. Without `all_locations` only the locations of the
    first speaking role are named, and the caller stops at the first that is available (see `enough`). An item that has
    none of these, as a video of which only the poster is known, is not asked for: whatever a poster answers, it leaves
    open whether the video is there.
    """
    positions = [place for place, location in enumerate(item.locations) if location.url is not None]
    ranked = sorted(positions, key=lambda place: (_role(item, place), _confidence(item, place), place))
    if all_locations or not ranked:
        return tuple(ranked)
    leading = _role(item, ranked[0])
    return tuple(place for place in ranked if _role(item, place) == leading < _MUTE)


def enough(verdict: Verdict) -> bool:
    """Whether the further candidates of an item need not be asked for."""
    return verdict.state == "available"


def availability(
    item: Item, verdicts: Mapping[int, Verdict], mementos: tuple[Memento, ...] = (), platform: Verdict | None = None
) -> Availability | None:
    """The best of an item's locations.

    An item is only gone where something that it said itself is: a guessed URL that answers 404 tells that the guess was
    wrong, and where a location of the same role could not be resolved, the medium may be there. Then the item is
    undetermined, `unknown`, and where such a location was not asked for yet, `not-checked`. The observation of the URL
    stays what it is.

    Args:
        item: The item.
        verdicts: By position of the location. Only those of the best speaking role count, so that a poster that is
            still there does not make a deleted video available.
        mementos: Captures that archives hold.
        platform: What the platform says of the item's id; it knows better than a page that answers 200 to every id
            and than guesses, but no better than the medium itself.

    Returns:
        None where nothing is known at all.
    """
    speaking = sorted((place for place in verdicts if _role(item, place) < _MUTE), key=lambda at: (_role(item, at), at))
    leading = _role(item, speaking[0]) if speaking else _MUTE
    spoken = [place for place in speaking if _role(item, place) == leading]
    if platform is not None and (leading > 0 or all(_is_guess(item, place) for place in spoken)):
        return Availability(state=platform.state, reason=platform.reason, mementos=mementos)
    chosen = best(verdicts[place] for place in spoken)
    if chosen is None:
        return Availability(state="unchecked", reason="not-checked", mementos=mementos) if mementos else None
    found = verdicts[spoken[chosen]]
    if found.state == "unavailable":
        # Of those that are gone, one that was no guess speaks.
        sure = [place for place in spoken if not _is_guess(item, place)]
        doubt = _doubt(item, leading, verdicts) or (None if sure else "unknown")
        if doubt is not None:
            return Availability(state=STATE_OF[doubt], reason=doubt, location=spoken[chosen], mementos=mementos)
        chosen = best(verdicts[place] for place in sure) or 0
        spoken, found = sure, verdicts[sure[chosen]]
    return Availability(state=found.state, reason=found.reason, location=spoken[chosen], mementos=mementos)


def wants_archives(found: Availability | None) -> bool:
    """Whether archives are asked: for what is not available, and for what is but only to some."""
    return found is None or found.state != "available"


def _role(item: Item, place: int) -> int:
    """Rank of a location's role among those that speak for the item; the poster of an image is the image."""
    role = item.locations[place].role
    if role == "poster" and item.kind == "image":
        return 0
    return next((rank for rank, roles in enumerate(_SPEAKING) if role in roles), len(_SPEAKING))


def _is_guess(item: Item, place: int) -> bool:
    return item.locations[place].confidence == "guessed"


def _doubt(item: Item, leading: int, verdicts: Mapping[int, Verdict]) -> str | None:
    """Why an item whose known locations are all gone may be there all the same, None where nothing is left of it."""
    left = [place for place in range(len(item.locations)) if place not in verdicts and _role(item, place) <= leading]
    if any(item.locations[place].url is not None for place in left):
        return "not-checked"
    # Addresses with a scheme that nothing resolves (`blob:`, `javascript:`) stand for nothing that could be asked for.
    return "unknown" if any(not _SCHEME.match(item.locations[place].raw) for place in left) else None


def _confidence(item: Item, place: int) -> int:
    return CONFIDENCES.index(item.locations[place].confidence)
