"""Joins what a page declares of its medium with the player that shows it, where only their being alone tells.

A page may describe its video in JSON-LD without saying where it is, and show it in a frame without saying what it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from harvester.model import Item, Location
from harvester.model.vocabulary import ASIDE
from harvester.resolve.groups import group_key
from harvester.resolve.merge import joined
from harvester.resolve.titles import has_own_title, have_nothing_in_common, levelled
from harvester.resolve.urls import host_of

_HEAD: Final = "open-graph"
_DECLARING: Final = frozenset(("json-ld", "microdata", "rdfa", _HEAD))
_SHOWING: Final = frozenset(("embed", "media-element", "data-attribute", "player-setup", "js-call"))
_OPEN: Final = frozenset(("main", "unknown"))
_SAME_LENGTH_S: Final = 2.0
_TWO: Final = 2
_MOST_WITH_PICTURES: Final = 500
"""How many media a document may have for their pictures to be compared."""


def with_players(items: Sequence[Item]) -> Sequence[Item]:
    """Join the players of one document that have no title with what tells of their media.

    That is the one other medium that has the same picture; else what the page declares, if that is a single medium:
    of what its head names, and of the only other player where what is declared has no file.
    """
    if len(items) > 1:
        items = _by_picture(items) if len(items) <= _MOST_WITH_PICTURES else items
        items = _by_being_alone(items, _is_declared, _is_head_only)
        items = _by_being_alone(items, _is_without_file, _is_player_only)
    return items


def _by_picture(items: Sequence[Item]) -> Sequence[Item]:
    shown = [url for item in items if _is_player_only(item) for url in _pictures(item)]
    if not shown:
        return items
    folders = {url.rpartition("/")[0] for url in shown}
    bearers: dict[str, list[Item]] = {group_key(url): [] for url in shown}
    for item in items:
        urls = [url for url in _pictures(item) if url.rpartition("/")[0] in folders]
        for key in {group_key(url) for url in urls} & bearers.keys() if item.relation not in ASIDE else ():
            bearers[key].append(item)
    pairs: list[tuple[Item, Item]] = []
    taken: set[int] = set()
    for found in bearers.values():
        both = {id(item) for item in found}
        if len(both) == _TWO and both.isdisjoint(taken) and _fit(*found):
            pairs.append((found[0], found[1]))
            taken |= both
    return _joined(items, pairs)


def _pictures(item: Item) -> list[str]:
    """An item's stills; what a profile adds shows only whose they are."""
    return [one.url for one in item.locations if one.role == "poster" and one.url and not one.basis.by_profile]


def _by_being_alone(
    items: Sequence[Item], tells: Callable[[Item], bool], shows: Callable[[Item], bool]
) -> Sequence[Item]:
    declared = [item for item in items if tells(item)]
    players = [item for item in items if shows(item)] if len(declared) == 1 else []
    if len(players) != 1 or not _fit(declared[0], players[0]) or not _are_of_one_platform(declared[0], players[0]):
        return items
    first, second = sorted((declared[0], players[0]), key=items.index)
    return _joined(items, [(first, second)])


def _joined(items: Sequence[Item], pairs: Sequence[tuple[Item, Item]]) -> Sequence[Item]:
    """All items in their order, with each pair joined where its first stands."""
    if not pairs:
        return items
    firsts = {id(first): (first, second) for first, second in pairs}
    seconds = {id(second) for _, second in pairs}
    kept = (item for item in items if id(item) not in seconds)
    return [joined(firsts[id(item)]) if id(item) in firsts else item for item in kept]


def _is_declared(item: Item) -> bool:
    return (
        item.relation == "main"
        and has_own_title(item)
        and any(sighting.form in _DECLARING for sighting in item.sightings)
    )


def _is_without_file(item: Item) -> bool:
    return _is_declared(item) and not any(one.role == "media" for one in _places(item))


def _is_head_only(item: Item) -> bool:
    return item.relation == "main" and all(sighting.form == _HEAD for sighting in item.sightings)


def _is_player_only(item: Item) -> bool:
    """Whether a page shows a medium of which it says nothing; one of several in a list is none of its own."""
    return (
        item.relation in _OPEN
        and item.kind != "image"
        and not has_own_title(item)
        and all(sighting.form in _SHOWING and not sighting.list for sighting in item.sightings)
        and bool(_places(item) or item.ids)
    )


def _places(item: Item) -> list[Location]:
    """Where an item is said to be: its files and streams, and the pages that play it."""
    return [one for one in item.locations if one.role in ("media", "embed") and one.confidence != "guessed"]


def _fit(one: Item, other: Item) -> bool:
    """Whether two items may be one medium: alike in kind and length, and each with what the other lacks.

    Two files, two streams or the pages of two sites are of two media, for they would have been told to be one.
    """
    if "unknown" not in (one.kind, other.kind) and one.kind != other.kind:
        return False
    lengths = one.duration_s, other.duration_s
    if None not in lengths and abs((lengths[0] or 0) - (lengths[1] or 0)) > _SAME_LENGTH_S:
        return False
    if one.title and other.title and have_nothing_in_common(other.title, [levelled(one.title)]):
        return False  # what stands beside it is about something else
    mine, theirs = ({id_ for id_ in item.ids if id_.scheme != "local"} for item in (one, other))
    if mine and theirs and mine.isdisjoint(theirs):
        return False
    ways, more_ways = ({at.delivery for at in _places(item) if at.role == "media"} for item in (one, other))
    sites, more_sites = ({host_of(at.url or "") for at in _places(item) if at.role == "embed"} for item in (one, other))
    return ways.isdisjoint(more_ways) and not (sites and more_sites and sites.isdisjoint(more_sites))


def _are_of_one_platform(one: Item, other: Item) -> bool:
    """Whether no platform plays only one of the two, where the page says of both where they are."""
    platforms = [any(id_.scheme != "local" for id_ in item.ids) for item in (one, other) if _places(item)]
    return len(set(platforms)) <= 1
