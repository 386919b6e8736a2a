"""When a signed URL ends, read from its own query; only to explain a refusal, never to foretell one."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Final

from harvester.checks.policy.target import split

_EARLIEST: Final = datetime(2000, 1, 1, tzinfo=UTC).timestamp()
_LATEST: Final = datetime(2100, 1, 1, tzinfo=UTC).timestamp()

_PAIR: Final = re.compile(r"(?:^|(?<=[&;?~=]))([A-Za-z_-]{1,24})=(?=([^&;~=]{1,64}))")
"""Parameters, those inside a token too, such as Akamai's `hdnts=exp=1481834900~acl=…`."""

_EPOCH_NAMES: Final = frozenset(
    ("expires", "expire", "expiry", "exp", "e", "validto", "valid_to", "x-expires", "expires_at", "deadline", "until")
)
_SIGNED_AT: Final = {"x-amz-date": "x-amz-expires", "x-goog-date": "x-goog-expires"}
"""Parameters with the time of signing, and the one that says for how many seconds it holds."""

_LAST_SIGNED: Final = datetime(9000, 1, 1, tzinfo=UTC)

_BASIC: Final = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})T([0-9]{2})([0-9]{2})([0-9]{2})Z")
_EXTENDED: Final = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:T([0-9]{2})(?::|%3A)([0-9]{2})(?:(?::|%3A)([0-9]{2}))?Z)?", re.IGNORECASE
)


def ends_at(url: str) -> datetime | None:
    """When the signature in a URL ends; None where it names no such time.

    Known are expiry times in seconds (CloudFront, Akamai, many token schemes), the date and life of signature version 4
    (S3, Google Cloud Storage), Azure's `se` and hexadecimal `oe`.
    """
    pairs = {name.lower(): value for name, value in _PAIR.findall(split(url).query.replace("%3D", "=")[:8192])}
    for signed, life in _SIGNED_AT.items():
        began = _time(_BASIC, pairs.get(signed, ""))
        if began and pairs.get(life, "").isascii() and pairs.get(life, "").isdigit() and len(pairs[life]) < 9:
            return min(began, _LAST_SIGNED) + timedelta(seconds=int(pairs[life]))
    if "se" in pairs and "sig" in pairs:
        return _time(_EXTENDED, pairs["se"])
    if "oe" in pairs and "oh" in pairs and re.fullmatch(r"[0-9A-Fa-f]{8}", pairs["oe"]):
        return _epoch(int(pairs["oe"], 16))
    return next((_epoch(int(pairs[name])) for name in pairs if name in _EPOCH_NAMES and _is_epoch(pairs[name])), None)


def _is_epoch(value: str) -> bool:
    """Whether a value can be seconds since 1970 within this century."""
    return value.isascii() and value.isdigit() and len(value) <= 10 and _EARLIEST < int(value) < _LATEST


def _epoch(seconds: int) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if _EARLIEST < seconds < _LATEST else None


def _time(pattern: re.Pattern[str], value: str) -> datetime | None:
    """A UTC time written as digits, None where it is none."""
    found = pattern.fullmatch(value)
    if found is None:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups())
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None
