"""From a manifest to its observations against a real server: each behaviour has its reason, and nobody is annoyed."""

import asyncio
import itertools
import math
import random
import socket
import time
from collections import defaultdict
from pathlib import Path

import pytest

from harvester.checks.client.clock import SystemClock
from harvester.checks.client.entry import http_client, run_check
from harvester.checks.client.options import CheckPolicy
from harvester.http import HttpClient, Route
from harvester.model.vocabulary import STATE_OF

REASONS = {
    "ok": """
        /ok.mp4 /ok-end.mp4 /ok-fragmented.mp4 /ok.webm /ok.ts /video-as-text.mp4 /video-as-octets.mp4 /untyped.mp4
        /cookie.mp4 /range/ignored.mp4 /range/endless.mp4 /range/416.mp4 /range/wrong.mp4 /range/unknown-size.mp4
        /range/bare.mp4 /range/multipart.mp4 /head/400.mp4 /head/401.mp4 /head/403.mp4 /head/404.mp4 /head/405.mp4
        /head/500.mp4 /head/501.mp4 /head/empty.mp4 /head/wrong-type.mp4 /head/redirect.mp4 /head/says-nothing.mp4
        /head/with-body.mp4 /head/with-body-kept.mp4 /changing.mp4 /removed/clip.mp4
        /flaky/503.mp4 /flaky/429.mp4 /ratelimit.mp4 /fault/unended.mp4 /fault/hints.mp4
        /hls/master.m3u8 /hls/high.m3u8 /hls/encrypted.m3u8 /hls/map.m3u8 /hls/byterange.m3u8 /hls/live.m3u8
        /hls/textual.m3u8 /hls/huge.m3u8 /dash/ok.mpd /dash/live.mpd
    """,
    "moved-permanent": "/redirect/301.mp4 /redirect/308.mp4",
    "moved-temporary": """
        /redirect/302.mp4 /redirect/303.mp4 /redirect/307.mp4 /redirect/relative/here.mp4 /redirect/unicode.mp4
        /redirect/fragment.mp4 /redirect/host.mp4
    """,
    "truncated": "/truncated.mp4 /truncated-end.mp4 /empty.mp4",
    "playlist-incomplete": """
        /hls/last-missing.m3u8 /hls/first-missing.m3u8 /hls/all-missing.m3u8 /hls/master-missing.m3u8
        /hls/key-missing.m3u8 /hls/map-missing.m3u8 /dash/segment-missing.mpd /dash/init-missing.mpd
        /hls/empty.m3u8 /dash/broken.mpd
    """,
    "forbidden": "/403.mp4 /s3-denied.mp4 /akamai.mp4 /cloudfront-key.mp4",
    "login": "/401.mp4 /login /redirect/login.mp4",
    "payment": "/402.mp4 /payment.html /redirect/payment.mp4",
    "legal": "/451.mp4",
    "geo-blocked": "/cloudfront.mp4 /geo.mp4 /geo-200.mp4",
    "bot-challenge": "/challenge-200.mp4 /challenge-403.mp4 /challenge-503.mp4",
    "expired-signature": "/expired.mp4",
    "needs-referer": "/needs-referer.mp4",
    "drm": "/hls/drm-widevine.m3u8 /hls/drm-fairplay.m3u8 /dash/drm.mpd",
    "gone": "/410.mp4",
    "not-found": """
        /404.mp4 /s3-no-key.mp4 /head/lies.mp4 /redirect/301-gone.mp4 /redirect/302-gone.mp4 /redirect/303-gone.mp4
        /redirect/307-gone.mp4 /redirect/308-gone.mp4
    """,
    "soft-404": """
        /html.mp4 /html-as-video.mp4 /json.mp4 /soft/x.mp4 /soft-home/x.mp4 /placeholder/x.mp4 /head/lies-html.mp4
        /redirect/html.mp4 /redirect/home.mp4 /hls/html.m3u8
    """,
    "wrong-type": "/ok.mp3 /ok.jpg /ok.png /ok.gif /jpg.mp4 /jpg-as-video.mp4",
    "rate-limited": """
        /429.mp4 /429-seconds.mp4 /429-long.mp4 /429-nonsense.mp4 /429-date.mp4 /ratelimit-draft.mp4
    """,
    "server-error": """
        /500.mp4 /501.mp4 /502.mp4 /503.mp4 /503-seconds.mp4 /504.mp4 /505.mp4 /520.mp4 /521.mp4 /522.mp4 /524.mp4
        /526.mp4 /530.mp4
    """,
    "timeout": """
        /slow/first-byte.mp4 /slow/headers.mp4 /slow/drip.mp4 /slow/stalls.mp4 /slow/no-body.mp4 /fault/hang.mp4
        /head/hangs.mp4 /fault/endless-continue.mp4
    """,
    "connection-failed": """
        /fault/reset.mp4 /fault/close.mp4 /fault/close-in-headers.mp4 /head/resets.mp4 /fault/short-body.mp4
        /fault/reset-body.mp4 /fault/cut-chunks.mp4
    """,
    "redirect-loop": "/redirect/loop.mp4 /redirect/loop-a.mp4 /redirect/many.mp4",
    "protocol-error": """
        /redirect/bad.mp4 /fault/garbage.mp4 /fault/status-line.mp4 /fault/http09.mp4 /fault/huge-header.mp4
        /fault/many-headers.mp4 /fault/endless-headers.mp4 /fault/endless-line.mp4 /fault/two-lengths.mp4
        /fault/bad-chunks.mp4 /fault/upgrade.mp4 /redirect/none.mp4
    """,
    "blocked-by-policy": """
        /redirect/private.mp4 /redirect/metadata.mp4 /redirect/file.mp4 /redirect/ftp.mp4 /redirect/javascript.mp4
        /redirect/userinfo.mp4 /hls/metadata.m3u8 /hls/private.m3u8 /dash/private.mpd
    """,
    "head-only": "/gzip-bomb.mp4",
    "live-ended": "/hls/live-ended.m3u8",
    "unknown": "/204.mp4 /205.mp4 / /hls/file.m3u8 /hls/itself.m3u8 /dash/entities.mpd",
}
TABLE = [(path, reason) for reason, paths in REASONS.items() for path in paths.split()]
LOOPBACK = {"allow_addresses": ("127.0.0.0/8",), "connect_s": 0.5, "first_byte_s": 0.5, "attempt_s": 0.8}


