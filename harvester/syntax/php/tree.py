"""Builds values while a dump is read, without recursion, and keeps where each container stood."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from harvester.model import Path, Span, Value

Unpack: TypeAlias = Callable[[bytes], Value]
"""Decodes the text of a string that may hold JSON; gives None where it holds none."""

LONGEST_KEY: Final = 1000
"""Bytes of the longest member name that is read."""


def number(digits: bytes, *, whole: bool) -> int | float | str:
    """A number as PHP prints it; as text where JSON has no number for it (ECMA-404, section 8)."""
    text = digits.decode("ascii")
    if whole and text.lstrip("+-").isdigit():
        return int(text)
    try:
        value = float(text)
    except ValueError:  # cut in the middle
        return text
    return value if math.isfinite(value) else text


@dataclass(slots=True, eq=False, kw_only=True)
class Reading:
    """What was read of one dump.

    Attributes:
        start: First byte of the dump.
        end: Byte behind the dump.
        value: Its value; the text itself where a string was dumped.
        content: Span of a dumped string's own text, None where something else was dumped.
        complete: Whether the structure was read to its end.
        repairs: Words of `harvester.syntax.php.repairs`, in the order met.
        declared: Bytes that a dumped string says it has.
        read: Bytes that it has.
        members: How many members were read at any level.
        containers: Span of each container of `value`, by its `id()`.
        documents: Span of the JSON text from which a container of `value` was unpacked, by its `id()`; None where
            the text does not stand there byte for byte.
        kept: What the ids belong to, so that none is given to another object.
        open_paths: The containers that were open where the text was cut.
        too_deep: Whether containers were left out for standing too deep.
    """

    start: int
    end: int
    value: Value = None
    content: Span | None = None
    complete: bool = True
    repairs: tuple[str, ...] = ()
    declared: int | None = None
    read: int | None = None
    members: int = 0
    containers: dict[int, Span] = field(default_factory=dict)
    documents: dict[int, Span | None] = field(default_factory=dict)
    kept: list[Value] = field(default_factory=list)
    open_paths: frozenset[Path] = frozenset()
    too_deep: bool = False


@dataclass(slots=True, eq=False)
class _Frame:
    value: dict[str, Value]
    start: int
    is_array: bool
    declared: int | None
    key: str = ""
    members: int = 0
    is_list: bool = True


class Builder:
    """Takes what a reader meets, in order.

    What stands deeper than allowed is followed but not kept; its place holds None.
    """

    def __init__(self, depth: int, unpack: Unpack | None = None) -> None:
        self.repairs: dict[str, None] = {}
        self._depth = depth
        self._unpack = unpack
        self._frames: list[_Frame] = []
        self._below = 0
        self._root: Value = None
        self._members = 0
        self._too_deep = False
        self._containers: dict[int, Span] = {}
        self._documents: dict[int, Span | None] = {}
        self._kept: list[Value] = []

    @property
    def depth(self) -> int:
        """How many containers are open."""
        return len(self._frames) + self._below

    @property
    def full(self) -> bool:
        """Whether the innermost container has all members that it declares."""
        top = self._frames[-1] if self._frames and not self._below else None
        return top is not None and top.declared is not None and top.members >= top.declared

    @property
    def lacking(self) -> bool:
        """Whether an open container has fewer members than it declares."""
        return any(frame.declared is not None and frame.members < frame.declared for frame in self._frames)

    def repair(self, word: str | None) -> None:
        """Note what had to be mended."""
        if word:
            self.repairs[word] = None

    def open(self, start: int, *, is_array: bool, declared: int | None = None) -> None:
        """Begin a container as the next value."""
        if self._below or len(self._frames) >= self._depth:
            self._below += 1
            self._too_deep = True
            return
        self._frames.append(_Frame({}, start, is_array, declared))

    def key(self, key: str) -> None:
        """Name the next value."""
        self._members += 1
        if not self._below:
            top = self._frames[-1]
            top.is_list = top.is_list and key == str(len(top.value))
            top.key = key
            top.members += 1

    def next_index(self) -> None:
        """Name the next value by its position."""
        self.key(str(len(self._frames[-1].value)) if not self._below else "")

    def put(self, value: Value) -> None:
        """Take a value that is no container."""
        if self._below:
            return
        if self._frames:
            self._frames[-1].value[self._frames[-1].key] = value
        else:
            self._root = value

    def put_text(self, text: bytes, start: int, *, verbatim: bool = True) -> None:
        """Take a string; what holds JSON is unpacked.

        Args:
            text: The string itself.
            start: Where it stands.
            verbatim: Whether it stands there byte for byte.
        """
        inner = self._unpack(text) if self._unpack and self._frames and text[:1] in (b"{", b"[") else None
        if inner is None:
            self.put(text.decode("utf-8", "replace"))
            return
        if not self._below:
            self._documents[id(inner)] = (start, start + len(text)) if verbatim else None
            self._kept.append(inner)
        self.put(inner)

    def close(self, end: int) -> None:
        """End the innermost container."""
        if self._below:
            self._below -= 1
            return
        frame = self._frames.pop()
        shortened = "value-shortened" in self.repairs
        if frame.declared is not None and frame.declared != frame.members and not shortened:
            self.repair("count-wrong")
        self._finish(frame, end)

    def _finish(self, frame: _Frame, end: int) -> None:
        value: Value = list(frame.value.values()) if frame.is_array and frame.is_list else frame.value
        self._containers[id(value)] = (frame.start, end)
        self._kept.append(value)
        self.put(value)

    def cut(self, end: int) -> frozenset[Path]:
        """End all containers that are still open, and tell which they were."""
        self._below = 0
        steps: list[str | int] = []
        paths: set[Path] = set()
        for index, frame in enumerate(self._frames):
            paths.add(tuple(steps))
            if index + 1 < len(self._frames):
                # A pending member counts in `is_list` already, though it has no value yet.
                steps.append(int(frame.key) if frame.is_array and frame.is_list else frame.key)
        while self._frames:
            self._finish(self._frames.pop(), end)
        return frozenset(paths)

    def reading(self, start: int, end: int, *, complete: bool) -> Reading:
        """Give what was read, closing what is open."""
        open_paths = self.cut(end)
        return Reading(
            start=start,
            end=end,
            value=self._root,
            complete=complete,
            repairs=tuple(self.repairs),
            members=self._members,
            containers=self._containers,
            documents=self._documents,
            kept=self._kept,
            open_paths=open_paths,
            too_deep=self._too_deep,
        )
