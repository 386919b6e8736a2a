"""Checks from the command line: with a journal beside the output, progress, and a plan on request."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from harvester.cli.terminal import Progress, give, table, width_of
from harvester.errors import Exit

if TYPE_CHECKING:
    from harvester.checks.client.run import Progress as Step
    from harvester.model import Manifest
    from harvester.settings import Format, Settings

_HOSTS: Final = 20


def ready(settings: Settings) -> None:
    """Find out before the work whether its checks can be made.

    Raises:
        SettingsError: A setting that can't be.
        ProfileError: A profile's probe or archive that can't be.
    """
    from harvester.api import profiles_of
    from harvester.checking import policy_of

    policy_of(settings.checks, profiles_of(settings))


def checked(value: dict[str, Any], settings: Settings, target: str, form: Format) -> tuple[Manifest, Exit]:
    """Check a manifest's JSON, save it, and give it as a manifest with the check's part of the exit code."""
    from harvester.api import profiles_of, save
    from harvester.checking import check_manifest
    from harvester.manifest.read import of_json

    progress = Progress()

    def show(step: Step) -> None:
        left = f"{step.requests} requests to {step.hosts} hosts, about {_time(step.expected_s)} left"
        progress(step.done, step.total, left)

    ended = check_manifest(value, settings.checks, profiles_of(settings), journal=_journal(target), progress=show)
    progress.clear()
    save(value, target, form)
    return of_json(value, target), Exit.INTERRUPTED if ended.interrupted else ended.exit


def give_plan(value: dict[str, Any], settings: Settings) -> None:
    """Say on standard output what a check would ask."""
    from harvester.api import profiles_of
    from harvester.checking import plan_of

    plan = plan_of(value, settings.checks, profiles_of(settings))
    rows = [[host, str(n)] for host, n in list(plan.hosts.items())[:_HOSTS]]
    for line in table(["HOST", "REQUESTS"], rows, width_of(sys.stdout)) if rows else ():
        give(line)
    if len(plan.hosts) > _HOSTS:
        give(f"… and {len(plan.hosts) - _HOSTS} more hosts")
    more = f", at most {plan.most_urls} where those are gone" if plan.most_urls > plan.urls else ""
    give(f"{plan.requests} requests for {plan.urls} URLs{more}; about {_time(plan.expected_s)} at this rate")
    if plan.refused:
        give(
            f"{plan.refused} URLs are never asked: no http or https, a password in them, or an address or port of "
            "your own network, for which there is --allow-address"
        )


def _journal(target: str) -> Path | None:
    """Beside the output, hidden, so that no folder's listing takes it for a document."""
    path = Path(os.path.realpath(target))
    if target == "-" or (path.exists() and not path.is_file()):
        return None
    return path.with_name(f".{path.name}.journal")


def _time(seconds: float) -> str:
    whole = round(seconds)
    hours, minutes = whole // 3600, whole % 3600 // 60
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {whole % 60} s" if minutes else f"{whole} s"
