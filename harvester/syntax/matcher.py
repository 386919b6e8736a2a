"""Looks for many plain texts in one pass over the bytes, by Hyperscan: the work hardly grows with their number."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Final, TypeAlias

import hyperscan

OnHit: TypeAlias = Callable[[int, int, int, int, object], bool]
"""Told of each hit the text's number, nothing of use, the place behind it, and twice nothing; true ends the search."""

MOST_BYTES: Final = (1 << 32) - 1
"""Hyperscan counts in 32 bits."""


class Matcher:
    """Texts to look for; they are compiled when they are first looked for, which takes a few milliseconds."""

    def __init__(self, texts: Sequence[bytes], numbers: Sequence[int] = (), any_case: Sequence[bool] = ()) -> None:
        """Take the texts.

        Args:
            texts: What is looked for, without zero bytes.
            numbers: What hits of each are told by; where this is empty, their positions.
            any_case: Whether each counts in upper and lower case; where this is empty, none does.
        """
        self._texts = texts
        self._numbers = numbers or range(len(texts))
        self._any_case = any_case or [False] * len(texts)

    @cached_property
    def _database(self) -> hyperscan.Database:
        """A set of plain texts is compiled ten times as fast as a set of patterns."""
        database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
        database.compile(
            expressions=list(self._texts),
            ids=list(self._numbers),
            elements=len(self._texts),
            flags=[hyperscan.HS_FLAG_CASELESS if any_case else 0 for any_case in self._any_case],
            literal=True,
        )
        return database

    def search(self, text: bytes, on_hit: OnHit) -> bool:
        """Tell of each hit, in the order of their ends; give whether that ended the search.

        Args:
            text: At most `MOST_BYTES`.
            on_hit: Told of the hits.
        """
        database = self._database
        try:
            # Room to work in of its own: other threads may search at the same time.
            database.scan(text, match_event_handler=on_hit, scratch=database.scratch.clone())
        except hyperscan.ScanTerminated:
            return True
        return False

    def finds(self, text: bytes) -> bool:
        """Tell whether any of the texts stands in another one."""
        return self.search(text, _any)


def _any(_number: int, _start: int, _end: int, _flags: int, _context: object) -> bool:
    return True
