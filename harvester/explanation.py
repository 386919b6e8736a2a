"""From the bytes in the source to the URL, step by step: what `harvest explain` shows."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, get_args
from urllib.parse import unquote_to_bytes

from harvester.errors import UsageError
from harvester.model import DEFAULT, Item, Manifest, Sighting, Source, Span
from harvester.model.vocabulary import Role
from harvester.resolve.profiles import Profiles, Step
from harvester.sources.inputs import Named
from harvester.sources.reading import read

_AROUND_BYTES: Final = 240
_RECORD_BYTES: Final = 1600
_CLIMBED: Final = 100
"""So many sightings are tried: a site's logo may have one on each of ten thousand pages."""
ROLES: Final[tuple[Role, ...]] = get_args(Role)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One span of a source, with the line in which it stands.

    Attributes:
        basis: Whether this is the source's own text, or the manifest's quote since the source is not there or is
            another one now.
        before: What stands before it in its line, shortened.
        record: The text of the span, shortened.
        after: What stands after it in its line, shortened.
    """

    basis: Literal["source", "missing", "changed"]
    span: Span
    before: str
    record: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One sighting with its source and the places at which it stands."""

    sighting: Sighting
    source: Source
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What there is to say of an item.

    Attributes:
        steps: Every rule that profiles, as they are now, try on the sightings; of a rule that holds for one of them
            and not for another, that it holds.
    """

    item: Item
    seen: tuple[Seen, ...]
    steps: tuple[Step, ...]


def explain(manifest: Manifest, key: str, *, profiles: Profiles, folder: str = ".") -> Explanation:
    """Explain an item.

    Args:
        manifest: In which it is.
        key: Its key, one of its aliases, its id, or one of its URLs or paths.
        profiles: For the rules tried.
        folder: Where sources are looked for too, beside the current folder: the manifest's.

    Raises:
        UsageError: No item has this key.
    """
    item = _item(manifest, key)
    sources = {source.id: source for source in manifest.sources}
    texts = {source_id: _bytes_of(sources[source_id], folder) for source_id in {s.source for s in item.sightings}}
    seen = tuple(
        Seen(
            sighting=sighting,
            source=sources[sighting.source],
            places=tuple(_place(sighting, span, sources[sighting.source], texts) for span in sighting.spans),
        )
        for sighting in item.sightings
    )
    return Explanation(item=item, seen=seen, steps=_steps(item, seen, profiles))


def _item(manifest: Manifest, key: str) -> Item:
    for item in manifest.items:
        if item.key == key:
            return item
    for item in manifest.items:
        if key in item.aliases or key == item.id:
            return item
    for item in manifest.items:
        if any(key in (location.url, location.raw) for location in item.locations):
            return item
    keys = [item.id if item.id and item.key.startswith("path:") else item.key for item in manifest.items]
    if not keys:
        raise UsageError("the manifest lists no items")
    from difflib import get_close_matches  # noqa: PLC0415 - for mistakes only

    near = get_close_matches(key, keys[:5000], n=3, cutoff=0.3) or keys[:3]
    raise UsageError(
        f"no item has the key {key!r}", f"there are: {', '.join(near)}{' …' if len(keys) > len(near) else ''}"
    )


def _bytes_of(source: Source, folder: str) -> bytes | Literal["missing", "changed"]:
    """Read a source again; it counts only if it is the same to the byte."""
    path = os.fsdecode(unquote_to_bytes(source.uri)) if "%" in source.uri else source.uri
    found: Literal["missing", "changed"] = "missing"
    for candidate in (source.uri, path, os.path.join(folder, source.uri)):  # noqa: PTH118 - a name is kept as it is
        if not os.path.isfile(candidate):  # noqa: PTH113
            continue
        data, _ = read(Named(source.uri, candidate), DEFAULT)
        if data is not None and hashlib.sha256(data).hexdigest() == source.sha256:
            return data
        found = "changed"
    return found


def _place(
    sighting: Sighting, span: Span, source: Source, texts: Mapping[str, bytes | Literal["missing", "changed"]]
) -> Place:
    data = texts[sighting.source]
    if isinstance(data, str):
        return Place(basis=data, span=span, before="", record=sighting.quote, after="")
    start, end = span
    encoding = source.encoding or "utf-8"
    record = data[start:end]
    shown = record.decode(encoding, "replace")
    if len(record) > _RECORD_BYTES:
        half = _RECORD_BYTES // 2
        shown = f"{record[:half].decode(encoding, 'ignore')} … {record[-half:].decode(encoding, 'ignore')}"
    # A multiple of four before the span, so that the units of UTF-16 and UTF-32 stay whole.
    before = data[start - min(_AROUND_BYTES, start // 4 * 4) : start].decode(encoding, "ignore")
    after = data[end : end + _AROUND_BYTES].decode(encoding, "ignore")
    return Place(
        basis="source",
        span=span,
        before=before.rpartition("\n")[2],
        record=shown,
        after=after.partition("\n")[0],
    )


def _steps(item: Item, seen: Sequence[Seen], profiles: Profiles) -> tuple[Step, ...]:
    """Let profiles climb their ladders once more on what each sighting said, and keep what they tried."""
    tried: dict[str, Step] = {}
    for each in seen[:_CLIMBED]:
        for step in _climbed(item, each.sighting, each.source, profiles):
            known = tried.get(step.rule)
            if known is None or (step.matched and not known.matched):
                tried[step.rule] = step
    return tuple(tried.values())


def _climbed(item: Item, sighting: Sighting, source: Source, profiles: Profiles) -> tuple[Step, ...]:
    paths: dict[Role, list[str]] = {}
    for role in ROLES:
        pointer = sighting.reads.get(role)
        value = None if pointer is None else sighting.fields.get(pointer[1:], sighting.fields.get(pointer))
        if isinstance(value, str):
            paths[role] = [value]
    urls = [raw for raws in paths.values() for raw in raws]
    claim = profiles.match(sighting.fields, urls, source.url, item.ids)
    return profiles.locations(claim, paths=paths, ids=item.ids, kind=item.kind, fields=sighting.fields).steps
