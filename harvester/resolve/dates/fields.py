"""Dates in fields whose key says what they date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from typing import Final

from harvester.model import DateEvidence
from harvester.model.vocabulary import DateOf, Likelihood
from harvester.resolve.dates.declared import read_declared
from harvester.resolve.dates.moment import Moment

_MOST_CHARS: Final = 80
_PARTS: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[^\W\d_A-Za-z]+")

_NOT_DATES: Final = frozenset(
    {"id", "ids", "by", "count", "counts", "views", "url", "uri", "user", "name", "path", "type", "status", "format"}
    | {"author", "creator", "size", "duration", "length", "zone", "timezone", "title", "label", "offset", "birth"}
)
"""What a key is about if one of these is among its words, whatever else it says."""

_STEMS: Final[tuple[tuple[DateOf, re.Pattern[str]], ...]] = (
    ("expires", re.compile(r"expir|validuntil|validto|validthrough|unpublish|availableuntil|endsat|offlinedate")),
    ("captured", re.compile(r"captur|crawl|archived|retriev|fetched|scraped")),
    ("modified", re.compile(r"modif|lastmod|updat|changed|edited|mtime")),
    (
        "published",
        re.compile(
            r"publish|^pub(?:date|time|at|on)|upload|posted|creat|releas|aired|airdate|airtime|broadcast|issued|premier"
            r"|recorded|insert|added|takenat|timestamp|submit|firstseen|startdate|starttime|regdate|postdate|newsdate"
        ),
    ),
    ("published", re.compile(r"تاریخ|تاريخ|زمان|انتشار|نشر|дата|опублик|日期|时间|時間|发布|日時|fecha|datum")),
)
_PLAIN: Final = frozenset({"date", "dates", "datetime", "time", "ts", "ctime", "dt", "day", "when"})
"""Words that speak of a date only where they stand as words of their own."""


def dates_in_field(key: str, value: str | int, *, before: datetime | None) -> list[DateEvidence]:
    """Read the date that a field declares.

    Args:
        key: Its words say whether this is a date and what it dates; a key that does not gives nothing.
        value: ISO 8601, RFC 5322, Unix time, .NET's JSON form, or a Gregorian or Iranian date in words or
            numbers, with the digits of any script.
        before: When the document was captured; None for not known. What expires may lie after it.

    Returns:
        One reading, or two `possible` ones where day and month can't be told apart.
    """
    of = dated_by(key)
    text = str(value)
    if of is None or len(text) > _MOST_CHARS or isinstance(value, bool):
        return []
    readings = read_declared(text)
    persian = not (text.isascii() and key.isascii())
    return [
        moment.evidence(of, decoder, text, _likelihood(decoder, moment, sole=len(readings) == 1, persian=persian))
        for decoder, moment in readings
        if moment.plausible(None if of == "expires" else before)
    ]


@lru_cache(maxsize=256)
def dated_by(key: str) -> DateOf | None:
    """Tell what a field dates by the words of its key, or None where they do not speak of a date."""
    words = [word.lower() for word in _words(key[:_MOST_CHARS])]
    if not words or not _NOT_DATES.isdisjoint(words):
        return None
    folded = "".join(words)
    for of, stems in _STEMS:
        if stems.search(folded):
            return of
    return "published" if not _PLAIN.isdisjoint(words) else None


def _words(key: str) -> Iterator[str]:
    return (match[0] for match in _PARTS.finditer(key))


def _likelihood(decoder: str, moment: Moment, *, sole: bool, persian: bool) -> Likelihood:
    if not sole:
        return "possible"
    if decoder == "jalali":
        return "certain" if persian else "probable"
    if decoder.startswith(("unix", "day-", "month-")):
        return "probable"
    return "certain" if moment.precision != "month" else "probable"
