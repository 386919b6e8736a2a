"""Joins items that are one medium: in one document, across documents, across runs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Any, Final

from msgspec.structs import replace

from harvester.model import Id, Item, Location, Sighting
from harvester.model.vocabulary import ASIDE, Relation
from harvester.resolve.alike import unique, without_paths_of
from harvester.resolve.canonical import canonical
from harvester.resolve.identity import record_key
from harvester.resolve.named_ids import is_told
from harvester.resolve.sharing import shared
from harvester.resolve.titles import are_at_odds, has_own_title, levelled

_RELATIONS: Final[tuple[Relation, ...]] = ("main", "related", "preview", "advertising", "interface", "unknown")
_FEWEST: Final = 2
_SCALARS: Final = ("title", "description", "rights", "language", "duration_s", "published_at", "live")
_scalars_of = attrgetter(*_SCALARS)
_CONFLICTING: Final = (("title", "title"), ("duration_s", "duration"), ("published_at", "published"))
"""Facts on which sightings may disagree, with their names in what was read."""

_SAME_LENGTH_S: Final = 1.0

_DECLARING: Final = frozenset(("json-ld", "microdata", "rdfa"))
"""Forms whose vocabulary says what a title is; elsewhere a key's name only suggests it."""

_LABELS: Final = ("caption", "label", "alt", "text", "kicker", "filename")
"""How the names of keys end under which what is shown beside a medium stands, in want of a title."""


def merge(items: Iterable[Item]) -> tuple[Item, ...]:
    """Join what is one medium; items keep the order of their first sighting.

    Deterministic: the outcome depends on the items and their order alone.
    """
    listed = tuple(items)
    if len(listed) < 2:
        return listed
    return _told_apart([joined([listed[index] for index in members]) for members in shared(listed)])


def _told_apart(items: Sequence[Item]) -> tuple[Item, ...]:
    """Give media that stayed apart keys of their own, where all that they have in common is an address.

    A player's page, say, that the data names for each of its videos.
    """
    every = [key for item in items for key in (item.key, *item.aliases)]
    if len(set(every)) == len(every):
        return tuple(items)
    counts = Counter(every)
    keys = {item.key for item in items}
    return tuple(_with_own_key(item, counts, keys) for item in items)


def _with_own_key(item: Item, counts: Mapping[str, int], keys: Container[str]) -> Item:
    own = [key for key in (item.key, *item.aliases) if counts[key] == 1]
    if not own:
        ids = [f"{one.scheme}:{one.value}" for one in item.ids]
        own = [record_key(item.key, item.title or "", *ids, *(one.quote for one in item.sightings))]
    aliases = tuple(key for key in own[1:] if key not in keys)
    return item if (own[0], aliases) == (item.key, item.aliases) else replace(item, key=own[0], aliases=aliases)


def joined(items: Sequence[Item]) -> Item:
    """One item with all that several say; the one that says most speaks first."""
    if len(items) == 1:
        return items[0]
    ranked = sorted(items, key=_weight)
    offsets, sightings = _sightings(items)
    # A path that is resolved against the page may be that of any host: a full URL names the medium better.
    naming = sorted(ranked, key=_is_relative)
    keys = dict.fromkeys(key for item in naming for key in (item.key, *item.aliases))
    best, *others = sorted(keys, key=_class)
    ids = _ids(ranked)
    return replace(
        ranked[0],
        key=best,
        aliases=tuple(key for key in others if _class(key) < _NO_ALIAS),
        id=ids[0].value if ids else None,
        ids=ids,
        kind=next((item.kind for item in ranked if item.kind != "unknown"), "unknown"),
        relation=_relation(items),
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
    said: dict[str, Any] = {}
    for name in _SCALARS:
        values = [value for item in ranked if (value := getattr(item, name)) is not None]
        if values:
            said[name] = min(values, key=_is_filler) if name == "duration_s" else values[0]
    return said


def _is_filler(duration_s: float) -> bool:
    """Whether it is what forms send along where a length is wanted and none is known: `P0DT0H0M1S`."""
    return duration_s <= 1


def _locations(ranked: Sequence[Item], offsets: dict[int, int]) -> tuple[Location, ...]:
    """All locations, those with a URL first, each pointing to its sighting among those of all items."""
    kept = unique([_moved(location, offsets[id(item)]) for item in ranked for location in item.locations])
    kept.sort(key=lambda one: one.url is None)
    return tuple(without_paths_of(kept))


_CLASSES: Final = {"url": 0, "name": 1, "path": 2, "local": 3, "record": 4}
_NO_ALIAS: Final = 3
_STATED: Final = ("declared", "observed")


def _class(key: str) -> int:
    """How good a key is: a platform's id before a URL, that before a hash; ids of one site only are no aliases."""
    return _CLASSES.get(key.partition(":")[0], -1)


def _weight(item: Item) -> tuple[bool, bool, bool, bool, bool, int]:
    """Sorts first what speaks for the medium: its own title before an inherited one, then what has most."""
    own_title = has_own_title(item)
    declared = any(sighting.form in _DECLARING for sighting in item.sightings)
    return (
        item.relation in ASIDE,
        not own_title,
        item.title is None,
        own_title and _is_labelled(item),
        not declared,
        _scalars_of(item).count(None) - len(item.locations),
    )


def _is_relative(item: Item) -> bool:
    return not any(one.confidence in _STATED for one in item.locations if one.role in ("media", "embed"))


def _is_labelled(item: Item) -> bool:
    """Whether a title was read from a caption or the like, and not where a title stands."""
    places = [place for sighting in item.sightings if (place := sighting.reads.get("title"))]
    return all(place.lower().endswith(_LABELS) for place in places)


def _relation(items: Sequence[Item]) -> Relation:
    """What a medium is to its page; what only some of its files are, such as a preview of it, it is not itself."""
    relations = {item.relation for item in items}
    if not relations.isdisjoint(ASIDE) and _media_of(items) - _media_of(
        item for item in items if item.relation in ASIDE
    ):
        relations -= ASIDE
    return min(relations, key=_RELATIONS.index, default="unknown")


def _media_of(items: Iterable[Item]) -> set[str]:
    return {
        canonical(one.url)
        for item in items
        for one in item.locations
        if one.url and one.role == "media" and one.confidence != "guessed"
    }


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
    positions = [one for one in ids if one.scheme == "local" and not is_told(one.value)]
    if 1 < len(positions) < len(ids):
        ids = [one for one in ids if one not in positions]
    return tuple(sorted(ids, key=lambda one: one.scheme == "local"))


def _differ(items: Sequence[Item], name: str, fact: str) -> bool:
    """Whether own statements of the sightings disagree; an inherited title contradicts nothing, a label no title."""
    if len({value for item in items if (value := getattr(item, name)) is not None}) < _FEWEST:
        return False
    stating = [
        item
        for item in items
        if getattr(item, name) is not None and any(fact in sighting.reads for sighting in item.sightings)
    ]
    if name == "title":
        titles = {levelled(item.title or "") for item in stating if not _is_labelled(item)}
        first, *others = sorted(titles, key=len) or [""]
        return any(are_at_odds({first}, {other}) for other in others)
    values = [getattr(item, name) for item in stating]
    if name == "duration_s":  # one is rounded, the other cut
        return bool(values) and max(values) - min(values) > _SAME_LENGTH_S
    return len(set(values)) > 1
