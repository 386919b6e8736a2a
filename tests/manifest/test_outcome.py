"""Exit codes of manifests."""

from __future__ import annotations

import pytest

from harvester.errors import Exit
from harvester.manifest.outcome import exit_of


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"severity": "info"}, Exit.DONE),
        ({"severity": "warning"}, Exit.DONE),
        ({"severity": "error"}, Exit.PARTIAL),
        ({"code": "incomplete"}, Exit.PARTIAL),
        ({"code": "truncated-json"}, Exit.PARTIAL),
        ({"code": "too-many-findings"}, Exit.PARTIAL),
        ({"code": "unreadable", "severity": "error"}, Exit.UNREADABLE),
        ({"code": "unsupported-container", "severity": "error"}, Exit.UNREADABLE),
    ],
)
def test_problems_lead_to_codes(made, problem, changes, expected):
    """What is unreadable exits 3, what is damaged 4, and what is only odd 0."""
    assert exit_of(made(problems=[problem(**changes)])) is expected


def test_the_worst_counts(made, problem):
    """Unreadable counts before damaged, and this before a condition."""
    damaged, unreadable = problem(severity="error"), problem(code="unreadable", severity="error")
    assert exit_of(made(problems=[damaged, unreadable]), ["problems"]) is Exit.UNREADABLE
    assert exit_of(made(problems=[damaged]), ["problems"]) is Exit.PARTIAL


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("unavailable", Exit.CONDITION),
        ("available", Exit.DONE),
        ("nothing-found", Exit.DONE),
        ("problems", Exit.DONE),
    ],
)
def test_states_are_conditions(made, condition, expected):
    """A state that an item has is a condition that holds."""
    assert exit_of(made(availability="unavailable"), [condition]) is expected


def test_nothing_found_and_problems_are_conditions(made, problem):
    """An empty manifest and one with warnings can be asked to fail; notes are no problems."""
    assert exit_of(made([]), ["nothing-found"]) is Exit.CONDITION
    assert exit_of(made(problems=[problem()]), ["problems"]) is Exit.CONDITION
    assert exit_of(made(problems=[problem(severity="info")]), ["problems"]) is Exit.DONE
