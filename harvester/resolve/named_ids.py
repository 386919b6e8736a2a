"""Finds the ids of records in the names of other records' media.

A player's element often has nothing but the medium's id, and the record with its files has everything but that: the
id stands in their names.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from harvester.model import Item
from harvester.resolve.distinctive import is_distinctive

_SHORTEST_LOCAL_ID: Final = 5
_UUID: Final = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_NUMBER: Final = re.compile(r"(?!(?:19|20)\d{4}(?:\d\d)?\Z)\d{6,}")
_MIXED: Final = re.compile(r"(?=[A-Za-z]*\d)(?=\d*[A-Za-z])[A-Za-z0-9]{8,}")
_WORD: Final = re.compile(r"(?<![A-Za-z0-9])v(\d{6,})(?![A-Za-z0-9])|([A-Za-z0-9]{6,})")
"""A word of a name; before a number may stand a `v`, for a video or a version."""
_MOST_WORDS: Final = 50


def is_told(value: str) -> bool:
    """Whether a local id tells one medium from another; a shorter one is mostly a position in a list."""
    return len(value) >= _SHORTEST_LOCAL_ID or is_distinctive(value)


class NamedIds:
    """Which of a document's ids, where they are hardly given twice, stand whole in the names of whose media."""

    def __init__(self, items: Sequence[Item], renditions: Mapping[str, Mapping[str, str]]) -> None:
        """Take all items with what the renditions of one medium have in common, by source and URL."""
        self._stated = [_ids_of(item) for item in items]
        """The source and the ids of each item."""
        self._named: list[Collection[str]] = []
        """The ids that the media of each item are named by."""
        self._media: dict[tuple[str, str], set[str]] = {}
        """What bears an id of a source in its name, of items that don't state the id themselves."""
        ids: dict[str, set[str]] = {}
        for source, stated in self._stated:
            if stated:
                ids.setdefault(source, set()).update(stated)
        for item, (source, stated) in zip(items, self._stated, strict=True) if ids else ():
            named = _named_by(item, ids.get(source, frozenset()))
            self._named.append(named)
            for value in named.keys() - stated:
                bearing = self._media.setdefault((source, value), set())
                bearing.update(renditions[source].get(url, url) for url in named[value])

    def of(self, index: int) -> Iterator[str]:
        """Give a text for each id that an item has or that its media are named by, where one medium alone is so."""
        if not self._media:
            return
        source, stated = self._stated[index]
        for value in dict.fromkeys((*stated, *self._named[index])):
            if len(self._media.get((source, value), ())) == 1:
                yield f"named:{source}:{value}"


def _ids_of(item: Item) -> tuple[str, tuple[str, ...]]:
    source = item.sightings[0].source if item.sightings else ""
    return source, tuple(one.value for one in item.ids if _is_rare(one.value))


def _is_rare(value: str) -> bool:
    shape = _UUID if "-" in value else _NUMBER if value.isdecimal() else _MIXED
    return shape.fullmatch(value) is not None


def _named_by(item: Item, ids: Collection[str]) -> dict[str, list[str]]:
    """Those of some ids that stand in the names of an item's media, each with the media's URLs."""
    named: dict[str, list[str]] = {}
    if not ids:
        return named
    for one in item.locations:
        if one.role == "media" and one.url and one.confidence != "guessed":
            path = one.url.partition("://")[2].partition("?")[0].partition("/")[2]
            words = [number or word for number, word in _WORD.findall(path)]
            if "-" in path:
                words = [*_UUID.findall(path), *words]
            for word in words[:_MOST_WORDS]:
                if word in ids:
                    named.setdefault(word, []).append(one.url)
    return named