class _Hurry:
    """A machine's clock that runs fifty times as fast, so that waiting for hosts takes no time."""

    def monotonic(self):
        return time.monotonic() * 50

    def now(self):
        return SystemClock().now()

    async def sleep(self, seconds):
        await asyncio.sleep(seconds / 50)


def manifest(*urls, kind="video"):
    location = {"role": "media", "confidence": "declared", "delivery": "unknown"}
    items = [{"key": url, "kind": kind, "locations": [{"url": url, **location}]} for url in urls]
    return {"manifest": 1, "sources": [], "items": items, "observations": [], "problems": [], "totals": {}}


def hurried(policy, _clock):
    return http_client(policy, SystemClock())


def checked(urls, **settings):
    """Reasons by URL, and the outcome."""
    whole = manifest(*urls)
    policy = CheckPolicy(**{"rate_per_s": math.inf, "robots": "ignore", **LOOPBACK, **settings})
    outcome = run_check(whole, policy, client=hurried, clock=_Hurry())
    return {record["url"]: record for record in whole["observations"]}, outcome


UNHURRIED = {"connect_s": 5.0, "first_byte_s": 5.0, "attempt_s": 10.0}


@pytest.fixture(scope="module")
def observed(loopback):
    """Observations by path, each behaviour at an address of its own, so that one host's mood is not another's.

    What is late though it should not be is asked once more with time to spare: a busy machine fails no test.
    """

    def seen(paths, **settings):
        found = {}
        for start in range(0, len(paths), 60):
            part = enumerate(paths[start : start + 60], start=2)
            urls = {loopback.url(path, host=f"127.0.0.{number}"): path for number, path in part}
            records, _ = checked(urls, retries=0, **settings)
            found |= {urls[url]: record for url, record in records.items()}
        return found

    found = seen([path for path, _ in TABLE])
    return found | seen([path for path, reason in TABLE if found[path]["reason"] == "timeout" != reason], **UNHURRIED)


@pytest.mark.parametrize(("path", "reason"), TABLE, ids=[path for path, _ in TABLE])
def test_each_behaviour_has_its_reason(observed, path, reason):
    """What the server does there is concluded from what it answers."""
    assert observed[path]["reason"] == reason


def test_the_table_is_long_enough():
    """At least sixty behaviours are looked at."""
    assert len({path for path, _ in TABLE}) == len(TABLE) > 120


def _head_only(loopback, url):
    return url("/ok.mp4"), {"look": "head"}


def _robots(loopback, url):
    return url("/ok.mp4", loopback.robots_host("disallow")), {"robots": "obey"}


def _untrusted(loopback, url):
    return loopback.tls_url("/ok.mp4"), {}


