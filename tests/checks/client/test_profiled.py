"""What profiles know of archives, platforms and hosts, and TLS, against a real server."""

import math
from datetime import UTC, datetime

import pytest

from harvester.checks.client import options
from harvester.checks.client.entry import run_check
from harvester.checks.client.options import CheckPolicy
from harvester.checks.policy.archives import Archive
from harvester.checks.policy.pace import Manners
from harvester.checks.policy.platform import PlatformAnswer, PlatformProbe
from harvester.checks.policy.signs import Sign
from harvester.errors import ProfileError
from harvester.http import Allow, HttpClient, Route

CAPTURED_AT = "2016-12-15T20:48:20Z"


def manifest(*urls, kind="video", role="media", **item):
    locations = [{"url": url, "role": role, "confidence": "declared", "delivery": "unknown"} for url in urls]
    return {
        "sources": [{"id": "s", "url": None, "captured_at": CAPTURED_AT}],
        "items": [{"key": "k", "kind": kind, "locations": locations, "sightings": [{"source": "s"}], **item}],
    }


@pytest.fixture
def checked(monkeypatch):
    """Checks one item on loopback, where no public archive is asked; gives its availability and the observations."""

    def run(whole, archive=None, **settings):
        if archive is not None:
            monkeypatch.setattr(options, "INTERNET_ARCHIVE", archive)
        given = {"rate_per_s": math.inf, "robots": "ignore", "allow_addresses": ("127.0.0.0/8",), "retries": 0}
        run_check(whole, CheckPolicy(**given, archives=archive is not None, **settings))
        return whole["items"][0]["availability"], whole.get("observations", [])

    return run


def archive(loopback, **more):
    base = loopback.url("/archive", host="127.0.0.52")
    given = {"name": "own", "requests_per_minute": 1e6, **more}
    return Archive(
        **{name: value.replace("BASE", base) if isinstance(value, str) else value for name, value in given.items()}
    )


CDX = {"cdx": "BASE/cdx?url={quoted}&closest={timestamp}", "memento": "BASE/web/{timestamp}id_/{url}"}
GATE = {"timegate": "BASE/gate/{url}"}


@pytest.mark.parametrize("way", [CDX, GATE], ids=["cdx", "timegate"])
def test_what_is_gone_is_found_in_an_archive(loopback, checked, way):
    """The capture nearest to the document's date, a 200 of the right type, with its distance."""
    url = loopback.url("/404.mp4", host="127.0.0.53")
    available, _ = checked(manifest(url), archive(loopback, **way))
    assert available["state"] == "unavailable"
    (memento,) = available["mementos"]
    assert memento["url"].endswith(f"/archive/web/20161216010203id_/{url}")
    assert (memento["archive"], memento["captured_at"]) == ("own", "2016-12-16T01:02:03Z")
    at, when = (datetime.fromisoformat(text) for text in (memento["captured_at"], CAPTURED_AT))
    assert memento["delta_s"] == (at - when).total_seconds()
    assert at.tzinfo == UTC


@pytest.mark.parametrize(
    ("way", "word"), [(CDX, "none"), (CDX, "429"), (CDX, "503"), (CDX, "nonsense"), (GATE, "none"), (GATE, "503")]
)
def test_an_archive_that_has_nothing_or_says_nothing_adds_nothing(loopback, checked, way, word):
    """No capture is made up, and a limited archive is not asked again."""
    loopback.reset()
    url = loopback.url(f"/404.mp4?{word}", host="127.0.0.54")
    available, _ = checked(manifest(url), archive(loopback, **way))
    assert (available["state"], available["mementos"]) == ("unavailable", [])
    assert len(loopback.log(host="127.0.0.52")) == 1


def test_what_is_available_is_not_looked_for(loopback, checked):
    """Archives are asked about what is gone or held back only."""
    loopback.reset()
    checked(manifest(loopback.url("/ok.mp4", host="127.0.0.55")), archive(loopback, **CDX))
    assert loopback.log(host="127.0.0.52") == []


@pytest.mark.parametrize(("value", "count"), [("v1", 1), ("none", 0), ("broken", 1)])
def test_archives_that_keep_media_by_id(loopback, checked, value, count):
    """An address by id leads to the capture; the redirect alone says it where the profile says so."""
    ids = archive(loopback, ids=(("tube", loopback.url("/archive/id/{id}", host="127.0.0.52")),), found=(200, 302))
    whole = manifest(loopback.url("/410.mp4", host="127.0.0.56"), ids=[{"scheme": "tube", "value": value}])
    available, _ = checked(whole, ids)
    assert [memento["captured_at"] for memento in available["mementos"]] == ["2016-12-16T01:02:03Z"] * count


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("there", "ok"),
        ("removed", "platform-removed"),
        ("private", "forbidden"),
        ("limited", "rate-limited"),
        ("dark", "forbidden"),
    ],
)
def test_a_platform_says_what_became_of_an_id(loopback, checked, value, reason):
    """The page answers 200 to every id; what the profile names is asked in its place, with the account."""
    loopback.reset()
    url = loopback.url("/platform/oembed", host="127.0.0.57") + "?id={id}&account={account}"
    answers = (PlatformAnswer(reason="forbidden", contains='"dark": true'), PlatformAnswer(reason="ok", status=200))
    probe = PlatformProbe(scheme="tube", url=url, answers=answers)
    page = loopback.url("/platform/watch", host="127.0.0.57")
    whole = manifest(page, role="embed", ids=[{"scheme": "tube:my shop", "value": value}])
    available, observations = checked(whole, platforms={"tube": probe}, max_wait_s=0)
    assert available["reason"] == reason
    assert {observation["basis"] for observation in observations} == {"platform"}
    (target,) = {entry.target for entry in loopback.log(host="127.0.0.57")}
    assert target == f"/platform/oembed?id={value}&account=my%20shop"


