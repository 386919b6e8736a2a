"""Text for terminals."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.cli import terminal
from harvester.cli.terminal import Progress, cells, fit, paint, safe, stacked, table

texts = st.text(st.characters(exclude_categories=()), max_size=60)


class Tty(io.StringIO):
    """A terminal."""

    def isatty(self):
        """It is."""
        return True


@given(texts)
def test_safe_text_has_no_power(text):
    """Whatever a text holds, made safe it has no control characters, no marks of direction and one line."""
    assert all(char.isprintable() or char in "\u200c\u200d" for char in safe(text))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[31mb", "a\\x1b[31mb"),
        ("a\nb\tc", "a b c"),
        ("\u202egnp", "\\u202egnp"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("so\u00adft", "soft"),
        ("a\u00a0b", "a b"),
        ("\ud800", "\\ud800"),
    ],
)
def test_what_is_not_safe_is_shown(text, shown):
    """Control characters are shown as escapes; what letters need stays."""
    assert safe(text) == shown


@pytest.mark.parametrize(
    ("text", "columns"), [("abc", 3), ("漢字", 4), ("é", 1), ("e\u0301", 1), ("می\u200cخ", 3), ("😀", 2)]
)
def test_columns_are_counted_as_terminals_do(text, columns):
    """Wide letters take two columns, joined marks none."""
    assert cells(text) == columns


@given(texts.map(safe), st.integers(2, 50), st.booleans())
def test_fitted_text_fits(text, width, middle):
    """Shortened text never takes more columns than it may."""
    assert cells(fit(text, width, middle=middle)) <= width


def test_urls_are_shortened_in_their_middle():
    """A URL keeps its host's beginning and its file's name."""
    assert fit("https://media.example/2016/12/15/clip_1080.mp4", 24, middle=True) == "https:/…15/clip_1080.mp4"


@given(st.lists(st.tuples(texts, texts, texts), min_size=1, max_size=6), st.integers(30, 160))
def test_tables_keep_to_the_width_and_align(rows, width):
    """No line is wider than the terminal, and columns begin at one place."""
    lines = list(table(["A", "B", "C"], rows, width))
    assert len(lines) == len(rows) + 1
    assert all(cells(line) <= width for line in lines)


def test_the_widest_columns_give_way():
    """Where the line is too long, narrow columns stay whole."""
    lines = list(table(["KIND", "URL", "TITLE"], [["video", "u" * 100, "t" * 90]], 60, middle=1))
    assert lines[1].startswith("video  uuu")
    assert lines[1].endswith("…")


@pytest.mark.parametrize(
    ("stream", "environment", "coloured"),
    [
        (Tty(), {}, True),
        (io.StringIO(), {}, False),
        (Tty(), {"NO_COLOR": "1"}, False),
        (Tty(), {"TERM": "dumb"}, False),
    ],
)
def test_colour_is_for_terminals(monkeypatch, stream, environment, coloured):
    """Colour goes to terminals whose user didn't say NO_COLOR."""
    for name in ("NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert paint("x", "error", stream) == ("\x1b[31mx\x1b[0m" if coloured else "x")


def test_the_width_comes_from_the_environment_without_a_terminal(monkeypatch):
    """Without a terminal `COLUMNS` counts, and else a usual width."""
    monkeypatch.setenv("COLUMNS", "77")
    assert terminal.width_of(io.StringIO()) == 77
    monkeypatch.setenv("COLUMNS", "wide")
    assert terminal.width_of(io.StringIO()) == 120


def test_progress_is_for_long_work_on_terminals(monkeypatch):
    """Progress shows after a while, not more often than the eye can follow, and is taken away at the end."""
    clock = iter([0.0, 0.1, 1.0, 1.01, 2.0])
    monkeypatch.setattr(terminal.time, "monotonic", lambda: next(clock))
    monkeypatch.setenv("TERM", "xterm")
    stream = Tty()
    monkeypatch.setattr(terminal.sys, "stderr", stream)
    progress = Progress()
    for done in range(4):
        progress(done, 9, "name\x1b")
    progress.clear()
    assert stream.getvalue() == "\r\x1b[K1/9  name\\x1b\r\x1b[K3/9  name\\x1b\r\x1b[K"


def test_progress_is_silent_elsewhere(monkeypatch):
    """A file or pipe gets no progress."""
    stream = io.StringIO()
    monkeypatch.setattr(terminal.sys, "stderr", stream)
    progress = Progress()
    progress(1, 2, "x")
    progress.clear()
    assert stream.getvalue() == ""


def test_names_that_are_copied_stay_whole():
    """The first columns can be kept from being shortened, up to the length of a UUID."""
    lines = list(table(["ID", "URL", "TITLE"], [["a" * 36, "u" * 100, "t" * 90], ["b" * 50, "", ""]], 60, whole=1))
    assert lines[1].startswith("a" * 36 + "  u")
    assert lines[2] == "b" * 35 + "…"


@given(st.lists(st.tuples(texts, texts, texts), max_size=6), st.integers(10, 80))
def test_stacked_lines_keep_to_the_width(rows, width):
    """No line is wider than the terminal, and what is empty takes none."""
    lines = list(stacked(rows, width))
    assert all(cells(line) <= width for line in lines)
    assert len(lines) == sum(1 + sum(bool(text) for text in row[1:]) for row in rows)
