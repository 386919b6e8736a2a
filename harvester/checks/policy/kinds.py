"""One URL in items of different kinds: it is asked once, and judged for each."""

from __future__ import annotations

from dataclasses import replace

from harvester.checks.policy.sniff import declared_family
from harvester.checks.policy.target import MEDIA, Target, expected
from harvester.checks.policy.verdict import Verdict


def judged_for(verdict: Verdict, target: Target) -> Verdict:
    """A verdict that was made for an item of any kind, for this one: what bytes are does not depend on who asks.

    A picture is the wrong type for a video, and right for an image. Where no bytes were seen, it holds for all.
    """
    family = declared_family(str(verdict.facts.get("media_type") or "")) if verdict.basis != "head" else None
    if family not in MEDIA:
        return verdict
    right = family in expected(target)
    if verdict.reason == "wrong-type" and right:
        return replace(verdict, reason="moved-temporary" if "final_url" in verdict.facts else "ok")
    if verdict.state in ("available", "degraded") and not right:
        return replace(verdict, reason="wrong-type")
    return verdict
