"""Finds what PHP pages leaked through `var_dump`, `print_r`, `var_export` and `serialize`.

Only where a literal stands that such a dump can't do without, the dump is read by its grammar to find its end. What was
read is never read again, so that all dumps of a document together cost linear time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from harvester.model import Excerpt, Limits
from harvester.syntax.php import ESCAPES, UNDOS, Plain, Reading, Undo, better, doubtful, heads, read

_WINDOW: Final = 16 << 20
"""Bytes that are freed of markup at once; a marked-up dump that is longer is cut."""

_BACK_BYTES: Final = 400
_NEAR_BYTES: Final = 256
_SURE_BYTES: Final = 8
"""Bytes from which a length that fits exactly is no coincidence."""

_SPACE: Final = rb"(?:\s|\xc2\xa0)*+"
_CLASS: Final = rb"\\?[A-Za-z_\x80-\xff][\w\\@\x80-\xff]{0,200}"
_MEMBER: Final = _SPACE + rb"\(" + _SPACE + rb"\[[^\n]{0,300}?\](?:[ ]|\xc2\xa0)=>"
_ITEM: Final = _SPACE + rb"(?:'[^'\n]{0,1000}'|\"[^\"\n]{0,1000}\"|-?\d{1,20})" + _SPACE + rb"=>"

# Where a dump begins, seen from its literal: the end of what stands before it.
_AFTER_CLASS: Final = re.compile(rb"(?:(?<![\w\\])" + _CLASS + rb"(?: @-?[\d.]{1,30})? )?\Z")
_AFTER_OBJECT_CLASS: Final = re.compile(rb"(?<![\w\\])" + _CLASS + rb" \Z")
_AFTER_STATE_CLASS: Final = re.compile(rb"(?<![\w\\])" + _CLASS + rb"\Z")
_AFTER_DEBUG_CLASS: Final = re.compile(rb"class [^\s(){}]{1,300}#\d{1,20} \(\d{1,20}\)\Z")
_AFTER_KEY: Final = re.compile(
    rb"\[" + _SPACE + rb"(?:'[^'\n]{0,200}(?:'" + _SPACE + rb")?+|\"[^\"\n]{0,200}(?:\"" + _SPACE + rb")?+)\Z"
)
_AFTER_COUNT: Final = re.compile(rb'(?<!\w)(?:a:\d{1,20}|O:\d{1,20}:"[^"]{0,300}":\d{1,20})\Z')
_AFTER_LENGTH: Final = re.compile(rb"(?<!\w)s:\d{1,20}\Z")


# What stands round a literal, to spare looking back from it.
_ANY: Final = re.compile(rb"")
_NOT_IN_WORD: Final = re.compile(rb"(?<![\w$.])(?<!->)")
_BEHIND_DIGIT: Final = re.compile(rb"(?<=\d)")
_FRONT_OBJECT: Final = re.compile(rb"Object" + _MEMBER)

# What a dump begins with, where its grammar alone would take too much.
_VAR_DUMP: Final = re.compile(
    rb"(?:string|array)\(\d{1,20}\)" + _SPACE + rb"[\"{]|object\([^)]{0,300}\)(?:\[\d|" + _SPACE + rb"#\d)"
    rb"|array\s?\(size=\d|string '"
)
_SYMFONY: Final = re.compile(rb"array:\d{1,20} \[|(?:" + _CLASS + rb"(?: @-?[\d.]{1,30})? )?\{(?:#\d|\s*+[-+#])")
_PRINT_R: Final = re.compile(rb"(?:Array|" + _CLASS + rb" Object)" + _MEMBER)
_EXPORT: Final = re.compile(rb"(?:(?:\(object\)" + _SPACE + rb")?array" + _SPACE + rb"\(|\[)" + _ITEM)

# The same, seen from the literal, where entities and tags may stand in it.
_GAP: Final = rb"(?:\s|\xc2\xa0|&nbsp;|&#160;|<[^<>]{0,200}>)*"
_HTML_VAR_DUMP: Final = re.compile(
    rb"(?:string|array)\(\d{1,20}\)" + _GAP + rb"(?:[\"{]|&quot;|&#34;)|object\([^)]{1,300}\)" + _GAP + rb"[#\[]"
    rb"|array\s?\(size=|string '"
)
_HTML_PRINT_R: Final = re.compile(rb"(?:Array|Object)" + _GAP + rb"\(" + _GAP + rb"\[")
_HTML_EXPORT: Final = re.compile(rb"(?:\(object\)" + _GAP + rb")?(?:array" + _GAP + rb"\(|\[)" + _GAP + rb"[\d'\"&]")
_HTML_ARROW: Final = re.compile(rb"(?:(?<=['\";>])|(?<=['\";>]\s)|(?<=['\";>]\s\s)|(?<=\xa0))=&gt;")
"""That of a key, which is quoted; functions of JavaScript, as in event handlers, have a name or a bracket before it."""

_HTML_SERIALIZE: Final = re.compile(rb"(?<=\d):(?:\{[si]:\d{1,20}[:;]|&quot;)")
_JSON_BEGIN: Final = re.compile(r"\s*[\[{]\s*[\"\[{]")
_BLANK: Final = rb"(?:\s|\\[nrt])*+"
_ESCAPED: Final = re.compile(
    rb"(?:string|array)\(\d{1,20}\)"
    + _BLANK
    + rb'(?:\\"|\{)|object\([^)"]{1,300}\)'
    + _BLANK
    + rb"#\d|array "
    + _BLANK
    + rb"\(|(?:Array|Object)"
    + _BLANK
    + rb"\("
    + _BLANK
    + rb'\[|(?<=\d):(?:\{[si]:\d{1,20}[:;]|\\"[\[{])'
)
"""The same, where the dump stands in a string literal."""

_HTML_NEVER: Final = re.compile(rb"(?!)")


@dataclass(frozen=True, slots=True)
class _Trigger:
    """Literals that show a dump.

    Attributes:
        back: Matches what belongs to the dump before the literal; None where it begins with that.
        guard: Matches at the start of the dump.
        markup: Matches at the literal where the dump may read better without markup.
        front: Matches at the literal, to spare looking back.
    """

    literals: tuple[bytes, ...]
    form: str
    back: re.Pattern[bytes] | None
    guard: re.Pattern[bytes]
    markup: re.Pattern[bytes]
    front: re.Pattern[bytes] = _ANY


_TRIGGERS: Final = (
    _Trigger(heads.VAR_DUMP, "php-var-dump", None, _VAR_DUMP, _HTML_VAR_DUMP),
    _Trigger(heads.VAR_DUMP_MARKUP, "php-var-dump", None, _VAR_DUMP, _ANY),
    _Trigger(heads.DEBUG_MEMBERS, "php-var-dump", _AFTER_DEBUG_CLASS, _ANY, _HTML_NEVER),
    _Trigger(heads.SYMFONY, "php-var-dump", None, _SYMFONY, _HTML_NEVER, _NOT_IN_WORD),
    _Trigger(heads.SYMFONY_REFERENCES, "php-var-dump", _AFTER_CLASS, _SYMFONY, _HTML_NEVER),
    _Trigger(heads.SYMFONY_MARKUP, "php-var-dump", None, _SYMFONY, _ANY),
    _Trigger(heads.PRINT_R, "php-print-r", None, _PRINT_R, _HTML_PRINT_R),
    _Trigger(
        heads.PRINT_R_OBJECT,
        "php-print-r",
        _AFTER_OBJECT_CLASS,
        _PRINT_R,
        _HTML_PRINT_R,
        _FRONT_OBJECT,
    ),
    _Trigger(heads.VAR_EXPORT, "php-var-export", None, _EXPORT, _HTML_EXPORT, _NOT_IN_WORD),
    _Trigger(heads.VAR_EXPORT_STATE, "php-var-export", _AFTER_STATE_CLASS, _ANY, _ANY),
    _Trigger(heads.ARROWS, "php-var-export", _AFTER_KEY, _EXPORT, _HTML_ARROW),
    _Trigger(heads.SERIALIZE, "php-serialize", _AFTER_COUNT, _ANY, _HTML_SERIALIZE, _BEHIND_DIGIT),
    _Trigger(
        heads.SERIALIZE_STRING,
        "php-serialize",
        _AFTER_LENGTH,
        _ANY,
        _HTML_SERIALIZE,
        _BEHIND_DIGIT,
    ),
)
_SHOWN_BY: Final = {literal: tuple(t for t in _TRIGGERS if literal in t.literals) for literal in heads.HEADS}


def locate_php(utf8: bytes, signs: Iterable[tuple[int, bytes]], limits: Limits) -> Iterator[Excerpt]:
    """Find the dumps in a text, wherever they stand: in prose, markup, scripts, comments or attributes.

    Args:
        utf8: A document's text.
        signs: Where in it literals of dumps stand, in order.
        limits: `excerpts` and `depth` count.

    Yields:
        Excerpts of the forms `php-var-dump`, `php-print-r`, `php-var-export` and `php-serialize`, in document order
        and never overlapping. What only speaks of `string(5)` is none.
    """
    finder = _Finder(utf8, limits.depth)
    found = reached = 0
    for at, literal in signs:
        if at < reached:
            continue
        for trigger in _SHOWN_BY[literal]:
            excerpt, reached = finder.find(trigger, at, reached)
            if excerpt:
                yield excerpt
                found += 1
                break
        if found >= limits.excerpts:
            return


class _Finder:
    """Reads the dumps of one text, as it stands or freed of markup."""

    def __init__(self, utf8: bytes, depth: int) -> None:
        self._utf8 = utf8
        self._depth = depth
        self._freed: dict[Undo, tuple[int, Plain]] = {}

    def find(self, trigger: _Trigger, at: int, reached: int) -> tuple[Excerpt | None, int]:
        """Read the dump at a literal; give it and the byte up to which the text has been read."""
        text = self._utf8
        start = _start(trigger, text, at, reached)
        reading = None if start is None else read(trigger.form, text, start, self._depth)
        span = (reading.start, reading.end) if reading else None
        for undo in UNDOS:
            if not doubtful(reading) or not (_ESCAPED if undo is ESCAPES else trigger.markup).match(text, at):
                continue
            if not undo.applies(text[at : (reading.end if reading else at) + _NEAR_BYTES]):
                continue
            offset, plain = self._free(undo, at)
            start = _start(trigger, plain.text, plain.locate(at - offset), plain.locate(max(reached - offset, 0)))
            second = None if start is None else read(trigger.form, plain.text, start, self._depth)
            if better(reading, second) and second:
                reading = second
                begin, end = plain.span(second.start, second.end)
                span = (begin + offset, end + offset)
        if reading is None or span is None:
            return None, reached
        reached = max(reached, span[1])
        if not _is_leak(reading, text, span[0]):
            return None, reached
        return Excerpt(form=trigger.form, text=text[span[0] : span[1]], spans=(span,)), reached

    def _free(self, undo: Undo, at: int) -> tuple[int, Plain]:
        """A stretch of the text with a wrapping undone; each serves at least half its length."""
        begin = max(0, at - _BACK_BYTES)
        start, plain = self._freed.get(undo, (0, None))
        if plain is None or not start <= begin <= start + _WINDOW // 2:
            plain = Plain(self._utf8[begin : begin + _WINDOW], undo)
            self._freed[undo] = begin, plain
            return begin, plain
        return start, plain


def _start(trigger: _Trigger, text: bytes, at: int, reached: int) -> int | None:
    """Where the dump of a literal begins, if it may be one; never before what was read already."""
    if not trigger.front.match(text, at):
        return None
    start = max(reached, at)
    if trigger.back:
        begin = max(reached, at - _BACK_BYTES)
        before = trigger.back.search(text[begin:at])
        if before is None:
            return None
        start = begin + before.start()
    return start if trigger.guard.match(text, start) else None


def _is_leak(reading: Reading, text: bytes, start: int) -> bool:
    """Whether what was read is a dump with something in it."""
    if reading.content is None:
        return reading.members > 0
    if isinstance(reading.value, str) and _JSON_BEGIN.match(reading.value):
        return True
    whole = reading.complete or "value-shortened" in reading.repairs
    if text[max(0, start - 1) : start].isalpha():  # as in a call of `substring(1)`
        return whole and (reading.read or 0) >= _SURE_BYTES and not reading.repairs
    return whole and bool(reading.read)
