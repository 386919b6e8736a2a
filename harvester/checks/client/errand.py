"""All requests that one URL needs, each in its turn, and the evidence of them."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field, replace
from random import Random
from typing import Final, Protocol, TypeAlias, TypeVar

from harvester.checks.client.candidates import Candidates
from harvester.checks.client.clock import Clock
from harvester.checks.client.hosts import Host, KeyOf
from harvester.checks.client.journal import Journal
from harvester.checks.client.redirects import follow
from harvester.checks.client.robots import MOST_REDIRECTS, Robots
from harvester.checks.client.schedule import NoTurnError, Scheduler, Turn
from harvester.checks.policy.evidence import attempt_of
from harvester.checks.policy.pace import HOSTS_OWN
from harvester.checks.policy.target import Target
from harvester.checks.policy.verdict import Verdict
from harvester.http import RetryBudget, RetryPolicy, send_with_retry, worth_retrying
from harvester.model.exchange import Answer, Ask, Failure
from harvester.model.observation import Attempt

T = TypeVar("T")
Heed: TypeAlias = Callable[[Host, Ask, Answer], None]

_AGAIN_AT_A_LIMITED_HOST: Final = 2
"""How often a URL is asked again that was answered 429 or 503, each time after the host's wait."""
_CRAWLING: Final = frozenset({"probe", "control"})
"""Purposes that robots.txt is about; an archive's or a platform's interface is made for programs."""


