"""The command line: parses, calls and prints."""

from __future__ import annotations


def main() -> None:
    """Run `harvest` with the process's own arguments."""
    from harvester.cli.app import app

    app(prog_name="harvest")
