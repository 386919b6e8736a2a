"""What locating and decoding give."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import msgspec

from harvester.model.value import Path, Span, Value


class Excerpt(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The span of a document in which a form stands.

    Attributes:
        form: One of the names that `harvest forms` lists.
        text: UTF-8 bytes to decode: the span's own bytes, or the pieces joined.
        spans: Byte ranges of `Document.utf8`, more than one where `text` was joined from pieces.
        hints: What stands around it and helps to read it, such as `element`, `attribute`, `call`,
            `variable`, `type`; `player` says from where on in `text` a player joined to an element stands.
        layers: What the locator had to undo already to get `text`, outermost first.
    """

    form: str
    text: bytes
    spans: tuple[Span, ...]
    hints: Mapping[str, str] = msgspec.field(default_factory=dict)
    layers: tuple[str, ...] = ()


class Places(Protocol):
    """Finds where decoded values stand in the excerpt's text."""

    def spans(self, paths: Sequence[Path]) -> dict[Path, Span]:
        """Give the span of each value that can be mapped, relative to `Excerpt.text`."""
        ...


class NoPlaces(msgspec.Struct, frozen=True, gc=False):
    """Where nothing can be mapped: the outermost text stands for every value in it."""

    def spans(self, paths: Sequence[Path]) -> dict[Path, Span]:  # noqa: ARG002 - the protocol's own parameter
        """Map nothing."""
        return {}


class Decoded(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One value that an excerpt holds.

    Attributes:
        layers: What was undone, outermost first, such as `("php-string", "json")`.
        complete: Whether the structure was read to its end.
        repairs: What had to be mended to read it, empty where nothing.
        declared_bytes: The length that the form itself declares, where it does.
        read_bytes: The length that was read by structure, where one was declared.
        places: Maps paths of the value to spans of the excerpt's text.
        incomplete_paths: Containers that were cut: every value on the way to the cut.
        unfolded: What had to be undone to read the text that stood as a string at a path.
    """

    value: Value
    layers: tuple[str, ...]
    places: Places = NoPlaces()
    complete: bool = True
    repairs: tuple[str, ...] = ()
    declared_bytes: int | None = None
    read_bytes: int | None = None
    incomplete_paths: frozenset[Path] = frozenset()
    unfolded: Mapping[Path, tuple[str, ...]] = msgspec.field(default_factory=dict)