class Client(Protocol):
    """What sends one request, without following redirects."""

    async def send(self, ask: Ask) -> Answer:
        """Never raises for what a host does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What all errands of a run share.

    Attributes:
        heed: Called with every answer, before the host gets another request.
        refusal: Says why a URL is not asked at all, whoever answers there.
        random: For the waits between retries.
        retries: How many retries are left to the run.
        url_s: Seconds that the requests of one URL may take in all.
    """

    clock: Clock
    scheduler: Scheduler
    client: Client
    robots: Robots
    journal: Journal
    key_of: KeyOf
    heed: Heed
    refusal: Callable[[str], Failure | None]
    random: Random
    retries: RetryBudget
    url_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What was said of a URL, with its evidence and the items that want to know, and their places for it.

    Attributes:
        late: Items that wanted to know after it was said.
    """

    target: Target
    verdict: Verdict
    attempts: Sequence[Attempt]
    numbers: list[int]
    wanted_by: Callable[[], list[tuple[Candidates, int]]]
    robots: str | None = None
    late: list[tuple[Candidates, int]] = field(default_factory=list)

    def otherwise(self, verdict: Verdict) -> Seen:
        """The same evidence with another verdict."""
        return replace(self, verdict=verdict)


@dataclass(slots=True)
class Errand:
    """What is done for one URL.

    Attributes:
        wanted_by: The items that want to know, with the URL's place in their order.
        turn: The turn with which it began; used for the first request to that host.
        attempts: Evidence so far.
        numbers: Their numbers in the journal.
        visited: Hosts that were sent something, the last one last.
        robots: What robots.txt says of the URL, once it is known.
    """

    desk: Desk
    url: str
    wanted_by: Callable[[], list[tuple[Candidates, int]]]
    turn: Turn
    attempts: list[Attempt] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    visited: dict[str, Host] = field(default_factory=dict)
    robots: str | None = None
    _spent_s: float = 0.0
    _sent: int = 0

    async def drive(self, asking: Generator[Ask, Answer, T]) -> T:
        """Asks what a policy wants to know until it has come to its conclusion."""
        try:
            ask = next(asking)
            while True:
                ask = asking.send(await self.exchange(ask))
        except StopIteration as end:
            conclusion: T = end.value
            return conclusion
        finally:
            asking.close()

    async def exchange(self, ask: Ask) -> Answer:
        """One request with its redirects, kept as an attempt if anything was sent."""
        sent = self._sent
        answer = await follow(ask, self._hop)
        if self._sent > sent:
            self._keep(answer)
        return answer

    def seen(self, verdict: Verdict, target: Target) -> Seen:
        """A verdict with the evidence so far."""
        return Seen(
            target=target,
            verdict=verdict,
            attempts=self.attempts,
            numbers=self.numbers,
            wanted_by=self.wanted_by,
            robots=self.robots,
        )

    def close(self) -> None:
        """Gives back what was not used."""
        self.turn.release()

    async def _hop(self, ask: Ask) -> Answer:
        failure = self.desk.refusal(ask.url)
        if failure is None and ask.purpose in _CRAWLING:
            failure = await self._disallowed(ask.url)
        return self._unasked(ask, failure) if failure else await self._paced(ask)

    async def _disallowed(self, url: str) -> Failure | None:
        robots = self.desk.robots
        decision = robots.known(url)
        if decision is None:
            if robots.busy(url):
                self.turn.release()  # or who asks for it would wait for us
            decision = await robots.decide(url, self._robots_file)
        if self.robots is None:
            self.robots = decision.word
        if decision.crawl_delay_s:
            self.desk.scheduler.host(self.desk.key_of(url)).pace.at_least(decision.crawl_delay_s)
        return decision.failure

    async def _robots_file(self, ask: Ask) -> Answer:
        sent = self._sent
        answer = await follow(ask, self._paced, MOST_REDIRECTS)
        if self._sent > sent:
            self._keep(answer)
        return answer

    async def _paced(self, ask: Ask) -> Answer:
        """Asks, and asks again what is worth it; all but the last answer are evidence on their own."""
        answer = await self._retried(ask)
        for _ in range(_AGAIN_AT_A_LIMITED_HOST):
            if answer.status not in HOSTS_OWN or ask.purpose == "archive" or self._is_closed(answer.url):
                break
            # The host has said when it wants to be asked again, and its next turn is not before.
            self._keep(answer)
            answer = await self._retried(ask)
        return answer

    async def _retried(self, ask: Ask) -> Answer:
        first: Answer | None = await self._send(ask)
        if first is not None and not worth_retrying(first):
            return first

        async def send(again: Ask) -> Answer:
            nonlocal first
            answer, first = first, None
            return answer or await self._send(again)

        answers = await send_with_retry(
            send,
            ask,
            policy=RetryPolicy(total_s=max(0.0, self.desk.url_s - self._spent_s)),
            sleep=self.desk.clock.sleep,
            random=self.desk.random.random,
            budget=self.desk.retries,
        )
        for answer in answers[:-1]:
            self._keep(answer)
        return answers[-1]

    def _is_closed(self, url: str) -> bool:
        return self.desk.scheduler.host(self.desk.key_of(url)).closed is not None

    async def _send(self, ask: Ask) -> Answer:
        if self._spent_s >= self.desk.url_s and ask.purpose != "archive":
            why = f"the {self.desk.url_s:g} s for all requests of one URL are used up"
            return self._unasked(ask, Failure(reason="timeout", transient=True, errors=(why,)))
        try:
            turn = await self._take(self.desk.key_of(ask.url))
        except NoTurnError as error:
            return self._unasked(ask, Failure(reason=error.reason, transient=True, errors=(str(error),)))
        try:
            turn.start()
            self._sent += 1
            answer = await self.desk.client.send(ask)
            self._spent_s += 0.0 if ask.purpose == "archive" else answer.duration_s
            self.visited.pop(turn.host.key, None)
            self.visited[turn.host.key] = turn.host
            self.desk.heed(turn.host, ask, answer)
        finally:
            turn.release()
        return answer

    async def _take(self, key: str) -> Turn:
        if self.turn.unused and self.turn.host.key == key:
            return self.turn
        self.turn.release()
        return await self.desk.scheduler.turn(key)

    def _keep(self, answer: Answer) -> None:
        attempt = attempt_of(answer)
        self.attempts.append(attempt)
        self.numbers.append(self.desk.journal.attempt(self.url, attempt))

    def _unasked(self, ask: Ask, failure: Failure) -> Answer:
        now = self.desk.clock.now()
        return Answer(ask=ask, url=ask.url, status=None, started_at=now, duration_s=0.0, failure=failure)
