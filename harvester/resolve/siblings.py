"""Guesses the video of an image in a list whose other records have theirs under the same naming."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from harvester.model import Basis, Finding, Location, pointer

_DIGIT: Final = re.compile(r"\d")
_MOST_GUESSES: Final = 2


class Siblings:
    """Images in a list whose other records have their videos under the same naming."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        """Take all findings of a document."""
        self._endings: dict[tuple[int, str, str], str] = {}
        if not any(finding.kind == "image" and finding.list for finding in findings):
            return
        for finding in findings:
            if finding.list and finding.kind == "video" and finding.references:
                shape, ending = _naming(finding.references[0].raw)
                self._endings.setdefault((id(finding.decoded), finding.list.pointer, shape), ending)

    def guess(self, finding: Finding, locations: Iterable[Location]) -> list[Location]:
        """Give the video locations that an image's siblings suggest, each a guess."""
        if finding.kind != "image" or not finding.list or not finding.references:
            return []
        raw = finding.references[0].raw
        shape, ending = _naming(raw)
        other = self._endings.get((id(finding.decoded), finding.list.pointer, shape))
        if not other or other == ending:
            return []
        path = pointer(finding.references[0].path or ())
        return [
            Location(
                raw=one.raw,
                url=one.url[: -len(ending)] + other if one.url else None,
                role="media",
                delivery="file",
                basis=Basis(rule="siblings", pointer=path, base=one.url),
                confidence="guessed",
            )
            for one in locations
            if one.role == "media" and (one.url or one.raw).endswith(ending)
        ][:_MOST_GUESSES]


def _naming(raw: str) -> tuple[str, str]:
    """A path with its digits levelled, without its ending; and the ending."""
    stem, dot, ending = raw.rpartition(".")
    return _DIGIT.sub("0", stem), dot + ending
