"""Joins items that are one medium: in one document, across documents, across runs.

Two items are one where they share a platform's id, a media URL (signatures aside) or the name that the renditions of
one medium have in common; within one document also where they share a distinctive id. They stay two where a platform
gives them different ids, whatever else they share.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from harvester.model import Id, Item, Location, Sighting
from harvester.model.vocabulary import Relation
from harvester.resolve.groups import group_key
from harvester.resolve.identity import canonical
from harvester.resolve.locations import unique
from harvester.resolve.names import is_distinctive

_RELATIONS: Final[tuple[Relation, ...]] = ("main", "related", "preview", "advertising", "interface", "unknown")
_SCALARS: Final = ("title", "description", "rights", "language", "duration_s", "published_at", "live")
_CONFLICTING: Final = ("title", "duration_s", "published_at")
_DECLARING: Final = frozenset(("json-ld", "microdata", "rdfa"))
"""Forms whose vocabulary says what a title is; elsewhere a key's name only suggests it."""

_SHORTEST_LOCAL_ID: Final = 5
_SHORTEST_TITLE: Final = 12


def merge(items: Iterable[Item]) -> tuple[Item, ...]:
    """Join what is one medium; items keep the order of their first sighting.

    Deterministic: the outcome depends on the items and their order alone.
    """
    listed = list(items)
    groups = _Groups(listed)
    for index, item in enumerate(listed):
        for token, apart in _tokens(item):
            groups.share(token, index, apart)
    return tuple(_joined([listed[index] for index in members]) for members in groups.members())


class _Groups:
    """Union-find over item positions that refuses to join different ids of one platform."""

    def __init__(self, items: Sequence[Item]) -> None:
        self._parent = list(range(len(items)))
        self._ids = [_strong(item.ids) for item in items]
        self._own = [_own(item) for item in items]
        self._first: dict[str, list[int]] = {}

    def share(self, token: str, index: int, apart: Sequence[str]) -> None:
        """Join an item with the first one that has the same token and no other id.

        Args:
            token: What they have in common.
            index: Position of the item.
            apart: On which facts of the data they must not differ for the token to count.
        """
        known = self._first.setdefault(token, [])
        mine = self._find(index)
        for other in known:
            root = self._find(other)
            if root == mine or not (self._contradict(root, mine) or self._differ(root, mine, apart)):
                self._union(root, mine)
                return
        if len(known) < 50:
            known.append(index)

    def members(self) -> Iterator[list[int]]:
        """Give the positions of each group in order, groups by their first."""
        groups: dict[int, list[int]] = {}
        for index in range(len(self._parent)):
            groups.setdefault(self._find(index), []).append(index)
        yield from groups.values()

    def _contradict(self, first: int, second: int) -> bool:
        mine, other = self._ids[first], self._ids[second]
        return any(scheme in other and not values & other[scheme] for scheme, values in mine.items())

    def _differ(self, first: int, second: int, apart: Sequence[str]) -> bool:
        mine, other = self._own[first], self._own[second]
        return any(mine[fact] and other[fact] and not mine[fact] & other[fact] for fact in apart)

    def _find(self, index: int) -> int:
        root = index
        while self._parent[root] != root:
            root = self._parent[root]
        while self._parent[index] != root:
            self._parent[index], index = root, self._parent[index]
        return root

    def _union(self, first: int, second: int) -> None:
        if first == second:
            return
        low, high = min(first, second), max(first, second)
        self._parent[high] = low
        for scheme, values in self._ids[high].items():
            self._ids[low].setdefault(scheme, set()).update(values)
        for fact, values in self._own[low].items():
            values |= self._own[high][fact]


