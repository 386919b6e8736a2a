"""What a document's bytes are searched for before anything is parsed.

Two passes of a packed multi-pattern search look at every byte once; all else happens only near what they hit.
Each pattern list stays below about sixty entries, above which the search loses its vector instructions and
becomes four times slower.
"""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal, TypeAlias

import ahocorasick_rs

EXTENSIONS: Final = (
    "mp4 m4v webm mov flv f4v avi wmv mpg mpeg 3gp mkv asf asx rm ram m3u8 mpd ism mp3 m4a ogg oga ogv opus flac aac wav"
).split()
"""File name endings of media and playlists, as they are looked for, in lower and upper case."""

MarkKind: TypeAlias = Literal[
    "file", "id", "object", "embed", "script", "end-script", "element", "meta", "flight", "base64", "scope"
]

_SLASH = rb"(?:/|\\+/|\\+u002[fF]|%2[fF]|%252[fF])"
_ASSIGN = rb"(?:\\*[\"']|&quot;|&#34;|%22)?\s{0,4}(?:[:=]|&#58;|%3A)"

# A file name's ending counts where a name stands in front of it and no other ending behind it.
_AFTER_EXTENSION = re.compile(rb"(?![\w-])(?!\.\w)")
_BEFORE_EXTENSION: Final = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-)}%]~'!@+*&,;=$")


@dataclass(frozen=True, slots=True)
class _Hint:
    """A text to look for, what it is a mark of, and what must follow it (matched at its start)."""

    text: bytes
    kind: MarkKind
    verify: bytes | None = None


_ID = rb"\w{0,12}" + _ASSIGN
_HINTS: Final = (
    _Hint(b"<script", "script"),
    _Hint(b"</script", "end-script"),
    _Hint(b"<SCRIPT", "script"),
    _Hint(b"</SCRIPT", "end-script"),
    _Hint(b"<video", "element"),
    _Hint(b"<VIDEO", "element"),
    _Hint(b"<audio", "element"),
    _Hint(b"<AUDIO", "element"),
    _Hint(b"<iframe", "element"),
    _Hint(b"<IFRAME", "element"),
    _Hint(b"<embed", "element"),
    _Hint(b"<object", "element", rb"<object[\s>]"),
    _Hint(b"<amp-", "element", rb"<amp-(?!img|analytics|ad\b|auto-ads|sidebar|consent|list|state|carousel|geo)"),
    _Hint(b"<lite-", "element"),
    _Hint(b"og:video", "meta"),
    _Hint(b"og:audio", "meta"),
    _Hint(b"twitter:player", "meta"),
    _Hint(b"__next_f", "flight", rb"__next_f(?:\s*=[^;]*;\s*\w+\.__next_f)?(?:\s*\|\|\s*\[\]\s*\))?\.push\(\s*\["),
    _Hint(b"VideoObject", "object"),
    _Hint(b"AudioObject", "object"),
    _Hint(b"PodcastEpisode", "object"),
    _Hint(
        b"contentUrl",
        "object",
        rb"contentUrl" + _ASSIGN + rb"\s*+\\*+[\"'](?![^\"'\s]{0,500}\.(?:jpe?g|png|webp|gif|svg|avif)\b)",
    ),
    _Hint(b"embedUrl", "object", rb"embedUrl[^\w]"),
    _Hint(b"embedURL", "object"),
    _Hint(b"videoId", "id", rb"videoIds?" + _ASSIGN),
    _Hint(b"videoID", "id", rb"videoID" + _ASSIGN),
    _Hint(b"video_id", "id", rb"video_ids?" + _ASSIGN),
    _Hint(b"video-id", "id", rb"video-id" + _ASSIGN),
    _Hint(b"videoid", "id", rb"videoid" + _ASSIGN),
    _Hint(b"mediaId", "id", rb"mediaId" + _ASSIGN + rb"\s*+\\*+[\"']\w"),
    _Hint(b"mediaid", "id", rb"mediaid" + _ASSIGN),
    _Hint(b"media_id", "id", rb"media_id" + _ASSIGN),
    _Hint(b"media-id", "id", rb"media-id" + _ASSIGN),
    _Hint(b"entryId", "id", rb"entryId" + _ASSIGN),
    _Hint(b"entry_id", "id", rb"entry_id" + _ASSIGN),
    _Hint(b"youtube-id", "id", rb"youtube-id" + _ASSIGN),
    _Hint(b"youtubeId", "id", rb"youtubeId" + _ASSIGN),
    _Hint(b"youtube_id", "id", rb"youtube_id" + _ASSIGN),
    _Hint(b"data-ytid", "id"),
    _Hint(b"data-yt-id", "id"),
    _Hint(b"embedCode", "id", rb"embedCode" + _ASSIGN),
    _Hint(b"youtube.com", "embed", rb"youtube\.com" + _SLASH + rb"(?:embed|v|shorts|live|watch)\b"),
    _Hint(b"youtube-nocookie.com", "embed"),
    _Hint(b"youtu.be", "embed", rb"youtu\.be" + _SLASH + rb"[\w-]{11}"),
    _Hint(b"ytimg.com", "embed", rb"ytimg\.com" + _SLASH + rb"vi"),
    _Hint(b"vimeo.com", "embed", rb"vimeo\.com" + _SLASH + rb"(?:video" + _SLASH + rb")?\d{6}"),
    _Hint(b"dailymotion.com", "embed", rb"dailymotion\.com" + _SLASH + rb"(?:embed|video|player|thumbnail)"),
    _Hint(b"jwplayer.com", "embed"),
    _Hint(b"jwplatform.com", "embed"),
    _Hint(b"brightcove", "embed", rb"brightcove(?:\.(?:net|com|services)|cdn\.)"),
    _Hint(b"soundcloud.com", "embed", rb"soundcloud\.com(?:" + _SLASH + rb"|%2F)(?:player|tracks|playlists)"),
    _Hint(b"open.spotify.com", "embed", rb"open\.spotify\.com" + _SLASH + rb"(?:embed|episode)"),
    _Hint(b"eyJ", "base64", rb"eyJ[\w+/-]{40,}+"),
    _Hint(b"aHR0c", "base64", rb"aHR0c[DHM][\w+/-]{16,}+"),
    _Hint(
        b"schema.org/", "scope", rb"schema\.org/(?:Video|Audio|Music|Clip|Media|Podcast|Movie|Episode|TVEpisode|Radio)"
    ),
    _Hint(b"h-entry", "scope"),
)


