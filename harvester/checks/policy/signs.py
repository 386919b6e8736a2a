"""By what a host's answer 200 shows that there is nothing, where a profile knows it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256

from harvester.checks.policy.hostnames import ByHost
from harvester.checks.policy.target import host, split
from harvester.errors import ProfileError
from harvester.model.exchange import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """What a host's "gone" looks like; all that is given must hold.

    Attributes:
        hosts: Of which it holds, by the URL that is asked for or the one that redirects lead to; `.a.example` stands
            for all hosts below, too.
        path: Pattern that the whole path fits at which the redirects end.
        body: Pattern found in the first bytes of the body, as text.
        sha256: Digest of the whole body.
        size_bytes: Length of the whole body.

    Raises:
        ProfileError: It says nothing, or a pattern is none.
    """

    hosts: tuple[str, ...]
    path: str | None = None
    body: str | None = None
    sha256: str | None = None
    size_bytes: int | None = None

    def __post_init__(self) -> None:
        if not any((self.path, self.body, self.sha256)) and self.size_bytes is None:
            raise ProfileError(f"soft-404 sign for {', '.join(self.hosts)}: it says nothing", "give path, body or size")
        for pattern in filter(None, (self.path, self.body)):
            try:
                re.compile(pattern)
            except re.error as error:
                raise ProfileError(f"soft-404 sign: no pattern: {pattern!r} ({error})") from error

    def shows(self, answer: Answer, size_bytes: int | None) -> bool:
        """Whether an answer with a body, whose representation has that length, is this one."""
        if self.path is not None and not re.fullmatch(self.path, split(answer.url).path):
            return False
        if self.size_bytes is not None and size_bytes != self.size_bytes:
            return False
        if self.sha256 is not None and not (answer.whole and sha256(answer.body).hexdigest() == self.sha256.lower()):
            return False
        return self.body is None or re.search(self.body, answer.body.decode("utf-8", "replace")) is not None


class Signs:
    """All that are known."""

    def __init__(self, signs: tuple[Sign, ...] = ()) -> None:
        self._by_host = ByHost((sign.hosts, sign) for sign in signs)

    def shown(self, answer: Answer, size_bytes: int | None) -> bool:
        """Whether an answer 2xx shows that there is nothing."""
        if not self._by_host:
            return False
        found = {*self._by_host[host(answer.ask.url)], *self._by_host[host(answer.url)]}
        return any(sign.shows(answer, size_bytes) for sign in found)


NO_SIGNS = Signs()
