"""Whole runs in virtual time, against a web that is a table."""

import asyncio
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from harvester.checks.client.candidates import Candidates, Page
from harvester.checks.client.hosts import host_of
from harvester.checks.client.journal import Journal
from harvester.checks.client.options import CheckPolicy
from harvester.checks.client.run import Checker
from harvester.checks.policy.archives import Archive
from harvester.checks.policy.platform import PlatformProbe
from harvester.manifest.serial import plain
from harvester.model import Answer, Failure, Hop

EPSILON_S = 1e-9


def png(inside=b""):
    """A picture by its first and last bytes."""
    return bytes.fromhex("89504e470d0a1a0a0000000d494844520000000100000001") + inside + b"IEND"


PNG = png()


@dataclass
class _Web:
    """Answers by URL; what is not there is a 404. Writes down who came when."""

    clock: object
    log: object
    pages: dict = field(default_factory=dict)
    latency_s: float = 0.01
    asked: list = field(default_factory=list)

    async def send(self, ask):
        started_at = self.clock.now()
        self.asked.append((self.clock.monotonic(), ask.method, ask.url, ask.purpose))
        await self.log.visit(host_of(ask.url), self.latency_s)
        entry = self.pages.get(ask.url, 404)
        if isinstance(entry, Callable):
            entry = entry(ask)
        more = {"ask": ask, "url": ask.url, "started_at": started_at, "duration_s": self.latency_s}
        if isinstance(entry, Failure):
            return Answer(status=None, failure=entry, **more)
        if isinstance(entry, int):
            entry = (entry, {}, b"")
        if isinstance(entry, bytes):
            entry = (200, {"content-type": "image/png"}, entry)
        status, headers, body = entry
        if status == 200 and ask.range and body:
            first, last = ask.range
            first = max(0, len(body) + first) if first < 0 else first
            part = body[first : None if last is None else last + 1]
            headers = {**headers, "content-range": f"bytes {first}-{first + len(part) - 1}/{len(body)}"}
            status, body = 206, part
        headers = {"content-length": str(len(body)), **headers}
        body = b"" if ask.method == "HEAD" else body[: ask.max_bytes]
        return Answer(status=status, headers=headers, body=body, hops=(Hop(url=ask.url, status=status),), **more)

    def urls(self, purpose="probe"):
        return [url for _, _, url, why in self.asked if why == purpose]


def wanted(*urls, key="k", role="media", **item):
    locations = [{"url": url, "role": role, "confidence": "declared"} for url in urls]
    return Candidates({"key": key, "kind": "image", "locations": locations, **item})


def policy(**more):
    return CheckPolicy(**{"robots": "ignore", "look": "head", **more})


@pytest.fixture
def web(clock, log):
    return _Web(clock, log)


@pytest.fixture
def checked(web, clock, virtually, tmp_path):
    """Checks items against the web; gives observations, and leaves the checker at `checked.checker`."""

    def run(items, settings=None, *, stop_after=None, path=None, **more):
        async def all_of_it():
            stop = asyncio.Event()
            if stop_after is not None:
                asyncio.get_running_loop().call_later(stop_after, stop.set)
            settings_ = settings or policy()
            with Journal(path, clock, settings_.scope) as journal:
                checker = run.checker = Checker(settings_, web, journal, clock=clock, random=random.Random(1), **more)
                seen = [observation async for observation in checker.check(items, stop)]
            run.took_s = clock.monotonic()
            return seen

        return virtually(all_of_it())

    return run


def reasons(observations):
    return {observation.url: observation.reason for observation in observations}


def test_each_url_has_one_observation(checked, web):
    """What is there, what is not, and what is never asked."""
    web.pages = {"http://a/1.png": PNG}
    seen = checked(
        [wanted("http://a/1.png"), wanted("http://a/2.png"), wanted("ftp://a/3"), wanted("http://10.0.0.1/")]
    )
    assert reasons(seen) == {
        "http://a/1.png": "head-only",
        "http://a/2.png": "not-found",
        "ftp://a/3": "unsupported-scheme",
        "http://10.0.0.1/": "blocked-by-policy",
    }
    assert not any("10.0.0.1" in url for url in web.urls())


