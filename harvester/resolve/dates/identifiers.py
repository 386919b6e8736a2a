"""Identifiers that carry the time at which they were made.

A hash carries none: hexadecimal of a digest's length, a UUID of version 3, 4 or 5 and base64 are never read.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from harvester.model.vocabulary import Likelihood
from harvester.resolve.dates.moment import Moment, moment_of_micros, since_epoch

UUID: Final = re.compile(
    r"(?<![0-9A-Za-z])[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}(?![0-9A-Za-z])"
)
_GREGORIAN_US: Final = 12_219_292_800 * 1_000_000
"""From the Gregorian reform, 1582-10-15, where UUID time begins (RFC 9562, 5.1), to 1970."""

_CROCKFORD: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_BASE64URL: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_ULID: Final = re.compile(r"[0-7][0-9A-HJKMNP-TV-Z]{25}|[0-7][0-9a-hjkmnp-tv-z]{25}")
_OBJECT_ID: Final = re.compile(r"(?=.*[A-Fa-f])(?=.*\d)(?:[0-9a-f]{24}|[0-9A-F]{24})")
_SHORTCODE_CHARS: Final = 11
"""An Instagram shortcode longer than that holds more than the media id."""


def from_uuid(text: str) -> tuple[str, Moment] | None:
    """Read a UUID of version 1, 6 or 7 (RFC 9562), written with hyphens; any other one has no time."""
    digits = text.replace("-", "")
    version, variant = digits[12], digits[16]
    if variant not in "89abAB":
        return None
    if version == "1":
        ticks = int(digits[13:16] + digits[8:12] + digits[0:8], 16)
    elif version == "6":
        ticks = int(digits[0:12] + digits[13:16], 16)
    elif version == "7":
        moment = since_epoch(int(digits[:12], 16), "ms")
        return ("uuid-v7", moment) if moment else None
    else:
        return None
    moment = moment_of_micros(ticks // 10 - _GREGORIAN_US, "100ns")
    return (f"uuid-v{version}", moment) if moment else None


def from_ulid(text: str) -> Moment | None:
    """Read a ULID: 26 characters of Crockford's base 32, the first ten are Unix milliseconds (ULID spec)."""
    if not _ULID.fullmatch(text) or text.isdecimal() or text.isalpha():
        return None
    count = 0
    for char in text[:10].upper():
        count = count * 32 + _CROCKFORD.index(char)
    return since_epoch(count, "ms")


def from_object_id(text: str) -> Moment | None:
    """Read a MongoDB ObjectId: 24 hexadecimal digits, the first eight are Unix seconds (BSON specification)."""
    if len(text) != 24 or not _OBJECT_ID.fullmatch(text):
        return None
    return since_epoch(int(text[:8], 16), "s")


def from_shortcode(text: str) -> int | None:
    """Read the media id out of an Instagram shortcode, which is the number in URL-safe base 64."""
    if not 9 <= len(text) <= _SHORTCODE_CHARS:
        return None
    number = 0
    for char in text:
        at = _BASE64URL.find(char)
        if at < 0:
            return None
        number = number * 64 + at
    return number


@dataclass(frozen=True, slots=True)
class Snowflake:
    """How one platform puts time into a number.

    Attributes:
        shift: Bits below the time.
        epoch: Where the count starts, in `unit`s of Unix time.
        least: The smallest number made this way; older ids were plain counters.
        likelihood: `certain` where the platform or its source code documents the layout.
        hosts: Domains whose URLs hold such ids.
        shape: Pattern that finds the id in a path of these hosts, in group 1; compiled when first needed.
    """

    decoder: str
    unit: str
    shift: int
    epoch: int
    least: int
    likelihood: Likelihood
    schemes: frozenset[str]
    hosts: tuple[str, ...]
    shape: str
    number: Callable[[str], int | None]

    def read(self, text: str) -> Moment | None:
        """Read an id as this platform writes it."""
        number = self.number(text)
        if number is None or not self.least <= number < 1 << 64:
            return None
        return since_epoch((number >> self.shift) + self.epoch, "s" if self.unit == "s" else "ms")


