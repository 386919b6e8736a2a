"""Checks a manifest in child processes that are killed: `python crashing.py MANIFEST JOURNAL RATE`.

Each line of standard input is a number of seconds after which a new child is killed; one line answers each: `killed`,
or `done`, when the checked manifest stands beside the given one with `.done` at its end.
"""

import json
import os
import signal
import sys
import time
from pathlib import Path

from harvester.checks.client.entry import run_check
from harvester.checks.client.options import CheckPolicy


def child(manifest: Path, journal: Path, rate_per_s: float) -> None:
    """Check it all."""
    whole = json.loads(manifest.read_bytes())
    policy = CheckPolicy(rate_per_s=rate_per_s, allow_addresses=("127.0.0.0/8",))
    run_check(whole, policy, journal=journal)
    done = manifest.with_suffix(".done")
    done.with_suffix(".part").write_text(json.dumps(whole))
    done.with_suffix(".part").replace(done)


def main() -> None:
    """Fork, wait, kill."""
    manifest, journal, rate_per_s = Path(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3])
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            child(manifest, journal, rate_per_s)
            os._exit(0)
        until = time.monotonic() + float(line)
        ended = 0
        while not ended and time.monotonic() < until:
            time.sleep(0.002)
            ended, _ = os.waitpid(pid, os.WNOHANG)
        if not ended:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
        sys.stdout.write("done\n" if ended else "killed\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
