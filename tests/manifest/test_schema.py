"""The JSON Schema of manifests."""

from __future__ import annotations

import copy
import json

import jsonschema
import pytest

from harvester.manifest.schema import schema
from harvester.manifest.serial import dumps


@pytest.fixture
def validator():
    """Checks values against the schema, formats of times included."""
    return jsonschema.Draft202012Validator(schema(), format_checker=jsonschema.FormatChecker())


def test_the_schema_is_one(validator):
    """It is valid JSON Schema, and JSON."""
    jsonschema.Draft202012Validator.check_schema(schema())
    json.dumps(schema())


def test_what_is_written_fits(validator, made, problem):
    """A manifest with everything in it fits."""
    validator.validate(json.loads(dumps(made(problems=[problem(spans=((1, 2),))], availability="available"))))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("manifest",), 2),
        (("items", 0, "kind"), "film"),
        (("items", 0, "published_at"), "2020-01-01"),
        (("items", 0, "locations", 0, "confidence"), "sure"),
        (("items", 0, "locations", 0, "width"), None),
        (("items", 0, "sightings", 0, "spans"), [[1]]),
        (("totals",), None),
    ],
)
def test_what_is_wrong_does_not_fit(validator, made, path, value):
    """Wrong words, times, spans and nulls where facts are left out don't fit."""
    wrong = json.loads(dumps(made()))
    place = wrong
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    assert not validator.is_valid(wrong)


def test_all_keys_but_optional_facts_are_required(validator, made):
    """A missing key doesn't fit, unless it is an optional fact of a location."""
    whole = json.loads(dumps(made()))
    for key in whole["items"][0]:
        cut = copy.deepcopy(whole)
        del cut["items"][0][key]
        assert not validator.is_valid(cut), key
    assert "width" not in schema()["$defs"]["Location"]["required"]
    assert "url" in schema()["$defs"]["Location"]["required"]


def test_later_keys_fit(validator, made):
    """A key that this version doesn't know is no mistake."""
    grown = json.loads(dumps(made()))
    grown["items"][0]["mood"] = "good"
    validator.validate(grown)


def test_descriptions_come_from_the_model():
    """What the model says of its fields stands in the schema."""
    definitions = schema()["$defs"]
    assert definitions["Sighting"]["description"].startswith("A finding")
    assert "first span" in definitions["Sighting"]["properties"]["quote"]["description"]
