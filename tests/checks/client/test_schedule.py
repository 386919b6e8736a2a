"""Who may send when."""

import asyncio
import random

import pytest

from harvester.checks.client.hosts import BEGUN_OF_A_HOST, Job
from harvester.checks.client.schedule import Bounds, NoTurnError, Scheduler

EPSILON_S = 1e-9
"""What adding up floating-point seconds may lose."""


class _Visit(Job):
    """A job that visits hosts one after another."""

    __slots__ = ("keys",)

    def __init__(self, *keys):
        super().__init__()
        self.keys = keys


def _first_key(job):
    return job.keys[0]


class _Desk:
    """Begins visits and waits until all are over."""

    def __init__(self, clock, log, bounds, latency=0.01):
        self.log = log
        self.latency = latency
        self.scheduler = Scheduler(clock, bounds, self.begin, _first_key, spent=self.spent)
        self.tasks = set()
        self.left = 0
        self.over = asyncio.Event()
        self.refused = []

    def spent(self):
        for job in self.scheduler.stop("spent"):
            self.refused.append((job, "not-checked"))
            self.done_one()

    def put(self, *keys):
        self.left += 1
        job = _Visit(*keys)
        if not self.scheduler.put(keys[0], job):
            self.refused.append((job, "closed"))
            self.done_one()

    def begin(self, job, turn):
        task = asyncio.get_running_loop().create_task(self.visit(job, turn))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def visit(self, job, turn):
        host = turn.host
        try:
            for key in job.keys:
                if not turn.unused:
                    turn = await self.scheduler.turn(key)
                turn.start()
                await self.log.visit(key, self.latency)
                turn.release()
        except NoTurnError as error:
            self.refused.append((job, error.reason))
        finally:
            turn.release()
            self.scheduler.ended(host)
            self.done_one()

    def done_one(self):
        self.left -= 1
        if not self.left:
            self.over.set()

    async def run(self):
        self.scheduler.pump()
        await self.over.wait()


def test_ten_thousand_urls_of_skewed_hosts_end_near_the_bound(clock, log, virtually):
    """The whole takes at most 1.05 times what the host with the longest queue needs at its rate."""
    chance = random.Random(5)
    keys = [f"h{int(chance.paretovariate(0.7))}" for _ in range(10_000)]
    counts = {key: keys.count(key) for key in set(keys)}

    async def all_of_it():
        desk = _Desk(clock, log, Bounds(rate_per_s=2))
        for key in keys:
            desk.put(key)
        await desk.run()
        return clock.monotonic()

    took = virtually(all_of_it())
    assert took <= 1.05 * (max(counts.values()) - 1) / 2
    assert {key: len(came) for key, came in log.came.items()} == counts
    assert all(log.closest(key) >= 0.5 - EPSILON_S for key in counts)
    assert max(log.most.values()) == 1
    assert log.most_in_all <= 100


def test_hops_to_other_hosts_wait_for_their_tokens_too(clock, log, virtually):
    """Many hosts that redirect to one never exceed that one's rate, and the bound holds."""

    async def all_of_it():
        desk = _Desk(clock, log, Bounds(rate_per_s=1))
        for number in range(200):
            desk.put(f"h{number % 20}", "cdn")
        await desk.run()
        return clock.monotonic()

    assert virtually(all_of_it()) <= 1.05 * 199 + 1
    assert log.closest("cdn") >= 1 - EPSILON_S
    assert log.most["cdn"] == 1
    assert len(log.came["cdn"]) == 200


def test_a_slow_target_does_not_swallow_a_whole_queue(clock, log, virtually):
    """No more of a host's URLs are begun than the limit while they wait for another host."""

    async def all_of_it():
        desk = _Desk(clock, log, Bounds(rate_per_s=1))
        desk.scheduler.host("slow").pace.at_least(100)
        for _ in range(BEGUN_OF_A_HOST + 50):
            desk.put("fast", "slow")
        task = asyncio.ensure_future(desk.run())
        await clock.sleep(99)
        begun = desk.scheduler.host("fast").begun
        for job in desk.scheduler.stop("enough"):
            desk.refused.append(job)
            desk.done_one()
        await task
        return begun

    assert virtually(all_of_it()) == BEGUN_OF_A_HOST