def _strong(ids: Iterable[Id]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for one in ids:
        if one.scheme != "local":
            found[one.scheme.partition(":")[0]].add(one.value)
    return dict(found)


def _own(item: Item) -> dict[str, set[str]]:
    """What the data itself says: ids, the title if it is the record's own, the names of its media."""
    return {
        "ids": {f"{item.sightings[0].source}:{one.value}" for one in item.ids if one.scheme == "local"},
        "titles": {str(_levelled(item.title))} if _has_own_title(item) else set(),
        "media": {group_key(one.url) for one in _media(item) if one.url},
    }


def _has_own_title(item: Item) -> bool:
    return item.title is not None and any("title" in sighting.reads for sighting in item.sightings)


def _media(item: Item) -> list[Location]:
    return [one for one in item.locations if one.role == "media" and one.confidence != "guessed"]


def _tokens(item: Item) -> Iterator[tuple[str, Sequence[str]]]:
    """What two items share if they are one medium, surest first, and on what they must not differ for it to count."""
    for one in item.ids:
        if one.scheme != "local":
            yield f"id:{one.scheme.partition(':')[0]}:{one.value}", ()
    sources = sorted({sighting.source for sighting in item.sightings})
    for location in _media(item):
        if location.url:
            yield "url:" + canonical(location.url), () if location.delivery != "unknown" else ("titles",)
            yield group_key(location.url), ("ids", "titles")
    for location in item.locations:
        if location.role == "media" and not location.url:
            yield from ((f"raw:{source}:{group_key(location.raw)}", ("ids", "titles")) for source in sources)
        elif location.role == "embed" and location.url:
            yield "url:" + canonical(location.url), ("ids", "titles")
    for one in item.ids:
        if one.scheme == "local" and (len(one.value) >= _SHORTEST_LOCAL_ID or is_distinctive(one.value)):
            yield from ((f"local:{source}:{one.value}", ()) for source in sources)
    if _has_own_title(item):
        yield from _title_tokens(item, sources)


def _title_tokens(item: Item, sources: Sequence[str]) -> Iterator[tuple[str, Sequence[str]]]:
    """One page's records of one title: one medium where picture or length agree, or where only one has a file."""
    title = str(_levelled(item.title))
    if len(title) < _SHORTEST_TITLE:
        return
    posters = {one.url.partition("?")[0] for one in item.locations if one.role == "poster" and one.url}
    for source in sources:
        yield from ((f"poster:{source}:{poster}:{title}", ("ids",)) for poster in sorted(posters))
        if item.duration_s:
            yield f"duration:{source}:{round(item.duration_s)}:{title}", ("ids",)
        yield f"title:{source}:{title}", ("ids", "media")


def _joined(items: Sequence[Item]) -> Item:
    """One item with all that several say; the one that says most speaks first."""
    if len(items) == 1:
        return items[0]
    ranked = sorted(items, key=_weight)
    offsets, sightings = _sightings(items)
    locations = unique([_moved(location, offsets[id(item)]) for item in ranked for location in item.locations])
    locations.sort(key=lambda one: one.url is None)
    merged = replace(
        ranked[0],
        ids=_ids(ranked),
        kind=next((item.kind for item in ranked if item.kind != "unknown"), "unknown"),
        relation=min((item.relation for item in items), key=_RELATIONS.index),
        creators=next((item.creators for item in ranked if item.creators), ()),
        conflicts=tuple(name for name in _CONFLICTING if _differ(items, name)),
        site=next((item.site for item in ranked if item.site), None),
        locations=tuple(_without_resolved(locations)),
        dates=tuple(dict.fromkeys(one for item in ranked for one in item.dates)),
        sightings=sightings,
        relations=tuple(dict.fromkeys(one for item in ranked for one in item.relations)),
        **{name: next((v for item in ranked if (v := getattr(item, name)) is not None), None) for name in _SCALARS},
    )
    merged = replace(merged, id=merged.ids[0].value if merged.ids else None)
    known = tuple(dict.fromkeys(key for item in ranked for key in (item.key, *item.aliases)))
    keys = dict.fromkeys(key for item in ranked for key in (item.key, *item.aliases))
    best, *others = sorted(keys, key=_class)
    return replace(merged, key=best, aliases=tuple(key for key in others if _class(key) < _NO_ALIAS))


_CLASSES: Final = ("url", "path", "local", "record")
_NO_ALIAS: Final = 2


def _class(key: str) -> int:
    """How good a key is: a platform's id before a URL, that before a hash; ids of one site only are no aliases."""
    scheme = key.partition(":")[0]
    return _CLASSES.index(scheme) if scheme in _CLASSES else -1


def _weight(item: Item) -> tuple[bool, bool, bool, int]:
    """Sorts first what speaks for the medium: its own title before an inherited one, then what has most."""
    own_title = _has_own_title(item)
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


def _differ(items: Sequence[Item], name: str) -> bool:
    """Whether own statements of the sightings disagree; an inherited title contradicts nothing."""
    fact = name.removesuffix("_s").replace("published_at", "published")
    values = {
        _levelled(value)
        for item in items
        if (value := getattr(item, name)) is not None and any(fact in sighting.reads for sighting in item.sightings)
    }
    return len(values) > 1


def _levelled(value: object) -> object:
    if isinstance(value, str):
        return " ".join(value.casefold().split())
    return round(value) if isinstance(value, float) else value
