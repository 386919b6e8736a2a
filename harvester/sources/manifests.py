"""Reads manifests that were saved before."""

from __future__ import annotations

from typing import Any

from harvester.errors import InputError
from harvester.manifest.read import loads
from harvester.model import DEFAULT
from harvester.settings import Format
from harvester.sources.inputs import Named
from harvester.sources.reading import read


def read_manifest(path: str) -> tuple[dict[str, Any], Format]:
    """Read a manifest's JSON from a file, or from `-`; also a gzipped one.

    Returns:
        Its JSON, and whether it stood there as one document or as lines.

    Raises:
        InputError: It can't be read, or is no manifest.
    """
    data, problems = read(Named(path, None if path == "-" else path), DEFAULT, manifests=True)
    if data is None:
        raise InputError(problems[0].message, problems[0].hint)
    return loads(data, path), "jsonl" if data.lstrip().startswith(b'{"line"') else "json"
