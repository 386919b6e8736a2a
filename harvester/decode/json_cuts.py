"""Where wanted values stand in strict JSON, found by cutting containers into their members without decoding them.

msgspec gives the raw text of each member of a container at the speed of a skip. Members come in order, so that their
lengths and the separators between them give their places.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, TypeAlias

import msgspec

from harvester.model import Path, Span

_MEMBER: Final = re.compile(rb'[\s,{]*+"(?:[^"\\]++|\\.)*+"\s*+:\s*+', re.DOTALL)
_ELEMENT: Final = re.compile(rb"\s*+[,\[]\s*+")
_SPACE: Final = re.compile(rb"\s*+")
_BRACE: Final = 0x7B

_object = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode
_array = msgspec.json.Decoder(list[msgspec.Raw]).decode


@dataclass(slots=True)
class Cut:
    """A container that was cut into its members already, and those of its members that were."""

    members: dict[str, msgspec.Raw] | list[msgspec.Raw]
    inner: dict[str | int, Cut] = field(default_factory=dict)


@dataclass(slots=True)
class _Wanted:
    """A value whose place is asked for, or a container on the way to one."""

    paths: list[Path] = field(default_factory=list)
    children: dict[str | int, _Wanted] = field(default_factory=dict)


def spans(text: bytes, paths: list[Path], cut: Cut | None = None) -> dict[Path, Span]:
    """Give the span of each value that is there.

    Work is linear in the text for each level on the way to a wanted value.

    Args:
        text: One JSON value.
        paths: Of the wanted values.
        cut: What is known of how the value's containers are cut.

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
    stack: list[_Part] = [(root, text[start:].rstrip(), start, cut)]
    while stack:
        wanted, raw, offset, cut = stack.pop()
        for path in wanted.paths:
            found[path] = (offset, offset + len(raw))
        if wanted.children and text[offset : offset + 1] in (b"{", b"["):
            stack += _members(wanted, cut or Cut(_cut(text, raw, offset)), text, offset)
    return found


_Part: TypeAlias = tuple[_Wanted, bytes | msgspec.Raw, int, Cut | None]


def _cut(text: bytes, raw: bytes | msgspec.Raw, offset: int) -> dict[str, msgspec.Raw] | list[msgspec.Raw]:
    return _object(raw) if text[offset] == _BRACE else _array(raw)


def _members(wanted: _Wanted, cut: Cut, text: bytes, at: int) -> Iterator[_Part]:
    """Find those members of the container at a place that are wanted."""
    left = len(wanted.children)
    members: Iterable[tuple[str | int, msgspec.Raw]]
    if isinstance(cut.members, dict):
        members, separator = cut.members.items(), _MEMBER
    else:
        members, separator = enumerate(cut.members), _ELEMENT
    for step, member in members:
        between = separator.match(text, at)
        start = between.end() if between else at
        at = start + len(member)
        child = wanted.children.get(step)
        if child is not None:
            if not text.startswith(member, start):
                raise msgspec.DecodeError("a key stands twice")
            yield child, member, start, cut.inner.get(step)
            left -= 1
            if not left:
                return