def test_requests_in_flight_stay_within_the_limit(clock, log, virtually):
    """With more hosts than places, places are never exceeded and all get served."""

    async def all_of_it():
        desk = _Desk(clock, log, Bounds(rate_per_s=1, in_flight=7), latency=0.3)
        for number in range(300):
            desk.put(f"h{number % 50}")
        await desk.run()

    virtually(all_of_it())
    assert log.most_in_all == 7
    assert sum(map(len, log.came.values())) == 300
    assert min(map(log.closest, log.came)) >= 1 - EPSILON_S


def test_more_connections_are_still_evenly_spaced(clock, log, virtually):
    """Several connections a host overlap in time but start an interval apart."""

    async def all_of_it():
        desk = _Desk(clock, log, Bounds(rate_per_s=10, connections=3), latency=0.25)
        for _ in range(40):
            desk.put("h")
        await desk.run()
        return clock.monotonic()

    assert virtually(all_of_it()) == pytest.approx(3.9 + 0.25, abs=0.1)
    assert log.most["h"] == 3
    assert log.closest("h") >= 0.1 - EPSILON_S


def test_the_request_budget_is_kept_exactly(clock, log, virtually):
    """Not one request more than allowed is sent, and what is left is handed back."""

    async def all_of_it():
        desk = _Desk(clock, log, Bounds(rate_per_s=5, requests=23))
        for number in range(60):
            desk.put(f"h{number % 9}", "cdn")
        await desk.run()
        return desk

    desk = virtually(all_of_it())
    assert sum(map(len, log.came.values())) == 23
    assert {reason for _, reason in desk.refused} == {"not-checked"}


def test_an_unused_turn_costs_the_host_nothing(clock, log, virtually):
    """A job that needs no request gives its turn to the next one without delay."""

    async def all_of_it():
        granted = []

        def begin(_job, turn):
            granted.append(clock.monotonic())
            asyncio.get_running_loop().call_soon(give_back, turn)

        def give_back(turn):
            turn.release()
            turn.release()
            scheduler.ended(turn.host)

        scheduler = Scheduler(clock, Bounds(rate_per_s=1, requests=1), begin, _first_key)
        for _ in range(50):
            scheduler.put("h", _Visit("h"))
        scheduler.pump()
        await clock.sleep(0.5)
        return granted

    assert virtually(all_of_it()) == [0.0] * 50


def test_a_held_host_holds_all_its_queue(clock, log, virtually):
    """After a Retry-After nothing of that host goes out before; other hosts go on."""

    async def all_of_it():
        desk = _Desk(clock, log, Bounds(rate_per_s=1))
        for number in range(20):
            desk.put(f"h{number % 2}")
        task = asyncio.ensure_future(desk.run())
        await clock.sleep(2.5)
        assert desk.scheduler.hold(desk.scheduler.host("h0"), 30)
        assert not desk.scheduler.hold(desk.scheduler.host("h0"), 3600)
        await task

    virtually(all_of_it())
    assert [came for came in log.came["h0"] if 2.5 < came < 32.5] == []
    assert len(log.came["h0"]) == 10
    assert max(log.came["h1"]) < 11


def test_a_closed_host_refuses_who_waits_and_who_comes(clock, log, virtually):
    """Closing hands back the queue, fails the waiting, and takes nothing new."""

    async def all_of_it():
        scheduler = Scheduler(clock, Bounds(), lambda job, turn: None, _first_key)
        host = scheduler.host("h")
        scheduler.put("h", _Visit("h"))
        scheduler.put("h", _Visit("h"))
        assert len(scheduler.close(host, "told to come back in an hour")) == 2
        assert not scheduler.put("h", _Visit("h"))
        with pytest.raises(NoTurnError, match="hour") as caught:
            await scheduler.turn("h")
        return caught.value.reason

    assert virtually(all_of_it()) == "deferred"


def test_a_cancelled_wait_gives_its_turn_back(clock, log, virtually):
    """Who is cancelled while a turn is being handed over does not take it to the grave."""

    async def all_of_it():
        scheduler = Scheduler(clock, Bounds(in_flight=1), lambda job, turn: None, _first_key)
        first = await scheduler.turn("h")
        task = asyncio.ensure_future(scheduler.turn("h"))
        await asyncio.sleep(0)
        first.release()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        assert task.cancelled()
        return await scheduler.turn("h")

    assert virtually(all_of_it()).unused
