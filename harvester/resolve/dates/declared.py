"""Dates that data declares: ISO 8601, RFC 5322, Unix time and what programs print by default."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final

from msgspec.structs import replace

from harvester.resolve.dates.calendars import JALALI_MONTHS, persian_letters, western_digits
from harvester.resolve.dates.counters import calendar_day, jalali_day, with_time
from harvester.resolve.dates.moment import EARLIEST, LATEST, UTC_OFFSET, Moment, since_epoch
from harvester.resolve.dates.written import MONTHS, offset_of

_MOST_CHARS: Final = 80
_EARLIEST_DECLARED: Final = 1000
"""Years before are what programs write for no date, such as .NET's 0001-01-01."""

_CLOCK: Final = (
    r"(?P<hour>\d{1,2})(?::?(?P<minute>\d\d)(?::?(?P<second>\d\d)(?:[.,](?P<fraction>\d{1,9}))?)?)?"
    r"(?:\s?(?P<half>[AaPp])\.?[Mm]\.?)?"
)
_ZONE: Final = (
    r"(?:\s?(?:UTC|GMT)?(?P<offset>[+-]\d{1,2}(?::?\d\d)?)|\s?(?P<named>[A-Za-z]{1,4}))?(?:\s?[\[(][^\])]*[\])])?"
)
_AFTER_DAY: Final = r"(?:(?:[Tt_,،]|\s+-|\s+ساعت|\s+at)?\s*" + _CLOCK + _ZONE + ")?"

_ISO: Final = r"(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})" + _AFTER_DAY
_ISO_BASIC: Final = r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)(?:[Tt ]" + _CLOCK + _ZONE + ")?"
_ISO_WEEK: Final = r"(?P<year>\d{4})-?W(?P<week>\d\d)-?(?P<weekday>[1-7])" + _AFTER_DAY
_ISO_ORDINAL: Final = r"(?P<year>\d{4})-(?P<ordinal>\d{3})" + _AFTER_DAY
_ISO_MONTH: Final = r"(?P<year>\d{4})-(?P<month>\d\d)"
_WEEKDAY: Final = r"(?:[^\W\d_]{2,12}\.?[,،]?\s+)?"
_DAY_FIRST: Final = (
    _WEEKDAY + r"(?P<day>\d{1,2})(?:\s+|-)(?P<name>[^\W\d_]{2,12})\.?,?(?:\s+|-)(?P<year>\d{4}|\d\d(?=\s))" + _AFTER_DAY
)
_MONTH_FIRST: Final = (
    _WEEKDAY + r"(?P<name>[A-Za-z]{3,12})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})" + _AFTER_DAY
)
_YEAR_AT_END: Final = (  # C's asctime, `date`, Java, X's API
    _WEEKDAY + r"(?P<name>[A-Za-z]{3,12})\s+(?P<day>\d{1,2})\s+" + _CLOCK + _ZONE + r"\s+(?P<year>\d{4})"
)
_NUMBERS: Final = r"(?P<one>\d{1,2})(?P<mark>[-/.])(?P<two>\d{1,2})(?P=mark)(?P<year>\d{4})" + _AFTER_DAY
_DOTNET: Final = r"\\?/Date\((?P<ms>-?\d{1,15})(?P<offset>[+-]\d{4})?\)\\?/"
_UNIX: Final = r"(?P<count>\d{10}|\d{13}|\d{16})(?:\.\d{1,9})?"

_NAMED_ZONES: Final[dict[str, int]] = {
    "Z": 0,
    "UT": 0,
    "UTC": 0,
    "GMT": 0,
    "EST": -5,
    "EDT": -4,
    "CST": -6,
    "CDT": -5,
    "MST": -7,
    "MDT": -6,
    "PST": -8,
    "PDT": -7,
}
"""Hours ahead of UTC of the names that RFC 5322, 4.3 defines; any other name may mean several zones."""


def declared_time(text: str | int) -> datetime | None:
    """Read a point in time that a field declares, as aware UTC.

    Args:
        text: What stands in a field whose key says that it is a date. A number, or a text of 10, 13 or 16
            digits, is Unix time in s, ms or us.

    Returns:
        None where it is not a time, has no zone, or no time of day; such a date is evidence only.
    """
    for _, moment in _read(str(text)):
        if (at := moment.utc) is not None:
            return at
    return None


def read_declared(text: str) -> list[tuple[str, Moment]]:
    """Give the readings of a declared date with their decoders; two where day and month can't be told apart."""
    return list(_read(text))


@lru_cache(maxsize=256)
def _read(text: str) -> tuple[tuple[str, Moment], ...]:
    text = text.strip()
    if len(text) > _MOST_CHARS:
        return ()
    text = persian_letters(western_digits(text)).replace("\u2212", "-")
    for pattern, read in _READERS:
        match = re.fullmatch(pattern, text)  # compiled when first needed: most texts fit the first pattern
        if match and (readings := read(match)):
            return tuple(readings)
    return ()


def _read_iso(match: re.Match[str]) -> list[tuple[str, Moment]]:
    year, month, day = int(match["year"]), int(match["month"]), int(match["day"])
    if 1300 <= year < 1500:
        # A Gregorian year of the Middle Ages is no date of a recording; the Iranian calendar stands there now.
        return _clocked("jalali", jalali_day(year, month, day), match)
    return _clocked("iso-8601", calendar_day(year, month, day), match)


