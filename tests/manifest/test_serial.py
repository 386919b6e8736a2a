"""The model's types as JSON."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.manifest.serial import dumps, plain, utc_text

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(exclude_categories=())),
    lambda parts: st.lists(parts) | st.dictionaries(st.text(st.characters(exclude_categories=())), parts),
)


@given(values)
def test_any_value_becomes_valid_json(value):
    """Whatever fields hold, the output is valid UTF-8 and strict JSON."""

    def refuse(word):
        raise AssertionError(word)

    json.loads(dumps(value).decode(), parse_constant=refuse)


@given(values)
def test_both_ways_of_writing_agree(value):
    """The fast way and the safe way give the same text where the fast one can write at all."""
    assert json.loads(dumps(value)) == json.loads(dumps(plain(value)))


def test_keys_stand_in_the_order_of_the_model(made):
    """The file's keys are in the model's order."""
    manifest = json.loads(dumps(made()))
    assert list(manifest) == [
        "manifest",
        "generator",
        "run",
        "sources",
        "items",
        "observations",
        "problems",
        "totals",
    ]
    assert list(manifest["items"][0])[:5] == ["key", "aliases", "id", "ids", "kind"]


def test_only_optional_facts_of_locations_are_left_out(made):
    """What is unknown is null everywhere but in a location, where its optional facts are absent."""
    (item,) = json.loads(dumps(made()))["items"]
    page, media = item["locations"]
    assert item["description"] is None
    assert list(page) == ["raw", "url", "role", "delivery", "basis", "confidence", "observations"]
    assert media["url"] is None
    assert media["expires_at"] == "2020-01-02T03:04:05Z"
    assert media["basis"]["pointer"] is None


@pytest.mark.parametrize(
    ("at", "text"),
    [
        (datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC), "2020-01-02T03:04:05Z"),
        (datetime(2020, 1, 2, 3, 4, 5, 600, tzinfo=UTC), "2020-01-02T03:04:05.000600Z"),
        (datetime(2020, 1, 2, 3, 4, tzinfo=timezone(timedelta(hours=3, minutes=30))), "2020-01-01T23:34:00Z"),
    ],
)
def test_times_are_written_in_utc(at, text):
    """Every time is in UTC and ends in Z."""
    assert utc_text(at) == text


def test_the_two_layouts(made):
    """A document is indented, a line is compact, and both end in a line break."""
    assert dumps({"a": [1]}) == b'{\n  "a": [\n    1\n  ]\n}\n'
    assert dumps({"a": [1]}, indent=False) == b'{"a":[1]}\n'
    assert dumps({"a": 1 << 70, "b": []}, indent=False) == b'{"a":1180591620717411303424,"b":[]}\n'
    assert dumps({"a": "\ud800"}) == '{\n  "a": "\ufffd"\n}\n'.encode()


def test_what_is_no_part_of_a_manifest_is_refused():
    """A value of another type is a mistake of the program."""
    with pytest.raises(TypeError, match="no part"):
        dumps({"a": object()})
