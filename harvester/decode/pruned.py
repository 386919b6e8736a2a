"""Decodes of a large JSON text only what can hold media.

The state of a page is mostly configuration, texts and links. Its containers are cut out level by level without being
decoded, and a large one in which no sign of media stands becomes null. Scalars and small containers all stay, for a
record's description may stand beside its media, and so do the pictures, captions and texts that it has under names of
such.
"""

from __future__ import annotations

import re
from typing import Final

import msgspec
import orjson

from harvester.model import Value
from harvester.syntax.marks import has_marks

SMALL_BYTES: Final = 3000
"""Containers up to this size are decoded whatever they hold."""

_DESCRIBING_BYTES: Final = 20_000
"""Up to this size what a record's description may stand in is decoded as well."""

_DESCRIBING: Final = re.compile(
    r"poster|thumb|image|img|still|picture|cover|caption|subtitle|texttrack|storyboard|descri|title|headline|duration"
    r"|author|creator|credit",
    re.IGNORECASE,
)
_DEPTH: Final = 12
"""Below this nothing more is cut out: each level costs one more pass over what is left."""

_object = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode
_array = msgspec.json.Decoder(list[msgspec.Raw]).decode


def loads(text: bytes | msgspec.Raw) -> Value:
    """Decode a JSON text; large containers without any sign of media are None.

    Raises:
        orjson.JSONDecodeError: It is no JSON.
        msgspec.DecodeError: Likewise.
    """
    return _loads(text, 0)


def _loads(text: bytes | msgspec.Raw, depth: int) -> Value:
    view = memoryview(text)
    head = view[0] if len(view) > SMALL_BYTES and depth < _DEPTH else 0
    if head == 0x7B:
        return {key: _member(raw, depth, key) for key, raw in _object(text).items()}
    if head == 0x5B:
        return [_member(raw, depth) for raw in _array(text)]
    value: Value = orjson.loads(view)
    return value


def _member(raw: msgspec.Raw, depth: int, key: str = "") -> Value:
    view = memoryview(raw)
    if len(view) > SMALL_BYTES and view[0] in (0x7B, 0x5B):
        describes = len(view) <= _DESCRIBING_BYTES and _DESCRIBING.search(key)
        if not describes and not has_marks(bytes(view)):
            return None
        if describes:
            value: Value = orjson.loads(view)
            return value
    return _loads(raw, depth + 1)
