"""Every exception that harvester raises, in one tree, and the exit codes that they lead to.

    HarvestError
    ├── UsageError           what was asked contradicts itself
    │   └── SettingsError    an unknown or impossible setting
    ├── ProfileError         a site profile that can't be used
    ├── InputError           no readable input at all
    ├── OutputError          an output that can't be written
    └── MissingExtraError    a feature whose optional packages are not installed

Only what the user named raises. What a document holds never does: it becomes a `Problem`.
"""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """What the process says when it ends; the docstrings of the members are the documentation."""

    DONE = 0
    BUG = 1
    USAGE = 2
    UNREADABLE = 3
    PARTIAL = 4
    DEFERRED = 5
    CONDITION = 6
    INTERRUPTED = 130

    @property
    def meaning(self) -> str:
        """One line for the documentation."""
        return _MEANING[self]

    @classmethod
    def worst(cls, *codes: Exit) -> Exit:
        """The one that counts where several hold."""
        return min(codes, key=_PRECEDENCE.index, default=cls.DONE)


_MEANING = {
    Exit.DONE: "done",
    Exit.BUG: "a bug in harvest",
    Exit.USAGE: "the command or its settings can't be understood",
    Exit.UNREADABLE: "an input, profile or output can't be read or written",
    Exit.PARTIAL: "done in part: damaged input, a budget reached, stopped early; can be resumed",
    Exit.DEFERRED: "put off by a host's limits",
    Exit.CONDITION: "a --fail-on condition holds",
    Exit.INTERRUPTED: "interrupted",
}
_PRECEDENCE = [
    Exit.INTERRUPTED,
    Exit.BUG,
    Exit.USAGE,
    Exit.UNREADABLE,
    Exit.DEFERRED,
    Exit.PARTIAL,
    Exit.CONDITION,
    Exit.DONE,
]


class HarvestError(Exception):
    """Something that the user named can't be used.

    Attributes:
        hint: What to do about it, one line.
        exit: The exit code that it leads to.
    """

    exit = Exit.UNREADABLE

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint


class UsageError(HarvestError):
    """What was asked contradicts itself."""

    exit = Exit.USAGE


class SettingsError(UsageError):
    """An unknown or impossible setting."""


class ProfileError(HarvestError):
    """A site profile that can't be used."""


class InputError(HarvestError):
    """No readable input at all."""


class OutputError(HarvestError):
    """An output that can't be written."""


class MissingExtraError(UsageError):
    """A feature whose optional packages are not installed."""
