"""What is asked for one item, whether the item is an object or a manifest's JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Final, TypeAlias

from harvester.checks.client.records import Record, item_of_record
from harvester.checks.client.redirects import asked_url
from harvester.checks.policy.candidates import order
from harvester.checks.policy.platform import PlatformProbe, ask
from harvester.checks.policy.target import Target
from harvester.model.finding import Id
from harvester.model.item import Item
from harvester.model.vocabulary import Kind

Inquired: TypeAlias = tuple[PlatformProbe, str, str]
"""What a platform is asked: by which probe, about which id, in which account (empty where ids need none)."""

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
    """What is asked for one item, in order: the platform about its id, or its locations.

    A million of these are kept, so that the item itself is not: of each place there are the URL, and a target that
    all of the same kind share.

    Attributes:
        kind: The item's.
        ids: The item's.
        page: The document in which it stood.
    """

    __slots__ = ("_alike", "_probe", "_urls", "ids", "kind", "page")

    def __init__(
        self,
        item: Item | Record,
        page: Page = _NO_PAGE,
        *,
        all_locations: bool = False,
        platforms: Mapping[str, PlatformProbe] | None = None,
    ) -> None:
        """`platforms` says what to ask about ids, by their scheme."""
        whole = item_of_record(item) if isinstance(item, dict) else item
        places = order(whole, all_locations=all_locations)
        self.page = page
        self.kind: Kind = whole.kind
        self.ids: tuple[Id, ...] = whole.ids
        self._probe = probe_of(whole, platforms) if platforms else None
        told = _told(whole, places, page) if self._probe is None or all_locations else []
        # Most items have one place, and one target serves for many: a tuple each would take more than both.
        self._urls: str | tuple[str, ...] = told[0][0] if len(told) == 1 else tuple(url for url, _ in told)
        self._alike: Target | tuple[Target, ...] = told[0][1] if len(told) == 1 else tuple(alike for _, alike in told)

    def __len__(self) -> int:
        return (1 if isinstance(self._urls, str) else len(self._urls)) + (self._probe is not None)

    def url(self, place: int) -> str:
        """The URL that is asked at this place of the order."""
        if self._probe is not None:
            if place == 0:
                return ask(*self._probe).url
            place -= 1
        return self._urls if isinstance(self._urls, str) else self._urls[place]

    def platform(self, place: int) -> Inquired | None:
        """The probe, the id and its account, where this place of the order is the platform's."""
        return self._probe if place == 0 else None

    def target(self, place: int) -> Target | None:
        """The target at this place of the order, None where it is the platform's."""
        if self._probe is not None and place == 0:
            return None
        alike = self._alike
        if isinstance(alike, tuple):
            alike = alike[place - (self._probe is not None)]
        return replace(alike, url=self.url(place))


def probe_of(item: Item, platforms: Mapping[str, PlatformProbe]) -> Inquired | None:
    """What to ask in place of a page that answers 200 to every id: the probe for the first id that has one.

    None where the item has a file of its own to ask for that is no guess. An id that is unique in an account only has
    that in its scheme, as `scheme:account`.
    """
    places = order(item)
    if places:
        surest = item.locations[places[0]]
        if surest.role not in _LEFT_TO_THE_PLATFORM and surest.confidence != "guessed":
            return None
    for id_ in item.ids:
        scheme, _, account = id_.scheme.partition(":")
        probe = platforms.get(id_.scheme) or platforms.get(scheme)
        if probe is not None and (account or not probe.needs_account):
            return probe, id_.value, account
    return None


def _told(item: Item, places: tuple[int, ...], page: Page) -> list[tuple[str, Target]]:
    """URLs in their order, each with a target that all of its kind share."""
    told: list[tuple[str, Target]] = []
    for place in places:
        target = Target.of(item, item.locations[place], page.url)
        if target is not None:
            told.append((asked_url(target.url), _shared(replace(target, url=""))))
    return told


@lru_cache(4096)
def _shared(target: Target) -> Target:
    """The same object for all that are alike."""
    return target
