"""What a document's bytes are searched for before anything is parsed.

Three passes of a packed multi-pattern search look at every byte once; all else happens only near what they hit.
A search is fast while its patterns have four bytes or more and are few: two lists of thirty cost half as much as one
of sixty, and one pattern of three bytes doubles the cost of its list (extensions are rare enough to bear it).
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Final, Literal, TypeAlias

import ahocorasick_rs

EXTENSIONS: Final = (
    "mp4", "m4v", "webm", "mov", "flv", "f4v", "avi", "wmv", "mpg", "mpeg", "3gp", "mkv", "asf", "asx", "rm", "ram",
    "m3u8", "mpd", "ism", "mp3", "m4a", "ogg", "oga", "ogv", "opus", "flac", "aac", "wav",
)  # fmt: skip
"""File name endings of media and playlists, as they are looked for, in lower and upper case."""

MarkKind: TypeAlias = Literal[
    "file", "id", "object", "embed", "call", "script", "end-script", "element", "meta", "flight", "base64", "scope"
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


_QUOTE = rb"(?:\\*[\"'`]|&quot;|&#34;|&#39;|%22)"
# An id that is given as such: behind a key's name a text, a number or a list; behind an attribute's name anything.
_IS_ID = rb"\w{0,12}" + _ASSIGN + rb"\s{0,4}(?:" + _QUOTE + rb"[\w:{]|\d|\[|[\w$]{1,2}[,}])"
_HAS_ID = rb"(?:[\w-]{0,12}=[\"']?\w|" + _IS_ID + rb")"


def _player(name: bytes, otherwise: bytes) -> bytes:
    """A player's name without its first letter, where it says that a medium is meant.

    That is as a whole value (`"provider": "vimeo"`), as the key or attribute of an id, or as `otherwise` says.
    """
    of_id = rb"=[\"']?[\w-]{11}[\"'\s>]|[\w-]{0,12}[iI][dD]" + _HAS_ID
    value = _QUOTE + rb"\s{0,4}(?:[,}\]\s>]|:\s{0,4}(?:\\*[\"'][\w-]{5,}\\*[\"']|\d|\{))"
    return (
        name
        + rb"(?:"
        + otherwise
        + rb"|"
        + of_id
        + rb"|(?<=[\"'`;2].{"
        + str(len(name) + 1).encode()
        + rb"})"
        + value
        + rb")"
    )


_MARKUP: Final = (
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
    _Hint(b"<EMBED", "element"),
    _Hint(b"<object", "element", rb"<object[\s>]"),
    _Hint(b"<OBJECT", "element", rb"<OBJECT[\s>]"),
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
    # What base64 texts of media begin with, behind what can stand before them: a search for three letters is slow.
    _Hint(b'"eyJ', "base64", rb".eyJ[\w+/-]{40,}+"),
    _Hint(b"'eyJ", "base64", rb".eyJ[\w+/-]{40,}+"),
    _Hint(b"=eyJ", "base64", rb".eyJ[\w+/-]{40,}+"),
    _Hint(b";eyJ", "base64", rb".eyJ[\w+/-]{40,}+"),
    _Hint(b"aHR0c", "base64", rb"aHR0c[DHM][\w+/-]{16,}+"),
    _Hint(
        b"schema.org/", "scope", rb"schema\.org/(?:Video|Audio|Music|Clip|Media|Podcast|Movie|Episode|TVEpisode|Radio)"
    ),
)
_PLAYERS: Final = (
    _Hint(b"h-entry", "scope"),
    _Hint(b"ideoI", "id", rb"ideoI[dD]" + _IS_ID),
    _Hint(b"ideo_id", "id", rb"ideo_id" + _IS_ID),
    _Hint(b"ideo-id", "id", rb"ideo-id" + _HAS_ID),
    _Hint(b"ideoid", "id", rb"ideoid" + _HAS_ID),
    _Hint(b"ediaId", "id", rb"ediaId" + _ASSIGN + rb"\s*+\\*+[\"']\w"),
    _Hint(b"edia_id", "id", rb"edia_id" + _IS_ID),
    _Hint(b"edia-id", "id", rb"edia-id" + _HAS_ID),
    _Hint(b"ediaid", "id", rb"ediaid" + _HAS_ID),
    _Hint(b"entryI", "id", rb"entryI[dD]" + _IS_ID),
    _Hint(b"entry_id", "id", rb"entry_id" + _IS_ID),
    _Hint(b"entry-id", "id", rb"entry-id" + _HAS_ID),
    _Hint(b"entryid", "id", rb"entryid" + _HAS_ID),
    _Hint(b"hashed-id", "id"),
    _Hint(b"bcid", "id", rb"bcid=[\"']?\d{10}"),
    _Hint(b"mbedCode", "id", rb"mbedCode" + _IS_ID),
    _Hint(b"mbedcode", "id", rb"mbedcode" + _HAS_ID),
    _Hint(b"-embed-id", "id"),
    _Hint(b"a-yt", "id", rb"a-yt(?:-?id)?="),
    _Hint(
        b"outube",
        "embed",
        _player(b"outube", rb"(?:-nocookie)?\.com" + _SLASH + rb"(?:embed|v|shorts|live|watch)\b"),
    ),
    _Hint(b"youtu.be", "embed", rb"youtu\.be" + _SLASH + rb"[\w-]{11}"),
    _Hint(b"ytimg.com", "embed", rb"ytimg\.com" + _SLASH + rb"vi"),
    _Hint(b"imeo", "embed", _player(b"imeo", rb"\.com" + _SLASH + rb"(?:video" + _SLASH + rb")?\d{6}")),
    _Hint(b"Vimeo.Player", "call"),
    _Hint(
        b"ailymotion",
        "embed",
        _player(b"ailymotion", rb"\.com" + _SLASH + rb"(?:embed|video|player|thumbnail|swf)"),
    ),
    _Hint(b"jwplayer", "embed", _player(b"jwplayer", rb"\.com|_\w{8}_")),
    _Hint(b"jwplatform", "embed", _player(b"jwplatform", rb"\.com")),
    _Hint(b"botr_", "embed", rb"botr_\w{8}_\w{8}"),
    _Hint(b"rightcove", "embed", _player(b"rightcove", rb"\.(?:net|com|services)|cdn\.|Experience\b")),
    _Hint(b"altura", "embed", _player(b"altura", rb"\.com")),
    _Hint(b"kalturaIframeEmbed", "call"),
    _Hint(b"oyala", "embed", _player(b"oyala", rb"\.com" + _SLASH)),
    _Hint(b"OO.Player", "call"),
    _Hint(b"heplatform.", "embed"),
    _Hint(b"anvp", "id", rb"anvp(?:\.[\w.]+\s*=|=[\"']?[{&%])"),
    _Hint(
        b"istia", "embed", _player(b"istia", rb"\.(?:com|net)" + _SLASH + rb"(?:embed|medias)|(?:_async)?_[a-z0-9]{10}")
    ),
    _Hint(b"Wistia.embed", "call"),
    _Hint(b"_wq.push", "call"),
    _Hint(b"DM.player", "call"),
    _Hint(b"lomex", "embed", _player(b"lomex", rb"\.com" + _SLASH + rb"|-(?:player|integration)")),
    _Hint(b"soundcloud.com", "embed", rb"soundcloud\.com(?:" + _SLASH + rb"|%2F)(?:player|tracks|playlists)"),
    _Hint(b"open.spotify.com", "embed", rb"open\.spotify\.com" + _SLASH + rb"(?:embed|episode)"),
    _Hint(b"instagram-media", "embed"),
    _Hint(b"tiktok-embed", "embed"),
    _Hint(b"twitter-video", "embed"),
    _Hint(b"fb-video", "embed"),
    _Hint(b"json+oembed", "embed", rb"json\+oembed(?![^>]{0,300}wp-json/oembed)"),
    _Hint(b"lashvars", "embed", rb"lashvars[\"']?\s*[=:]"),
)
_LISTS: Final = (_MARKUP, _PLAYERS)


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
def _file_searcher() -> ahocorasick_rs.BytesAhoCorasick:
    longest_first = sorted(EXTENSIONS, key=len, reverse=True)
    endings = [b"." + form.encode() for text in longest_first for form in (text, text.upper())]
    return ahocorasick_rs.BytesAhoCorasick(endings, matchkind=ahocorasick_rs.MatchKind.LeftmostFirst)


_Check: TypeAlias = tuple[MarkKind, re.Pattern[bytes] | None]


@cache
def _hint_searchers() -> list[tuple[ahocorasick_rs.BytesAhoCorasick, list[_Check]]]:
    first = ahocorasick_rs.MatchKind.LeftmostFirst
    return [
        (
            ahocorasick_rs.BytesAhoCorasick([hint.text for hint in hints], matchkind=first),
            [(hint.kind, re.compile(hint.verify) if hint.verify else None) for hint in hints],
        )
        for hints in _LISTS
    ]


_WINDOW: Final = 8 << 20
_OVERLAP: Final = 64
"""Longer than any text that is looked for."""

_BASE64: Final = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/_-")


def _hides_media(encoded: bytes) -> bool:
    """Tell whether a base64 text holds the name of a media file; most are tokens."""
    body = encoded.replace(b"-", b"+").replace(b"_", b"/")
    try:
        text = binascii.a2b_base64(body[: len(body) & ~3])
    except binascii.Error:
        return False
    return bool(find_files(text)) or b"video" in text


def has_marks(text: bytes) -> bool:
    """Tell whether anything in a text is a sign of media; on the safe side, since what follows is not looked at."""
    if _file_searcher().find_matches_as_indexes(text):
        return True
    for searcher, checks in _hint_searchers():
        for index, at, _ in searcher.find_matches_as_indexes(text):
            kind, verify = checks[index]
            if kind in _IN_DATA and (verify is None or verify.match(text, at)):
                return True
    return False


_IN_DATA: Final = frozenset(("id", "object", "embed", "base64", "element"))


def _matches(searcher: ahocorasick_rs.BytesAhoCorasick, text: bytes) -> Iterator[tuple[int, int, int]]:
    """Search window by window, so that who needs no more matches can stop before the memory for all is taken."""
    done = 0
    for low in range(0, len(text), _WINDOW):
        window = text if len(text) <= _WINDOW else text[low : low + _WINDOW + _OVERLAP]
        for index, at, stop in searcher.find_matches_as_indexes(window):
            if low + at >= done and at < _WINDOW:
                done = low + stop
                yield index, low + at, done


def find_files(utf8: bytes, most: int | None = None) -> list[int]:
    """Give the position of the dot of every media file name's ending, in order, `most` at most."""
    searcher = _file_searcher()
    after, before = _AFTER_EXTENSION.match, _BEFORE_EXTENSION
    dots = (
        at
        for _, at, stop in _matches(searcher, utf8)
        if at and (utf8[at - 1] in before or utf8[at - 1] >= 0x80) and after(utf8, stop)
    )
    return list(islice(dots, most))


def find_hints(utf8: bytes, most: int | None = None) -> list[tuple[int, MarkKind]]:
    """Give position and kind of every other sign of media, and of scripts, in order, `most` at most."""
    found: list[tuple[int, MarkKind]] = []
    for searcher, checks in _hint_searchers():
        known = len(found)
        for index, at, _ in _matches(searcher, utf8):
            kind, verify = checks[index]
            if len(found) - known == most:
                break
            if verify is None:
                found.append((at, kind))
                continue
            held = verify.match(utf8, at)
            if held and kind != "base64":
                found.append((at, kind))
            elif held:
                start = at if utf8[at] in _BASE64 else at + 1
                inside = start == at and at > 0 and utf8[at - 1] in _BASE64  # of a longer text, such as a picture
                if not inside and _hides_media(utf8[start : held.end()]):
                    found.append((start, kind))
    found.sort()
    return found
