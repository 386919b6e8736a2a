"""The manifest as JSON Lines: typed lines that can be read while they are written."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from harvester.manifest.serial import dumps
from harvester.model import Manifest


def lines(manifest: Manifest) -> Iterator[bytes]:
    """Give the lines: header, sources, items, observations, Problems, end.

    The last one carries the counts and a SHA-256 of all bytes before it, so that a torn file shows.
    """
    digest = hashlib.sha256()
    for line in _body(manifest):
        digest.update(line)
        yield line
    yield dumps({"line": "end", "totals": manifest.totals, "sha256": digest.hexdigest()}, indent=False)


def _body(manifest: Manifest) -> Iterator[bytes]:
    header = {"manifest": manifest.manifest, "generator": manifest.generator, "run": manifest.run}
    yield dumps({"line": "header", **header}, indent=False)
    parts: tuple[tuple[str, tuple[object, ...]], ...] = (
        ("source", manifest.sources),
        ("item", manifest.items),
        ("observation", manifest.observations),
        ("problem", manifest.problems),
    )
    for name, records in parts:
        for record in records:
            # The type stands first, so that a reader can tell lines apart by their beginning.
            yield b'{"line":"' + name.encode() + b'",' + dumps(record, indent=False)[1:]
