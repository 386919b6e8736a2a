"""The JSON Schema of manifests, made from the model's types."""

from __future__ import annotations

import inspect
import re
import types
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, Literal, TypeAlias, Union, get_args, get_origin

import msgspec

from harvester.manifest.build import VERSION
from harvester.manifest.shape import hints, keys, optional_keys
from harvester.model import Manifest

Schema: TypeAlias = dict[str, Any]

_TITLE: Final = f"harvest manifest, version {VERSION}"
_ABOUT: Final = (
    "What harvest saves. Later versions may add keys, and words to lists; readers ignore what they don't know. "
    "Keys that are not required are left out when unknown; all others are there, null or empty."
)
_SCALARS: Final[dict[object, Schema]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    types.NoneType: {"type": "null"},
    datetime: {"type": "string", "format": "date-time", "pattern": "Z$"},
    Any: {},
}
_ATTRIBUTE = re.compile(r"^ {4}(\w+): (.*(?:\n {8}.*)*)", re.MULTILINE)


def schema() -> Schema:
    """Make the schema (JSON Schema 2020-12) of what this version writes: its words are exactly those listed."""
    definitions: dict[str, Schema] = {}
    top = _object(Manifest, definitions)
    top["properties"]["manifest"] = {"const": VERSION}
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": _TITLE, "description": _ABOUT}
    return head | {key: top[key] for key in ("type", "required", "properties")} | {"$defs": definitions}


def _object(kind: type, definitions: dict[str, Schema]) -> Schema:
    about = inspect.getdoc(kind) or ""
    notes = {name: " ".join(note.split()) for name, note in _ATTRIBUTE.findall(about)}
    properties = {}
    for name in keys(kind):
        optional = name in optional_keys(kind)
        properties[name] = _of(hints(kind)[name], definitions, without_null=optional)
        if name in notes:
            properties[name] = {"description": notes[name], **properties[name]}
    return {
        "description": about.partition("\n\n")[0].replace("\n", " "),
        "type": "object",
        "required": [name for name in keys(kind) if name not in optional_keys(kind)],
        "properties": properties,
    }


def _of(kind: Any, definitions: dict[str, Schema], *, without_null: bool = False) -> Schema:  # noqa: ANN401 - a type
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        parts = [part for part in arguments if not (without_null and part is types.NoneType)]
        made = [_of(part, definitions) for part in parts]
        return made[0] if len(made) == 1 else {"anyOf": made}
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin is tuple:
        element = _of(arguments[0], definitions)
        length = {} if arguments[-1] is Ellipsis else {"minItems": len(arguments), "maxItems": len(arguments)}
        return {"type": "array", "items": element, **length}
    if origin is Mapping:
        return {"type": "object", "additionalProperties": _of(arguments[1], definitions)}
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        if kind.__name__ not in definitions:
            definitions[kind.__name__] = {}  # stands for itself while it is made
            definitions[kind.__name__] = _object(kind, definitions)
        return {"$ref": f"#/$defs/{kind.__name__}"}
    return dict(_SCALARS[kind])
