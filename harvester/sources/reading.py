"""Reads files and streams whole, unpacks gzip by content, and keeps to the cap."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO, Final

from msgspec.structs import replace

from harvester.containers.media import is_gzip
from harvester.manifest.own import is_manifest
from harvester.model import Limits, Problem
from harvester.model.vocabulary import Severity
from harvester.sources.inputs import Named, problem

if TYPE_CHECKING:
    from harvester.containers.gunzip import Damage

_CHUNK: Final = 64 << 10
_DAMAGE: Final[dict[Damage, tuple[str, str]]] = {
    "truncated-gzip": ("{} ends in the middle of its gzip data; what stands before that is read", "fetch it again"),
    "corrupt-gzip": ("{} has broken gzip data; what stands before the break is read", "fetch it again"),
    "trailing-bytes": ("{} has bytes after its gzip data that are none; they are left out", "look at its end"),
}


def read(named: Named, limits: Limits, *, manifests: bool = False) -> tuple[bytes | None, list[Problem]]:
    """Read a file, unpacked.

    Args:
        named: Which one.
        limits: Of what is read.
        manifests: Whether one of harvest's own manifests is what is wanted.

    Returns:
        Its bytes, or None where there is nothing to read, and what went wrong. A manifest that a folder's listing
        gave is passed over without a word.
    """
    try:
        if named.path is None:
            return _document(named, *_unpacked(named, _chunks(sys.stdin.buffer), limits), manifests=manifests)
        with open(named.path, "rb") as stream:
            if stat.S_ISSOCK(os.fstat(stream.fileno()).st_mode):
                return None, [problem("unreadable", "error", f"{named.uri} is a socket", "name a file")]
            return _document(named, *_unpacked(named, _chunks(stream), limits), manifests=manifests)
    except OSError as error:
        hint = f"make it readable: chmod u+r '{named.uri}'" if isinstance(error, PermissionError) else "check the file"
        return None, [problem("unreadable", "error", f"{named.uri}: {error.strerror or error}", hint)]


def _unpacked(named: Named, chunks: Iterator[bytes], limits: Limits) -> tuple[bytes | None, list[Problem]]:
    problems: list[Problem] = []
    first = next(chunks, b"")
    if is_gzip(first):
        data, problems = _gunzipped(named, _with(first, chunks), limits)
        if not data and problems:
            return None, [replace(problem, code="unreadable", severity="error") for problem in problems]
    else:
        data, capped = _joined(_with(first, chunks), limits.document_bytes)
        problems = _too_large(named, limits) if capped else []
    return data, problems


def _document(
    named: Named, data: bytes | None, problems: list[Problem], *, manifests: bool
) -> tuple[bytes | None, list[Problem]]:
    """Keep harvest's own manifests from being read as documents."""
    if data is None or manifests or not is_manifest(data[:512]):
        return data, problems
    if named.listed:
        return None, []
    message = f"{named.uri} is a manifest that harvest wrote, and no document"
    return None, [problem("own-manifest", "error", message, f"to look into it: harvest explain '{named.uri}' KEY")]


def _gunzipped(named: Named, chunks: Iterator[bytes], limits: Limits) -> tuple[bytes, list[Problem]]:
    from harvester.containers.gunzip import gunzip  # noqa: PLC0415 - for what is packed

    problems: list[Problem] = []
    data = b""
    for _ in range(limits.layers):
        result = gunzip(chunks, limits.document_bytes)
        data = result.data
        if result.capped:
            problems += _too_large(named, limits)
        if result.damage:
            message, hint = _DAMAGE[result.damage]
            severity: Severity = "info" if result.damage == "trailing-bytes" else "error"
            problems.append(problem(result.damage, severity, message.format(named.uri), hint))
        if not is_gzip(data):
            break
        chunks = iter([data[at : at + _CHUNK] for at in range(0, len(data), _CHUNK)])
    return data, problems


def _too_large(named: Named, limits: Limits) -> list[Problem]:
    message = f"{named.uri} is larger than {limits.document_bytes} bytes; what stands before is read"
    return [problem("document-too-large", "error", message, "raise document_bytes in [limits] of a --config file")]


def _joined(chunks: Iterator[bytes], max_bytes: int) -> tuple[bytes, bool]:
    out = BytesIO()
    for chunk in chunks:
        if out.tell() + len(chunk) > max_bytes:
            out.write(chunk[: max_bytes - out.tell()])
            return out.getvalue(), True
        out.write(chunk)
    return out.getvalue(), False


def _with(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    while chunk := stream.read(_CHUNK):
        yield chunk