def _asks_nothing(loopback, url):
    return url("/ok.mp4"), {"max_requests": 0}


def _scheme(loopback, url):
    return f"ftp://127.0.0.1:{loopback.port}/ok.mp4", {}


def _no_url(loopback, url):
    return "http://[::1/ok.mp4", {}


def _no_port(loopback, url):
    return url("/ok.mp4"), {"allow_addresses": ("127.0.0.0/8:1",)}


SPECIAL = {
    "head-only": _head_only,
    "robots-disallowed": _robots,
    "tls-failure": _untrusted,
    "not-checked": _asks_nothing,
    "unsupported-scheme": _scheme,
    "invalid-url": _no_url,
    "blocked-by-policy": _no_port,
}
"""Reasons that follow from the URL, from settings or from robots.txt, not from what is served."""
OWN_TESTS = {
    "replaced": "test_another_video_than_before_is_replaced",
    "deferred": "test_a_deferred_host_is_said_in_exit_and_problem",
    "platform-removed": "test_a_platform_says_what_became_of_an_id",
}
"""Reasons that need more than one question, with the test in this folder that sees to each."""
NOT_ON_LOOPBACK = {"dns-nxdomain", "dns-temporary"}
"""Addresses have no names; these are seen to with a resolver of the tests' own."""


@pytest.mark.parametrize("reason", SPECIAL)
def test_settings_and_urls_have_their_reasons(loopback, reason):
    """What is never asked, or only in part, says why."""
    url, settings = SPECIAL[reason](loopback, lambda path, host="127.0.0.60": loopback.url(path, host=host))
    records, _ = checked([url], **settings)
    assert records[url]["reason"] == reason


def test_another_video_than_before_is_replaced(loopback):
    """The digest of the first bytes is compared with that of the last check."""
    url = loopback.url("/changing.mp4", host="127.0.0.61")
    whole = manifest(url)
    policy = CheckPolicy(rate_per_s=math.inf, robots="ignore", **LOOPBACK)
    run_check(whole, policy, client=hurried, clock=_Hurry())
    loopback.change()
    run_check(whole, policy, client=hurried, clock=_Hurry())
    loopback.change()
    assert [record["reason"] for record in whole["observations"]] == ["ok", "replaced"]
    assert whole["items"][0]["availability"]["state"] == "degraded"


def test_every_reason_is_seen():
    """Each reason there is comes of some behaviour or setting, or is named with the test that sees to it."""
    here = set(REASONS) | set(SPECIAL)
    own = (Path(__file__).parent / name for name in ("test_loopback.py", "test_profiled.py"))
    defined = "\n".join(path.read_text(encoding="utf-8") for path in own)
    assert all(f"def {name}(" in defined for name in OWN_TESTS.values())
    assert here | set(OWN_TESTS) | NOT_ON_LOOPBACK == set(STATE_OF)
    assert not here & (set(OWN_TESTS) | NOT_ON_LOOPBACK)


@pytest.mark.parametrize(
    ("errno", "reason"), [(socket.EAI_NONAME, "dns-nxdomain"), (socket.EAI_AGAIN, "dns-temporary")]
)
def test_names_have_their_reasons(errno, reason):
    """Only the answer that there is no such name says that there is none."""

    async def resolve(host, port):
        raise socket.gaierror(errno, "no")

    def client(policy, clock):
        route = Route(resolve=resolve)
        return HttpClient(user_agent="tests/1", now=clock.now, monotonic=clock.monotonic, route=route)

    whole = manifest("http://nowhere.example/x.mp4")
    run_check(whole, CheckPolicy(robots="ignore", retries=0), client=client, clock=_Hurry())
    assert whole["observations"][0]["reason"] == reason


def test_every_attempt_is_evidence(observed):
    """Each has its time, method and URL, and an error or a hop with the address that was dialled."""
    for path, record in observed.items():
        assert record["attempts"], path
        for attempt in record["attempts"]:
            assert attempt["started_at"].endswith("Z")
            assert attempt["tool"].startswith("harvester/")
            assert attempt["error"] or all(hop["peer"].startswith("127.0.0.") for hop in attempt["hops"])
            assert attempt["bytes_read"] == 0 or len(attempt["prefix_sha256"]) == 64


@pytest.mark.parametrize(
    "path", ["/flaky/500.mp4", "/flaky/502.mp4", "/flaky/408.mp4", "/flaky/reset.mp4", "/fault/close-after.mp4"]
)
def test_what_passes_is_tried_again(loopback, path):
    """Resets, 408 and 5xx that pass are followed by an answer."""
    url = loopback.url(f"{path}?key=again")
    records, _ = checked([url])
    assert records[url]["reason"] == "ok"


