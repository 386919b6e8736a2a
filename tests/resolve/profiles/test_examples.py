"""The examples in the shipped profiles are their tests; here they are run."""

from __future__ import annotations

import pytest

from harvester.resolve.profiles.examples import run_examples
from harvester.resolve.profiles.validate import parse, validate
from harvester.sources.profiles import SHIPPED

NAMES = sorted(profile.name for profile in SHIPPED)


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_profile_holds_what_it_promises(name):
    """Patterns, templates and citations of a shipped profile can all be used."""
    validate(SHIPPED[name])


@pytest.mark.parametrize("name", NAMES)
def test_the_examples_of_a_shipped_profile_hold(name):
    """Each example of a shipped profile gives its ids and locations, among all other profiles."""
    outcomes = run_examples(SHIPPED[name], SHIPPED)
    assert outcomes
    assert [outcome for outcome in outcomes if outcome.faults] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_profile_says_where_its_knowledge_comes_from(name):
    """Every location, probe, archive and pace names a source, and every profile says what its ids look like."""
    file = SHIPPED[name].file
    assert file.about.strip()
    assert all(rule.source for table in (file.location, file.probe, file.archive, file.soft_404) for rule in table)


def test_there_are_more_platforms_than_anyone_asks_for():
    """At least ten platforms are known beside the project's first site."""
    assert len(NAMES) > 40


def test_a_failing_example_says_what_came_instead():
    """An example that does not hold names both what came and what was expected."""
    text = """
name = "demo"
title = "Demo"
hosts = ["video.example"]
[[id]]
scheme = "demo"
path = '/v/(?P<id>\\d+)'
[[location]]
role = "page"
template = "https://video.example/v/{id}"
source = "made up"
[[example]]
url = "https://video.example/v/12"
ids = ["demo:13"]
locations = ["https://video.example/v/13"]
[[example]]
url = "https://video.example/other"
ids = ["demo:1"]
[[example]]
url = "https://video.example/v/12"
none = true
[[example]]
url = "https://video.example/v/12"
ids = ["demo:12"]
refused = true
"""
    demo = parse(text, "demo")
    ids_and_places, unclaimed, claimed, unrefused = run_examples(demo, SHIPPED.plus([demo]))
    assert ids_and_places.faults == (
        "ids demo:12; expected demo:13",
        "locations https://video.example/v/12; expected https://video.example/v/13",
    )
    assert unclaimed.faults == ("claimed by nothing",)
    assert claimed.faults == ("claimed by demo#id",)
    assert unrefused.faults == ("no path is refused",)
