"""Digits, months and calendars other than Western ones."""

from __future__ import annotations

from datetime import date
from typing import Final

_DIGITS: Final = {
    zero + digit: ord("0") + digit
    for zero in (0x0660, 0x06F0, 0x0966, 0xFF10)  # Arabic, Persian, Devanagari, fullwidth
    for digit in range(10)
}
_ARABIC_LETTERS: Final = {ord("ي"): "ی", ord("ك"): "ک", 0x200C: None}
"""Persian is often typed with Arabic letters, and with a zero-width non-joiner inside words."""

JALALI_MONTHS: Final[dict[str, int]] = {
    "فروردین": 1,
    "اردیبهشت": 2,
    "خرداد": 3,
    "تیر": 4,
    "مرداد": 5,
    "امرداد": 5,
    "شهریور": 6,
    "مهر": 7,
    "آبان": 8,
    "ابان": 8,
    "آذر": 9,
    "اذر": 9,
    "دی": 10,
    "بهمن": 11,
    "اسفند": 12,
}
_EPOCH: Final = date(1995, 3, 21).toordinal()
_EPOCH_YEAR: Final = 1374
_LEAP: Final = frozenset({1, 5, 9, 13, 17, 22, 26, 30})
"""Years modulo 33 that have a thirtieth of Esfand.

The rule of 33 years gives the same years as the astronomical calendar from 1178 to 1634 (K. M. Borkowski,
"The Persian calendar for 3000 years", Earth, Moon and Planets 74, 1996), which is 1799 to 2256.
"""
_VALID: Final = range(1178, 1635)


def western_digits(text: str) -> str:
    """Write the digits of other scripts as ASCII; the length stays the same."""
    return text if text.isascii() else text.translate(_DIGITS)


def persian_letters(text: str) -> str:
    """Write Arabic yeh and kaf as the Persian ones, as month names have them."""
    return text if text.isascii() else text.translate(_ARABIC_LETTERS)


def is_jalali_leap(year: int) -> bool:
    """Tell whether a Jalali year has 366 days."""
    return year % 33 in _LEAP


def from_jalali(year: int, month: int, day: int) -> date | None:
    """Convert a date of the Iranian solar calendar, or give None for one that does not exist.

    The first six months have 31 days, the next five 30, the last 29, or 30 in a leap year.
    """
    if year not in _VALID or not 1 <= month <= 12:
        return None
    length = 31 if month <= 6 else 30 if month <= 11 or is_jalali_leap(year) else 29
    if not 1 <= day <= length:
        return None
    days = (year - _EPOCH_YEAR) * 365 + _leaps_before(year) - _leaps_before(_EPOCH_YEAR)
    return date.fromordinal(_EPOCH + days + (month - 1) * 30 + min(month - 1, 6) + day - 1)


def _leaps_before(year: int) -> int:
    cycles, rest = divmod(year, 33)
    return cycles * len(_LEAP) + sum(residue < rest for residue in _LEAP)
