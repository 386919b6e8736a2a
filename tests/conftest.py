"""What tests of several rooms share."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from servers.loopback import Loopback


settings.register_profile("unhurried", deadline=None)  # a busy machine fails no test
settings.load_profile("unhurried")


@pytest.fixture(scope="session")
def loopback() -> Iterator[Loopback]:
    """A server of good and bad behaviours on 127.0.0.1 to 127.0.0.64, one process for the whole run.

    `loopback.url("/ok.mp4", host="127.0.0.2")` is the URL of a behaviour, `loopback.log()` what the server saw,
    `loopback.reset()` forgets it; `python tests/servers/server.py --list` prints the table of behaviours.
    """
    spec = importlib.util.spec_from_file_location("loopback", Path(__file__).parent / "servers" / "loopback.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    server: Loopback = module.Loopback()
    yield server
    server.stop()
