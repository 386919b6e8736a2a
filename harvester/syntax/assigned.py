"""Reads scalars that a script assigns one after the other: `var url = "…"; var title = "…";`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_SCALAR: Final = rb"""("(?>[^"\\\r\n]++|\\.)*+"|'(?>[^'\\\r\n]++|\\.)*+'|-?\d[\d.]{0,30}+|true\b|false\b|null\b)"""
SCALAR: Final = re.compile(_SCALAR)
STATEMENT: Final = re.compile(
    rb"(?<![\w$.\])])(?:(?:var|let|const)\s++)?([A-Za-z_$][\w$.]{0,80}+)\s*+=\s*+"
    + _SCALAR
    + rb"[ \t]*+(?:[;,]|(?=[\r\n}]|//|/\*|\Z))"
)
"""Group 1 is the name, group 2 the scalar; what is joined to something else, or called, is none."""

_BETWEEN: Final = re.compile(
    rb"(?>[\s;,]++|//[^\n]*+|/\*(?s:.{0,400}?)\*/|<!--[^\n]*+|(?:var|let|const)\s[\w$\s,]{1,300}+;)*+"
)
"""What may stand between two such statements: nothing that does anything."""

MOST: Final = 40
"""How many statements are taken for one run: longer ones are the settings of a whole site."""


def runs(script: bytes, start: int, stop: int) -> Iterator[list[re.Match[bytes]]]:
    """Give the statements between two offsets that assign scalars, those that follow one another as one list."""
    at = start
    while first := STATEMENT.search(script, at, stop):
        run = [first]
        at = first.end()
        while len(run) < MOST:
            between = _BETWEEN.match(script, at, stop)
            following = STATEMENT.match(script, between.end() if between else at, stop)
            if following is None:
                break
            run.append(following)
            at = following.end()
        yield run