def test_bytes_are_seen_by_default(checked, web):
    """Evidence has status, hops, digest and type of what came."""
    web.pages = {"http://a/1.png": PNG}
    (seen,) = checked([wanted("http://a/1.png")], policy(look="bytes"))
    assert (seen.state, seen.reason, seen.basis) == ("available", "ok", "bytes")
    last = [attempt for attempt in seen.attempts if attempt.purpose == "probe"][-1]
    assert (last.method, last.sniffed_type, last.bytes_read) == ("GET", "image/png", len(PNG))
    assert len(last.prefix_sha256) == 64
    assert last.hops[0].url == "http://a/1.png"


def test_candidates_are_asked_until_one_is_available(checked, web):
    """The further ones are left alone, unless all are wanted."""
    web.pages = {"http://b/1.png": PNG, "http://c/1.png": PNG}
    items = [wanted("http://a/1.png", "http://b/1.png", "http://c/1.png")]
    assert list(reasons(checked(items))) == ["http://a/1.png", "http://b/1.png"]
    items = [
        Candidates(
            {"key": "k", "kind": "image", "locations": [{"url": f"http://{host}/1.png"} for host in "abc"]},
            all_locations=True,
        )
    ]
    assert len(checked(items, policy(all_locations=True))) == 3


def test_the_same_url_is_asked_once(checked, web):
    """A thousand items that share URLs cost one ladder each; a fragment makes no other URL."""
    web.pages = {"http://b/1.png": PNG}
    items = [wanted(f"http://a/1.png#{number}", "http://b/1.png", key=str(number)) for number in range(1000)]
    assert len(checked(items)) == 2
    heads = Counter(url for _, method, url, _ in web.asked if method == "HEAD")
    assert heads == {"http://a/1.png": 1, "http://b/1.png": 1}


def test_robots_is_asked_once_a_host_and_obeyed(checked, web):
    """The file goes through the queue, its decision stands in the evidence, and its Crawl-delay is kept."""
    rules = b"User-agent: *\nDisallow: /private/\nCrawl-delay: 7\n"
    web.pages = {"http://a/robots.txt": (200, {}, rules), **{f"http://a/{number}.png": PNG for number in range(5)}}
    items = [wanted(f"http://a/{number}.png") for number in range(5)] + [wanted("http://a/private/x.png")]
    seen = checked(items, policy(robots="obey"))
    assert reasons(seen)["http://a/private/x.png"] == "robots-disallowed"
    assert web.urls("robots") == ["http://a/robots.txt"]
    assert "http://a/private/x.png" not in web.urls()
    assert {observation.facts["robots"] for observation in seen} == {"allowed", "disallowed"}
    assert seen[0].attempts[0].purpose == "robots"
    assert web.log.closest("a:80") >= 7 - EPSILON_S


def test_robots_of_a_redirects_target_is_asked_too(checked, web):
    """A hop to another host is a request there like any other."""
    web.pages = {
        "http://a/1.png": (302, {"location": "http://b/1.png"}, b""),
        "http://b/robots.txt": (200, {}, b"User-agent: *\nDisallow: /"),
        "http://b/1.png": PNG,
    }
    (seen,) = checked([wanted("http://a/1.png")], policy(robots="obey"))
    assert seen.reason == "robots-disallowed"
    assert "http://b/1.png" not in web.urls()


@pytest.mark.parametrize("reason", ["timeout", "dns-nxdomain", "connection-failed"])
def test_an_unreachable_host_is_the_reason(checked, web, reason):
    """Where robots.txt can't be had because nobody is there, that is what is said of the URL."""
    failure = Failure(reason=reason, transient=reason != "dns-nxdomain", errors=("x",))
    web.pages = {"http://a/robots.txt": failure}
    (seen,) = checked([wanted("http://a/1.png")], policy(robots="obey"))
    assert seen.reason == reason
    assert web.urls() == []


def test_a_429_holds_its_host_and_is_asked_again(checked, web):
    """Nothing of the host is asked before Retry-After; the URL is asked again then, other hosts go on."""
    answers = iter([(429, {"retry-after": "30"}, b"")])
    web.pages = {
        "http://a/0.png": lambda _ask: next(answers, PNG),
        **{f"http://{host}/{number}.png": PNG for host in "ab" for number in range(1, 4)},
    }
    seen = checked([wanted(f"http://{host}/{number}.png") for host in "ab" for number in range(4)])
    assert reasons(seen)["http://a/0.png"] == "head-only"
    times = web.log.came["a:80"]
    assert min(later for later in times if later > times[0]) >= 30
    assert max(web.log.came["b:80"]) < 30
    first = next(one for one in seen if one.url == "http://a/0.png")
    assert [attempt.status for attempt in first.attempts if attempt.purpose == "probe"] == [429, 200]


