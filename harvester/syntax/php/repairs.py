"""What reading a dump may have to mend, and by which word a sighting says so."""

from __future__ import annotations

from typing import Final

REPAIRS: Final[dict[str, str]] = {
    "html-unescaped": "entities were undone and markup inside the dump was taken out before it was read",
    "escapes-undone": "the dump stood in a string literal, whose escapes were undone before it was read",
    "length-in-characters": "the declared length fits the characters, not the bytes: the charset was converted",
    "length-without-line-breaks": "the declared length fits once line breaks are taken out: the text was wrapped",
    "length-near": "the declared length is off by a few bytes, as where white space was folded",
    "length-wrong": "the declared length does not fit at all; the structure decided",
    "quote-missing": "the closing quote is missing",
    "value-shortened": "a debugger printed only the beginning of a value",
    "count-wrong": "a container has not as many members as it declares",
    "columns-lost": "white space was folded, so that a value was taken to end where something like a member follows",
    "text-cut": "the text ends before the dump does",
    "line-breaks-removed": "line breaks inside the strings of a JSON text were taken out or made spaces",
    "records-resumed": "a list of records is damaged inside; its records were read one by one",
    "json-cut": "a JSON text breaks off, and what stands before that was kept",
}
"""Word → what it means."""

_NEAR_BYTES: Final = 16
"""What folding may take from a long text; a short one has less to fold."""


def length_repair(content: bytes, declared: int) -> str | None:
    """Explain a declared length that may differ from the bytes read."""
    read = len(content)
    if read == declared:
        return None
    breaks = content.count(b"\n")
    if breaks and declared in (read - breaks, read - breaks - content.count(b"\r")):
        return "length-without-line-breaks"
    if len(content.decode("utf-8", "replace")) == declared:
        return "length-in-characters"
    return "length-near" if abs(read - declared) <= min(_NEAR_BYTES, 2 + declared // 50) else "length-wrong"
