"""What the walk through a value works with: records and references while they are being put together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple, TypeAlias

import msgspec

from harvester.model import Id, ListPosition, Path, Reference, Value
from harvester.model.vocabulary import Delivery, Kind, Role
from harvester.recognise.facts import Facts, read_facts
from harvester.recognise.ids import names_player
from harvester.recognise.shapes import delivered, media_kind, shape
from harvester.recognise.table import FACTS, normal
from harvester.recognise.technical import Technical

Identify: TypeAlias = Callable[[str], "tuple[Id, Kind] | None"]
"""Tells the platform id that a URL holds, and what kind of medium it is of."""
Group: TypeAlias = Callable[[str], str]
"""Gives a text that is equal for renditions of one medium."""

RENDITIONS: Final = frozenset(FACTS["renditions"])
_TYPE_KEYS: Final = (
    "@type",
    "type",
    "__typename",
    "mediaType",
    "kind",
    "contentType",
    "media_type",
    "element",
    "medium",
)


class Url(NamedTuple):
    """A URL that an object holds under one of its keys."""

    raw: str
    key: str
    role: Role
    delivery: Delivery


class Draft(msgspec.Struct):
    """A record being formed.

    Attributes:
        at: Where it stands in the decoded value.
        references: With paths from the root of the value.
        title_rank: 0 its own, 1 that of the object round it.
        place: Where among its siblings it stands.
        from_list: Whether it is one of several.
    """

    at: Path
    record: dict[str, Value]
    references: list[Reference]
    facts: Facts
    kind: Kind = "unknown"
    title_rank: int = 0
    place: ListPosition | None = None
    from_list: bool = False


class Loose(msgspec.Struct):
    """References to one medium that no object describes yet; paths are from the root of the value.

    Attributes:
        key: Under which they stand in the object at hand.
        levels: How many objects have handed them up.
    """

    at: Path
    references: list[Reference]
    key: str = ""
    levels: int = 0
    place: ListPosition | None = None

    def media(self) -> list[str]:
        """Give the raw media URLs."""
        return [reference.raw for reference in self.references if reference.role == "media"]

    def draft(self) -> Draft:
        """Make a record of what nobody describes."""
        return Draft(self.at, {}, self.references, Facts(), kind_of(self.references), place=self.place)


class Level(msgspec.Struct):
    """What a part of the value gave."""

    drafts: list[Draft] = msgspec.field(default_factory=list)
    loose: list[Loose] = msgspec.field(default_factory=list)


def reference_of(url: Url, at: Path, technical: Technical) -> Reference:
    """Make the reference of a URL that stands in the object at `at`, with what that says of the rendition."""
    if url.role != "media":
        return Reference(raw=url.raw, role=url.role, path=(*at, url.key), delivery=url.delivery)
    kind = media_kind(technical.media_type)
    return Reference(
        raw=url.raw,
        role="media",
        path=(*at, url.key),
        delivery=delivered(url.delivery, technical.media_type),
        media_type=technical.media_type if kind and "/" in (technical.media_type or "") else None,
        width=technical.width,
        height=technical.height,
        bitrate_bps=technical.bitrate_bps,
        size_bytes=technical.size_bytes,
        frame_rate=technical.frame_rate,
        codecs=technical.codecs,
        language=technical.language,
        label=technical.label if technical.label != url.key else None,
        drm=technical.drm,
    )


def image_record(record: dict[str, Value], at: Path, keys: list[str]) -> Draft | None:
    """Make a record of an object whose medium is an image, if it is described."""
    for key in keys:
        value = record.get(key)
        if isinstance(value, str) and shape(value)[0] == "image":
            facts = read_facts(record)
            if facts.title or facts.ids:
                reference = Reference(raw=value.strip(), role="media", path=(*at, key), delivery="file")
                return Draft(at, record, [reference], facts, "image", from_list=True)
    return None


def kind_of(references: list[Reference]) -> Kind:
    """Tell what a medium is by what refers to it: video where any reference is; of an embed, the platform tells.

    What stands under a name of sound is that, though its container is one that films have as well.
    """
    kinds: set[str] = set()
    for reference in references:
        if reference.role == "media":
            declared = media_kind(reference.media_type)
            kind = declared[0] if declared else shape(reference.raw)[0]
            kinds.add("audio" if kind == "video" and _is_of_sound(reference.path) else kind)
    return "video" if "video" in kinds else "audio" if "audio" in kinds else "unknown"


def _is_of_sound(path: Path | None) -> bool:
    names = [normal(step) for step in path or () if isinstance(step, str)]
    return any("audio" in name or "podcast" in name for name in names) and not any("video" in name for name in names)


def declared_kind(record: dict[str, Value]) -> Kind | None:
    """Tell what an object says that it is: a video, audio or an image; None where it doesn't."""
    for key in _TYPE_KEYS:
        value = record.get(key)
        if isinstance(value, list) and value:
            value = value[0]
        if not isinstance(value, str):
            continue
        name = normal(value)
        if name in ("imageobject", "image", "photo", "picture", "gallery", "imagegallery"):
            return "image"
        if name.startswith(("video", "clip", "movie", "tvepisode")) or name.endswith(("video", "videos")):
            return "video"
        if name.startswith(("audio", "podcastepisode", "musicrecording", "radioepisode")) or name == "podcast":
            return "audio"
    return None


def names_medium(record: dict[str, Value], at: Path = ()) -> bool:
    """Whether an object has an id under a name that only media have, or a type that only media have."""
    return names_player(record, next((step for step in at[-1:] if isinstance(step, str)), "")) or (
        declared_kind(record) in ("video", "audio") and ("@type" in record or "__typename" in record)
    )
