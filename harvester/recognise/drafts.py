"""What the walk through a value works with: records and references while they are being put together."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Final, NamedTuple, TypeAlias

import msgspec

from harvester.model import Id, ListPosition, Path, Reference, Value
from harvester.model.vocabulary import Delivery, Kind, Role
from harvester.recognise.facts import Facts, read_facts
from harvester.recognise.ids import names_player
from harvester.recognise.shapes import delivered, is_url, media_kind, shape
from harvester.recognise.table import FACTS, Keys, normal
from harvester.recognise.technical import NOTHING_SAID, Technical, posters_of


class Identified(NamedTuple):
    """The platform id that a URL holds, of what kind its medium is, and whether the URL leads to that and no player."""

    id: Id
    kind: Kind
    is_media: bool


Identify: TypeAlias = Callable[[str], Identified | None]
"""Tells the platform id that a URL holds."""
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


_SCHEMA_ENTRIES: Final = frozenset(("videoobject", "audioobject"))
_ENTRIES: Final = _SCHEMA_ENTRIES | frozenset(
    "video videoclip videoclips videos clip audio podcast podcastepisode vod livestream".split()
)
_SHORTEST_ID: Final = 5
_LONGEST_TYPE: Final = 80


class Url(msgspec.Struct, frozen=True, gc=False):
    """A URL that an object holds under one of its keys."""

    raw: str
    key: str
    role: Role
    delivery: Delivery


class Draft(msgspec.Struct, gc=False):
    """A record being formed.

    Attributes:
        at: Where it stands in the decoded value.
        references: With paths from the root of the value.
        title_rank: 0 its own, 1 that of the object round it.
        place: Where among its siblings it stands.
        from_list: Whether it is one of several entries of a list.
        among_media: Whether most entries of such a list are media.
        aside: What it is besides a medium of the page, such as the preview of one; else an empty text.
        around: Paths, from the root, of facts that the object round it says of it.
    """

    at: Path
    record: dict[str, Value]
    references: list[Reference]
    facts: Facts
    kind: Kind = "unknown"
    title_rank: int = 0
    place: ListPosition | None = None
    from_list: bool = False
    among_media: bool = False
    aside: str = ""
    around: dict[str, Path] = msgspec.field(default_factory=dict)

    def loose(self) -> Loose:
        """Give what is only a form of a medium back as references."""
        path = self.facts.reads.get("duration")
        lasts = (self.facts.duration_s, (*self.at, *path)) if self.facts.duration_s and path else None
        return Loose(self.at, self.references, lasts=lasts)


class Loose(msgspec.Struct, gc=False):
    """References to one medium that no object describes yet; paths are from the root of the value.

    Attributes:
        key: Under which they stand in the object at hand.
        levels: How many objects have handed them up.
        place: In the innermost list of several media that they stand in.
        aside: What they are besides a medium of the page, such as the preview of one; else an empty text.
        renditions: Whether they were told to be the forms of one medium by what they say.
        lasts: A length that stands beside them, with its path from the root.
    """

    at: Path
    references: list[Reference]
    key: str = ""
    levels: int = 0
    place: ListPosition | None = None
    aside: str = ""
    renditions: bool = False
    lasts: tuple[float, Path] | None = None

    def take(self, other: Loose) -> None:
        """Join another's references to these."""
        self.references += other.references
        self.levels = max(self.levels, other.levels)
        self.lasts = self.lasts or other.lasts

    def is_listed(self) -> bool:
        """Whether they are one of several entries of a list, which an object round the list does not describe."""
        return self.place is not None and self.place.length > 1

    def media(self) -> list[str]:
        """Give the raw media URLs."""
        return [reference.raw for reference in self.references if reference.role == "media"]

    def draft(self) -> Draft:
        """Make a record of what nobody describes."""
        facts = Facts()
        if self.lasts:
            facts.duration_s, facts.reads["duration"] = self.lasts[0], self.lasts[1][len(self.at) :]
        kind, listed = kind_of(self.references), self.is_listed()
        return Draft(self.at, {}, self.references, facts, kind, place=self.place, from_list=listed, aside=self.aside)


class Level(msgspec.Struct, gc=False):
    """What a part of the value gave."""

    drafts: list[Draft] = msgspec.field(default_factory=list)
    loose: list[Loose] = msgspec.field(default_factory=list)

    def is_one_medium(self) -> bool:
        """Whether this is of one medium, previews and the like aside, and no collection of several."""
        return len(self.loose) + len([draft for draft in self.drafts if not draft.aside]) == 1


