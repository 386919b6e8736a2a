"""`harvest manifest`: the main job."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from harvester.cli.guard import guarded
from harvester.cli.options import (
    AllLocations,
    AllowAddress,
    AllowPrivate,
    Archives,
    BaseUrl,
    Check,
    Config,
    Contact,
    FailOn,
    Form,
    FromFile,
    Guess,
    Inputs,
    Kinds,
    MaxRequests,
    MaxRuntime,
    MaxWait,
    MinConfidence,
    Output,
    Plan,
    ProfileFolder,
    ProfileWords,
    Proxy,
    Rate,
    Relations,
    Robots,
    UserAgent,
    settings_of,
)
from harvester.errors import Exit, UsageError

if TYPE_CHECKING:
    from harvester.settings import Settings

EXAMPLES: Final = """\
\b
Examples:
  harvest manifest article.txt
  harvest manifest saved-pages/ --base-url https://example.org/news/ -o news.json
  curl -s https://example.org/ | harvest manifest - -o - --format jsonl
"""


@guarded
def manifest(
    inputs: Inputs = None,
    output: Output = None,
    format_: Form = None,
    from_file: FromFile = None,
    base_url: BaseUrl = None,
    profile: ProfileWords = None,
    profiles: ProfileFolder = None,
    config: Config = None,
    min_confidence: MinConfidence = None,
    kind: Kinds = None,
    relation: Relations = None,
    guess: Guess = None,
    fail_on: FailOn = None,
    check: Check = None,
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
    """List the media that saved documents describe, and save the list as a manifest."""
    settings = settings_of(locals())
    from harvester.manifest.naming import default_output
    from harvester.sources.inputs import words_from

    words = [*(inputs or []), *(words_from(from_file) if from_file else [])]
    if not words:
        raise UsageError("no input is named", "name files or folders, such as: harvest manifest article.txt")
    return _harvested(words, output or default_output(words, settings.format), settings, plan=plan)


def _harvested(words: list[str], target: str, settings: Settings, *, plan: bool) -> Exit:
    from harvester.api import Told, run, save
    from harvester.cli.checks import checked, give_plan, ready
    from harvester.cli.report import report
    from harvester.cli.terminal import Progress
    from harvester.manifest.outcome import exit_of
    from harvester.manifest.serial import plain
    from harvester.manifest.write import STDOUT, prepare

    prepare(target, keep=words)
    if plan or settings.check:
        ready(settings)
    progress = Progress()
    made = run(words, settings, Told(arguments=sys.argv[1:], progress=progress))
    progress.clear()
    if plan:
        give_plan(plain(made), settings)
        return Exit.DONE
    if target != STDOUT or not settings.check:
        save(made, target, settings.format)  # before the checks: what was found must not be lost with them
    code = Exit.DONE
    if settings.check:
        made, code = checked(plain(made), settings, target, settings.format)
    report(made, target, asked=_asked(settings))
    return Exit.worst(exit_of(made, settings.fail_on), code)


def _asked(settings: Settings) -> str:
    """Name the options that leave items out, so that none is looked for where none was asked for."""
    filters = {
        "--kind": ",".join(settings.kind),
        "--relation": ",".join(settings.relation),
        "--min-confidence": settings.min_confidence,
    }
    return " ".join(f"{option} {value}" for option, value in filters.items() if value)
