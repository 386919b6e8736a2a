"""Finds the ids of records in the names of other records' media.

A player's element often has nothing but the medium's id, and the record with its files has everything but that: the
id stands in their names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from harvester.model import Item
from harvester.resolve.distinctive import is_distinctive

_SHORTEST_LOCAL_ID: Final = 5
_UUID: Final = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_NUMBER: Final = re.compile(r"(?!(?:19|20)\d{6}\Z)\d{7,}")
_MIXED: Final = re.compile(r"(?=[A-Za-z]*\d)(?=\d*[A-Za-z])[A-Za-z0-9]{8,}")
_WORD: Final = re.compile(r"[A-Za-z0-9]{7,}")
_MOST_WORDS: Final = 50


def is_told(value: str) -> bool:
    """Whether a local id tells one medium from another; a shorter one is mostly a position in a list."""
    return len(value) >= _SHORTEST_LOCAL_ID or is_distinctive(value)


class NamedIds:
    """Which of a document's ids, where they are hardly given twice, stand whole in the names of whose media."""

    def __init__(self, items: Sequence[Item], renditions: Mapping[tuple[str, str], str]) -> None:
        """Take all items with what the renditions of one medium have in common, by source and URL."""
        self._ids = {key for item in items for key in _ids_of(item)}
        """Source and id."""
        self._media: dict[tuple[str, str], set[str]] = {}
        """What bears an id in its name, of items that don't state the id themselves."""
        for item in items if self._ids else ():
            own = set(_ids_of(item))
            for key, url in self._named(item):
                if key not in own:
                    self._media.setdefault(key, set()).add(renditions.get((key[0], url), url))

    def of(self, item: Item) -> Iterator[str]:
        """Give a text for each id that an item has or that its media are named by, where one medium alone is so."""
        if not self._media:
            return
        for source, value in dict.fromkeys((*_ids_of(item), *(key for key, _ in self._named(item)))):
            if len(self._media.get((source, value), ())) == 1:
                yield f"named:{source}:{value}"

    def _named(self, item: Item) -> Iterator[tuple[tuple[str, str], str]]:
        source = item.sightings[0].source
        for one in item.locations:
            if one.role == "media" and one.url and one.confidence != "guessed":
                path = one.url.partition("://")[2].partition("?")[0].partition("/")[2]
                words = [*_UUID.findall(path), *_WORD.findall(path)][:_MOST_WORDS]
                yield from (((source, word), one.url) for word in words if (source, word) in self._ids)


def _ids_of(item: Item) -> Iterator[tuple[str, str]]:
    source = item.sightings[0].source if item.sightings else ""
    for one in item.ids:
        if any(shape.fullmatch(one.value) for shape in (_UUID, _NUMBER, _MIXED)):
            yield source, one.value
