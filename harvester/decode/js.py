"""Reads object and array literals of JavaScript as values, without executing anything.

It takes what JSON does not: bare keys, single quotes, comments, trailing commas, `undefined`, `!0`, `void 0`,
`new Date(…)`, template and joined strings, hexadecimal numbers, NaN, control characters in strings. A value that is
code (a call, a function, a condition) is skipped over and given as None, and said in the repairs. A literal that is
cut is given as far as it goes. The grammar is that of ECMA-262, 13.2.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from harvester.model import Path, Value
from harvester.syntax.literals import Runs
from harvester.syntax.unescape import unescape_js, unescape_raw

_SPACE: Final = re.compile(
    rb"(?>\s++|\xc2\xa0|\xe2\x80[\xa8\xa9]|\xef\xbb\xbf|//[^\n]*+|/\*(?s:.*?)(?:\*/|\Z)|<!--[^\n]*+)*+"
)
_STRING: Final = re.compile(rb""""((?>[^"\\]++|\\.)*+)"|'((?>[^'\\]++|\\.)*+)'|`((?>[^`\\]++|\\.)*+)`""", re.DOTALL)
_NUMBER: Final = re.compile(
    rb"[+-]?(?:0[xX][0-9a-fA-F]++|0[oO][0-7]++|0[bB][01]++|(?:\d[\d_]*+(?:\.\d*+)?|\.\d++)(?:[eE][+-]?\d++)?)n?(?![\w$.])"
)
_WORD: Final = re.compile(rb"[A-Za-z_$\x80-\xff][\w$\x80-\xff]*+")
_KEY: Final = re.compile(rb"""(?:"([^"\\]*+)"|'([^'\\]*+)'|([\w$\x80-\xff]++))\s*+:""")
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
_UNESCAPED: Final = re.compile(rb"""(?=[\w\s\x80-\xff])([^\n{}\[\]]{1,500}?)"(?=\s*+(?:[}\]]|,\s*+["}\]]))""")
"""What stands behind a quote that did not end its string, up to the one that does."""
_PLAIN: Final = (
    rb"""(?:(?:"([^"\\]*+(?:\\.[^"\\]*+)*+)"|([A-Za-z_$][\w$]*+)|(-?\d{1,300}+(?:\.\d{1,300}+)?))\s*+(?:,|(?=[}\]]))"""
    rb"""|([{\[]))|([}\]])\s*+,?)"""
)
"""A string, a name or a number with the comma behind it, or the beginning of a container; or the end of one."""
_PAIR: Final = re.compile(rb"""\s*+(?:(?:"([^"\\]*+)"|([\w$]++))\s*+:\s*+""" + _PLAIN)
_ITEM: Final = re.compile(rb"\s*+(?:" + _PLAIN)
_STRING_KIND, _WORD_KIND, _NUMBER_KIND, _OPEN_KIND, _CLOSE_KIND = range(1, 6)
_PAIR_KINDS: Final = _PAIR.groups - _ITEM.groups
"""How many groups a pair has in front of those that tell what kind the value is."""
_BLANK: Final = frozenset(b" \t\n\r\f\v/<\xc2\xe2\xef")
"""What white space and comments begin with."""
_JSON_WORDS: Final[Mapping[bytes, Value]] = {b"true": True, b"false": False, b"null": None}
_MISSING: Final = object()


@dataclass(slots=True)
class Reading:
    """What was read of one literal.

    Attributes:
        end: Byte behind the literal, or where reading stopped.
        complete: Whether the literal was closed.
        cut: Paths of the containers that were open where the text ended.
        repairs: What is not strict JSON and changed what is given, in the order of first use.
    """

    value: Value
    end: int
    complete: bool = True
    cut: list[Path] = field(default_factory=list)
    repairs: dict[str, None] = field(default_factory=dict)


class NotALiteralError(ValueError):
    """The text at the given place is no object, array or string literal."""


def read_js(text: bytes, start: int = 0, *, bindings: Mapping[bytes, Value] | None = None, depth: int = 200) -> Reading:
    """Read the literal that begins at `start`.

    Args:
        text: UTF-8.
        start: Where the literal begins; white space and comments before it are passed over.
        bindings: What bare names stand for, as the parameters of a function that was called with literals.
        depth: Containers nested deeper are skipped over.

    Raises:
        NotALiteralError: Nothing that is a literal begins there.
    """
    return _Reader(text, bindings or {}, depth).read(start)


