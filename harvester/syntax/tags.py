"""Reads HTML tags where they stand in the bytes, with the position of every attribute.

DOM libraries give no positions; only the few tags near a mark are read, so this costs nothing elsewhere.
The tokenisation follows the WHATWG HTML standard, section 13.2.5, as far as start tags go.
"""

from __future__ import annotations

import html
import re
from functools import lru_cache
from itertools import islice
from typing import Final

import msgspec

from harvester.model import Span

_NAME = re.compile(rb"<([A-Za-z][^\s/>]{0,80})")
# A quoted value may hold anything; outside quotes a second "<" means that no tag was meant, which keeps
# reading at every "<" of a hostile text linear.
_ATTRIBUTE_OR_END = re.compile(
    rb"""[\s/]*+(?:([^\s"'<>/=]++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'<>][^\s<>]*+)|(?=>)))?[\s"']*+|>)"""
)
_ATTRIBUTES: Final = 1000
"""Most attributes of a tag; one with more is none."""

_BACKSLASH: Final = 0x5C
_TAG_BYTES = 8 << 20
_CANDIDATES = 60


class Tag(msgspec.Struct, frozen=True, gc=False):
    """One start tag.

    Attributes:
        name: Lower case.
        span: From `<` to behind `>`.
        attributes: The span of each one's value, still with entities, by its name in lower case, in order; of two
            with one name the first counts.
    """

    name: str
    span: Span
    attributes: dict[str, Span]

    def value(self, data: bytes, name: str) -> str | None:
        """Give an attribute's value with entities resolved, or None where it has none."""
        span = self.attributes.get(name)
        return None if span is None else html.unescape(data[span[0] : span[1]].decode("utf-8", "replace"))


def read_tag(data: bytes, start: int) -> Tag | None:
    """Read the start tag at `start`, or give None where none stands or it does not end."""
    stop = min(len(data), start + _TAG_BYTES)
    opening = _NAME.match(data, start, stop)
    if not opening:
        return None
    attributes: dict[str, Span] = {}
    at = opening.end()
    for _ in range(_ATTRIBUTES + 1):
        found = _ATTRIBUTE_OR_END.match(data, at, stop)
        if found is None:
            return None
        at = found.end()
        group = found.lastindex  # the name's, or that of its value
        if group is None:
            return Tag(opening[1].decode("utf-8", "replace").lower(), (start, at), attributes)
        name = found[1].decode("utf-8", "replace").lower()
        if name not in attributes:
            attributes[name] = found.span(group) if group > 1 else (found.end(1), found.end(1))
    return None


def enclosing_tag(data: bytes, position: int, low: int) -> Tag | None:
    """Find the start tag in whose attributes a position stands, looking back no further than `low`.

    The nearest tag that reaches over the position wins, unless its own quotes are escaped: then it stands in a
    string of an outer tag's attribute.
    """
    at = position
    for _ in range(_CANDIDATES):
        at = data.rfind(b"<", low, at)
        if at < 0:
            return None
        if not data[at + 1 : at + 2].isalpha():
            continue
        tag = read_tag(data, at)
        if tag and tag.span[1] > position and not is_quoted(data, tag):
            return tag
    return None


def is_quoted(data: bytes, tag: Tag) -> bool:
    """Tell whether a tag's own quotes are escaped, as in a string of an outer tag's attribute."""
    return _BACKSLASH in [data[value] for value, _ in tag.attributes.values()]


_VOID: Final = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr")
)
_REACH: Final = 1 << 20
_NAMES: Final = 50
_TAGS: Final = 200_000
_READINGS: Final = 2


class Ends:
    """Where the elements of one text end.

    An element's end is looked for from its start tag on. Where that has taken as much as some readings of the whole
    text, as in a hostile one, the tags of a name are paired in one pass and asked from then on.
    """

    def __init__(self, data: bytes) -> None:
        """Take the text."""
        self._data = data
        self._left = _READINGS * len(data)
        self._by_name: dict[str, dict[int, int]] = {}

    def of(self, tag: Tag, reach: int = _REACH) -> int:
        """Give where an element ends: behind its end tag, or behind its start tag where it has none within reach."""
        start = tag.span[1]
        if tag.name in _VOID or self._data[start - 2 : start] == b"/>":
            return start
        end = self._ahead(tag, reach) if self._left > 0 else self._among_all(tag)
        return end if start < end <= start + reach else start

    def _ahead(self, tag: Tag, reach: int) -> int:
        start = tag.span[1]
        stop = min(start + reach, len(self._data))
        depth = 1
        for found in _same_name(tag.name).finditer(self._data, start, stop):
            depth += -1 if found[1] else 1
            if not depth:
                self._left -= found.end() - start
                return self._behind(found)
        self._left -= stop - start
        return 0

    def _among_all(self, tag: Tag) -> int:
        if tag.name not in self._by_name:
            self._by_name[tag.name] = self._paired(tag.name) if len(self._by_name) < _NAMES else {}
        return self._by_name[tag.name].get(tag.span[0], 0)

    def _behind(self, found: re.Match[bytes]) -> int:
        """The place behind an end tag."""
        close = self._data.find(b">", found.end(), found.end() + 64)
        return close + 1 if close >= 0 else found.end()

    def _paired(self, name: str) -> dict[int, int]:
        ends: dict[int, int] = {}
        opened: list[int] = []
        for found in islice(_same_name(name).finditer(self._data), _TAGS):
            if not found[1]:
                opened.append(found.start())
            elif opened:
                ends[opened.pop()] = self._behind(found)
        return ends


@lru_cache(maxsize=256)
def _same_name(name: str) -> re.Pattern[bytes]:
    # In either of the two cases that pages use; a search without case is ten times slower.
    forms = {re.escape(name.encode()), re.escape(name.upper().encode())}
    return re.compile(rb"<(/?)(?:" + b"|".join(sorted(forms)) + rb")(?=[\s/>])")
