"""How long `harvest` takes to start, in units of an empty Python program: `python tests/benchmarks/startup.py`."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROUNDS = 10
ROOT = Path(__file__).parent.parent.parent
ARTICLE = ROOT / "tests" / "examples" / "article.txt"
BOUNDS = {"--help": 15, "manifest": 30}


def seconds(words: list[str], folder: str) -> float:
    """Time one run of a program."""
    begun = time.perf_counter()
    subprocess.run([sys.executable, *words], check=True, capture_output=True, cwd=folder)
    return time.perf_counter() - begun


def main() -> None:
    """Print medians, and fail where one is beyond its bound."""
    programs = {
        "pass": ["-c", "pass"],
        "--help": ["-m", "harvester", "--help"],
        "manifest": ["-m", "harvester", "manifest", str(ARTICLE)],
    }
    times: dict[str, list[float]] = {name: [] for name in programs}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(ROUNDS):
            for name, words in programs.items():
                times[name].append(seconds(words, folder))
    empty = statistics.median(times["pass"])
    sys.stdout.write(f"python -c pass: {empty * 1000:.1f} ms, median of {ROUNDS}\n")
    beyond = []
    for name, bound in BOUNDS.items():
        times_empty = statistics.median(times[name]) / empty
        sys.stdout.write(f"harvest {name}: {times_empty:.1f} times that; bound {bound}\n")
        beyond += [name] if times_empty > bound else []
    sys.exit(f"too slow: {', '.join(beyond)}" if beyond else 0)


if __name__ == "__main__":
    main()
