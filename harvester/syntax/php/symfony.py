"""Reads what Symfony's VarDumper (`dump`, `dd`) prints to a terminal, and its HTML once the markup is gone.

Each member stands on its own line and strings escape nothing, so that the last quote of the line ends a string.
"""

from __future__ import annotations

import re
from typing import Final

from harvester.syntax.php.strings import json_end
from harvester.syntax.php.tree import Builder, Reading, Unpack, number

_SPACE: Final = rb"(?:\s|\xc2\xa0|\xe2\x96[\xb6\xbc])*+"
_CLASS: Final = rb"[A-Za-z_\\][\w\\@:]{0,300}"
_VALUE: Final = re.compile(
    _SPACE
    + rb'(?P<block>b?"""\n)|'
    + _SPACE
    + rb'(?:(?P<string>b?")|array:(?P<array>\d{1,20})\s\[|(?P<bare>\[)'
    + rb"|(?P<object>(?:"
    + _CLASS
    + rb"(?:\s@-?[\d.]{1,30})?\s)?\{(?=#\d|\s|\}))"
    + rb"|(?P<number>-?(?:\d{1,300}+(?:\.\d{0,300}+)?+|\.\d{1,300}+)(?:[eE][-+]?\d{1,4}+)?+)(?=[\s\]}]|\Z|<)"
    + rb"|(?P<other>-?(?:INF|NAN)\b)|(?P<word>(?:true|false|null)\b)|(?P<rest>[^\s\"\[\]{}][^\n\]}]{0,300}))"
)
_KEY: Final = re.compile(
    _SPACE
    + rb'(?:"(?P<name>[^\n]{0,1000}?)" =>|(?P<index>-?\d{1,20}) =>'
    + rb'|[-+#~](?:"(?P<quoted>[^\n]{0,1000}?)"|(?P<member>[\w\x80-\xff]{1,300}))\??: ?'
    + rb"|(?P<meta>[\w\x80-\xff]{1,300}): ?)"
)
_REF: Final = re.compile(rb"#\d{1,20}")
_END: Final = re.compile(_SPACE + rb"[\]}]")
_MORE: Final = re.compile(_SPACE + rb"\xe2\x80\xa6\d{0,20}")
_FOLDED_END: Final = re.compile(
    rb'"(?P<short>\xe2\x80\xa6\d{0,20})?'
    rb'(?=\s*+(?:\Z|[\]}]|"[^"\n]{0,1000}" =>|\d{1,20} =>|[-+#~]"?\w{1,300}"?:)|[ \t\r]*+\n)'
)
_LINE_END: Final = re.compile(rb'"(?P<short>\xe2\x80\xa6\d{0,20})?[ \t\r]*+(?:<|\Z)')
_BLOCK_END: Final = re.compile(rb'\n[ \t]*+"""(?P<short>\xe2\x80\xa6\d{0,20})?')


def read_symfony(text: bytes, at: int, depth: int, unpack: Unpack | None = None) -> Reading | None:
    """Read the dump that begins at a place; see `read_var_dump`."""
    head = _VALUE.match(text, at)
    if head is None or not (head["array"] or head["object"]):
        return None
    builder = Builder(depth, unpack)
    place = _take(text, head, builder)
    while builder.depth:
        more = _MORE.match(text, place)
        if more:
            builder.repair("value-shortened")
            place = more.end()
        end = _END.match(text, place)
        if end:
            place = end.end()
            builder.close(place)
            continue
        reached = None if more else _member(text, place, builder)
        if reached is None:
            break
        place = reached
    if builder.depth:
        builder.repair("text-cut")
    complete = not builder.depth and "value-shortened" not in builder.repairs
    return builder.reading(at, place, complete=complete)


def _member(text: bytes, place: int, builder: Builder) -> int | None:
    """Read a member; give where it ends, None where the structure breaks off."""
    key = _KEY.match(text, place)
    if key is None:
        return None
    name = key["name"] or key["index"] or key["quoted"] or key["member"] or key["meta"] or b""
    builder.key(name.decode("utf-8", "replace"))
    value = _VALUE.match(text, key.end())
    if value is None:
        return None
    return _take(text, value, builder, own_line=b"\n" in key[0][: len(key[0]) - len(key[0].lstrip())])


def _take(text: bytes, head: re.Match[bytes], builder: Builder, *, own_line: bool = True) -> int:
    kind, place = head.lastgroup, head.end()
    if head["block"]:
        return _block(text, place, builder)
    if head["string"]:
        return _string(text, place, builder, own_line=own_line)
    if kind in ("array", "bare", "object"):
        start = place - len(head[0].lstrip(b" \t\r\n\xc2\xa0"))
        builder.open(start, is_array=kind != "object", declared=int(head["array"]) if head["array"] else None)
        reference = _REF.match(text, place) if kind == "object" else None
        return reference.end() if reference else place
    if head["number"]:
        builder.put(number(head["number"], whole=True))
    elif head["word"]:
        builder.put({b"true": True, b"false": False}.get(head["word"]))
    else:
        builder.put((head["other"] or head["rest"]).decode("utf-8", "replace").rstrip())
    return place


def _string(text: bytes, place: int, builder: Builder, *, own_line: bool) -> int:
    line = text.find(b"\n", place)
    line = line if line >= 0 else len(text)
    if text[place : place + 1] in (b"[", b"{"):
        json = json_end(text, place)
        if json.opened == 0 and text.startswith(b'"', json.at):
            builder.put_text(text[place : json.at], place)
            return json.at + 1
    # The last quote of a line is not far from its end, but for what stands behind a shortened string.
    found = _LINE_END.match(text, max(place, text.rfind(b'"', place, line)), line) if own_line else None
    found = found or _FOLDED_END.search(text, place, line)
    if found is None:
        builder.repair("quote-missing")
        builder.put_text(text[place:line], place)
        return line
    if found["short"]:
        builder.repair("value-shortened")
    builder.put_text(text[place : found.start()], place)
    return found.end()


def _block(text: bytes, place: int, builder: Builder) -> int:
    r"""A string with line breaks: indented lines, of which all but the last end in a printed `\n`."""
    found = _BLOCK_END.search(text, place - 1)
    end = found.start() if found else len(text)
    if found is None or found["short"]:
        builder.repair("value-shortened" if found else "quote-missing")
    lines = text[place:end].split(b"\n")
    indent = len(lines[0]) - len(lines[0].lstrip(b" "))
    joined = b"\n".join(line[indent:] for line in lines)
    builder.put_text(joined.replace(b"\\n\n", b"\n"), place, verbatim=False)
    return found.end() if found else end
