"""Where the values of a JSON text stand in it.

No JSON library tells positions, so the few values that are asked for are looked up afterwards: one pass walks the
text, goes into the containers on the way to a wanted value and skips all else with the standard library's scanner,
which says where a value ends. The text is read as Latin-1 for that: JSON's structure is ASCII, so that character
offsets are byte offsets.

What is not strict JSON (comments, single quotes, bare keys, template strings, a cut end) is skipped by its brackets
and quotes, so that JavaScript literals have places too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from harvester.decode import json_cuts
from harvester.model import Path, Span
from harvester.syntax.strict import REFUSALS

_FAILURES: Final = 16
"""Values that the strict scanner may fail on: each failure can cost it the rest of the text."""

_BLANK: Final = frozenset(b" \t\n\r\f\v/\xa0\xc2\xe2\xef")
"""What white space and comments begin with."""

_SPACE: Final = re.compile(
    rb"(?:[\s\xa0]++|\xc2\xa0|\xe2\x80[\xa8\xa9]|\xef\xbb\xbf|//[^\n]*+|/\*(?s:.*?)(?:\*/|\Z))*+"
)
"""What may stand between tokens (ECMA-262, 12.2 to 12.4)."""

_KEY: Final = re.compile(rb'"([^"\\\x00-\x1f\x80-\xff]*+)":')
"""A key that needs no decoding, which most are."""

_QUOTED: Final = re.compile(rb"""(?s)"(?:[^"\\]++|\\.?)*+"?|'(?:[^'\\]++|\\.?)*+'?""")
_BARE: Final = re.compile(rb"[^\s:,{}\[\]()\"'`]++")

# Every alternative that opens something also matches where it is never closed, so that nothing is scanned twice.
_STRING_OR_COMMENT: Final = (
    rb"""|"(?:[^"\\]++|\\.?)*+"?|'(?:[^'\\]++|\\.?)*+'?|`(?:[^`\\]++|\\.?)*+`?|/\*.*?(?:\*/|\Z)|//[^\n]*+"""
)
_INSIDE: Final = rb"""[^"'`/()\[\]{}]++""" + _STRING_OR_COMMENT
_INNERMOST: Final = rb"|[(\[{](?:" + _INSIDE + rb")*+[)\]}]"
"""A pair of brackets with none in it: most are, and these take no step of their own. Where none closes, the search has
come to the next bracket in vain, and nothing is looked at more than twice."""
_TO_COMMA: Final = re.compile(rb"""(?s)(?:[^"'`/,()\[\]{}]++""" + _STRING_OR_COMMENT + _INNERMOST + rb"){0,4096}")
_TO_BRACKET: Final = re.compile(rb"(?s)(?:" + _INSIDE + _INNERMOST + rb"){0,4096}")
_TURNS: Final = 4096
_REGEXP: Final = re.compile(rb"/(?:[^/\\\n\[]++|\\.|\[(?:[^\]\\\n]++|\\.)*+\])++/")
_REGEXP_BYTES: Final = 4096
"""Longest regular expression; behind each slash that begins none no more than this is looked at in vain."""

_SLASH: Final = 0x2F
_BEFORE_REGEXP: Final = frozenset(b"[({,:=!&|?;")

_scan = json.JSONDecoder(strict=False).raw_decode


@dataclass(slots=True, eq=False)
class _Node:
    """A wanted value, or a container on the way to one.

    Attributes:
        inside: Start of the container in which the span was seen last: where a key stands twice, its last value
            counts, and what was seen in an earlier one does not.
    """

    children: dict[str | int, _Node] = field(default_factory=dict)
    start: int = -1
    end: int = -1
    inside: int = -1


@dataclass(slots=True, eq=False)
class _Open:
    """A container that the walk is in; `index` counts the elements of a list."""

    node: _Node
    is_list: bool
    index: int = 0


class JsonPlaces:
    """Places of the values of one JSON text, or of a JavaScript literal.

    The text is walked once for all paths of a call: work is linear in its length, whatever the paths.
    """

    def __init__(self, text: bytes, offset: int = 0, cut: json_cuts.Cut | None = None) -> None:
        """Take the text of the value.

        Args:
            text: The value's own bytes, UTF-8; white space around it and anything behind it do no harm.
            offset: Where `text` begins in `Excerpt.text`, in bytes.
            cut: What is known of how the value's containers are cut into members.
        """
        self._text = text
        self._offset = offset
        self._cut = cut

    def spans(self, paths: Sequence[Path]) -> dict[Path, Span]:
        """Give the span of each value that is there, relative to `Excerpt.text`.

        Where a key stands twice in an object the last one counts, as in decoding. A container that is cut ends
        where the text does.
        """
        try:
            found = json_cuts.spans(self._text, list(paths), self._cut)
        except REFUSALS:
            found = self._walked(paths)
        return {path: (start + self._offset, end + self._offset) for path, (start, end) in found.items()}

    def _walked(self, paths: Sequence[Path]) -> dict[Path, Span]:
        root = _Node()
        ends: dict[Path, _Node] = {}
        for path in paths:
            node = root
            for step in path:
                child = node.children.get(step)
                if child is None:
                    child = node.children[step] = _Node()
                node = child
            ends[path] = node
        _Walk(self._text).run(root)
        valid = _seen(root)
        return {path: (node.start, node.end) for path, node in ends.items() if node in valid}


