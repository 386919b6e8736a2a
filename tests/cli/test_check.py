"""Checks from the command line, against a server on loopback."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

OPEN = ["--allow-address", "127.0.0.0/8", "--robots", "ignore", "--rate", "200"]


def read(path):
    return json.loads(Path(path).read_bytes())


@pytest.fixture
def listed(loopback, tmp_path):
    """A document with two videos, one that is there and one that is gone, each on a host of its own."""
    urls = [loopback.url("/ok.mp4", host="127.0.0.21"), loopback.url("/404.mp4", host="127.0.0.22")]
    records = [{"id": f"700{at}", "file": url, "title": f"Clip {at}"} for at, url in enumerate(urls)]
    (tmp_path / "list.json").write_text(json.dumps(records))
    return "list.json"


def states(path):
    return [item["availability"]["state"] for item in read(path)["items"]]


def test_harvest_and_check_in_one_go(harvest, listed, tmp_path):
    """With `--check` the manifest says of each item whether it is there, and by what it was seen."""
    ran = harvest("manifest", listed, "--check", *OPEN)
    assert ran.code == 0, ran.err
    manifest = read("list.manifest.json")
    assert states("list.manifest.json") == ["available", "unavailable"]
    assert manifest["totals"]["by_state"] == {"available": 1, "unavailable": 1}
    assert len(manifest["observations"]) == 2
    assert "STATE" in ran.err
    assert "unavailable" in ran.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["list.json", "list.manifest.json"]


def test_a_saved_manifest_is_checked(harvest, listed):
    """`check` puts what it saw into a new manifest, or into the same one."""
    harvest("manifest", listed)
    before = Path("list.manifest.json").read_bytes()
    assert harvest("check", "list.manifest.json", "-o", "new.manifest.json", *OPEN).code == 0
    assert states("new.manifest.json") == ["available", "unavailable"]
    assert Path("list.manifest.json").read_bytes() == before
    assert harvest("check", "list.manifest.json", "--in-place", *OPEN).code == 0
    assert states("list.manifest.json") == ["available", "unavailable"]


def test_the_format_stays_unless_another_is_asked_for(harvest, listed):
    """Lines stay lines when they are checked in place."""
    harvest("manifest", listed, "--format", "jsonl")
    assert harvest("check", "list.manifest.jsonl", "--in-place", *OPEN).code == 0
    last = Path("list.manifest.jsonl").read_text().splitlines()[-1]
    assert json.loads(last)["totals"]["by_state"] == {"available": 1, "unavailable": 1}
    ran = harvest("check", "list.manifest.jsonl", "-o", "-", "--format", "json", *OPEN)
    assert ran.out.startswith(b'{\n  "manifest": 1')


def test_states_can_fail_the_run(harvest, listed):
    """`--fail-on` a state that an item has exits 6."""
    assert harvest("manifest", listed, "--check", *OPEN, "--fail-on", "unavailable").code == 6


def test_the_plan_asks_nothing(harvest, listed, loopback):
    """`--plan` says on standard output what would be asked, and asks and saves nothing."""
    loopback.reset()
    ran = harvest("manifest", listed, "--plan", *OPEN)
    assert ran.code == 0
    assert b"127.0.0.21:" in ran.out
    assert b"for 2 URLs" in ran.out
    assert not Path("list.manifest.json").exists()
    harvest("manifest", listed)
    assert b"for 2 URLs" in harvest("check", "list.manifest.json", "--plan", *OPEN).out
    assert loopback.log() == []


def test_ones_own_network_is_not_asked_unless_allowed(harvest, listed, loopback):
    """Without leave no address of one's own network is dialled, and the manifest says so."""
    loopback.reset()
    ran = harvest("manifest", listed, "--check", "--robots", "ignore")
    assert states("list.manifest.json") == ["unchecked", "unchecked"]
    assert "unchecked, blocked-by-policy" in ran.err
    assert "--allow-address" in ran.err
    assert loopback.log() == []


def test_a_budget_ends_it_in_part_and_it_goes_on(harvest, listed, tmp_path):
    """A check whose budget is used up exits 4 and keeps its journal; the same again goes on and takes it away."""
    harvest("manifest", listed)
    ran = harvest("check", "list.manifest.json", "-o", "new.manifest.json", *OPEN, "--max-requests", "1")
    assert ran.code == 4
    assert "not all was asked" in ran.err
    assert (tmp_path / ".new.manifest.json.journal").exists()
    assert harvest("check", "list.manifest.json", "-o", "new.manifest.json", *OPEN).code == 0
    assert states("new.manifest.json") == ["available", "unavailable"]
    assert not (tmp_path / ".new.manifest.json.journal").exists()


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["list.manifest.json"], 2, "--in-place"),
        (["list.manifest.json", "--in-place", "-o", "x.json"], 2, "--in-place"),
        (["-", "--in-place"], 2, "standard input"),
        (["list.manifest.json", "-o", "list.manifest.json"], 3, "one of the inputs"),
        (["list.json", "-o", "x.json"], 3, "is no manifest"),
        (["list.manifest.json", "-o", "x.json", "--rate", "0"], 2, "no rate"),
        (["list.manifest.json", "-o", "x.json", "--robots", "annoy"], 2, "none of obey"),
        (["list.manifest.json", "-o", "x.json", "--allow-address", "nowhere"], 2, "nowhere"),
    ],
)
def test_mistakes_are_said_before_anything_is_asked(harvest, listed, loopback, words, code, said):
    """What can't be done is said in a line, and no host is asked."""
    harvest("manifest", listed)
    loopback.reset()
    ran = harvest("check", *words)
    assert ran.code == code
    assert said in ran.err
    assert loopback.log() == []
