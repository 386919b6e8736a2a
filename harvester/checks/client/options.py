"""How checks are made: everything that the command line and a job can say about them."""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

from harvester import __version__
from harvester.checks.policy.archives import INTERNET_ARCHIVE, Archive
from harvester.checks.policy.pace import Manners
from harvester.checks.policy.platform import PlatformProbe
from harvester.checks.policy.signs import Sign
from harvester.checks.policy.target import Look, host
from harvester.errors import SettingsError

_MINUTE_S: Final = 63.0
"""A little more than one, since an archive counts by its own clock what we send by ours."""
RobotsMode: TypeAlias = Literal["obey", "record", "ignore"]
_PLACE = re.compile(r"\{[a-z]{1,20}\}")

DEFAULT_USER_AGENT: Final = f"harvester/{__version__}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckPolicy:
    """Settings of a check.

    Attributes:
        rate_per_s: Requests a second towards one host, evenly spaced.
        robots: Obey robots.txt, only record what it says, or don't ask for it.
        archives: Whether web archives are asked about what is not available.
        archive_templates: URLs of further archives' timegates with `{url}` in them.
        all_locations: Whether all locations of an item are asked, not just until one is available.
        more_archives: Archives that profiles know of.
        platforms: What to ask about ids, by their scheme: the page of a deleted medium may well answer 200.
        soft_404: By what hosts' answers 200 show that there is nothing, as profiles know it.
        manners: The pace that profiles know hosts to want.
        look: Whether a good HEAD is enough, or the first bytes are seen too.
        allow_private: Whether addresses and ports of one's own network may be dialled.
        allow_addresses: Parts of it that may be: `CIDR` or `CIDR:PORT`.
        max_wait_s: Waiting for one host in all that its own limits may cause.
        max_runtime_s: After which nothing more is asked.
        max_requests: After which nothing more is asked.
        user_agent: With the product token by which robots.txt is matched at its start.
        contact: Address or page added to it, for the owner of a host.
        proxy: URL of a proxy; never read from the environment.
        retries: Requests in the whole run that repeat one which failed.
        connect_s: Time to connect.
        first_byte_s: Time to the first byte.
        attempt_s: Time of one request in all.
        url_s: Time of all requests of one URL, without waiting for turns.
        in_flight: Requests under way in all.
        connections: Requests under way at one host.
        grace_s: What requests under way are given when the check is stopped.
    """

    rate_per_s: float = 1.0
    robots: RobotsMode = "obey"
    archives: bool = False
    archive_templates: tuple[str, ...] = ()
    all_locations: bool = False
    more_archives: tuple[Archive, ...] = ()
    platforms: Mapping[str, PlatformProbe] = field(default_factory=dict)
    soft_404: tuple[Sign, ...] = ()
    manners: tuple[Manners, ...] = ()
    look: Look = "bytes"
    allow_private: bool = False
    allow_addresses: tuple[str, ...] = ()
    max_wait_s: float = 60.0
    max_runtime_s: float | None = None
    max_requests: int | None = None
    user_agent: str = DEFAULT_USER_AGENT
    contact: str | None = None
    proxy: str | None = None
    retries: int = 1000
    connect_s: float = 5.0
    first_byte_s: float = 10.0
    attempt_s: float = 20.0
    url_s: float = 60.0
    in_flight: int = 100
    connections: int = 1
    grace_s: float = 5.0

    def __post_init__(self) -> None:
        """Refuse what can't be meant.

        Raises:
            SettingsError: Where a number is out of range.
        """
        if not self.rate_per_s > 0 or math.isnan(self.rate_per_s):
            raise SettingsError(f"a rate of {self.rate_per_s} asks nothing", hint="give a number above 0")
        for name in ("connect_s", "first_byte_s", "attempt_s", "url_s", "in_flight", "connections"):
            if not getattr(self, name) > 0:
                raise SettingsError(f"{name} must be above 0")
        for name in ("max_wait_s", "max_runtime_s", "max_requests", "grace_s"):
            value = getattr(self, name)
            if value is not None and not value >= 0:
                raise SettingsError(f"{name} can't be below 0")
        for template in self.archive_templates:
            _name_of(template)

    @property
    def full_user_agent(self) -> str:
        """What is sent, the contact included."""
        return f"{self.user_agent} (+{self.contact})" if self.contact else self.user_agent

    @property
    def product_token(self) -> str:
        """What robots.txt is matched by (RFC 9309, section 2.2.1)."""
        return self.user_agent.partition("/")[0].partition(" ")[0]

    @property
    def all_archives(self) -> tuple[Archive, ...]:
        """The archives to ask, none where none is wanted."""
        if not self.archives:
            return ()
        given = tuple(Archive(name=_name_of(template), timegate=template) for template in self.archive_templates)
        return (INTERNET_ARCHIVE, *given, *self.more_archives)

    def archive_intervals(self, key_of: Callable[[str], str]) -> dict[str, float]:
        """Seconds between two requests to each archive's hosts, by the key of their queue."""
        intervals: dict[str, float] = {}
        for archive in self.all_archives:
            for template in (archive.timegate, archive.cdx, archive.memento, *(one for _, one in archive.ids)):
                if template is not None:
                    key = key_of(_PLACE.sub("x", template))
                    intervals[key] = max(intervals.get(key, 0.0), _MINUTE_S / archive.requests_per_minute)
        return intervals

    @property
    def scope(self) -> str:
        """Digest of the settings that change what a check finds out, so that no other settings' results are reused."""
        said = (
            self.robots,
            self.all_archives,
            sorted(self.platforms.items()),
            self.soft_404,
            self.look,
            self.allow_private,
            self.allow_addresses,
            self.full_user_agent,
            self.proxy,
        )
        return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


def _name_of(template: str) -> str:
    """The host of an archive's address.

    Raises:
        SettingsError: Where it has none, or no place for the URL.
    """
    name = host(template)
    if not name or "{url}" not in template:
        raise SettingsError(f"no archive: {template!r}", hint="write its timegate as https://host/path/{url}")
    return name
