"""Reads runs of hidden fields: pages keep a record in them, a member in each."""

from __future__ import annotations

import re
from typing import Final

from harvester.syntax.tags import Tag, read_tag

_FIELD: Final = re.compile(rb"<input\b[^<>]*+>", re.IGNORECASE)
_NEXT: Final = re.compile(rb"(\s*+)" + _FIELD.pattern, re.IGNORECASE)
_BEFORE_BYTES: Final = 2048
_MOST: Final = 64


class Fields:
    """The runs of hidden fields of a page, asked for in the page's order, each run read once."""

    def __init__(self, utf8: bytes) -> None:
        self._utf8 = utf8
        self._stop = 0
        self._said: dict[str, str] = {}

    def of(self, tag: Tag) -> dict[str, str]:
        """Give what the run says in which an `input` stands: values by name; nothing for a field that is shown."""
        if tag.value(self._utf8, "type") != "hidden":
            return {}
        if tag.span[0] >= self._stop:
            self._read(*tag.span)
        return self._said

    def _read(self, at: int, stop: int) -> None:
        starts = [at]
        for before in reversed([*_FIELD.finditer(self._utf8, max(self._stop, at - _BEFORE_BYTES), at)]):
            if self._utf8[before.end() : starts[-1]].strip() or len(starts) > _MOST:
                break
            starts.append(before.start())
        while len(starts) <= _MOST and (behind := _NEXT.match(self._utf8, stop)):
            starts.append(behind.end(1))
            stop = behind.end()
        said = (read_tag(self._utf8, start) for start in starts)
        pairs = ((one.value(self._utf8, "name"), one.value(self._utf8, "value")) for one in said if one)
        self._stop, self._said = stop, {name: value for name, value in pairs if name and value}
