"""Where a manifest is saved when the user doesn't say."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

_GLOB: Final = frozenset("*?[")


def default_output(words: Sequence[str], suffix: str) -> str:
    """Give the name of the manifest of these inputs, in the current folder.

    Args:
        words: As the user gave them.
        suffix: Of the format, such as `json`.
    """
    name = _name(words[0]) if len(words) == 1 else ""
    return f"{name}.manifest.{suffix}" if name else f"manifest.{suffix}"


def _name(word: str) -> str:
    if word == "-":
        return "stdin"
    if "://" in word:
        return urlsplit(word).hostname or ""
    path = Path(word)
    if not os.path.lexists(word) and _GLOB & set(word):
        return ""
    path = path.resolve() if path.name in ("", "..") else path  # `.` and `..` have names too
    return path.name if path.is_dir() else Path(path.name.removesuffix(".gz")).stem
