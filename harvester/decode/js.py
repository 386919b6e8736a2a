"""Reads object and array literals of JavaScript as values, without executing anything.

It takes what JSON does not: bare keys, single quotes, comments, trailing commas, `undefined`, `!0`, `void 0`,
`new Date(…)`, template and joined strings, hexadecimal numbers, NaN, control characters in strings. A value that is
code (a function, a condition, a call) is skipped over and given as None, and said in the repairs; of a call that is
made with an object or array, that is given. A literal that is cut is given as far as it goes. The grammar is that of
ECMA-262, 13.2.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from harvester.decode.js_scalars import MISSING, STRING, WORD, Scalars, behind_space
from harvester.model import Path, Value
from harvester.syntax.literals import Runs
from harvester.syntax.unescape import unescape_js, unescape_raw

_KEY: Final = re.compile(rb"""(?:"([^"\\]*+)"|'([^'\\]*+)'|([\w$\x80-\xff]++))\s*+:""")
_CALL: Final = re.compile(
    rb"(?:new\s++)?(?!(?:function|async|catch|for|if|switch|while|with)\b)[A-Za-z_$][\w$.]*+\s*+\("
    rb"(?=\s*+(?:(?:[\w$.]++|\"[^\"\\]*+\"|'[^'\\]*+')\s*+,\s*+){0,4}[{\[])"
)
"""The beginning of a call that has an object or array among its first arguments, which is all that is read of it."""
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
_JSON_WORDS: Final[Mapping[bytes, Value]] = {b"true": True, b"false": False, b"null": None}


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
    """A container being filled; `key` is where the next value goes, `is_call` tells a call's arguments."""

    container: list[Value] | dict[str, Value]
    key: str = ""
    is_call: bool = False

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
        self._scalars = Scalars(text, bindings, self._repairs)
        self._runs = Runs(b"{}[](),")

    def read(self, start: int) -> Reading:
        """Read one literal; see `read_js`."""
        text = self._text
        at = behind_space(self._text, start)
        head = text[at : at + 1]
        if head in (b'"', b"'", b"`") and (found := STRING.match(text, at)):
            return Reading(self._scalars.string(found), found.end(), repairs=self._repairs)
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
        if not frames or (at := behind_space(self._text, at)) == len(self._text):
            return at
        text, frame = self._text, frames[-1]
        byte = text[at : at + 1]
        if byte in b"}])":
            closed = frames.pop()
            return self._skip(_called(closed, frames, at + 1)) if closed.is_call else at + 1
        if byte == b",":
            if isinstance(frame.container, list) and text[at - 1 : at] in (b",", b"["):
                frame.container.append(None)
            return at + 1
        if isinstance(frame.container, dict):
            at = self._key(frame, at)
            if at < 0:
                return self._skip(-at)
            byte = text[at : at + 1]
        return self._open(frames, at, byte) if byte in (b"{", b"[") else self._call_or_scalar(frames, at)

    def _call_or_scalar(self, frames: list[_Frame], at: int) -> int:
        call = _CALL.match(self._text, at) if len(frames) < self._depth else None
        if call is None:
            return self._scalar(frames[-1], at)
        self._repairs["skipped-code"] = None
        arguments: list[Value] = []
        frames[-1].put(arguments)
        frames.append(_Frame(arguments, is_call=True))
        return call.end()

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
                value = words.get(raw, MISSING)
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
            if value is MISSING:  # not that plain
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
        """Give the container that a bracket opens; `MISSING` where it is nested too deep."""
        if depth >= self._depth:
            return MISSING
        return [] if bracket == b"[" else {}

    def _open(self, frames: list[_Frame], at: int, byte: bytes) -> int:
        child = self._opened(byte, len(frames))
        if child is MISSING:
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
            return behind_space(self._text, found.end())
        string = STRING.match(text, at)
        if string:
            behind = behind_space(self._text, string.end())
            if text[behind : behind + 1] == b":":
                frame.key = self._scalars.string(string)
                return behind_space(self._text, behind + 1)
        elif text[at : at + 1] in (b'"', b"'"):
            return -len(text)  # a key that the text's end cuts
        word = WORD.match(text, at)
        if word:
            behind = behind_space(self._text, word.end())
            if text[behind : behind + 1] == b":":
                frame.key = word[0].decode("utf-8", "replace")
                return behind_space(self._text, behind + 1)
            if text[behind : behind + 1] in (b",", b"}"):  # shorthand: {a, b}
                value = self._bindings.get(word[0], MISSING)
                if value is not MISSING:
                    frame.container[word[0].decode("utf-8", "replace")] = value  # type: ignore[call-overload,assignment]
                return -behind
        self._repairs["skipped-code"] = None
        return -at

    def _scalar(self, frame: _Frame, at: int) -> int:
        """Read a value that is no container."""
        value, end = self._scalars.read(at)
        behind = behind_space(self._text, end)
        if value is not MISSING and self._text[behind : behind + 1] in (b",", b"}", b"]", b""):
            frame.put(value)  # type: ignore[arg-type]  # anything but the sentinel is a value
            return behind
        if value is not MISSING and isinstance(value, str) and self._text[at : at + 1] in (b'"', b"'"):
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


def _called(call: _Frame, frames: list[_Frame], at: int) -> int:
    """Put a call's only object or array in the place of its arguments; what is done with the result is passed over."""
    data = [value for value in call.container if isinstance(value, dict | list)]
    if len(data) == 1 and frames:
        outer = frames[-1]
        if isinstance(outer.container, list):
            outer.container[-1] = data[0]
        else:
            outer.container[outer.key] = data[0]
    return at
