"""Everything that is asked about one URL: the medium itself, what its host says to any name, its archives."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from harvester.checks.client.archived import search
from harvester.checks.client.candidates import Candidates
from harvester.checks.client.errand import Errand
from harvester.checks.client.journal import Journal
from harvester.checks.client.options import CheckPolicy
from harvester.checks.client.redirects import join
from harvester.checks.client.siblings import Siblings
from harvester.checks.policy.ladder import probe
from harvester.checks.policy.platform import inquire
from harvester.checks.policy.signs import Signs
from harvester.checks.policy.target import Known
from harvester.checks.policy.verdict import Verdict, conclude
from harvester.model.item import Memento
from harvester.model.observation import Observation


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What was found out about one URL.

    Attributes:
        settled: Whether all archives that were asked have answered.
    """

    verdict: Verdict
    mementos: tuple[Memento, ...] = ()
    settled: bool = True


class Inquiry:
    """Asks about URLs of one run."""

    def __init__(self, policy: CheckPolicy, journal: Journal, random: Random) -> None:
        """`random` makes names that can't exist."""
        self._policy = policy
        self._archives = policy.all_archives
        self._signs = Signs(policy.soft_404)
        self.siblings = Siblings(journal, random)

    async def ask(
        self, errand: Errand, wanted_by: list[tuple[Candidates, int]], earlier: Observation | None
    ) -> Answered:
        """What follows from all that is asked about a URL; `wanted_by` has at least one item and place of its order."""
        candidates, place = wanted_by[0]
        verdict = await self._verdict(errand, candidates, place, earlier)
        if not self._archives or verdict.state == "available" or verdict.reason == "not-checked":
            return Answered(verdict=verdict)
        mementos: dict[Memento, None] = {}
        settled = True
        for each, at in wanted_by:
            if self._is_last(each, at):
                found, answered = await search(errand, self._archives, each)
                mementos.update(dict.fromkeys(found))
                settled = settled and answered
        return Answered(verdict=verdict, mementos=tuple(mementos), settled=settled)

    async def _verdict(
        self, errand: Errand, candidates: Candidates, place: int, earlier: Observation | None
    ) -> Verdict:
        platform = candidates.platform(place)
        if platform is not None:
            return await errand.drive(inquire(*platform))
        target = candidates.target(place)
        if target is None:
            return conclude("not-checked", "none")
        known = Known.of(earlier) if earlier else None
        verdict = await errand.drive(probe(target, known, join=join, look=self._policy.look, signs=self._signs))
        return await self.siblings.judge(errand, target, verdict)

    def _is_last(self, candidates: Candidates, place: int) -> bool:
        """Whether archives are to be asked now: once an item, when nothing else of it is left to ask."""
        return place == (0 if self._policy.all_locations else len(candidates) - 1)
