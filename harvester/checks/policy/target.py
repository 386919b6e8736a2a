"""What is asked about, what is known of it from earlier, and what kind of bytes would be right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal, TypeAlias
from urllib.parse import SplitResult, urlsplit

from harvester.checks.policy.verdict import Fact
from harvester.model.item import Item, Location
from harvester.model.observation import Observation
from harvester.model.vocabulary import Delivery, Kind, Live, Role

Join: TypeAlias = Callable[[str, str], str | None]
"""Resolves a reference (second) against a base URL (first); None where it gives no URL."""

Look: TypeAlias = Literal["head", "bytes"]
"""How far a check goes where HEAD already looks good: that is enough, or the first bytes are seen as well."""

Family: TypeAlias = Literal[
    "video", "audio", "either", "image", "playlist", "html", "text", "caption", "data", "document", "archive"
]
"""What bytes are, coarsely. `either`: a container that holds video or audio. `data`: JSON and XML."""

MEDIA: Final[frozenset[Family]] = frozenset({"video", "audio", "either", "image", "playlist", "document", "archive"})
"""Families that are a medium of their own; text, data and HTML may just be what a host says about a medium."""

_BY_KIND: Final[dict[Kind, frozenset[Family]]] = {
    "video": frozenset({"video", "either", "playlist"}),
    "audio": frozenset({"audio", "video", "either", "playlist"}),
    "image": frozenset({"image"}),
    "text": frozenset({"html", "text", "caption", "data", "document"}),
    "unknown": frozenset({"video", "audio", "either", "image", "playlist", "document"}),
}
_PAGE: Final[frozenset[Family]] = frozenset({"html", "text", "data", *MEDIA})
_BY_ROLE: Final[dict[Role, frozenset[Family]]] = {
    "poster": frozenset({"image"}),
    "storyboard": frozenset({"image", "caption", "data", "text"}),
    "caption": frozenset({"caption", "text", "data"}),
    "page": _PAGE,
    "embed": _PAGE,
    "feed": frozenset({"data", "html", "text"}),
}
_PLAYLIST_NAMES: Final = ("m3u8", "m3u", "mpd", "ism", "isml")
_VIDEO_NAMES: Final = (
    *("mp4", "m4v", "mov", "3gp", "3g2", "f4v", "webm", "mkv", "ogv", "avi", "flv", "wmv", "asf", "ts", "m2ts", "m4s"),
    *("mpg", "mpeg", "mpe", "vob", "rm", "rmvb", "divx", "cmfv"),
)
_AUDIO_NAMES: Final = (
    *("m4a", "m4b", "mka", "ogg", "oga", "opus", "flac", "mp3", "mp2", "aac", "wav", "wma", "ram", "ra", "aif"),
    *("aiff", "amr", "mid", "cmfa"),
)
_IMAGE_NAMES: Final = (
    *("jpg", "jpeg", "jpe", "jfif", "png", "gif", "webp", "avif", "heic", "heif", "bmp", "tif", "tiff", "svg", "ico"),
    "jxl",
)
_CAPTION_NAMES: Final = ("vtt", "srt", "ass", "ssa", "ttml", "dfxp", "sbv")
_FILE_NAMES: Final = frozenset((*_PLAYLIST_NAMES, *_VIDEO_NAMES, *_AUDIO_NAMES, *_IMAGE_NAMES, *_CAPTION_NAMES))


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One URL to ask about, with what the document said of it.

    Attributes:
        size_bytes: As the document declares it; a medium of exactly this size is no placeholder.
        expires_at: When a signature in the URL ends, where that is known.
        referer: The page to name where the host refuses without one.
    """

    url: str
    kind: Kind = "unknown"
    role: Role = "media"
    delivery: Delivery = "unknown"
    size_bytes: int | None = None
    expires_at: datetime | None = None
    referer: str | None = None
    live: Live | None = None

    @classmethod
    def of(cls, item: Item, location: Location, referer: str | None = None) -> Target | None:
        """The target that a location is, None where it has no URL; `referer` serves where it names none itself."""
        if location.url is None:
            return None
        return cls(
            url=location.url,
            kind=item.kind,
            role=location.role,
            delivery=location.delivery,
            size_bytes=location.size_bytes,
            expires_at=location.expires_at,
            referer=location.referer or referer,
            live=item.live,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What an earlier check saw of the same URL.

    Attributes:
        reason: What it concluded; an answer 304 confirms it.
        prefix_sha256: Digest of the first `prefix_bytes` bytes that were seen then.
    """

    reason: str
    etag: str | None = None
    last_modified: str | None = None
    prefix_sha256: str | None = None
    prefix_bytes: int = 0
    facts: Mapping[str, Fact] = field(default_factory=dict)

    @classmethod
    def of(cls, observation: Observation) -> Known | None:
        """What an earlier observation leaves for the next check; None where it saw no medium."""
        if observation.state not in ("available", "degraded"):
            return None
        seen = [
            attempt for attempt in observation.attempts if attempt.purpose == "probe" and attempt.status is not None
        ]
        seen = [attempt for attempt in seen if attempt.url == observation.url]
        bytes_seen = next((attempt for attempt in seen if attempt.method == "GET" and attempt.bytes_read), None)
        headers: Mapping[str, str] = (bytes_seen or seen[-1]).headers if seen else {}
        # The digest of a playlist says nothing: a live one changes with every segment.
        comparable = bytes_seen is not None and observation.basis == "bytes"
        return cls(
            reason=observation.reason,
            etag=headers.get("etag"),
            last_modified=headers.get("last-modified"),
            prefix_sha256=bytes_seen.prefix_sha256 if bytes_seen and comparable else None,
            prefix_bytes=bytes_seen.bytes_read if bytes_seen and comparable else 0,
            facts=observation.facts,
        )


def expected(target: Target) -> frozenset[Family]:
    """The families of bytes that are right for a target."""
    return _BY_ROLE.get(target.role) or _BY_KIND[target.kind]


def wants_medium(target: Target) -> bool:
    """Whether an HTML page can't be what was meant."""
    return "html" not in expected(target)


def wants_playlist(target: Target) -> bool:
    """Whether a manifest of segments is expected, by the declared delivery or by the name."""
    if target.role not in ("media", "memento") or target.kind not in ("video", "audio", "unknown"):
        return False
    return target.delivery in ("hls", "dash", "smooth") or extension(target.url) in _PLAYLIST_NAMES


def names_a_file(url: str) -> bool:
    """Whether the path ends like a media file, so that a page can't be what stood there."""
    return extension(url) in _FILE_NAMES


def split(url: str) -> SplitResult:
    """Take a URL apart; what can't be taken apart has nothing in it."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return SplitResult("", "", "", "", "")
    return parts


def host(url: str) -> str:
    """Host name in lower case, empty where there is none."""
    return split(url).hostname or ""


def extension(url: str) -> str:
    """File name extension of the path in lower case without its dot, at most 5 characters, else empty."""
    name = split(url).path.rpartition("/")[2]
    stem, dot, suffix = name.rpartition(".")
    return suffix.lower() if dot and stem and 0 < len(suffix) <= 5 and suffix.isalnum() else ""
