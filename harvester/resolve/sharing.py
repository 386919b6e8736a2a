"""Finds which items are one medium, by what they share.

Two items are one where they share a platform's id, a media URL (signatures aside) or the name that the renditions of
one medium have in common; within one document also where they share a distinctive id. They stay two where a platform
gives them different ids, whatever else they share.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple, TypeAlias

from harvester.model import Id, Item, Location
from harvester.resolve.canonical import canonical
from harvester.resolve.groups import group_key, group_keys
from harvester.resolve.hosts import folded_host
from harvester.resolve.named_ids import Named, is_told, media_of, named_ids
from harvester.resolve.titles import SHORTEST_TITLE, are_at_odds, has_own_title, levelled
from harvester.resolve.urls import file_name, host_of

_MOST_FIRST: Final = 50
"""How many items that contradict each other are kept for one token."""

_BARE_NUMBER: Final = re.compile(r"name:\d{11,15}(?:/|\Z)")
"""Long enough to be told apart on one site; two sites may well give it to two media."""


_PAIR: Final = 2
_LONG_ID: Final = 8
"""Characters from which on a platform's id, where no platform is said, is that platform's all the same."""

_Token: TypeAlias = tuple[str, tuple[str, ...]]
"""What two items share if they are one medium, and on which facts they must not differ for it to count."""

_Renditions: TypeAlias = Mapping[str, Mapping[str, str]]
"""What the renditions of one medium have in common, by source and URL."""


class _Own(NamedTuple):
    """What the data itself says of an item: ids, the title if it is the record's own, the names of its media."""

    ids: set[str]
    titles: set[str]
    media: set[str]

    def take(self, other: _Own) -> None:
        for mine, more in zip(self, other, strict=True):
            mine.update(more)

    def differs(self, other: _Own, facts: Sequence[str]) -> bool:
        if "titles" in facts and are_at_odds(self.titles, other.titles):
            return True
        pairs = ((getattr(self, fact), getattr(other, fact)) for fact in facts if fact != "titles")
        return any(mine and more and mine.isdisjoint(more) for mine, more in pairs)


def shared(items: Sequence[Item]) -> Iterator[list[int]]:
    """Give the positions of the items that are one medium, in order, groups by their first."""
    groups = _Groups(items)
    for index in range(len(items)):
        groups.share(index)
    for named in named_ids(items):
        groups.share_name(named)
    return groups.members()


class _Groups:
    """Union-find over item positions that refuses to join different ids of one platform."""

    def __init__(self, items: Sequence[Item]) -> None:
        self._items = items
        self._parent = list(range(len(items)))
        self._ids = [_strong(item.ids) for item in items]
        self._first: dict[str, list[int]] = {}
        self._renditions = _renditions(items)
        self._lone = _lone_names(items)
        self._own: dict[int, _Own] = {}
        """Of those that were asked for; most items share nothing with another."""

    def share(self, index: int) -> None:
        """Join an item with those that have something in common with it, the surest first."""
        tokens = _tokens(self._items[index], self._renditions)
        if self._lone:
            source, names = self._items[index].sightings[0].source, _file_names(self._items[index])
            tokens += [(f"file:{source}:{name}", ("ids", "titles")) for name in names if name in self._lone]
        for text, apart in tokens:
            known = self._first.get(text)
            if known is None:
                self._first[text] = [index]
            elif not self._join(known, apart, index) and len(known) < _MOST_FIRST:
                known.append(index)

    def share_name(self, named: Named) -> None:
        """Join the items that state an id with those whose media are named by it, if these are one medium."""
        roots = {self._find(index) for index in named.bearing}
        for index in named.stating if len(roots) == 1 else ():
            self._join(named.bearing[:1], () if named.ends else ("titles",), index)

    def _join(self, known: Sequence[int], apart: Sequence[str], index: int) -> bool:
        """Join an item with the first one that has no other id; tell whether there was one."""
        mine = self._find(index)
        for other in known:
            root = self._find(other)
            if root == mine:
                return True
            if not (self._contradict(root, mine) or (apart and self._differ(root, mine, apart))):
                self._union(root, mine)
                return True
        return False

    def members(self) -> Iterator[list[int]]:
        """Give the positions of each group in order, groups by their first."""
        groups: dict[int, list[int]] = {}
        for index in range(len(self._parent)):
            groups.setdefault(self._find(index), []).append(index)
        return iter(groups.values())

    def _contradict(self, first: int, second: int) -> bool:
        mine, other = self._ids[first], self._ids[second]
        return any(scheme in other and not values & other[scheme] for scheme, values in mine.items())

    def _differ(self, first: int, second: int, apart: Sequence[str]) -> bool:
        return self._own_of(first).differs(self._own_of(second), apart)

    def _own_of(self, index: int) -> _Own:
        """What the data says of an item, and of those that were joined with it since."""
        own = self._own.get(index)
        if own is None:
            own = self._own[index] = _own(self._items[index], self._renditions)
        return own

    def _find(self, index: int) -> int:
        parent = self._parent
        while (above := parent[index]) != index:
            parent[index] = parent[above]
            index = above
        return index

    def _union(self, first: int, second: int) -> None:
        low, high = min(first, second), max(first, second)
        self._parent[high] = low
        for scheme, values in self._ids[high].items():
            self._ids[low].setdefault(scheme, set()).update(values)
        self._own_of(low).take(self._own_of(high))


