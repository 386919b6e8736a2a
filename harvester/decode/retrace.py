"""Places of values that were rearranged after decoding."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from harvester.model import Path, Places, Span


class Retraced:
    """Tells where a value stood before it was moved."""

    def __init__(self, places: Places, retrace: Callable[[Path], Path | None]) -> None:
        """Take the places of the value as decoded, and what gives the path there for one now."""
        self._places, self._retrace = places, retrace

    def spans(self, paths: Sequence[Path]) -> dict[Path, Span]:
        """See `harvester.model.Places`."""
        before = {path: origin for path in paths if (origin := self._retrace(path)) is not None}
        found = self._places.spans(list(dict.fromkeys(before.values())))
        return {path: found[origin] for path, origin in before.items() if origin in found}
