"""What a check would ask, of whom, and how long that takes, without asking anything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from harvester.checks.client.candidates import Candidates
from harvester.checks.client.hosts import KeyOf, host_of, origin_of
from harvester.checks.client.options import CheckPolicy
from harvester.checks.policy.control import control_key
from harvester.checks.policy.pace import AllManners
from harvester.http import Allow, check_url
from harvester.model.exchange import Failure

_REQUESTS_OF_A_URL: Final = {"head": 1, "bytes": 2}
"""HEAD, and the first bytes: what most URLs take. A playlist or an index at the end of a file takes more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is to be expected.

    Attributes:
        urls: Different URLs that are asked if the first of each item is available.
        most_urls: Different URLs that are asked if none is.
        requests: With robots.txt, control probes and the first bytes, for `urls`.
        hosts: Requests by host, the most first.
        refused: URLs that are never asked: no http or https, or a name and password in them.
        expected_s: Until the longest queue is done, at the rate; hosts that answer slowly or redirect take longer.
    """

    urls: int
    most_urls: int
    requests: int
    hosts: Mapping[str, int]
    refused: int
    expected_s: float


def plan(items: Iterable[Candidates], policy: CheckPolicy, key_of: KeyOf = host_of) -> Plan:
    """The plan for checking these items."""
    first, others, refused = _urls(items, policy)
    requests: Counter[str] = Counter()
    origins: set[str] = set()
    probes: set[tuple[str, str]] = set()
    for url in first:
        key = key_of(url)
        requests[key] += _REQUESTS_OF_A_URL[policy.look]
        if policy.robots != "ignore" and (origin := origin_of(url)) not in origins:
            origins.add(origin)
            requests[key] += 1
        if (probe := control_key(url)) not in probes:
            probes.add(probe)
            requests[key] += 1
    manners = AllManners(policy.manners)
    longest_s = max(((count - 1) / _rate_per_s(key, policy, manners) for key, count in requests.items()), default=0.0)
    return Plan(
        urls=len(first),
        most_urls=len(first | others),
        requests=requests.total(),
        hosts=dict(requests.most_common()),
        refused=len(refused),
        expected_s=longest_s,
    )


def _rate_per_s(key: str, policy: CheckPolicy, manners: AllManners) -> float:
    known = manners.of(key)
    wanted = known.rate_per_s if known is not None else None
    return policy.rate_per_s if wanted is None else min(policy.rate_per_s, wanted)


def _urls(items: Iterable[Candidates], policy: CheckPolicy) -> tuple[dict[str, None], dict[str, None], set[str]]:
    """URLs asked first, URLs asked where those are not available, URLs never asked; in order of appearance."""
    first: dict[str, None] = {}
    others: dict[str, None] = {}
    refused: set[str] = set()
    allow = Allow.of(private=policy.allow_private, addresses=policy.allow_addresses)
    for item in items:
        tried = False
        for place in range(len(item)):
            url = item.url(place)
            if isinstance(check_url(url, allow), Failure):
                refused.add(url)
                continue
            (others if tried and not policy.all_locations else first)[url] = None
            tried = True
    return first, others, refused
