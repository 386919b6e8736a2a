"""Locates markup that a script writes into its page: media elements in string literals."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from typing import Final

from harvester.model import Excerpt, Span
from harvester.syntax.literals import STRING, Budget
from harvester.syntax.origin import JS_ESCAPE, Origin, resolve_escapes
from harvester.syntax.tags import Ends, read_tag

_REACH: Final = 4096
"""How far before a mark its string may begin."""

_STRING_BYTES: Final = 1 << 13
_MOST_BYTES: Final = 1 << 15
_OPENS: Final = re.compile(rb"""(?:[=(+,:?&|]|\breturn)\s*+(?=["'`])""")
_MARKUP: Final = re.compile(rb"[^<]{0,200}<[a-zA-Z/!]")
_TAG: Final = re.compile(rb"<(?:/?[a-zA-Z][\w-]{0,30}[\s>/]|[%?])")
_VARIABLE: Final = rb"[\w$.]{1,80}+(?:\([\w$.,\s]{0,80}+\))?"
_WRITES: Final = rb"[\w$.]{1,80}+(?:(?<=\.write)|(?<=\.writeln)|(?<=\.push)|(?<=\.append))\s*+\("
_GLUE: Final = re.compile(
    rb"\s*+(?:\+\s*+(" + _VARIABLE + rb")\s*+)?"
    rb"(?:[+,]|\)\s*+[;,]?\s*+" + _WRITES + rb"|;\s*+[\w$.]{1,80}+\s*+\+=)\s*+(?=[\"'`])"
)
"""What stands between two strings that are written one behind the other; the group is a variable between them."""

_UNKNOWN: Final = b"${}"
"""What is written where a variable stands: a place in a template."""

_ELEMENT: Final = re.compile(rb"<(?:video|audio|iframe|object|embed|source|a)(?=[\s>])", re.IGNORECASE)
_FORMS: Final = {"video": "media-element", "audio": "media-element", "source": "media-element", "a": "media-link"}
_ELEMENTS: Final = 20
_FILLED_LATER: Final = re.compile(rb"\$\{|\{\{|<%|#\{|\{\d\}|%s|%\w{1,40}+%")
_VALUE: Final = re.compile(rb"""=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'<>]++)""")


def written_around(data: bytes, mark: int, bounds: Span, budget: Budget) -> tuple[list[Excerpt], int]:
    """The media elements in the strings that are written together with the one in which a mark stands.

    Args:
        data: The document.
        mark: A place in a script of it.
        bounds: The strings lie within.
        budget: What may be looked over for them.

    Returns:
        Each element as an excerpt, and where the strings end; 0 where the mark stands in no markup.
    """
    pieces = _pieces(data, mark, bounds, budget)
    return (list(_Written(data, pieces).excerpts()), pieces[-1][1]) if pieces else ([], 0)


def _pieces(data: bytes, mark: int, bounds: Span, budget: Budget) -> list[Span]:
    """What stands in the quotes of the strings round a mark, if that is markup; nothing where a variable stands."""
    low, stop = max(bounds[0], mark - _REACH), min(bounds[1], mark + _MOST_BYTES)
    tag = data.rfind(b"<", low, mark)
    if budget.left <= 0 or tag < 0 or not _TAG.match(data, tag):
        return []
    pieces: list[Span] = []
    at = low
    while True:
        glue = _GLUE.match(data, at, stop) if pieces else None
        opening = glue or (_OPENS.search(data, at, mark) if at <= mark else None)
        if opening is None:
            break
        string = STRING.match(data, opening.end(), min(stop, opening.end() + _STRING_BYTES))
        if string is None:
            if at > mark:
                break
            pieces, at = [], opening.end() + 1
            continue
        if glue is None:
            pieces = []
        elif glue.lastindex:
            pieces.append((at, at))
        at = string.end()
        if at - string.start() > len("''"):
            pieces.append((string.start() + 1, at - 1))
    budget.spend(at - low)
    return pieces if pieces and _hold(data, pieces, mark) else []


def _hold(data: bytes, pieces: list[Span], mark: int) -> bool:
    return pieces[0][0] <= mark < pieces[-1][1] and _MARKUP.match(data, *pieces[0]) is not None


class _Written:
    """The text that some strings make, and where its parts stand."""

    def __init__(self, data: bytes, pieces: list[Span]) -> None:
        texts = [data[slice(*piece)] or _UNKNOWN for piece in pieces]
        raw = b"".join(texts)
        self._pieces = pieces
        self._starts = list(accumulate(map(len, texts), initial=0))
        self._origin = Origin(raw, JS_ESCAPE, resolve_escapes) if b"\\" in raw else None
        self._text = resolve_escapes(raw)

    def excerpts(self) -> Iterator[Excerpt]:
        """Give each element that is whole."""
        ends = Ends(self._text)
        at = 0
        for _ in range(_ELEMENTS):
            found = _ELEMENT.search(self._text, at)
            if found is None:
                return
            at = found.end()
            tag = read_tag(self._text, found.start())
            if tag:
                at = ends.of(tag)
                text = self._text[tag.span[0] : at]
                yield Excerpt(
                    form=_FORMS.get(tag.name, "embed"),
                    text=_VALUE.sub(_known, text) if _FILLED_LATER.search(text) else text,
                    spans=self._in_document((tag.span[0], at)),
                    layers=("js-string",),
                )

    def _in_document(self, span: Span) -> tuple[Span, ...]:
        start, end = self._origin.span(span) if self._origin else span
        spans: list[Span] = []
        for index in range(bisect_right(self._starts, start) - 1, len(self._pieces)):
            offset, piece = self._starts[index], self._pieces[index]
            low, high = max(start, offset), min(end, self._starts[index + 1])
            if low >= high:
                break
            if piece[0] < piece[1]:
                spans.append((piece[0] + low - offset, piece[0] + high - offset))
        return tuple(spans)


def _known(value: re.Match[bytes]) -> bytes:
    """An attribute's value, but for one that is filled in later."""
    return b'=""' if _FILLED_LATER.search(value[0]) else value[0]
