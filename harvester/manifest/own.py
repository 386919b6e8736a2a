"""Tells the project's own files from documents."""

from __future__ import annotations

import re

_MANIFEST = re.compile(
    rb'\s*\{\s*(?:"line"\s*:\s*"header"\s*,\s*)?"manifest"\s*:\s*\d+\s*,\s*"generator"\s*:\s*\{\s*"name"\s*:\s*"harvester"'
)


def is_manifest(head: bytes) -> bool:
    """Tell by its first bytes whether a file is a manifest of any version and format."""
    return _MANIFEST.match(head) is not None
