"""What the name of a file says of what is in it: size, rate, language, and which part of it names the medium.

All of it is inferred: nobody checks a name. Words that also occur in titles (`high`, `large`, `it`) count only at
the end of a name, where encoders write; shapes that occur nowhere else (`1080p`, `640x360`) count anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from urllib.parse import unquote

import msgspec

MAX_NAME_CHARS: Final = 512


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


VIDEO_SUFFIXES: Final = _words(
    "mp4 m4v webm mov qt flv f4v avi wmv mpg mpeg m2v 3gp 3g2 mkv ts m2ts mts ogv ogm asf asx rm ram divx mxf cmfv"
)
AUDIO_SUFFIXES: Final = _words("mp3 m4a m4b aac oga ogg opus flac wav wma weba aiff aif amr ra cmfa")
PLAYLIST_SUFFIXES: Final = _words("m3u8 m3u mpd ism isml smil csmil urlset f4m pls xspf")
IMAGE_SUFFIXES: Final = _words("jpg jpeg jpe jfif png gif webp avif bmp svg tif tiff heic heif")
CAPTION_SUFFIXES: Final = _words("vtt srt ttml dfxp sbv ass ssa scc stl sub")
_STREAM_SUFFIXES: Final = VIDEO_SUFFIXES | AUDIO_SUFFIXES | PLAYLIST_SUFFIXES
_ALL_SUFFIXES: Final = _STREAM_SUFFIXES | IMAGE_SUFFIXES | CAPTION_SUFFIXES

_SURE: Final = re.compile(
    r"(?P<height>\d{3,4})[pi](?P<lines_rate>\d{2,3})?"
    r"|(?P<width>\d{1,5})x(?P<across>\d{1,5})"
    r"|(?P<rate>\d{2,3}(?:\.\d{1,3})?)(?:f|fps)"
    r"|(?P<progressive>2[345]|29|30|48|50|59|60)p"
    r"|(?P<kilo>\d{2,6})(?:kbps|kbits?|kb)"
    r"|(?P<mega>\d{1,3}(?:\.\d{1,3})?)(?:mbps|mbits?)"
    r"|(?:[fqsu]?hd|sd)\d{0,4}(?:avc)?|web(?:xs|s|sl|m|ml|l|xl|xxl)|p\d{1,2}v\d{1,2}"
    r"|[hx]26[45]|avc1|avc(?P<lines>\d{3,4})?|hevc|hvc1|vp[89]|av1|aac|mp3w|mp4|m4v|webm|m2ts|ogv|hls|dash|cmaf"
)
"""Shapes and words that encoders alone write."""

_LONGEST_SAID: Final = 13
"""Characters of the longest word that `_SURE` or `_TRAILING` fits, and one more."""

_TRAILING: Final = re.compile(
    r"(?P<kilo>\d{2,6})k|(?P<mega>[1-9]\d?)m|[48]k|v(?P<height>\d{3,4})"
    r"|xxs|xs|s|m|l|xl|xxl|hi|lo|hq|lq|mq|ld|high|low|med|medium|mid|small|large|mobile|highres|lowres"
    r"|mp3|ogg|flv|abr|mbr|vbr|cbr|prog|progressive"
)
"""Words that say so at the end of a name only."""

_QUALITY: Final = re.compile(
    r"(?:[fqsu]?hd|sd)\d{0,4}(?:avc)?|web(?:xs|s|sl|m|ml|l|xl|xxl)|[48]k"
    r"|xxs|xs|s|m|l|xl|xxl|hi|lo|hq|lq|mq|ld|high|low|med|medium|mid|small|large|mobile|highres|lowres"
)
_ROLE: Final = _words(
    "master playlist manifest index chunklist stream prog_index pls media output rendition variant default"
)
"""What a playlist or segment is called when its folder names the medium."""

_ROLE_FOLDER: Final = re.compile(r"_definst_|\d{1,2}s|https?|format|protocol")
_PLAIN: Final = frozenset({"video", "audio", "movie", "file", "original", "source", "main", "web"})
"""What a file is called when its folder names the medium, perhaps."""

_TOKEN: Final = re.compile(r"\d{1,3}\.\d{1,3}(?:mbps|mbits?|fps)(?![a-z0-9])|[^._\-,+~()\[\] ]+", re.IGNORECASE)
_LINES: Final = frozenset({"240", "270", "288", "360", "404", "405", "432", "480", "540", "576", "720", "1080", "2160"})
_PAIRS: Final = _words(
    "1920x1080 1280x720 1024x576 960x540 854x480 852x480 848x480 768x432 720x576 720x480 640x480 640x360 512x288 "
    "480x270 426x240 320x240 320x180"
)
"""Sizes whose two numbers are taken as one though a dash stands between them."""

_LANGUAGES: Final = _words(
    "aa af ar az be bg bn bs ca cs cy da de el en eo es et eu fa fi fr ga gl gu he hr hu hy id ig is it ja ka kk km "
    "kn ko ku ky la lt lv mk ml mn mr ms mt my nb ne nl nn no pa pl ps pt ro ru rw si sk sl so sq sr sv sw ta te tg "
    "th ti tk tr uk ur uz vi yo zh zu"
)
_ENGLISH_WORDS: Final = _words("be is it my no so la id ms mt pa si")
"""Codes that are words or units as well; they count only after a dot or underscore."""

_GLUED_WORDS: Final = ("low", "high", "medium", "mobile", "hd", "sd", "hq", "lq")
_GLUED: Final = re.compile(rf"([0-9a-f]{{12,}})({'|'.join(_GLUED_WORDS)})\Z")
_PREFIX: Final = re.compile(r"(?:mp4|flv|mp3|smil|amlst|ngrp):", re.IGNORECASE)

_MOST_PIXELS: Final = 16384
_MOST_LINES: Final = 4400
_LONGEST_GLUED: Final = 64
_CAPTION_WORDS: Final = frozenset({"cc", "sub", "subs", "subtitle", "subtitles", "caption", "captions"})
_BITRATES: Final = frozenset({"mbr", "abr", "vbr", "cbr", "br"})


_Token = tuple[str, int, int]
"""A word of a name with where it begins and ends in it."""


class NameFacts(msgspec.Struct, frozen=True, gc=False):
    """What a name says; None where it doesn't.

    Attributes:
        frame_rate: Frames a second.
        aspect: As `4:3`.
        language: ISO 639-1.
        quality: The encoder's own word for it, in lower case: `hd`, `low`, `webxl`.
        stem: The name without extension and without what tells renditions apart; empty where nothing is left.
    """

    stem: str
    frame_rate: float | None = None
    width: int | None = None
    height: int | None = None
    aspect: str | None = None
    bitrate_bps: int | None = None
    language: str | None = None
    quality: str | None = None


NOTHING: Final = NameFacts(stem="")
"""What a name says that says nothing."""


@dataclass(slots=True)
class _Reading:
    """What has been read of a name so far; the first reading of a fact stands, and names are read from the end."""

    frame_rate: float | None = None
    width: int | None = None
    height: int | None = None
    aspect: str | None = None
    bitrate_bps: int | None = None
    quality: str | None = None

    def take(self, word: str) -> None:
        """Notes what one token says."""
        if self.quality is None and _fits(_QUALITY, word):
            self.quality = word
        groups = _groups(word)
        if not groups:
            return
        if "width" in groups:
            self.size(int(groups["width"]), int(groups["across"]))
        lines = groups.get("height") or groups.get("lines")
        if lines and int(lines) <= _MOST_LINES:
            self.height = self.height or int(lines)
        rate = groups.get("rate") or groups.get("progressive") or groups.get("lines_rate")
        if rate and 1 <= float(rate) <= 300:
            self.frame_rate = self.frame_rate or float(rate)
        if "kilo" in groups:
            self.bitrate(int(groups["kilo"]) * 1000)
        if "mega" in groups:
            self.bitrate(round(float(groups["mega"]) * 1_000_000))

    def bitrate(self, bps: int) -> None:
        """Notes bits a second."""
        self.bitrate_bps = self.bitrate_bps or bps or None

    def size(self, across: int, down: int) -> None:
        """Notes two numbers with a cross between them: an aspect where both are small, pixels where both are large."""
        if 1 <= across <= 32 and 1 <= down <= 32:
            self.aspect = self.aspect or f"{across}:{down}"
        elif 64 <= across <= _MOST_PIXELS and 64 <= down <= _MOST_PIXELS and self.width is None:
            self.width, self.height = across, down


@lru_cache(maxsize=2048)
def _groups(word: str) -> Mapping[str, str]:
    """What the shape of a word says."""
    found = _SURE.fullmatch(word) or _TRAILING.fullmatch(word)
    return {name: text for name, text in found.groupdict().items() if text} if found else {}


def suffix_of(name: str) -> str:
    """The extension of a name or path in lower case, without the dot; empty where none is known."""
    last = name.rstrip("/").rpartition("/")[2]
    suffix = last.rpartition(".")[2].lower() if "." in last else ""
    return suffix if suffix in _ALL_SUFFIXES else ""


def has_media_suffix(path: str) -> bool:
    """Whether a path, without query, ends in the name of a video, audio or playlist file."""
    return suffix_of(path) in _STREAM_SUFFIXES


def is_role(name: str) -> bool:
    """Whether a name or folder says only which rendition or playlist this is: `720p`, `master.m3u8`, `hls`."""
    stem = facts(name).stem.lower()
    return not stem or stem in _ROLE or bool(_ROLE_FOLDER.fullmatch(stem))


def is_plain(stem: str) -> bool:
    """Whether a stem is a word such as `video`, which names a medium only together with its folder."""
    return stem.lower() in _PLAIN


def front(name: str) -> str:
    """The stem of a name that numbers its renditions one by one: `rover_720p_hd_1552686729_82524` → `rover`.

    Empty where nothing stands before what tells renditions apart, or something else than long numbers after it.
    """
    last, _, tokens = _read(name)
    sure = [position for position, (text, _, _) in enumerate(tokens) if _is_sure(text.lower())]
    if not sure or not all(text.isdecimal() and len(text) >= 5 for text, _, _ in tokens[sure[-1] + 1 :]):
        return ""
    return _rejoined(last, tokens[: sure[0]])


def facts(name: str) -> NameFacts:
    """What a file's name says; of a path, its last part. Total on any text."""
    # A slash may be escaped too; where it can't be, the paths of one name are read once.
    return _facts(name if "%" in name else name.rstrip("/").rpartition("/")[2])


