"""Walks decoded values and forms records: what describes one medium, with all that belongs to it.

A value is walked once, from the leaves up. An object that says where a medium is and what it is makes a record.
One that only says where (a rendition, a wrapper of URLs) hands its references up until an object describes them;
what nobody describes becomes a record where it stands. A record that lacks a title then takes it from the object
round it.
"""

from __future__ import annotations

import re
from typing import Any, Final

from harvester.model import Limits, Path, Value, pointer
from harvester.model.vocabulary import Delivery
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
from harvester.recognise.frames import frame_of, framed
from harvester.recognise.levels import as_one, entry_of, hand_up, labelled_forms, note_company, note_place, place_in
from harvester.recognise.players import HEADS, NAMES, OWNERS, TELLING
from harvester.recognise.sets import all_differ, by_group, renditions_among
from harvester.recognise.shapes import delivery_of, is_path, is_url, listed, media_kind, shape, wrapped
from harvester.recognise.table import FACTS, is_technical, keys_of, names_video, normal
from harvester.recognise.technical import declared_type
from harvester.syntax.packed import PACKED, unpacked

_CAPTION: Final = frozenset(FACTS["caption"]) - {"tracks"}
_NOT_MEDIA: Final = frozenset((*FACTS["poster"], *_CAPTION, *FACTS["storyboard"]))
_URL_KEYS: Final = frozenset(
    ("url", "src", "file", "source", "contenturl", "href", "uri", "link", "streamurl", "playurl")
)
_SHORTEST_URL: Final = 5
_SLASHES: Final = 3
"""In a URL that leads to more than a host."""

_QUOTED_COLON: Final = ("%3", "s%")
"""What stands behind `http` in a URL that is percent-encoded whole."""

_URLS_A_FINDING: Final = 2
"""How many URLs of media one value may have for each finding that a document may have."""

_MEDIA_KINDS: Final = frozenset(("video", "audio"))
_EMBED_KEYS: Final = frozenset(("embedUrl", "embedURL"))
"""As schema.org spells it, and did at first."""

_TYPE_HEADS: Final = frozenset(
    "video audio sourc appli movie clip podca music tvepi radio hls dash rtmp episo h-ent mp4 webm".split()
) | frozenset(HEADS)
"""How the types of media begin: `video/mp4`, `VideoObject`, `application/x-mpegURL`; and the names of players."""
_TYPE_NAMES: Final = frozenset((*FACTS["type"], "typename", "element", *OWNERS))

_PLAYED: Final = re.compile(r"function/\d+/(?=https?://)")
"""What KVS players find before a URL that they have to unlock; it stands there unlocked."""

_PLAYING: Final = ("video", "audio", "source")
_PLAYED_KEYS: Final = ("src", "data-src")
_NO_FILE: Final = re.compile(r"\s*(?:(?:https?:)?//[^/?#:]*+/?|.*\.)\s*")
"""An address of a host alone, or that lacks the ending for which it was made."""

_LACKS_ID: Final = re.compile(r"(?:[?&]\w{1,20}=|/(?:embed|watch|v|e)/?)\Z", re.IGNORECASE)
"""How a player's address ends that a template was to complete with an id, and had none."""

_STREAMS: Final[dict[str, Delivery]] = {
    **dict.fromkeys(("hls", "hlsurl", "hlsstream", "m3u8", "m3u8url"), "hls"),
    **dict.fromkeys(("dash", "dashurl", "mpd", "mpdurl"), "dash"),
    **dict.fromkeys(("mp3", "mp3128", "mp3url", "playaddr", "downloadaddr"), "unknown"),
}
"""Names that say in which form a medium is, so that its URL may lack an ending, and how it comes then."""

_ASIDE: Final = 1
_ID: Final = 2
_TYPED: Final = 4
_STREAM: Final = 8
_SAYS: Final = _ID | _TYPED
_NOTHING: Final = Level()
"""What most parts of a value give; it is never changed."""

_MOST_SIGNS: Final = 50_000


_SIGNS: Final[dict[str, int]] = {}
"""What each key that has been met tells."""


