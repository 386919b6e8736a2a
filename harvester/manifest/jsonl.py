"""The manifest as JSON Lines: typed lines that can be read while they are written."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any, Final

from harvester.manifest.serial import dumps
from harvester.manifest.shape import keys
from harvester.model import Manifest

_LINES: Final = {"sources": "source", "items": "item", "observations": "observation", "problems": "problem"}


def lines(manifest: Manifest | Mapping[str, Any]) -> Iterator[bytes]:
    """Give the lines: header, sources, items, observations, Problems, end.

    Keys of the JSON that this version doesn't know go with the header. The last line carries the counts and a SHA-256
    of all bytes before it, so that a torn file shows.
    """
    if isinstance(manifest, Manifest):
        whole: Mapping[str, Any] = {name: getattr(manifest, name) for name in keys(Manifest)}
    else:
        whole = manifest
    digest = hashlib.sha256()
    for line in _body(whole):
        digest.update(line)
        yield line
    yield dumps({"line": "end", "totals": whole["totals"], "sha256": digest.hexdigest()}, indent=False)


def _body(whole: Mapping[str, Any]) -> Iterator[bytes]:
    header = {key: part for key, part in whole.items() if key not in _LINES and key != "totals"}
    yield dumps({"line": "header", **header}, indent=False)
    for plural, name in _LINES.items():
        for record in whole[plural]:
            # The type stands first, so that a reader can tell lines apart by their beginning.
            yield b'{"line":"' + name.encode() + b'",' + dumps(record, indent=False)[1:]
