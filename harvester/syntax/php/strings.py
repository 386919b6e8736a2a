"""Where a dumped string ends.

PHP escapes nothing in a dumped string: its declared length ends it. That length counts the bytes of the page as PHP
wrote it, and what was saved may have been converted, wrapped or trimmed; or it lies. So a length is believed where a
closing quote stands at its end and what precedes and follows fits; else the structure decides. No search goes past
the beginning of the next dumped string, so that all searches of a document together are linear in its length.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

SPACE: Final = rb"(?:\s|\xc2\xa0)*+"
"""White space in a dump; no-break spaces are what is left of `&nbsp;`."""

_SCALAR: Final = rb'(?:"(?:[^"\\]++|\\.)*+"|[-+.\w]++)?+'
_SEPARATED: Final = re.compile(rb"(?s)(?:\s*+" + _SCALAR + rb"\s*+[,:])*\s*+")
_LAST: Final = re.compile(rb"(?s)" + _SCALAR + rb"\s*+")
_FAR: Final = re.compile(rb'[\]}]\s*+"(?=\s*+(?:\Z|[<}]|\["|;)|[ \t]*+[\r\n])|string\(\d{1,20}\)\s"|s:\d{1,20}:"')
_CUT_SCALAR: Final = re.compile(
    rb'"(?:[^\r\n"<]++|<(?![/!a-zA-Z]))*|(?:-?\d[\d.eE+-]*+|t(?:r(?:ue?)?)?|f(?:a(?:l(?:se?)?)?)?|n(?:u(?:ll?)?)?)(?!\w)'
)
"""What a cut may have left of a scalar: of a string, what stands on its line."""

_CLOSERS: Final = {ord("{"): ord("}"), ord("["): ord("]")}
_AFTER_JSON: Final = re.compile(rb'\s*+"')


@dataclass(frozen=True, slots=True)
class Ending:
    """Where a string ends.

    Attributes:
        content: Byte behind the string's own text.
        after: Byte behind its closing quote, where it has one.
        closed: Whether it was read to its end.
        repair: Word that says what is odd about its end, beside its length.
    """

    content: int
    after: int
    closed: bool = True
    repair: str | None = None


@dataclass(frozen=True, slots=True)
class JsonEnd:
    """Where a JSON text ends: behind its last bracket, or where its structure breaks off.

    Attributes:
        opened: How many containers are open there, at least one where it breaks off.
    """

    at: int
    opened: int


def json_end(text: bytes, start: int) -> JsonEnd:
    """Find where the JSON container that begins at a place ends, by brackets, quotes and separators."""
    at, closers = start, bytearray()
    while True:
        run = _SEPARATED.match(text, at)
        before = run.end() if run else at
        last = _LAST.match(text, before)
        at = last.end() if last else before
        head = text[at] if at < len(text) else 0
        if head in _CLOSERS:
            closers.append(_CLOSERS[head])
        elif closers and head == closers[-1]:
            closers.pop()
        else:
            return JsonEnd(before, max(len(closers), 1))
        at += 1
        if not closers:
            return JsonEnd(at, 0)


def string_end(
    text: bytes, start: int, declared: int, close: re.Pattern[bytes], fits: re.Pattern[bytes] | None
) -> Ending:
    """Find the end of a string in double quotes whose length in bytes is declared.

    Args:
        text: What it stands in.
        start: First byte behind its opening quote.
        declared: The length it says it has; may be anything.
        close: Finds the closing quote by what follows it, or, as group `next`, where the next string begins.
        fits: Matches behind a closing quote that the length points at, as proof of it; None where anything may follow,
            so that JSON's own brackets are asked first.
    """
    head = text[start : start + 64].lstrip()[:1]
    at = start + declared
    exact = at < len(text) and text[at] == 0x22 and (fits is None or fits.match(text, at + 1) is not None)
    if exact and fits:
        return Ending(at, at + 1)
    if head in (b"[", b"{"):
        return _json_string_end(text, start, at if exact else -1, close)
    if exact:
        return Ending(at, at + 1)
    return _closing_quote(text, start, at, close)


def _closing_quote(text: bytes, start: int, declared_end: int, close: re.Pattern[bytes]) -> Ending:
    found = close.search(text, start)
    if found is None or found["next"] is not None:
        bound = min(declared_end, found.start() if found else len(text))
        return Ending(bound, bound, closed=False, repair="text-cut")
    return Ending(found.start(), found.start() + 1)


def _json_string_end(text: bytes, start: int, exact: int, close: re.Pattern[bytes]) -> Ending:
    window = text[start : start + 64]
    json = json_end(text, start + len(window) - len(window.lstrip()))
    if json.opened == 0:
        quote = _AFTER_JSON.match(text, json.at)
        if quote:
            return Ending(quote.end() - 1, quote.end())
        if exact > json.at:
            return Ending(exact, exact + 1)
        if b'"' in text[start : json.at]:
            return Ending(json.at, json.at, repair="quote-missing")
        return _closing_quote(text, json.at, len(text), close)
    if exact >= json.at:
        return Ending(exact, exact + 1)
    return _broken_json_end(text, json.at)


def _broken_json_end(text: bytes, at: int) -> Ending:
    """Where a string ends whose JSON breaks off at a place."""
    far = _FAR.search(text, at)
    if far and far[0][:1] in (b"]", b"}"):
        return Ending(far.end() - 1, far.end())
    rest = _CUT_SCALAR.match(text, at)
    end = rest.end() if rest else at
    end -= len(text[max(0, end - 64) : end]) - len(text[max(0, end - 64) : end].rstrip())
    return Ending(end, end, closed=False, repair="text-cut")
