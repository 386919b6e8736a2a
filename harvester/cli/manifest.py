"""`harvest manifest`: the main job."""

from __future__ import annotations

import os
import sys
from typing import Annotated, Final

import typer

from harvester.cli.guard import guarded
from harvester.cli.options import Config, FailOn, Output, ProfileFolder, ProfileWords, words_of
from harvester.errors import Exit, UsageError

EXAMPLES: Final = """\
\b
Examples:
  harvest manifest article.txt
  harvest manifest saved-pages/ --base-url https://example.org/news/ -o news.json
  curl -s https://example.org/ | harvest manifest - -o - --format jsonl
"""


@guarded
def manifest(
    inputs: Annotated[
        list[str] | None,
        typer.Argument(metavar="INPUT", help="Files, folders, globs in quotes, - for standard input."),
    ] = None,
    output: Output = None,
    format_: Annotated[
        str | None, typer.Option("--format", metavar="json|jsonl", help="One document, or a line for each record.")
    ] = None,
    from_file: Annotated[
        str | None, typer.Option("--from-file", metavar="FILE", help="Read inputs from a list, one a line.")
    ] = None,
    base_url: Annotated[
        str | None, typer.Option("--base-url", metavar="URL", help="The documents' own URL, for relative paths.")
    ] = None,
    profile: ProfileWords = None,
    profiles: ProfileFolder = None,
    config: Config = None,
    min_confidence: Annotated[
        str | None,
        typer.Option(
            "--min-confidence",
            metavar="CONFIDENCE",
            help="Leave out locations below declared, observed, inferred or guessed.",
        ),
    ] = None,
    kind: Annotated[
        list[str] | None, typer.Option("--kind", metavar="KIND[,…]", help="Only video, audio, image, text, unknown.")
    ] = None,
    relation: Annotated[
        list[str] | None,
        typer.Option(
            "--relation",
            metavar="RELATION[,…]",
            help="Only main, related, advertising, interface, preview, unknown.",
        ),
    ] = None,
    guess: Annotated[
        bool | None, typer.Option("--guess/--no-guess", help="Also list locations that are guesses. [default: guess]")
    ] = None,
    fail_on: FailOn = None,
) -> Exit:
    """List the media that saved documents describe, and save the list as a manifest."""
    from harvester.api import Told, run, save
    from harvester.cli.report import report
    from harvester.cli.terminal import Progress
    from harvester.manifest.naming import default_output
    from harvester.manifest.outcome import exit_of
    from harvester.manifest.write import prepare
    from harvester.settings import load
    from harvester.sources.inputs import words_from

    options = {
        "format": format_,
        "base_url": base_url,
        "profile": profile,
        "profiles": profiles,
        "min_confidence": min_confidence,
        "kind": words_of(kind),
        "relation": words_of(relation),
        "guess": guess,
        "fail_on": words_of(fail_on),
    }
    settings = load(config=config, environment=os.environ, options=options)
    words = [*(inputs or []), *(words_from(from_file) if from_file else [])]
    if not words:
        raise UsageError("no input is named", "name files or folders, such as: harvest manifest article.txt")
    target = output or default_output(words, settings.format)
    prepare(target, keep=words)
    progress = Progress()
    made = run(words, settings, Told(arguments=sys.argv[1:], progress=progress))
    progress.clear()
    save(made, target, settings.format)
    report(made, target)
    return exit_of(made, settings.fail_on)
