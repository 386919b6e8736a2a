"""Reads what `var_dump` prints, also with Xdebug's command-line overload."""

from __future__ import annotations

import re
from typing import Final

from harvester.syntax.php.repairs import length_repair
from harvester.syntax.php.strings import SPACE, string_end
from harvester.syntax.php.tree import Builder, Reading, Unpack, number

_NUMBER: Final = rb"-?(?:\d{1,300}(?:\.\d{0,300})?|\.\d{1,300})(?:[eE][-+]?\d{1,4})?"
_VALUE: Final = re.compile(
    SPACE
    + rb"&?(?:(?P<string>string\((?P<length>\d{1,20})\)"
    + SPACE
    + rb'")'
    + rb"|array\((?P<array>\d{1,20})\)"
    + SPACE
    + rb"\{"
    + rb"|object\([^)]{0,300}\)"
    + SPACE
    + rb"#\d{1,20}"
    + SPACE
    + rb"\((?P<object>\d{1,20})\)"
    + SPACE
    + rb"\{"
    + rb"|class"
    + SPACE
    + rb"[^\s(){}]{1,300}#\d{1,20}"
    + SPACE
    + rb"\((?P<class>\d{1,20})\)"
    + SPACE
    + rb"\{"
    + rb"|(?P<number>(?:int|float|double)\((?P<digits>"
    + _NUMBER
    + rb")\))|(?:float|double)\((?P<other>-?(?:INF|NAN))\)"
    + rb"|bool\((?P<bool>true|false)\)|enum\(\\?(?P<enum>[^)]{1,300})\)"
    + rb"|(?P<resource>resource\(\d{1,20}\) of type \([^)]{0,100}\))"
    + rb"|(?P<null>NULL|\*RECURSION\*|uninitialized\([^)]{0,300}\)|\.\.\.))"
)
_KEY: Final = re.compile(
    SPACE
    + rb'(?:\[(?:"(?P<name>(?s:.{0,1000}?))"(?::"[^"\n]{1,300}":private|:protected|:private)?+|(?P<index>-?\d{1,20}))\]'
    + rb"|'(?P<quoted>[^'\n]{0,1000})'|(?:(?:public|protected|private|static|readonly)\s)++\$(?P<member>[^\s=]{1,300}))"
    + SPACE
    + rb"=>"
)
_END: Final = re.compile(SPACE + rb"\}")
_OLD_MARK: Final = re.compile(r":(?:[^:]+:)?(?:protected|private)$")
"""PHP before 5.3 writes the mark inside the quotes."""

_MEMBER: Final = rb"""(?:\}|\["|\[-?\d{1,20}\]|'[^'\n]{0,1000}'\s=>|(?:public|protected|private)\s|\.\.\.|\Z)"""
_NEXT: Final = rb"(?P<next>string\(\d{1,20}\)" + SPACE + rb'")'
_FITS_INSIDE: Final = re.compile(SPACE + _MEMBER)
_CLOSE_INSIDE: Final = re.compile(rb'"(?=' + SPACE + _MEMBER + rb")|" + _NEXT)
_CLOSE_ALONE: Final = re.compile(
    rb'"(?=\s*+\Z|[ \t]*+[\r\n]|<|-->|\.\.\.|(?:string|array|object|int|float|bool)\(|NULL)'
    rb"|" + _NEXT
)


def read_var_dump(text: bytes, at: int, depth: int, unpack: Unpack | None = None) -> Reading | None:
    """Read the dump that begins at a place.

    Args:
        text: What it stands in; its end is found by its own structure.
        at: First byte of the dump.
        depth: Deepest nesting kept.
        unpack: Decodes strings that hold JSON, where wanted.

    Returns:
        What was read, or None where no dump begins.
    """
    head = _VALUE.match(text, at)
    if head is None:
        return None
    if head["string"]:
        return _lone_string(text, at, head)
    builder = Builder(depth, unpack)
    place = _take(text, head, builder)
    while builder.depth:
        end = _END.match(text, place)
        if end:
            place = end.end()
            builder.close(place)
            continue
        key = _KEY.match(text, place)
        if key is None:
            break
        builder.key(_name(key))
        place = key.end()
        value = _VALUE.match(text, place)
        if value is None:
            break
        place = _take(text, value, builder)
    if builder.depth:
        builder.repair("text-cut")
    return builder.reading(at, place, complete=not builder.depth)


def _lone_string(text: bytes, at: int, head: re.Match[bytes]) -> Reading:
    builder = Builder(0)
    content, after, closed = _string(text, head, builder)
    return Reading(
        start=at,
        end=after,
        value=content.decode("utf-8", "replace"),
        content=(head.end(), head.end() + len(content)),
        complete=closed,
        repairs=tuple(builder.repairs),
        declared=int(head["length"]),
        read=len(content),
    )


def _take(text: bytes, head: re.Match[bytes], builder: Builder) -> int:
    """Put the value whose head was met; give where it ends, or where its members begin."""
    kind, place = head.lastgroup, head.end()
    if head["string"]:
        content, after, _ = _string(text, head, builder)
        builder.put_text(content, place)
        return after
    if kind in ("array", "object", "class"):
        builder.open(_start(head), is_array=kind == "array", declared=int(head[kind]))
    else:
        builder.put(_scalar(head))
    return place


def _string(text: bytes, head: re.Match[bytes], builder: Builder) -> tuple[bytes, int, bool]:
    """The string whose head was met, where it ends, and whether all of it was there."""
    declared = int(head["length"])
    alone = builder.depth == 0
    close, fits = (_CLOSE_ALONE, None) if alone else (_CLOSE_INSIDE, _FITS_INSIDE)
    end = string_end(text, head.end(), declared, close, fits)
    content = text[head.end() : end.content]
    builder.repair(end.repair)
    if end.closed and len(content) < declared and text.startswith(b"...", end.after):
        builder.repair("value-shortened")
        return content, end.after + 3, False
    builder.repair(length_repair(content, declared) if end.closed else None)
    return content, end.after, end.closed


def _start(head: re.Match[bytes]) -> int:
    return head.end() - len(head[0].lstrip(b" \t\r\n\f\v\xc2\xa0"))


def _scalar(head: re.Match[bytes]) -> bool | int | float | str | None:
    if head["number"]:
        return number(head["digits"], whole=head["number"].startswith(b"int"))
    if head["bool"]:
        return head["bool"] == b"true"
    said = head["other"] or head["enum"] or head["resource"]
    return said.decode("utf-8", "replace") if said else None


def _name(key: re.Match[bytes]) -> str:
    if key["name"] is not None:
        return _OLD_MARK.sub("", key["name"].decode("utf-8", "replace"))
    return (key["index"] or key["quoted"] or key["member"] or b"").decode("utf-8", "replace")
