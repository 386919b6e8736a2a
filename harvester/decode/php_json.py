"""Decodes the JSON text of a dumped string, also where it was wrapped, cut or damaged on its way."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from harvester.decode.json_places import JsonPlaces
from harvester.model import Limits, Path, Places, Span, Value
from harvester.syntax.strict import NotJsonError, read_json

if TYPE_CHECKING:
    from harvester.decode.js import Reading

_HEADS: Final = (b"{", b"[")
_LIST: Final = re.compile(rb"\s*+\[\s*+(?=\{)")
_BETWEEN: Final = re.compile(rb"(?<=\})\s*+,\s*+(?=\{)")


@dataclass(frozen=True, slots=True)
class Json:
    """What a JSON text gave.

    Attributes:
        repairs: Words of the JavaScript reader and of `harvester.syntax.php.repairs`.
        cut: Containers of which something is missing, as paths.
        pieces: Spans of the records in the text, where these had to be read one by one.
    """

    value: Value
    complete: bool = True
    repairs: tuple[str, ...] = ()
    cut: frozenset[Path] = frozenset()
    pieces: tuple[Span, ...] = ()

    def places(self, text: bytes, offset: int) -> Places:
        """Places in the text that was decoded, which begins at `offset` of the excerpt."""
        return _Pieces(text, offset, self.pieces) if self.pieces else JsonPlaces(text, offset)


def decode_json(text: bytes, limits: Limits, *, unwrapped: bool) -> Json | None:
    """Decode a JSON object or array; None where the text is none.

    Args:
        text: The string's own bytes.
        limits: `depth` and `quasi_json_bytes` count.
        unwrapped: Whether line breaks were put in, so that taking them out gives what was there.
    """
    if not text.lstrip().startswith(_HEADS):
        return None
    for attempt, repairs in _attempts(text, unwrapped=unwrapped):
        try:
            return Json(read_json(attempt), repairs=repairs)
        except NotJsonError:
            continue
    if len(text) > limits.quasi_json_bytes:
        return None
    from harvester.decode.js import NotALiteralError, read_js  # noqa: PLC0415 - a leak that is whole does without

    try:
        reading = read_js(text.rstrip(), depth=limits.depth)
    except NotALiteralError:
        return None
    ends_early = reading.complete and bool(text[reading.end :].strip())
    whole = reading.complete and "skipped-code" not in reading.repairs and not ends_early
    resumed = None if whole else _resumed(text, 0 if ends_early else _whole_records(reading), limits)
    if resumed is None and ends_early:
        return None
    repairs = (*reading.repairs, *(() if reading.complete else ("json-cut",)))
    pieces = _records(text) if reading.repairs and isinstance(reading.value, list) else ()
    known = pieces if isinstance(reading.value, list) and len(pieces) == len(reading.value) else ()
    return resumed or Json(reading.value, reading.complete, repairs, frozenset(reading.cut), known)


def _records(text: bytes) -> tuple[Span, ...]:
    """Where the records of a flat list stand, by what stands between them: quotes can't be relied on."""
    begin = _LIST.match(text)
    if begin is None:
        return ()
    end = len(text.rstrip().removesuffix(b"]").rstrip())
    borders = [found.span() for found in _BETWEEN.finditer(text, begin.end(), end)]
    starts = [begin.end(), *(following for _, following in borders)]
    return tuple(zip(starts, [*(stop for stop, _ in borders), end], strict=True))


def _attempts(text: bytes, *, unwrapped: bool) -> tuple[tuple[bytes, tuple[str, ...]], ...]:
    lines = text.splitlines() if b"\n" in text or b"\r" in text else ()
    if not lines:
        return ((text, ()),)
    return (text, ()), ((b"" if unwrapped else b" ").join(lines), ("line-breaks-removed",))


def _resumed(text: bytes, known: int, limits: Limits) -> Json | None:
    """Read a damaged list record by record, so that damage to one costs no other.

    None where that gives fewer whole records than are known already.
    """
    values: list[Value] = []
    cut: set[Path] = set()
    pieces: list[Span] = []
    for start, stop in _records(text):
        value, whole = _record(text[start:stop], limits)
        if value is not None:
            if not whole:
                cut.add((len(values),))
            values.append(value)
            pieces.append((start, stop))
    if len(values) - len(cut) < max(known, 1) or cut <= {(len(values) - 1,)}:
        return None  # it is no list of flat records, or only its end is missing
    return Json(values, complete=False, repairs=("records-resumed",), cut=frozenset(cut | {()}), pieces=tuple(pieces))


def _record(text: bytes, limits: Limits) -> tuple[Value, bool]:
    """One record, and whether it is whole; None where there is none."""
    try:
        value: Value = read_json(text)
    except NotJsonError:
        from harvester.decode.js import NotALiteralError, read_js  # noqa: PLC0415 - as above

        try:
            value = read_js(text, depth=limits.depth).value
        except NotALiteralError:
            return None, False
        return value, False
    return value, True


def _whole_records(reading: Reading) -> int:
    """How many records of a list were read whole before something was wrong."""
    if not isinstance(reading.value, list):
        return 0
    if "skipped-code" in reading.repairs and reading.complete:
        return sum(isinstance(one, dict) and bool(one) and None not in one.values() for one in reading.value)
    return len(reading.value) - any(len(path) == 1 for path in reading.cut)


@dataclass(frozen=True, slots=True)
class _Pieces:
    """Places of records that were read one by one."""

    text: bytes
    offset: int
    pieces: tuple[Span, ...]

    def spans(self, paths: Sequence[Path]) -> dict[Path, Span]:
        wanted: dict[int, list[Path]] = {}
        for path in paths:
            if path and isinstance(path[0], int) and 0 <= path[0] < len(self.pieces):
                wanted.setdefault(path[0], []).append(path[1:])
        found: dict[Path, Span] = {(): (self.offset, self.offset + len(self.text))} if () in paths else {}
        for index, rests in wanted.items():
            start, end = self.pieces[index]
            spans = JsonPlaces(self.text[start:end], self.offset + start).spans(rests)
            found.update({(index, *rest): span for rest, span in spans.items()})
        return found
