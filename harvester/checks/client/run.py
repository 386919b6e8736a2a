"""The check itself: items in, observations out, each URL asked once, one host never faster than it bears."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from functools import lru_cache, partial
from random import Random, SystemRandom
from typing import Final

from harvester.checks.client.candidates import Candidates
from harvester.checks.client.care import Care
from harvester.checks.client.clock import Clock, SystemClock
from harvester.checks.client.errand import Client, Desk, Errand
from harvester.checks.client.hosts import Host, Job, KeyOf, host_of
from harvester.checks.client.inquiry import Answered, Inquiry
from harvester.checks.client.journal import Journal
from harvester.checks.client.memory import Memory
from harvester.checks.client.names import Names
from harvester.checks.client.observing import observation_of, unasked
from harvester.checks.client.options import CheckPolicy
from harvester.checks.client.progress import Progress, Teller
from harvester.checks.client.queued import UrlJob
from harvester.checks.client.records import Record
from harvester.checks.client.robots import Robots
from harvester.checks.client.schedule import Bounds, Scheduler, Turn
from harvester.checks.policy.kinds import judged_for
from harvester.checks.policy.pace import AllManners
from harvester.checks.policy.target import Target
from harvester.checks.policy.verdict import Fact, Verdict, conclude
from harvester.http import Allow, RetryBudget, check_url
from harvester.model.exchange import Answer, Ask, Failure
from harvester.model.observation import Observation
from harvester.model.vocabulary import ObservationBasis

__all__ = ["Checker", "Progress"]

_INTAKE: Final = 256
"""So many items are taken in before others get a turn."""
_KEYS: Final = 1024


class Checker:
    """One run of checks.

    Attributes:
        stopped: Why the run was ended early, or None.
    """

    def __init__(
        self,
        policy: CheckPolicy,
        client: Client,
        journal: Journal,
        *,
        clock: Clock | None = None,
        key_of: KeyOf = host_of,
        earlier: Mapping[str, Record] | None = None,
        progress: Callable[[Progress], None] | None = None,
        random: Random | None = None,
    ) -> None:
        """Take what the run needs.

        Args:
            policy: How to check.
            client: Sends requests.
            journal: Remembers.
            clock: Tells the time and waits.
            key_of: Gives the key of a URL's queue; hosts of one network can share one.
            earlier: Newest observation of each URL in the manifest, to ask conditionally and to compare with.
            progress: Told now and then how far it is.
            random: For names that can't exist, and for the waits between retries.
        """
        random = random or SystemRandom()
        self._policy = policy
        self._manners = AllManners(policy.manners)
        self._memory = Memory(journal, earlier or {})
        self._clock = clock or SystemClock()
        self._key_of = lru_cache(_KEYS)(key_of)  # one URL is asked about several times in a row
        self._scheduler = Scheduler(
            self._clock,
            _bounds(policy),
            self._begin,
            self._key_of_job,
            spent=lambda: self._end(f"{policy.max_requests} requests are used up"),
            met=self._met,
        )
        self._teller = Teller(progress, self._scheduler, self._clock)
        self._allow = Allow.of(private=policy.allow_private, addresses=policy.allow_addresses)
        self._care = Care(self._scheduler, journal, self._clock, self._refuse)
        for key, interval_s in policy.archive_intervals(key_of).items():
            self._scheduler.host(key).pace.at_least(interval_s)
        self._inquiry = Inquiry(policy, journal, random)
        self._names = Names()
        self._desk = self._make_desk(client, journal, random)
        self._urls: dict[str, UrlJob | Verdict] = {}
        self._ready: deque[Observation] = deque()
        self._changed = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self._broken: BaseException | None = None
        self._pending = 0
        self.stopped: str | None = None

    def _make_desk(self, client: Client, journal: Journal, random: Random) -> Desk:
        return Desk(
            clock=self._clock,
            scheduler=self._scheduler,
            client=client,
            robots=Robots(self._policy.robots, self._policy.product_token, journal),
            journal=journal,
            key_of=self._key_of,
            heed=self._heed,
            refusal=self._refusal,
            random=random,
            retries=RetryBudget(self._policy.retries),
            url_s=self._policy.url_s,
        )

    @property
    def requests(self) -> int:
        """Sent so far."""
        return self._scheduler.requests

    @property
    def deferred(self) -> Mapping[str, str]:
        """Hosts that are left alone in this run, with why."""
        return self._care.deferred

    async def check(self, items: Iterable[Candidates], stop: asyncio.Event | None = None) -> AsyncIterator[Observation]:
        """Observations as they come, one a URL; URLs that are not asked have one that says why.

        Raises:
            OutputError: Where the journal can't be written.
        """
        watchers = self._watch(stop)
        try:
            for number, candidates in enumerate(items):
                self._want(candidates, 0)
                if number % _INTAKE == 0:
                    self._scheduler.pump()
                    await asyncio.sleep(0)
                    while self._ready:
                        yield self._ready.popleft()
            self._scheduler.pump()
            while self._pending or self._ready:
                self._changed.clear()
                while self._ready:
                    yield self._ready.popleft()
                if self._broken is not None:
                    raise self._broken
                if self._pending:
                    await self._changed.wait()
            self._teller.tell(len(self._urls), len(self._urls), last=True)
        finally:
            await self._tidy(watchers)

    def _watch(self, stop: asyncio.Event | None) -> list[asyncio.Task[None]]:
        loop = asyncio.get_running_loop()
        watchers = []
        if self._policy.max_requests == 0:
            self._end("no request was allowed")
        if stop is not None and stop.is_set():
            self._end("it was stopped")
        elif stop is not None:
            watchers.append(loop.create_task(self._end_when(stop.wait, "it was stopped")))
        seconds = self._policy.max_runtime_s
        if seconds is not None:
            watchers.append(
                loop.create_task(self._end_when(partial(self._clock.sleep, seconds), f"{seconds:g} s are over"))
            )
        return watchers

    async def _end_when(self, event: Callable[[], Awaitable[object]], why: str) -> None:
        await event()
        self._end(why)

    async def _tidy(self, watchers: list[asyncio.Task[None]]) -> None:
        for _ in self._scheduler.stop("the check was left"):
            pass
        left = [*watchers, *self._tasks]
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    def _want(self, candidates: Candidates, place: int) -> None:
        """Sees to an item's locations from `place` on, until one is being asked or is known to be available."""
        every = self._policy.all_locations
        while place < len(candidates):
            url = candidates.url(place)
            entry = self._urls.get(url)
            if entry is None:
                entry = self._look_up(url, candidates, place)
            elif isinstance(entry, UrlJob):
                entry.share(candidates, place)
            if not every:
                if isinstance(entry, UrlJob) or self.stopped:
                    return
                if _is_there(entry, candidates, place):
                    self._inquiry.siblings.share(url, candidates, place)
                    return
            place += 1

    def _refusal(self, url: str) -> Failure | None:
        judged = check_url(url, self._allow)
        return judged if isinstance(judged, Failure) else None

    def _look_up(self, url: str, candidates: Candidates, place: int) -> UrlJob | Verdict:
        """Queues the URL, or knows what it is without."""
        failure = self._desk.refusal(url)
        if failure is not None:
            return self._give(unasked(url, failure.reason, self._clock.now(), transient=False))
        known = self._memory.recall(url)
        if known is not None:
            self._inquiry.siblings.recall(known, UrlJob(url, candidates, place))
            return self._give(known.observation)
        job = UrlJob(url, candidates, place)
        if not self._scheduler.put(self._key_of(url), job):
            return self._give(unasked(url, "not-checked" if self.stopped else "deferred", self._clock.now()))
        self._pending += 1
        self._urls[url] = job
        return job

    def _heed(self, host: Host, ask: Ask, answer: Answer) -> None:
        self._names.heed(ask.url, answer)
        self._care.heed(host, ask, answer)

    def _met(self, host: Host) -> None:
        manners = self._manners.of(host.key)
        if manners is not None and manners.rate_per_s is not None:
            host.pace.at_least(1 / manners.rate_per_s)
        if manners is not None and manners.connections is not None:
            host.connections = manners.connections
        self._care.meet(host)

    def _key_of_job(self, job: Job) -> str:
        assert isinstance(job, UrlJob)  # noqa: S101 - it is what `_look_up` queued
        return self._key_of(job.url)

    def _begin(self, job: Job, turn: Turn) -> None:
        assert isinstance(job, UrlJob)  # noqa: S101 - it is what `_look_up` queued
        task = asyncio.get_running_loop().create_task(self._ask(job, turn))
        self._tasks.add(task)
        task.add_done_callback(self._over)

    def _over(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            self._broken = task.exception()
            self._changed.set()

    async def _ask(self, job: UrlJob, turn: Turn) -> None:
        errand = Errand(desk=self._desk, url=job.url, wanted_by=job.wanted_by, turn=turn)
        host = turn.host
        try:
            try:
                answered = await self._inquiry.ask(errand, job.wanted_by(), self._memory.before(job.url))
            except asyncio.CancelledError:
                if self.stopped is None:
                    raise
                answered = Answered(verdict=conclude("not-checked", "none"))
            verdict = self._names.judge(errand.seen(answered.verdict, Target(url=job.url))).verdict
            observation = observation_of(
                job.url,
                verdict,
                self._clock.now(),
                errand.attempts,
                robots=errand.robots,
                mementos=answered.mementos,
            )
            self._memory.keep(observation, verdict, errand.numbers, settled=answered.settled)
            self._care.ended(errand, observation.reason)
            self._finish(job, observation)
            self._revise()
        finally:
            errand.close()
            self._scheduler.ended(host)

    def _revise(self) -> None:
        """Takes back what turned out to be said too soon, and asks for what it had made needless."""
        revised = [*self._inquiry.siblings.revised, *self._names.revised]
        self._inquiry.siblings.revised, self._names.revised = [], []
        for seen in revised:
            observation = observation_of(
                seen.target.url, seen.verdict, self._clock.now(), seen.attempts, robots=seen.robots
            )
            self._memory.keep(observation, seen.verdict, seen.numbers)
            self._give(observation)
            if not (self.stopped or self._policy.all_locations):
                for candidates, place in (*seen.wanted_by(), *seen.late):
                    self._want(candidates, place + 1)

    def _end(self, why: str) -> None:
        """Nothing more is asked; what is under way gets a moment."""
        if self.stopped is not None:
            return
        self.stopped = why
        for job in self._scheduler.stop(why):
            self._refuse(job, "not-checked")
        if self._tasks:
            task = asyncio.get_running_loop().create_task(self._grace(list(self._tasks)))
            self._tasks.add(task)
            task.add_done_callback(self._over)

    async def _grace(self, tasks: list[asyncio.Task[None]]) -> None:
        await self._clock.sleep(self._policy.grace_s)
        for task in tasks:
            task.cancel()

    def _refuse(self, job: Job, reason: str) -> None:
        assert isinstance(job, UrlJob)  # noqa: S101 - it is what `_look_up` queued
        self._finish(job, unasked(job.url, reason, self._clock.now()))

    def _finish(self, job: UrlJob, observation: Observation) -> None:
        self._pending -= 1
        known = self._give(observation)
        if self.stopped or self._policy.all_locations:
            return
        for candidates, place in job.wanted_by():
            if not _is_there(known, candidates, place):
                self._want(candidates, place + 1)

    def _give(self, observation: Observation) -> Verdict:
        """Hands an observation out; gives what is kept of it."""
        known = _kept(observation.reason, observation.basis, observation.facts.get("media_type"))
        self._urls[observation.url] = known
        self._ready.append(observation)
        self._changed.set()
        self._teller.tell(len(self._urls) - self._pending, len(self._urls))
        return known


@lru_cache(_KEYS)
def _kept(reason: str, basis: ObservationBasis, media_type: Fact | None) -> Verdict:
    """What is kept of a URL that was asked, the same object for all that are alike."""
    return conclude(reason, basis, {"media_type": media_type})


def _is_there(known: Verdict, candidates: Candidates, place: int) -> bool:
    """Whether what was found out is what the item wants, so that its other places need not be asked."""
    target = candidates.target(place)
    return (known if target is None else judged_for(known, target)).state == "available"


def _bounds(policy: CheckPolicy) -> Bounds:
    return Bounds(
        rate_per_s=policy.rate_per_s,
        connections=policy.connections,
        in_flight=policy.in_flight,
        requests=policy.max_requests,
        max_wait_s=policy.max_wait_s,
    )