def _strong(ids: Iterable[Id]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for one in ids:
        if one.scheme != "local":
            found.setdefault(one.scheme.partition(":")[0], set()).add(one.value)
    return found


def _own(item: Item, renditions: _Renditions) -> _Own:
    source = item.sightings[0].source
    known = renditions.get(source, {})
    return _Own(
        ids={f"{source}:{one.value}" for one in item.ids if one.scheme == "local" and is_told(one.value)},
        titles={levelled(item.title)} if item.title and has_own_title(item) else set(),
        media={known[one.url] for one in media_of(item) if one.url},
    )


def _file_names(item: Item) -> list[str]:
    """What the files of a medium are called, wherever they lie."""
    return list(dict.fromkeys(file_name(one.url) for one in media_of(item) if one.url))


def _lone_names(items: Sequence[Item]) -> set[str]:
    """Names of files that stand without any path, and of which one medium alone has a path."""
    bare = {one.raw for item in items for one in media_of(item) if "/" not in one.raw}
    if not bare:
        return bare
    placed = Counter(name for item in items for name in _file_names(item))
    return {name for name in bare if placed[name] == _PAIR}


def _renditions(items: Sequence[Item]) -> _Renditions:
    """What the renditions of one medium have in common, known the other URLs of a source."""
    urls: dict[str, dict[str, None]] = {}
    for item in items:
        here = urls.setdefault(item.sightings[0].source, {})
        for one in media_of(item):
            if one.url:
                here[one.url] = None
    return {source: dict(zip(listed, group_keys(tuple(listed)), strict=True)) for source, listed in urls.items()}


def _tokens(item: Item, renditions: _Renditions) -> list[_Token]:
    first = item.sightings[0].source
    sources = sorted({sighting.source for sighting in item.sightings}) if len(item.sightings) > 1 else [first]
    known = renditions.get(first, {})
    tokens: list[_Token] = []
    local: list[_Token] = []
    for one in item.ids:
        if one.scheme != "local":
            tokens.append((f"id:{one.scheme.partition(':')[0]}:{one.value}", ()))
        if is_told(one.value) and (one.scheme == "local" or len(one.value) >= _LONG_ID):
            local += [(f"local:{source}:{one.value}", ()) for source in sources]
        elif one.scheme == "local":
            named = [name for name in _file_names(item) if one.value in name]
            local += [(f"file:{source}:{name}", ("titles",)) for source in sources for name in named]
    embeds: list[_Token] = []
    for location in item.locations:
        if location.role == "media":
            tokens += _media_tokens(location, sources, known)
        elif location.role == "embed" and location.url:
            embeds.append(("url:" + canonical(location.url), ("ids", "titles")))
    tokens += embeds
    tokens += local
    if item.title and has_own_title(item):
        tokens += _title_tokens(item, levelled(item.title), sources)
    return tokens


def _media_tokens(location: Location, sources: Sequence[str], renditions: Mapping[str, str]) -> list[_Token]:
    url = location.url
    if not url:
        return [(f"raw:{source}:{group_key(location.raw)}", ("ids", "titles")) for source in sources]
    rendition = renditions.get(url)
    if location.confidence == "guessed" or not rendition:
        return []
    own: _Token = ("url:" + canonical(url), () if location.delivery != "unknown" else ("titles",))
    if not _BARE_NUMBER.match(rendition):
        return [own, (rendition, ("ids", "titles"))]
    places = [folded_host(host_of(url)), *sources]
    return [own, *((f"{place}:{rendition}", ("ids", "titles")) for place in places)]


def _title_tokens(item: Item, title: str, sources: Sequence[str]) -> list[_Token]:
    """One page's records of one title: one medium where picture or length agree, or where only one has a file."""
    if len(title) < SHORTEST_TITLE:
        return []
    posters = {one.url.partition("?")[0] for one in item.locations if one.role == "poster" and one.url}
    tokens: list[_Token] = []
    for source in sources:
        tokens += [(f"poster:{source}:{poster}:{title}", ("ids",)) for poster in sorted(posters)]
        if item.duration_s:
            tokens.append((f"duration:{source}:{round(item.duration_s)}:{title}", ("ids",)))
        tokens.append((f"title:{source}:{title}", ("ids", "media")))
    return tokens
