"""What each stage takes of the time of a bare parse, over a folder of saved pages.

    python tests/benchmarks/bench_extract.py FOLDER [ROUNDS]

Stages are timed within one run, by wrapping what the pipeline calls; the figures are of the fastest round. Needs
selectolax, whose parse is the yardstick.
"""

from __future__ import annotations

import gzip
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from harvester.containers.unpack import unpack
from harvester.pipeline import Options, document, extract_document, reader
from harvester.sources.profiles import SHIPPED

_STAGES = ("unpack", "scan", "locate", "decode", "recognise", "places", "resolve", "merge")


class Clock:
    """Adds up what stages take; time inside of an inner stage is not counted for the outer one."""

    def __init__(self) -> None:
        self.spent: Counter[str] = Counter()
        self._open: list[str] = ["rest"]
        self._last = time.perf_counter()

    def reset(self) -> None:
        """Forget all before."""
        self.spent.clear()
        self._last = time.perf_counter()

    def _switch(self) -> None:
        now = time.perf_counter()
        self.spent[self._open[-1]] += now - self._last
        self._last = now

    def timed(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Wrap a function, or one that gives an iterator, so that its time counts for a stage."""

        def call(*arguments: Any, **named: Any) -> Any:
            self._enter(stage)
            try:
                result = function(*arguments, **named)
            finally:
                self._leave()
            return self._stepped(stage, result) if isinstance(result, Iterator) else result

        return call

    def _stepped(self, stage: str, steps: Iterable[Any]) -> Iterator[Any]:
        iterator = iter(steps)
        while True:
            self._enter(stage)
            try:
                step = next(iterator, self)
            finally:
                self._leave()
            if step is self:
                return
            yield step

    def _enter(self, stage: str) -> None:
        self._switch()
        self._open.append(stage)

    def _leave(self) -> None:
        self._switch()
        self._open.pop()


def read(path: Path) -> bytes:
    """Give a page's bytes."""
    data = path.read_bytes()
    return gzip.decompress(data) if path.suffix == ".gz" else data


def watch(clock: Clock) -> None:
    """Put the clock round every stage of the pipeline."""
    whole: Any = document
    inner: Any = reader
    whole.Scan = clock.timed("scan", whole.Scan)
    inner.LOCATORS = tuple(clock.timed("locate", locate) for locate in inner.LOCATORS)
    inner.DECODERS = {form: clock.timed("decode", decode) for form, decode in inner.DECODERS.items()}
    inner.recognise = clock.timed("recognise", inner.recognise)
    inner.spans_of = clock.timed("places", inner.spans_of)
    whole.conclude = clock.timed("resolve", whole.conclude)
    whole.merge = clock.timed("merge", whole.merge)


def main() -> int:
    """Print each stage's share of a bare parse."""
    if len(sys.argv) < 2:
        sys.stderr.write(__doc__ or "")
        return 2
    pages = [read(path) for path in sorted(Path(sys.argv[1]).rglob("*.htm*")) if path.is_file()]
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    clock = Clock()
    watch(clock)
    options = Options(profiles=SHIPPED, base_url="https://example.invalid/a/b.html")
    parses: list[float] = []
    best: Counter[str] = Counter()
    for _ in range(rounds + 1):  # the first one loads and compiles
        began = time.perf_counter()
        for page in pages:
            LexborHTMLParser(page)
        parses.append(time.perf_counter() - began)
        clock.reset()
        unpacked = clock.timed("unpack", unpack)
        for page in pages:
            extract_document(unpacked(page, uri="page")[0], options)
        if not best or clock.spent.total() < best.total():
            best = Counter(clock.spent)
    parse = min(parses)
    size = sum(map(len, pages))
    sys.stdout.write(f"{len(pages)} pages, {size / 1e6:.1f} MB; a bare parse takes {parse * 1e3:.0f} ms\n")
    for stage in (*_STAGES, "rest"):
        sys.stdout.write(f"{stage:10} {best[stage] * 1e3:8.1f} ms  {best[stage] / parse:6.2f}\n")
    sys.stdout.write(f"{'all':10} {best.total() * 1e3:8.1f} ms  {best.total() / parse:6.2f}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
