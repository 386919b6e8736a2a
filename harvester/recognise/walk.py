"""Walks decoded values and forms records: what describes one medium, with all that belongs to it.

A value is walked once, from the leaves up. An object that says where a medium is and what it is makes a record.
One that only says where (a rendition, a wrapper of URLs) hands its references up until an object describes them;
what nobody describes becomes a record where it stands. A record that lacks a title then takes it from the object
round it.
"""

from __future__ import annotations

from typing import Any, Final

from harvester.model import Limits, Path, Value, pointer
from harvester.recognise.drafts import (
    RENDITIONS,
    Draft,
    Group,
    Identify,
    Level,
    Loose,
    Url,
    declared_kind,
    image_record,
    names_medium,
)
from harvester.recognise.forming import enrich, form
from harvester.recognise.levels import as_one, entry_of, hand_up, labelled_forms, note_company, note_place, place_in
from harvester.recognise.players import HEADS, NAMES, OWNERS, TELLING
from harvester.recognise.sets import all_differ, by_group, renditions_among
from harvester.recognise.table import FACTS, keys_of, names_players, names_video, normal
from harvester.recognise.urls import NOT_MEDIA, STREAMS, UrlReader, each_of, stream_url, typed_urls
from harvester.syntax.packed import PACKED, unpacked

_URLS_A_FINDING: Final = 2
"""How many URLs of media one value may have for each finding that a document may have."""

_EMBED_KEYS: Final = frozenset(("embedUrl", "embedURL"))
"""As schema.org spells it, and did at first."""

_TYPE_HEADS: Final = frozenset(
    "video audio sourc appli movie clip podca music tvepi radio hls dash rtmp episo h-ent mp4 webm".split()
) | frozenset(HEADS)
"""How the types of media begin: `video/mp4`, `VideoObject`, `application/x-mpegURL`; and the names of players."""
_TYPE_NAMES: Final = frozenset((*FACTS["type"], "typename", "element", *OWNERS))

_ASIDE: Final = 1
_ID: Final = 2
_TYPED: Final = 4
_STREAM: Final = 8
_SAYS: Final = _ID | _TYPED
_LOOKED_AT: Final = 100
_NOTHING: Final = Level()
"""What most parts of a value give; it is never changed."""

_MOST_SIGNS: Final = 50_000
_SIGNS: Final[dict[str, int]] = {}
"""What each key that has been met tells."""


def _told_by(name: str) -> int:
    """What a key alone tells of its value, as bits: an image or caption, an id that players know, a type, a stream."""
    normalised = normal(name)
    told = (
        (_ASIDE if normalised in NOT_MEDIA else 0)
        | (_ID if normalised in TELLING or names_video(normalised) or names_players(normalised) else 0)
        | (_TYPED if normalised in _TYPE_NAMES else 0)
        | (_STREAM if normalised in STREAMS else 0)
    )
    if len(_SIGNS) < _MOST_SIGNS:
        _SIGNS[name] = told
    return told


