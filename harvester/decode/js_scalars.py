"""Reads the scalars of JavaScript: strings, numbers, and the few expressions that stand for a value.

The grammar is that of ECMA-262, 12.9 and 13.2.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from harvester.model import Value
from harvester.syntax.unescape import unescape_js, unescape_raw

_SPACE: Final = re.compile(
    rb"(?>\s++|\xc2\xa0|\xe2\x80[\xa8\xa9]|\xef\xbb\xbf|//[^\n]*+|/\*(?s:.*?)(?:\*/|\Z)|<!--[^\n]*+)*+"
)
STRING: Final = re.compile(rb""""((?>[^"\\]++|\\.)*+)"|'((?>[^'\\]++|\\.)*+)'|`((?>[^`\\]++|\\.)*+)`""", re.DOTALL)
_NUMBER: Final = re.compile(
    rb"[+-]?(?:0[xX][0-9a-fA-F]++|0[oO][0-7]++|0[bB][01]++|(?:\d[\d_]*+(?:\.\d*+)?|\.\d++)(?:[eE][+-]?\d++)?)n?(?![\w$.])"
)
WORD: Final = re.compile(rb"[A-Za-z_$\x80-\xff][\w$\x80-\xff]*+")
_NEGATION: Final = re.compile(rb"(!{1,2})\s*([01])(?![\w.])")
_SIGNED: Final = re.compile(rb"[+-]\s*+(?:Infinity|NaN)(?![\w$])")
_VOID: Final = re.compile(rb"void\s+0|void\s*\(\s*0\s*\)")
_DATE: Final = re.compile(rb"""new\s+Date\(\s*(?:(-?\d+)|"([^"]*)"|'([^']*)')\s*\)""")
_CALL: Final = re.compile(
    rb"(?:window\.)?(?:Object\.freeze|JSON\.parse|decodeURIComponent|decodeURI|unescape|atob|String|Number)\s*\(\s*"
)
_WORDS: Final[Mapping[bytes, Value]] = {
    b"true": True,
    b"false": False,
    b"null": None,
    b"undefined": None,
    b"NaN": None,
    b"Infinity": None,
}
_BLANK: Final = frozenset(b" \t\n\r\f\v/<\xc2\xe2\xef")
"""What white space and comments begin with."""
MISSING: Final = object()
"""Given where there is code, which has no value."""


def behind_space(text: bytes, at: int) -> int:
    """Where white space and comments that begin at a place end."""
    if at < len(text) and text[at] not in _BLANK:
        return at
    found = _SPACE.match(text, at)
    return found.end() if found else at


class Scalars:
    """Reads the scalars of one text."""

    def __init__(self, text: bytes, bindings: Mapping[bytes, Value], repairs: dict[str, None]) -> None:
        """Prepare to read a text; what is not strict JSON and changes a value is added to the repairs."""
        self._text, self._bindings, self._repairs = text, bindings, repairs

    def read(self, at: int) -> tuple[Value | object, int]:
        """Read a value with what is joined to it by `+`, and give where it ends; `MISSING` where it is code."""
        value, end = self._one(at)
        behind = behind_space(self._text, end)
        while isinstance(value, str) and self._text[behind : behind + 1] == b"+":
            more, end = self._one(behind_space(self._text, behind + 1))
            if not isinstance(more, str | int | float):
                return MISSING, at
            value += str(more)
            behind = behind_space(self._text, end)
        return value, end

    def _one(self, at: int) -> tuple[Value | object, int]:
        """Read a scalar at a place; `MISSING` where it is code."""
        text = self._text
        head = text[at : at + 1]
        if head in (b'"', b"'", b"`"):
            string = STRING.match(text, at)
            return (self.string(string), string.end()) if string else self._unclosed(at)
        number = _NUMBER.match(text, at)
        if number:
            return _number(number[0]), number.end()
        signed = _SIGNED.match(text, at)
        if signed:
            self._repairs["not-a-json-value"] = None
            return None, signed.end()
        for pattern, value_of in _SPECIAL:
            found = pattern.match(text, at)
            if found:
                return value_of(found), found.end()
        return self._word(at)

    def _word(self, at: int) -> tuple[Value | object, int]:
        """Read a name: what it is bound to, what it means in JavaScript, or what a harmless function is called with."""
        text = self._text
        word = WORD.match(text, at)
        if word:
            name = word[0]
            if name in self._bindings:
                return self._bindings[name], word.end()
            if name in _WORDS:
                if name in (b"NaN", b"Infinity", b"undefined"):
                    self._repairs["not-a-json-value"] = None
                return _WORDS[name], word.end()
            call = _CALL.match(text, at)
            if call:
                string = STRING.match(text, call.end())
                if string:
                    behind = behind_space(text, string.end())
                    if text[behind : behind + 1] == b")":
                        return self.string(string), behind + 1
        return MISSING, at

    def _unclosed(self, at: int) -> tuple[Value | object, int]:
        """A string that the text's end cuts."""
        self._repairs["unclosed-string"] = None
        raw = self._text[at + 1 :]
        return unescape_js(raw.decode("utf-8", "replace")), len(self._text)

    def string(self, found: re.Match[bytes]) -> str:
        """The value of what `STRING` matched."""
        group = found.lastindex or 1
        raw = found[group]
        if group == 3 and b"${" in raw:
            self._repairs["unfilled-template"] = None
        return unescape_raw(raw)


def _number(raw: bytes) -> Value:
    text = raw.decode("ascii").rstrip("n").replace("_", "").lstrip("+")
    if len(text) > 400:
        return text
    try:
        return int(text, 0)
    except ValueError:
        pass
    try:
        number = float(text)
    except ValueError:
        return text
    if text.lstrip("-").isdigit():
        return int(text)
    return number if number - number == 0 else None


def _date(found: re.Match[bytes]) -> Value:
    if found[1]:
        return int(found[1])
    return (found[2] or found[3] or b"").decode("utf-8", "replace")


_SPECIAL: Final = (
    (_NEGATION, lambda found: (found[2] == b"1") == (len(found[1]) == 2)),
    (_VOID, lambda _: None),
    (_DATE, _date),
)