def test_a_long_retry_after_defers_the_host_at_once(checked, web, tmp_path):
    """What waited is deferred without being asked, and the next run within that time asks nothing either."""
    web.pages = {"http://a/0.png": (429, {"retry-after": "3600"}, b""), "http://b/0.png": PNG}
    items = [wanted(f"http://a/{number}.png") for number in range(10)] + [wanted("http://b/0.png")]
    seen = checked(items, path=tmp_path / "j")
    counts = Counter(reasons(seen).values())
    assert counts == {"rate-limited": 1, "deferred": 9, "head-only": 1}
    assert web.urls().count("http://a/0.png") == 1
    assert list(checked.checker.deferred) == ["a:80"]
    web.asked.clear()
    again = checked([wanted("http://a/99.png")], path=tmp_path / "j")
    assert reasons(again) == {"http://a/99.png": "deferred"}
    assert web.asked == []


def test_a_deferred_candidate_does_not_stop_the_others(checked, web):
    """The next candidate of an item, at another host, is asked all the same."""
    web.pages = {"http://a/0.png": (429, {"retry-after": "3600"}, b""), "http://b/1.png": PNG}
    seen = checked([wanted("http://a/0.png"), wanted("http://a/1.png", "http://b/1.png")])
    assert reasons(seen)["http://b/1.png"] == "head-only"


def test_five_dead_urls_in_a_row_open_the_breaker(checked, web):
    """After five different URLs without an answer the host's others are deferred."""
    dead = Failure(reason="connection-failed", transient=True, errors=("refused",))
    web.pages = {f"http://a/{number}.png": dead for number in range(20)}
    seen = checked([wanted(f"http://a/{number}.png") for number in range(20)])
    assert Counter(reasons(seen).values()) == {"connection-failed": 5, "deferred": 15}
    assert len(set(web.urls())) == 5


def test_an_answer_between_keeps_the_breaker_closed(checked, web):
    """Only an unbroken row counts, and the same URL counts once."""
    dead = Failure(reason="timeout", transient=True, errors=("slow",))
    web.pages = {f"http://a/{number}.png": dead if number % 4 else PNG for number in range(20)}
    seen = checked([wanted(f"http://a/{number}.png") for number in range(20)])
    assert "deferred" not in reasons(seen).values()


def test_resets_are_tried_again_and_kept_as_evidence(checked, web):
    """A passing failure is followed by an answer, and both stand in the attempts."""
    answers = iter([Failure(reason="connection-failed", transient=True, errors=("reset",))])
    web.pages = {"http://a/1.png": lambda _ask: next(answers, PNG)}
    (seen,) = checked([wanted("http://a/1.png")])
    assert seen.reason == "head-only"
    assert seen.attempts[0].error == ("reset",)
    assert web.log.closest("a:80") >= 1 - EPSILON_S


def test_what_every_name_gets_is_a_soft_404(checked, web):
    """One control probe a host and extension finds out, however many URLs there are."""

    class _Same(dict):
        def get(self, url, default=None):
            return PNG if url.startswith("http://a/") else super().get(url, default)

    web.pages = _Same({f"http://b/{number}.png": png(bytes([number])) for number in range(8)})
    items = [wanted(f"http://{host}/{number}.png") for host in "ab" for number in range(8)]
    found = reasons(checked(items, policy(look="bytes")))
    assert {found[f"http://a/{number}.png"] for number in range(8)} == {"soft-404"}
    assert {found[f"http://b/{number}.png"] for number in range(8)} == {"ok"}
    assert len(web.urls("control")) == 2


def test_a_placeholder_of_one_folder_is_found_afterwards(checked, web):
    """Where the fifth URL of a folder gives the same bytes, the four before are said to be none after all."""

    class _Folder(dict):
        def get(self, url, default=None):
            return PNG if url.startswith("http://a/bad/") else super().get(url, default)

    web.pages = _Folder({"http://a/good/x.png": png(b"good")})
    items = [wanted("http://a/good/x.png"), *(wanted(f"http://a/bad/{number}.png") for number in range(7))]
    seen = checked(items, policy(look="bytes"))
    found = reasons(seen)
    assert found.pop("http://a/good/x.png") == "ok"
    assert set(found.values()) == {"soft-404"}
    assert len(seen) == 8 + 4


