"""Reads durations, sizes and rates in the spellings that data uses."""

from __future__ import annotations

import re
from typing import Final

from harvester.model import Value

# ISO 8601-1:2019, 5.5.2; data in the wild also leaves out the T and uses lower case.
_ISO: Final = re.compile(
    r"P(?:(\d+(?:\.\d+)?)Y)?(?:(\d+(?:\.\d+)?)M(?=.*T|.*\Z))?(?:(\d+(?:\.\d+)?)W)?(?:(\d+(?:\.\d+)?)D)?"
    r"(?:T?(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:[.,]\d+)?)S)?)?\Z",
    re.IGNORECASE,
)
_CLOCK: Final = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{2})(?:[.,](\d{1,3}))?\Z")
_WORDS: Final = re.compile(
    r"\s*(?:(\d+)\s*h(?:ours?|rs?)?\.?)?\s*(?:(\d+)\s*m(?:in(?:ute)?s?)?\.?)?\s*(?:(\d+(?:\.\d+)?)\s*s(?:ec(?:ond)?s?)?\.?)?\s*\Z",
    re.IGNORECASE,
)
_SHORTEST_S: Final = 0.001
_LONGEST_S: Final = 172_800.0
_LONG_S: Final = 36_000
_LONGEST_TEXT: Final = 40


def seconds(value: Value, key: str = "") -> float | None:
    """Read a duration in seconds; None where it is unknown, which -1 and 0 say too.

    Args:
        value: A number of seconds or milliseconds, ISO 8601, clock form or words.
        key: The normalised key: a name in `ms` or `millis` tells milliseconds; without one, a whole number beyond
            ten hours that is no multiple of a plausible length is taken as milliseconds.
    """
    if isinstance(value, str):
        text = value.strip()
        if not text or len(text) > _LONGEST_TEXT:
            return None
        if not text.replace(".", "", 1).isdecimal():
            return _plausible(_written(text))
        value = float(text)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    in_ms = key.endswith(("ms", "millis", "milliseconds", "msec")) or (value > _LONG_S and float(value).is_integer())
    return _plausible(value / 1000 if in_ms else float(value))


def _written(text: str) -> float | None:
    """A duration in ISO 8601, clock form or words."""
    if text[0] in "Pp":
        return _iso(text)
    clock = _CLOCK.match(text)
    if clock:
        whole = int(clock[1] or 0) * 3600 + int(clock[2]) * 60 + int(clock[3])
        return whole + (float(f"0.{clock[4]}") if clock[4] else 0.0)
    words = _WORDS.match(text)
    if not words or not any(words.groups()):
        return None
    hours, minutes, rest = (float(part or 0) for part in words.groups())
    return hours * 3600 + minutes * 60 + rest


def _iso(text: str) -> float | None:
    found = _ISO.match(text)
    if not found:
        return None
    years, months, weeks, days, hours, minutes, rest = (
        float((part or "0").replace(",", ".")) for part in found.groups()
    )
    if months and not any((days, hours, minutes, rest)) and "T" not in text.upper():
        minutes, months = months, 0.0  # "P3M" for three minutes: no medium lasts three months
    total_days = years * 365 + months * 30 + weeks * 7 + days
    return total_days * 86400 + hours * 3600 + minutes * 60 + rest


def _plausible(total: float | None) -> float | None:
    if total is None or not _SHORTEST_S <= total <= _LONGEST_S:
        return None
    return round(total, 3)


def integer(value: Value) -> int | None:
    """Read a whole number above zero, also with a unit such as `720p` or `640px` behind it."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return int(value) if 1 <= value < 1 << 53 else None
    if isinstance(value, str):
        found = re.match(r"\s*(\d{1,15})(?:\.\d+)?\s*(?:px|p|i)?\s*\Z", value)
        return int(found[1]) or None if found else None
    return None


def bits_per_second(value: Value, key: str = "") -> int | None:
    """Read a bitrate; bare numbers below 50,000 are kilobits, as players write them."""
    if isinstance(value, str):
        found = re.match(r"\s*(\d+(?:\.\d+)?)\s*([kKmM])?(?:b(?:it)?s?(?:/s|ps)?)?\s*\Z", value)
        if not found:
            return None
        number = float(found[1]) * {"k": 1e3, "m": 1e6}.get((found[2] or "").lower(), 1)
        return int(number) if found[2] and number > 0 else bits_per_second(number, key)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 1 <= value <= 1e10:
        return None
    return int(value * 1000) if "kbps" in key or value < 50_000 else int(value)
