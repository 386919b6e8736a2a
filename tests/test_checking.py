"""Settings and profiles as a policy, and how a check ends."""

from __future__ import annotations

import asyncio
import os
import signal

import pytest

from harvester import Item, check, extract, harvest
from harvester.checking import key_of, policy_of
from harvester.checks.client.options import CheckPolicy
from harvester.errors import SettingsError
from harvester.settings import load
from harvester.sources.profiles import SHIPPED


def test_defaults_of_settings_and_policy_agree():
    """What is shipped as defaults is what a program gets that makes its own policy."""
    policy, own = policy_of(load().checks, SHIPPED), CheckPolicy()
    for name in ("rate_per_s", "robots", "archives", "all_locations", "allow_private", "max_wait_s", "user_agent"):
        assert getattr(policy, name) == getattr(own, name), name


def test_settings_reach_the_policy():
    """Every setting of checks arrives."""
    settings = load(
        options={"rate": "30/m", "max_runtime": "2h", "allow_address": ["10.0.0.0/8"], "contact": "a@b.example"}
    )
    policy = policy_of(settings.checks, SHIPPED)
    assert (policy.rate_per_s, policy.max_runtime_s) == (0.5, 7200)
    assert policy.allow_addresses == ("10.0.0.0/8",)
    assert policy.full_user_agent.endswith("(+a@b.example)")


def test_profiles_give_probes_archives_and_shared_queues():
    """What profiles know of platforms, archives and hosts takes part in a check."""
    policy = policy_of(load().checks, SHIPPED)
    assert policy.platforms["youtube"].answers
    assert any(archive.ids and archive.ids[0][0] == "youtube" for archive in policy.more_archives)
    key = key_of(SHIPPED)
    assert key("https://www.youtube.com/a") == key("https://youtu.be/b")
    assert key("https://a.example/") == "a.example:443"
    assert key("https://a.example/") != key("https://b.example/")


def test_profiles_give_the_pace_and_the_placeholders_of_hosts():
    """What profiles know of a host's limits and of what its "gone" looks like takes part in a check, too."""
    policy = policy_of(load().checks, SHIPPED)
    paces = {host: each.rate_per_s for each in policy.manners for host in each.hosts if each.rate_per_s}
    assert paces
    assert all(rate > 0 for rate in paces.values())
    assert any(sign.path for sign in policy.soft_404)
    assert len(policy.soft_404) == sum(len(profile.file.soft_404) for profile in SHIPPED)


@pytest.fixture
def clip(loopback):
    """A document with one video that is there."""
    url = loopback.url("/ok.mp4", host="127.0.0.31")
    return f'[{{"id": "7001", "file": "{url}"}}]'.encode()


def test_programs_check_items(clip):
    """`check` gives an observation of each location."""
    policy = CheckPolicy(allow_addresses=("127.0.0.0/8",), robots="ignore", rate_per_s=200)

    async def all_of(items: list[Item]):
        return [observation async for observation in check(items, policy)]

    (observation,) = asyncio.run(all_of(list(extract(clip))))
    assert observation.state == "available"


def test_harvest_checks_when_asked_to(clip, tmp_path):
    """`harvest(check=True)` gives a manifest with observations."""
    (tmp_path / "a.json").write_bytes(clip)
    manifest = harvest(tmp_path / "a.json", check=True, robots="ignore", allow_address=["127.0.0.0/8"], rate=200)
    assert manifest.items[0].availability.state == "available"
    assert manifest.totals.by_state == {"available": 1}


@pytest.mark.parametrize(("number", "interrupted"), [(signal.SIGINT, True), (signal.SIGTERM, False)])
def test_signals_end_a_check_cleanly(clip, tmp_path, monkeypatch, number, interrupted):
    """A signal ends the check, what was seen is in the manifest, and the handlers are put back."""
    from harvester import checking  # noqa: PLC0415 - patched
    from harvester.manifest.serial import plain  # noqa: PLC0415

    (tmp_path / "a.json").write_bytes(clip)
    value = plain(harvest(tmp_path / "a.json"))
    original = checking.run_check

    def signalled(*words, **options):
        os.kill(os.getpid(), number)
        return original(*words, **options)

    monkeypatch.setattr(checking, "run_check", signalled)
    before = signal.getsignal(number)
    journal = tmp_path / ".journal"
    ended = checking.check_manifest(value, load().checks, SHIPPED, journal=journal)
    assert ended.interrupted is interrupted
    assert ended.exit == 4
    assert value["problems"][-1]["code"] == "check-stopped"
    assert journal.exists()
    assert signal.getsignal(number) is before


def test_probes_know_the_account_of_an_id():
    """A question that needs an id's account is asked with it; what profiles don't know is not asked."""
    probes = policy_of(load().checks, SHIPPED).platforms
    assert "open.spotify.com%2Fepisode%2F{id}" in probes["spotify:episode"].url
    assert probes["vimeo"].url == "https://player.vimeo.com/video/{id}"
    assert probes.get("nowhere") is None
    assert "spotify" not in probes
    assert set(probes) >= {"youtube", "spotify:{account}"}
    assert len(probes) == len(list(probes.items()))


def test_settings_that_can_not_be_are_said_before_anything_is_asked():
    """An allowed address that is none is an error of the policy, not of its first request."""
    with pytest.raises(SettingsError, match="nowhere"):
        policy_of(load(options={"allow_address": ["nowhere"]}).checks, SHIPPED)
