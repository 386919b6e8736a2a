"""The options that several commands share, each said once. Their names are those of the settings."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Final, TypeAlias

import typer

if TYPE_CHECKING:
    from harvester.settings import Settings

_JOINED: Final = frozenset({"allow_address", "fail_on", "kind", "relation"})

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

Form: TypeAlias = Annotated[
    str | None, typer.Option("--format", metavar="json|jsonl", help="One document, or a line for each record.")
]
Plan: TypeAlias = Annotated[
    bool, typer.Option("--plan", help="Say what would be asked, of whom and how long it takes, and ask nothing.")
]
Rate: TypeAlias = Annotated[
    str | None, typer.Option("--rate", metavar="RATE", help="Requests a second towards one host: 1, 0.2, 30/m.")
]
Robots: TypeAlias = Annotated[
    str | None, typer.Option("--robots", metavar="obey|record|ignore", help="What robots.txt is to be.")
]
Archives: TypeAlias = Annotated[
    bool | None,
    typer.Option("--archives/--no-archives", help="Ask web archives about what is not available."),
]
AllLocations: TypeAlias = Annotated[
    bool | None,
    typer.Option("--all-locations/--first-location", help="Ask all locations, not just until one is available."),
]
AllowPrivate: TypeAlias = Annotated[
    bool | None, typer.Option("--allow-private/--no-private", help="Dial addresses of your own network.")
]
AllowAddress: TypeAlias = Annotated[
    list[str] | None,
    typer.Option("--allow-address", metavar="CIDR[:PORT]", help="Dial this part of your own network."),
]
MaxWait: TypeAlias = Annotated[
    str | None, typer.Option("--max-wait", metavar="TIME", help="Waiting for one host that its own limits may cause.")
]
MaxRuntime: TypeAlias = Annotated[
    str | None, typer.Option("--max-runtime", metavar="TIME", help="Ask nothing more after: 90, 5m, 2h.")
]
MaxRequests: TypeAlias = Annotated[
    int | None, typer.Option("--max-requests", metavar="N", help="Ask nothing more after so many requests.")
]
UserAgent: TypeAlias = Annotated[
    str | None, typer.Option("--user-agent", metavar="TEXT", help="What hosts are told; product token first.")
]
Contact: TypeAlias = Annotated[
    str | None, typer.Option("--contact", metavar="TEXT", help="Your address or page, for a host's owner.")
]
Proxy: TypeAlias = Annotated[str | None, typer.Option("--proxy", metavar="URL", help="Ask through a proxy.")]
Inputs: TypeAlias = Annotated[
    list[str] | None,
    typer.Argument(metavar="INPUT", help="Files, folders, globs in quotes, - for standard input."),
]
FromFile: TypeAlias = Annotated[
    str | None, typer.Option("--from-file", metavar="FILE", help="Read inputs from a list, one a line.")
]
BaseUrl: TypeAlias = Annotated[
    str | None, typer.Option("--base-url", metavar="URL", help="The documents' own URL, for relative paths.")
]
MinConfidence: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--min-confidence",
        metavar="CONFIDENCE",
        help="Leave out locations below declared, observed, inferred or guessed.",
    ),
]
Kinds: TypeAlias = Annotated[
    list[str] | None, typer.Option("--kind", metavar="KIND[,…]", help="Only video, audio, image, text, unknown.")
]
Relations: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--relation",
        metavar="RELATION[,…]",
        help="Only main, related, advertising, interface, preview, unknown.",
    ),
]
Guess: TypeAlias = Annotated[
    bool | None, typer.Option("--guess/--no-guess", help="Also list locations that are guesses. [default: guess]")
]
Check: TypeAlias = Annotated[
    bool | None, typer.Option("--check/--no-check", help="Ask which locations are available. [default: no-check]")
]


def settings_of(given: Mapping[str, object]) -> Settings:
    """Put settings together from a command's arguments, of which those that bear a setting's name are settings.

    Raises:
        SettingsError: A value that one can't have.
    """
    from harvester.settings import load, names

    options = {name.rstrip("_"): value for name, value in given.items() if name.rstrip("_") in names()}
    options |= {name: _words(value) for name, value in options.items() if name in _JOINED and isinstance(value, list)}
    config = given.get("config")
    return load(config=str(config) if config else None, environment=os.environ, options=options)


def _words(given: list[str]) -> list[str] | None:
    """Give the words of an option that can be repeated and takes several joined by commas; None if there are none."""
    return [word.strip() for part in given for word in part.split(",") if word.strip()] or None
