"""Joins items that are one medium: in one document, across documents, across runs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from msgspec.structs import replace

from harvester.model import Id, Item, Location, Sighting
from harvester.model.vocabulary import Relation
from harvester.resolve.identity import record_key
from harvester.resolve.locations import unique
from harvester.resolve.sharing import has_own_title, levelled, shared

_RELATIONS: Final[tuple[Relation, ...]] = ("main", "related", "preview", "advertising", "interface", "unknown")
_SCALARS: Final = ("title", "description", "rights", "language", "duration_s", "published_at", "live")
_CONFLICTING: Final = (("title", "title"), ("duration_s", "duration"), ("published_at", "published"))
"""Facts on which sightings may disagree, with their names in what was read."""

_DECLARING: Final = frozenset(("json-ld", "microdata", "rdfa"))
"""Forms whose vocabulary says what a title is; elsewhere a key's name only suggests it."""


def merge(items: Iterable[Item]) -> tuple[Item, ...]:
    """Join what is one medium; items keep the order of their first sighting.

    Deterministic: the outcome depends on the items and their order alone.
    """
    listed = tuple(items)
    if len(listed) < 2:
        return listed
    return _told_apart([_joined([listed[index] for index in members]) for members in shared(listed)])


def _told_apart(items: Sequence[Item]) -> tuple[Item, ...]:
    """Give media that stayed apart keys of their own, where all that they have in common is an address.

    A player's page, say, that the data names for each of its videos.
    """
    counts = Counter(key for item in items for key in (item.key, *item.aliases))
    if all(count == 1 for count in counts.values()):
        return tuple(items)
    keys = {item.key for item in items}
    return tuple(_with_own_key(item, counts, keys) for item in items)


def _with_own_key(item: Item, counts: Mapping[str, int], keys: Container[str]) -> Item:
    own = [key for key in (item.key, *item.aliases) if counts[key] == 1]
    if not own:
        ids = [f"{one.scheme}:{one.value}" for one in item.ids]
        own = [record_key(item.key, item.title or "", *ids, *(one.quote for one in item.sightings))]
    aliases = tuple(key for key in own[1:] if key not in keys)
    return item if (own[0], aliases) == (item.key, item.aliases) else replace(item, key=own[0], aliases=aliases)


def _joined(items: Sequence[Item]) -> Item:
    """One item with all that several say; the one that says most speaks first."""
    if len(items) == 1:
        return items[0]
    ranked = sorted(items, key=_weight)
    offsets, sightings = _sightings(items)
    keys = dict.fromkeys(key for item in ranked for key in (item.key, *item.aliases))
    best, *others = sorted(keys, key=_class)
    ids = _ids(ranked)
    return replace(
        ranked[0],
        key=best,
        aliases=tuple(key for key in others if _class(key) < _NO_ALIAS),
        id=ids[0].value if ids else None,
        ids=ids,
        kind=next((item.kind for item in ranked if item.kind != "unknown"), "unknown"),
        relation=min((item.relation for item in items), key=_RELATIONS.index),
        creators=next((item.creators for item in ranked if item.creators), ()),
        conflicts=tuple(name for name, fact in _CONFLICTING if _differ(items, name, fact)),
        site=next((item.site for item in ranked if item.site), None),
        locations=_locations(ranked, offsets),
        dates=tuple(dict.fromkeys(one for item in ranked for one in item.dates)),
        sightings=sightings,
        relations=tuple(dict.fromkeys(one for item in ranked for one in item.relations)),
        **_first_said(ranked),
    )


def _first_said(ranked: Sequence[Item]) -> dict[str, Any]:
    """The facts of which one is enough, each from the first item that has it."""
    return {
        name: next((value for item in ranked if (value := getattr(item, name)) is not None), None) for name in _SCALARS
    }


def _locations(ranked: Sequence[Item], offsets: dict[int, int]) -> tuple[Location, ...]:
    """All locations, those with a URL first, each pointing to its sighting among those of all items."""
    offset_of: dict[int, int] = {}
    for item in ranked:
        for location in item.locations:
            offset_of.setdefault(id(location), offsets[id(item)])  # records that are alike share their locations
    kept = unique([location for item in ranked for location in item.locations])
    kept.sort(key=lambda one: one.url is None)
    return tuple(_moved(location, offset_of[id(location)]) for location in _without_resolved(kept))


_CLASSES: Final = ("url", "name", "path", "local", "record")
_NO_ALIAS: Final = 3


def _class(key: str) -> int:
    """How good a key is: a platform's id before a URL, that before a hash; ids of one site only are no aliases."""
    scheme = key.partition(":")[0]
    return _CLASSES.index(scheme) if scheme in _CLASSES else -1


def _weight(item: Item) -> tuple[bool, bool, bool, int]:
    """Sorts first what speaks for the medium: its own title before an inherited one, then what has most."""
    own_title = has_own_title(item)
    filled = sum(getattr(item, name) is not None for name in _SCALARS) + len(item.locations)
    declared = any(sighting.form in _DECLARING for sighting in item.sightings)
    return (not own_title, item.title is None, not declared, -filled)


def _sightings(items: Sequence[Item]) -> tuple[dict[int, int], tuple[Sighting, ...]]:
    """All sightings in order, and from where on each item's stand among them."""
    offsets: dict[int, int] = {}
    sightings: list[Sighting] = []
    for item in items:
        offsets[id(item)] = len(sightings)
        sightings += item.sightings
    return offsets, tuple(sightings)


def _moved(location: Location, offset: int) -> Location:
    if not offset:
        return location
    return replace(location, basis=replace(location.basis, sighting=location.basis.sighting + offset))


def _without_resolved(locations: Sequence[Location]) -> Iterator[Location]:
    """Leave out unresolved paths that another sighting of the same medium resolves."""
    names = {one.url.rpartition("/")[2] for one in locations if one.url and one.confidence != "guessed"}
    for one in locations:
        if one.url or one.raw.rpartition("/")[2] not in names:
            yield one


def _ids(items: Sequence[Item]) -> tuple[Id, ...]:
    ids = list(dict.fromkeys(one for item in items for one in item.ids))
    with_account = {(one.scheme.partition(":")[0], one.value) for one in ids if ":" in one.scheme}
    known = {one.value for one in ids if one.scheme != "local"}
    ids = [
        one
        for one in ids
        if not (":" not in one.scheme and (one.scheme, one.value) in with_account)
        and not (one.scheme == "local" and one.value in known)
    ]
    return tuple(sorted(ids, key=lambda one: one.scheme == "local"))


def _differ(items: Sequence[Item], name: str, fact: str) -> bool:
    """Whether own statements of the sightings disagree; an inherited title contradicts nothing."""
    values = {
        levelled(value)
        for item in items
        if (value := getattr(item, name)) is not None and any(fact in sighting.reads for sighting in item.sightings)
    }
    return len(values) > 1
