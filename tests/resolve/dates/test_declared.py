from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.resolve.dates.declared import declared_time

TIME = datetime(2016, 12, 15, 20, 48, 20, tzinfo=UTC)
times = st.integers(0, 40 * 365 * 86_400 * 10**6).map(
    lambda micros: datetime(1996, 1, 1, tzinfo=UTC) + timedelta(microseconds=micros)
)
offsets = st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@pytest.mark.parametrize(
    "text",
    [
        "2016-12-15T20:48:20Z",
        "2016-12-15t20:48:20z",
        "2016-12-15 20:48:20 UTC",
        "2016-12-15T20:48:20.000+00:00",
        "2016-12-15T20:48:20,0Z",
        "2016/12/15 20:48:20 +0000",
        "2016-12-16 00:18:20 +0330",
        "2016-12-15T15:48:20-05",
        "2016-12-15T15:48:20\u221205:00",
        "20161215T204820Z",
        "2016-W50-4T20:48:20Z",
        "2016W504T204820Z",
        "2016-350T20:48:20Z",
        "2016-12-16T00:18:20+03:30[Asia/Tehran]",
        "Thu, 15 Dec 2016 20:48:20 GMT",
        "Thu, 15 Dec 2016 20:48:20 -0000",
        "Fri, 16 Dec 2016 00:18:20 +0330 (IRST)",
        "15 Dec 16 20:48:20 UT",
        "Thursday, 15-Dec-16 20:48:20 GMT",
        "Thu Dec 15 20:48:20 UTC 2016",
        "Thu Dec 15 20:48:20 +0000 2016",
        "Fri Dec 16 2016 00:18:20 GMT+0330 (Iran Standard Time)",
        "December 15, 2016 8:48:20 PM GMT",
        "Dec 15th, 2016, 3:48:20 p.m. EST",
        "15/12/2016 20:48:20 Z",
        "/Date(1481834900000)/",
        "/Date(1481834900000+0330)/",
        "\\/Date(1481834900000)\\/",
        "1481834900",
        "1481834900.0",
        "1481834900000",
        1481834900,
        1481834900000,
        " 2016-12-15T20:48:20Z\n",
        "۲۰۱۶-۱۲-۱۵T۲۰:۴۸:۲۰Z",
        "1395/09/25 20:48:20 +0000",
    ],
)
def test_a_stated_zone_gives_utc(text):
    """Every common way to write a zoned time gives the same aware UTC."""
    found = declared_time(text)
    assert found == TIME
    assert found.tzinfo is UTC


@pytest.mark.parametrize(
    "text",
    [
        "2016-12-15T20:48:20",
        "2016-12-15",
        "2016-12",
        "20161215",
        "Thu, 15 Dec 2016",
        "Thu, 15 Dec 2016 20:48:20 IST",
        "۱۳۹۵/۰۹/۲۵ ۱۴:۳۰",
        "25 آذر 1395",
        "05/06/2016 10:00:00 Z",
        "0001-01-01T00:00:00Z",
        "1970-01-01T00:00:00Z",
        "/Date(-62135596800000)/",
        "2016-13-15T20:48:20Z",
        "2016-02-30T20:48:20Z",
        "2016-12-15T25:48:20Z",
        "2016-12-15T20:48:20+99:00",
        "2016-367T20:48:20Z",
        "2016-W54-1T20:48:20Z",
        "9999-12-31T23:59:60Z",
        "/Date(253402300799000+1400)/",
        "0",
        0,
        -1,
        12,
        True,
        "148183490",
        "9999999999999",
        "yesterday",
        "",
        "x" * 100_000,
        "2016-12-15T20:48:20Z" + " " * 100_000 + "x",
    ],
)
def test_what_has_no_zone_or_is_no_time_gives_none(text):
    """A date without zone or time of day, a default for no date, and what is no date give nothing."""
    assert declared_time(text) is None


def test_a_day_may_end_at_24_and_a_minute_at_60():
    """Midnight at the end of a day and a leap second are times of the next day."""
    assert declared_time("2016-12-15T24:00Z") == datetime(2016, 12, 16, tzinfo=UTC)
    assert declared_time("2016-12-31T23:59:60Z") == datetime(2017, 1, 1, tzinfo=UTC)


@given(times, offsets)
def test_iso_round_trip(time, zone):
    """What Python writes as ISO 8601 with any offset is read as the same moment."""
    zoned = time.astimezone(zone)
    assert declared_time(zoned.isoformat()) == zoned
    assert declared_time(zoned.strftime("%Y-%m-%d %H:%M:%S.%f %z")) == zoned


@given(times, offsets)
def test_rfc_5322_round_trip(time, zone):
    """What Python writes as a mail date is read as the same second."""
    zoned = time.astimezone(zone).replace(microsecond=0)
    assert declared_time(format_datetime(zoned)) == zoned


@given(st.integers(1_000_000_000, 2**31 - 2), st.integers(0, 999))
def test_unix_round_trip(seconds, millis):
    """Unix seconds and milliseconds of the plausible years are read as UTC."""
    time = datetime.fromtimestamp(seconds, UTC)
    assert declared_time(seconds) == time
    assert declared_time(str(seconds * 1000 + millis)) == time + timedelta(milliseconds=millis)
    assert declared_time(f"/Date({seconds * 1000 + millis})/") == time + timedelta(milliseconds=millis)


@given(st.one_of(st.text(), st.integers(), st.from_regex(r"[\d:TZ+\-/., ]{1,40}", fullmatch=True)))
def test_total_on_any_text(text):
    """Any text or number gives an aware time or None."""
    found = declared_time(text)
    assert found is None or found.tzinfo is UTC
