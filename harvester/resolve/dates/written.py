"""Calendar dates as folders and file names write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Final

import msgspec
from msgspec.structs import replace

from harvester.model.vocabulary import Likelihood
from harvester.resolve.dates.counters import calendar_day, jalali_day, with_time
from harvester.resolve.dates.moment import EARLIEST, LATEST, UTC_OFFSET, Moment

MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_DIRECTORIES: Final = re.compile(
    r"/(\d{4})/(?:"
    r"(\d{1,2}|(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))(?:/(\d{1,2})(?=/|$))?"
    r"|(\d{2})-?(\d{2})"
    r")(?=/|$)"
)
_MONTH_DIRECTORY: Final = re.compile(r"/(\d{4})(-?)(\d\d)(?=/)")

_TIME: Final = r"(\d\d)([-_.:h]?)(\d\d)(?:\{ts}(\d\d)(?:[.,](\d{1,9}))?)?(Z|[+-]\d\d:?\d\d)?(?![0-9A-Za-z])"
_DASHED: Final = re.compile(
    r"(?<!\d)(\d{4})([-_.])(\d\d)\2(\d\d)(?:(T|[_ .+-]{1,3})" + _TIME.replace("{ts}", "7") + r")?(?!\d)"
)
_COMPACT: Final = re.compile(
    r"(?<!\d)(\d{4})(\d\d)(\d\d)(T|[-_ ])(\d\d)(\d\d)(?:(\d\d)(?:\.?(\d{3}))?)?(Z|[+-]\d\d:?\d\d)?(?![0-9A-Za-z])"
)
_YEAR_LAST: Final = re.compile(r"(?<!\d)(?<!\d[-_.])(\d\d)([-_.])(\d\d)\2(\d{4})(?!\d)")

_YEAR_FOLDER: Final = re.compile(r"/\d{4}(?:/|-?\d\d/)")
_MARKED: Final = re.compile(r"[-_.T ]\d\d(?:(?<=\d\d[-_.]..)[-_.]\d\d|(?<=\d{8}[-T_ ]..)\d\d)")
"""What is in every date that the patterns above read; most paths have neither, and are done with quickly."""

_Reading = tuple[str, Moment, Likelihood]


class Found(msgspec.Struct, frozen=True, gc=False):
    """What stands at one place, with every reading that it allows: decoder, moment, likelihood."""

    span: tuple[int, int]
    readings: tuple[_Reading, ...]


def has_dated_folder(text: str) -> bool:
    """Whether there may be anything for `dates_in_directories` to read, which is seldom."""
    return _YEAR_FOLDER.search("/" + text) is not None


def has_marked_date(text: str) -> bool:
    """Whether there may be anything for `dates_written` to read, which is seldom."""
    return _MARKED.search(text) is not None


def dates_in_directories(text: str, *, persian: bool) -> Iterator[Found]:
    """Read folders such as `/2016/12/15/`, `/2016/dec/15/`, `/2016/12/`, `/2016/1215/` and `/1395/09/25/`.

    Args:
        text: A path.
        persian: Whether the host is Iranian, where years of the Iranian calendar are usual.
    """
    # Every folder has a slash before it then, and a match begins where its year stands in `text`.
    folders = "/" + text
    for match in _DIRECTORIES.finditer(folders):
        year, month, day = int(match[1]), match[2], match[3]
        if match[4]:
            readings = _days(year, int(match[4]), int(match[5]), "directory", "possible", persian=persian)
        elif day:
            # Folders without leading zeros may as well be the parts of a number.
            sure = len(day) == 2 and len(month) >= 2
            readings = _days(
                year, _month(month), int(day), "directory", "probable" if sure else "possible", persian=persian
            )
        else:
            readings = _months(year, _month(month), "probable" if len(month) >= 2 else "possible")
        if readings:
            yield Found((match.start(), match.end() - 1), readings)
    for match in _MONTH_DIRECTORY.finditer(folders):
        if readings := _months(int(match[1]), int(match[3]), "probable" if match[2] else "possible"):
            yield Found((match.start(), match.end() - 1), readings)


def dates_written(text: str, *, persian: bool) -> Iterator[Found]:
    """Read dates with marks between their parts, with or without a time of day."""
    for match in _DASHED.finditer(text):
        days = _days(int(match[1]), int(match[3]), int(match[4]), "iso-date", "probable", persian=persian)
        if not days:
            continue
        end = match.end(4)
        if match[5] and (match[9] or match[5] == "T" or match[7] in (":", "h")):
            timed = _timed(days, match[6], match[8], match[9], match[10], match[11])
            if timed:
                days, end = timed, match.end()
        yield Found((match.start(), end), days)
    for match in _COMPACT.finditer(text):
        if not match[7] and match[4] != "T":
            continue
        days = _days(int(match[1]), int(match[2]), int(match[3]), "compact", "probable", persian=persian)
        if timed := _timed(days, match[5], match[6], match[7], match[8], match[9]):
            yield Found(match.span(), timed)
    for match in _YEAR_LAST.finditer(text):
        if readings := _year_last(int(match[1]), int(match[3]), int(match[4])):
            yield Found(match.span(), readings)


def _days(
    year: int, month: int, day: int, decoder: str, likelihood: Likelihood, *, persian: bool
) -> tuple[_Reading, ...]:
    moment = calendar_day(year, month, day)
    if moment and EARLIEST <= moment.local <= LATEST:
        return ((decoder, moment, likelihood),)
    moment = jalali_day(year, month, day)
    if moment and EARLIEST <= moment.local <= LATEST:
        return ((f"jalali-{decoder}", moment, likelihood if persian else "possible"),)
    return ()


def _months(year: int, month: int, likelihood: Likelihood) -> tuple[_Reading, ...]:
    first = calendar_day(year, month, 1)
    if first is None or not EARLIEST <= first.local <= LATEST:
        return ()
    return (("directory", replace(first, precision="month"), likelihood),)


def _month(text: str) -> int:
    return int(text) if text.isdecimal() else MONTHS.index(text.lower()) + 1


def _timed(
    days: tuple[_Reading, ...], hour: str, minute: str, second: str | None, fraction: str | None, zone: str | None
) -> tuple[_Reading, ...]:
    timed = []
    for decoder, day, likelihood in days:
        moment = with_time(day, hour, minute, second, fraction)
        if moment:
            timed.append((decoder, replace(moment, offset=offset_of(zone)), likelihood))
    return tuple(timed)


def _year_last(first: int, second: int, year: int) -> tuple[_Reading, ...]:
    readings = {
        decoder: moment
        for decoder, month, day in (("day-month-year", second, first), ("month-day-year", first, second))
        if (moment := calendar_day(year, month, day)) and EARLIEST <= moment.local <= LATEST
    }
    if first == second:
        readings.pop("month-day-year", None)
    likelihood: Likelihood = "possible" if len(readings) > 1 else "probable"
    return tuple((decoder, moment, likelihood) for decoder, moment in readings.items())


def offset_of(zone: str | None) -> timedelta | None:
    """Read `Z`, `+0330`, `+03:30` or `-5`; None for no zone, and for one that no clock has."""
    if zone is None:
        return None
    if zone in ("Z", "z"):
        return UTC_OFFSET
    digits = zone[1:].replace(":", "")
    hours, minutes = (int(digits), 0) if len(digits) <= 2 else (int(digits[:-2]), int(digits[-2:]))
    if hours > 15 or minutes > 59:
        return None
    offset = timedelta(hours=hours, minutes=minutes)
    return offset if zone[0] == "+" else -offset
