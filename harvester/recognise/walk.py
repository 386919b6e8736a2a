"""Walks decoded values and forms records: what describes one medium, with all that belongs to it.

A value is walked once, from the leaves up. An object that says where a medium is and what it is makes a record.
One that only says where (a rendition, a wrapper of URLs) hands its references up until an object describes them;
what nobody describes becomes a record where it stands. A record that lacks a title then takes it from the object
round it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias

from harvester.model import Id, Limits, ListPosition, Path, Reference, Value, pointer
from harvester.model.vocabulary import Delivery, Kind
from harvester.recognise.facts import Facts, captions_of, posters_of, read_facts, read_technical, storyboards_of
from harvester.recognise.shapes import delivery_of, is_path, is_url, media_kind, shape
from harvester.recognise.table import FACTS, IDS, is_technical, normal

Identify: TypeAlias = Callable[[str], "tuple[Id, Kind] | None"]
"""Tells the platform id that a URL holds, and what kind of medium it is of."""
Group: TypeAlias = Callable[[str], str]
"""Gives a text that is equal for renditions of one medium."""

_POSTER: Final = frozenset(FACTS["poster"])
_CAPTION: Final = frozenset(FACTS["caption"]) - {"tracks"} | {"texttracks"}
_STORYBOARD: Final = frozenset(FACTS["storyboard"])
_NOT_MEDIA: Final = _POSTER | _CAPTION | _STORYBOARD
_EMBED: Final = frozenset(FACTS["embed"])
_PAGE: Final = frozenset(FACTS["page"]) - {"href", "path", "slug", "uri"}
_RENDITIONS: Final = frozenset(FACTS["renditions"])
_URL_KEYS: Final = frozenset(
    ("url", "src", "file", "source", "contenturl", "href", "uri", "link", "streamurl", "playurl")
)
_DESCRIBING: Final = frozenset(
    "meta metadata info details data snippet attributes fields video media content properties config params item"
    " videodetails basicinfo player clip asset microformat analytics tracking videodata mediadata".split()
)
_LOOSE_LEVELS: Final = 4
_SHORTEST_URL: Final = 5


@dataclass(slots=True)
class Draft:
    """A record being formed; `at` is where it stands in the decoded value."""

    at: Path
    record: dict[str, Value]
    references: list[Reference]
    facts: Facts
    kind: Kind = "unknown"
    title_rank: int = 0
    list: ListPosition | None = None
    described: bool = True
    from_list: bool = False


@dataclass(slots=True)
class Loose:
    """References to one medium that no object describes yet; paths are absolute."""

    at: Path
    record: dict[str, Value]
    references: list[Reference]
    key: str = ""
    levels: int = 0
    list: ListPosition | None = None


@dataclass(slots=True)
class _Level:
    """What a part of the value gave."""

    drafts: list[Draft] = field(default_factory=list)
    loose: list[Loose] = field(default_factory=list)


class Walk:
    """Forms the records of one decoded value."""

    def __init__(self, limits: Limits, identify: Identify | None, group: Group, *, media_ids: bool) -> None:
        """Prepare a walk.

        Args:
            limits: Caps on depth and on values looked at.
            identify: Where given, URLs are also looked at for platform ids.
            group: Tells renditions of one medium from other media.
            media_ids: Whether an id that a player knows makes a record without any URL.
        """
        self._limits, self._identify, self._group, self._media_ids = limits, identify, group, media_ids
        self._left = limits.values
        self.too_deep = False

    def run(self, value: Value) -> list[Draft]:
        """Give the records of a value."""
        level = self._visit(value, (), "")
        return level.drafts + [_draft(loose, Facts(), described=False) for loose in level.loose]

    def _visit(self, value: Value, at: Path, key: str) -> _Level:
        if len(at) > self._limits.depth or self._left <= 0:
            self.too_deep = True
            return _Level()
        if isinstance(value, dict):
            return self._object(value, at, key)
        if isinstance(value, list):
            return self._list(value, at, key)
        return _Level()

    # -- lists -----------------------------------------------------------------------------------------------

    def _list(self, values: list[Value], at: Path, key: str) -> _Level:
        level = _Level()
        self._left -= len(values)
        loose: list[Loose] = []
        containers = False
        for index, value in enumerate(values):
            kind = type(value)
            if kind is str:
                reference = self._reference(value, (*at, index), key)  # type: ignore[arg-type]  # told by its type
                if reference:
                    place = ListPosition(pointer=pointer(at), position=index, length=len(values))
                    loose.append(Loose(at, {}, [reference], key, list=place))
            elif (kind is dict or kind is list) and value:
                containers = True
                inner = self._visit(value, (*at, index), key)
                if inner.drafts or inner.loose:
                    place = ListPosition(pointer=pointer(at), position=index, length=len(values))
                    self._place(inner, place)
                    level.drafts += inner.drafts
                    loose += inner.loose
        if loose:
            level.loose = self._joined(loose, at, renditions=normal(key) in _RENDITIONS or self._are_renditions(loose))
        if containers and level.drafts:
            self._images_beside(values, at, level)
        return level

    @staticmethod
    def _place(inner: _Level, place: ListPosition) -> None:
        """Note where among its siblings a record stands; the innermost list counts."""
        for draft in inner.drafts:
            draft.list = draft.list or place
            draft.from_list = draft.from_list or place.length > 1
        for one in inner.loose:
            one.list = one.list or place

    def _are_renditions(self, loose: list[Loose]) -> bool:
        if len(loose) < 2:
            return True
        keys = {
            self._group(reference.raw) for one in loose for reference in one.references if reference.role == "media"
        }
        return len(keys) <= 1

    def _joined(self, loose: list[Loose], at: Path, *, renditions: bool) -> list[Loose]:
        if not loose or not renditions:
            return self._by_group(loose)
        first = loose[0]
        references = [reference for one in loose for reference in one.references]
        return [Loose(at if len(loose) > 1 else first.at, first.record, references, first.key, first.levels)]

    def _by_group(self, loose: list[Loose]) -> list[Loose]:
        """Join what is told to be one medium by its names alone."""
        if len(loose) < 2:
            return loose
        groups: dict[str, Loose] = {}
        for one in loose:
            media = next((reference.raw for reference in one.references if reference.role == "media"), None)
            name = self._group(media) if media else f"\0{len(groups)}"
            if name in groups:
                groups[name].references += one.references
            else:
                groups[name] = one
        return list(groups.values())

    def _images_beside(self, values: list[Value], at: Path, level: _Level) -> None:
        """Images that stand in a list where other records have their medium are items too."""
        fields = {
            reference.path
            for draft in level.drafts
            if len(draft.at) == len(at) + 1
            for reference in draft.references
            if reference.role == "media" and len(reference.path) == 1
        }
        if not fields:
            return
        taken = {draft.at[: len(at) + 1] for draft in level.drafts}
        for index, value in enumerate(values):
            if not isinstance(value, dict) or (*at, index) in taken:
                continue
            draft = image_record(value, (*at, index), [path[0] for path in fields])
            if draft:
                draft.list = ListPosition(pointer=pointer(at), position=index, length=len(values))
                draft.from_list = True
                level.drafts.append(draft)

    # -- objects ---------------------------------------------------------------------------------------------

    def _object(self, record: dict[str, Value], at: Path, key: str) -> _Level:
        self._left -= len(record)
        own: list[Reference] = []
        level = _Level()
        bare: list[Loose] = []
        quiet: list[str] = []
        signs = 0
        for name, value in record.items():
            kind = type(value)
            if kind is str:
                text: str = value  # type: ignore[assignment]  # told by its type
                sign = _SIGNS.get(name)
                if sign is None:
                    sign = _signs(name)
                if sign and (sign != _TYPED or text[:5].lower() in _TYPE_HEADS):
                    signs |= sign
                if "." in text:
                    reference = self._reference(text, (name,), name)
                    if reference:
                        own.append(reference)
            elif kind is dict or kind is list:
                if value and not (_signs(name) & _ASIDE and not _holds_video(value)):
                    self._member(name, value, at, level, bare, quiet)
            elif kind is int:
                signs |= _signs(name)
        if len(own) > 1:
            own = _without_file_names(own)
        if signs & _TYPED and not any(reference.role == "media" for reference in own):
            own += self._typed(record, own)
        has_id = self._media_ids and signs & (_ID | _TYPED) and not own and not bare and _names_video(record)
        if own or bare or has_id:
            self._form(record, at, own, bare, quiet, level)
        if level.drafts:
            self._enrich(record, at, level, quiet)
        return level

    def _member(self, name: str, value: Value, at: Path, level: _Level, bare: list[Loose], quiet: list[str]) -> None:
        """Visit one member that is a container, and sort what it gave."""
        inner = self._visit(value, (*at, name), name)
        level.drafts += inner.drafts
        for one in inner.loose:
            one.levels += 1
            one.key = name
        bare += inner.loose
        if not inner.drafts and not inner.loose and isinstance(value, dict):
            quiet.append(name)

    def _form(
        self,
        record: dict[str, Value],
        at: Path,
        own: list[Reference],
        bare: list[Loose],
        quiet: list[str],
        level: _Level,
    ) -> None:
        """Make a record of what is here, or hand it up."""
        facts = read_facts(record)
        declared = _declared_kind(record)
        if declared == "image":
            return
        for name in quiet:
            child = record[name]
            if isinstance(child, dict) and normal(name) in _DESCRIBING and not facts.title:
                facts.fill(read_facts(child), (name,))
        own = [self._completed(reference, record) for reference in own]
        describes = bool(facts.title) if self._is_rendition(at) else facts.describes
        sets = self._sets(own, bare, at, described=describes)
        single = len(sets) <= 1
        if describes and single and (sets or _strong(facts)):
            references = [_relative(reference, at) for reference in (sets[0].references if sets else [])]
            level.drafts.append(self._record(record, at, references, facts, declared))
            return
        for one in sets:
            if describes or one.levels >= _LOOSE_LEVELS:
                draft = _draft(one, Facts(), described=False)
                level.drafts.append(draft)
            else:
                level.loose.append(one)

    @staticmethod
    def _is_rendition(at: Path) -> bool:
        """Whether a place is one where the forms of one medium are listed: there an id alone is a rendition's."""
        names = [step for step in at[-2:] if isinstance(step, str)]
        return bool(names) and normal(names[-1]) in _RENDITIONS

    def _sets(self, own: list[Reference], bare: list[Loose], at: Path, *, described: bool) -> list[Loose]:
        """Group references by medium: what a record names itself, or in lists of renditions, is one."""
        absolute = [replace(reference, path=(*at, *reference.path)) for reference in own]
        media = [reference for reference in absolute if reference.role in ("media", "embed")]
        if not media and not bare:
            return []
        together = described or len(media) <= 1 or all(is_technical(str(reference.path[-1])) for reference in media)
        sets: list[Loose] = []
        if media and together:
            sets.append(Loose(at, {}, absolute))
        elif media:
            sets += self._by_group([Loose(at, {}, [reference], str(reference.path[-1])) for reference in media])
        elif absolute:
            bare[0].references += absolute
        for one in bare:
            technical = normal(one.key) in _RENDITIONS or is_technical(one.key)
            target = sets[0] if sets and (technical or self._same(sets[0], one)) and together else None
            if target:
                target.references += one.references
                target.levels = max(target.levels, one.levels)
            elif technical and sets and not media:
                sets[0].references += one.references
            else:
                sets.append(one)
        return sets

    def _same(self, first: Loose, second: Loose) -> bool:
        known = {self._group(reference.raw) for reference in first.references if reference.role == "media"}
        return any(self._group(reference.raw) in known for reference in second.references if reference.role == "media")

    def _record(
        self, record: dict[str, Value], at: Path, references: list[Reference], facts: Facts, declared: Kind | None
    ) -> Draft:
        extra = [*posters_of(record), *captions_of(record), *storyboards_of(record)]
        known = {reference.raw for reference in references}
        references = references + [reference for reference in extra if reference.raw not in known]
        draft = Draft(at, record, references, facts, declared or kind_of(references))
        if draft.kind == "unknown" and _names_video(record):
            draft.kind = "video"
        return draft

    def _enrich(self, record: dict[str, Value], at: Path, level: _Level, quiet: list[str]) -> None:
        """Give records that lack a title that of this object, the one round them."""
        lacking = [draft for draft in level.drafts if not draft.facts.title and draft.at != at]
        if not lacking:
            return
        facts = read_facts(record)
        alone = len(level.drafts) == 1 and not level.drafts[0].from_list
        for name in quiet:
            child = record[name]
            if isinstance(child, dict) and normal(name) in _DESCRIBING and not facts.title:
                facts.fill(read_facts(child), (name,))
        for draft in lacking:
            if facts.title:
                draft.facts.title, draft.title_rank = facts.title, 1
            if alone:
                inherited = replace(facts, title=None, ids=(), reads={})
                draft.facts.fill(inherited)
                if not any(reference.role == "poster" for reference in draft.references):
                    draft.references += [
                        replace(reference, path=(*at, *reference.path)) for reference in posters_of(record)
                    ]
                if not draft.facts.ids and _strong(facts):
                    draft.facts.ids = facts.ids

    # -- references ------------------------------------------------------------------------------------------

    def _reference(self, value: str, path: Path, key: str) -> Reference | None:
        """Read a string as a reference to a medium, or None where it is none."""
        if len(value) < _SHORTEST_URL:
            return None
        kind, ending = shape(value)
        if kind == "video" or kind == "audio":
            if normal(key) in _CAPTION:
                return None
            return Reference(raw=value.strip(), role="media", path=path, delivery=delivery_of(ending, None))
        if self._identify and not kind and is_url(value) and self._identify(value.strip()):
            return Reference(raw=value.strip(), role="embed", path=path, delivery="page")
        return None

    def _typed(self, record: dict[str, Value], own: list[Reference]) -> list[Reference]:
        """References that only the declared type beside them tells to be media."""
        declared = _declared_kind(record)
        known = {reference.path for reference in own}
        found: list[Reference] = []
        if declared in ("video", "audio"):
            names = {normal(name): name for name in record}
            for name, role in (("contenturl", "media"), ("embedurl", "embed")):
                key = names.get(name)
                value = record[key] if key else None
                if key and isinstance(value, str) and is_path(value) and (key,) not in known:
                    delivery: Delivery = "unknown" if role == "media" else "page"
                    found.append(Reference(raw=value.strip(), role=role, path=(key,), delivery=delivery))  # type: ignore[arg-type]
        kind = media_kind(read_technical(record).media_type)
        if kind and not found:
            for key, value in record.items():
                if isinstance(value, str) and normal(key) in _URL_KEYS and is_path(value) and not shape(value)[0]:
                    found.append(Reference(raw=value.strip(), role="media", path=(key,), delivery=kind[1]))
                    break
        return found

    def _completed(self, reference: Reference, record: dict[str, Value]) -> Reference:
        """Add what the object says of the rendition that it is."""
        if reference.role != "media":
            return reference
        technical = read_technical(record)
        kind = media_kind(technical.media_type)
        key = str(reference.path[-1])
        return replace(
            reference,
            delivery=reference.delivery if reference.delivery != "unknown" or not kind else kind[1],
            media_type=technical.media_type if kind and "/" in (technical.media_type or "") else None,
            width=technical.width,
            height=technical.height,
            bitrate_bps=technical.bitrate_bps,
            size_bytes=technical.size_bytes,
            frame_rate=technical.frame_rate,
            codecs=technical.codecs,
            language=technical.language,
            label=technical.label if technical.label != key else None,
            drm=technical.drm,
        )


