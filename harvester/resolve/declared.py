"""Joins what a page declares of its medium with the player that shows it, where only their being alone tells.

A page may describe its video in JSON-LD without saying where it is, and show it in a frame without saying what it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from harvester.model import Item
from harvester.resolve.merge import joined
from harvester.resolve.titles import has_own_title, have_nothing_in_common, levelled

_DECLARING: Final = frozenset(("json-ld", "microdata", "rdfa", "open-graph"))
_SHOWING: Final = frozenset(("embed", "media-element", "data-attribute", "player-setup", "js-call"))
_SAME_LENGTH_S: Final = 2.0


def with_players(items: Sequence[Item]) -> Sequence[Item]:
    """Join the only declared medium of a document that has no file with the only player that has no title."""
    declared = [item for item in items if _is_declared_only(item)]
    players = [item for item in items if _is_player_only(item)]
    if len(declared) != 1 or len(players) != 1 or not _fit(declared[0], players[0]):
        return items
    first, second = sorted((declared[0], players[0]), key=items.index)
    return [joined([first, second]) if item is first else item for item in items if item is not second]


def _is_declared_only(item: Item) -> bool:
    return (
        item.relation == "main"
        and has_own_title(item)
        and not _has_place(item)
        and any(sighting.form in _DECLARING for sighting in item.sightings)
    )


def _is_player_only(item: Item) -> bool:
    """Whether a page shows a medium of which it says nothing; one of several in a list is none of its own."""
    return (
        item.relation in ("main", "unknown")
        and item.kind != "image"
        and not has_own_title(item)
        and _has_place(item)
        and all(sighting.form in _SHOWING and not sighting.list for sighting in item.sightings)
    )


def _has_place(item: Item) -> bool:
    return any(one.role in ("media", "embed") and one.confidence != "guessed" for one in item.locations)


def _fit(declared: Item, player: Item) -> bool:
    if "unknown" not in (declared.kind, player.kind) and declared.kind != player.kind:
        return False
    if player.title and have_nothing_in_common(player.title, [levelled(declared.title or "")]):
        return False  # what stands beside it is about something else
    lengths = declared.duration_s, player.duration_s
    return None in lengths or abs((lengths[0] or 0) - (lengths[1] or 0)) <= _SAME_LENGTH_S
