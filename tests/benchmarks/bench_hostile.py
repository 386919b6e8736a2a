"""How long hostile pages take, measured against a bare parse of the same bytes.

    python tests/benchmarks/bench_hostile.py [SIZE_MB] [WRAPPING | TRAP | WRAPPING/TRAP]…

A page passes where it takes at most five times a parse, or stops at a budget and says so. What is JSON all through is
parsed as that: to an HTML parser it is one text without a tag. Needs selectolax.
"""

from __future__ import annotations

import sys
import time
from contextlib import suppress
from pathlib import Path

import orjson
from selectolax.lexbor import LexborHTMLParser

from harvester import extract

sys.path.insert(0, str(Path(__file__).parent))
from hostile import pages

_MOST = 5.0
_STOPS = ("too-many-", "too-tangled", "too-large", "too-deep")


def main() -> int:
    """Print each page's figures, worst ones marked; the exit code tells whether all passed."""
    size = int(float(sys.argv[1]) * 1_000_000) if len(sys.argv) > 1 else 20_000_000
    wanted = set(sys.argv[2:])
    failed = 0
    for wrapping, trap, make in pages(size):
        if wanted and not wanted & {wrapping, trap, f"{wrapping}/{trap}"}:
            continue
        data = make()
        began = time.perf_counter()
        _parse(data)
        parsed = time.perf_counter()
        extraction = extract(data)
        ended = time.perf_counter()
        ratio = (ended - parsed) / (parsed - began)
        stops = sorted({one.code for one in extraction.problems if one.code.startswith(_STOPS)})
        passed = ratio <= _MOST or bool(stops)
        failed += not passed
        sys.stdout.write(
            f"{'' if passed else 'SLOW':4} {wrapping + '/' + trap:36} parse {(parsed - began) * 1e3:8.1f} ms"
            f"  harvest {(ended - parsed) * 1e3:9.1f} ms  {ratio:8.1f}x  items {len(extraction):6}  {' '.join(stops)}\n"
        )
    sys.stdout.write(f"{failed} too slow\n")
    return int(failed > 0)


def _parse(data: bytes) -> None:
    if data[:1] in (b"{", b"["):
        with suppress(orjson.JSONDecodeError):
            orjson.loads(data)
            return
    LexborHTMLParser(data)


if __name__ == "__main__":
    sys.exit(main())
