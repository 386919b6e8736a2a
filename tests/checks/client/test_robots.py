"""Decisions by robots.txt."""

import asyncio
from datetime import UTC, datetime

import pytest

from harvester.checks.client.clock import SystemClock
from harvester.checks.client.journal import Journal
from harvester.checks.client.robots import MOST_BYTES, Robots
from harvester.model import Answer, Failure, Hop

AT = datetime(2026, 1, 1, tzinfo=UTC)


class _Host:
    """Gives its robots.txt to whoever asks and counts."""

    def __init__(self, status=200, body=b"", failure=None, hops=1, whole=True):
        self.given = {"status": status, "body": body, "failure": failure, "whole": whole}
        self.hops = hops
        self.asked = []

    async def fetch(self, ask):
        self.asked.append(ask)
        await asyncio.sleep(0)
        hop = Hop(url=ask.url, status=302)
        return Answer(ask=ask, url=ask.url, started_at=AT, duration_s=0.1, hops=(hop,) * self.hops, **self.given)


@pytest.fixture
def journal():
    with Journal(None, SystemClock()) as journal:
        yield journal


def decided(journal, host, url="http://a/private/x", mode="obey"):
    return asyncio.run(Robots(mode, "harvester", journal).decide(url, host.fetch))


def test_rules_for_us_and_for_all_are_obeyed(journal):
    """The group that names us counts, the longest match wins, the wildcard and the end are understood."""
    host = _Host(
        body=b"User-agent: *\nDisallow: /\n\nUser-agent: Harvester\nDisallow: /private/\nAllow: /private/*.mp4$\n"
    )
    robots = Robots("obey", "harvester", journal)

    async def words():
        urls = ["http://a/x", "http://a/private/x", "http://a/private/x.mp4", "http://a/private/x.mp4?y"]
        return [(await robots.decide(url, host.fetch)).word for url in urls]

    assert asyncio.run(words()) == ["allowed", "disallowed", "allowed", "disallowed"]
    assert [ask.url for ask in host.asked] == ["http://a/robots.txt"]
    assert (host.asked[0].method, host.asked[0].max_bytes, host.asked[0].purpose) == ("GET", MOST_BYTES, "robots")


def test_what_is_disallowed_is_restricted_for_good(journal):
    """The reason says so, and asking later changes nothing."""
    decision = decided(journal, _Host(body=b"User-agent: *\nDisallow: /private"))
    assert (decision.failure.reason, decision.failure.transient) == ("robots-disallowed", False)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451])
def test_a_4xx_allows_everything(journal, status):
    """RFC 9309 calls that unavailable, and everything may be asked."""
    decision = decided(journal, _Host(status=status, body=b"User-agent: *\nDisallow: /"))
    assert (decision.word, decision.failure) == ("none", None)


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_5xx_disallows_for_now(journal, status):
    """RFC 9309 calls that unreachable, and nothing may be asked; later it may."""
    decision = decided(journal, _Host(status=status))
    assert (decision.failure.reason, decision.failure.transient) == ("robots-disallowed", True)


def test_a_host_that_limits_is_not_asked_more(journal):
    """429 is no leave to go on."""
    assert decided(journal, _Host(status=429)).failure.reason == "rate-limited"


@pytest.mark.parametrize("reason", ["timeout", "connection-failed", "dns-nxdomain", "tls-failure", "blocked-by-policy"])
def test_an_unreachable_hosts_failure_is_the_reason(journal, reason):
    """Where no answer came at all, the failure itself is what is said of the URL."""
    failure = Failure(reason=reason, transient=True, errors=("x",))
    assert decided(journal, _Host(status=None, failure=failure, hops=0)).failure == failure


