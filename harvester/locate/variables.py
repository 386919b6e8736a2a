"""Locates what a script says of a medium in single variables, one assigned after the other."""

from __future__ import annotations

import re
from typing import Final

from harvester.model import Excerpt, Span
from harvester.syntax.assigned import STATEMENT, runs
from harvester.syntax.literals import Budget

_QUOTE_REACH: Final = 1500
_SPACE_REACH: Final = 40
_NAME_REACH: Final = 120
_BACK: Final = 2048
_AHEAD: Final = 4096
_SETS_ID: Final = re.compile(rb"[\w$]{1,40}+\s{0,4}+=\s{0,4}+[\"'\d]")
_NAME: Final = re.compile(rb"(?<![\w$.])[A-Za-z_$][\w$.]{0,80}+\s*+=\s*+\Z|(?<![\w$.])[A-Za-z_$][\w$.]{0,80}+\Z")
_NO_ASSIGNMENT: Final = frozenset(b"=!<>+")


def variables_around(data: bytes, mark: int, bounds: Span, budget: Budget) -> Excerpt | None:
    """The run of assigned scalars in one of which a mark stands: they say together what none says alone.

    Args:
        data: The document.
        mark: A place in a script of it.
        bounds: The run lies within.
        budget: What may be looked over for it.
    """
    low, high = max(bounds[0], mark - _BACK), min(bounds[1], mark + _AHEAD)
    if budget.left <= 0 or not _in_statement(data, mark, (low, high)):
        return None
    for run in runs(data, low, high):
        span = run[0].start(), run[-1].end()
        if span[1] > mark:
            budget.spend(span[1] - low)
            if span[0] > mark or _is_commented(data, span[0], low):
                return None
            hints = {"alone": ""} if len(run) == 1 else {}
            return Excerpt(form="js-variables", text=data[slice(*span)], spans=(span,), hints=hints)
    return None


def _in_statement(data: bytes, mark: int, within: Span) -> bool:
    """Tell whether a mark stands in a scalar that is assigned, or in the name that it is assigned to."""
    if _SETS_ID.match(data, mark, within[1]):
        behind = mark
    else:
        start = max(within[0], mark - _QUOTE_REACH)
        behind = max(data.rfind(b'"', start, mark), data.rfind(b"'", start, mark))
        before = data[max(start, behind - _SPACE_REACH) : max(start, behind)].rstrip()
        if before[-1:] != b"=" or before[-2:-1] == b"" or before[-2] in _NO_ASSIGNMENT:
            return False
    name = _NAME.search(data, max(within[0], behind - _NAME_REACH), behind)
    found = STATEMENT.match(data, name.start() if name else behind, within[1])
    return found is not None and found.end() > mark


def _is_commented(data: bytes, at: int, low: int) -> bool:
    line = data.rfind(b"\n", low, at) + 1
    return data[max(line, low) : at].lstrip()[:2] == b"//"
