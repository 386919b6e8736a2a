"""What a string is, by its shape alone."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, Literal, TypeAlias
from urllib.parse import unquote

from harvester.model.vocabulary import Delivery, Kind
from harvester.syntax.packed import LONGEST_PACKED

Shape: TypeAlias = Literal["video", "audio", "image", "caption", ""]

_VIDEO: Final = "mp4 m4v webm mov flv f4v avi wmv mpg mpeg 3gp mkv asf asx rm ram ogv m3u8 mpd ism ismv".split()
_AUDIO: Final = "mp3 m4a ogg oga opus flac aac wav wma m3u pls".split()
_IMAGE: Final = "jpg jpeg png webp avif gif jfif bmp tif tiff heic".split()
_CAPTION: Final = "vtt srt ttml dfxp".split()
_KIND_OF: Final[dict[str, Shape]] = {
    **dict.fromkeys(_VIDEO, "video"),
    **dict.fromkeys(_AUDIO, "audio"),
    **dict.fromkeys(_IMAGE, "image"),
    **dict.fromkeys(_CAPTION, "caption"),
}
_MEDIA: Final = ("video", "audio")
_FILE_PAGE: Final = re.compile(r"/wiki/[^/:?#]{2,20}:[^/?#]+\Z")
"""A wiki's page about a file, which is called as the file is."""

_PLAYLISTS: Final = frozenset(("m3u8", "mpd", "ism"))
_ENDING: Final = re.compile(r"\.([A-Za-z0-9]{2,4})(?![\w-])(?!\.\w)")
_URL: Final = re.compile(r"[!#-;=?-\[\]_a-z~]*+(?:[^\s<>\"{}|\\^`]++|(?!\s\s)[^\S\n\r\t])*+\Z")
"""What a URL can consist of as data has it: single spaces occur, line breaks and brackets don't.

The class in front, of what most URLs consist of, is soon looked up.
"""

_HOLE: Final = re.compile(
    r"\$?\{\{?\s*(?:w|width|h|height|(?:image)?size|format(?:id)?|quality|ext|f|q|ratio|crop|resolution|dpr|variant)\s*\}?\}",
    re.IGNORECASE,
)
"""Where a URL's template leaves a size or format open; what leaves more open is no one medium's."""

_MOST_BRACES: Final = 16
_PACKED_AS: Final = re.compile(r"format=(m3u8|mpd)", re.IGNORECASE)
"""What servers of Smooth Streaming are asked for besides."""

_LONGEST: Final = 4096
_DELIVERIES: Final[dict[str, Delivery]] = {
    "m3u8": "hls", "mpd": "dash", "ism": "smooth", "ismv": "smooth", "rtmp": "rtmp", "rtsp": "unknown"
}  # fmt: skip
_STREAM_HEADS: Final = ("rtmp", "rtsp", "mms:", "mmsh", "mmst", "mmsu")
_STREAM: Final = re.compile(r"(rtmp)(?:[est]|te|ts)?://[^/\s]+/[^/\s]+/[^\s/]|(?:rtsp[su]?|mms[htu]?)://[^/\s]+/[^\s/]")
"""URLs whose scheme alone tells that they are of media; of RTMP's an application is a server's, and no stream yet."""

_TYPES: Final[tuple[tuple[str, Kind, Delivery], ...]] = (
    ("mpegurl", "video", "hls"),
    ("hls", "video", "hls"),
    ("dash+xml", "video", "dash"),
    ("dash", "video", "dash"),
    ("vnd.ms-sstr", "video", "smooth"),
    ("rtmp", "video", "rtmp"),
    ("video/", "video", "file"),
    ("audio/", "audio", "file"),
)
_MIME: Final = re.compile(r"(?:video|audio|application|image|text)/[\w.+-]+(?:\s*;.*)?\Z", re.IGNORECASE)


def shape(text: str) -> tuple[Shape, str]:
    """Tell what a URL or path leads to, by its ending: kind and ending, or two empty strings.

    What is streamed by a protocol of its own is told by its scheme, whose name stands for the ending.

    The last ending of the path decides, for servers put a playlist or a picture below the file that they made it of:
    `a.mp4/list.m3u8`, `a.mp4/still.jpg`. Of what a playlist was made tells its kind: `a.m4a/list.m3u8` is audio.
    Parameters count where the path has no ending. Only what can be a URL or path counts: no text that mentions a
    file's name in passing. Where a parameter is a whole URL of its own, that is the medium's (`wrapped`), so that only
    the ending is given.
    """
    return _shape(text) if len(text) <= _LONGEST else _NO_SHAPE


@lru_cache(maxsize=4096)
def _shape(text: str) -> tuple[Shape, str]:
    kind, ending, dot = _last_ending(text)
    if text[:4] in _STREAM_HEADS and (stream := _STREAM.match(text)):
        return (kind or "video", stream[1] or "rtsp") if _URL.match(text.strip()) else _NO_SHAPE
    if not kind or ("/wiki/" in text and _FILE_PAGE.search(text)):
        return _NO_SHAPE
    if ending == "ism" and (asked := _PACKED_AS.search(text, dot)):
        ending = asked[1].lower()
    if text[0].isspace():
        dot -= len(text) - len(text.lstrip())
    text = text.strip()
    if "{" in text:
        text = _filled(text)
    if not (_URL.match(text) and _is_path(text, dot)):
        return _NO_SHAPE
    if kind in _MEDIA and "=" in text and not _is_of_file(text) and wrapped(text) is not text:
        return "", ending
    return kind, ending


