"""Puts together values that refer to one another by index or name: Nuxt's and SvelteKit's arrays, Astro's, Apollo's.

Shared values are given in full at most a few times over, so that references can't multiply the work.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

from msgspec.structs import replace

from harvester.decode.retrace import Retraced
from harvester.model import Decoded, Path, Value

_WRAPPERS: Final = frozenset(
    ("Reactive", "ShallowReactive", "Ref", "ShallowRef", "EmptyRef", "EmptyShallowRef", "Island", "Set")
)
_CONTAINERS: Final = (dict, list)
_EXPANSION: Final = 4
_DEPTH: Final = 60
_MEMBERS: Final = 1_000_000
"""Most members looked at, and most put in, while references by name are followed."""

_RESOLVED_DEPTH: Final = 2
_COPIED_DEPTH: Final = 8
_COPIED_MEMBERS: Final = 200


def revive(decoded: Decoded) -> Decoded:
    """Put an indexed array together (devalue, as in `__NUXT_DATA__`): objects hold positions of their members' values.

    What is no such array is given as it is.
    """
    table = decoded.value
    if not isinstance(table, list) or len(table) < 2 or not _holds_positions(table[0]):
        return decoded
    reviver = _Reviver(table)
    value = reviver.at(0, 0)
    return replace(
        decoded, value=value, layers=(*decoded.layers, "devalue"), places=Retraced(decoded.places, reviver.retrace)
    )


def _holds_positions(value: Value) -> bool:
    """Whether the first value of an array can be one whose members' values stand elsewhere in it."""
    if isinstance(value, dict):
        return all(type(index) is int for index in value.values())
    if isinstance(value, list):
        return all(type(index) is int for index in (value[1:] if value and isinstance(value[0], str) else value))
    return False


class _Reviver:
    def __init__(self, table: list[Value]) -> None:
        self._table = table
        self._left = _EXPANSION * len(table) + 1000
        self._open: set[int] = set()

    def at(self, index: Value, depth: int) -> Value:
        """Give the value that stands at a position of the table."""
        if isinstance(index, bool) or not isinstance(index, int) or not 0 <= index < len(self._table):
            return None
        value = self._table[index]
        if not isinstance(value, _CONTAINERS):
            return value
        if index in self._open or depth > _DEPTH or self._left <= 0:
            return None
        self._open.add(index)
        self._left -= len(value) + 1
        revived = self._container(value, depth + 1)
        self._open.discard(index)
        return revived

    def _container(self, value: list[Value] | dict[str, Value], depth: int) -> Value:
        if isinstance(value, dict):
            return {key: self.at(index, depth) for key, index in value.items()}
        if value and isinstance(value[0], str):
            return self._special(value, depth)
        return [self.at(index, depth) for index in value]

    def _special(self, value: list[Value], depth: int) -> Value:
        name = value[0]
        if name == "Set":
            return [self.at(index, depth) for index in value[1:]]
        if name in ("Map", "null"):
            pairs = zip(value[1::2], value[2::2], strict=False)
            return {str(key if name == "null" else self.at(key, depth)): self.at(index, depth) for key, index in pairs}
        if name in ("Date", "BigInt", "URL", "RegExp") and len(value) > 1:
            return value[1]
        return self.at(value[1], depth) if name in _WRAPPERS and len(value) > 1 else None

    def retrace(self, path: Path) -> Path | None:
        """Give the position in the table of the value that now stands at a path."""
        index = self._unwrapped(0)
        for step in path:
            value = self._table[index]
            member: Value = None
            if isinstance(value, dict) and isinstance(step, str):
                member = value.get(step)
            elif isinstance(value, list) and isinstance(step, int):
                offset = 1 if value and value[0] == "Set" else 0
                member = value[step + offset] if step + offset < len(value) else None
            if isinstance(member, bool) or not isinstance(member, int) or not 0 <= member < len(self._table):
                return None
            index = self._unwrapped(member)
        return (index,)

    def _unwrapped(self, index: int) -> int:
        for _ in range(8):
            value = self._table[index]
            if not (isinstance(value, list) and len(value) > 1 and value[0] in _WRAPPERS and value[0] != "Set"):
                break
            inner = value[1]
            if isinstance(inner, bool) or not isinstance(inner, int) or not 0 <= inner < len(self._table):
                break
            index = inner
        return index


def unwrap_astro(decoded: Decoded) -> Decoded:
    """Take the type tags off Astro's props: `[0, value]` and `[1, [[0, value], …]]`."""
    raw = decoded.value

    def retrace(path: Path) -> Path | None:
        value: Value = raw
        origin: Path = ()
        for step in path:
            value, origin = _into(value, origin)
            inner = _member(value, step)
            if inner is None:
                return None
            value = inner
            origin = (*origin, step)
        return _into(value, origin)[1]

    return replace(decoded, value=_plain(raw, 0), places=Retraced(decoded.places, retrace))


