"""The manifest as lines."""

from __future__ import annotations

import hashlib
import json

import pytest

from harvester.errors import InputError
from harvester.manifest.jsonl import lines
from harvester.manifest.own import is_manifest
from harvester.manifest.read import loads


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


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda written: written[:-1], "its last line is missing"),
        (lambda written: [*written[:-1], written[-1][:20]], "a line breaks off"),
        (lambda written: [*written[:2], *written[3:]], "it was changed"),
        (lambda written: [written[0], *reversed(written[1:-1]), written[-1]], "it was changed"),
        (lambda written: [line.replace(b"A title", b"A battle") for line in written], "it was changed"),
        (lambda written: [*written, written[1]], "stand behind its last one"),
    ],
)
def test_what_is_not_what_was_written_is_refused(made, change, said):
    """A line that is cut, lost, moved, changed or added shows when the lines are read."""
    written = list(lines(made()))
    changed = b"".join(change(written))
    assert changed != b"".join(written)
    with pytest.raises(InputError, match=said):
        loads(changed, "m.jsonl")
