"""What answers mean for the host that they came from: slower, not before, not in this run."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from harvester.checks.client.clock import Clock
from harvester.checks.client.errand import Errand
from harvester.checks.client.hosts import BREAKER_URLS, Host, Job
from harvester.checks.client.journal import Journal
from harvester.checks.client.schedule import Scheduler
from harvester.checks.policy.pace import HOSTS_OWN, delay_s, policy_rate
from harvester.model.exchange import Answer, Ask

_BREAKING: Final = frozenset({"timeout", "connection-failed", "dns-temporary", "tls-failure", "server-error"})
"""Reasons that count towards leaving a host alone."""
_SLOWING: Final = frozenset({"timeout", "connection-failed"})
_UNSAID_S: Final = 5.0
"""How long a host is left alone that is asked too much but doesn't say for how long."""
_ARCHIVE_WAIT_S: Final = 3600.0
"""An archive that limits is not asked again in this run: the Internet Archive blocks those who do for an hour."""
_LEAST_RATE_PER_S: Final = 0.1
"""A quota below this is one of an hour or a day, which needn't be spread evenly."""


class Care:
    """Looks after all hosts of a run.

    Attributes:
        deferred: Hosts that are left alone in this run, with why.
    """

    def __init__(
        self, scheduler: Scheduler, journal: Journal, clock: Clock, refuse: Callable[[Job, str], None]
    ) -> None:
        """`refuse` is called with every job that is not begun any more, and the reason."""
        self._scheduler = scheduler
        self._journal = journal
        self._clock = clock
        self._refuse = refuse
        self.deferred: dict[str, str] = {}

    def meet(self, host: Host) -> None:
        """At first sight, an earlier run's word of when to come back is heeded."""
        held = self._journal.noted("held", host.key)
        if held is not None:
            left_s = held["until"] - self._clock.now().timestamp()
            if not self._scheduler.hold(host, left_s):
                self.close(host, held["why"])

    def heed(self, host: Host, ask: Ask, answer: Answer) -> None:
        """Takes in an answer before the host gets another request."""
        limited = answer.status in HOSTS_OWN
        if limited or (answer.failure is not None and answer.failure.reason in _SLOWING):
            host.pace.slower()
        elif answer.status is not None:
            host.pace.good()
        rate_per_s = policy_rate(answer.headers)
        if rate_per_s is not None and rate_per_s >= _LEAST_RATE_PER_S:
            host.pace.at_least(1 / rate_per_s)
        wait_s = delay_s(answer)
        if limited:
            wait_s = _UNSAID_S if wait_s is None else wait_s
            if ask.purpose == "archive":
                wait_s = max(wait_s, _ARCHIVE_WAIT_S)
        if wait_s and host.closed is None and not self._scheduler.hold(host, wait_s):
            self.defer(host, wait_s, f"it answered {answer.status} and wants nothing for {wait_s:.0f} s")

    def defer(self, host: Host, seconds: float, why: str) -> None:
        """The host wants to be left alone longer than this run waits; the next run is told."""
        until = self._clock.now() + timedelta(seconds=seconds)
        note = {"until": until.timestamp(), "why": why}
        self._journal.note("held", host.key, note, timedelta(seconds=seconds))
        self.close(host, why)

    def ended(self, errand: Errand, reason: str) -> None:
        """A URL is done with: whether hosts answer at all."""
        hosts = list(errand.visited.values())
        for host in hosts:
            failed = host is hosts[-1] and reason in _BREAKING
            if host.ended(errand.url, failed=failed) and host.closed is None:
                self.close(host, f"{BREAKER_URLS} different URLs in a row got no answer")

    def close(self, host: Host, why: str) -> None:
        """The host is left alone; what waited for it is deferred."""
        self.deferred[host.key] = why
        for job in self._scheduler.close(host, why):
            self._refuse(job, "deferred")
