"""The options that several commands share, each said once. Their names are those of the settings."""

from __future__ import annotations

from typing import Annotated, TypeAlias

import typer

Output: TypeAlias = Annotated[
    str | None, typer.Option("--output", "-o", metavar="FILE", help="Where to save; - for standard output.")
]
Config: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--config", metavar="FILE", envvar="HARVEST_CONFIG", help="Settings, as config/defaults.toml has them."
    ),
]
ProfileWords: TypeAlias = Annotated[
    list[str] | None,
    typer.Option("--profile", metavar="NAME|FILE", help="Use this known profile and no other, or add a file's."),
]
ProfileFolder: TypeAlias = Annotated[
    str | None, typer.Option("--profiles", metavar="DIR", help="Add the profiles of a folder of yours.")
]
FailOn: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--fail-on",
        metavar="STATE[,…]",
        help="Exit 6 where an item has such a state, or on nothing-found or problems.",
    ),
]


def words_of(given: list[str] | None) -> list[str] | None:
    """Give the words of an option that can be repeated and that takes several joined by commas."""
    return [word.strip() for part in given for word in part.split(",") if word.strip()] if given else None