@lru_cache(maxsize=2048)
def _facts(name: str) -> NameFacts:
    last, suffix, tokens = _read(name)
    if not any(len(text) < _LONGEST_SAID or text.endswith(_GLUED_WORDS) for text, _, _ in tokens):
        return NameFacts(_rejoined(last, tokens))
    reading = _Reading()
    language = _language(last, tokens)
    # A caption's language is a rendition of it; a film in another language is a film of its own.
    end = len(tokens) - bool(language and suffix in CAPTION_SUFFIXES)
    if suffix in CAPTION_SUFFIXES and end > 1 and tokens[end - 1][0].lower() in _CAPTION_WORDS:
        end -= 1
    end = _peel(tokens, reading, end)
    rest = []
    sure = []
    for token in tokens[:end]:
        word = token[0].lower()
        if _is_sure(word):
            sure.append(word)
        else:
            rest.append(token)
    for word in reversed(sure):
        reading.take(word)
    return NameFacts(
        stem=_rejoined(last, rest),
        frame_rate=reading.frame_rate,
        width=reading.width,
        height=reading.height,
        aspect=reading.aspect,
        bitrate_bps=reading.bitrate_bps,
        language=language,
        quality=reading.quality,
    )


def _read(name: str) -> tuple[str, str, list[_Token]]:
    """The last part of a path without its extensions, the innermost of these, and the words of it."""
    last = name[-3 * MAX_NAME_CHARS :]
    last = (unquote(last) if "%" in last else last).rstrip("/").rpartition("/")[2][-MAX_NAME_CHARS:]
    if ":" in last:
        last = _PREFIX.sub("", last, count=1)
    suffix = ""
    while True:
        stem, dot, end = last.rpartition(".")
        known = end.lower()
        if not dot or known not in _ALL_SUFFIXES:
            return last, suffix, _tokens(last)
        last, suffix = stem, known


