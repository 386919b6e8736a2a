"""A time as precise and as zoned as its source gave it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final, Literal

import msgspec

from harvester.model import DateEvidence
from harvester.model.vocabulary import DateOf, Likelihood

Precision = Literal["100ns", "us", "ms", "s", "min", "h", "day", "month"]

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""Zero of Unix time, as naive UTC."""
EARLIEST: Final = EPOCH.replace(year=1995)
LATEST: Final = EPOCH + timedelta(seconds=2**31 - 1)
_SLACK: Final = timedelta(days=1)
"""Local time is up to 14 hours ahead of the UTC of a capture."""

_CHARS: Final[dict[str, int]] = {
    "month": len("2016-12"),
    "day": len("2016-12-15"),
    "h": len("2016-12-15T20"),
    "min": len("2016-12-15T20:48"),
    "s": len("2016-12-15T20:48:20"),
}
"""How much of ISO 8601's extended form says it."""

UTC_OFFSET: Final = timedelta(0)
_MICROS: Final[dict[str, int]] = {"s": 1_000_000, "ms": 1_000, "us": 1}
_SUFFIXES: Final[dict[str, str]] = {"unknown": "", "utc": "Z"}
"""How ISO 8601 writes a zone that is no offset."""


class Moment(msgspec.Struct, frozen=True, gc=False):
    """A point or stretch of time.

    Attributes:
        local: What the source's clock or calendar showed, without a zone; the first moment of a day or month.
        precision: How much of `local` the source gave.
        offset: How far that clock was ahead of UTC; None where the source does not say.
    """

    local: datetime
    precision: Precision
    offset: timedelta | None = None

    @property
    def utc(self) -> datetime | None:
        """The same as aware UTC, or None without a zone, or without a time of day."""
        if self.offset is None or self.precision in ("day", "month"):
            return None
        try:
            return (self.local - self.offset).replace(tzinfo=UTC)
        except OverflowError:
            return None

    @property
    def zone(self) -> str:
        """`utc`, an offset such as `+03:30`, or `unknown`."""
        if self.offset is None:
            return "unknown"
        if not self.offset:
            return "utc"
        minutes = round(self.offset.total_seconds() / 60)
        return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"

    @property
    def value(self) -> str:
        """ISO 8601, no more precise than the source; what is finer than a microsecond is cut off."""
        return self._value(self.zone)

    def _value(self, zone: str) -> str:
        precision = self.precision
        text = self.local.isoformat(timespec="milliseconds" if precision == "ms" else "microseconds")
        text = text[: _CHARS.get(precision)]
        return text if precision in ("day", "month") else text + _SUFFIXES.get(zone, zone)

    def plausible(self, before: datetime | None) -> bool:
        """Tell whether it lies between 1995 and the capture, or 2038-01-19 where that is not known."""
        return EARLIEST <= self.local <= upper_end(before)

    def evidence(self, of: DateOf, decoder: str, raw: str, likelihood: Likelihood) -> DateEvidence:
        """Say it as evidence."""
        zone = self.zone
        return DateEvidence(
            value=self._value(zone),
            precision=self.precision,
            zone=zone,
            of=of,
            decoder=decoder,
            raw=raw,
            likelihood=likelihood,
        )


def upper_end(before: datetime | None) -> datetime:
    """Give the last plausible local time for what was captured at `before`."""
    if before is None:
        return LATEST
    if before.tzinfo is not None:
        before = before.astimezone(UTC).replace(tzinfo=None)
    return before + _SLACK if before < LATEST else LATEST


def since_epoch(count: int, unit: Literal["s", "ms", "us"]) -> Moment | None:
    """Read a count of units of Unix time (POSIX.1-2017, 4.16), which is always UTC."""
    return moment_of_micros(count * _MICROS[unit], unit)


def moment_of_micros(micros: int, precision: Precision) -> Moment | None:
    """Read microseconds since 1970; None where no calendar reaches."""
    try:
        return Moment(EPOCH + timedelta(microseconds=micros), precision, UTC_OFFSET)
    except OverflowError:
        return None
