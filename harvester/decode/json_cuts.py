"""Where wanted values stand in strict JSON, found by cutting containers into their members without decoding them.

msgspec gives the raw text of each member of a container at the speed of a skip. Members come in order, so that their
lengths and the separators between them give their places.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

import msgspec

from harvester.model import Path, Span

_MEMBER: Final = re.compile(rb'[\s,{]*+"(?:[^"\\]++|\\.)*+"\s*+:\s*+', re.DOTALL)
_ELEMENT: Final = re.compile(rb"\s*+[,\[]\s*+")
_SPACE: Final = re.compile(rb"\s*+")

_object = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode
_array = msgspec.json.Decoder(list[msgspec.Raw]).decode


@dataclass(slots=True)
class _Wanted:
    """A value whose place is asked for, or a container on the way to one."""

    paths: list[Path] = field(default_factory=list)
    children: dict[str | int, _Wanted] = field(default_factory=dict)


def spans(text: bytes, paths: list[Path]) -> dict[Path, Span]:
    """Give the span of each value that is there.

    Work is linear in the text for each level on the way to a wanted value.

    Raises:
        msgspec.DecodeError: The text is not strict JSON, or a key stands twice in an object on the way.
    """
    root = _Wanted()
    for path in paths:
        node = root
        for step in path:
            child = node.children.get(step)
            if child is None:
                child = node.children[step] = _Wanted()
            node = child
        node.paths.append(path)
    start = _SPACE.match(text).end()  # type: ignore[union-attr]  # matches anything
    found: dict[Path, Span] = {}
    stack: list[tuple[_Wanted, bytes, int]] = [(root, text[start:].rstrip(), start)]
    while stack:
        wanted, raw, offset = stack.pop()
        for path in wanted.paths:
            found[path] = (offset, offset + len(raw))
        if wanted.children:
            stack += _members(wanted, raw, offset)
    return found


def _members(wanted: _Wanted, raw: bytes, offset: int) -> Iterator[tuple[_Wanted, bytes, int]]:
    """Cut out those members of a container that are wanted."""
    left = len(wanted.children)
    members: Iterable[tuple[str | int, msgspec.Raw]]
    if raw[:1] == b"{":
        members, separator = _object(raw).items(), _MEMBER
    elif raw[:1] == b"[":
        members, separator = enumerate(_array(raw)), _ELEMENT
    else:
        return
    at = 0
    for step, member in members:
        between = separator.match(raw, at)
        start = between.end() if between else at
        at = start + len(member)
        child = wanted.children.get(step)
        if child is not None:
            text = raw[start:at]
            if text != bytes(member):
                raise msgspec.DecodeError("a key stands twice")
            yield child, text, offset + start
            left -= 1
            if not left:
                return
