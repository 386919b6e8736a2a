"""Saves output so that a reader sees the old file or the whole new one, never a part."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from harvester.errors import OutputError

STDOUT: Final = "-"


def prepare(path: str, keep: Iterable[str] = ()) -> None:
    """Find out before the work whether its result can be saved.

    Args:
        path: Where to.
        keep: Files that must not be replaced: those that are read.

    Raises:
        OutputError: It can't.
    """
    if path == STDOUT:
        return
    target = Path(os.path.realpath(path))
    if any(os.path.realpath(each) == str(target) for each in keep) and target.is_file():
        raise OutputError(f"{path} is one of the inputs, which it would replace", "name another file with -o")
    try:
        mode = target.stat().st_mode
    except FileNotFoundError:
        mode = 0
    except OSError as error:
        raise OutputError(f"{path}: {error.strerror}", "name another file with -o") from error
    if stat.S_ISDIR(mode) or path.endswith(os.sep):
        raise OutputError(f"{path} is a folder", f"name a file in it: -o {Path(path) / 'manifest.json'}")
    if mode and not os.access(target, os.W_OK):
        raise OutputError(f"{path} is not writable", f"make it so (chmod u+w {path}), or name another file with -o")
    if mode and not stat.S_ISREG(mode):
        return
    folder = target.parent
    if not folder.is_dir():
        raise OutputError(f"{path}: the folder {folder} doesn't exist", f"make it first: mkdir -p {folder}")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise OutputError(f"{path}: the folder {folder} is not writable", "name a file elsewhere with -o")


def save(path: str, chunks: Iterable[bytes]) -> None:
    """Write to a file at once, or through to standard output, a device or a pipe.

    A regular file is replaced atomically, with its permissions kept and links to it followed. What is left when
    writing fails is what stood there before.

    Raises:
        OutputError: It can't be written.
    """
    prepare(path)
    try:
        if path == STDOUT:
            for chunk in chunks:
                sys.stdout.buffer.write(chunk)
            sys.stdout.buffer.flush()
            return
        target = Path(os.path.realpath(path))
        if target.exists() and not target.is_file():
            with target.open("wb", buffering=0) as stream:
                for chunk in chunks:
                    stream.write(chunk)
            return
        _replace(target, chunks)
    except BrokenPipeError:
        raise  # whoever read it has enough: no matter for a message
    except OSError as error:
        name = "standard output" if path == STDOUT else path
        raise OutputError(f"{name}: {error.strerror or error}", "name another file with -o") from error


def _replace(target: Path, chunks: Iterable[bytes]) -> None:
    # In the same folder, since only there a rename is atomic; the process's number keeps two runs apart.
    temporary = target.with_name(f".{target.name[:200]}.{os.getpid()}.tmp")
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
        with os.fdopen(descriptor, "wb") as stream:
            with contextlib.suppress(FileNotFoundError):
                os.fchmod(stream.fileno(), stat.S_IMODE(target.stat().st_mode))
            for chunk in chunks:
                stream.write(chunk)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    """Make the new name last through a power cut, where the file system can."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
