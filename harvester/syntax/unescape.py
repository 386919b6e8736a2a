"""Undoes the escapings of string literals; nothing here fails on any input."""

from __future__ import annotations

import re
from typing import Final

import msgspec

_ESCAPE: Final = re.compile(
    r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([0-3]?[0-7]{1,2})|(\r\n|.))", re.DOTALL
)
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_SIMPLE: Final = {
    "n": "\n",
    "t": "\t",
    "r": "\r",
    "b": "\b",
    "f": "\f",
    "v": "\v",
    "\n": "",
    "\r\n": "",
    "\r": "",
    "0": "\0",
}


def _one(found: re.Match[str]) -> str:
    code = found[1] or found[2] or found[3]
    if code:
        number = int(code, 16)
        return chr(number) if number < 0x110000 else "\ufffd"
    if found[4]:
        return chr(int(found[4], 8))
    return _SIMPLE.get(found[5], found[5])


def unescape_js(text: str) -> str:
    """Resolve the escapes of a JavaScript string literal (ECMA-262, 12.9.4); JSON's are among them."""
    if "\\" not in text:
        return text
    return join_surrogates(_ESCAPE.sub(_one, text))


def join_surrogates(text: str) -> str:
    """Make one character of each surrogate pair; a lone surrogate becomes U+FFFD."""
    if text.isascii() or not _SURROGATE.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def unescape_raw(raw: bytes) -> str:
    """Decode a string literal's bytes and resolve its escapes, which JSON has too, most often."""
    if b"\\" not in raw:
        return raw.decode("utf-8", "replace")
    try:
        return _as_json(b'"' + raw + b'"')
    except ValueError:  # escapes or characters that JSON has not, or bytes that are no UTF-8
        return unescape_js(raw.decode("utf-8", "replace"))


_as_json: Final = msgspec.json.Decoder(str).decode
