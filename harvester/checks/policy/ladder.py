"""From HEAD over the first bytes to the medium's own structure, no further than needed."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from harvester.checks.policy.content import PREFIX_BYTES, facts_of, judge, moved
from harvester.checks.policy.evidence import content_range, fingerprint_of, total_bytes
from harvester.checks.policy.signs import NO_SIGNS, Signs
from harvester.checks.policy.sniff import declared_family
from harvester.checks.policy.status import gate_of, reason_of, redirected
from harvester.checks.policy.streams import Steps, Way, playlist_ask
from harvester.checks.policy.target import Join, Known, Look, Target, expected, wants_medium, wants_playlist
from harvester.checks.policy.verdict import Verdict, conclude
from harvester.model.exchange import Answer, Ask
from harvester.model.vocabulary import ObservationBasis

_HELPED_BY_REFERER: Final = frozenset({"forbidden", "needs-referer", "soft-404", "wrong-type"})
"""Verdicts that protection against hotlinking can cause: a refusal, a page or a picture in place of the medium."""

_FINAL_OF_HEAD: Final = frozenset({"rate-limited", "payment", "legal", "bot-challenge", "redirect-loop", "timeout"})
"""Reasons that a GET would only repeat."""

_FINAL_STATUSES: Final = frozenset({502, 503, 504, *range(520, 600)})
"""Errors of gateways and hosts that don't depend on the method; 500 and 501 may mean that HEAD is not served."""

_GET_REFUSED: Final = frozenset({405, 406, 416, 501})


def probe(
    target: Target, known: Known | None = None, *, join: Join, look: Look = "bytes", signs: Signs = NO_SIGNS
) -> Steps:
    """Ask about one URL until it is clear what it holds.

    The caller sends each `Ask` that is yielded, follows redirects itself (`Answer.hops` lists every hop, the first one
    included; `Answer.url` is the last one), keeps the pace and retries, and sends the `Answer` back. Where a guard or a
    limit refuses a request it sends an `Answer` without status whose `failure` names the reason. At most some ten
    requests are made, and whatever comes back, the generator ends with a `Verdict`.

    A HEAD that looks good says too little of a medium: hosts answer it with 200 and the right type for what they don't
    have, and files that were cut look whole. So the first bytes are asked for too, unless `look` is "head". Of a page
    a HEAD is enough. A playlist is asked for at once: its HEAD says nothing.

    Args:
        target: What to ask about.
        known: What an earlier check saw; makes the HEAD conditional.
        join: Resolves what a playlist refers to.
        look: Whether a good HEAD is enough.
        signs: By what hosts' answers show that there is nothing.
    """
    way = Way(target, join, {}, signs)
    verdict = yield from _climb(way, known, look)
    if target.referer and verdict.reason in _HELPED_BY_REFERER:
        again = yield from _bytes(replace(way, headers={"Referer": target.referer}), None, None)
        if again.state in ("available", "degraded"):
            facts = {**again.facts, "with_referer": again.reason}
            return conclude("needs-referer", again.basis, facts, fingerprint=again.fingerprint)
    return verdict


def _climb(way: Way, known: Known | None, look: Look) -> Steps:
    """HEAD where it can say something, then bytes."""
    target = way.target
    head: Answer | None = None
    if known is not None or not wants_playlist(target):
        head = yield Ask(url=target.url, headers=_conditions(known))
        settled = _of_head(target, head, known, look)
        if settled is not None and settled.state == "available" and way.signs.shown(head, total_bytes(head)):
            return conclude("soft-404", "head", {**settled.facts, "page": "sign"}, fingerprint=settled.fingerprint)
        if settled is not None:
            return settled
    return (yield from _bytes(way, known, head))


def _conditions(known: Known | None) -> dict[str, str]:
    """Headers that let the host say "not modified" (RFC 9110, section 13.1)."""
    if known is None:
        return {}
    pairs = (("If-None-Match", known.etag), ("If-Modified-Since", known.last_modified))
    return {name: value for name, value in pairs if value}


def _of_head(target: Target, head: Answer, known: Known | None, look: Look) -> Verdict | None:
    """What a HEAD settles; None where bytes have to be seen."""
    if head.status == 304 and known is not None and head.ask.headers:
        unchanged = "ok" if known.reason == "replaced" else known.reason
        return conclude(unchanged, "head", {**known.facts, "not_modified": 1})
    reason = reason_of(head, target.expires_at)
    if head.status is None:
        # HEAD is where odd servers break the protocol; what a network does to it, it does to GET.
        return None if reason == "protocol-error" else _failed(head)
    if reason is not None:
        asks_login = reason == "login" and "www-authenticate" in head.headers
        final = reason in _FINAL_OF_HEAD or head.status in _FINAL_STATUSES or asks_login
        return _refused(reason, head, target) if final else None
    enough = look == "head" or not wants_medium(target)
    return _head_only(head) if enough and _plausible(target, head) else None


def _plausible(target: Target, head: Answer) -> bool:
    """Whether a HEAD claims the right kind of medium, with some content."""
    family = declared_family(head.headers.get("content-type"))
    if family not in expected(target) or gate_of(head):
        return False
    return not wants_medium(target) or family == "playlist" or bool(total_bytes(head))


def _head_only(head: Answer) -> Verdict:
    return conclude(moved(head) or "head-only", "head", facts_of(head), fingerprint=fingerprint_of(head))


def _failed(answer: Answer) -> Verdict:
    """No answer came: its failure is the verdict."""
    transient = answer.failure.transient if answer.failure else None
    return conclude(reason_of(answer) or "unknown", "none", transient=transient)


def _refused(reason: str, answer: Answer, target: Target) -> Verdict:
    """An answer that is no medium by its status."""
    if reason in ("not-found", "gone") and target.live in ("live", "ended"):
        reason = "live-ended"
    basis: ObservationBasis = "head" if answer.ask.method == "HEAD" else "bytes"
    facts = {"status": answer.status, "final_url": answer.url if redirected(answer) else None}
    return conclude(reason, basis, facts, transient=False if answer.status in (501, 505) else None)


def _bytes(way: Way, known: Known | None, head: Answer | None) -> Steps:
    """Ask for the first bytes, without a range where the host can't serve one, and judge them."""
    target = way.target
    plain = Ask(url=target.url, method="GET", max_bytes=PREFIX_BYTES, headers=way.headers)
    if wants_playlist(target):
        answer = yield playlist_ask(target.url, way.headers)
    else:
        span = (0, PREFIX_BYTES - 1)
        answer = yield Ask(url=target.url, method="GET", range=span, max_bytes=PREFIX_BYTES, headers=way.headers)
        if _bad_range(answer):
            answer = yield plain
    if answer.status is None:
        return _failed(answer)
    reason = reason_of(answer, target.expires_at)
    if answer.status == 416 and total_bytes(answer) == 0:
        return conclude("truncated", "bytes", {"size_bytes": 0})
    if reason is not None:
        heads = head is not None and head.status == 200 and _plausible(target, head)
        if head is not None and heads and answer.status in _GET_REFUSED:
            return _head_only(head)
        return _refused(reason, answer, target)
    return (yield from judge(answer, way, known))


def _bad_range(answer: Answer) -> bool:
    """Whether a host can't serve the range: it refuses it (but not because nothing is there), or sends another one."""
    first, total = content_range(answer)
    if answer.status == 416:
        return total != 0
    several = answer.headers.get("content-type", "").lower().startswith("multipart/byteranges")
    return answer.status == 206 and (several or first not in (0, None))
