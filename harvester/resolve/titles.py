"""Compares titles: what one medium is called in two places is seldom the same to the letter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from harvester.model import Item
from harvester.resolve.hosts import folded_host
from harvester.resolve.urls import host_of

SHORTEST_TITLE: Final = 12
"""Characters from which on a title is hardly ever that of two media."""

_ALIKE: Final = str.maketrans(
    dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u00b4`\u02bc", "'")
    | dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"')
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")
    | {"\u2026": "..."}
)
"""Quotes, dashes and dots that editors and machines set in place of one another, and what nobody sees."""

_ELEMENTS: Final = frozenset(("data-attribute", "embed", "media-element"))
_BESIDE: Final = ("/caption", "1/caption", "2/caption")
"""Where the title of an element is read from that was found beside it."""

_SHORTEST_NAME: Final = 6
_SHORTEST_SITE: Final = 4
_MOST_COMPARED: Final = 64
_SEPARATOR: Final = re.compile(r"\s+[|\u2013\u2014\u00b7\u2022\u00bb\u203a\u00ab>~:-]{1,2}\s+|\s*[|\uff5c]\s*")
_ARCHIVE: Final = re.compile(r"\A.{1,100}? \u00bb Blog Archive \u00bb (?=\S)")
"""What the titles of WordPress' first themes begin with, behind the site's name."""

_WHERE: Final = re.compile(
    r"\A.*\b(?:on|at|na|auf|bei|sur|en|su|op|no|p\u00e5|\u0432|\u043d\u0430)\s+(?=\S+\Z)", re.IGNORECASE
)
"""What a page's title says is done on the site: `lyrics and tabs on` it."""

_WORD: Final = re.compile(r"[^\W_]{4,}")
_IDEOGRAPHS: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,}")
_STEM_CHARS: Final = 5


@lru_cache(maxsize=2048)
def levelled(title: str) -> str:
    """Give a title as it is compared: without case, white space and what is set in more than one way."""
    return " ".join(title.casefold().translate(_ALIKE).split())


def has_own_title(item: Item) -> bool:
    """Whether the title is a record's own, and not that of what stands round it: an object, the box of an element."""
    return item.title is not None and any(
        "title" in sighting.reads and not (sighting.form in _ELEMENTS and sighting.reads["title"] in _BESIDE)
        for sighting in item.sightings
    )


def are_at_odds(some: set[str], others: set[str]) -> bool:
    """Whether levelled titles are of different media: none of the one is, or stands whole in, one of the other."""
    if not some or not others or not some.isdisjoint(others):
        return False
    if len(some) * len(others) > _MOST_COMPARED:
        return True
    return not any(_is_longer(one, other) or _is_longer(other, one) for one in some for other in others)


def _is_longer(long: str, short: str) -> bool:
    return len(short) >= SHORTEST_TITLE and short in long


def names_of(page_titles: Iterable[str | None]) -> frozenset[str]:
    """Give what a page is called, levelled: each of its titles, whole and without the site's name at either end."""
    names: set[str] = set()
    for title in page_titles:
        if not title:
            continue
        parts = _SEPARATOR.split(title)
        names.add(levelled(title))
        if len(parts) > 1:
            # The site's name stands at one end, and is the shorter one.
            names.add(levelled(max(parts, key=len)))
            ends = [found.start() for found in _SEPARATOR.finditer(title)]
            names.update(levelled(title[:end]) for end in ends if 2 * end >= len(title))
    return frozenset(name for name in names if len(name) >= _SHORTEST_NAME)


def without_site(title: str, urls: Iterable[str | None]) -> str:
    """Give a page's title without the site's name at its end or beginning, as far as the page's URLs tell it."""
    title = _ARCHIVE.sub("", title)
    full = [folded_host(host_of(url)) for url in urls if url]
    hosts = [_letters(name) for host in full for name in (host.rpartition(".")[0], host)]
    breaks = [found.span() for found in _SEPARATOR.finditer(title)]
    for start, stop in (*breaks[-1:], *breaks[:1]):
        front, end = title[:start].strip(), title[stop:].strip()
        if front and _is_named(_letters(_WHERE.sub("", end)), hosts):
            return front
        if end and _is_named(_letters(front), hosts):
            return end
    return title


def _is_named(name: str, hosts: Iterable[str]) -> bool:
    return len(name) >= _SHORTEST_SITE and any(name in host and 2 * len(name) >= len(host) for host in hosts)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def have_nothing_in_common(title: str, names: Iterable[str]) -> bool:
    """Whether a title shares no word with any of some names, as far as words can be told."""
    mine = frozenset(_stems(levelled(title)))
    theirs = frozenset(stem for name in names for stem in _stems(name))
    return bool(mine and theirs) and mine.isdisjoint(theirs)


def named_words(names: Iterable[str]) -> frozenset[str]:
    """The words of some levelled names by which files may be named after what bears these."""
    return frozenset(word for name in names for word in _WORD.findall(name) if len(word) >= _STEM_CHARS)


def _stems(text: str) -> Iterator[str]:
    """The beginnings of the words of a text; of scripts without spaces, every two characters."""
    for run in _IDEOGRAPHS.findall(text):
        yield from (run[at : at + 2] for at in range(len(run) - 1))
    for word in _WORD.findall(text):
        yield word[:_STEM_CHARS]
