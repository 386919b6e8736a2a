"""Reads site profiles from files: the shipped ones, a folder of the user's, a single file."""

from __future__ import annotations

from pathlib import Path

from harvester.errors import ProfileError
from harvester.resolve.profiles import Profile, Profiles
from harvester.shipped import config_path


def load_file(path: Path) -> Profile:
    """Read one profile and try all that it says.

    Raises:
        ProfileError: It can't be read or used; the hint says what to do.
    """
    from harvester.resolve.profiles.validate import parse  # noqa: PLC0415 - the shipped ones were tried by their tests

    return parse(_text(path), path.stem)


def load_folder(path: Path) -> tuple[Profile, ...]:
    """Read all `*.toml` of a folder, in the order of their names.

    Raises:
        ProfileError: It is no folder, or one of them can't be used.
    """
    return tuple(load_file(file) for file in _files(path))


def _shipped() -> list[Profile]:
    # The project's own tests have tried all that these say.
    return [Profile(file.stem, _text(file)) for file in _files(config_path("sites"))]


SHIPPED = Profiles(_shipped)
"""The profiles that come with harvester, read when they are first asked."""


def _files(path: Path) -> list[Path]:
    try:
        return sorted(file for file in path.iterdir() if file.suffix == ".toml")
    except OSError as error:
        raise ProfileError(f"profiles in {path}: {error.strerror}", "name a folder that holds *.toml files") from error


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except OSError as error:
        raise ProfileError(f"profile {path}: {error.strerror}", "name a file that can be read") from error
    except UnicodeDecodeError as error:
        raise ProfileError(f"profile {path}: not UTF-8 at byte {error.start}", "save it as UTF-8") from error
