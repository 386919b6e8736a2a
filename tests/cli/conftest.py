"""Runs the command line, and holds every manifest that it writes against the schema."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from typer.testing import CliRunner

from harvester.cli.app import app
from harvester.manifest.read import loads
from harvester.manifest.schema import schema

ARTICLE = Path(__file__).parent.parent / "examples" / "article.txt"
BASE = "https://wendlebury-courier.example/news/40280"


@dataclass
class Ran:
    """How a command ended."""

    code: int
    out: bytes
    err: str

    @property
    def manifest(self) -> Any:
        """The manifest on standard output."""
        return checked(self.out)


def checked(data: bytes) -> Any:
    """Read a manifest and hold it against the schema."""
    value = loads(data, "manifest")
    checker = jsonschema.Draft202012Validator(schema(), format_checker=jsonschema.FormatChecker())
    # A line's type and the digest of the last one belong to the file's format.
    checker.validate(value)
    return value


@pytest.fixture
def harvest(tmp_path, monkeypatch):
    """Runs `harvest` in an empty folder of its own."""
    monkeypatch.chdir(tmp_path)
    for name in ("HARVEST_CONFIG", "HARVEST_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "160")

    def run(*words, stdin: bytes = b"") -> Ran:
        result = CliRunner().invoke(app, [str(word) for word in words], input=stdin, prog_name="harvest")
        for path in tmp_path.rglob("*manifest.json*"):
            if path.is_file() and path.stat().st_size and path.suffix != ".journal":
                checked(path.read_bytes())
        return Ran(result.exit_code, result.stdout_bytes, result.stderr)

    return run


@pytest.fixture
def article(tmp_path):
    """The example article, in the current folder."""
    path = tmp_path / "article.txt"
    path.write_bytes(ARTICLE.read_bytes())
    return path


def load(path: Path) -> Any:
    """Read a saved manifest."""
    return json.loads(path.read_bytes())