def _last_ending(text: str) -> tuple[Shape, str, int]:
    """Give the ending that decides, with its kind and the place of its dot."""
    kind: Shape = ""
    ending, dot, path_end, in_path = "", 0, -1, False
    if _KIND_OF.keys().isdisjoint(_ENDING.findall(text.lower())):
        return kind, ending, dot
    for found in _ENDING.finditer(text):
        name = found[1].lower()
        known = _KIND_OF.get(name)
        if not known:
            continue
        if path_end < 0:
            path_end = len(text.partition("?")[0].partition("#")[0])
        if found.start() >= path_end and (in_path or kind in _MEDIA):
            break
        in_path = found.start() < path_end
        kind = kind if name in _PLAYLISTS and kind in _MEDIA else known
        ending, dot = name, found.start()
    return kind, ending, dot


_NO_SHAPE: Final[tuple[Shape, str]] = "", ""


def labelled(text: str) -> list[tuple[str, str]]:
    """Give label and URL of each form in a list such as `[480p]https://…,[720p]https://…`; nothing for other texts.

    Of addresses that are tried one behind another, `… or …`, the first counts.
    """
    if text[:1] != "[" or len(text) > LONGEST_PACKED:
        return []
    found = [_LABELLED.match(part) for part in _NEXT_LABEL.split(text)]
    return [(one[1].strip(), one[2].partition(" or ")[0].rstrip(" ;")) for one in found if one]


_LABELLED: Final = re.compile(r"\s*\[([^\[\]\"]{1,60})\]\s*([^\s(\[\]].*)", re.DOTALL)
_NEXT_LABEL: Final = re.compile(r"[,;]\s*(?=\[)")


def listed(text: str) -> list[str]:
    """Give the URLs of a list of nothing but media that commas part, as attributes have it; nothing for other texts."""
    urls = _NEXT_URL.split(text)
    return urls if len(urls) > 1 and all(shape(url)[0] in _MEDIA for url in urls) else []


_NEXT_URL: Final = re.compile(r"\s*,\s*(?=https?://|//|/(?!/)|\.\.?/)")


def wrapped(text: str) -> str:
    """Give the URL of the file that a player's or script's address has among its parameters; else the text itself."""
    for found in _WRAPPED.finditer(text):
        url = unquote(found[1])
        if _is_of_file(url):
            return url
    return text


def _is_of_file(url: str) -> bool:
    """Whether a medium's ending stands in a URL's path."""
    return _last_ending(url.partition("?")[0])[0] in _MEDIA


_WRAPPED: Final = re.compile(r"[?&#;][\w.\[\]-]{1,40}=((?:https?(?::|%3A)|(?=//|%2F%2F))[^&#\s]+)", re.IGNORECASE)


def _filled(text: str) -> str:
    """A template's text, as long as it was, without the braces that leave a size or format open."""
    return text if text.count("{") > _MOST_BRACES else _HOLE.sub(lambda hole: "0" * len(hole[0]), text)


_NAMED_URL: Final = re.compile(r"[\w.-]+-https?://")
"""An element's name that was made of a URL: `desc-https://…`."""

_EXPRESSION: Final = re.compile(r"\A'|://| (?:\+|[=!]==?|&&|\?) ")
"""What quotes stand in where a framework puts together, compares or chooses URLs, and that no path has."""


def _is_path(text: str, dot: int) -> bool:
    if text.startswith(("http://", "https://", "//", "/", "./", "../", "rtmp", "mms://", "rtsp://")):
        return True
    if dot + 6 < len(text) and text[dot:].partition("?")[0].count(" "):
        return False
    name = text[:dot]
    if "://" in name and _NAMED_URL.match(name):
        return False
    if "'" in name and _EXPRESSION.search(name):
        return False
    return " " not in name or ("/" in name and ". " not in name)


def delivery_of(ending: str, media_type: str | None) -> Delivery:
    """Tell how a medium is delivered."""
    if ending in _DELIVERIES:
        return _DELIVERIES[ending]
    declared = media_kind(media_type)
    if declared:
        return declared[1]
    return "file" if ending else "unknown"


def delivered(delivery: Delivery, media_type: str | None) -> Delivery:
    """Tell how a medium is delivered by what is declared of it; a playlist may have a file's name."""
    declared = media_kind(media_type)
    if declared and (delivery == "unknown" or (delivery == "file" and declared[1] in ("hls", "dash", "smooth"))):
        return declared[1]
    return delivery


@lru_cache(maxsize=1024)
def media_kind(media_type: str | None) -> tuple[Kind, Delivery] | None:
    """Tell kind and delivery that a declared type names, such as `video/mp4` or `application/x-mpegURL`."""
    if not media_type:
        return None
    lowered = media_type.lower()
    for part, kind, delivery in _TYPES:
        if lowered == part or (part in lowered and "/" in lowered):
            return kind, delivery
    return None


def is_mime(text: str) -> bool:
    """Tell whether a text is a media type (RFC 6838)."""
    return bool(_MIME.match(text))


def is_url(text: str) -> bool:
    """Tell whether a text is an absolute or protocol-relative web URL."""
    if not _WEB.match(text) or len(text) > _LONGEST:
        return False
    text = text.strip()
    return _URL.match(_filled(text) if "{" in text else text) is not None


_WEB: Final = re.compile(r"\s*(?:https?:)?//")


def is_path(text: str) -> bool:
    """Tell whether a text can be a URL or a path from a host's root, whatever its ending."""
    return (
        text.startswith(("http://", "https://", "/", "./", "../"))
        and len(text) > 4
        and _URL.match(text.strip()) is not None
    )
