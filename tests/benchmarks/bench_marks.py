"""What the search for signs takes, over a folder of saved pages, and which signs are hit for nothing.

python tests/benchmarks/bench_marks.py FOLDER
"""

from __future__ import annotations

import gzip
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from harvester.syntax.marks import find_marks, hits
from harvester.syntax.signs import SIGNS

_ROUNDS = 5


def fastest(pages: list[bytes], step: Callable[[bytes], object]) -> float:
    """Give the milliseconds of the fastest round over all pages."""
    best = float("inf")
    for _ in range(_ROUNDS):
        began = time.perf_counter()
        for page in pages:
            step(page)
        best = min(best, time.perf_counter() - began)
    return best * 1e3


def main() -> int:
    """Print the time of the bare search, of all of it, and the signs that are hit most."""
    if len(sys.argv) < 2:
        sys.stderr.write(__doc__ or "")
        return 2
    paths = sorted(Path(sys.argv[1]).rglob("*.htm*"))
    pages = [gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes() for path in paths]
    size = sum(map(len, pages)) / 1e6
    for name, step in (("search alone", hits), ("with what must follow", find_marks)):
        spent = fastest(pages, step)
        sys.stdout.write(f"{name:24} {spent:8.2f} ms  {size / spent:6.2f} GB/s\n")
    counts = Counter(index for page in pages for index, _ in hits(page)[0])
    for index, count in counts.most_common(20):
        sys.stdout.write(f"{SIGNS[index].text!r:24} {count / len(pages):8.1f} a page\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