def test_a_placeholder_is_found_across_a_break(checked, web, tmp_path):
    """Where a first run saw three such URLs and a second one the fourth and fifth, all five are revised."""

    class _Folder(dict):
        def get(self, url, default=None):
            return PNG if url.startswith("http://a/bad/") else super().get(url, default)

    web.pages = _Folder({"http://a/good/x.png": png(b"good")})
    items = [wanted("http://a/good/x.png"), *(wanted(f"http://a/bad/{number}.png") for number in range(5))]
    first = checked(items[:4], policy(look="bytes"), path=tmp_path / "j")
    assert set(reasons(first).values()) == {"ok"}
    found = reasons(checked(items, policy(look="bytes"), path=tmp_path / "j"))
    assert found.pop("http://a/good/x.png") == "ok"
    assert set(found.values()) == {"soft-404"}


def test_parts_of_a_playlist_wait_for_their_hosts(checked, web):
    """Variants and segments elsewhere are requests there, at that host's pace."""
    segments = "".join(f"#EXTINF:4,\nhttp://cdn/{number}.ts\n" for number in range(9))
    playlist = f"#EXTM3U\n#EXT-X-TARGETDURATION:4\n{segments}#EXT-X-ENDLIST\n".encode()
    part = (b"\x47" + bytes(187)) * 10
    web.pages = {f"http://cdn/{number}.ts": (200, {"content-type": "video/mp2t"}, part) for number in range(9)}
    hls = {"content-type": "application/vnd.apple.mpegurl"}
    web.pages |= {f"http://h{number}/x.m3u8": (200, hls, playlist) for number in range(10)}
    items = [
        Candidates({"key": "k", "kind": "video", "locations": [{"url": f"http://h{number}/x.m3u8", "delivery": "hls"}]})
        for number in range(10)
    ]
    seen = checked(items, policy(look="bytes"))
    assert {one.basis for one in seen} == {"playlist"}
    assert len(web.log.came["cdn:80"]) >= 20
    assert web.log.closest("cdn:80") >= 1 - EPSILON_S
    assert web.log.most["cdn:80"] == 1


def test_the_request_budget_ends_a_run(checked, web):
    """Exactly so many requests are sent, and what was not asked says so."""
    items = [wanted(f"http://h{number % 7}/{number}.png") for number in range(50)]
    seen = checked(items, policy(max_requests=20))
    assert len(web.asked) == 20
    assert len(reasons(seen)) == 50
    assert Counter(reasons(seen).values())["not-checked"] >= 30
    assert checked.checker.stopped


def test_the_time_budget_ends_a_run(checked, web):
    """After the given time nothing is asked any more."""
    seen = checked([wanted(f"http://a/{number}.png") for number in range(100)], policy(max_runtime_s=9.5))
    assert len(web.asked) == 10
    assert Counter(reasons(seen).values()) == {"not-found": 5, "not-checked": 95}


def test_a_stopped_run_ends_soon_and_whole(checked, web):
    """Stopping gives what is under way a moment, cancels the rest, and every URL still has an observation."""
    web.latency_s = 30
    seen = checked([wanted(f"http://h{number}/{number}.png") for number in range(20)], stop_after=1)
    assert checked.took_s == pytest.approx(6)
    assert Counter(reasons(seen).values()) == {"not-checked": 20}


def test_leaving_early_leaves_nothing_behind(web, clock, virtually):
    """Who stops listening after the first observation leaves no task running."""

    async def all_of_it():
        with Journal(None, clock) as journal:
            checker = Checker(policy(), web, journal, clock=clock)
            observations = checker.check([wanted(f"http://h{number}/1.png") for number in range(20)])
            async for _ in observations:
                break
            await observations.aclose()
        return len(asyncio.all_tasks())

    assert virtually(all_of_it()) == 1


def test_an_error_of_ours_is_not_swallowed(web, clock, virtually):
    """A bug in what sends requests ends the run with its exception."""

    class _Bug:
        async def send(self, ask):
            raise ZeroDivisionError

    async def all_of_it():
        with Journal(None, clock) as journal:
            return [one async for one in Checker(policy(), _Bug(), journal, clock=clock).check([wanted("http://a/1")])]

    with pytest.raises(ZeroDivisionError):
        virtually(all_of_it())


