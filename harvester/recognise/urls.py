"""Tells which strings of a record are the URLs of media, and how what they lead to comes."""

from __future__ import annotations

import re
from typing import Final

from harvester.model import Value
from harvester.model.vocabulary import Delivery, Role
from harvester.recognise.drafts import Identify, Url, declared_kind
from harvester.recognise.frames import frame_of, framed
from harvester.recognise.shapes import delivery_of, is_path, is_url, listed, media_kind, shape, wrapped
from harvester.recognise.table import FACTS, is_technical, keys_of, normal
from harvester.recognise.technical import declared_type
from harvester.syntax.packed import unpacked

_CAPTION: Final = frozenset(FACTS["caption"]) - {"tracks"}
NOT_MEDIA: Final = frozenset((*FACTS["poster"], *_CAPTION, *FACTS["storyboard"]))
"""Names of what is about a medium and is none itself: pictures, captions."""

_URL_KEYS: Final = frozenset(
    ("url", "src", "file", "source", "contenturl", "href", "uri", "link", "streamurl", "playurl")
)
_SHORTEST_URL: Final = 5
_SLASHES: Final = 3
"""In a URL that leads to more than a host."""

_QUOTED_COLON: Final = ("%3", "s%")
"""What stands behind `http` in a URL that is percent-encoded whole."""

_STYLED: Final = re.compile(r":\s*url\(\s*[\"']?([^\"'()\s]+)")
"""A file in a style: `--clip: url(/v/a.mp4)`."""

_MEDIA_KINDS: Final = frozenset(("video", "audio"))
_PLAYED: Final = re.compile(r"function/\d+/(?=https?://)")
"""What KVS players find before a URL that they have to unlock; it stands there unlocked."""

_PLAYING: Final = ("video", "audio", "source")
_PLAYED_KEYS: Final = ("src", "data-src")
_NO_FILE: Final = re.compile(r"\s*(?:(?:https?:)?//[^/?#:]*+/?|.*\.)\s*")
"""An address of a host alone, or that lacks the ending for which it was made."""

_LACKS_ID: Final = re.compile(r"(?:[?&]\w{1,20}=|/(?:embed|watch|v|e)/?)\Z", re.IGNORECASE)
"""How a player's address ends that a template was to complete with an id, and had none."""

_PLAYERS_PAGE: Final = re.compile(r"/(?:play|player|videos?)/\Z", re.IGNORECASE)
"""How the address of a site's player ends, which is no file, whatever is said of it."""

STREAMS: Final[dict[str, Delivery]] = {
    **dict.fromkeys(("hls", "hlsurl", "hlsstream", "m3u8", "m3u8url"), "hls"),
    **dict.fromkeys(("dash", "dashurl", "mpd", "mpdurl"), "dash"),
    **dict.fromkeys(("mp3", "mp3128", "mp3url", "playaddr", "downloadaddr"), "unknown"),
}
"""Names that say in which form a medium is, so that its URL may lack an ending, and how it comes then."""


_FILE: Final[tuple[Role, Delivery]] = ("media", "unknown")
_PAGE: Final[tuple[Role, Delivery]] = ("embed", "page")


class UrlReader:
    """Reads strings as URLs of media, by what is known of the value in which they stand."""

    __slots__ = ("_entries", "_identify", "_stills")

    def __init__(self, identify: Identify | None, *, entries: bool, stills: bool) -> None:
        """Prepare to read; see `Walk` for the arguments."""
        self._identify, self._entries, self._stills = identify, entries, stills

    def read(self, text: str, key: str) -> Url | None:
        """Read a string as the URL of a medium, or None where it is none."""
        if "/" not in text and text[4:6] in _QUOTED_COLON:
            text = unpacked(text)
        if "url(" in text and (styled := _STYLED.search(text)) and shape(styled[1])[0] in _MEDIA_KINDS:
            text = styled[1]
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
        if self._identify and is_url(text) and normal(key) not in NOT_MEDIA:
            url = text.strip()
            if found := self._identify(url):
                return Url(url, key, *(_FILE if found.is_media else _PAGE))
        if self._entries and normal(key) in _URL_KEYS and is_url(text):
            return Url(text.strip(), key, "media", "unknown")
        return self._still(text, key) if self._stills and normal(key) in NOT_MEDIA and is_url(text) else None

    def _still(self, text: str, key: str) -> Url | None:
        """Read a picture's URL as the still of the medium whose id it holds."""
        return Url(text.strip(), key, "poster", "file") if self._identify and self._identify(text.strip()) else None

    def frame(self, record: dict[str, Value]) -> Url | None:
        """What a frame shows: a platform's medium that its URL names, or a player that no profile knows."""
        frame = (self._identify and framed(record, self._identify)) or frame_of(record)
        return Url(frame[1], frame[0], "embed", "page") if frame else None


def typed_urls(record: dict[str, Value], known: set[str]) -> list[Url]:
    """URLs that only the declared type beside them tells to be of media."""
    found: list[Url] = []
    if declared_kind(record) in ("video", "audio"):
        for key, value in record.items():
            name = normal(key)
            if key in known or name not in ("contenturl", "embedurl") or not isinstance(value, str):
                continue
            is_media = name == "contenturl" and not _PLAYERS_PAGE.search(value)
            if is_path(value) and not _LACKS_ID.search(value):
                found.append(Url(value.strip(), key, *(_FILE if is_media else _PAGE)))
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


def each_of(url: Url) -> list[Url]:
    """A URL, or those of which it is a list."""
    return [Url(one, url.key, "media", delivery_of(shape(one)[1], None)) for one in listed(url.raw)] or [url]


def stream_url(text: str, key: str) -> Url | None:
    """Read as a medium's URL one without any ending that stands under the name of a form."""
    text = text.strip()
    if "." in text[text.rfind("/") :] or text.rstrip("/").count("/") < _SLASHES or not is_url(text):
        return None
    return Url(text, key, "media", STREAMS[normal(key)])
