"""Whatever hosts do: a run ends, every URL has an observation, and no bound is broken."""

import asyncio
import random

from hypothesis import example, given, settings
from hypothesis import strategies as st

from harvester.checks.client.candidates import Candidates
from harvester.checks.client.hosts import host_of
from harvester.checks.client.journal import Journal
from harvester.checks.client.options import CheckPolicy
from harvester.checks.client.run import Checker
from harvester.model import Answer, Failure, Hop

SLACK_S = 0.025 + 1e-9
SLACK_SHARE = 0.05
FAILURES = ("timeout", "connection-failed", "dns-nxdomain", "dns-temporary", "tls-failure", "protocol-error")
ROBOTS = (b"", b"User-agent: *\nCrawl-delay: 3\n", b"User-agent: *\nDisallow: /1\n", b"User-agent: *\nDisallow: /\n")


class _Mad:
    """A web in which anything may happen, the same for the same seed."""

    def __init__(self, clock, log, chance, hosts):
        self.clock = clock
        self.log = log
        self.chance = chance
        self.hosts = hosts
        self.requests = 0

    async def send(self, ask):
        self.requests += 1
        started_at, latency_s = self.clock.now(), self.chance.choice((0.0, 0.01, 0.3, 2.0))
        await self.log.visit(host_of(ask.url), latency_s)
        answer = {"ask": ask, "url": ask.url, "started_at": started_at, "duration_s": latency_s}
        if self.chance.random() < 0.15:
            reason = self.chance.choice(FAILURES)
            return Answer(
                status=None, failure=Failure(reason=reason, transient=reason != "dns-nxdomain", errors=("x",)), **answer
            )
        status = self.chance.choice((200, 200, 200, 206, 302, 302, 403, 404, 410, 416, 429, 500, 503))
        headers = {}
        if status == 302:
            headers["location"] = self.chance.choice(
                (f"http://{self.chance.choice(self.hosts)}/1", "/2", "ftp://x/", "")
            )
        if status in (429, 503):
            headers["retry-after"] = self.chance.choice(("0", "1", "20", "70", "soon"))
        body = self.chance.choice(ROBOTS) if ask.purpose == "robots" else b"\xff\xd8\xff" + bytes(60)
        body = body[: ask.max_bytes] if ask.method == "GET" else b""
        return Answer(status=status, headers=headers, body=body, hops=(Hop(url=ask.url, status=status),), **answer)


@settings(max_examples=150, deadline=None)
@given(
    seed=st.integers(0, 1 << 32),
    items=st.integers(0, 60),
    hosts=st.integers(1, 6),
    rate_per_s=st.sampled_from((0.5, 10.0)),
    in_flight=st.integers(1, 5),
    connections=st.integers(1, 3),
    max_requests=st.none() | st.integers(0, 60),
    stop_after=st.none() | st.floats(0, 60),
    robots=st.sampled_from(("obey", "record", "ignore")),
    all_locations=st.booleans(),
)
@example(  # an item came to rest on what was taken back later
    seed=37269943,
    items=51,
    hosts=3,
    rate_per_s=10.0,
    in_flight=3,
    connections=2,
    max_requests=None,
    stop_after=None,
    robots="obey",
    all_locations=False,
)
def test_a_run_always_ends_and_keeps_its_bounds(make_clock, make_log, virtually, seed, items, hosts, **more):
    """Redirects, limits, failures and early ends in any mixture neither block a run nor break a bound."""
    chance = random.Random(seed)
    clock = make_clock()
    log = make_log(clock)
    names = [f"h{number}.example" for number in range(hosts)]
    stop_after = more.pop("stop_after")
    policy = CheckPolicy(**more, look=chance.choice(("head", "bytes")))
    web = _Mad(clock, log, chance, names)
    wanted = [
        [f"http://{chance.choice(names)}/{chance.randrange(30)}" for _ in range(chance.randint(0, 3))]
        for _ in range(items)
    ]

    async def run():
        stop = asyncio.Event()
        if stop_after is not None:
            asyncio.get_running_loop().call_later(stop_after, stop.set)
        candidates = [
            Candidates(
                {"key": "k", "kind": "image", "locations": [{"url": url} for url in urls]},
                all_locations=policy.all_locations,
            )
            for urls in wanted
        ]
        with Journal(None, clock) as journal:
            checker = Checker(policy, web, journal, clock=clock, random=chance)
            return [one async for one in checker.check(candidates, stop)], checker

    seen, checker = virtually(run())
    found = {one.url: one for one in seen}
    for urls in wanted:
        asked = [found[url].state for url in urls if url in found]
        assert bool(asked) == bool(urls)
        complete = len(asked) == len(urls) or "available" in asked or checker.stopped
        assert complete, "a candidate was left out"
    assert log.most_in_all <= policy.in_flight
    assert max(log.most.values(), default=0) <= policy.connections
    assert web.requests == checker.requests <= (policy.max_requests if policy.max_requests is not None else 1 << 30)
    interval_s = 1 / policy.rate_per_s
    assert all(log.closest(key) >= interval_s - min(SLACK_S, interval_s * SLACK_SHARE + 1e-9) for key in log.came)
