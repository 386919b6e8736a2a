"""What the public API's types promise. mypy reads this file; nothing runs it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import assert_type

from harvester import (
    CheckPolicy,
    Extraction,
    Item,
    Limits,
    Location,
    Manifest,
    Observation,
    Problem,
    Sighting,
    Source,
    check,
    extract,
    harvest,
)

found = extract(b"", url="https://a.example/", media_type=None, captured_at=datetime(2020, 1, 1, tzinfo=UTC))
assert_type(found, Extraction)
assert_type(extract(b"", limits=Limits(depth=10)), Extraction)
assert_type(found[0], Item)
assert_type(found[1:], tuple[Item, ...])
assert_type(len(found), int)
assert_type(found.problems, tuple[Problem, ...])
assert_type(found.source, Source)
as_sequence: Sequence[Item] = found

manifest = harvest("a.txt")
assert_type(manifest, Manifest)
assert_type(harvest([Path("a.txt"), "b.txt"], base_url="https://a.example/", kind=["video"]), Manifest)
assert_type(manifest.items, tuple[Item, ...])
assert_type(manifest.items[0].locations, tuple[Location, ...])
assert_type(manifest.items[0].locations[0].url, str | None)
assert_type(manifest.items[0].sightings, tuple[Sighting, ...])
assert_type(manifest.items[0].published_at, datetime | None)

observations = check(found, CheckPolicy(rate_per_s=0.5))
assert_type(observations, AsyncIterator[Observation])

extract("text")  # type: ignore[arg-type]
extract(b"", "https://a.example/")  # type: ignore[call-arg]
