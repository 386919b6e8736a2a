"""What a host gives to names that can't exist: asked once a host and extension, and again where a folder looks odd."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import asdict
from datetime import timedelta
from random import Random
from typing import Final

from harvester.checks.client.candidates import Candidates
from harvester.checks.client.errand import Errand, Seen
from harvester.checks.client.journal import Journal, Kept
from harvester.checks.client.queued import UrlJob
from harvester.checks.policy.control import compare, control, control_key
from harvester.checks.policy.target import Target, host, split
from harvester.checks.policy.verdict import Fingerprint, Verdict, conclude

_LIFE: Final = timedelta(hours=12)
_FOLDERS: Final = 10_000
"""So many groups of one folder and one digest are watched at a time."""
_PLACEHOLDER_URLS: Final = 5


class Siblings:
    """Compares what was seen with what every name gets.

    Attributes:
        revised: What turned out to be a placeholder only after it was said to be available; the caller takes them.
    """

    def __init__(self, journal: Journal, random: Random) -> None:
        """`random` makes names that can't exist."""
        self._journal = journal
        self._random = random
        self._given: dict[str, Fingerprint | None] = {}
        self._under_way: dict[str, asyncio.Future[Fingerprint | None]] = {}
        self._alike: OrderedDict[tuple[str, str, str], dict[str, Seen]] = OrderedDict()
        self._watched: dict[str, Seen] = {}
        self.revised: list[Seen] = []

    async def judge(self, errand: Errand, target: Target, verdict: Verdict) -> Verdict:
        """The verdict in the light of what the host gives to every name, where that matters."""
        if not may_be_a_placeholder(verdict):
            return verdict
        key = " ".join(control_key(target.url))
        judged = compare(verdict, target, await self._ask(errand, target.url, key))
        if judged is not verdict:
            return judged
        said = errand.seen(verdict, target)
        group = self._group(said)
        if len(group) < _PLACEHOLDER_URLS:
            return verdict
        folder = f"folder {host(target.url)} {split(target.url).path.rpartition('/')[0]}"
        given = await self._ask(errand, target.url, folder)
        judged = compare(verdict, target, given)
        if judged is not verdict:
            self._revise(group, given, but=target.url)
        return judged

    def recall(self, known: Kept, job: UrlJob) -> None:
        """What was said in the run that this one goes on with counts, too."""
        ((candidates, place),) = job.wanted_by()
        target, seen = candidates.target(place), known.observation
        if target is None or known.fingerprint is None:
            return
        given = Fingerprint(**known.fingerprint)
        verdict = conclude(seen.reason, seen.basis, seen.facts, transient=seen.transient, fingerprint=given)
        if may_be_a_placeholder(verdict):
            said = Seen(
                target=target,
                verdict=verdict,
                attempts=seen.attempts,
                numbers=known.numbers,
                wanted_by=job.wanted_by,
            )
            self._group(said)

    def share(self, url: str, candidates: Candidates, place: int) -> None:
        """One more item rests on what was said of a URL, and has to know if that is taken back."""
        said = self._watched.get(url)
        if said is not None:
            said.late.append((candidates, place))

    def _group(self, said: Seen) -> dict[str, Seen]:
        """The URLs of one folder that have given the same bytes as this one, the first five of them."""
        url, seen = said.target.url, said.verdict.fingerprint
        if seen is None or seen.prefix_sha256 is None:
            return {}
        key = (host(url), split(url).path.rpartition("/")[0], seen.prefix_sha256)
        group = self._alike.setdefault(key, {})
        self._alike.move_to_end(key)
        if len(self._alike) > _FOLDERS:
            for left in self._alike.popitem(last=False)[1]:
                self._watched.pop(left, None)
        if len(group) < _PLACEHOLDER_URLS:
            group[url] = self._watched[url] = said
        return group

    def _revise(self, group: dict[str, Seen], given: Fingerprint | None, but: str) -> None:
        """What was said of the first URLs of a group was too good."""
        for url, seen in group.items():
            judged = compare(seen.verdict, seen.target, given)
            if judged is not seen.verdict:
                group[url] = seen.otherwise(judged)
                if url != but:
                    self.revised.append(group[url])

    async def _ask(self, errand: Errand, url: str, key: str) -> Fingerprint | None:
        while (other := self._under_way.get(key)) is not None:
            errand.turn.release()  # or who asks would wait for us
            await asyncio.shield(other)
        if key in self._given:
            return self._given[key]
        note = self._journal.noted("control", key)
        if note is not None:
            given = self._given[key] = Fingerprint(**note["given"]) if note["given"] else None
            return given
        future: asyncio.Future[Fingerprint | None] = asyncio.get_running_loop().create_future()
        self._under_way[key] = future
        try:
            before = len(errand.attempts)
            given = await errand.drive(control(url, f"{self._random.getrandbits(64):016x}"))
            last = errand.attempts[-1] if len(errand.attempts) > before else None
            answered = last is not None and last.status is not None and not last.error
            if answered or last is None:
                self._given[key] = given
            if answered:
                self._journal.note("control", key, {"given": asdict(given) if given else None}, _LIFE)
            future.set_result(given)
        finally:
            del self._under_way[key]
            future.cancel()
        return given


def may_be_a_placeholder(verdict: Verdict) -> bool:
    """Whether what was seen could be what the host gives to every name."""
    if verdict.fingerprint is None:
        return False
    looks_available = verdict.state in ("available", "degraded")
    return looks_available or (verdict.reason == "unknown" and "page" in verdict.facts)