def _read_week(match: re.Match[str]) -> list[tuple[str, Moment]]:
    try:
        day = date.fromisocalendar(int(match["year"]), int(match["week"]), int(match["weekday"]))
    except ValueError:
        return []
    return _clocked("iso-8601", calendar_day(day.year, day.month, day.day), match)


def _read_ordinal(match: re.Match[str]) -> list[tuple[str, Moment]]:
    first = calendar_day(int(match["year"]), 1, 1)
    if first is None or not 1 <= int(match["ordinal"]) <= 366:
        return []
    local = first.local + timedelta(days=int(match["ordinal"]) - 1)
    return _clocked("iso-8601", replace(first, local=local), match) if local.year == first.local.year else []


def _read_month(match: re.Match[str]) -> list[tuple[str, Moment]]:
    first = calendar_day(int(match["year"]), int(match["month"]), 1)
    return _sane([("iso-8601", replace(first, precision="month"))] if first else [])


def _read_named(match: re.Match[str]) -> list[tuple[str, Moment]]:
    name, day, year = match["name"], int(match["day"]), int(match["year"])
    if name in JALALI_MONTHS:
        return _clocked("jalali", jalali_day(year, JALALI_MONTHS[name], day), match)
    if len(match["year"]) == 2:
        year += 2000 if year < 50 else 1900  # RFC 5322, 4.3
    short = name[:3].lower()
    if short not in MONTHS:
        return []
    return _clocked("rfc-5322", calendar_day(year, MONTHS.index(short) + 1, day), match)


def _read_numbers(match: re.Match[str]) -> list[tuple[str, Moment]]:
    first, second, year = int(match["one"]), int(match["two"]), int(match["year"])
    if first <= 12 and second <= 12 and first != second:
        # Which of the two is the month is not said, so nothing here is a point in time.
        days = {
            "day-month-year": calendar_day(year, second, first),
            "month-day-year": calendar_day(year, first, second),
        }
        return [(decoder, day) for decoder, day in days.items() if day]
    day_first = first > 12 or first == second
    month, day = (second, first) if day_first else (first, second)
    return _clocked("day-month-year" if day_first else "month-day-year", calendar_day(year, month, day), match)


def _read_dotnet(match: re.Match[str]) -> list[tuple[str, Moment]]:
    moment = since_epoch(int(match["ms"]), "ms")  # UTC, whatever offset follows (.NET, DataContractJsonSerializer)
    offset = offset_of(match["offset"])
    if moment is None:
        return []
    try:
        return _sane([("dotnet-json", Moment(moment.local + offset, "ms", offset) if offset else moment)])
    except OverflowError:
        return []


def _read_unix(match: re.Match[str]) -> list[tuple[str, Moment]]:
    count = match["count"]
    moment = {10: since_epoch(int(count), "s"), 13: since_epoch(int(count), "ms"), 16: since_epoch(int(count), "us")}[
        len(count)
    ]
    if moment is None or not EARLIEST <= moment.local <= LATEST:
        return []
    return [(f"unix-{moment.precision}", moment)]


def _clocked(decoder: str, day: Moment | None, match: re.Match[str]) -> list[tuple[str, Moment]]:
    """Add the time of day and the zone that a match holds; an impossible time spoils the whole reading."""
    if day is None:
        return []
    if match["hour"] is None:
        return _sane([(decoder, day)])
    hour, extra = int(match["hour"]), timedelta(0)
    if match["half"]:
        if not 1 <= hour <= 12:
            return []
        hour = hour % 12 + (12 if match["half"] in "Pp" else 0)
    second = match["second"]
    if hour == 24 and not int(match["minute"] or 0) and not int(second or 0):
        hour, extra = 0, timedelta(days=1)  # ISO 8601-1:2004, 4.2.3
    elif second == "60":
        second, extra = "59", timedelta(seconds=1)  # a leap second
    moment = with_time(day, str(hour), match["minute"], second, match["fraction"])
    if moment is None:
        return []
    try:
        return _sane([(decoder, replace(moment, local=moment.local + extra, offset=_offset(match)))])
    except OverflowError:
        return []


def _offset(match: re.Match[str]) -> timedelta | None:
    if match["offset"]:
        return offset_of(match["offset"])
    hours = _NAMED_ZONES.get((match["named"] or "").upper())
    return UTC_OFFSET if hours == 0 else None if hours is None else timedelta(hours=hours)


def _sane(readings: list[tuple[str, Moment]]) -> list[tuple[str, Moment]]:
    """Leave out what programs write where they have no date: the first years, and zero of Unix time."""
    return [
        (decoder, moment)
        for decoder, moment in readings
        if moment.local.year >= _EARLIEST_DECLARED and moment.local.date() != date(1970, 1, 1)
    ]


_READERS: Final[tuple[tuple[str, Callable[[re.Match[str]], list[tuple[str, Moment]]]], ...]] = (
    (_ISO, _read_iso),
    (_UNIX, _read_unix),
    (_ISO_BASIC, _read_iso),
    (_DAY_FIRST, _read_named),
    (_MONTH_FIRST, _read_named),
    (_YEAR_AT_END, _read_named),
    (_NUMBERS, _read_numbers),
    (_DOTNET, _read_dotnet),
    (_ISO_WEEK, _read_week),
    (_ISO_ORDINAL, _read_ordinal),
    (_ISO_MONTH, _read_month),
)
