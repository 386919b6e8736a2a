"""Makes a document of bytes: what it is and how it is written, both told by its content."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Final

from harvester.containers import charset, media
from harvester.model import Document, Problem
from harvester.model.transcode import BOMS, to_utf8
from harvester.model.vocabulary import Severity

BINARY: Final = "binary"
"""The encoding of a document that is no text."""

# "â€™", "Ã©", "Ø§Ù": UTF-8 that was read as Windows-1252 and written as UTF-8 again.
_MOJIBAKE: Final = re.compile(rb"\xc3(?:\xa2\xe2\x82\xac|\x83\xc2|\x98\xc2\xa7\xc3\x99)")
_MOJIBAKE_BYTES: Final = 64 << 10
_BOMS: Final = tuple(mark for mark, _ in BOMS)


def unpack(
    data: bytes,
    *,
    uri: str,
    media_type: str | None = None,
    url: str | None = None,
    captured_at: datetime | None = None,
) -> tuple[Document, Callable[[], list[Problem]]]:
    """Make a document of its bytes as stored.

    Args:
        data: After gunzip and transfer decoding.
        uri: What the user or a folder listing calls it.
        media_type: Where the caller knows better than the content tells.
        url: The document's own URL, where the caller states it.
        captured_at: When it was saved, aware.

    Returns:
        The document, and what tells what is to be said of it, for that looks at every byte. A file that is no text, or
        that holds other documents, is a document whose media type says so and whose text is empty.
    """
    wide = charset.wide_encoding(data)
    marked = data.startswith(_BOMS)
    opaque = media.container_type(data[:512]) or (None if marked else media.binary_type(data, wide=wide is not None))
    found = charset.Charset(BINARY, "bytes") if opaque else charset.detect(data)
    if opaque:
        utf8 = b""
    else:
        utf8 = data if found.encoding == "utf-8" else to_utf8(data, found.encoding)
        sniffed = media.text_type(utf8)
        if sniffed in media.CONTAINERS:
            opaque, utf8 = sniffed, b""
        media_type = media_type or sniffed
    document = Document(
        uri=uri,
        data=data,
        utf8=utf8,
        encoding=found.encoding,
        media_type=opaque or media_type or media.BINARY,
        url=url,
        url_basis="option" if url is not None else None,
        captured_at=captured_at,
    )
    return document, partial(_problems, document, found, opaque)


def _problems(document: Document, found: charset.Charset, opaque: str | None) -> list[Problem]:
    source = document.id
    if opaque in media.CONTAINERS:
        what = media.CONTAINERS[opaque]
        message = f"{_name(document)} is {what}, which this version can't open"
        hint = "save the pages in it as files of their own, and name these"
        return [_problem("unsupported-container", "error", message, hint, source)]
    if opaque:
        message = f"{_name(document)} is no text ({opaque}); nothing is read from it"
        hint = "name the page that shows it; media files themselves are not looked into"
        return [_problem("binary", "info", message, hint, source)]
    if not document.data:
        return [_problem("empty", "info", f"{_name(document)} is empty", "save it again if it should not be", source)]
    return _charset_problems(document, found)


def _charset_problems(document: Document, found: charset.Charset) -> list[Problem]:
    source, problems = document.id, []
    if found.basis == "guess":
        message = f"{_name(document)} doesn't say its charset; it was read as {found.encoding}, a guess by its letters"
        problems.append(
            _problem("charset-guessed", "info", message, "look at the titles; spans hold either way", source)
        )
    if found.overruled:
        message = (
            f"{_name(document)} declares {found.overruled} but its bytes are {found.encoding}; it was read as these"
        )
        problems.append(_problem("charset-overruled", "info", message, None, source))
    if found.invalid or (found.invalid is None and not charset.is_utf8(document.data)):
        message = f"{_name(document)} is {found.encoding} with bytes that don't fit"
        problems.append(_problem("charset-invalid", "info", message, "the bytes stand for U+FFFD in texts", source))
    if document.utf8.find(b"\xc3", 0, _MOJIBAKE_BYTES) >= 0 and _MOJIBAKE.search(document.utf8, 0, _MOJIBAKE_BYTES):
        message = f"{_name(document)} holds text that was decoded with the wrong charset before it was saved"
        problems.append(_problem("mojibake", "info", message, "texts are kept as they stand", source))
    return problems


def _name(document: Document) -> str:
    return "standard input" if document.uri == "-" else document.uri


def _problem(code: str, severity: Severity, message: str, hint: str | None, source: str) -> Problem:
    return Problem(stage="unpack", code=code, severity=severity, message=message, hint=hint, source=source)
