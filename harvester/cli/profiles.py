"""`harvest profiles`: what is known of sites and platforms."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Final

import typer

from harvester.cli.guard import guarded
from harvester.cli.options import BaseUrl, Config, ProfileFolder, settings_of
from harvester.cli.terminal import complain, give, say, table, width_of
from harvester.errors import Exit, ProfileError

if TYPE_CHECKING:
    from harvester.resolve.profiles.schema import ProfileFile

EXAMPLES: Final = """\
\b
Examples:
  harvest profiles list
  harvest profiles test
  harvest profiles test my-site.toml
  harvest profiles new --from page.html --name my-site > my-site.toml
"""

app = typer.Typer(
    rich_markup_mode=None, no_args_is_help=True, help="List, test and draft what is known of sites.", epilog=EXAMPLES
)
Words = Annotated[list[str] | None, typer.Argument(metavar="[NAME|FILE]…", help="Only these.")]


@app.command("list", epilog=EXAMPLES)
@guarded
def list_(words: Words = None, profiles: ProfileFolder = None, config: Config = None) -> Exit:
    """List the profiles: their names, what they are of, how many rules and examples they have."""
    from harvester.api import profiles_of

    known = profiles_of(settings_of({"profile": words, "profiles": profiles, "config": config}))
    rows = [
        [each.name, each.file.title, _counts(each.file), ", ".join(each.file.hosts)]
        for each in sorted(known, key=lambda each: each.name)
    ]
    for line in table(
        ["PROFILE", "OF", "IDS, LOCATIONS, PROBES, EXAMPLES", "HOSTS"], rows, width_of(sys.stdout), whole=1
    ):
        give(line)
    return Exit.DONE


def _counts(file: ProfileFile) -> str:
    return ", ".join(str(len(part)) for part in (file.id, file.location, file.probe, file.example))


@app.command("test", epilog=EXAMPLES)
@guarded
def run_examples_of(words: Words = None, profiles: ProfileFolder = None, config: Config = None) -> Exit:
    """Run the examples of profiles, which are their tests; exit 3 where one fails."""
    from harvester.api import profiles_of
    from harvester.resolve.profiles.examples import run_examples

    every = profiles_of(settings_of({"profiles": profiles, "config": config}))
    chosen = profiles_of(settings_of({"profile": words, "profiles": profiles, "config": config}))
    outcomes = [outcome for profile in chosen for outcome in run_examples(profile, every.plus(chosen))]
    failed = [outcome for outcome in outcomes if outcome.faults]
    for outcome in failed:
        for fault in outcome.faults:
            complain("error", f"{outcome.profile}, example {outcome.number} ({outcome.subject}): {fault}")
    say(f"{len(outcomes) - len(failed)} of {len(outcomes)} examples of {len(chosen)} profiles hold")
    if failed:
        raise ProfileError(f"{len(failed)} examples fail", "mend the rule or the example")
    return Exit.DONE


@app.command("new", epilog=EXAMPLES)
@guarded
def new(
    from_: Annotated[list[str], typer.Option("--from", metavar="DOCUMENT", help="A document of the site; repeatable.")],
    name: Annotated[str | None, typer.Option("--name", metavar="NAME", help="What to call it.")] = None,
    base_url: BaseUrl = None,
    profiles: ProfileFolder = None,
    config: Config = None,
) -> Exit:
    """Draft a profile from what documents of a site show, for you to finish."""
    from harvester.api import profiles_of, run
    from harvester.drafting import draft_profile

    settings = settings_of({"base_url": base_url, "profiles": profiles, "config": config})
    give(draft_profile(run(from_, settings), profiles_of(settings), name).rstrip())
    return Exit.DONE
