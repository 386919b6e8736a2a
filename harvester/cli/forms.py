"""`harvest forms`: the ways in which data is embedded that it can read."""

from __future__ import annotations

import sys
from typing import Annotated, Final

import typer

from harvester.cli.guard import guarded
from harvester.errors import Exit

EXAMPLES: Final = """\
\b
Examples:
  harvest forms
  harvest forms --json
"""


@guarded
def forms(as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False) -> Exit:
    """List the forms of embedded data that are read."""
    from harvester.cli.terminal import give, table, width_of
    from harvester.locate.forms import FORMS
    from harvester.manifest.serial import dumps

    if as_json:
        give(dumps(list(FORMS)).decode().rstrip())
    else:
        rows = [[form.name, form.title, form.example] for form in FORMS]
        for line in table(["FORM", "WHAT IT IS", "EXAMPLE"], rows, width_of(sys.stdout), whole=1):
            give(line)
    return Exit.DONE