def _member(value: Value, step: str | int) -> Value:
    if isinstance(value, dict) and isinstance(step, str):
        return value.get(step)
    if isinstance(value, list) and isinstance(step, int) and step < len(value):
        return value[step]
    return None


def _tagged(value: Value) -> bool:
    return isinstance(value, list) and len(value) == 2 and type(value[0]) is int and 0 <= value[0] <= 11


def _into(value: Value, origin: Path) -> tuple[Value, Path]:
    if isinstance(value, list) and _tagged(value):
        return value[1], (*origin, 1)
    return value, origin


def _plain(value: Value, depth: int) -> Value:
    if depth > _DEPTH:
        return None
    value, _ = _into(value, ())
    if isinstance(value, dict):
        return {key: _plain(inner, depth + 1) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner, depth + 1) for inner in value]
    return value


def follow_references(decoded: Decoded) -> Decoded:
    """Put the objects that `{"__ref": name}` names in its place (Apollo's normalised cache), one level deep.

    Changes the value in place. References in what is put in stay as they are, so that no cycle arises.
    """
    tables = _tables(decoded.value)
    moved: dict[Path, Path] = {}
    put: list[tuple[dict[str, Value] | list[Value], str | int, Value]] = []
    stack: list[tuple[Value, Path]] = [(decoded.value, ())] if tables else []
    copies = _Copies(tables)
    seen = 0
    while stack and seen < _MEMBERS:
        current, at = stack.pop()
        if not isinstance(current, _CONTAINERS):
            continue
        members: list[tuple[str | int, Value]] = (
            list(current.items()) if isinstance(current, dict) else list(enumerate(current))
        )
        seen += len(members)
        for step, member in members:
            if not isinstance(member, _CONTAINERS):
                continue
            found = _target(member, tables)
            if found is not None and copies.left > 0:
                moved[(*at, step)] = found[1]
                put.append((current, step, copies.of(found[0])))
            elif len(at) < _DEPTH:
                stack.append((member, (*at, step)))
    for container, step, value in put:
        container[step] = value  # type: ignore[index]  # a member of this container
    return replace(decoded, places=Retraced(decoded.places, _retracer(moved))) if moved else decoded


def _retracer(moved: dict[Path, Path]) -> Callable[[Path], Path | None]:
    def retrace(path: Path) -> Path:
        for depth in range(len(path), 0, -1):
            origin = moved.get(path[:depth])
            if origin is not None:
                return (*origin, *path[depth:])
        return path

    return retrace


_Table: TypeAlias = tuple[Path, dict[str, Value]]


def _tables(value: Value) -> list[_Table]:
    """The objects near the root whose keys look like names of entities, `Type:id`, and where they stand."""
    found: list[_Table] = []
    level: list[tuple[Path, Value]] = [((), value)]
    for _ in range(5):
        deeper: list[tuple[Path, Value]] = []
        for at, current in level[:200]:
            if isinstance(current, dict):
                if any(":" in key for key in list(current)[:50]) or "ROOT_QUERY" in current:
                    found.append((at, current))
                else:
                    deeper += [((*at, key), inner) for key, inner in current.items()]
        level = deeper
    return found


def _target(member: Value, tables: list[_Table]) -> tuple[dict[str, Value], Path] | None:
    """The object that a reference names, and where it stands."""
    if not isinstance(member, dict) or len(member) > 3:
        return None
    name = member.get("__ref")
    if not isinstance(name, str):
        return None
    for at, table in tables:
        target = table.get(name)
        if isinstance(target, dict):
            return target, (*at, name)
    return None


class _Copies:
    """Copies of entities as they were decoded, so that nothing that is put in them is seen through them."""

    def __init__(self, tables: list[_Table]) -> None:
        self._tables = tables
        self.left = _MEMBERS

    def of(self, target: dict[str, Value]) -> Value:
        """A copy in which the entity's own references are replaced by the scalars of what they name."""
        return {key: self._member(member, 0) for key, member in target.items()}

    def _member(self, member: Value, depth: int) -> Value:
        self.left -= 1
        if not isinstance(member, _CONTAINERS):
            return member
        found = _target(member, self._tables) if depth < _RESOLVED_DEPTH else None
        if found is not None:
            self.left -= len(found[0])
            return {key: one for key, one in found[0].items() if not isinstance(one, _CONTAINERS)}
        if depth >= _COPIED_DEPTH or self.left <= 0:
            return None
        if isinstance(member, dict):
            return {key: self._member(one, depth + 1) for key, one in member.items()}
        return [self._member(one, depth + 1) for one in member[:_COPIED_MEMBERS]]
