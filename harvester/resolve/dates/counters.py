"""Numbers and compact dates: what a run of digits can say.

Each run gives every reading that is plausible; which of them holds is for `agreement` to say.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final, Literal

import msgspec

from harvester.model.vocabulary import Likelihood
from harvester.resolve.dates.calendars import from_jalali
from harvester.resolve.dates.moment import EARLIEST, EPOCH, Moment, since_epoch, upper_end

_TICKS_BEFORE_1970: Final = 621_355_968_000_000_000
"""100 ns steps from 0001-01-01 to 1970 (.NET, `DateTime.UnixEpoch.Ticks`)."""

_UNIX: Final[dict[int, tuple[str, Literal["s", "ms", "us"]]]] = {
    10: ("unix-s", "s"),
    13: ("unix-ms", "ms"),
    16: ("unix-us", "us"),
}
_COMPACT_LENGTHS: Final = frozenset({8, 12, 14, 17})
_SECONDS: Final = ("0788918400", "2147483647")
_TICKS: Final = ("629245152000000000", "642830804470000000")
_YEARS: Final = ("1995", "2038")
_JALALI_YEARS: Final = ("1373", "1417")
"""How the first and the last plausible numbers begin: most numbers lie outside, and are done with by comparing text."""


class Candidate(msgspec.Struct, frozen=True, gc=False):
    """One reading of a run of digits.

    Attributes:
        length: How many digits it rests on, from the first.
        dependent: Whether it counts only where another reading agrees.
    """

    decoder: str
    moment: Moment
    likelihood: Likelihood
    length: int
    dependent: bool = False


def readings_of(digits: str, *, alone: bool, before: datetime | None) -> list[Candidate]:
    """Give the plausible readings of a run of ASCII digits.

    Args:
        digits: 8 to 24 of them.
        alone: Whether they are all that the name or id has, so that nothing tells a date from any number.
        before: When the document was captured.
    """
    latest = upper_end(before)
    return [each for each in _all_readings(digits, alone=alone) if EARLIEST <= each.moment.local <= latest]


def from_ticks(count: int) -> Moment | None:
    """Read .NET ticks: 100 ns since 0001-01-01 in the maker's time zone, which they do not say."""
    moment = since_epoch((count - _TICKS_BEFORE_1970) // 10, "us")
    return Moment(moment.local, "100ns") if moment else None


def calendar_day(year: int, month: int, day: int) -> Moment | None:
    """Make a day of the Gregorian calendar, or None where it has no such day."""
    if month > 12 or day > 31:  # most numbers are no date, and are done with here
        return None
    try:
        return Moment(EPOCH.replace(year=year, month=month, day=day), "day")
    except ValueError:
        return None


def jalali_day(year: int, month: int, day: int) -> Moment | None:
    """Make a day of the Iranian calendar, or None where it has no such day."""
    found = from_jalali(year, month, day)
    return calendar_day(found.year, found.month, found.day) if found else None


def _all_readings(digits: str, *, alone: bool) -> Iterator[Candidate]:
    """Give all readings from 1995 to 2038, and some a little outside."""
    length = len(digits)
    unsure: Likelihood = "possible" if alone else "probable"
    is_time = _SECONDS[0] <= digits[:10] <= _SECONDS[1]
    if is_time and length in _UNIX:
        decoder, unit = _UNIX[length]
        moment = since_epoch(int(digits), unit)
        if moment:
            yield Candidate(decoder, moment, "possible", length)
    if length == 18 and _TICKS[0] <= digits <= _TICKS[1] and (moment := from_ticks(int(digits))):
        yield Candidate("dotnet-ticks", moment, unsure, length)
    whole = length in _COMPACT_LENGTHS
    year = digits[:4]
    if _YEARS[0] <= year <= _YEARS[1] and (moment := _compact(digits if whole else digits[:8])):
        yield Candidate("compact", moment, unsure if length == 8 else "probable", length if whole else 8, not whole)
    if _JALALI_YEARS[0] <= year <= _JALALI_YEARS[1] and (moment := _compact_jalali(digits)):
        read = 14 if length == 14 and moment.precision == "s" else 8
        yield Candidate("jalali-compact", moment, "possible", read, dependent=length not in (8, 14))
    if is_time and length > 10 and length not in _UNIX and (moment := since_epoch(int(digits[:10]), "s")):
        yield Candidate("unix-s", moment, "possible", 10, dependent=True)


def _compact(digits: str) -> Moment | None:
    """Read a day, alone or with a time to the minute, second or millisecond: 8, 12, 14 or 17 digits."""
    day = calendar_day(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    if day is None or len(digits) == len("yyyymmdd"):
        return day
    return with_time(day, digits[8:10], digits[10:12], digits[12:14] or None, digits[14:] or None)


def _compact_jalali(digits: str) -> Moment | None:
    day = jalali_day(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    if day is None or len(digits) != 14:
        return day
    return with_time(day, digits[8:10], digits[10:12], digits[12:14], None) or day


def with_time(day: Moment, hour: str, minute: str | None, second: str | None, fraction: str | None) -> Moment | None:
    """Add a time of day, in whose digits the precision shows; None where no clock shows it."""
    micros = int((fraction or "")[:6].ljust(6, "0"))
    try:
        local = day.local.replace(hour=int(hour), minute=int(minute or 0), second=int(second or 0), microsecond=micros)
    except ValueError:
        return None
    if fraction:
        digits = len(fraction)
        return Moment(local, "ms" if digits <= 3 else "us" if digits <= 6 else "100ns", day.offset)
    return Moment(local, "s" if second else "min" if minute else "h", day.offset)
