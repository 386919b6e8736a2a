"""What PHP's debugging functions print, read back.

Each reader takes a text and a place, reads the dump that begins there and says where it ends; locating and decoding
call the same one. All work is linear in what is read, whatever the lengths, counts and nesting that a dump claims.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from typing import Final, TypeAlias, cast

from harvester.syntax.php.plain import ESCAPES, HTML, UNDOS, Plain, Undo
from harvester.syntax.php.tree import Reading, Unpack

Reader: TypeAlias = Callable[[bytes, int, int, Unpack | None], Reading | None]

READERS: Final[Mapping[str, tuple[str, ...]]] = {
    "php-var-dump": ("var_dump", "xdebug", "symfony"),
    "php-print-r": ("print_r",),
    "php-var-export": ("var_export",),
    "php-serialize": ("serialize",),
}
"""Form → modules whose `read_…` reads it, the first that can; imported when needed, as their patterns take time."""

__all__ = [
    "ESCAPES",
    "HTML",
    "READERS",
    "UNDOS",
    "Plain",
    "Reader",
    "Reading",
    "Undo",
    "Unpack",
    "better",
    "doubtful",
    "read",
]

_MISFITS: Final = frozenset(
    {"length-in-characters", "length-near", "length-wrong", "length-without-line-breaks", "quote-missing", "text-cut"}
)


def read(form: str, text: bytes, at: int, depth: int, unpack: Unpack | None = None) -> Reading | None:
    """Read the dump of a form that begins at a place, None where none does."""
    for name in READERS[form]:
        reading = _reader(name)(text, at, depth, unpack)
        if reading is not None:
            return reading
    return None


@cache
def _reader(name: str) -> Reader:
    return cast(Reader, getattr(import_module(f"harvester.syntax.php.{name}"), f"read_{name}"))


def doubtful(reading: Reading | None) -> bool:
    """Whether a dump may read better once what it was wrapped in is undone."""
    return reading is None or not reading.complete or not _MISFITS.isdisjoint(reading.repairs)


def better(first: Reading | None, second: Reading | None) -> bool:
    """Whether the second reading of a dump went better than the first."""
    return second is not None and (first is None or _rank(second) > _rank(first))


def _rank(reading: Reading) -> tuple[bool, int, int, int]:
    misfits = len(_MISFITS.intersection(reading.repairs))
    return reading.complete, -misfits, reading.members, reading.read or 0