def _without_file_names(own: list[Reference]) -> list[Reference]:
    """Leave out bare names of files that stand as names beside the URL of the file itself."""
    if not any("/" in reference.raw for reference in own):
        return own
    return [reference for reference in own if "/" in reference.raw or normal(str(reference.path[-1])) not in _NAMES]


_NAMES: Final = frozenset(
    (*FACTS["title"], *FACTS["label"], "originalname", "originalfilename", "filenames", "basename")
)
_ASIDE: Final = 1
_ID: Final = 2
_TYPED: Final = 4
_TYPE_HEADS: Final = frozenset(
    "video audio appli movie clip podca music tvepi radio hls dash rtmp episo h-ent mp4 webm".split()
)
"""How the types of media begin: `video/mp4`, `VideoObject`, `application/x-mpegURL`."""
_TYPE_NAMES: Final = frozenset((*FACTS["type"], "typename", "element"))


_SIGNS: Final[dict[str, int]] = {}
_MOST_SIGNS: Final = 50_000


def _signs(name: str) -> int:
    """What a key alone tells of its value, as bits: an image or caption, an id that players know, a type."""
    known = _SIGNS.get(name)
    if known is None:
        normalised = normal(name)
        known = (
            (_ASIDE if normalised in _NOT_MEDIA else 0)
            | (_ID if normalised in IDS else 0)
            | (_TYPED if normalised in _TYPE_NAMES else 0)
        )
        if len(_SIGNS) < _MOST_SIGNS:
            _SIGNS[name] = known
    return known


