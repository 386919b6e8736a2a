"""The server that the others are tested against."""

from __future__ import annotations

import json
import struct
import subprocess
import sys
import time
from pathlib import Path

import pytest

from harvester.model.exchange import Ask

SERVER = Path(__file__).parent.parent / "servers" / "server.py"


def boxes(data: bytes) -> list[tuple[str, int]]:
    """Kind and size of the outermost boxes."""
    found, at = [], 0
    while at + 8 <= len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        found.append((kind.decode(), size))
        at += size
    return found


def test_there_are_many_behaviours_each_with_its_description(loopback):
    """Sixty and more, all said in a line."""
    table = loopback.behaviours()
    assert len(table) >= 60
    assert all(table.values())
    printed = subprocess.run([sys.executable, SERVER, "--list"], capture_output=True, text=True, check=True).stdout
    assert len(printed.splitlines()) == len(table)


@pytest.mark.parametrize(
    ("path", "kinds"),
    [
        ("/ok.mp4", ["ftyp", "moov", "mdat"]),
        ("/ok-end.mp4", ["ftyp", "free", "mdat", "moov"]),
        ("/ok-fragmented.mp4", ["ftyp", "moov", "moof", "mdat", "moof", "mdat"]),
    ],
)
def test_the_movies_are_made_of_boxes_that_fit(get, path, kinds):
    """Sizes add up to the file's."""
    body = get(path).body
    assert [kind for kind, _ in boxes(body)] == kinds
    assert sum(size for _, size in boxes(body)) == len(body)


def test_a_truncated_movie_ends_before_its_last_box_does(get):
    """Its boxes promise more than there is."""
    body = get("/truncated.mp4").body
    assert sum(size for _, size in boxes(body)) > len(body)


def test_the_log_tells_who_asked_what_where_and_when(loopback, send):
    """Address, path, range, connection and times on the machine's own clock."""
    loopback.reset()
    before = time.monotonic()
    send(Ask(url=loopback.url("/ok.mp4?a=1", host="127.0.0.7"), method="GET", range=(0, 9), max_bytes=10))
    (entry,) = loopback.log(host="127.0.0.7", path="/ok.mp4")
    assert (entry.method, entry.target, entry.range) == ("GET", "/ok.mp4?a=1", "bytes=0-9")
    assert entry.host == f"127.0.0.7:{loopback.port}"
    assert before <= entry.started <= entry.ended <= time.monotonic()
    assert loopback.log(host="127.0.0.8") == []


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("allow", 200),
        ("disallow", 200),
        ("not-found", 404),
        ("server-error", 500),
        ("redirect", 301),
        ("forbidden", 403),
    ],
)
def test_robots_txt_depends_on_the_address(loopback, send, name, status):
    """Each address has its own rules."""
    (answer,) = send(Ask(url=loopback.url("/robots.txt", host=loopback.robots_host(name))))
    assert answer.status == status


def test_the_server_ends_with_its_input():
    """It can't outlive whoever started it."""
    process = subprocess.Popen(
        [sys.executable, SERVER, "--addresses", "1"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    ports = json.loads(process.stdout.readline())
    assert {"port", "tls_port"} <= ports.keys()
    process.communicate(timeout=10)
    assert process.returncode == 0
