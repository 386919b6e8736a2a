"""The command line: parses, calls and prints."""

from __future__ import annotations

import io
import sys


def main() -> None:
    """Run `harvest` with the process's own arguments."""
    from harvester.cli.app import app

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # titles are of all scripts, terminals are not
    app(prog_name="harvest")
