"""Probes that a site profile names for an id, where the page of a deleted medium still answers 200."""

from __future__ import annotations

import re
from collections.abc import Generator, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from harvester.checks.policy.status import broken_off, reason_of
from harvester.checks.policy.verdict import Verdict, conclude
from harvester.errors import ProfileError
from harvester.model.exchange import Answer, Ask, Method
from harvester.model.vocabulary import STATE_OF

_BODY_BYTES: Final = 16 << 10
_PLACE: Final = re.compile(r"\{([a-z]{1,10})\}")
_NEVER_GONE: Final = frozenset({401, 402, 403, 407, 408, 425, 429, 451, *range(500, 600)})
"""Statuses from which no profile may conclude that a medium is unavailable."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformAnswer:
    """What one kind of answer means; all that is given must hold.

    Attributes:
        status: The final status, None for any.
        contains: Text that the first 16 KiB of the body have in them, whatever its case.
        size_bytes: Content-Length, for thumbnails that stand for a missing one.
    """

    reason: str
    status: int | None = None
    contains: str | None = None
    size_bytes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformProbe:
    """The question for ids of one scheme.

    Attributes:
        scheme: Of the ids that it is for.
        url: With `{id}` where the id goes, and `{url}` where `watch` with the id goes, both percent-encoded; with
            `{account}` where the account goes in which the id is unique.
        watch: The address of the medium's page, with `{id}`.
        answers: Tried in order; the first that holds counts, and where none does, the status speaks as everywhere.

    Raises:
        ProfileError: An answer names a reason that does not exist, or the URL has no place for the id.
    """

    scheme: str
    url: str
    method: Method = "GET"
    watch: str | None = None
    answers: tuple[PlatformAnswer, ...] = ()

    @property
    def needs_account(self) -> bool:
        """Whether an id alone is not enough to ask."""
        return "{account}" in self.url or "{account}" in (self.watch or "")

    def __post_init__(self) -> None:
        for answer in self.answers:
            if answer.reason not in STATE_OF:
                hint = f"the reasons are {', '.join(STATE_OF)}"
                raise ProfileError(f"probe for {self.scheme}: no such reason: {answer.reason}", hint)
        if "{id}" not in self.url and not ("{url}" in self.url and "{id}" in (self.watch or "")):
            raise ProfileError(f"probe for {self.scheme}: no {{id}} in {self.url}", "write {id} where the id goes")


def ask(probe: PlatformProbe, value: str, account: str = "") -> Ask:
    """The request for one id."""
    given = {"id": quote(value, safe=""), "account": quote(account, safe="")}
    given["url"] = quote(_filled(probe.watch or "", given), safe="")
    url = _filled(probe.url, given)
    return Ask(url=url, method=probe.method, max_bytes=_BODY_BYTES, purpose="platform")


def inquire(probe: PlatformProbe, value: str, account: str = "") -> Generator[Ask, Answer, Verdict]:
    """Ask the platform about one id."""
    answer = yield ask(probe, value, account)
    return evaluate(probe, answer)


def evaluate(probe: PlatformProbe, answer: Answer) -> Verdict:
    """What an answer means by the profile, else by its status.

    A refusal, a limit or an error is never "unavailable", whatever the profile says: a deleted medium and a private
    one are different things. Without a rule 404 and 410 mean `platform-removed`, 401 that it is private or may not be
    embedded, and a 2xx that it is there.
    """
    general = reason_of(answer)
    if answer.status is None:
        transient = answer.failure.transient if answer.failure else None
        return conclude(general or "unknown", "none", transient=transient)
    facts = {"status": answer.status}
    body = answer.body.decode("utf-8", "replace").lower()
    failure = broken_off(answer) if general is None else None  # what a rule looks for may stand in the rest
    for rule in probe.answers:
        if failure is not None and rule.contains is None:
            continue
        if _holds(rule, answer, body) and not (_never_gone(answer, general) and STATE_OF[rule.reason] == "unavailable"):
            return conclude(rule.reason, "platform", facts)
    if failure is not None:
        return conclude(failure, "platform", facts, transient=True)
    means = {None: "ok", "not-found": "platform-removed", "gone": "platform-removed", "login": "forbidden"}
    return conclude(means.get(general, general or "unknown"), "platform", facts)


def _filled(template: str, given: Mapping[str, str]) -> str:
    """At once, so that nothing of an id is taken for a place."""
    return _PLACE.sub(lambda place: given.get(place[1], place[0]), template)


def _holds(rule: PlatformAnswer, answer: Answer, body: str) -> bool:
    if rule.status is not None and rule.status != answer.status:
        return False
    if rule.contains is not None and rule.contains.lower() not in body:
        return False
    return rule.size_bytes is None or answer.headers.get("content-length", "").strip() == str(rule.size_bytes)


def _never_gone(answer: Answer, general: str | None) -> bool:
    """Whether an answer says nothing about the medium: a refusal, a limit, an error, a wall."""
    return answer.status in _NEVER_GONE or (general is not None and STATE_OF[general] == "restricted")
