"""Reads the arguments of calls: of those that start a player, and of those in event handlers of elements."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from harvester.decode.contract import Decoding
from harvester.decode.js import NotALiteralError, read_js
from harvester.decode.json_places import JsonPlaces
from harvester.model import Decoded, Excerpt, Limits, Path, Places, Span, Value

_OPTIONS: Final = "options"
_LITERAL: Final = re.compile(rb"[\"'`]|(?<=[(,=:\s])[{\[]")
_HANDLER_BYTES: Final = 1 << 14
_MOST_LITERALS: Final = 40
_ARGUMENTS: Final[Mapping[str, tuple[str, ...]]] = {
    # call: what its arguments are, by position; the members of options are taken for arguments too
    "OO.Player.create": ("", "embedCode", _OPTIONS),
    "Vimeo.Player": ("", _OPTIONS),
    "DM.player": ("", _OPTIONS),
    "Wistia.embed": ("hashedId", _OPTIONS),
    "_wq.push": (_OPTIONS,),
    "kalturaIframeEmbed": ("", "entryId"),
}


@dataclass(frozen=True, slots=True)
class _Arguments:
    """Places of a call's arguments by the names that they are given."""

    array: Places
    paths: Mapping[str, Path]

    def spans(self, paths: Sequence[Path]) -> dict[Path, Span]:
        """See `harvester.model.Places`."""
        real = {
            path: (*self.paths[str(path[0])], *path[1:]) if path and path[0] in self.paths else () for path in paths
        }
        found = self.array.spans(list(real.values()))
        return {path: found[place] for path, place in real.items() if place in found}


def decode_call(excerpt: Excerpt, limits: Limits) -> Decoding:
    """Give the arguments in the excerpt's brackets as one record: `{"call": …, "embedCode": …}`."""
    call = excerpt.hints.get("call", "")
    array = b"[" + excerpt.text[1:-1] + b"]"
    try:
        reading = read_js(array, depth=limits.depth)
    except NotALiteralError:
        return Decoding()
    if not isinstance(reading.value, list):
        return Decoding()
    record: dict[str, Value] = {"call": call}
    paths: dict[str, Path] = {}
    for index, (name, value) in enumerate(zip(_ARGUMENTS.get(call, ()), reading.value, strict=False)):
        members = value.items() if name == _OPTIONS and isinstance(value, dict) else ()
        for key, member in members:
            record.setdefault(key, member)
            paths.setdefault(key, (index, key))
        if name and name != _OPTIONS and isinstance(value, str):
            record[name] = value
            paths[name] = (index,)
    if len(record) == 1:
        return Decoding()
    places = _Arguments(JsonPlaces(array), paths)
    repairs = tuple(repair for repair in reading.repairs if repair != "skipped-code")
    return Decoding((Decoded(value=record, layers=("js-literal",), places=places, repairs=repairs),))


def handled(code: bytes, limits: Limits) -> Value | None:
    """Give the literals in an event handler or a `javascript:` URL, such as `play('x.mp4', {…})`, or None.

    The handler itself is code, and no URL for what it calls with one.
    """
    if len(code) > _HANDLER_BYTES or b"(" not in code:
        return None
    found: list[Value] = []
    at = 0
    while len(found) < _MOST_LITERALS and (begin := _LITERAL.search(code, at)):
        try:
            reading = read_js(code, begin.start(), depth=limits.depth)
        except NotALiteralError:
            at = begin.end()
            continue
        found.append(reading.value)
        at = reading.end
    return found or None
