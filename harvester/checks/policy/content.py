"""Judges the bytes of an answer 2xx: whether they are the right medium, and whether it is all there."""

from __future__ import annotations

from hashlib import sha256
from typing import Final

from harvester.checks.policy import images, mp4, page
from harvester.checks.policy.evidence import content_range, fingerprint_of, total_bytes
from harvester.checks.policy.instead import instead
from harvester.checks.policy.sniff import Sniffed, declared_family, sniff
from harvester.checks.policy.status import broken_off, gate_of, page_of, reason_of, redirected
from harvester.checks.policy.streams import Steps, Way, follow, playlist_ask
from harvester.checks.policy.target import MEDIA, Known, Target, expected, names_a_file
from harvester.checks.policy.verdict import Fact, Verdict, conclude
from harvester.model.exchange import Answer, Ask

PREFIX_BYTES: Final = 64 << 10
"""First bytes that are asked for; most files have their index or header in them."""

_TAILS: Final = 3
"""Further windows of an MP4 file that are asked for at most."""

_PERMANENT: Final = frozenset({301, 308})
_MESSAGE_BYTES: Final = 512
"""A text up to this long, where captions or the like were expected, may be a message instead."""


def judge(answer: Answer, way: Way, known: Known | None) -> Steps:
    """Judge the first bytes of a 2xx, asking for more where the format's structure calls for it.

    Bytes that look right but broke off before as many came as were asked for don't show that the medium can be had:
    the failure is the verdict.
    """
    verdict = yield from _judge(answer, way, known)
    failure = broken_off(answer)
    if failure is None or verdict.state not in ("available", "degraded"):
        return verdict
    return conclude(failure, "bytes", {**verdict.facts, "bytes_seen": len(answer.body)}, transient=True)


def _judge(answer: Answer, way: Way, known: Known | None) -> Steps:
    target = way.target
    if way.signs.shown(answer, total_bytes(answer)):
        return conclude("soft-404", "bytes", {**facts_of(answer), "page": "sign"}, fingerprint=fingerprint_of(answer))
    if not answer.body:
        empty = answer.whole or total_bytes(answer) == 0
        return conclude("truncated" if empty else "unknown", "bytes", {**facts_of(answer), "size_bytes": 0})
    found = sniff(answer.body)
    if found is None or found.media_type == "application/gzip":
        return _unrecognised(target, answer)
    wrong = _wrong(target, answer, found)
    if wrong is not None:
        return wrong
    if found.family == "playlist":
        verdict = yield from _playlist(answer, found, way)
    elif found.media_type in ("video/mp4", "video/quicktime", "audio/mp4"):
        verdict = yield from _movie(answer, way)
    else:
        verdict = _still(answer, found)
    return _settle(verdict, answer, found, known)


def facts_of(answer: Answer, found: Sniffed | None = None) -> dict[str, Fact | None]:
    """What an answer says of the medium; None for what it doesn't say."""
    return {
        "size_bytes": total_bytes(answer),
        "media_type": found.media_type if found else None,
        "etag": answer.headers.get("etag"),
        "last_modified": answer.headers.get("last-modified"),
        "final_url": answer.url if redirected(answer) else None,
    }


def moved(answer: Answer) -> str | None:
    """The reason that redirects give to what is available at their end; one temporary hop makes all temporary."""
    statuses = {hop.status for hop in answer.hops if 300 <= hop.status < 400}
    if not statuses and not redirected(answer):
        return None
    return "moved-permanent" if statuses and statuses <= _PERMANENT else "moved-temporary"


def _unrecognised(target: Target, answer: Answer) -> Verdict:
    """Bytes of no known format: the host's word counts where it names the right kind, or the URL names a file."""
    family = declared_family(answer.headers.get("content-type"))
    claimed = family in expected(target) or (family is None and names_a_file(target.url))
    reason = (moved(answer) or "head-only") if claimed else "unknown"
    return conclude(reason, "head" if claimed else "bytes", facts_of(answer), fingerprint=fingerprint_of(answer))