def image_record(record: dict[str, Value], at: Path, keys: list[str | int]) -> Draft | None:
    """Make a record of an object whose medium is an image, if it is described."""
    for key in keys:
        value = record.get(str(key))
        if isinstance(value, str) and shape(value.strip())[0] == "image":
            facts = read_facts(record)
            if facts.title or facts.ids:
                reference = Reference(raw=value.strip(), role="media", path=(str(key),), delivery="file")
                return Draft(at, record, [reference], facts, "image")
    return None


def kind_of(references: list[Reference]) -> Kind:
    """Tell what a medium is by what refers to it: video where any reference is."""
    kinds: set[str] = set()
    for reference in references:
        if reference.role == "media":
            declared = media_kind(reference.media_type)
            kinds.add(declared[0] if declared else shape(reference.raw)[0])
        elif reference.role == "embed":
            kinds.add("video")
    return "video" if "video" in kinds else "audio" if "audio" in kinds else "unknown"


def _draft(loose: Loose, facts: Facts, *, described: bool) -> Draft:
    references = [_relative(reference, loose.at) for reference in loose.references]
    record = loose.record
    return Draft(loose.at, record, references, facts, kind_of(references), list=loose.list, described=described)


def _relative(reference: Reference, at: Path) -> Reference:
    return replace(reference, path=reference.path[len(at) :]) if reference.path[: len(at)] == at else reference


def _holds_video(value: Value) -> bool:
    """Whether a value under an image's or caption's name says that it is a video."""
    return isinstance(value, dict) and _declared_kind(value) in ("video", "audio")


def _declared_kind(record: dict[str, Value]) -> Kind | None:
    for key in ("@type", "type", "__typename", "mediaType", "kind", "contentType", "media_type", "element", "medium"):
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


def _names_video(record: dict[str, Value]) -> bool:
    """Whether a record has an id under a name that only media have, with something else beside it."""
    return any(normal(key) in IDS and record[key] for key in record) or (
        _declared_kind(record) in ("video", "audio") and ("@type" in record or "__typename" in record)
    )


def _strong(facts: Facts) -> bool:
    return bool(facts.ids)