def _decimal(text: str) -> int | None:
    digits = text.replace("/", "")
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) <= 20 else None


def _instagram(text: str) -> int | None:
    # A media id may be followed by its owner's id.
    head = text.split("_", 1)[0]
    return _decimal(head) if head.isdecimal() and len(head) >= 15 else from_shortcode(text)


SNOWFLAKES: Final = (
    Snowflake(
        decoder="snowflake-x",  # github.com/twitter-archive/snowflake: 41 bits of ms since 1288834974657
        unit="ms",
        shift=22,
        epoch=1_288_834_974_657,
        least=29_700_859_247,
        likelihood="certain",
        schemes=frozenset({"x", "twitter"}),
        hosts=("twitter.com", "x.com", "twimg.com"),
        shape=r"/(?:status(?:es)?|(?:ext_tw|amplify|tweet)_video(?:_thumb)?)/(\d{11,19})(?![0-9A-Za-z])",
        number=_decimal,
    ),
    Snowflake(
        decoder="snowflake-discord",  # Discord's API reference, "Snowflakes": ms since 2015-01-01
        unit="ms",
        shift=22,
        epoch=1_420_070_400_000,
        least=1 << 54,
        likelihood="certain",
        schemes=frozenset({"discord"}),
        hosts=("discordapp.com", "discordapp.net", "discord.com"),
        shape=r"attachments/\d{15,20}/(\d{17,20})(?![0-9A-Za-z])",
        number=_decimal,
    ),
    Snowflake(
        decoder="snowflake-mastodon",  # mastodon/lib/mastodon/snowflake.rb: 48 bits of Unix ms, 16 of sequence
        unit="ms",
        shift=16,
        epoch=0,
        least=1 << 56,
        likelihood="certain",
        schemes=frozenset({"mastodon"}),
        hosts=(),
        shape=r"media_attachments/files/((?:\d{3}/){6})",
        number=_decimal,
    ),
    Snowflake(
        decoder="snowflake-tiktok",  # seen, not documented: Unix seconds above 32 bits
        unit="s",
        shift=32,
        epoch=0,
        least=1 << 62,
        likelihood="probable",
        schemes=frozenset({"tiktok"}),
        hosts=("tiktok.com",),
        shape=r"/(?:video|photo|embed|embed/v2|player/v1|v)/(\d{18,19})(?![0-9A-Za-z])",
        number=_decimal,
    ),
    Snowflake(
        # Instagram Engineering, "Sharding & IDs at Instagram", 2012: 41 bits of ms; its epoch is given there
        # only in an example, and agrees with dated posts to the second.
        decoder="snowflake-instagram",
        unit="ms",
        shift=23,
        epoch=1_314_220_021_721,
        least=1 << 52,
        likelihood="probable",
        schemes=frozenset({"instagram"}),
        hosts=("instagram.com",),
        shape=r"(?:^|/)(?:p|reels?|tv)/([0-9A-Za-z_-]{9,11})(?![0-9A-Za-z_-])",
        number=_instagram,
    ),
    Snowflake(
        decoder="snowflake-linkedin",  # seen, not documented: Unix ms above 22 bits
        unit="ms",
        shift=22,
        epoch=0,
        least=1 << 61,
        likelihood="probable",
        schemes=frozenset({"linkedin"}),
        hosts=("linkedin.com",),
        shape=r"(?:activity|share|ugcPost)[-:](\d{19})(?![0-9A-Za-z])",
        number=_decimal,
    ),
)


def platform_of(scheme: str | None) -> Snowflake | None:
    """Give the layout for an id's scheme, such as `x` or `mastodon:example.social`."""
    name = (scheme or "").partition(":")[0].lower()
    return next((each for each in SNOWFLAKES if name in each.schemes), None)


@lru_cache(maxsize=512)
def platforms_at(host: str | None) -> tuple[Snowflake, ...]:
    """Give the layouts that ids in URLs of a host may have; some platforms run under any name."""
    return tuple(
        each
        for each in SNOWFLAKES
        if not each.hosts or (host and any(host == known or host.endswith("." + known) for known in each.hosts))
    )
