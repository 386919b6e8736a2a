"""A check that is killed again and again comes to the same end, and asks nothing twice but what was in flight."""

import json
import random
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parent / "crashing.py"
HOSTS = [f"127.0.0.{number}" for number in range(51, 59)]
RATE_PER_S = 25.0
KILLS = 20


def manifest(loopback):
    urls = []
    for number in range(320):
        host = HOSTS[number % len(HOSTS)]
        name = f"/shelf/{'gone' if number % 3 == 0 else 'ok'}-{number}.mp4"
        if number % 10 == 9:
            name = f"/redirect/host.mp4?to={HOSTS[number % 7]}&path={name}"
        urls.append(loopback.url(name, host=host))
    location = {"role": "media", "confidence": "declared", "observations": []}
    items = [{"key": url, "kind": "video", "locations": [{"url": url, **location}]} for url in urls]
    return {"manifest": 1, "sources": [], "items": items, "observations": [], "problems": [], "totals": {}}


class _Crashing:
    """The script, with its files."""

    def __init__(self, folder, whole):
        self.path = folder / "m.json"
        self.journal = folder / "journal"
        self.path.write_text(json.dumps(whole))
        command = [sys.executable, str(SCRIPT), str(self.path), str(self.journal), str(RATE_PER_S)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def run(self, seconds):
        """Whether the check came to its end before it was killed."""
        self.process.stdin.write(f"{seconds}\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip() == "done"

    def seen(self):
        """URLs that the journal has observations of."""
        if not self.journal.exists():
            return set()
        db = sqlite3.connect(self.journal)
        try:
            return {url for (url,) in db.execute("SELECT url FROM observations")}
        except sqlite3.OperationalError:  # killed before the tables were made
            return set()
        finally:
            db.close()

    def result(self):
        """What was concluded of each URL, without times."""
        whole = json.loads(self.path.with_suffix(".done").read_text())
        return {
            record["url"]: (record["state"], record["reason"], record["transient"], record["basis"], record["facts"])
            for record in whole["observations"]
        }

    def end(self):
        self.process.stdin.close()
        self.process.wait(20)
        self.process.stdout.close()


@pytest.fixture
def crashing(loopback, tmp_path_factory):
    started = []

    def start(name):
        started.append(_Crashing(tmp_path_factory.mktemp(name), manifest(loopback)))
        return started[-1]

    yield start
    for each in started:
        each.end()


@pytest.mark.slow
def test_killing_changes_nothing_but_what_was_in_flight(crashing, loopback):
    """After twenty kills at random moments all ends as in an undisturbed run, and nothing seen is asked again."""
    undisturbed = crashing("undisturbed")
    assert undisturbed.run(60)

    chance = random.Random(20)
    killed = crashing("killed")
    kills, done, asked_before = 0, False, set()
    while not done:
        seen = killed.seen()
        loopback.reset()
        done = killed.run(chance.uniform(0.05, 0.2) if kills < KILLS else 60)
        asked = {loopback.url(entry.target, host=entry.local) for entry in loopback.log()}
        assert not asked & seen, "what the journal has was asked again"
        assert len(asked & asked_before) <= 2 * len(HOSTS), "more was asked again than was in flight"
        asked_before |= asked
        kills += not done
    assert kills == KILLS
    assert killed.result() == undisturbed.result()
