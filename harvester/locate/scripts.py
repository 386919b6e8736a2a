"""Locates data in scripts: JSON scripts whole, literals in JavaScript round each mark."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import islice
from typing import Final

from harvester.locate.joined import Variables
from harvester.locate.scan import Scan, Script
from harvester.locate.variables import variables_around
from harvester.locate.written import written_around
from harvester.model import Excerpt, Span
from harvester.syntax.literals import FUNCTION, IN_SCRIPT, Budget, literal_around, literal_end

_ASSIGNED: Final = re.compile(rb"([\w$][\w$.\[\]\"'-]{0,120}+)\s*+=\s*+(?:[\w$.]++\s*+\|\|\s*+)?\Z")
_CALLED: Final = re.compile(
    rb"""([\w$][\w$.]{0,120}+(?:\(\s*+["'`]?[^"'`()]{0,120}+["'`]?\s*+\)\s*+\.\s*+[\w$.]++)?)\s*+\(\s*+(?:[^(){};]{0,200},\s*+)?\Z"""
)
_BEFORE_ARGUMENT: Final = frozenset((b"(", b","))
_BEFORE_VALUE: Final = frozenset((b"=", b"|"))
"""What stands right in front of a literal that is called with, or assigned."""

_PLAYER: Final = re.compile(
    r"jwplayer|videojs|flowplayer|plyr|kwidget|kplayer|kaltura|ooyala|OO\.|pdk|anvato|anvp|brightcove|bitmovin|mediaelement"
    r"|theoplayer|clappr|shaka|hls|dash|playerjs|jplayer|projekktor|flashvars|radiantmp|player|\.setup\Z",
    re.IGNORECASE,
)
_RETURN: Final = re.compile(rb"\breturn\s*\Z")
_CALL: Final = re.compile(rb"\s*;?\s*\}\s*\)?\s*\(")
_NUXT: Final = re.compile(rb"__NUXT(?:__\s*+=|_JSONP__\([^,()]{0,300}+,)[\s(]*+(?=function\b)")
_RETURNED: Final = re.compile(rb"\breturn\s*+(?=[{\[])")
_RETURNS: Final = 20
_HEAD_REACH: Final = 1 << 18
_REACH: Final = 400
_STARTS: Final = re.compile(
    rb"(OO\.Player\.create|Vimeo\.Player|DM\.player|Wistia\.embed|_wq\.push|kalturaIframeEmbed)\s*\("
)
"""Calls among whose arguments an id may stand as a plain text, or under a name that says little."""

_CONFIGURES: Final = re.compile(rb"(anvp\.[\w$.]{1,80})\s*=\s*(?=\{)")
_CALL_BYTES: Final = 1 << 16


def locate_scripts(scan: Scan) -> Iterator[Excerpt]:
    """Find the data in each script that has a mark."""
    for script in scan.scripts:
        if "json" in script.type and not script.type.endswith("javascript"):
            yield _whole(scan, script)
        elif script.body[1] - script.body[0] > scan.limits.embedded_bytes:
            # Too much to be looked through, as its reader finds.
            yield Excerpt(form="js-assignment", text=scan.utf8[slice(*script.body)], spans=(script.body,))
        elif script.marks and not script.flight:
            state = _nuxt_state(scan, script.body)
            if state:
                yield state
            free = tuple(mark for mark in script.marks if not scan.is_taken(mark))
            yield from _with_variables(scan, script.body, list(literals_in(scan, script.body, free)))


def _whole(scan: Scan, script: Script) -> Excerpt:
    if "ld+json" in script.type:
        form = "json-ld"
    elif script.id == "__NEXT_DATA__":
        form = "next-data"
    elif script.id.startswith("__NUXT"):
        form = "nuxt-state"
    else:
        form = "json-script"
    hints = {"type": script.type, "id": script.id}
    return Excerpt(form=form, text=scan.utf8[slice(*script.body)], spans=(script.body,), hints=hints)


def _with_variables(scan: Scan, body: Span, excerpts: list[Excerpt]) -> Iterator[Excerpt]:
    """Give excerpts of one script, calls with the variables that stand in them, and the calls that are made with these.

    A scalar that nothing else stands beside says nothing but for such a call.
    """
    variables = Variables(scan.utf8, body, scan.budget(body))
    used = dict.fromkeys(variables.uses(excerpts))
    for excerpt in excerpts:
        if excerpt.form == "player-setup" or (excerpt.form == "js-call" and excerpt.spans[0] in used):
            yield variables.joined(excerpt)
        elif "alone" not in excerpt.hints:
            yield excerpt
    known = {span for excerpt in excerpts for span in excerpt.spans} if used else ()
    for span in used:
        if span not in known:
            excerpt = _excerpt(scan, span, body[0])
            if excerpt.form in ("player-setup", "js-call"):
                yield variables.joined(excerpt)


def literals_in(scan: Scan, body: Span, marks: tuple[int, ...]) -> Iterator[Excerpt]:
    """Give the outermost literal round each mark of a stretch of JavaScript, each literal once."""
    at, index = body[0], 0
    cut = body[1] == len(scan.utf8)
    while index < len(marks):
        started = _started_player(scan, marks[index], body)
        if started:
            yield started
            at = started.spans[0][1]
            index = bisect_left(marks, at)
            continue
        found = literal_around(scan.utf8, marks[index], (at, body[1]), IN_SCRIPT, scan.budget(body), cut=cut)
        if found is None:
            loose, end = _beside_literals(scan.utf8, marks[index], (at, body[1]), scan.budget(body))
            yield from loose
            at = max(end, marks[index])
            index = bisect_left(marks, at, index + 1)
            continue
        call = _called_function(scan.utf8, found, body)
        if call:
            yield _called_excerpt(scan.utf8, call, found)
            found = call
        else:
            yield _excerpt(scan, found, body[0])
        at = found[1]
        index = bisect_left(marks, at)


def _beside_literals(data: bytes, mark: int, bounds: Span, budget: Budget) -> tuple[list[Excerpt], int]:
    """What a mark is part of that stands in no literal which holds data, and where that ends; 0 where there is none."""
    written, end = written_around(data, mark, bounds, budget)
    variables = None if written else variables_around(data, mark, bounds, budget)
    return ([variables], variables.spans[0][1]) if variables else (written, end)


def _started_player(scan: Scan, mark: int, body: Span) -> Excerpt | None:
    """What a player is started with at a mark: the arguments of a call, brackets and all, or what is assigned."""
    data, stop, budget = scan.utf8, body[1], scan.budget(body)
    if budget.left <= 0:
        return None
    assigned = _CONFIGURES.match(data, mark, stop)
    if assigned:
        span = assigned.end(), literal_end(data, assigned.end(), min(stop, assigned.end() + _CALL_BYTES))
        budget.spend(span[1] - span[0])
        hints = {"variable": assigned[1].decode()}
        return Excerpt(form="player-setup", text=data[slice(*span)], spans=(span,), hints=hints)
    call = _STARTS.match(data, mark, stop)
    if call is None:
        return None
    start = call.end() - 1
    end = literal_end(data, start, min(stop, start + _CALL_BYTES))
    budget.spend(end - start)
    if data[end - 1 : end] != b")":
        return None
    hints = {"call": call[1].decode()}
    return Excerpt(form="player-setup", text=data[start:end], spans=((start, end),), hints=hints)


def _nuxt_state(scan: Scan, body: Span) -> Excerpt | None:
    """The function that gives a Nuxt page's state, with its arguments: media may stand in these alone."""
    data, stop = scan.utf8, body[1]
    named = _NUXT.search(data, *body) if data.find(b"__NUXT", *body) >= 0 else None
    head = FUNCTION.match(data, named.end(), stop) if named else None
    if named is None or head is None:
        return None
    for found in islice(_RETURNED.finditer(data, head.end(), stop), _RETURNS):
        end = literal_end(data, found.end(), stop, scan.budget(body))
        call = _CALL.match(data, end, stop)
        if call:
            whole = named.end(), literal_end(data, call.end() - 1, stop, scan.budget(body))
            return _called_excerpt(data, whole, (found.end(), end))
    return None


def _called_excerpt(data: bytes, whole: Span, returned: Span) -> Excerpt:
    hints = {"returned": str(returned[0] - whole[0]), "arguments": str(returned[1] - whole[0])}
    return Excerpt(form="nuxt-state", text=data[slice(*whole)], spans=(whole,), hints=hints)


def _called_function(data: bytes, span: Span, body: Span) -> Span | None:
    """The span from `function(` to the end of its arguments, where a literal is what a called function returns."""
    if not _RETURN.search(data, max(body[0], span[0] - 20), span[0]):
        return None
    call = _CALL.match(data, span[1], body[1])
    start = data.rfind(b"function", max(body[0], span[0] - _HEAD_REACH), span[0])
    if call is None or start < 0:
        return None
    if not FUNCTION.match(data, start, span[0]):
        return None
    return start, literal_end(data, call.end() - 1, body[1])


def _excerpt(scan: Scan, span: Span, low: int) -> Excerpt:
    before = scan.utf8[max(low, span[0] - _REACH) : span[0]]
    hints: dict[str, str] = {}
    form = "js-assignment"
    last = before.rstrip()[-1:]
    called = _CALLED.search(before) if last in _BEFORE_ARGUMENT else None
    assigned = _ASSIGNED.search(before) if last in _BEFORE_VALUE else None
    if called:
        hints["call"] = called[1].decode("utf-8", "replace")
        form = "player-setup" if _PLAYER.search(hints["call"]) else "js-call"
    elif assigned:
        hints["variable"] = assigned[1].decode("utf-8", "replace")
        form = "player-setup" if hints["variable"].lower() in ("flashvars", "playerconfig") else form
    if scan.utf8[span[0]] in b"\"'`":
        form = "json-parse"
    return Excerpt(form=form, text=scan.utf8[slice(*span)], spans=(span,), hints=hints)
