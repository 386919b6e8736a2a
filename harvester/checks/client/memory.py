"""What is known of URLs from before: from the journal, and from the manifest that is checked again."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict

from harvester.checks.client.journal import Journal, Kept
from harvester.checks.client.records import Record, observation_of_record
from harvester.checks.policy.verdict import Verdict
from harvester.model.observation import Observation


class Memory:
    """A journal, and the observations that a manifest came with."""

    def __init__(self, journal: Journal, earlier: Mapping[str, Record]) -> None:
        """`earlier` has the newest observation of each URL in the manifest."""
        self._journal = journal
        self._earlier = earlier

    def recall(self, url: str) -> Kept | None:
        """What the journal has of the URL, as long as it serves instead of asking."""
        return self._journal.recall(url) if self._journal.resumed else None

    def before(self, url: str) -> Observation | None:
        """The last observation of the URL, however old: to ask conditionally and to compare with."""
        known = self._journal.earlier(url) if self._journal.resumed else None
        if known is None and url in self._earlier:
            with suppress(KeyError, TypeError, ValueError):  # a manifest that somebody else wrote
                known = observation_of_record(self._earlier[url])
        return known

    def keep(self, observation: Observation, verdict: Verdict, attempts: list[int], *, settled: bool = True) -> None:
        """Keeps what was concluded from attempts that are in the journal already."""
        fingerprint = asdict(verdict.fingerprint) if verdict.fingerprint else None
        self._journal.observe(observation, attempts, settled=settled, fingerprint=fingerprint)
