"""What each pass of the search for signs takes, over a folder of saved pages.

    python tests/benchmarks/bench_marks.py FOLDER [SECONDS]

Given some seconds, it looks for a better arrangement of the signs by swapping at random, and prints what it found in
the form of `harvester.syntax.signs.PASSES`. The order within a pass counts as well: the search sorts texts into
buckets by it.
"""

from __future__ import annotations

import gzip
import random
import sys
import time
from pathlib import Path

import ahocorasick_rs

from harvester.syntax.marks import find_marks
from harvester.syntax.signs import PASSES, SIGNS

_MOST = 64
_FRAGMENTS = {sign.text: sign.fragment for sign in SIGNS}


def took(texts: list[bytes], pages: list[bytes], rounds: int = 3) -> float:
    """Give the milliseconds of the fastest round of one pass over all pages."""
    fragments = [_FRAGMENTS[text] for text in texts]
    searcher = ahocorasick_rs.BytesAhoCorasick(fragments, matchkind=ahocorasick_rs.MatchKind.LeftmostFirst)
    best = float("inf")
    for _ in range(rounds):
        began = time.perf_counter()
        for page in pages:
            searcher.find_matches_as_indexes(page)
        best = min(best, time.perf_counter() - began)
    return best * 1e3


def improve(groups: list[list[bytes]], pages: list[bytes], seconds: float) -> list[list[bytes]]:
    """Move and swap texts between passes while that is faster."""
    costs = [took(group, pages, 5) for group in groups]
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        first, second = random.sample(range(len(groups)), 2)
        one, other = groups[first].copy(), groups[second].copy()
        index = random.randrange(len(one))
        if random.random() < 0.5 and len(other) < _MOST:
            other.insert(random.randrange(len(other) + 1), one.pop(index))
        else:
            place = random.randrange(len(other))
            one[index], other[place] = other[place], one[index]
        for rounds in (3, 7):
            after = took(one, pages, rounds), took(other, pages, rounds)
            if sum(after) >= costs[first] + costs[second]:
                break
        else:
            groups[first], groups[second] = one, other
            costs[first], costs[second] = after
    return groups


def main() -> int:
    """Print each pass's time; with seconds given, a better arrangement."""
    if len(sys.argv) < 2:
        sys.stderr.write(__doc__ or "")
        return 2
    read = {".gz": gzip.decompress}
    paths = [path for path in sorted(Path(sys.argv[1]).rglob("*.htm*")) if path.is_file()]
    pages = [read.get(path.suffix, bytes)(path.read_bytes()) for path in paths]
    size = sum(map(len, pages))
    groups = [list(texts) for texts in PASSES]
    if len(sys.argv) > 2:
        random.seed(1)
        groups = improve(groups, random.sample(pages, min(30, len(pages))), float(sys.argv[2]))
        for group in groups:
            sys.stdout.write(f"{group}\n")
    for group in groups:
        spent = took(group, pages, 7)
        sys.stdout.write(f"{len(group):3} texts {spent:7.1f} ms {size / spent / 1e6:6.2f} GB/s\n")
    began = time.perf_counter()
    for page in pages:
        find_marks(page)
    sys.stdout.write(f"find_marks {(time.perf_counter() - began) * 1e3:7.1f} ms\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
