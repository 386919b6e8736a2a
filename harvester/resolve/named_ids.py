"""Finds the ids of records in the names of other records' media.

A player's element often has nothing but the medium's id, and the record with its files has everything but that: the
id stands in their names.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from typing import Final, NamedTuple

from harvester.model import Item, Location
from harvester.model.vocabulary import ASIDE
from harvester.resolve.distinctive import is_distinctive

_SHORTEST_LOCAL_ID: Final = 5
_UUID: Final = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_NUMBER: Final = re.compile(r"(?!(?:19|20)\d{4}(?:\d\d)?\Z)\d{6,}")
_MIXED: Final = re.compile(r"(?=[A-Za-z]*\d)(?=\d*[A-Za-z])[A-Za-z0-9]{8,}")
_WORD: Final = re.compile(r"(?<![A-Za-z0-9])v(\d{6,})(?![A-Za-z0-9])|([A-Za-z0-9]{6,})")
"""A word of a name; before a number may stand a `v`, for a video or a version."""
_MOST_WORDS: Final = 50
_ADDRESSED_ID: Final = 10
"""Characters from which on an id that an address ends with is that of what is there, and no position."""


def is_told(value: str) -> bool:
    """Whether a local id tells one medium from another; a shorter one is mostly a position in a list."""
    return len(value) >= _SHORTEST_LOCAL_ID or is_distinctive(value)


def media_of(item: Item) -> list[Location]:
    """Give the locations of an item's media, but for those that are guessed."""
    return [one for one in item.locations if one.role == "media" and one.confidence != "guessed"]


class Named(NamedTuple):
    """An id that stands in the names of media.

    Attributes:
        stating: The positions of the items that state it.
        bearing: And of those that don't but whose media are named by it.
        ends: Whether it is all of an address's last step, `/video/6307131969112`: there nothing else is.
    """

    stating: list[int]
    bearing: list[int]
    ends: bool


def named_ids(items: Sequence[Item]) -> list[Named]:
    """Find the ids, of those that are hardly given twice, that stand whole in the names of media of one document."""
    stated = [_ids_of(item) for item in items]
    stating: dict[str, dict[str, list[int]]] = {}
    for index, (source, ids) in enumerate(stated):
        for value in ids:
            stating.setdefault(source, {}).setdefault(value, []).append(index)
    bearing: dict[tuple[str, str], list[int]] = {}
    for index, (item, (source, ids)) in enumerate(zip(items, stated, strict=True)) if stating else ():
        for value in _named_by(item, stating.get(source, {})) - set(ids):
            bearing.setdefault((source, value), []).append(index)
    return [
        Named(stating[source][value], named, ends=any(_ends(items[index], value) for index in named))
        for (source, value), named in bearing.items()
    ]


def _ends(item: Item, value: str) -> bool:
    return len(value) >= _ADDRESSED_ID and any(path.rpartition("/")[2] == value for path in _paths(item))


def _ids_of(item: Item) -> tuple[str, tuple[str, ...]]:
    source = item.sightings[0].source if item.sightings else ""
    return source, tuple(one.value for one in item.ids if _is_rare(one.value))


def _is_rare(value: str) -> bool:
    shape = _UUID if "-" in value else _NUMBER if value.isdecimal() else _MIXED
    return shape.fullmatch(value) is not None


def _named_by(item: Item, ids: Container[str]) -> set[str]:
    """Those of some ids that stand in the names of an item's media; a preview of a medium is not that medium."""
    named: set[str] = set()
    for path in _paths(item) if ids and item.relation not in ASIDE else ():
        words = [number or word for number, word in _WORD.findall(path)]
        if "-" in path:
            words = [*_UUID.findall(path), *words]
        named.update(word for word in words[:_MOST_WORDS] if word in ids)
    return named


def _paths(item: Item) -> Iterator[str]:
    for one in media_of(item):
        if one.url:
            yield one.url.partition("://")[2].partition("?")[0].partition("/")[2]