def _seen(root: _Node) -> set[_Node]:
    """Those nodes whose span was seen in the container that counts."""
    valid: set[_Node] = set()
    queue = [root] if root.start >= 0 else []
    while queue:
        node = queue.pop()
        valid.add(node)
        queue.extend(child for child in node.children.values() if child.inside == node.start and child.start >= 0)
    return valid


class _Walk:
    """One pass over a text."""

    def __init__(self, text: bytes) -> None:
        self._text = text
        self._chars = text.decode("latin-1")
        self._failures = 0

    def run(self, root: _Node) -> None:
        """Fill in the spans of a tree of wanted values."""
        text = self._text
        opened: list[_Open] = []
        at = self._value(root, self._space(0), -1, opened)
        while opened:
            top = opened[-1]
            at = self._space(at)
            head = text[at : at + 1]
            if not head or head in b"]})":
                at = min(at + 1, len(text))
                opened.pop()
                top.node.end = at
                if opened:
                    at = self._to_delimiter(at)
            elif head == b",":
                at += 1
                top.index += 1
            else:
                at = self._member(top, at, opened)

    def _member(self, top: _Open, at: int, opened: list[_Open]) -> int:
        """Read an element or a key with its value; stop at the delimiter behind it, or inside the value."""
        if top.is_list:
            child = top.node.children.get(top.index)
        else:
            key, behind = self._key(at)
            if key is None:
                return self._skip(at)[1]
            child = top.node.children.get(key)
            at = self._space(behind)
        if child is None:
            return self._skip(at)[1]
        return self._value(child, at, top.node.start, opened)

    def _value(self, node: _Node, at: int, inside: int, opened: list[_Open]) -> int:
        """Note a wanted value; go into it where something in it is wanted."""
        head = self._text[at : at + 1]
        if not head or head in b",]})":
            return at
        node.start, node.inside = at, inside
        if node.children and head in b"{[":
            opened.append(_Open(node, head == b"["))
            return at + 1
        node.end, at = self._skip(at)
        return at

    def _key(self, at: int) -> tuple[str | None, int]:
        """The key at a place and where its value may begin; None where it is none."""
        plain = _KEY.match(self._text, at)
        if plain:
            return plain[1].decode("ascii"), plain.end()
        quoted = _QUOTED.match(self._text, at)
        found = quoted or _BARE.match(self._text, at)
        if found is None:
            return None, at
        behind = self._space(found.end())
        if self._text[behind : behind + 1] != b":":
            return None, at
        return _unquote(found[0]) if quoted else found[0].decode("utf-8", "replace"), behind + 1

    def _skip(self, at: int) -> tuple[int, int]:
        """Where the value at a place ends, and where its delimiter stands."""
        if self._failures < _FAILURES:
            try:
                end = int(_scan(self._chars, at)[1])
            except (ValueError, RecursionError):
                self._failures += 1
            else:
                behind = self._space(end)
                if behind >= len(self._text) or self._text[behind] in b",]})":
                    return end, behind
        behind = self._to_delimiter(at)
        return at + len(self._text[at:behind].rstrip()), behind

    def _to_delimiter(self, at: int) -> int:
        """The next comma or closing bracket of the level that a place is on, or the text's end."""
        text, depth = self._text, 0
        while (at := _passed(_TO_BRACKET if depth else _TO_COMMA, text, at)) < len(text):
            head = text[at]
            if head in b"[({":
                depth += 1
            elif head == _SLASH:
                regexp = _REGEXP.match(text, at, at + _REGEXP_BYTES) if _may_begin_regexp(text, at) else None
                at = regexp.end() - 1 if regexp else at
            elif depth:
                depth -= 1
            else:
                return at
            at += 1
        return len(text)

    def _space(self, at: int) -> int:
        """The next place that holds no white space or comment."""
        text = self._text
        if at < len(text) and text[at] not in _BLANK:
            return at
        found = _SPACE.match(text, at)
        return found.end() if found else at


def _passed(pattern: re.Pattern[bytes], text: bytes, at: int) -> int:
    """Where what a pattern passes over ends; it takes so many turns at once, for each of them takes memory."""
    end = pattern.match(text, at).end()  # type: ignore[union-attr]  # matches anything
    while end - at >= _TURNS:
        at, end = end, pattern.match(text, end).end()  # type: ignore[union-attr]  # likewise
    return end


def _may_begin_regexp(text: bytes, at: int) -> bool:
    """Whether a slash stands where a value begins, so that it does not divide."""
    before = text[max(0, at - 64) : at].rstrip()
    return bool(before) and before[-1] in _BEFORE_REGEXP


def _unquote(quoted: bytes) -> str:
    """A key without its quotes, its escapes undone where they are JSON's."""
    text = quoted.decode("utf-8", "replace")
    if text.startswith("'"):
        inner = text[1:].removesuffix("'").replace("\\'", "'")
        text = '"' + re.sub(r'(\\.)|"', lambda found: found[1] or '\\"', inner) + '"'
    try:
        return str(json.loads(text, strict=False))
    except ValueError:
        return text[1:-1]