def reference_of(url: Url, at: Path, technical: Technical) -> Reference:
    """Make the reference of a URL that stands in the object at `at`, with what that says of the rendition."""
    if url.role != "media" or technical is NOTHING_SAID:
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
    found: Kind = "unknown"
    open_: list[str] = []
    heard: set[str] = set()
    for reference in references:
        if reference.role == "media":
            declared = media_kind(reference.media_type)
            kind, ending = (declared[0], "") if declared else shape(reference.raw)
            if not kind and reference.path:
                named = normal(str(reference.path[-1])).removesuffix("url").removesuffix("128")
                kind = shape(f"/a.{named}")[0]  # the name is a form's
            if kind == "video" and not _is_of_sound(reference.path):
                if ending != _OPEN:
                    return "video"
                open_.append(reference.raw.partition(_OPEN)[0])
            elif kind in ("video", "audio"):
                found = "audio"
                heard.add(reference.raw.partition(ending)[0] if ending else "")
    return "video" if not heard.issuperset(open_) else found


_OPEN: Final = "webm"
"""The container in which browsers get sound as well: beside a sound file of that name it holds sound."""


def _is_of_sound(path: Path | None) -> bool:
    said = {_sound_or_film(step) for step in path or () if isinstance(step, str)}
    return "audio" in said and "video" not in said


@lru_cache(maxsize=4096)
def _sound_or_film(key: str) -> str:
    name = normal(key)
    return "video" if "video" in name else "audio" if "audio" in name or "podcast" in name else ""


def declared_kind(record: dict[str, Value]) -> Kind | None:
    """Tell what an object says that it is: a video, audio or an image; None where it doesn't."""
    if record.keys().isdisjoint(_TYPE_KEYS):
        return None
    for key in _TYPE_KEYS:
        if key in record:
            value = record[key]
            if isinstance(value, list) and value:
                value = value[0]
            if isinstance(value, str) and len(value) <= _LONGEST_TYPE and (kind := _kind_called(value)):
                return kind
    return None


@lru_cache(maxsize=4096)
def _kind_called(declared: str) -> Kind | None:
    name = normal(declared)
    if name in ("imageobject", "image", "photo", "picture", "gallery", "imagegallery"):
        return "image"
    if name.startswith(("video", "clip", "movie", "tvepisode")) or name.endswith(("video", "videos")):
        return "video"
    if name.startswith(("audio", "podcastepisode", "musicrecording", "radioepisode")) or name == "podcast":
        return "audio"
    return None


def names_medium(record: dict[str, Value], keys: Keys, around: str = "", *, alone: bool = True) -> bool:
    """Whether an object is about a medium even without any URL of one.

    It has an id under a name that only media have; or says that it is a medium by a type that only media have, or by
    one of all kinds of things together with what a person would know the medium by. The latter counts only where no
    record stands beneath (`alone`), whose description the object is.

    Args:
        record: The object.
        keys: Its keys.
        around: The key under which it stands.
        alone: Whether no record stands beneath.
    """
    if names_player(record, keys, around):
        return True
    if declared_kind(record) not in ("video", "audio"):
        return False
    return "@type" in record or "__typename" in record or (alone and is_entry(record, keys))


def is_entry(record: dict[str, Value], keys: Keys) -> bool:
    """Whether an object says enough of a medium to list it with neither a file nor an id that players know.

    Of schema.org's media objects a title and one thing more; of what only calls itself a video also what settings,
    teasers and fields of forms don't have: a length or a picture, and an id or a page.

    Args:
        record: The object.
        keys: Its keys.
    """
    words = {normal(value) for key in _TYPE_KEYS if isinstance(value := record.get(key), str)}
    if words.isdisjoint(_ENTRIES):
        return False
    facts = read_facts(record, keys)
    if not facts.title:
        return False
    page = page_of(record, keys) is not None
    pictured = any(shape(one.raw)[0] == "image" for one in posters_of(record, keys))
    if words & _SCHEMA_ENTRIES:
        return bool(page or pictured or facts.duration_s or facts.published or facts.description)
    id_ = any(len(one.value) >= _SHORTEST_ID for one in facts.ids)
    return bool(facts.duration_s and (facts.ids or page)) or (pictured and id_ and page)


def page_of(record: dict[str, Value], keys: Keys) -> Reference | None:
    """Give the reference to the page that an object names for its medium."""
    for key in keys.of("page"):
        value = record[key]
        if isinstance(value, str) and not shape(value)[0] and (is_url(value.strip()) or value.startswith("/")):
            return Reference(raw=value.strip(), role="page", path=(key,), delivery="page")
    return None
