"""Reads durations, sizes and rates in the spellings that data uses."""

from __future__ import annotations

import re
from typing import Final

from harvester.model import Value

# ISO 8601-1:2019, 5.5.2; data in the wild also leaves out the P or the T and uses lower case.
_ISO: Final = re.compile(
    r"P(?:(\d+(?:\.\d+)?)Y)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)W)?(?:(\d+(?:\.\d+)?)D)?"
    r"(?:T?(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:[.,]\d+)?)S)?)?\Z",
    re.IGNORECASE,
)
_CLOCK: Final = re.compile(r"P?T?(?:(\d{1,3}):)?(\d{1,3}):(\d{2})(?:[.,](\d{1,3}))?\Z", re.IGNORECASE)
_TIMECODE: Final = re.compile(r"(\d{2}:\d{2}:\d{2})[:;]\d{2}\Z")
"""A clock with the number of a frame behind it (SMPTE ST 12-1)."""

_CLOCK_IN_TEXT: Final = re.compile(r"(?:\d{1,3}:)?\d{1,3}:\d{2}")
_PART: Final = re.compile(
    r"\s*(\d{1,6}(?:[.,]\d{1,3})?)\s*([^\W\d_]{1,14}|['\"’′″]+)[.,;]?(?:\s+(?:and|und|et|y|e|i|en|и))?(?=\W|\d|\Z)"
)
_UNITS: Final[dict[str, float]] = {
    word: unit
    for unit, words in (
        (3600.0, "h hr hrs hour hours std stunde stunden heure heures hora horas ora ore uur saat ч час часа часов"),
        (
            60.0,
            (
                "m min mins minute minutes minuten minuto minutos minuti minuut minut dk dakika м мин минута минуты"
                " минут دقيقة دقائق دقیقه 分 分钟 ' ’ ′"
            ),
        ),
        (
            1.0,
            (
                "s sec secs second seconds sek sekunde sekunden seg segundo segundos secondo secondi seconde secondes"
                " seconden sekund sn saniye с сек секунда секунды секунд ثانية ثوان ثانیه 秒 \" ″ ''"
            ),
        ),
        (0.001, "ms msec millis millisecond milliseconds"),
    )
    for word in words.split()
}
_WITH_UNIT: Final = re.compile(r"\s*(\d{1,15})(?:\.\d+)?\s*(?:px|p|i)?\s*\Z")
_RATE: Final = re.compile(r"\s*(\d+(?:\.\d+)?)\s*([kKmM])?(?:b(?:it)?s?(?:/s|ps)?)?\s*\Z")
_SHORTEST_S: Final = 0.001
_LONGEST_S: Final = 172_800.0
SHORTEST_MS: Final = 10_000
"""From here on a whole number without a unit is taken as milliseconds: pages show clips of ten seconds more often than
films of three hours, and of these they mostly give the length as a clock does."""

_LONGEST_TEXT: Final = 40
_MOST_PARTS: Final = 8
_PARTS: Final = {"days": 86400.0, "hours": 3600.0, "minutes": 60.0, "seconds": 1.0}
_WAYS: Final = (
    "seconds", "totalseconds", "ms", "milliseconds", "iso8601", "iso", "text", "simpletext", "formatted", "label",
    "display", "value", "raw",
)  # fmt: skip
"""Under which names a duration stands in an object of its own, the clearest first."""

_IN_MS: Final = ("ms", "millis", "milliseconds", "millisecond", "msec")
_IN_SECONDS: Final = ("seconds", "second", "secs", "sec", "ins")
_IN_MINUTES: Final = ("minutes", "minute", "mins")


def seconds(value: Value, key: str = "", *, may_be_long: bool = False) -> float | None:
    """Read a duration in seconds; None where it is unknown, which -1 and 0 say too.

    Args:
        value: A number of seconds or milliseconds, ISO 8601, clock form or words.
        key: The normalised key, which may end in the name of a unit; without one, the size tells seconds from
            milliseconds.
        may_be_long: Whether it is of something that lasts for hours, such as a live stream.
    """
    if isinstance(value, str):
        text = value.strip()
        if not text or len(text) > _LONGEST_TEXT:
            return None
        if not text.replace(".", "", 1).isdecimal():
            return _plausible(_written(text))
        value = float(text)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return _plausible(value * _unit_of(value, key, may_be_long=may_be_long))


