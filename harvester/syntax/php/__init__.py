"""What PHP's debugging functions print, read back.

Each reader takes a text and a place, reads the dump that begins there and says where it ends; locating and decoding
call the same one. All work is linear in what is read, whatever the lengths, counts and nesting that a dump claims.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from harvester.syntax.php.plain import Plain
from harvester.syntax.php.print_r import read_print_r
from harvester.syntax.php.serialize import read_serialize
from harvester.syntax.php.symfony import read_symfony
from harvester.syntax.php.tree import Reading, Unpack
from harvester.syntax.php.var_dump import read_var_dump
from harvester.syntax.php.var_export import read_var_export
from harvester.syntax.php.xdebug import read_xdebug

Reader: TypeAlias = Callable[[bytes, int, int, Unpack | None], Reading | None]

READERS: Final[Mapping[str, tuple[Reader, ...]]] = {
    "php-var-dump": (read_var_dump, read_xdebug, read_symfony),
    "php-print-r": (read_print_r,),
    "php-var-export": (read_var_export,),
    "php-serialize": (read_serialize,),
}
"""Form → what reads it, the first that can."""

__all__ = ["READERS", "Plain", "Reader", "Reading", "Unpack", "better", "read", "suspicious"]

_MISFITS: Final = frozenset(
    {"length-in-characters", "length-near", "length-wrong", "length-without-line-breaks", "quote-missing", "text-cut"}
)


def read(form: str, text: bytes, at: int, depth: int, unpack: Unpack | None = None) -> Reading | None:
    """Read the dump of a form that begins at a place, None where none does."""
    for reader in READERS[form]:
        reading = reader(text, at, depth, unpack)
        if reading is not None:
            return reading
    return None


def suspicious(reading: Reading | None, text: bytes, at: int) -> bool:
    """Whether a dump may read better once HTML's entities and tags are undone."""
    if reading is not None and reading.complete and _MISFITS.isdisjoint(reading.repairs):
        return False
    window = text[at : (reading.end if reading else at) + 256]
    return b"&" in window or b"<" in window


def better(first: Reading | None, second: Reading | None) -> bool:
    """Whether the second reading of a dump went better than the first."""
    return second is not None and (first is None or _rank(second) > _rank(first))


def _rank(reading: Reading) -> tuple[bool, int, int, int]:
    misfits = len(_MISFITS.intersection(reading.repairs))
    return reading.complete, -misfits, reading.members, reading.read or 0
