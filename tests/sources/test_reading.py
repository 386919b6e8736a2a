"""Files read whole and unpacked."""

from __future__ import annotations

import gzip
import io
import os
import socket
import sys
import threading

import pytest

from harvester.model import DEFAULT, Limits
from harvester.sources.inputs import Named
from harvester.sources.reading import read

PACKED = gzip.compress(b"words " * 2000)


@pytest.fixture
def saved(tmp_path):
    """Saves bytes and gives the file as an input."""

    def save(data: bytes, *, listed: bool = False) -> Named:
        path = tmp_path / "file"
        path.write_bytes(data)
        return Named("file", str(path), listed)

    return save


def codes(problems):
    return [problem.code for problem in problems]


def test_a_file_is_read_as_it_is(saved):
    """A plain file's bytes are its document's."""
    assert read(saved(b"words"), DEFAULT) == (b"words", [])


@pytest.mark.parametrize("times", [1, 2, 3])
def test_gzip_is_unpacked_unasked_also_twice_packed(saved, times):
    """Gzip is told by content, and unpacked as often as it was packed."""
    data = b"words"
    for _ in range(times):
        data = gzip.compress(data)
    assert read(saved(data), DEFAULT) == (b"words", [])


@pytest.mark.parametrize(
    ("data", "code", "severity"),
    [
        (PACKED[:-5], "truncated-gzip", "error"),
        (PACKED + b"junk", "trailing-bytes", "info"),
        (PACKED[:-6] + b"\0" + PACKED[-5:], "corrupt-gzip", "error"),
    ],
)
def test_what_stands_before_the_damage_is_read(saved, data, code, severity):
    """Damaged gzip gives what can be read of it, and a Problem."""
    text, problems = read(saved(data), DEFAULT)
    assert text is not None
    assert text.startswith(b"words words")
    assert [(problem.code, problem.severity) for problem in problems] == [(code, severity)]


def test_gzip_of_which_nothing_can_be_read_is_unreadable(saved):
    """A gzip file that gives not one byte is an input that can't be read."""
    text, problems = read(saved(b"\x1f\x8b\x08\xff\xff\xff"), DEFAULT)
    assert text is None
    assert codes(problems) == ["unreadable"]


@pytest.mark.parametrize("data", [b"x" * 100_000, gzip.compress(b"x" * 100_000)])
def test_the_cap_on_documents_holds(saved, data):
    """Of a document beyond the cap as much as the cap is read, and that there is more is a Problem."""
    text, problems = read(saved(data), Limits(document_bytes=70_000))
    assert text == b"x" * 70_000
    assert codes(problems) == ["document-too-large"]


def test_files_that_can_not_be_read_are_problems(tmp_path):
    """A file that went away, and a folder in its place, is a Problem with a hint."""
    for path in ("missing", "."):
        text, problems = read(Named(path, str(tmp_path / path)), DEFAULT)
        assert text is None
        assert codes(problems) == ["unreadable"]
        assert problems[0].hint


def test_files_without_permission_say_how_to_get_it(saved, monkeypatch):
    """The hint for a lack of permission is another one."""

    def refuse(*_args):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("builtins.open", refuse)
    _, problems = read(saved(b""), DEFAULT)
    assert "chmod" in problems[0].hint


@pytest.mark.parametrize(
    "compact",
    [b'{"manifest":1,"generator":{"name":"harvester"', b'{\n  "manifest": 1,\n "generator": {"name": "harvester",'],
)
def test_own_manifests_are_no_documents(saved, compact):
    """A manifest that a folder's listing gave is passed over; one that the user names is a Problem."""
    assert read(saved(compact, listed=True), DEFAULT) == (None, [])
    text, problems = read(saved(compact), DEFAULT)
    assert text is None
    assert codes(problems) == ["own-manifest"]
    assert read(saved(gzip.compress(compact)), DEFAULT, manifests=True) == (compact, [])


def test_standard_input_is_read_and_unpacked(monkeypatch):
    """Standard input is read like any file."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PACKED)))
    text, problems = read(Named("-", None), DEFAULT)
    assert text == b"words " * 2000
    assert problems == []


def test_a_named_pipe_is_read_to_its_end(tmp_path):
    """A pipe that the user names is a stream like any other."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    writer = threading.Thread(target=path.write_bytes, args=(b"words",))
    writer.start()
    assert read(Named("pipe", str(path)), DEFAULT) == (b"words", [])
    writer.join()


def test_a_socket_is_no_file(tmp_path):
    """A socket's file can't be opened, which is a Problem."""
    path = tmp_path / "s"
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))
        assert codes(read(Named("s", str(path)), DEFAULT)[1]) == ["unreadable"]
