"""Files found by the user's words."""

from __future__ import annotations

import io
import os
import sys

import pytest

from harvester.errors import InputError
from harvester.sources.inputs import expand, uri_of, words_from


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with files, hidden ones and folders, as the current one."""
    monkeypatch.chdir(tmp_path)
    for name in ("b.txt", "a.html", "sub/c.json", "sub/deep/d.txt", ".hidden/e.txt", "sub/.f"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return tmp_path


def uris(*words):
    return [named.uri for named in expand(words).files]


def codes(*words):
    return [problem.code for problem in expand(words).problems]


def test_a_folder_gives_its_files_sorted_without_hidden_ones(folder):
    """A folder stands for all files in it, sorted by name, hidden ones and folders left out."""
    assert uris(".") == ["./a.html", "./b.txt", "./sub/c.json", "./sub/deep/d.txt"]
    assert uris("sub/") == ["sub/c.json", "sub/deep/d.txt"]


def test_hidden_files_are_read_when_they_are_named(folder):
    """What the user names is read, hidden or not."""
    assert uris("sub/.f", ".hidden") == ["sub/.f", ".hidden/e.txt"]


def test_names_stay_as_they_were_given(folder):
    """A name is not tidied, since the manifest's ids come from it."""
    assert uris("./b.txt", str(folder / "a.html")) == ["./b.txt", str(folder / "a.html")]


def test_the_same_file_is_read_once(folder):
    """One file named twice, also by another name, is read once, and the user is told."""
    (folder / "link").symlink_to("b.txt")
    assert uris("b.txt", "./b.txt", "link", ".") == ["b.txt", "./a.html", "./sub/c.json", "./sub/deep/d.txt"]
    assert codes("b.txt", "./b.txt") == ["repeated-input"]
    assert codes("b.txt", ".") == []


def test_globs_match_in_order(folder):
    """A glob in quotes stands for what it matches, folders included."""
    assert uris("*.*") == ["a.html", "b.txt"]
    assert uris("**/*.txt") == ["b.txt", "sub/deep/d.txt"]
    assert uris("s*") == ["sub/c.json", "sub/deep/d.txt"]


def test_a_file_whose_name_looks_like_a_glob_is_a_file(folder):
    """A name with brackets that exists is no pattern."""
    (folder / "x[1].txt").write_text("x")
    assert uris("x[1].txt") == ["x[1].txt"]


@pytest.mark.parametrize(
    ("word", "code"),
    [("missing.txt", "unreadable"), ("*.none", "unreadable"), ("https://a.example/x", "remote-input")],
)
def test_what_can_not_be_found_is_a_problem(folder, word, code):
    """An input that there is not, and one that is not on this machine, is a Problem with a hint."""
    inputs = expand([word, "a.html"])
    assert [named.uri for named in inputs.files] == ["a.html"]
    (problem,) = inputs.problems
    assert (problem.code, problem.severity, problem.stage) == (code, "error", "open")
    assert word in problem.message
    assert problem.hint


def test_loops_of_links_end(folder):
    """A folder that links to itself or to one above is listed once."""
    (folder / "sub" / "up").symlink_to(folder)
    (folder / "sub" / "self").symlink_to(folder / "sub")
    assert len(uris(".")) == 4


def test_pipes_in_a_folder_are_left_out_and_named_ones_are_not(folder):
    """A pipe in a folder would block; it is left out and said, but read when the user names it."""
    os.mkfifo(folder / "sub" / "pipe")
    assert "sub/pipe" not in uris("sub")
    assert codes("sub") == ["no-file"]
    assert uris("sub/pipe") == ["sub/pipe"]


def test_dangling_links_in_a_folder_are_problems(folder):
    """A link to nothing is an input that can't be read."""
    (folder / "sub" / "gone").symlink_to("nowhere")
    assert codes("sub") == ["unreadable"]


def test_folders_that_can_not_be_listed_are_problems(folder, monkeypatch):
    """A folder without permission is a Problem, and the others are listed."""

    def scandir(path):
        if str(path).endswith("deep"):
            raise PermissionError(13, "Permission denied")
        return original(path)

    original = os.scandir
    monkeypatch.setattr(os, "scandir", scandir)
    assert uris("sub") == ["sub/c.json"]
    assert codes("sub") == ["unreadable"]


def test_a_deep_folder_is_walked_without_recursion(tmp_path, monkeypatch):
    """Depth costs no stack."""
    monkeypatch.chdir(tmp_path)
    for _ in range(300):
        os.mkdir("d")  # noqa: PTH102 - the path gets too long for one piece
        os.chdir("d")
    (tmp_path / "x.txt").write_text("x")
    os.chdir(tmp_path)
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(200)
    try:
        assert uris(".") == ["./x.txt"]
    finally:
        sys.setrecursionlimit(limit)


def test_names_that_are_no_utf8_become_valid_text(folder):
    """Bytes of a name that are no UTF-8 are written as percent and hex."""
    with open(os.fsencode(folder) + b"/caf\xe9.txt", "wb") as stream:  # noqa: PTH123 - a name in bytes
        stream.write(b"x")
    assert "./caf%E9.txt" in uris(".")
    assert uri_of("caf\udce9\n") == "caf%E9\n"


def test_standard_input_is_one_input(folder):
    """A dash stands for standard input, however often it is named."""
    assert uris("-", "-") == ["-"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"a\n\n# no\nb c\n", ["a", "b c"]),
        (b"\xef\xbb\xbfa\r\nb", ["a", "b"]),
        (b"a\0b\nc\0", ["a", "b\nc"]),
        (b"", []),
    ],
)
def test_lists_of_inputs_are_read(folder, data, words):
    """A list has an input a line, or ends each with a zero byte; comments and empty lines are none."""
    (folder / "list").write_bytes(data)
    assert words_from("list") == words


def test_a_list_can_come_from_standard_input(monkeypatch):
    """A dash as the list reads it from standard input."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"a\nb\n")))
    assert words_from("-") == ["a", "b"]


def test_a_list_that_can_not_be_read_raises(folder):
    """The list is named by the user, so that a bad one raises."""
    with pytest.raises(InputError, match=r"none\.txt"):
        words_from("none.txt")
