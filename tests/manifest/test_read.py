"""Manifests read back."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.errors import InputError
from harvester.manifest.jsonl import lines
from harvester.manifest.read import load, loads
from harvester.manifest.serial import dumps


def test_what_was_written_is_read_the_same(made, problem):
    """A manifest goes through its file unchanged, in both formats."""
    manifest = made(problems=[problem(spans=((1, 2), (3, 4)))], availability="available")
    assert load(dumps(manifest), "m") == manifest
    assert load(b"".join(lines(manifest)), "m") == manifest


def test_unknown_keys_and_words_do_not_disturb(made):
    """A later version's keys are passed over, its words kept."""
    value = json.loads(dumps(made()))
    value["new"] = 1
    value["items"][0] |= {"mood": "good", "kind": "hologram"}
    value["items"][0]["locations"][0]["smell"] = "none"
    (item,) = load(json.dumps(value).encode(), "m").items
    assert item.kind == "hologram"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "no manifest"),
        (b"[1]", "no manifest"),
        (b'{"a": 1}', "no manifest"),
        (b"\xff\xfe", "no manifest"),
        (b"[" * 100_000, "no manifest"),
        (b'{"manifest": 2}', "version 2"),
        (b'{"manifest": 1}', "no whole manifest"),
        (b'{"manifest": 1, "generator": 7}', "no whole manifest"),
        (b'{"manifest": 1, "generator": {}}', "no whole manifest"),
        (b'{"line":"header","manifest":1}\n', "torn"),
        (b'{"line":"header","manifest":1}\n{"x":1}\n', "no manifest"),
        (b'{"line":"header","manifest":1}\n7\n', "no manifest"),
    ],
)
def test_what_is_no_manifest_is_said(data, message):
    """A file that is none is an error with its name and a hint."""
    with pytest.raises(InputError, match=message) as caught:
        load(data, "name")
    assert "name" in str(caught.value)
    assert caught.value.hint


@given(st.binary(max_size=300))
def test_reading_raises_one_error_only(data):
    """Any bytes are a manifest or an error that says that they are none."""
    with pytest.raises(InputError):
        loads(data, "name")
