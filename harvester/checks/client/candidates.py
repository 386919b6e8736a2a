"""Which of an item's locations are asked, in which order, whether the item is an object or a manifest's JSON."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from harvester.checks.client.records import Record
from harvester.checks.policy.target import Target
from harvester.model.item import Item, Location
from harvester.model.vocabulary import CONFIDENCES

_TIERS: Final = {"media": 0, "embed": 1, "memento": 2, "page": 3, "feed": 4}
"""Which roles speak for the medium, the nearest first. A poster that is there says nothing of its video."""
_OF_THE_MEDIUM: Final = 2
_NO_TIER: Final = 9
_CONFIDENCE: Final = {confidence: place for place, confidence in enumerate(CONFIDENCES)}


class Candidates:
    """What is asked for one item. A target is only made when it is its turn, because a million of these are kept.

    Attributes:
        key: The item's.
        order: Positions of the locations to ask, in order.
        deciding: How many of them, from the first, speak for the item.
    """

    __slots__ = ("_item", "_referer", "deciding", "key", "order")

    def __init__(self, item: Item | Record, referer: str | None = None, *, all_locations: bool = False) -> None:
        """`referer` is the page's URL, for locations that name none."""
        self._item = item
        self._referer = referer
        self.key: str = item["key"] if isinstance(item, dict) else item.key
        self.order, self.deciding = _order(item, all_locations=all_locations)

    def url(self, place: int) -> str:
        """The URL that is asked at this place of the order."""
        url: str = _of(self._locations[self.order[place]], "url")
        return url

    def target(self, place: int) -> Target:
        """The target that is asked at this place of the order."""
        item, location = self._item, self._locations[self.order[place]]
        expires_at = _of(location, "expires_at")
        return Target(
            url=_of(location, "url"),
            kind=_of(item, "kind") or "unknown",
            role=_of(location, "role") or "media",
            delivery=_of(location, "delivery") or "unknown",
            size_bytes=_of(location, "size_bytes"),
            expires_at=datetime.fromisoformat(expires_at) if isinstance(expires_at, str) else expires_at,
            referer=_of(location, "referer") or self._referer,
            live=_of(item, "live"),
        )

    @property
    def _locations(self) -> Any:  # noqa: ANN401 - of objects or of JSON objects
        return _of(self._item, "locations")


def _order(item: Item | Record, *, all_locations: bool) -> tuple[tuple[int, ...], int]:
    """Positions to ask, and how many of them decide: those of the medium, or its page where there are none."""
    ranked = sorted(
        (_TIERS.get(_of(location, "role"), _NO_TIER), _CONFIDENCE.get(_of(location, "confidence"), _NO_TIER), position)
        for position, location in enumerate(_of(item, "locations") or ())
        if _of(location, "url")
    )
    tiers = [tier for tier, _, _ in ranked]
    last = _OF_THE_MEDIUM if tiers and tiers[0] <= _OF_THE_MEDIUM else _NO_TIER - 1
    deciding = sum(tier <= last for tier in tiers)
    asked = ranked if all_locations else ranked[:deciding]
    return tuple(position for _, _, position in asked), deciding


def _of(thing: Item | Location | Record, name: str) -> Any:  # noqa: ANN401 - as the field has it
    return thing.get(name) if isinstance(thing, dict) else getattr(thing, name)
