"""Makes records out of elements, and remembers where each value stood."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final, TypeAlias

from harvester.decode.contract import Decoding
from harvester.decode.feeds.xml_tree import Element, Tree
from harvester.model import Decoded, Path, Span, Value

Record: TypeAlias = "dict[str, Value]"
Handler: TypeAlias = "Callable[[Shaper, Record, Element], None]"
"""Puts what one child element says into its parent's record."""

_MOST_LEVELS: Final = 32
"""How deep records may stand in one another; no form of feed needs a quarter of it."""


class Shaper:
    """Puts values into records and lists; also finds where they stand, as `Places` asks."""

    def __init__(self) -> None:
        self._root: Value = None
        self._root_span: Span = (0, 0)
        # By the identity of the container, which must therefore live as long as this does.
        self._made: list[Record] = []
        self._spans: dict[tuple[int, str | int], Span] = {}
        self._cut: set[int] = set()
        self._level = 0

    def put(self, record: Record, key: str, value: Value, span: Span) -> None:
        """Set a field; where it is set already, the values become a list in their order."""
        if key not in record:
            record[key] = value
            self._spans[id(record), key] = span
            return
        first = record[key]
        if not isinstance(first, list):
            many: list[Value] = [first]
            self._spans[id(many), 0] = self._spans[id(record), key]
            record[key] = first = many
        self._append(record, key, first, value, span)

    def add(self, record: Record, key: str, value: Value, span: Span) -> None:
        """Add to a field that is always a list."""
        if key not in record:
            record[key] = []
            self._spans[id(record), key] = span
        many = record[key]
        if isinstance(many, list):
            self._append(record, key, many, value, span)
        else:
            self.put(record, key, value, span)

    def _append(self, record: Record, key: str, many: list[Value], value: Value, span: Span) -> None:
        self._spans[id(many), len(many)] = span
        many.append(value)
        start, end = self._spans[id(record), key]
        self._spans[id(record), key] = (min(start, span[0]), max(end, span[1]))

    def record(
        self, element: Element, handlers: Mapping[str, Handler], *, attributes: Mapping[str, str] | None = None
    ) -> Record:
        """Make a record of an element: its attributes, and its children as `handlers` or `plain` put them.

        Children of more than 32 levels are left out.

        Args:
            element: What to make it of.
            handlers: What to do with children, by name.
            attributes: Other names for its attributes.
        """
        made: Record = {}
        self._made.append(made)
        names = attributes or {}
        for name, value in element.attributes.items():
            self.put(made, names.get(name, name), value, element.span)
        self._level += 1
        for child in element.children if self._level < _MOST_LEVELS else ():
            handlers.get(child.name, plain)(self, made, child)
        self._level -= 1
        if not element.closed:
            self._cut.add(id(made))
        return made

    def generic(self, element: Element) -> Value:
        """Make a value of any element: its text, or a record where it has more than that."""
        if not element.attributes and not element.children:
            return element.text
        made = self.record(element, {})
        if element.text:
            self.put(made, "text", element.text, element.span)
        return made

    def decoding(self, value: Value, tree: Tree, layers: tuple[str, ...] = ("xml",)) -> Decoding:
        """Give what a decoder gives."""
        problems = (tree.problem,) if tree.problem else ()
        if not value or tree.root is None:
            return Decoding((), problems)
        self._root, self._root_span = value, tree.root.span
        decoded = Decoded(
            value=value,
            layers=layers,
            places=self,
            complete=tree.complete,
            repairs=tree.repairs,
            incomplete_paths=frozenset() if tree.complete else self._cut_paths(),
        )
        return Decoding((decoded,), problems)

    def spans(self, paths: Sequence[Path]) -> dict[Path, Span]:
        """Give the spans of the values at these paths."""
        found = {}
        for path in paths:
            span = self._span(path)
            if span is not None:
                found[path] = span
        return found

    def _span(self, path: Path) -> Span | None:
        value, span = self._root, self._root_span
        for step in path:
            known = self._spans.get((id(value), step))
            if known is None:
                return None
            value = value[step]  # type: ignore[index]  # only what stands in it is known
            span = known
        return span

    def _cut_paths(self) -> frozenset[Path]:
        """Give the containers on the way to the break, from the root down."""
        cut: set[Path] = {()}
        waiting: list[tuple[Path, Value]] = [((), self._root)]
        while waiting:
            path, value = waiting.pop()
            steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
            for step, inner in steps:
                below = (*path, step)
                last = inner[-1:] if isinstance(inner, list) else [inner]
                if any(id(each) in self._cut for each in last):
                    cut.add(below)
                    waiting.append((below, inner))
        return frozenset(cut)


def plain(shaper: Shaper, record: Record, element: Element) -> None:
    """Put a child under its own name; attributes beside a text become fields named `title@type`."""
    put_as(element.name)(shaper, record, element)


def put_as(key: str) -> Handler:
    """Make a handler that puts a child under another name."""

    def put(shaper: Shaper, record: Record, element: Element) -> None:
        if element.children or (element.attributes and not element.text) or key in record:
            shaper.put(record, key, shaper.generic(element), element.span)
            return
        shaper.put(record, key, element.text, element.span)
        for name, value in element.attributes.items():
            shaper.put(record, f"{key}@{name}", value, element.span)

    return put


def put_attribute(key: str, attribute: str) -> Handler:
    """Make a handler that puts one attribute of a child, or its text where it has no such attribute."""

    def put(shaper: Shaper, record: Record, element: Element) -> None:
        value = element.attributes.get(attribute, element.text)
        if value:
            shaper.put(record, key, value, element.span)

    return put


def put_record(key: str, handlers: Mapping[str, Handler], attributes: Mapping[str, str] | None = None) -> Handler:
    """Make a handler that adds a child as a record to a list."""

    def put(shaper: Shaper, record: Record, element: Element) -> None:
        shaper.add(record, key, shaper.record(element, handlers, attributes=attributes), element.span)

    return put


def flatten(handlers: Mapping[str, Handler]) -> Handler:
    """Make a handler that puts the fields of a child beside it, as if its tags were not there."""

    def put(shaper: Shaper, record: Record, element: Element) -> None:
        for child in element.children:
            handlers.get(child.name, plain)(shaper, record, child)

    return put


ITEMS: Final = "items"
"""Under which name the records of a list stand."""
