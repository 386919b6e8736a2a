"""Finds the files that the user's words stand for: files, folders, globs, standard input and lists of these."""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from harvester.errors import InputError
from harvester.model import Problem
from harvester.model.vocabulary import Severity

STDIN: Final = "-"
_REMOTE = re.compile(r"(?:https?|s3|gs|az|ftp)://", re.IGNORECASE)
_BYTES_OF_NAME = re.compile("[\udc80-\udcff]")


@dataclass(frozen=True, slots=True)
class Named:
    """One file to read.

    Attributes:
        uri: As the manifest calls it: as it was given, bytes of a name that are no UTF-8 as `%E9`.
        path: For the file system, or None for standard input.
        listed: Whether a folder's listing gave it, and not the user.
    """

    uri: str
    path: str | None
    listed: bool = False


@dataclass(slots=True)
class Inputs:
    """What the user's words stand for, each file once, in the order of the words and sorted within a folder."""

    files: list[Named] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def expand(words: Iterable[str]) -> Inputs:
    """Find the files that words stand for. What can't be found becomes a Problem."""
    found = Inputs()
    seen: set[str] = set()
    for word in words:
        for named in _files_of(word, found.problems):
            real = STDIN if named.path is None else os.path.realpath(named.path)
            if real not in seen:
                seen.add(real)
                found.files.append(named)
            elif not named.listed:
                message = f"{named.uri} is named more than once; it is read once"
                found.problems.append(problem("repeated-input", "info", message, None))
    return found


def words_from(path: str) -> list[str]:
    """Read inputs from a list: one a line, or ended by NUL; empty lines and lines that begin with `#` are none.

    Raises:
        InputError: The list can't be read.
    """
    try:
        if path == STDIN:
            data = sys.stdin.buffer.read()
        else:
            with open(path, "rb") as stream:
                data = stream.read()
    except OSError as error:
        raise InputError(
            f"{uri_of(path)}: {error.strerror}", "--from-file takes a text file with one input a line"
        ) from error
    lines = data.split(b"\0") if b"\0" in data else data.removeprefix(b"\xef\xbb\xbf").splitlines()
    return [os.fsdecode(line) for line in lines if line.strip() and not line.startswith(b"#")]


def uri_of(path: str) -> str:
    """Write a path so that it is always valid text: bytes that are no UTF-8 become `%E9` and the like."""
    return _BYTES_OF_NAME.sub(lambda match: f"%{ord(match[0]) - 0xDC00:02X}", path)


def problem(code: str, severity: Severity, message: str, hint: str | None) -> Problem:
    """Say what is wrong with an input."""
    return Problem(stage="open", code=code, severity=severity, message=message, hint=hint)


def _files_of(word: str, problems: list[Problem]) -> Iterator[Named]:
    if word == STDIN:
        yield Named(STDIN, None)
    elif _REMOTE.match(word):
        hint = f"save it first, such as with: curl -L -o page.html '{word}'"
        problems.append(problem("remote-input", "error", f"{word}: this version reads saved files only", hint))
    elif not word:
        problems.append(problem("unreadable", "error", "one of the inputs is an empty word", "name a file"))
    elif os.path.isdir(word):
        yield from _walk(word, problems)
    elif os.path.lexists(word):
        yield Named(uri_of(word), word)
    else:
        yield from _matches(word, problems)


def _matches(word: str, problems: list[Problem]) -> Iterator[Named]:
    if any(char in word for char in "*?["):
        from glob import iglob  # noqa: PLC0415 - the shell has mostly done this

        paths = sorted(iglob(word, recursive=True), key=os.fsencode)
        for path in paths:
            if os.path.isdir(path):
                yield from _walk(path, problems)
            else:
                yield Named(uri_of(path), path, listed=True)
        if paths:
            return
        problems.append(problem("unreadable", "error", f"{uri_of(word)}: no file matches", "check the pattern"))
        return
    hint = "check the name; files, folders, globs in quotes and - for standard input are inputs"
    problems.append(problem("unreadable", "error", f"{uri_of(word)}: no such file", hint))


def _walk(top: str, problems: list[Problem]) -> Iterator[Named]:
    """List a folder: sorted by name as bytes, hidden names left out, each folder once whatever links lead to it."""
    visited: set[tuple[int, int]] = set()
    stack: list[Iterator[str]] = [iter([top])]
    while stack:
        path = next(stack[-1], None)
        if path is None:
            stack.pop()
            continue
        try:
            status = os.stat(path)
            if stat.S_ISDIR(status.st_mode):
                if (status.st_dev, status.st_ino) not in visited:
                    visited.add((status.st_dev, status.st_ino))
                    stack.append(iter(_listing(path)))
            elif stat.S_ISREG(status.st_mode):
                yield Named(uri_of(path), path, listed=True)
            else:
                message = f"{uri_of(path)} is a pipe, socket or device; in a folder these are left out"
                problems.append(problem("no-file", "info", message, "name it itself to read it"))
        except OSError as error:
            hint = "make it readable, or move it out of the folder"
            problems.append(problem("unreadable", "error", f"{uri_of(path)}: {error.strerror}", hint))


def _listing(folder: str) -> list[str]:
    with os.scandir(folder) as entries:
        names = [entry.name for entry in entries if not entry.name.startswith(".")]
    return [os.path.join(folder, name) for name in sorted(names, key=os.fsencode)]