def test_a_second_run_asks_nothing_again(checked, web, tmp_path):
    """What the journal has still serves, robots.txt and control probes included."""
    web.pages = {f"http://a/{number}.png": png(bytes([number])) for number in range(5)}
    items = [wanted(f"http://a/{number}.png") for number in range(7)]
    first = checked(items, policy(robots="obey", look="bytes"), path=tmp_path / "j")
    web.asked.clear()
    assert checked(items, policy(robots="obey", look="bytes"), path=tmp_path / "j") == first
    assert web.asked == []


def test_other_settings_ask_anew(checked, web, tmp_path):
    """What was seen under robots rules says nothing of a run that ignores them."""
    web.pages = {"http://a/robots.txt": (200, {}, b"User-agent: *\nDisallow: /"), "http://a/1.png": PNG}
    checked([wanted("http://a/1.png")], policy(robots="obey"), path=tmp_path / "j")
    (seen,) = checked([wanted("http://a/1.png")], policy(robots="ignore"), path=tmp_path / "j")
    assert seen.reason == "head-only"


def test_an_earlier_observation_makes_the_question_conditional(checked, web):
    """An ETag that is still the same confirms what was seen before."""
    web.pages = {"http://a/1.png": (200, {"etag": '"1"', "content-type": "image/png"}, PNG)}
    (first,) = checked([wanted("http://a/1.png")], policy(look="bytes"))
    conditions = []

    def conditional(ask):
        conditions.append(ask.headers)
        return (304, {"etag": '"1"'}, b"")

    web.pages = {"http://a/1.png": conditional}
    (second,) = checked([wanted("http://a/1.png")], policy(look="bytes"), earlier={first.url: plain(first)})
    assert second.reason == "ok"
    assert any("1" in str(headers) for headers in conditions)


def test_a_platform_is_asked_by_id(checked, web):
    """Its answer says that a medium was removed, where its page would answer 200."""
    probe = PlatformProbe(scheme="tube", url="http://tube/oembed?id={id}")
    item = {
        "key": "k",
        "kind": "video",
        "ids": [{"scheme": "tube", "value": "x1"}],
        "locations": [{"url": "http://tube/embed/x1", "role": "embed", "confidence": "declared"}],
    }
    (seen,) = checked([Candidates(item, platforms={"tube": probe})], policy(platforms={"tube": probe}))
    assert (seen.url, seen.reason, seen.basis) == ("http://tube/oembed?id=x1", "platform-removed", "platform")
    assert web.urls("platform") == ["http://tube/oembed?id=x1"]


def test_archives_are_asked_about_what_is_gone(checked, web, clock):
    """The nearest capture stands with the observation; what is available is not asked about."""
    archive = Archive(
        name="arc", cdx="http://arc/cdx?url={quoted}&t={timestamp}", memento="http://arc/{timestamp}/{url}"
    )
    rows = b'[["timestamp","original","mimetype","statuscode","digest"],["20160102030405","http://a/2.png","image/png","200","D"]]'
    web.pages = {
        "http://a/1.png": PNG,
        "http://arc/cdx?url=http%3A%2F%2Fa%2F2.png&t=29991231235959": (200, {"content-type": "application/json"}, rows),
    }
    seen = checked(
        [wanted("http://a/1.png"), wanted("http://a/2.png")],
        policy(archives=True, more_archives=(archive,), archive_templates=()),
    )
    gone = next(one for one in seen if one.url == "http://a/2.png")
    assert [memento.archive for memento in gone.mementos] == ["arc"]
    assert gone.reason == "not-found"
    assert all("1.png" not in url for url in web.urls("archive"))


def test_an_archive_that_limits_is_not_asked_again(checked, web, tmp_path):
    """Its 429 is never retried, not even by the next run within the hour, and nothing follows from it."""
    archive = Archive(name="arc", timegate="http://arc/{url}", requests_per_minute=24)
    web.pages = {f"http://arc/http://a/{number}.png": (429, {"retry-after": "1"}, b"") for number in range(5)}
    settings = policy(archives=True, more_archives=(archive,))
    items = [wanted(f"http://a/{number}.png") for number in range(5)]
    seen = checked(items, settings, path=tmp_path / "j")
    assert len([url for url in web.urls("archive") if url.startswith("http://arc/")]) == 1
    assert "arc:80" in checked.checker.deferred
    assert {one.reason for one in seen} == {"not-found"}
    web.asked.clear()
    checked([wanted("http://a/99.png")], settings, path=tmp_path / "j")
    assert not [url for url in web.urls("archive") if url.startswith("http://arc/")]


