"""`harvest schema`: what a manifest looks like."""

from __future__ import annotations

from typing import Final

from harvester.cli.guard import guarded
from harvester.errors import Exit

EXAMPLES: Final = """\
\b
Examples:
  harvest schema > manifest.schema.json
"""


@guarded
def schema() -> Exit:
    """Print the JSON Schema of manifests."""
    from harvester.cli.terminal import give
    from harvester.manifest.schema import schema as made
    from harvester.manifest.serial import dumps

    give(dumps(made()).decode().rstrip())
    return Exit.DONE
