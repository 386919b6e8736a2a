"""What a document's bytes are searched for before anything is parsed: all else happens only near what is hit.

All signs are looked for in one pass, which tells each place where one of them ends. What must follow a hit is judged by
Python's own patterns: few signs need it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, Final, TypeAlias
from urllib.parse import unquote_to_bytes

from harvester.syntax.matcher import MOST_BYTES, Matcher
from harvester.syntax.packed import from_base64
from harvester.syntax.signs import EXTENSIONS, SIGNS, MarkKind

_IN_DATA: Final[frozenset[MarkKind]] = frozenset(("file", "id", "object", "embed", "base64", "element"))
"""The kinds of what shows media in data."""

Mark: TypeAlias = tuple[int, MarkKind]
"""Where a sign stands, and of what."""


@dataclass(frozen=True, slots=True)
class Marks:
    """Where a document shows signs of media, each list in order.

    Attributes:
        media: All signs of media; of a file's name the dot of its ending.
        scripts: Where scripts and styles begin and end.
        dumps: Position and text of what may begin a dump of PHP's.
        head: Position and text of what says something of the page itself.
        cut: Whether there were more than were asked for.
    """

    media: list[Mark]
    scripts: list[Mark]
    dumps: list[tuple[int, bytes]]
    head: list[tuple[int, bytes]]
    cut: bool

    @property
    def files(self) -> list[int]:
        """Where the dots of the media files' names stand."""
        return [at for at, kind in self.media if kind == "file"]


_Check: TypeAlias = Callable[[bytes, int], object]
"""Tells whether a hit counts, by the text and the place behind the hit."""

_Match: TypeAlias = Callable[..., re.Match[bytes] | None]
"""A pattern's `match` or `search`."""

_IN_FRONT: Final = 400
_RIGHT_IN_FRONT: Final = 60
"""How many bytes in front of a hit are looked at for what says that something else is meant, in an object or by name.
"""


@cache
def _check(index: int) -> _Check:
    """Give what tells whether a hit of a sign counts; made once it is hit, since all take longer than a small page."""
    sign = SIGNS[index]
    if sign.kind == "file":
        return partial(_ends_name, len(sign.text))
    then = re.compile(sign.then or b"").match
    if sign.kind == "base64":
        return partial(_hides_media, then, len(sign.text))
    if not sign.unless:
        return then
    reach = _IN_FRONT if sign.kind == "object" else _RIGHT_IN_FRONT
    return partial(_is_meant, then, re.compile(sign.unless + rb"\Z").search, len(sign.text), reach)


def _is_meant(then: _Match, unless: _Match, size: int, reach: int, utf8: bytes, end: int) -> bool:
    """Tell whether what must follow does, and nothing in front says that something else is meant."""
    held = then(utf8, end)
    if held is None:
        return False
    at = end - size
    return held.lastgroup == "sure" or unless(utf8, max(at - reach, 0), at) is None


def _ends_name(size: int, utf8: bytes, end: int) -> bool:
    """Tell whether a file name's ending has a name in front of it and no other ending behind it."""
    before = utf8[end - size - 1] if end > size else 0
    return before in _BEFORE_EXTENSION and _AFTER_EXTENSION.match(utf8, end) is not None


_BEFORE_EXTENSION: Final = frozenset(
    b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-)}]%~'!@+*&;=$" + bytes(range(0x80, 0x100))
)
_AFTER_EXTENSION: Final = re.compile(rb"(?![\w-])(?!\.\w)")

_MEDIA, _SCRIPTS, _DUMPS, _HEAD = range(4)
_LISTS: Final = {
    "script": _SCRIPTS,
    "end-script": _SCRIPTS,
    "style": _SCRIPTS,
    "end-style": _SCRIPTS,
    "dump": _DUMPS,
    "head": _HEAD,
}
_KNOWN: Final = [
    (
        sign.kind == "file" or sign.then is not None,
        len(sign.text) + bool(sign.after),
        _LISTS.get(sign.kind, _MEDIA),
        sign.text if sign.kind in ("dump", "head") else sign.kind,
    )
    for sign in SIGNS
]
"""Of each sign whether its hits are checked, how far before a hit's end it begins, its list, and what it says."""

_DECLARED: Final = len(SIGNS)
_DECLARING: Final = [b":" + blank + name for blank in (b"", b" ", b"\n", b"\t") for name in (b'"video"', b'"audio"')]
"""How data says of a record that it is a medium, if not by its URL."""


def _matcher(kinds: Container[MarkKind], declaring: Sequence[bytes] = ()) -> Matcher:
    """Make what looks for the signs of some kinds, and for what else declares a medium."""
    texts = [(index, text, sign.any_case) for index, sign in enumerate(SIGNS) for text in sign.texts()]
    texts = [one for one in texts if SIGNS[one[0]].kind in kinds] + [(_DECLARED, text, False) for text in declaring]
    return Matcher([text for _, text, _ in texts], [index for index, _, _ in texts], [case for _, _, case in texts])


_ALL: Final = _matcher({sign.kind for sign in SIGNS})
_ALL_OF_DATA: Final = _matcher(_IN_DATA, _DECLARING)


def hits(text: bytes, most: int | None = None) -> tuple[list[tuple[int, int]], bool]:
    """Find where signs stand, whatever follows them.

    Args:
        text: Any bytes.
        most: How many hits are given.

    Returns:
        The index of the sign in `SIGNS` and the place behind it, for each hit, by places; and whether there were more.
    """
    found: list[tuple[int, int]] = []

    def keep(index: int, _start: int, end: int, _flags: int, _context: object) -> bool:
        found.append((index, end))
        return len(found) == stop

    stop = None if most is None else most + 1
    more = _ALL.search(text[:MOST_BYTES], keep)
    return found[:most], more or len(text) > MOST_BYTES


def find_marks(utf8: bytes, most: int | None = None) -> Marks:
    """Search a text for all signs at once.

    Args:
        utf8: Any bytes.
        most: How many hits are looked at, the first ones.
    """
    found, cut = hits(utf8, most)
    lists: tuple[list[Any], ...] = ([], [], [], [])
    for index, end in found:
        checked, size, target, said = _KNOWN[index]
        if not checked or _check(index)(utf8, end):
            lists[target].append((end - size, said))
    for one in lists:  # hits come by their ends
        one.sort()
    media, scripts, dumps, head = lists
    return Marks(media, scripts, dumps, head, cut)


def has_marks(text: bytes) -> bool:
    """Tell whether anything in a text of data is a sign of media."""

    def counts(index: int, _start: int, end: int, _flags: int, _context: object) -> bool:
        return index == _DECLARED or not _KNOWN[index][0] or bool(_check(index)(text, end))

    return _ALL_OF_DATA.search(text, counts)


_BASE64: Final = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/_-")
_NAMED_FILE: Final = re.compile(rb"\w\.(?:" + "|".join(EXTENSIONS).encode() + rb")(?![\w-])")


def _hides_media(then: _Match, size: int, utf8: bytes, end: int) -> bool:
    """Tell whether media stand in an encoded text: most are tokens."""
    at = end - size
    if at > 0 and utf8[at - 1] in _BASE64:  # a piece of a longer text, such as a picture
        return False
    held = then(utf8, end)
    if held is None:
        return False
    token = utf8[at : held.end()]
    text = token if token[:1] == b"%" else from_base64(token)
    if text is None:
        return False
    text = unquote_to_bytes(text) if text[:1] == b"%" else text
    return b"video" in text or (text[:1] == b"<" and b"<iframe" in text) or _NAMED_FILE.search(text) is not None
