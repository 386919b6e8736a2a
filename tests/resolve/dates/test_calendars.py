from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.resolve.dates.calendars import from_jalali, is_jalali_leap, western_digits


@pytest.mark.parametrize(
    ("jalali", "gregorian"),
    [
        ((1374, 1, 1), date(1995, 3, 21)),
        ((1375, 12, 30), date(1997, 3, 20)),
        ((1379, 1, 1), date(2000, 3, 20)),
        ((1395, 1, 1), date(2016, 3, 20)),
        ((1395, 9, 25), date(2016, 12, 15)),
        ((1396, 1, 1), date(2017, 3, 21)),
        ((1399, 12, 30), date(2021, 3, 20)),
        ((1403, 12, 30), date(2025, 3, 20)),
        ((1357, 11, 22), date(1979, 2, 11)),
        ((1404, 1, 1), date(2025, 3, 21)),
    ],
)
def test_known_days_of_the_iranian_calendar(jalali, gregorian):
    """New years, leap days and days of history convert to the days they are known to be."""
    assert from_jalali(*jalali) == gregorian


@pytest.mark.parametrize("day", [(1396, 12, 30), (1395, 7, 31), (1395, 13, 1), (1395, 0, 1), (1395, 1, 0), (900, 1, 1)])
def test_days_that_do_not_exist_are_none(day):
    """A day that the Iranian calendar does not have converts to nothing."""
    assert from_jalali(*day) is None


@given(st.integers(1178, 1633))
def test_a_year_ends_where_the_next_begins(year):
    """The day after the last of Esfand is the first of Farvardin."""
    last = from_jalali(year, 12, 30 if is_jalali_leap(year) else 29)
    assert last is not None
    assert last + timedelta(days=1) == from_jalali(year + 1, 1, 1)


@given(st.integers(1178, 1634), st.integers(1, 11))
def test_a_month_ends_where_the_next_begins(year, month):
    """Within a year the months follow one another without a gap."""
    last = from_jalali(year, month, 31 if month <= 6 else 30)
    assert last is not None
    assert last + timedelta(days=1) == from_jalali(year, month + 1, 1)


def test_digits_of_other_scripts_become_ascii():
    """Arabic, Persian, Devanagari and fullwidth digits are read, and nothing else changes."""
    assert western_digits("۱۳۹۵/٠٩ १२ ３ آذر") == "1395/09 12 3 آذر"
