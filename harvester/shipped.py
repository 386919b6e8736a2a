"""Where the files of `config/` are, however harvester was installed."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def _folder() -> Path:
    # In a wheel it lies inside the package; in a checkout and an editable install beside it.
    here = Path(__file__).resolve().parent
    inside = here / "config"
    return inside if inside.is_dir() else here.parent / "config"


def config_path(*parts: str) -> Path:
    """Path of a shipped configuration file or folder, such as `config_path("sites")`."""
    return _folder().joinpath(*parts)