def _peel(tokens: list[_Token], reading: _Reading, end: int) -> int:
    """Reads tokens before `end` from the last on while they tell renditions apart; how many are left."""
    last = end
    while end:
        word = tokens[end - 1][0].lower()
        before = tokens[end - 2][0].lower() if end > 1 else ""
        if _is_sure(word) or _is_trailing(word):
            reading.take(word)
        elif f"{before}x{word}" in _PAIRS:
            reading.size(int(before), int(word))
            end -= 1
        elif before in _BITRATES and word.isdecimal() and len(word) <= 5:
            reading.bitrate(int(word) * 1000)
        elif word in _LINES and (end < last or _is_sure(before)):
            reading.height = reading.height or int(word)
        else:
            break
        end -= 1
    word = tokens[end - 1][0] if end and end == last else ""
    if word.endswith(_GLUED_WORDS) and (glued := _GLUED.search(word[-_LONGEST_GLUED:])):
        reading.quality = glued[2]
        text, start, stop = tokens[end - 1]
        tokens[end - 1] = (text[: -len(glued[2])], start, stop - len(glued[2]))
    return end


def _is_sure(word: str) -> bool:
    return len(word) < _LONGEST_SAID and _fits(_SURE, word)


def _is_trailing(word: str) -> bool:
    return len(word) < _LONGEST_SAID and _fits(_TRAILING, word)


@lru_cache(maxsize=2048)
def _fits(pattern: re.Pattern[str], word: str) -> bool:
    return pattern.fullmatch(word) is not None


def _language(last: str, tokens: list[_Token]) -> str | None:
    """An ISO 639-1 code as the last token of several."""
    if len(tokens) < 2:
        return None
    text, start, _ = tokens[-1]
    if text not in _LANGUAGES:
        return None
    separator = last[start - 1]
    return text if separator in "._" or (separator == "-" and text not in _ENGLISH_WORDS) else None


def _tokens(last: str) -> list[_Token]:
    if last.isalnum():
        return [(last, 0, len(last))]
    return [(found[0], *found.span()) for found in _TOKEN.finditer(last)]


def _rejoined(last: str, tokens: list[_Token]) -> str:
    """The tokens that are left, with what stood between those that were neighbours."""
    if len(tokens) == 1:
        return tokens[0][0]
    parts: list[str] = []
    previous_end: int | None = None
    for text, start, end in tokens:
        if previous_end is not None:
            between = last[previous_end:start]
            parts.append(between if len(between) == 1 else between[:1] or "-")
        parts.append(text)
        previous_end = end
    return "".join(parts)