def _told_by(name: str) -> int:
    """What a key alone tells of its value, as bits: an image or caption, an id that players know, a type, a stream."""
    normalised = normal(name)
    told = (
        (_ASIDE if normalised in _NOT_MEDIA else 0)
        | (_ID if normalised in TELLING or names_video(normalised) else 0)
        | (_TYPED if normalised in _TYPE_NAMES else 0)
        | (_STREAM if normalised in _STREAMS else 0)
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
        self._identify, self._group, self._media_ids = identify, group, media_ids
        self._entries, self._packed, self._stills = entries, packed, stills
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
                url = self._url(value, key) if "." in value else None
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
                        url := self._url(text, name) or (sign & _STREAM and _stream(text, name))
                    ) and self._may_take():
                        own += _several(url) if "," in url.raw else (url,)
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
            own += self._typed(record, {url.key for url in own})
        if signs & _ID and not own and not bare and (frame := self._frame(record)):
            own.append(frame)
        if own or bare or (self._media_ids and signs & _SAYS and self._has_id(record, level)):
            level = Level() if level is _NOTHING else level
            form(record, tuple(self._path), own, bare, quiet, level, self._group)
        if level.drafts:
            enrich(record, tuple(self._path), level, quiet)
        return level if level.drafts or level.loose else _NOTHING

    def _frame(self, record: dict[str, Value]) -> Url | None:
        """What a frame shows: a platform's medium that its URL names, or a player that no profile knows."""
        frame = (self._identify and framed(record, self._identify)) or frame_of(record)
        return Url(frame[1], frame[0], "embed", "page") if frame else None

    def _has_id(self, record: dict[str, Value], level: Level) -> bool:
        """Whether an object that has no URL names its medium all the same."""
        step = self._path[-1] if self._path else ""
        around = step if isinstance(step, str) else ""
        return names_medium(record, keys_of(record), around, alone=not level.drafts)

    def _url(self, text: str, key: str) -> Url | None:
        """Read a string as the URL of a medium, or None where it is none."""
        if "/" not in text and text[4:6] in _QUOTED_COLON:
            text = unpacked(text)
        if len(text) < _SHORTEST_URL or ("/" not in text and not is_technical(key)):
            return None  # too little, or at most the name of a file whose URL stands elsewhere
        kind, ending = shape(text)
        if ending and not kind:
            text = wrapped(text)
            kind, ending = shape(text)
        if kind:
            if kind not in _MEDIA_KINDS or normal(key) in _CAPTION:
                return self._still(text, key) if self._stills else None  # pictures and captions
            return Url(_PLAYED.sub("", text.strip()), key, "media", delivery_of(ending, None))
        if self._identify and is_url(text) and normal(key) not in _NOT_MEDIA and self._identify(text.strip()):
            return Url(text.strip(), key, "embed", "page")
        if self._entries and normal(key) in _URL_KEYS and is_url(text):
            return Url(text.strip(), key, "media", "unknown")
        return self._still(text, key) if self._stills and normal(key) in _NOT_MEDIA and is_url(text) else None

    def _still(self, text: str, key: str) -> Url | None:
        """Read a picture's URL as the still of the medium whose id it holds."""
        return Url(text.strip(), key, "poster", "file") if self._identify and self._identify(text.strip()) else None

    @staticmethod
    def _typed(record: dict[str, Value], known: set[str]) -> list[Url]:
        """URLs that only the declared type beside them tells to be of media."""
        found: list[Url] = []
        if declared_kind(record) in ("video", "audio"):
            for key, value in record.items():
                name = normal(key)
                if key in known or name not in ("contenturl", "embedurl") or not isinstance(value, str):
                    continue
                delivery: Delivery = "unknown" if name == "contenturl" else "page"
                if is_path(value) and not _LACKS_ID.search(value):
                    found.append(Url(value.strip(), key, "media" if name == "contenturl" else "embed", delivery))
        if found or known:
            return found
        if record.get("element") in _PLAYING:
            return _played_by(record)
        kind = media_kind(declared_type(record, keys_of(record)))
        if kind:
            for key, value in record.items():
                if isinstance(value, str) and normal(key) in _URL_KEYS and is_path(value) and not shape(value)[0]:
                    return [Url(value.strip(), key, "media", kind[1])]
        return found


def _played_by(record: dict[str, Value]) -> list[Url]:
    """What a media element plays, whatever the ending of its address."""
    for key in _PLAYED_KEYS:
        value = record.get(key)
        if isinstance(value, str) and is_path(value) and not _NO_FILE.fullmatch(value) and not shape(value)[0]:
            return [Url(value.strip(), key, "media", "unknown")]
    return []


def _several(url: Url) -> list[Url]:
    """A URL, or those of which it is a list."""
    return [Url(one, url.key, "media", delivery_of(shape(one)[1], None)) for one in listed(url.raw)] or [url]


def _stream(text: str, key: str) -> Url | None:
    """Read as a medium's URL one without any ending that stands under the name of a form."""
    text = text.strip()
    if "." in text[text.rfind("/") :] or text.rstrip("/").count("/") < _SLASHES or not is_url(text):
        return None
    return Url(text, key, "media", _STREAMS[normal(key)])


def _holds_video(value: Value) -> bool:
    """Whether a value under an image's or caption's name says that it is a video."""
    return isinstance(value, dict) and declared_kind(value) in ("video", "audio")