def test_archives_are_asked_at_their_own_pace(checked, web):
    """However fast the user's rate is, no archive gets more requests a minute than it allows."""
    archive = Archive(name="arc", timegate="http://arc/{url}", requests_per_minute=24)
    items = [wanted(f"http://h{number}/x.png") for number in range(10)]
    checked(items, policy(archives=True, more_archives=(archive,), rate_per_s=50))
    assert web.log.closest("arc:80") >= 60 / 24 - EPSILON_S
    assert web.log.closest("web.archive.org:443") >= 60 / 24 - EPSILON_S


def test_progress_is_told(checked, web):
    """It begins with what is known and ends with all done."""
    told = []
    checked([wanted(f"http://a/{number}.png") for number in range(30)], progress=told.append)
    assert told[-1].done == told[-1].total == 30
    assert told[-1].hosts == 0
    assert [one.done for one in told] == sorted(one.done for one in told)
    assert max(one.expected_s for one in told) > 20


@pytest.mark.slow
def test_ten_thousand_urls_end_near_the_bound(checked, web):
    """Whole ladders of skewed hosts take at most 1.05 times what the longest queue needs at its rate."""
    chance = random.Random(3)
    hosts = [f"h{int(chance.paretovariate(0.9))}" for _ in range(10_000)]
    urls = [f"http://{host}/{number}.png" for number, host in enumerate(hosts)]
    web.pages = dict.fromkeys(urls, PNG)
    assert len(checked([wanted(url) for url in urls], policy(rate_per_s=5))) == 10_000
    most = max(map(len, web.log.came.values()))
    assert most > max(Counter(hosts).values())
    assert checked.took_s <= 1.05 * (most - 1) / 5
    assert all(web.log.closest(key) >= 0.2 - EPSILON_S for key in web.log.came)
    assert max(web.log.most.values()) == 1
    assert web.log.most_in_all <= 100


def test_pages_name_themselves_where_a_referer_is_wanted(checked, web):
    """A refusal without Referer is asked once more with the page's URL."""
    web.pages = {"http://a/1.png": lambda ask: PNG if "Referer" in ask.headers else 403}
    item = {"key": "k", "kind": "image", "locations": [{"url": "http://a/1.png"}]}
    (seen,) = checked([Candidates(item, Page(url="http://page/"))], policy(look="bytes"))
    assert seen.reason == "needs-referer"


NAMELESS = Failure(reason="dns-nxdomain", transient=False, errors=("no such name",))


def last_word(observations):
    return {observation.url: (observation.state, observation.reason) for observation in observations}


def test_two_hosts_without_a_name_are_gone(checked, web):
    """A resolver is believed that has no name for one or two."""
    web.pages = {"http://a/1.png": NAMELESS, "http://b/1.png": NAMELESS}
    seen = checked([wanted(url) for url in web.pages])
    assert set(last_word(seen).values()) == {("unavailable", "dns-nxdomain")}


def test_a_resolver_that_knows_no_name_at_all_is_not_believed(checked, web):
    """Where nothing has a name it is we who are offline, and what was said too soon is taken back."""
    web.pages = {f"http://{name}/1.png": NAMELESS for name in "abcd"}
    seen = checked([wanted(url) for url in web.pages])
    assert set(last_word(seen).values()) == {("undetermined", "dns-temporary")}
    assert len(web.asked) == 4
    assert checked.checker.requests == 4


def test_a_resolver_that_knows_one_name_is_believed_about_the_others(checked, web):
    """Once a host was reached by its name, names that don't exist don't."""
    web.pages = {**{f"http://{name}/1.png": NAMELESS for name in "abcd"}, "http://e/1.png": PNG}
    seen = checked([wanted(url) for url in web.pages], policy(in_flight=1))
    assert [observation.reason for observation in seen][-1] == "dns-nxdomain"
    gone = last_word(seen)
    assert gone.pop("http://e/1.png")[0] == "available"
    assert set(gone.values()) == {("unavailable", "dns-nxdomain")}


def test_an_address_does_not_show_that_names_can_be_had(checked, web):
    """A host asked by its number needs no resolver."""
    web.pages = {**{f"http://{name}/1.png": NAMELESS for name in "abc"}, "http://93.184.216.34/1.png": PNG}
    seen = checked([wanted(url) for url in web.pages])
    assert last_word(seen)["http://a/1.png"] == ("undetermined", "dns-temporary")