def seconds_of_parts(parts: dict[str, Value], *, may_be_long: bool = False) -> float | None:
    """Read a duration that is given in several ways, `{"text": "3:20", "seconds": 200}`, or in parts that add up."""
    named = {key.lower(): value for key, value in parts.items()} if len(parts) <= _MOST_PARTS else {}
    if "minutes" in named:
        found = [_plain(named.get(name)) * unit for name, unit in _PARTS.items()]
        return _plausible(sum(found))
    if "unit" in named:
        return seconds(f"{named.get('value')} {named['unit']}")
    for name in _WAYS:
        length = seconds(named[name], name, may_be_long=may_be_long) if name in named else None
        if length is not None:
            return length
    return None


def _plain(value: Value) -> float:
    return float(value) if isinstance(value, (int, float)) else seconds(value, "seconds") or 0.0


def names_unit(key: str) -> bool:
    """Tell whether a normalised key says in which unit its number is."""
    return key.endswith((*_IN_MS, *_IN_SECONDS, *_IN_MINUTES))


def _unit_of(value: float, key: str, *, may_be_long: bool) -> float:
    """What one of a bare number is in seconds."""
    if key.endswith(_IN_MS):
        return 0.001
    if key.endswith(_IN_MINUTES):
        return 60.0
    in_ms = value > _LONGEST_S if key.endswith(_IN_SECONDS) or may_be_long else value >= SHORTEST_MS
    return 0.001 if in_ms and float(value).is_integer() else 1.0


def _written(text: str) -> float | None:
    """A duration in ISO 8601, clock form or words."""
    if text.count(":") > 2 or ";" in text:  # more than a clock has
        text = _TIMECODE.sub(r"\1", text)
    clock = _CLOCK.match(text)
    if clock:
        whole = int(clock[1] or 0) * 3600 + int(clock[2]) * 60 + int(clock[3])
        return whole + (float(f"0.{clock[4]}") if clock[4] else 0.0)
    iso = _iso(text if text[0] in "Pp" else f"P{text}") if text[0] in "PpTt" else None
    return iso or _in_words(text) or _clock_in(text)


def _in_words(text: str) -> float | None:
    """A duration such as `3 minutes, 20 seconds` or `5 Min.`, of nothing but numbers and units."""
    at, total, smallest = 0, 0.0, _LONGEST_S
    while at < len(text):
        part = _PART.match(text, at)
        unit = _UNITS.get(part[2].lower(), smallest) if part else smallest
        if part is None or unit >= smallest:
            return None
        total, smallest, at = total + float(part[1].replace(",", ".")) * unit, unit, part.end()
    return total


def _clock_in(text: str) -> float | None:
    """The only clock in a text that says otherwise what it is: `02:03 min`, `Length: 1:02:03`."""
    found = _CLOCK_IN_TEXT.findall(text)
    if len(found) != 1 or sum(map(str.isdecimal, text)) != sum(map(str.isdecimal, found[0])):
        return None
    return _written(found[0])


def _iso(text: str) -> float | None:
    found = _ISO.match(text)
    if not found:
        return None
    years, months, weeks, days, hours, minutes, rest = (
        float((part or "0").replace(",", ".")) for part in found.groups()
    )
    if months and not any((years, weeks, days)) and "T" not in text.upper():
        minutes, months = minutes or months, 0.0  # "P3M9S" for three minutes: no medium lasts three months
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
    if isinstance(value, (int, float)):
        return int(value) if 1 <= value < 1 << 53 else None
    if isinstance(value, str):
        found = _WITH_UNIT.match(value)
        return int(found[1]) or None if found else None
    return None


def bits_per_second(value: Value, key: str = "") -> int | None:
    """Read a bitrate; bare numbers below 50,000 are kilobits, as players write them."""
    if isinstance(value, str):
        found = _RATE.match(value)
        if not found:
            return None
        number = float(found[1]) * {"k": 1e3, "m": 1e6}.get((found[2] or "").lower(), 1)
        return int(number) if found[2] and number > 0 else bits_per_second(number, key)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 1 <= value <= 1e10:
        return None
    return int(value * 1000) if "kbps" in key or value < 50_000 else int(value)
