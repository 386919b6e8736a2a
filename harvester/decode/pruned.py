"""Decodes of a large JSON text only what can hold media.

The state of a page is mostly configuration, texts and links. Its containers are cut out level by level without being
decoded, and a large one in which no sign of media stands becomes null. Scalars and small containers all stay, for a
record's description may stand beside its media, and so do the pictures, captions and texts that it has under names of
such.
"""

from __future__ import annotations

import re
from typing import Any, Final

import msgspec

from harvester.model import Value
from harvester.syntax.marks import has_marks
from harvester.syntax.strict import NotJsonError, read_json

SMALL_BYTES: Final = 3000
"""Containers up to this size are decoded whatever they hold."""

_DESCRIBING_BYTES: Final = 20_000
"""Up to this size what a record's description may stand in is decoded as well."""

_DESCRIBING: Final = re.compile(
    r"poster|thumb|image|img|still|picture|cover|caption|subtitle|texttrack|storyboard|descri|title|headline|duration"
    r"|author|creator|credit",
    re.IGNORECASE,
)
_OBJECT: Final = 0x7B
_ARRAY: Final = 0x5B
_DEPTH: Final = 12
"""Below this nothing more is cut out: each level costs one more pass over what is left."""

_object = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode
_array = msgspec.json.Decoder(list[msgspec.Raw]).decode
_whole = msgspec.json.Decoder().decode


def loads(text: bytes) -> Value:
    """Decode a JSON text; large containers without any sign of media are None.

    Raises:
        NotJsonError: It is no JSON.
    """
    if len(text) <= SMALL_BYTES:
        return read_json(text)
    try:
        return _large(text, 0)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise NotJsonError(str(error)) from error


def _large(text: bytes | msgspec.Raw, depth: int) -> Value:
    """Decode a value member by member; what is small, whole."""
    head = memoryview(text)[0] if depth < _DEPTH else 0
    if head == _OBJECT:
        members: dict[str, Any] = _object(text)
        for key, raw in members.items():
            members[key] = _whole(raw) if len(raw) <= SMALL_BYTES else _member(raw, depth + 1, key)
        return members
    if head == _ARRAY:
        return [_whole(raw) if len(raw) <= SMALL_BYTES else _member(raw, depth + 1) for raw in _array(text)]
    value: Value = _whole(text)
    return value


def _member(raw: msgspec.Raw, depth: int, key: str = "") -> Value:
    """Decode a large member, unless it is a container without any sign of media that does not describe one either."""
    view = memoryview(raw)
    if view[0] in (_OBJECT, _ARRAY):
        if len(raw) <= _DESCRIBING_BYTES and _DESCRIBING.search(key):
            value: Value = _whole(raw)
            return value
        if not has_marks(bytes(view)):
            return None
    return _large(raw, depth)
