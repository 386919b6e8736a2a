"""Whether a resolver is believed that says of names that they don't exist.

Without a network, behind a captive portal or in a closed container some resolvers answer "no such name" to every name.
So where three different hosts in a row have no name and nothing has been reached by its name in this run, all that was
concluded from it becomes `dns-temporary`. Once any host is reached by its name, the resolver works, and what it said
of the others counts again. No request is made for this.
"""

from __future__ import annotations

from ipaddress import ip_address
from typing import Final

from harvester.checks.client.errand import Seen
from harvester.checks.policy.target import host
from harvester.checks.policy.verdict import conclude
from harvester.model.exchange import Answer

_HOSTS: Final = 3
_MOST_KEPT: Final = 10_000
"""Observations that may be revised; those beyond stay `dns-temporary` once the resolver is doubted."""


class Names:
    """Doubts a resolver that knows no name at all.

    Attributes:
        revised: What is now concluded otherwise than was said; the caller takes them.
    """

    def __init__(self) -> None:
        self._works = False
        self._nameless: set[str] = set()
        self._said: list[Seen] = []
        self.revised: list[Seen] = []

    @property
    def doubted(self) -> bool:
        """Whether "no such name" says nothing at the moment."""
        return not self._works and len(self._nameless) >= _HOSTS

    def heed(self, url: str, answer: Answer) -> None:
        """Takes in the answer to a request for a URL."""
        if self._works:
            return
        if answer.failure is not None and answer.failure.reason == "dns-nxdomain":
            before = self.doubted
            if len(self._nameless) < _HOSTS:
                self._nameless.add(host(url))
            if self.doubted and not before:
                self._revise("dns-temporary")
        elif answer.status is not None and not _is_address(host(url)):
            before, self._works = self.doubted, True
            if before:
                self._revise("dns-nxdomain")
            self._said.clear()

    def judge(self, seen: Seen) -> Seen:
        """What is concluded of a URL in the light of what the resolver said of others."""
        if self._works or seen.verdict.reason != "dns-nxdomain":
            return seen
        if len(self._said) < _MOST_KEPT:
            self._said.append(seen)
        return _as(seen, "dns-temporary") if self.doubted else seen

    def _revise(self, reason: str) -> None:
        self.revised += [_as(seen, reason) for seen in self._said]


def _as(seen: Seen, reason: str) -> Seen:
    return seen.otherwise(conclude(reason, "none", seen.verdict.facts))


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