def _wrong(target: Target, answer: Answer, found: Sniffed) -> Verdict | None:
    """The verdict on what is not the kind that was expected, None for what is."""
    right = found.family in expected(target)
    kind: str | None = None
    if not right and found.family in MEDIA:
        reason = "wrong-type"
    elif not right:
        reason, kind = instead(target, answer, found)
    elif found.family == "html" and (page_of(answer).challenge or gate_of(answer)):
        reason, kind = gate_of(answer) or "bot-challenge", "gate"
    elif found.family in ("text", "data") and len(answer.body) <= _MESSAGE_BYTES and _is_message(target, answer):
        reason, kind = instead(target, answer, found)
    else:
        return None
    facts = {**facts_of(answer, found), "page": kind}
    return conclude(reason, "bytes", facts, fingerprint=fingerprint_of(answer))


def _is_message(target: Target, answer: Answer) -> bool:
    """Whether a short text speaks about itself, where a file of text was expected."""
    told = page_of(answer)
    explains = page.refusal(told) or page.busy(told) or page.absent(told)
    return bool(explains) and target.role in ("caption", "storyboard", "feed")


def _playlist(answer: Answer, found: Sniffed, way: Way) -> Steps:
    """Read a playlist whole, then follow it."""
    if not answer.whole or answer.status == 206:
        if answer.ask.max_bytes <= PREFIX_BYTES and total_bytes(answer) != len(answer.body):
            answer = yield playlist_ask(answer.url, way.headers)
        reason = reason_of(answer) or broken_off(answer)
        again = sniff(answer.body)
        if reason is not None or again is None or again.family != "playlist":
            return conclude(reason or "unknown", "bytes", facts_of(answer, found))
    return (yield from follow(answer, found.media_type, way))


def _movie(answer: Answer, way: Way) -> Steps:
    """Walk the boxes of an MP4 file; its index may stand at the end, and needs another range."""
    total = total_bytes(answer)
    movie = mp4.walk(mp4.Movie(), answer.body, 0, total)
    serves_ranges = answer.status == 206
    for _ in range(_TAILS if serves_ranges else 0):
        span = movie.need(total)
        if span is None:
            break
        size = span[1] - span[0] + 1
        tail = yield Ask(url=answer.url, method="GET", range=span, max_bytes=size, headers=way.headers)
        first, named = content_range(tail)
        total = total if named is None else named
        if tail.status == 416 and total is not None:
            movie = mp4.walk(movie, b"", total, total)
            break
        if tail.status != 206 or first != span[0] or not tail.body:
            break
        movie = mp4.walk(movie, tail.body, span[0], total)
    facts: dict[str, Fact | None] = {
        "size_bytes": total,
        "duration_s": movie.duration_s,
        "brand": movie.brand,
        "playable": {True: "yes", False: "no", None: "unseen"}[movie.playable],
    }
    return conclude("truncated" if movie.truncated else "ok", "bytes", facts)


def _still(answer: Answer, found: Sniffed) -> Verdict:
    """Formats of which the first bytes say it all."""
    if found.family != "image":
        return conclude("ok", "bytes")
    picture = images.look(answer.body, found.media_type, total_bytes(answer))
    facts = {"width": picture.width, "height": picture.height}
    return conclude("truncated" if picture.truncated else "ok", "bytes", facts)


def _settle(verdict: Verdict, answer: Answer, found: Sniffed, known: Known | None) -> Verdict:
    """Add what the answer says, and whether the medium has moved or is another one than before."""
    reason = verdict.reason
    if reason == "ok":
        reason = "replaced" if _replaced(answer, known) else moved(answer) or "ok"
    facts = {**facts_of(answer, found), **verdict.facts}
    return conclude(reason, verdict.basis, facts, transient=verdict.transient, fingerprint=fingerprint_of(answer))


def _replaced(answer: Answer, known: Known | None) -> bool:
    """Whether the first bytes differ from those that an earlier check saw, as far as both reach."""
    if known is None or known.prefix_sha256 is None or known.prefix_bytes <= 0:
        return False
    if len(answer.body) < known.prefix_bytes:
        total = total_bytes(answer)
        return total is not None and total < known.prefix_bytes
    return sha256(answer.body[: known.prefix_bytes]).hexdigest() != known.prefix_sha256
