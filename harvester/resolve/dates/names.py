"""Dates in names, paths and ids."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Final

import msgspec

from harvester.model import DateEvidence
from harvester.model.vocabulary import DateOf, Likelihood
from harvester.resolve.dates import identifiers
from harvester.resolve.dates.agreement import Reading, weigh
from harvester.resolve.dates.calendars import western_digits
from harvester.resolve.dates.counters import readings_of
from harvester.resolve.dates.moment import EARLIEST, Moment, upper_end
from harvester.resolve.dates.written import (
    Found,
    dates_in_directories,
    dates_written,
    has_dated_folder,
    has_marked_date,
)

_MOST_CHARS: Final = 4096
_MOST_READINGS: Final = 16
_AUTHORITY: Final = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]{0,30}:)?//([^/?#]*)")
_FOUR: Final = re.compile(r"\d\d{3}")
_YEAR: Final = re.compile(r"(?:1[349]|20)\d\d")
"""The years that can be meant begin so: 1995 to 2038, in the Iranian calendar 1373 to 1417."""

_OBJECT_ID_CHARS: Final = 24
_ULID_CHARS: Final = 26
_LONGEST_SUFFIX: Final = 5
_SHARDED: Final = "media_attachments"
"""In the paths of the one platform that runs under any name, and cuts its numbers into folders."""

_LONG_NUMBER: Final = re.compile(r"(?:0[7-9]|1[0-9]|2[01]|6[234])(?<![0-9]..)[0-9]{6}")
_LONG_WORD: Final = re.compile(r"[2-7][0-9A-Fa-f]{23}|0[01][0-9A-Za-z]{24}")
"""One of these has every word that holds a number with a time from 1995 to 2038 in it."""

_NO_PATH: Final = re.compile(r"(?i:data|blob|javascript|mailto|tel):")
_ESCAPES: Final = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_WORD: Final = re.compile(r"[0-9A-Za-z]{8,}")
_NUMBERED: Final = re.compile(r"([A-Za-z]*)(\d{8,24})([A-Za-z]*)")
_HEX_LETTERS: Final = frozenset("abcdefABCDEF")

_OPAQUE: Final = frozenset(
    {"youtube", "vimeo", "dailymotion", "brightcove", "kaltura", "jwplayer", "ooyala", "theplatform", "anvato"}
    | {"facebook", "twitch", "rumble", "odysee", "spotify", "soundcloud", "wistia", "imdb", "vk", "bilibili"}
    | {"isbn", "issn", "ean", "gtin", "upc", "sku", "asin", "doi", "isrc", "eidr", "md5", "sha1", "sha256"}
)
"""Schemes whose ids are known to hold no time, whatever they look like."""

_OBJECT_ID_SCHEMES: Final = frozenset({"_id", "$oid", "oid", "objectid", "mongo", "mongodb", "bson"})


class _Scan(msgspec.Struct, gc=False):
    """A name that is being read: what has been read once is not read again as something else."""

    text: str
    before: datetime | None
    of: Callable[[int], DateOf]
    masked: str
    latest: datetime
    """The last plausible time."""
    readings: list[Reading]

    def add(
        self, span: tuple[int, int], decoder: str, moment: Moment, likelihood: Likelihood, *, dependent: bool = False
    ) -> None:
        if EARLIEST <= moment.local <= self.latest and len(self.readings) < _MOST_READINGS:
            start, end = span
            evidence = moment.evidence(self.of(start), decoder, self.text[start:end], likelihood)
            self.readings.append(Reading(start, end, evidence, dependent))

    def mask(self, span: tuple[int, int]) -> None:
        start, end = span
        self.masked = self.masked[:start] + "\0" * (end - start) + self.masked[end:]


def dates_in_name(path_or_url: str, *, before: datetime | None, host: str | None = None) -> list[DateEvidence]:
    """Read the dates that a file's name and its folders give.

    The query is left alone: its numbers are signatures, expiry times and cache busters.

    Args:
        path_or_url: As it stands in the data; only the first 4096 characters are looked at.
        before: When the document was captured; None for not known, which ends the window at 2038-01-19.
        host: Where a bare path is known to be served.

    Returns:
        In the order in which they stand. What is a number and nothing else is `possible` at most, unless
        another reading of the same path agrees.
    """
    if _NO_PATH.match(path_or_url):
        return []
    text = path_or_url[:_MOST_CHARS]
    authority = _AUTHORITY.match(text)
    if authority and "." in authority[1]:  # a path may well begin with two slashes, `//2016/12/15/a.mp4`
        host = authority[1].rpartition("@")[2].partition(":")[0]
        text = text[authority.end() :]
    text = western_digits(_unescaped(text.partition("?")[0].partition("#")[0]))
    name_at = text.rfind("/") + 1
    return _read(text, before, host, lambda at: "name" if at >= name_at else "path")


def dates_in_id(
    scheme: str | None, value: str, *, before: datetime | None, host: str | None = None
) -> list[DateEvidence]:
    """Read the time that an id carries.

    Args:
        scheme: Where the id is unique, such as `tiktok` or `mastodon:example.social`; None where not known.
        value: The id; a URL or path is read as `dates_in_name` does.
        before: When the document was captured; None for not known.
        host: The site that uses the id.

    Returns:
        Nothing for schemes whose ids are known to carry no time.
    """
    name = (scheme or "").partition(":")[0].lower()
    if name in _OPAQUE or len(value) > _MOST_CHARS:
        return []
    if platform := identifiers.platform_of(name):
        return _plausible(platform.read(value), platform.decoder, value, platform.likelihood, before)
    if "/" in value:
        return dates_in_name(value, before=before, host=host)
    found: list[DateEvidence] = []
    if name in _OBJECT_ID_SCHEMES:
        found = _plausible(identifiers.from_object_id(value), "mongo-objectid", value, "probable", before)
    for platform in identifiers.platforms_at(host):
        if platform.hosts and not found:
            found = _plausible(platform.read(value), platform.decoder, value, "probable", before)
    return found or _read(western_digits(value), before, host, lambda _: "id")


def _plausible(
    moment: Moment | None, decoder: str, raw: str, likelihood: Likelihood, before: datetime | None
) -> list[DateEvidence]:
    if moment is None or not moment.plausible(before):
        return []
    return [moment.evidence("id", decoder, raw, likelihood)]


def _read(text: str, before: datetime | None, host: str | None, of: Callable[[int], DateOf]) -> list[DateEvidence]:
    host = host.lower().rstrip(".") if host else None
    # Most names have neither a year nor a long number, and are done with here.
    has_year = (_YEAR if text.isascii() else _FOUR).search(text) is not None
    has_long = _LONG_NUMBER.search(text) is not None or _LONG_WORD.search(text) is not None
    if not (has_year or has_long or _may_identify(text, host)):
        return []
    scan = _Scan(text, before, of, text, upper_end(before), [])
    _read_identifiers(scan, host)
    if has_year:
        persian = host is not None and host.endswith(".ir")
        if has_dated_folder(scan.masked):
            _take(scan, dates_in_directories(scan.masked, persian=persian))
        if has_marked_date(scan.masked):
            _take(scan, dates_written(scan.masked, persian=persian))
    if has_long:
        _read_words(scan)
    return weigh(scan.readings) if scan.readings else []


def _take(scan: _Scan, dates: Iterator[Found]) -> None:
    """Note dates that stand in a name; the last ones are looked for before the first ones are masked."""
    for found in list(dates):
        plausible = [each for each in found.readings if EARLIEST <= each[1].local <= scan.latest]
        for decoder, moment, likelihood in plausible:
            scan.add(found.span, decoder, moment, likelihood)
        if plausible:
            scan.mask(found.span)


def _may_identify(text: str, host: str | None) -> bool:
    has_uuid = "-" in text and identifiers.UUID.search(text) is not None
    return has_uuid or _SHARDED in text or len(identifiers.platforms_at(host)) > 1


def _read_identifiers(scan: _Scan, host: str | None) -> None:
    for match in identifiers.UUID.finditer(scan.text) if "-" in scan.text else ():
        if found := identifiers.from_uuid(match[0]):
            scan.add(match.span(), found[0], found[1], "probable")
        scan.mask(match.span())
    for platform in identifiers.platforms_at(host):
        if not (platform.hosts or _SHARDED in scan.masked):
            continue
        for match in re.finditer(platform.shape, scan.masked):
            if moment := platform.read(match[1]):
                scan.add(match.span(1), platform.decoder, moment, platform.likelihood)
            scan.mask(match.span(1))


def _read_words(scan: _Scan) -> None:
    """Read each long run of letters and digits."""
    masked = scan.masked
    for match in _WORD.finditer(masked):
        word = match[0]
        if word.isalpha():
            continue
        if len(word) == _OBJECT_ID_CHARS and (moment := identifiers.from_object_id(word)):
            scan.add(match.span(), "mongo-objectid", moment, "possible")
        elif len(word) == _ULID_CHARS and (moment := identifiers.from_ulid(word)):
            scan.add(match.span(), "ulid", moment, "probable")
        elif number := _NUMBERED.fullmatch(word):
            letters = number[1] + number[3]
            if not (letters and _HEX_LETTERS.issuperset(letters)):
                _read_number(scan, match.start() + number.start(2), number[2], alone=_is_alone(masked, match))


def _read_number(scan: _Scan, first: int, digits: str, *, alone: bool) -> None:
    for each in readings_of(digits, alone=alone, before=scan.before):
        scan.add((first, first + each.length), each.decoder, each.moment, each.likelihood, dependent=each.dependent)


def _is_alone(path: str, word: re.Match[str]) -> bool:
    """Whether a word is a whole segment of a path, but for a suffix."""
    start, stop = word.span()
    if start and path[start - 1] != "/":
        return False
    end = path.find("/", stop)
    rest = path[stop : end if end >= 0 else len(path)]
    return not rest or (rest.rfind(".") == 0 and len(rest) <= 1 + _LONGEST_SUFFIX)


def _unescaped(text: str) -> str:
    if "%" not in text:
        return text
    return _ESCAPES.sub(lambda match: bytes.fromhex(match[0].replace("%", "")).decode("utf-8", "replace"), text)