@dataclass(slots=True)
class _Frame:
    """A container being filled; `key` is where the next value goes."""

    container: list[Value] | dict[str, Value]
    key: str = ""

    def put(self, value: Value) -> None:
        if isinstance(self.container, list):
            self.container.append(value)
        else:
            self.container[self.key] = value

    @property
    def step(self) -> str | int:
        return len(self.container) - 1 if isinstance(self.container, list) else self.key


class _Reader:
    """One pass over a text with its own stack, so that no nesting exhausts Python's."""

    def __init__(self, text: bytes, bindings: Mapping[bytes, Value], depth: int) -> None:
        self._text = text
        self._bindings = bindings
        self._plain_words: Mapping[bytes, Value] = {**_JSON_WORDS, **bindings}
        self._depth = depth
        self._repairs: dict[str, None] = {}
        self._runs = Runs(b"{}[](),")

    def read(self, start: int) -> Reading:
        """Read one literal; see `read_js`."""
        text = self._text
        at = self._space(start)
        head = text[at : at + 1]
        if head in (b'"', b"'", b"`") and (found := _STRING.match(text, at)):
            return Reading(self._string(found), found.end(), repairs=self._repairs)
        if head not in (b"{", b"["):
            raise NotALiteralError(f"no literal at byte {at}")
        root: Value = [] if head == b"[" else {}
        frames = [_Frame(root)]  # type: ignore[arg-type]  # a container by construction
        at += 1
        while frames and at < len(text):
            at = self._step(frames, at)
        if not frames:
            return Reading(root, at, repairs=self._repairs)
        cut = [tuple(frame.step for frame in frames[:depth]) for depth in range(len(frames))]
        return Reading(root, at, complete=False, cut=cut, repairs=self._repairs)

    def _step(self, frames: list[_Frame], at: int) -> int:
        """Read one member, or one closing bracket, of the innermost container."""
        at = self._plain_members(frames, at)
        if not frames or (at := self._space(at)) == len(self._text):
            return at
        text, frame = self._text, frames[-1]
        byte = text[at : at + 1]
        if byte in b"}])":
            frames.pop()
            return at + 1
        if byte == b",":
            if isinstance(frame.container, list) and text[at - 1 : at] in (b",", b"["):
                frame.container.append(None)
            return at + 1
        if isinstance(frame.container, dict):
            at = self._key(frame, at)
            if at < 0:
                return self._skip(-at)
            byte = text[at : at + 1]
        if byte in (b"{", b"["):
            return self._open(frames, at, byte)
        return self._scalar(frame, at)

    def _plain_members(self, frames: list[_Frame], at: int) -> int:
        """Take scalars and brackets that are plain, which most are, with one search each; stop before any other."""
        text, words = self._text, self._plain_words
        container = frames[-1].container
        while found := (_PAIR if isinstance(container, dict) else _ITEM).match(text, at):
            group: int = found.lastindex  # type: ignore[assignment]  # one of the five always matched
            kind = group - _PAIR_KINDS if isinstance(container, dict) else group
            raw: bytes = found[group]
            value: Value | object
            if kind == _STRING_KIND:
                value = unescape_raw(raw)
            elif kind == _WORD_KIND:
                value = words.get(raw, _MISSING)
            elif kind == _NUMBER_KIND:
                value = float(raw) if b"." in raw else int(raw)
            elif kind == _CLOSE_KIND:
                frames.pop()
                if not frames:
                    return found.end(group)
                container = frames[-1].container
                at = found.end()
                continue
            else:
                value = self._opened(raw, len(frames))
            if value is _MISSING:  # not that plain
                break
            at = found.end()
            key = ""
            if isinstance(container, dict):
                key = (found[2] or found[1]).decode("utf-8", "replace")
                container[key] = value  # type: ignore[assignment]  # anything but the sentinel is a value
            else:
                container.append(value)  # type: ignore[arg-type]  # likewise
            if kind == _OPEN_KIND:
                frames[-1].key = key
                container = value  # type: ignore[assignment]  # a container by construction
                frames.append(_Frame(container))
        return at

    def _opened(self, bracket: bytes, depth: int) -> Value | object:
        """Give the container that a bracket opens; `_MISSING` where it is nested too deep."""
        if depth >= self._depth:
            return _MISSING
        return [] if bracket == b"[" else {}

    def _open(self, frames: list[_Frame], at: int, byte: bytes) -> int:
        child = self._opened(byte, len(frames))
        if child is _MISSING:
            self._repairs["too-deep"] = None
            frames[-1].put(None)
            return self._skip(at)
        frames[-1].put(child)  # type: ignore[arg-type]  # a container by construction
        frames.append(_Frame(child))  # type: ignore[arg-type]  # likewise
        return at + 1

    def _key(self, frame: _Frame, at: int) -> int:
        """Set the key and give where its value begins; negative where there is none, from where to skip."""
        text = self._text
        found = _KEY.match(text, at)
        if found:
            name = found[found.lastindex or 1]
            frame.key = name.decode("utf-8", "replace")
            return self._space(found.end())
        string = _STRING.match(text, at)
        if string:
            behind = self._space(string.end())
            if text[behind : behind + 1] == b":":
                frame.key = self._string(string)
                return self._space(behind + 1)
        elif text[at : at + 1] in (b'"', b"'"):
            return -len(text)  # a key that the text's end cuts
        word = _WORD.match(text, at)
        if word:
            behind = self._space(word.end())
            if text[behind : behind + 1] == b":":
                frame.key = word[0].decode("utf-8", "replace")
                return self._space(behind + 1)
            if text[behind : behind + 1] in (b",", b"}"):  # shorthand: {a, b}
                value = self._bindings.get(word[0], _MISSING)
                if value is not _MISSING:
                    frame.container[word[0].decode("utf-8", "replace")] = value  # type: ignore[call-overload,assignment]
                return -behind
        self._repairs["skipped-code"] = None
        return -at

    def _scalar(self, frame: _Frame, at: int) -> int:
        """Read a value that is no container, with what is joined to it."""
        value, end = self._literal(at)
        behind = self._space(end)
        while isinstance(value, str) and self._text[behind : behind + 1] == b"+":
            more, end = self._literal(self._space(behind + 1))
            if not isinstance(more, str | int | float):
                value = _MISSING
                break
            value += str(more)
            behind = self._space(end)
        if value is not _MISSING and self._text[behind : behind + 1] in (b",", b"}", b"]", b""):
            frame.put(value)  # type: ignore[arg-type]  # anything but the sentinel is a value
            return behind
        if value is not _MISSING and isinstance(value, str) and self._text[at : at + 1] in (b'"', b"'"):
            return self._broken_string(frame, value, end)
        self._repairs["skipped-code"] = None
        frame.put(None)
        return self._skip(at)

    def _broken_string(self, frame: _Frame, value: str, end: int) -> int:
        """A string with something behind it: one with bare quotes inside, or code that begins with a string."""
        rest = _UNESCAPED.match(self._text, end)
        if rest:
            self._repairs["unescaped-quotes"] = None
            frame.put(value + '"' + unescape_js(rest[1].decode("utf-8", "replace")))
            return rest.end()
        self._repairs["skipped-code"] = None
        frame.put(value)
        return self._skip(end)

    def _literal(self, at: int) -> tuple[Value | object, int]:
        """Read a scalar at a place; `_MISSING` where it is code."""
        text = self._text
        head = text[at : at + 1]
        if head in (b'"', b"'", b"`"):
            string = _STRING.match(text, at)
            return (self._string(string), string.end()) if string else self._unclosed(at)
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
        word = _WORD.match(text, at)
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
                string = _STRING.match(text, call.end())
                if string:
                    behind = self._space(string.end())
                    if text[behind : behind + 1] == b")":
                        return self._string(string), behind + 1
        return _MISSING, at

    def _unclosed(self, at: int) -> tuple[Value | object, int]:
        """A string that the text's end cuts."""
        self._repairs["unclosed-string"] = None
        raw = self._text[at + 1 :]
        return unescape_js(raw.decode("utf-8", "replace")), len(self._text)

    def _string(self, found: re.Match[bytes]) -> str:
        group = found.lastindex or 1
        raw = found[group]
        if group == 3 and b"${" in raw:
            self._repairs["unfilled-template"] = None
        return unescape_raw(raw)

    def _space(self, at: int) -> int:
        text = self._text
        if at < len(text) and text[at] not in _BLANK:
            return at
        found = _SPACE.match(text, at)
        return found.end() if found else at

    def _skip(self, at: int) -> int:
        """Pass over code up to the comma or closing bracket that ends it."""
        text, depth = self._text, 0
        while (at := self._runs.end(text, at, len(text))) < len(text):
            byte = text[at]
            if byte in b"{[(":
                depth += 1
            elif byte in b"}])":
                if depth == 0:
                    return at
                depth -= 1
            elif byte != 0x2C:
                self._runs.take_for_plain(byte)
            elif depth == 0:
                return at
            at += 1
        return len(text)


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
