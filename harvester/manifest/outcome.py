"""What a manifest means for the exit code."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from harvester.errors import Exit
from harvester.model import Manifest, Problem

UNREADABLE: Final = frozenset({"unreadable", "remote-input", "own-manifest", "unsupported-container"})
"""Problems that say that an input could not be read at all."""


def exit_of(manifest: Manifest, fail_on: Collection[str] = ()) -> Exit:
    """Give the exit code: unreadable inputs count before damaged ones, these before what the user asked to fail on."""
    codes = [_exit_of_problem(problem) for problem in manifest.problems]
    if any(_holds(condition, manifest) for condition in fail_on):
        codes.append(Exit.CONDITION)
    return Exit.worst(*codes)


def _exit_of_problem(problem: Problem) -> Exit:
    if problem.code in UNREADABLE:
        return Exit.UNREADABLE
    return Exit.PARTIAL if problem.severity == "error" or is_damage(problem.code) else Exit.DONE


def is_damage(code: str) -> bool:
    """Tell codes that say that a part of the input was not read: it is cut, or it goes beyond a limit."""
    return code == "incomplete" or code.startswith(("truncated-", "too-"))


def _holds(condition: str, manifest: Manifest) -> bool:
    if condition == "nothing-found":
        return not manifest.items
    if condition == "problems":
        return any(problem.severity != "info" for problem in manifest.problems)
    states = {"unchecked" if item.availability is None else item.availability.state for item in manifest.items}
    return condition in states