def test_redirects_that_lead_nowhere_mean_there_is_none(journal):
    """Too many redirects, or one to a forbidden place, are no robots.txt (RFC 9309, section 2.3.1.2)."""
    for reason in ("redirect-loop", "blocked-by-policy"):
        failure = Failure(reason=reason, transient=False, errors=())
        assert decided(journal, _Host(status=None, failure=failure, hops=3), f"http://{reason}/").word == "none"


def test_redirects_to_a_dead_host_disallow_for_now(journal):
    """The host is there but its rules could not be had."""
    failure = Failure(reason="timeout", transient=True, errors=())
    assert decided(journal, _Host(status=None, failure=failure, hops=1)).failure.reason == "robots-disallowed"


def test_record_asks_but_does_not_obey(journal):
    """The decision is known and the URL asked all the same."""
    decision = decided(journal, _Host(body=b"User-agent: *\nDisallow: /\nCrawl-delay: 3"), mode="record")
    assert (decision.word, decision.failure, decision.crawl_delay_s) == ("disallowed", None, 3)
    assert decided(journal, _Host(status=503), "http://b/", "record").failure is None


def test_ignore_does_not_ask(journal):
    """No request is made."""
    host = _Host(body=b"User-agent: *\nDisallow: /")
    assert decided(journal, host, mode="ignore").failure is None
    assert host.asked == []


def test_one_request_serves_all_who_ask_at_once(journal):
    """Ten URLs of an origin wait for one robots.txt; another port is another origin."""
    host = _Host(body=b"User-agent: *\nDisallow: /1")
    robots = Robots("obey", "harvester", journal)

    async def all_of_them():
        return await asyncio.gather(*(robots.decide(f"http://a/{number}", host.fetch) for number in range(10)))

    assert [decision.word for decision in asyncio.run(all_of_them())].count("disallowed") == 1
    assert len(host.asked) == 1
    asyncio.run(robots.decide("http://a:8080/", host.fetch))
    assert len(host.asked) == 2


def test_a_passing_failure_is_not_remembered(journal):
    """Who waited for a robots.txt that timed out asks himself; a name that doesn't exist is asked once."""
    for reason, transient, times in (("timeout", True, 3), ("dns-nxdomain", False, 1)):
        host = _Host(status=None, failure=Failure(reason=reason, transient=transient, errors=()), hops=0)
        robots = Robots("obey", "harvester", journal)

        async def all_of_them(robots=robots, host=host):
            return await asyncio.gather(*(robots.decide(f"http://a/{number}", host.fetch) for number in range(3)))

        assert {decision.failure.reason for decision in asyncio.run(all_of_them())} == {reason}
        assert len(host.asked) == times


def test_a_resumed_check_does_not_ask_again(journal):
    """What came before is read from the journal."""
    decided(journal, _Host(body=b"User-agent: *\nDisallow: /private"))
    decided(journal, _Host(status=503), "http://b/")
    robots = Robots("obey", "harvester", journal)
    assert robots.known("http://a/private/x").word == "disallowed"
    assert robots.known("http://a/x").word == "allowed"
    assert robots.known("http://b/x").failure.transient
    assert robots.known("http://c/x") is None


def test_a_rule_that_is_cut_off_is_left_out(journal):
    """Half a path at the size limit would disallow more than the host said."""
    body = b"User-agent: *\n" + b"#" * (MOST_BYTES - 26) + b"\nDisallow: /private/only/this"
    host = _Host(body=body[:MOST_BYTES], whole=False)
    assert decided(journal, host).word == "allowed"


def test_many_hosts_do_not_fill_the_memory(journal):
    """Rules of hosts not asked about lately are parsed anew."""
    robots = Robots("obey", "harvester", journal)
    host = _Host(body=b"User-agent: *\nDisallow: /private")

    async def all_of_them():
        return [(await robots.decide(f"http://h{number % 300}/private", host.fetch)).word for number in range(600)]

    assert set(asyncio.run(all_of_them())) == {"disallowed"}
    assert len(host.asked) == 300
    assert len(robots._parsed) <= 256
