"""The values that signatures carry: times and tokens. All total: what can't be read is None."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

EARLIEST: Final = 1_000_000_000
"""Unix seconds of 2001-09-09: the first with ten digits; before it no URL was signed."""

LATEST: Final = 4_102_444_800
"""Unix seconds of 2100-01-01: what says more means "never"."""

MAX_TOKEN_CHARS: Final = 4096

JWT = re.compile(r"eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{4,}\.[A-Za-z0-9_-]*\Z")
"""A JSON Web Token (RFC 7519): both its header and its claims are JSON objects, which begin so in base64."""

_HASH = re.compile(r"[A-Za-z0-9+/_=~%.-]{10,}\Z")
_HEX_HASH = re.compile(r"(?:[0-9a-fA-F]{2}){16,64}\Z")
_JWT_EXPIRES = re.compile(rb'"exp"\s*:\s*(\d{9,13})')
_JWT_SUBJECT = re.compile(rb'"sub"\s*:\s*"([A-Za-z0-9_-]{1,128})"')
_POLICY_EXPIRES = re.compile(rb'"DateLessThan"\s*:\s*\{\s*"AWS:EpochTime"\s*:\s*(\d{9,13})')
_FASTLY = re.compile(rb"([0-9a-f]{8})_[0-9a-f]{32,128}\Z")
_BASIC_TIME = re.compile(r"(\d{4})(\d\d)(\d\d)T?(\d\d)(\d\d)(\d\d)Z?\Z", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cut:
    """A signature found in a URL.

    Attributes:
        names: What carries it, as written.
        positions: Which of the query's parameters these are.
        rest: The URL's part before the query without it, where it stood in the path.
    """

    scheme: str
    names: tuple[str, ...]
    at: datetime | None = None
    positions: frozenset[int] = frozenset()
    rest: str = ""


def from_epoch(text: str | bytes | None) -> datetime | None:
    """Unix seconds, or milliseconds where there are 13 digits."""
    if not text or len(text) > 13 or not text.isdigit():
        return None
    try:
        number = int(text)
    except ValueError:  # `isdigit` also takes superscripts
        return None
    return _in_window(number // 1000 if len(text) == 13 else number)


def from_hex_epoch(text: str | None) -> datetime | None:
    """Unix seconds in eight hexadecimal digits."""
    if not text or len(text) != 8:
        return None
    try:
        return _in_window(int(text, 16))
    except ValueError:
        return None


def from_basic(text: str | None) -> datetime | None:
    """ISO 8601 basic form in UTC, `20161215T204820Z` or 14 digits."""
    found = _BASIC_TIME.match(text or "")
    if not found:
        return None
    year, month, day, hour, minute, second = map(int, found.groups())
    try:
        return _in_window(int(datetime(year, month, day, hour, minute, second, tzinfo=UTC).timestamp()))
    except (ValueError, OverflowError):
        return None


def from_iso(text: str | None) -> datetime | None:
    """ISO 8601 extended form; UTC where it names no zone."""
    if not text or len(text) > 40:
        return None
    try:
        instant = datetime.fromisoformat(text)
        instant = instant.astimezone(UTC) if instant.tzinfo else instant.replace(tzinfo=UTC)
        return _in_window(int(instant.timestamp()))
    except (ValueError, OverflowError):
        return None


def from_start(start: str | None, seconds: str | None) -> datetime | None:
    """A basic-form time and how many seconds the signature holds from then."""
    begin = from_basic(start)
    if begin is None or not seconds or len(seconds) > 9 or not seconds.isascii() or not seconds.isdigit():
        return None
    return _in_window(int(begin.timestamp()) + int(seconds))


def from_jwt(token: str) -> datetime | None:
    """The `exp` claim of a JSON Web Token (RFC 7519, § 4.1.4), unverified."""
    found = _JWT_EXPIRES.search(_claims(token))
    return from_epoch(found[1]) if found else None


def subject_of_jwt(token: str) -> str | None:
    """The `sub` claim of a JSON Web Token (RFC 7519, § 4.1.2), where it is a plain id."""
    found = _JWT_SUBJECT.search(_claims(token))
    return found[1].decode("ascii") if found else None


def from_policy(policy: str | None) -> datetime | None:
    """The end of a CloudFront custom policy: JSON in base64, with `-_~` for `+=/`."""
    if not policy:
        return None
    found = _POLICY_EXPIRES.search(_unbased(policy.translate(str.maketrans("-_~", "+=/"))))
    return from_epoch(found[1]) if found else None


def from_fastly(token: str) -> datetime | None:
    """The time in front of a digest, in hexadecimal, both in base64: Fastly's token as Brightcove hands it out."""
    found = _FASTLY.match(_unbased(token)) if len(token) <= MAX_TOKEN_CHARS else None
    return from_hex_epoch(found[1].decode("ascii")) if found else None


def is_hash(text: str) -> bool:
    """Whether a value could be a digest or token, and no word: ten characters or more, of two kinds."""
    return bool(_HASH.match(text)) and any(map(str.isdigit, text)) and any(map(str.isalpha, text))


def is_hex_hash(text: str) -> bool:
    """Whether a value is a digest in hexadecimal, of 128 bits or more."""
    return bool(_HEX_HASH.match(text))


def _claims(token: str) -> bytes:
    return _unbased(token[: 2 * MAX_TOKEN_CHARS].split(".", 2)[1].translate(str.maketrans("-_", "+/")))


def _unbased(text: str) -> bytes:
    text = text[:MAX_TOKEN_CHARS].rstrip("=")
    text = text[: len(text) - 1] if len(text) % 4 == 1 else text
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        return b""


def _in_window(seconds: int) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if EARLIEST <= seconds < LATEST else None
