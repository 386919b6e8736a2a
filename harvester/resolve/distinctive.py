"""Whether text looks given by a machine to one thing alone, so that what bears it is that thing."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_MOST_CHARS: Final = 512
_UUID: Final = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_SHORTEST_RANDOM: Final = 8
_WORD: Final = re.compile(r"[A-Za-z0-9]{8,}")
_COMPACT_DATE: Final = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:\d{2}|\d{4}|\d{6})?")


def is_distinctive(text: str) -> bool:
    """Whether text holds what is hardly ever given twice: a UUID, a long number that is no date, a random word."""
    return len(text) >= _SHORTEST_RANDOM and _is_distinctive(text[:_MOST_CHARS])


@lru_cache(maxsize=2048)
def _is_distinctive(text: str) -> bool:
    if "-" in text and _UUID.search(text):
        return True
    return any(_is_random(word) for word in _WORD.findall(text))


def _is_random(word: str) -> bool:
    """Whether a word looks given by a machine: long digits that are no date, long hex, or kinds mixed at random."""
    if word.isdigit():
        return len(word) >= 11 and not _COMPACT_DATE.fullmatch(word)
    if not any(map(str.isdigit, word)):
        return False
    lower = word.lower()
    if len(word) >= 16 and all(character in "0123456789abcdef" for character in lower):
        return True
    if word not in {lower, word.upper()} and re.search(r"\d[A-Za-z]", word):
        return True
    runs = len(re.findall(r"\d+", word))
    return (len(word) >= 10 and runs >= 3) or bool(re.search(r"\d{11}", word) and not _COMPACT_DATE.search(word))
