"""All commands in one place."""

from __future__ import annotations

import sys
from typing import Annotated, Final

import typer

from harvester import __version__
from harvester.cli import check, explain, forms, manifest, profiles, schema
from harvester.errors import Exit

_CODES: Final = "\n".join(f"  {code.value:>3}  {code.meaning}" for code in Exit)

app = typer.Typer(
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=f"""\
\b
Examples:
  harvest manifest article.txt
  harvest manifest saved-pages/ --base-url https://example.org/
  harvest explain article.manifest.json KEY

\b
Exit codes:
{_CODES}
""",
)


def _version(*, wanted: bool) -> None:
    if wanted:
        sys.stdout.write(f"harvest {__version__}\n")
        raise typer.Exit


@app.callback()
def harvest(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=lambda wanted: _version(wanted=wanted), is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    """List the media that saved documents describe, with full URLs, as a manifest."""


app.command(epilog=manifest.EXAMPLES, short_help="Save a manifest of the media in documents.")(manifest.manifest)
app.command(epilog=check.EXAMPLES, short_help="Ask which locations are available.")(check.check)
app.command(epilog=explain.EXAMPLES, short_help="Show how an item came to be.")(explain.explain)
app.add_typer(profiles.app, name="profiles")
app.command(epilog=forms.EXAMPLES)(forms.forms)
app.command(epilog=schema.EXAMPLES)(schema.schema)