def test_a_probe_that_needs_an_account_is_not_asked_without(loopback, checked):
    """The page itself is asked where the id is not enough."""
    url = loopback.url("/platform/oembed", host="127.0.0.58") + "?id={id}&account={account}"
    whole = manifest(
        loopback.url("/platform/watch", host="127.0.0.58"), role="embed", ids=[{"scheme": "tube", "value": "removed"}]
    )
    available, _ = checked(whole, platforms={"tube": PlatformProbe(scheme="tube", url=url)})
    assert available["state"] == "available"


@pytest.mark.parametrize(
    ("sign", "reason"),
    [
        ({"path": "/removed/clip[.]mp4"}, "soft-404"),
        ({"body": "isom"}, "soft-404"),
        ({"size_bytes": 20636}, "soft-404"),
        ({"path": "/removed/clip"}, "moved-temporary"),
        ({"path": "/removed/clip[.]mp4", "size_bytes": 1}, "moved-temporary"),
        ({"sha256": "0" * 64}, "moved-temporary"),
        ({"hosts": ("127.0.0.1",), "size_bytes": 20636}, "moved-temporary"),
    ],
)
def test_a_host_s_own_sign_of_absence(loopback, checked, sign, reason):
    """A video that stands for all removed ones is known by its address, its bytes or its length."""
    url = loopback.url("/sign/away.mp4", host="127.0.0.59")
    available, _ = checked(manifest(url), soft_404=(Sign(**{"hosts": ("127.0.0.59",), **sign}),))
    assert available["reason"] == reason


@pytest.mark.parametrize("sign", [{}, {"path": "("}, {"body": "["}])
def test_a_sign_that_says_nothing_is_refused(sign):
    """A profile's mistake is said at once."""
    with pytest.raises(ProfileError):
        Sign(hosts=("a.example",), **sign)


def test_one_url_is_judged_for_each_kind(loopback, checked):
    """A picture is there for the image, and the wrong type for the video, whoever comes first."""
    url = loopback.url("/ok.jpg", host="127.0.0.62")
    there = loopback.url("/ok.mp4", host="127.0.0.62")
    for kinds in (("image", "video"), ("video", "image")):
        whole = manifest(url, kind=kinds[0])
        whole["items"].append(manifest(url, there, kind=kinds[1])["items"][0])
        checked(whole)
        states = {item["kind"]: item["availability"] for item in whole["items"]}
        assert states["image"]["reason"] == "ok"
        there_too = kinds[1] == "video"
        assert states["video"]["reason"] == ("ok" if there_too else "wrong-type")


def test_hosts_are_asked_at_the_pace_that_profiles_know(loopback, checked):
    """A rate makes a host slower and never faster than the user said; connections are those of the profile."""
    hosts = ("127.0.0.63", "127.0.0.64")
    loopback.reset()
    whole = manifest(loopback.url("/many/0.mp4", host=hosts[0]))
    for host in hosts:
        whole["items"] += [manifest(loopback.url(f"/many/{n}.mp4", host=host))["items"][0] for n in range(4)]
    slow = Manners(hosts=hosts[:1], rate_per_s=20, connections=1)
    checked(whole, manners=(slow,), look="head")
    took = {}
    for host in hosts:
        started = [entry.started for entry in loopback.log(host=host)]
        took[host] = (max(started) - min(started)) / (len(started) - 1)
    assert took[hosts[0]] >= 0.9 / 20
    assert took[hosts[1]] < took[hosts[0]]


def test_over_tls_the_certificate_is_kept(loopback, checked):
    """A trusted server is asked over TLS, and each attempt has the digest of what it showed."""
    url = loopback.tls_url("/ok.mp4")

    def client(policy, clock):
        route = Route(allow=Allow.of(addresses=policy.allow_addresses), tls=loopback.trusting())
        return HttpClient(user_agent="tests/1", now=clock.now, monotonic=clock.monotonic, route=route)

    whole = manifest(url)
    policy = CheckPolicy(rate_per_s=math.inf, robots="ignore", allow_addresses=("127.0.0.0/8",))
    run_check(whole, policy, client=client)
    (observation,) = whole["observations"]
    assert observation["reason"] == "ok"
    assert all(len(attempt["certificate_sha256"]) == 64 for attempt in observation["attempts"])
