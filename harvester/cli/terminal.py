"""Writes for people: safe whatever a title holds, aligned in all scripts, coloured only where that helps."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, TextIO
from unicodedata import category, combining, east_asian_width

from harvester.errors import OutputError

_FALLBACK_WIDTH: Final = 120
_JOINERS: Final = frozenset("\u200c\u200d")  # letters of Persian and emoji need them, and they do no harm
_GAP: Final = "  "
_LEAST: Final = 8
_COPIED: Final = 36
_COLOURS: Final = {"error": "31", "warning": "33", "note": "36", "head": "1", "dim": "2", "mark": "7"}
_QUIET_S: Final = 0.5
_PAUSE_S: Final = 0.1


def safe(text: str) -> str:
    """Make text harmless for a terminal: one line, no escape sequences, nothing that turns the direction of writing."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() or char in _JOINERS else _shown(char) for char in text)


def _shown(char: str) -> str:
    if char.isspace():
        return " "
    return "" if char == "\u00ad" else f"\\x{ord(char):02x}" if ord(char) < 256 else f"\\u{ord(char):04x}"


def cells(text: str) -> int:
    """Count the columns that safe text takes."""
    return len(text) if text.isascii() else sum(map(_cell, text))


def _cell(char: str) -> int:
    if combining(char) or char in _JOINERS or category(char) in ("Mn", "Me"):
        return 0
    return 2 if east_asian_width(char) in "WF" else 1


def fit(text: str, width: int, *, middle: bool = False) -> str:
    """Shorten safe text to so many columns, at its end or, for URLs, in its middle."""
    if cells(text) <= width:
        return text
    if not middle:
        return _head(text, width - 1) + "…"
    tail = _head(text[::-1], width * 2 // 3)[::-1]
    return _head(text, width - 1 - cells(tail)) + "…" + tail


def _head(text: str, width: int) -> str:
    used = 0
    for position, char in enumerate(text):
        used += _cell(char)
        if used > width:
            return text[:position]
    return text


def table(
    head: Sequence[str], rows: Sequence[Sequence[str]], width: int, *, middle: int | None = None, whole: int = 0
) -> Iterable[str]:
    """Align rows under a head; the widest columns give way where the line would be too long.

    Args:
        head: Names of the columns.
        rows: Cells; they are made safe here.
        width: Columns of the terminal.
        middle: The column that is shortened in its middle.
        whole: So many columns at the beginning are not shortened below their head and 36 columns, as many as a UUID
            takes: they are there to be copied.
    """
    grid = [[*head], *([safe(cell) for cell in row] for row in rows)]
    widths = [max(cells(row[column]) for row in grid) for column in range(len(head))]
    kept = [min(each, _COPIED) for each in widths[:whole]]
    widths = kept + _narrowed(widths[whole:], width - sum(kept) - len(_GAP) * (len(head) - 1))
    for row in grid:
        fitted = [fit(cell, widths[at], middle=at == middle) for at, cell in enumerate(row)]
        padded = (cell + " " * (widths[at] - cells(cell)) for at, cell in enumerate(fitted))
        yield _GAP.join(padded).rstrip()


def _narrowed(widths: list[int], room: int) -> list[int]:
    """Take from the widest columns until all fit, but leave some room for each."""
    room = max(room, _LEAST * len(widths))
    while sum(widths) > room:
        widest = widths.index(max(widths))
        second = max((each for each in widths if each < widths[widest]), default=0)
        level = widths.count(widths[widest])
        cut = min(widths[widest] - second, -(-(sum(widths) - room) // level))
        widths[widest] -= max(cut, 1)
    return widths


def stacked(rows: Iterable[Sequence[str]], width: int) -> Iterator[str]:
    """Write each row as a few lines: for terminals on which a table has no room.

    Args:
        rows: Of each what gets a line of its own; the last one, a URL, is shortened in its middle.
        width: Columns of the terminal.
    """
    for first, *more, last in rows:
        yield fit(safe(first), width)
        room = max(width - 2, _LEAST)
        yield from (f"  {fit(safe(text), room)}" for text in more if text)
        if last:
            yield f"  {fit(safe(last), room, middle=True)}"


def width_of(stream: TextIO) -> int:
    """Columns of the terminal behind a stream, or as many as `COLUMNS` says."""
    try:
        return os.get_terminal_size(stream.fileno()).columns or _FALLBACK_WIDTH
    except (OSError, ValueError):
        columns = os.environ.get("COLUMNS", "")
        return int(columns) if columns.isdigit() and int(columns) else _FALLBACK_WIDTH


def paint(text: str, colour: str, stream: TextIO) -> str:
    """Colour text where the stream is a terminal and nobody said NO_COLOR."""
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb" or not stream.isatty()
    return text if plain else f"\x1b[{_COLOURS[colour]}m{text}\x1b[0m"


def say(text: str = "") -> None:
    """Tell the user something, on standard error; where that is full or closed, the work goes on all the same."""
    with contextlib.suppress(OSError):
        sys.stderr.write(text + "\n")


def give(text: str) -> None:
    """Write data to standard output.

    Raises:
        OutputError: It can't be written.
        BrokenPipeError: Whoever read it has enough.
    """
    try:
        sys.stdout.write(text + "\n")
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(f"standard output: {error.strerror or error}", "lead it to a file elsewhere") from error


def complain(level: str, message: str, hint: str | None = None) -> None:
    """Tell the user what is wrong in one line, and below it what to do."""
    say(f"{paint(level, level, sys.stderr)}: {safe(message)}")
    if hint:
        say(f"  {paint('hint:', 'dim', sys.stderr)} {safe(hint)}")


class Progress:
    """A line that says how far long work is, on terminals only, and not for short work."""

    def __init__(self) -> None:
        self._shows = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._next = time.monotonic() + _QUIET_S
        self._drawn = False

    def __call__(self, done: int, total: int, what: str) -> None:
        """Show a step, unless the last one was shown just before."""
        now = time.monotonic()
        if not self._shows or now < self._next:
            return
        self._next, self._drawn = now + _PAUSE_S, True
        self._draw(fit(f"{done}/{total}  {safe(what)}", width_of(sys.stderr) - 1))

    def clear(self) -> None:
        """Take the line away."""
        if self._drawn:
            self._draw("")

    def _draw(self, line: str) -> None:
        with contextlib.suppress(OSError):
            sys.stderr.write(f"\r\x1b[K{line}")
            sys.stderr.flush()
