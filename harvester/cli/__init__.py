"""The command line: parses, calls and prints."""

from __future__ import annotations

import gc
import io
import sys
from typing import Final

_OBJECTS_BETWEEN_COLLECTIONS: Final = 200_000


def main() -> None:
    """Run `harvest` with the process's own arguments."""
    # What a run makes stays until its end and has no cycles: looking for some every 700 objects takes a fifth of it.
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS, 20, 50)
    from harvester.cli.app import app
    from harvester.cli.guard import to_the_end

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # titles are of all scripts, terminals are not
    sys.exit(to_the_end(lambda: app(prog_name="harvest")))
