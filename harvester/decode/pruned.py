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

from harvester.decode.json_cuts import Cut
from harvester.model import Value
from harvester.syntax.marks import has_marks
from harvester.syntax.strict import REFUSALS, NotJsonError, read_json

SMALL_BYTES: Final = 3000
"""Containers up to this size are decoded whatever they hold."""

_DESCRIBING_BYTES: Final = 20_000
"""Up to this size what a record's description may stand in is decoded as well."""

_TEXT_BYTES: Final = 1 << 20
"""A text beyond this size, such as a picture, is decoded only where data or markup may stand in it, and such a sign."""

_DESCRIBING: Final = re.compile(
    r"poster|thumb|image|img|still|picture|cover|caption|subtitle|texttrack|storyboard|descri|title|headline|duration"
    r"|author|creator|credit",
    re.IGNORECASE,
)
_OBJECT: Final = 0x7B
_ARRAY: Final = 0x5B
_QUOTE: Final = 0x22
_STRUCTURING: Final = (b"{", b"[", b"<")
_DEPTH: Final = 12
"""Below this nothing more is cut out: each level costs one more pass over what is left."""

_MEMBERS_KEPT: Final = 10_000
"""Where a container with more members was cut is not kept."""

_object = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode
_array = msgspec.json.Decoder(list[msgspec.Raw]).decode
_whole = msgspec.json.Decoder().decode


def loads(text: bytes) -> tuple[Value, Cut | None]:
    """Decode a JSON text; large containers without any sign of media are None.

    How large containers were cut is given too: it spares who looks for places in the text to do it again.

    Raises:
        NotJsonError: It is no JSON.
    """
    if len(text) <= SMALL_BYTES:
        return read_json(text), None
    cuts: dict[str | int, Cut] = {}
    try:
        value = _large(text, 0, "", cuts)
    except REFUSALS as error:
        raise NotJsonError(str(error)) from error
    return value, cuts.get("")


def _large(text: bytes | msgspec.Raw, depth: int, step: str | int, cuts: dict[str | int, Cut]) -> Value:
    """Decode a value member by member; what is small, whole. A container's cut is put under `step`."""
    head = memoryview(text)[0] if depth < _DEPTH else 0
    if head == _OBJECT:
        members = _object(text)
        inner = _kept(Cut(members), step, cuts)
        return {
            key: _whole(raw) if len(raw) <= SMALL_BYTES else _member(raw, depth + 1, key, inner)
            for key, raw in members.items()
        }
    if head == _ARRAY:
        elements = _array(text)
        inner = _kept(Cut(elements), step, cuts)
        return [
            _whole(raw) if len(raw) <= SMALL_BYTES else _member(raw, depth + 1, index, inner)
            for index, raw in enumerate(elements)
        ]
    value: Value = _whole(text)
    return value


def _kept(cut: Cut, step: str | int, cuts: dict[str | int, Cut]) -> dict[str | int, Cut]:
    """Keep how a container was cut, unless that takes much memory, and give where to keep the same of its members."""
    if len(cut.members) <= _MEMBERS_KEPT:
        cuts[step] = cut
    return cut.inner


def _member(raw: msgspec.Raw, depth: int, step: str | int, cuts: dict[str | int, Cut]) -> Value:
    """Decode a large member, unless it is one without any sign of media that does not describe one either."""
    view = memoryview(raw)
    if view[0] in (_OBJECT, _ARRAY) or len(raw) > _TEXT_BYTES:
        if len(raw) <= _DESCRIBING_BYTES and isinstance(step, str) and _DESCRIBING.search(step):
            value: Value = _whole(raw)
            return value
        text = bytes(view)
        if (view[0] == _QUOTE and not any(map(text.__contains__, _STRUCTURING))) or not has_marks(text):
            return None
    return _large(raw, depth, step, cuts)
