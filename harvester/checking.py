"""Joins checks to the rest: settings and profiles make their policy, a manifest's JSON takes what they saw."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any, TypeAlias

import ada_url

from harvester.checks.client.entry import Outcome, Stop, plan, run_check
from harvester.checks.client.hosts import KeyOf, host_of
from harvester.checks.client.options import DEFAULT_USER_AGENT, CheckPolicy
from harvester.checks.client.plan import Plan
from harvester.checks.client.run import Progress
from harvester.checks.policy.archives import Archive
from harvester.checks.policy.pace import Manners
from harvester.checks.policy.platform import PlatformAnswer, PlatformProbe
from harvester.checks.policy.signs import Sign
from harvester.errors import Exit
from harvester.http import Allow
from harvester.model import Id
from harvester.resolve.profiles import Profiles
from harvester.resolve.profiles.schema import Probe
from harvester.settings import CheckSettings

JsonManifest: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Checked:
    """How a check ended.

    Attributes:
        exit: Its part of the exit code.
        interrupted: Whether the user stopped it.
        asked: Requests sent.
    """

    exit: Exit
    interrupted: bool
    asked: int


def policy_of(settings: CheckSettings, profiles: Profiles) -> CheckPolicy:
    """Give the policy that settings and profiles make.

    Raises:
        SettingsError: A setting that can't be.
        ProfileError: A profile's probe or archive that can't be.
    """
    Allow.of(private=settings.allow_private, addresses=settings.allow_address)  # raises before anything is asked
    return CheckPolicy(
        rate_per_s=settings.rate,
        robots=settings.robots,
        archives=settings.archives,
        archive_templates=settings.archive_templates,
        all_locations=settings.all_locations,
        more_archives=tuple(_archives(profiles)),
        platforms=Probes(profiles),
        soft_404=tuple(_signs(profiles)),
        manners=tuple(_manners(profiles)),
        allow_private=settings.allow_private,
        allow_addresses=settings.allow_address,
        max_wait_s=settings.max_wait,
        max_runtime_s=settings.max_runtime,
        max_requests=settings.max_requests,
        user_agent=settings.user_agent or DEFAULT_USER_AGENT,
        contact=settings.contact,
        proxy=settings.proxy,
    )


def key_of(profiles: Profiles) -> KeyOf:
    """Give the key of a URL's queue: hosts that a profile joins, such as those of one CDN, share one."""

    def key(url: str) -> str:
        politeness = profiles.politeness(ada_url.URL(url).hostname)
        return politeness.key if politeness is not None and politeness.key else host_of(url)

    return key


def check_manifest(
    manifest: JsonManifest,
    settings: CheckSettings,
    profiles: Profiles,
    *,
    journal: Path | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Checked:
    """Ask which locations of a manifest are available, and put what was seen into it.

    SIGINT and SIGTERM end it cleanly: what was seen is kept. A check that was ended goes on from its journal.

    Args:
        manifest: Its JSON, changed in place.
        settings: How to ask.
        profiles: What is known of platforms and hosts.
        journal: A file that remembers; it is taken away once all is asked.
        progress: Told now and then how far it is.

    Raises:
        InputError: It is no whole manifest.
        OutputError: The journal can't be used.
        SettingsError: A setting that can't be.
    """
    policy = policy_of(settings, profiles)
    stop = Stop()
    with _stopping(stop) as signals:
        outcome = run_check(manifest, policy, journal=journal, progress=progress, stop=stop, key_of=key_of(profiles))
    _tidy(journal, outcome)
    return Checked(outcome.exit, signal.SIGINT in signals, outcome.requests)


def plan_of(manifest: JsonManifest, settings: CheckSettings, profiles: Profiles) -> Plan:
    """Say what a check would ask, of whom, and how long it would take.

    Raises:
        InputError: It is no whole manifest.
        SettingsError: A setting that can't be.
    """
    return plan(manifest, policy_of(settings, profiles), key_of=key_of(profiles))


class Probes(Mapping[str, PlatformProbe]):
    """What profiles say to ask about ids, by the ids' whole scheme.

    The scheme of an id that is only unique in one account ends in it (`spotify:episode`), and the account is part of
    the question. Iterating gives the schemes that profiles name, such an account as `{account}`.
    """

    def __init__(self, profiles: Profiles) -> None:
        """Take all probes of all profiles.

        Raises:
            ProfileError: One that can't be.
        """
        self._profiles = profiles
        self._made: dict[str, PlatformProbe | None] = {}
        self._schemes = [
            f"{probe.scheme}:{{account}}" if "{account}" in probe.url else probe.scheme
            for profile in profiles
            for probe in profile.file.probe
        ]
        for scheme in self._schemes:
            self.get(scheme)

    def __getitem__(self, scheme: str) -> PlatformProbe:
        if scheme not in self._made:
            found = self._profiles.probes(Id(scheme=scheme, value=""))
            self._made[scheme] = _platform_probe(scheme, found[0]) if found else None
        probe = self._made[scheme]
        if probe is None:
            raise KeyError(scheme)
        return probe

    def __iter__(self) -> Iterator[str]:
        return iter(self._schemes)

    def __len__(self) -> int:
        return len(self._schemes)


def _platform_probe(scheme: str, probe: Probe) -> PlatformProbe:
    answers = tuple(
        PlatformAnswer(
            reason=answer.reason,
            status=status,
            contains=answer.contains or None,
            size_bytes=answer.size_bytes,
        )
        for answer in probe.answers
        for status in answer.status or (None,)
    )
    return PlatformProbe(scheme=scheme, url=probe.url, answers=answers)


def _archives(profiles: Profiles) -> Iterator[Archive]:
    for profile in profiles:
        for archive in profile.file.archive:
            name = ada_url.URL(archive.url.replace("{id}", "x")).hostname
            yield Archive(name=name, ids=((archive.scheme, archive.url),), found=archive.found)


def _signs(profiles: Profiles) -> Iterator[Sign]:
    for profile in profiles:
        for each in profile.file.soft_404:
            yield Sign(
                hosts=each.hosts or profile.file.hosts,
                path=each.url or None,
                body=each.body or None,
                sha256=each.sha256 or None,
                size_bytes=each.size_bytes,
            )


def _manners(profiles: Profiles) -> Iterator[Manners]:
    for profile in profiles:
        for each in profile.file.politeness:
            yield Manners(
                hosts=each.hosts or profile.file.hosts,
                key=each.key,
                rate_per_s=each.rate_per_s,
                connections=each.connections,
            )


@contextlib.contextmanager
def _stopping(stop: Stop) -> Iterator[set[int]]:
    """Let the first SIGINT or SIGTERM end a check cleanly, and a second one at once."""
    seen: set[int] = set()

    def ask_to_stop(number: int, _frame: FrameType | None) -> None:
        seen.add(number)
        stop.set()
        signal.signal(number, before[number])

    numbers: tuple[int, ...] = (signal.SIGINT, signal.SIGTERM)
    before = {number: signal.getsignal(number) for number in numbers}
    try:
        for number in numbers:
            signal.signal(number, ask_to_stop)
    except ValueError:  # signals belong to the main thread; elsewhere the caller stops it
        yield seen
        return
    try:
        yield seen
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _tidy(journal: Path | None, outcome: Outcome) -> None:
    if journal is None or outcome.exit is not Exit.DONE:
        return
    for suffix in ("", "-wal", "-shm", "-journal"):
        journal.with_name(journal.name + suffix).unlink(missing_ok=True)
