"""What is asked for one item, whether the item is an object or a manifest's JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from harvester.checks.client.records import Record, item_of_record
from harvester.checks.client.redirects import asked_url
from harvester.checks.policy.candidates import order
from harvester.checks.policy.platform import PlatformProbe, ask
from harvester.checks.policy.target import Target
from harvester.model.item import Item

BY_ID: Final = -1
"""Stands in an order for the platform's word on the item's id, in place of a page that answers 200 to every id."""
_LEFT_TO_THE_PLATFORM: Final = frozenset({"embed", "page", "feed"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The document in which an item stood.

    Attributes:
        url: To be named where a host refuses without a referer.
        captured_at: The date to which archives look for the nearest capture.
    """

    url: str | None = None
    captured_at: datetime | None = None


_NO_PAGE: Final = Page()


class Candidates:
    """What is asked for one item; made whole only when it is its turn, because a million of these are kept.

    Attributes:
        order: Positions of the locations to ask, in order; `BY_ID` for the platform's word.
        page: The document in which it stood.
    """

    __slots__ = ("_item", "_probe", "order", "page")

    def __init__(
        self,
        item: Item | Record,
        page: Page = _NO_PAGE,
        *,
        all_locations: bool = False,
        platforms: Mapping[str, PlatformProbe] | None = None,
    ) -> None:
        """`platforms` says what to ask about ids, by their scheme."""
        self._item = item
        self.page = page
        whole = self.item
        self.order = order(whole, all_locations=all_locations)
        self._probe = _probe_of(whole, platforms) if platforms and _is_the_platforms(whole, self.order) else None
        if self._probe is not None:
            self.order = (BY_ID, *(self.order if all_locations else ()))

    @property
    def item(self) -> Item:
        """The item as an object."""
        return item_of_record(self._item) if isinstance(self._item, dict) else self._item

    def url(self, place: int) -> str:
        """The URL that is asked at this place of the order."""
        position = self.order[place]
        if self._probe is not None and position == BY_ID:
            return ask(*self._probe).url
        item = self._item
        url = item["locations"][position]["url"] if isinstance(item, dict) else item.locations[position].url
        return asked_url(url or "")

    def platform(self, place: int) -> tuple[PlatformProbe, str] | None:
        """The probe and the id, where this place of the order is the platform's."""
        return self._probe if self.order[place] == BY_ID else None

    def target(self, place: int) -> Target | None:
        """The target at this place of the order, None where it is the platform's."""
        position = self.order[place]
        if position == BY_ID:
            return None
        item = self.item
        target = Target.of(item, item.locations[position], self.page.url)
        return replace(target, url=asked_url(target.url)) if target else None


def _is_the_platforms(item: Item, places: tuple[int, ...]) -> bool:
    return not places or item.locations[places[0]].role in _LEFT_TO_THE_PLATFORM


def _probe_of(item: Item, platforms: Mapping[str, PlatformProbe]) -> tuple[PlatformProbe, str] | None:
    """The probe for the first of the item's ids that has one; it may not tell accounts (`scheme:account`) apart."""
    for id_ in item.ids:
        probe = platforms.get(id_.scheme) or platforms.get(id_.scheme.partition(":")[0])
        if probe is not None:
            return probe, id_.value
    return None
