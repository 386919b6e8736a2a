"""URLs that wait to be asked."""

from __future__ import annotations

from harvester.checks.client.candidates import Candidates
from harvester.checks.client.hosts import Job


class UrlJob(Job):
    """One URL that waits to be asked, with the items that want to know."""

    __slots__ = ("_place", "_wanted", "url")

    def __init__(self, url: str, candidates: Candidates, place: int) -> None:
        super().__init__()
        self.url = url
        self._wanted: Candidates | list[tuple[Candidates, int]] = candidates
        self._place = place

    def wanted_by(self) -> list[tuple[Candidates, int]]:
        """The items, with the URL's place in their order."""
        return self._wanted if isinstance(self._wanted, list) else [(self._wanted, self._place)]

    def share(self, candidates: Candidates, place: int) -> None:
        """One more item wants to know."""
        wanted = self.wanted_by()
        wanted.append((candidates, place))
        self._wanted = wanted
