"""`harvest check`: which of a manifest's locations are available."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from harvester.cli.guard import guarded
from harvester.cli.options import (
    AllLocations,
    AllowAddress,
    AllowPrivate,
    Archives,
    Config,
    Contact,
    FailOn,
    Form,
    MaxRequests,
    MaxRuntime,
    MaxWait,
    Output,
    Plan,
    ProfileFolder,
    ProfileWords,
    Proxy,
    Rate,
    Robots,
    UserAgent,
    settings_of,
)
from harvester.errors import Exit, UsageError

EXAMPLES: Final = """\
\b
Examples:
  harvest check article.manifest.json --in-place
  harvest check article.manifest.json -o checked.json --archives --contact you@example.org
  harvest check article.manifest.json --plan
"""


@guarded
def check(
    manifest: Annotated[str, typer.Argument(metavar="MANIFEST", help="What `harvest manifest` saved.")],
    output: Output = None,
    in_place: Annotated[bool, typer.Option("--in-place", help="Replace MANIFEST.")] = False,
    format_: Form = None,
    profile: ProfileWords = None,
    profiles: ProfileFolder = None,
    config: Config = None,
    fail_on: FailOn = None,
    rate: Rate = None,
    robots: Robots = None,
    archives: Archives = None,
    all_locations: AllLocations = None,
    allow_private: AllowPrivate = None,
    allow_address: AllowAddress = None,
    max_wait: MaxWait = None,
    max_runtime: MaxRuntime = None,
    max_requests: MaxRequests = None,
    user_agent: UserAgent = None,
    contact: Contact = None,
    proxy: Proxy = None,
    plan: Plan = False,
) -> Exit:
    """Ask which locations of a manifest are available, politely, and save what was seen with it.

    A check that was stopped goes on where it stopped when the same command is given again.
    """
    settings = settings_of(locals())
    from harvester.cli.checks import checked, give_plan
    from harvester.cli.report import report
    from harvester.manifest.outcome import exit_of
    from harvester.manifest.write import STDOUT, prepare
    from harvester.sources.manifests import read_manifest

    if (output is None) == (not in_place) and not plan:
        raise UsageError("where to save is not said, or said twice", "give either -o NEW or --in-place")
    if in_place and manifest == STDOUT:
        raise UsageError("standard input can't be replaced", "give -o NEW")
    target = manifest if output is None else output
    if not plan:
        prepare(target, keep=[] if in_place else [manifest])
    value, form = read_manifest(manifest)
    if plan:
        give_plan(value, settings)
        return Exit.DONE
    made, code = checked(value, settings, target, settings.format if format_ else form)
    report(made, target)
    return Exit.worst(exit_of(made, settings.fail_on), code)