ROBOTS = {
    "allow": "ok",
    "disallow": "robots-disallowed",
    "not-found": "ok",
    "server-error": "robots-disallowed",
    "redirect": "ok",
    "huge": "ok",
    "slow": "timeout",
    "forbidden": "ok",
    "crawl-delay": "ok",
    "html": "ok",
    "agent": "robots-disallowed",
    "unavailable": "robots-disallowed",
    "loop": "ok",
    "limited": "rate-limited",
    "bytes": "ok",
    "reset": "connection-failed",
}


@pytest.fixture(scope="module")
def decided(loopback):
    """Observations by the kind of robots.txt that the address has, and what the server saw."""
    loopback.reset()
    urls = {loopback.url("/ok.mp4", host=loopback.robots_host(name)): name for name in ROBOTS}
    records, _ = checked(urls, robots="obey", retries=0)
    return {urls[url]: record for url, record in records.items()}, loopback.log()


@pytest.mark.parametrize(("name", "reason"), ROBOTS.items())
def test_robots_txt_decides(decided, name, reason):
    """4xx allows, 5xx disallows for now, no answer is the reason itself; rules beyond 500 KiB don't count."""
    records, _ = decided
    assert records[name]["reason"] == reason
    if name in ("server-error", "unavailable"):
        assert records[name]["transient"]


def test_a_disallowed_url_is_never_asked(loopback, decided):
    """The server's log shows robots.txt and nothing else."""
    _, log = decided
    host = loopback.robots_host("disallow")
    assert {entry.target for entry in log if entry.local == host} == {"/robots.txt"}


@pytest.mark.slow
def test_two_hundred_urls_at_twenty_addresses(loopback):
    """The server's own log shows even spacing and one request at a time at each address, redirects included."""
    rate_per_s = 20
    chance = random.Random(7)
    hosts = [f"127.0.0.{number}" for number in range(30, 50)]
    urls = []
    for number in range(200):
        to = chance.choice(hosts)
        path = f"/redirect/host.mp4?to={to}&path=/many/{number}.mp4" if number % 5 == 0 else f"/many/{number}.mp4"
        urls.append(loopback.url(path, host=hosts[number % 20]))
    loopback.reset()
    whole = manifest(*urls)
    policy = CheckPolicy(**{**LOOPBACK, "rate_per_s": rate_per_s, "look": "head", "attempt_s": 5, "first_byte_s": 5})
    outcome = run_check(whole, policy)
    assert sum(outcome.counts.values()) == 200
    by_address = defaultdict(list)
    for entry in loopback.log():
        by_address[entry.local].append(entry)
    assert set(by_address) == set(hosts)
    assert sum(map(len, by_address.values())) >= 200 + 40 + 20
    for entries in by_address.values():
        entries.sort(key=lambda entry: entry.started)
        assert len({entry.connection for entry in entries}) >= 1
        for before, after in itertools.pairwise(entries):
            assert before.ended is not None
            assert before.ended <= after.started
        # A request may wait for the server's process; over some of them that evens out.
        for first, sixth in zip(entries, entries[5:], strict=False):
            assert sixth.started - first.started >= 0.7 * 5 / rate_per_s
        assert entries[-1].started - entries[0].started >= 0.9 * (len(entries) - 1) / rate_per_s


def test_a_deferred_host_is_said_in_exit_and_problem(loopback):
    """A Retry-After of an hour ends in exit 5 and a problem that names the host."""
    address = "127.0.0.50"
    urls = [loopback.url("/429-long.mp4", host=address), *(loopback.url(f"/many/{n}.mp4", host=address) for n in "ab")]
    records, outcome = checked(urls)
    assert outcome.exit == 5
    assert [records[url]["reason"] for url in urls] == ["rate-limited", "deferred", "deferred"]
    assert outcome.problems[0].code == "host-deferred"
    assert address in outcome.problems[0].message


def test_no_connection_leaves_for_a_forbidden_address(loopback):
    """Without leave for loopback, nothing at all reaches the server."""
    loopback.reset()
    spellings = ["127.0.0.1", "127.1", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]", "localhost", "0"]
    urls = [f"http://{host}:{port}/ok.mp4" for host in spellings for port in (loopback.port, 80)]
    whole = manifest(*urls)
    run_check(whole, CheckPolicy(rate_per_s=math.inf))
    assert loopback.log() == []
    assert {record["reason"] for record in whole["observations"]} == {"blocked-by-policy"}
