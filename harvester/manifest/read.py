"""Reads manifests back into the model's types; keys and words that it doesn't know don't disturb it."""

from __future__ import annotations

import codecs
import hashlib
import json
import types
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, Union, get_args, get_origin

import msgspec

from harvester.errors import InputError
from harvester.manifest.build import VERSION
from harvester.manifest.shape import hints, keys
from harvester.model import Manifest

_PLURAL: Final = {"source": "sources", "item": "items", "observation": "observations", "problem": "problems"}
_HINT: Final = "name a file that `harvest manifest` saved"


def loads(data: bytes, name: str) -> dict[str, Any]:
    """Read a manifest, as one JSON document or as JSON Lines, into JSON's types.

    Raises:
        InputError: It is no manifest, or one of a later version.
    """
    try:
        data = data.removeprefix(codecs.BOM_UTF8)
        value = _joined(data) if data.lstrip().startswith(b'{"line"') else json.loads(data.decode())
    except (ValueError, RecursionError) as error:
        raise InputError(f"{name} is no manifest: {error}", _HINT) from error
    if not isinstance(value, dict) or not isinstance(value.get("manifest"), int):
        raise InputError(f"{name} is no manifest", _HINT)
    if value["manifest"] > VERSION:
        raise InputError(f"{name} is a manifest of version {value['manifest']}", "a newer harvester reads it")
    return value


def load(data: bytes, name: str) -> Manifest:
    """Read a manifest into the model's types.

    Raises:
        InputError: It is no manifest, one of a later version, or lacks what every manifest has.
    """
    return of_json(loads(data, name), name)


def of_json(value: Mapping[str, Any], name: str) -> Manifest:
    """Make a manifest of its JSON.

    Raises:
        InputError: It lacks what every manifest has.
    """
    try:
        manifest = _made(Manifest, value)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(f"{name} is no whole manifest: {error}", _HINT) from error
    if not isinstance(manifest, Manifest):
        raise InputError(f"{name} is no manifest", _HINT)
    return manifest


def _joined(data: bytes) -> dict[str, Any]:
    """Join typed lines to what one JSON document would hold, and hold them against the last line's digest.

    Raises:
        ValueError: A line is none, the last one is missing, or what stands before it is not what was written.
    """
    whole: dict[str, Any] = {plural: [] for plural in _PLURAL.values()}
    digest = hashlib.sha256()
    for line in data.splitlines(keepends=True):
        if "sha256" in whole:
            raise ValueError("lines stand behind its last one")
        record = _line(line)
        kind = record.pop("line")
        if kind in _PLURAL:
            whole[_PLURAL[kind]].append(record)
        else:
            whole.update(record)
        if kind != "end":
            digest.update(line)
    if "totals" not in whole:
        raise ValueError("it is torn: its last line is missing")
    if whole.pop("sha256", None) != digest.hexdigest():
        raise ValueError("it was changed: its lines don't have the SHA-256 that the last one says")
    known = [key for key in keys(Manifest) if key in whole]
    return {key: whole.pop(key) for key in known} | whole


def _line(line: bytes) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except ValueError as error:
        raise ValueError("it is torn: a line breaks off" if not line.endswith(b"\n") else str(error)) from error
    if not isinstance(record, dict) or not isinstance(record.get("line"), str):
        raise ValueError("one of its lines has no type")  # noqa: TRY004 - the text is wrong, not a call
    return record


def _made(kind: Any, value: Any) -> Any:  # noqa: ANN401 - types are data here
    """Make a value of a type, as far as the type says how."""
    if value is None:
        return None
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        parts = [part for part in get_args(kind) if part is not types.NoneType]
        return _made(parts[0], value) if len(parts) == 1 else value
    if origin is tuple:
        element, *_ = get_args(kind)
        return tuple(_made(element, part) for part in value)
    if kind is datetime:
        return datetime.fromisoformat(value)
    return _record(kind, value) if isinstance(kind, type) and issubclass(kind, msgspec.Struct) else value


def _record(kind: type, value: object) -> object:
    if not isinstance(value, Mapping):
        raise TypeError(f"{kind.__name__.lower()} is {type(value).__name__}, not an object")
    known = hints(kind)
    return kind(**{name: _made(known[name], part) for name, part in value.items() if name in known})
