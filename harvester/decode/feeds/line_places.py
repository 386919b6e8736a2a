"""Goes through a text line by line, and remembers where what was read stood."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from harvester.decode.contract import Decoding
from harvester.model import Decoded, Limits, Path, Problem, Span, Value

_LINE: Final = re.compile(rb"[^\r\n]+")


class Lines:
    """The lines of a playlist with their spans; also finds where values stand, as `Places` asks."""

    def __init__(self, text: bytes, limits: Limits) -> None:
        self._text, self._limits = text, limits
        self._marks: dict[Path, Span] = {}
        self._problem: Problem | None = None

    def __iter__(self) -> Iterator[tuple[Span, str]]:
        """Give lines that are not blank, without white space around them, up to the limits."""
        end = min(len(self._text), self._limits.excerpt_bytes)
        for count, match in enumerate(_LINE.finditer(self._text, 0, end)):
            if count >= self._limits.values:
                self._stop(match.start())
                return
            line = match[0].decode("utf-8", "replace").strip("\ufeff \t\f\v\0")
            if line:
                yield match.span(), line[: self._limits.text_chars]
        if end < len(self._text):
            self._stop(end)

    def mark(self, path: Path, span: Span) -> None:
        """Remember where a value stood."""
        self._marks[path] = span

    def spans(self, paths: Sequence[Path]) -> dict[Path, Span]:
        """Give the spans of the values at these paths; a field has that of its record where it has none."""
        found = {}
        for path in paths:
            for length in range(len(path), -1, -1):
                if path[:length] in self._marks or not length:
                    found[path] = self._marks.get(path[:length], (0, len(self._text)))
                    break
        return found

    def decoding(self, value: Value) -> Decoding:
        """Give what a decoder gives."""
        problems = (self._problem,) if self._problem else ()
        if value is None:
            return Decoding((), problems)
        cut = frozenset[Path]({()}) if self._problem else frozenset[Path]()
        decoded = Decoded(
            value=value, layers=("lines",), places=self, complete=self._problem is None, incomplete_paths=cut
        )
        return Decoding((decoded,), problems)

    def _stop(self, at: int) -> None:
        self._problem = Problem(
            stage="decode",
            code="too-large",
            severity="warning",
            message=f"The playlist is longer than the limit allows; what stands before byte {at} was read",
            spans=((at, at + 1),),
        )
