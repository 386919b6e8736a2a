"""The manifest as lines."""

from __future__ import annotations

import hashlib
import json

from harvester.manifest.jsonl import lines
from harvester.manifest.own import is_manifest


def test_lines_are_typed_and_in_order(made, problem):
    """Header, sources, items, Problems and end, each a JSON object that begins with its type."""
    written = list(lines(made(problems=[problem()])))
    kinds = [json.loads(line)["line"] for line in written]
    assert kinds == ["header", "source", "source", "item", "problem", "end"]
    assert all(line.startswith(b'{"line":"') and line.endswith(b"}\n") for line in written)


def test_the_end_proves_what_went_before(made):
    """The last line has the counts and the digest of all bytes before it."""
    *before, end = lines(made())
    last = json.loads(end)
    assert last["sha256"] == hashlib.sha256(b"".join(before)).hexdigest()
    assert last["totals"]["items"] == 1


def test_they_are_known_as_a_manifest(made):
    """A manifest of lines is told from documents by its beginning."""
    assert is_manifest(b"".join(lines(made()))[:512])