class Walk:
    """Forms the records of one decoded value."""

    def __init__(
        self,
        limits: Limits,
        identify: Identify | None,
        group: Group,
        *,
        media_ids: bool,
        entries: bool = False,
        packed: bool = False,
        stills: bool = False,
    ) -> None:
        """Prepare a walk.

        Args:
            limits: Caps on depth and on values looked at.
            identify: Where given, URLs are also looked at for platform ids.
            group: Tells renditions of one medium from other media.
            media_ids: Whether an id that a player knows makes a record without any URL.
            entries: Whether the value is a playlist, in which an entry's URL is a medium whatever its ending.
            packed: Whether it may hold URLs that are encoded whole.
            stills: Whether a platform's picture that shows a medium makes a record without any other URL.
        """
        self._urls = UrlReader(identify, entries=entries, stills=stills)
        self._group, self._media_ids, self._packed = group, media_ids, packed
        self._depth = limits.depth
        self._left = limits.values
        self._urls_left = _URLS_A_FINDING * limits.findings
        self._path: list[str | int] = []
        """Where the walk is, from the root of the value."""
        self.stopped = False

    def run(self, value: Value, name: str = "") -> list[Draft]:
        """Give the records of a value; `stopped` tells whether a cap kept part of it from being looked at.

        Args:
            value: What was decoded.
            name: Under which it stands.
        """
        self._path.clear()
        level = _NOTHING
        if isinstance(value, dict):
            level = self._object(value)
        elif isinstance(value, list):
            level = self._list(value, name)
        return level.drafts + [loose.draft() for loose in level.loose]

    def _may_take(self) -> bool:
        """Whether one more URL is taken; after too many, that is noted and no more containers are looked at."""
        self._urls_left -= 1
        if self._urls_left >= 0:
            return True
        self._left, self.stopped = 0, True
        return False

    def _list(self, values: list[Any], key: str) -> Level:
        path, left = self._path, self._left
        if left <= 0 or len(path) > self._depth:
            self.stopped = True
            return _NOTHING
        self._left = left - len(values)
        level = Level()
        loose: list[Loose] = []
        giving = 0
        pointed: str | None = None
        of_kind = not path or path[-1] != "@graph"  # that is what a page is made of, not a list of its kind
        for index, value in enumerate(values):
            kind = type(value)
            if kind is str:
                url = self._urls.read(value, key) if "." in value else None
                if url and self._may_take():
                    giving += 1
                    pointed = pointer(tuple(path)) if pointed is None else pointed
                    loose.append(entry_of(url, tuple(path), key, place_in(pointed, index, values)))
            elif (kind is dict or kind is list) and value:
                path.append(index)
                inner = self._object(value) if kind is dict else self._list(value, key)
                path.pop()
                if inner is not _NOTHING:
                    giving += inner.is_one_medium()
                    if of_kind:
                        pointed = pointer(tuple(path)) if pointed is None else pointed
                        note_place(inner, place_in(pointed, index, values))
                    level.drafts += inner.drafts
                    loose += inner.loose
        return self._listed(values, key, level, loose, giving) if level.drafts or loose else _NOTHING

    def _listed(self, values: list[Value], key: str, level: Level, loose: list[Loose], giving: int) -> Level:
        """What a list gives: the forms of one medium, or media."""
        at = tuple(self._path)
        if len(level.drafts) + len(loose) > 1 and self._are_renditions(level, loose, at, key):
            return Level(loose=[as_one(level, loose, at, key)])
        level.loose = by_group(loose, self._group)
        if len(level.loose) == 1 and len(loose) == len(values) > 1 and not level.drafts:
            level.loose[0].place = None  # copies and forms of one medium, which is none of several
        if level.drafts:
            giving += self._images_beside(values, at, level)
            note_company(level, giving, len(values) if at[-1:] != ("@graph",) else 0)
        return level

    @staticmethod
    def _are_renditions(level: Level, loose: list[Loose], at: Path, key: str) -> bool:
        """Whether the entries of a list are the forms of one medium: by its name, or by what they say."""
        if any(len(draft.at) != len(at) + 1 for draft in level.drafts):
            return False
        if not level.drafts and normal(key) in RENDITIONS and (at or all_differ(loose)):
            return True  # of a variable the name alone tells too little
        return renditions_among(level.drafts, loose)

    @staticmethod
    def _images_beside(values: list[Value], at: Path, level: Level) -> int:
        """Images that stand in a list where other records have their medium are items too; give how many there are."""
        depth = len(at)
        own = [draft for draft in level.drafts if len(draft.at) == depth + 1]
        keys = {
            str(reference.path[-1])
            for draft in own
            for reference in draft.references
            if reference.role == "media" and reference.path and len(reference.path) == depth + 2
        }
        if not keys:
            return 0
        before = len(level.drafts)
        taken = {draft.at[depth] for draft in level.drafts}
        for index, value in enumerate(values):
            if isinstance(value, dict) and index not in taken:
                draft = image_record(value, (*at, index), sorted(keys))
                if draft:
                    draft.place = place_in(pointer(at), index, values)
                    level.drafts.append(draft)
        return len(level.drafts) - before

    def _object(self, record: dict[str, Any]) -> Level:  # noqa: C901, PLR0912 - the one hot loop, in one piece
        path, left = self._path, self._left
        if left <= 0 or len(path) > self._depth:
            self.stopped = True
            return _NOTHING
        self._left = left - len(record)
        own: list[Url] = []
        level = _NOTHING
        bare: list[Loose] = []
        quiet: list[str] = []
        signs, packed = _ID if path and path[-1] in NAMES else 0, self._packed
        for name, value in record.items():
            kind = type(value)
            try:
                sign = _SIGNS[name]
            except KeyError:
                sign = _told_by(name)
            if kind is str:
                if sign and (sign != _TYPED or value[:5].lower() in _TYPE_HEADS):
                    signs |= sign
                text = unpacked(value) if packed and value.startswith(PACKED) else value
                if "." in text:
                    if text[0] == "[" and (forms := labelled_forms(text, name, (*path, name))):
                        if self._may_take():
                            level = Level() if level is _NOTHING else level
                            bare.append(forms)
                    elif (
                        url := self._urls.read(text, name) or (sign & _STREAM and stream_url(text, name))
                    ) and self._may_take():
                        own += each_of(url) if "," in url.raw else (url,)
            elif kind is dict or kind is list:
                if value:
                    if kind is list:
                        signs |= sign & _TYPED
                    if sign & _ASIDE and not _holds_video(value):
                        continue
                    path.append(name)
                    inner = self._object(value) if kind is dict else self._list(value, name)
                    path.pop()
                    if inner is not _NOTHING:
                        level = Level() if level is _NOTHING else level
                        hand_up(inner, name, level, bare)
                    elif kind is dict:
                        quiet.append(name)
            elif kind is int:
                signs |= sign
        if signs & _SAYS or own or level is not _NOTHING:
            return self._formed(record, own, bare, quiet, level, signs)
        return _NOTHING

    def _formed(
        self, record: dict[str, Value], own: list[Url], bare: list[Loose], quiet: list[str], level: Level, signs: int
    ) -> Level:
        """What an object gives, with the record that it makes, if any."""
        if signs & _TYPED and (not [url for url in own if url.role == "media"] or not _EMBED_KEYS.isdisjoint(record)):
            own += typed_urls(record, {url.key for url in own})
        if signs & _ID and not own and not bare and (frame := self._urls.frame(record)):
            own.append(frame)
        if own or bare or (self._media_ids and signs & _SAYS and self._has_id(record, level)):
            level = Level() if level is _NOTHING else level
            form(record, tuple(self._path), own, bare, quiet, level, self._group)
        if level.drafts:
            enrich(record, tuple(self._path), level, quiet)
        return level if level.drafts or level.loose else _NOTHING

    def _has_id(self, record: dict[str, Value], level: Level) -> bool:
        """Whether an object that has no URL names its medium all the same."""
        step = self._path[-1] if self._path else ""
        around = step if isinstance(step, str) else ""
        return names_medium(record, keys_of(record), around, alone=not level.drafts)


def _holds_video(value: Value) -> bool:
    """Whether what stands under an image's or caption's name says that it is a video, or that one is among it."""
    some = value[:_LOOKED_AT] if isinstance(value, list) else [value]
    return any(isinstance(one, dict) and declared_kind(one) in ("video", "audio") for one in some)