@dataclass(frozen=True, slots=True)
class Marks:
    """Where a document shows signs of media, sorted by position.

    Attributes:
        files: Position of the dot of each media file name's ending.
        hints: Position and kind of everything else.
    """

    files: list[int]
    hints: list[tuple[int, MarkKind]]


@cache
def _searchers() -> tuple[ahocorasick_rs.BytesAhoCorasick, ahocorasick_rs.BytesAhoCorasick]:
    first = ahocorasick_rs.MatchKind.LeftmostFirst
    longest_first = sorted(EXTENSIONS, key=len, reverse=True)
    endings = [b"." + form.encode() for text in longest_first for form in (text, text.upper())]
    return (
        ahocorasick_rs.BytesAhoCorasick(endings, matchkind=first),
        ahocorasick_rs.BytesAhoCorasick([hint.text for hint in _HINTS], matchkind=first),
    )


@cache
def _verifiers() -> list[re.Pattern[bytes] | None]:
    return [re.compile(hint.verify) if hint.verify else None for hint in _HINTS]


_BASE64: Final = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/_-")


def _hides_media(encoded: bytes) -> bool:
    """Tell whether a base64 text holds the name of a media file; most are tokens."""
    body = encoded.replace(b"-", b"+").replace(b"_", b"/")
    text = binascii.a2b_base64(body[: len(body) & ~3])
    return bool(find_files(text)) or b"video" in text


def has_marks(text: bytes) -> bool:
    """Tell whether anything in a text is a sign of media; on the safe side, since what follows is not looked at."""
    files, hints = _searchers()
    return bool(files.find_matches_as_indexes(text)) or any(
        _HINTS[index].kind in _IN_DATA for index, _, _ in hints.find_matches_as_indexes(text)
    )


_IN_DATA: Final = frozenset(("id", "object", "embed", "base64", "element"))


def find_files(utf8: bytes, start: int = 0, end: int | None = None) -> list[int]:
    """Give the position of the dot of every media file name's ending, in order."""
    searcher, _ = _searchers()
    view = utf8 if start == 0 and end is None else utf8[start:end]
    after, before = _AFTER_EXTENSION.match, _BEFORE_EXTENSION
    return [
        start + at
        for _, at, stop in searcher.find_matches_as_indexes(view)
        if at and (view[at - 1] in before or view[at - 1] >= 0x80) and after(view, stop)
    ]


def find_hints(utf8: bytes) -> list[tuple[int, MarkKind]]:
    """Give position and kind of every other sign of media, and of scripts, in order."""
    _, searcher = _searchers()
    verifiers = _verifiers()
    found: list[tuple[int, MarkKind]] = []
    for index, at, _ in searcher.find_matches_as_indexes(utf8):
        verify = verifiers[index]
        kind = _HINTS[index].kind
        if kind == "base64" and at and utf8[at - 1] in _BASE64:
            continue  # inside of a longer text, such as a picture
        held = verify.match(utf8, at) if verify else True
        if held is True or (held and (kind != "base64" or _hides_media(held[0]))):
            found.append((at, kind))
    return found
