"""Documents made of bytes."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.containers.unpack import unpack


def codes(data: bytes) -> list[str]:
    return [problem.code for problem in unpack(data, uri="a")[1]()]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"words", []),
        (b"", ["empty"]),
        (b"\x89PNG\r\n\x1a\n\0\0", ["binary"]),
        (b"WARC/1.0\r\n", ["unsupported-container"]),
        (b'{"log": {"version": "1.2", "entries": []}}', ["unsupported-container"]),
        ("<meta charset=latin1>é".encode(), ["charset-overruled"]),
        (b"<meta charset=utf-8>\xe9", ["charset-invalid"]),
        (("é" * 100).encode() + b"\xc3", ["charset-invalid"]),
        (b"\xef\xbb\xbfcaf\xe9", ["charset-invalid"]),
        ("\ufeffcafé".encode(), []),
        ("<meta charset=utf-8>é".encode(), []),
        ("Le marché de l'été où la halle était fermée".encode("cp1252"), ["charset-guessed"]),
        ("It’s".encode().decode("cp1252").encode(), ["mojibake"]),
    ],
)
def test_what_is_odd_about_a_document_is_said(data, expected):
    """Each oddity of a document's bytes is a Problem with a code of its own."""
    assert codes(data) == expected


def test_problems_name_the_source_and_say_what_to_do():
    """What is said of a document bears its id."""
    document, problems = unpack(b"WARC/1.0\r\n", uri="a.warc")
    (problem,) = problems()
    assert problem.source == document.id
    assert problem.severity == "error"
    assert problem.hint


@pytest.mark.parametrize("data", [b"WARC/1.0\r\n", b"\x89PNG\r\n\x1a\n\0\0"])
def test_what_is_no_text_has_no_text(data):
    """A file that is no text is a document whose text is empty, so that no stage reads it."""
    document, _ = unpack(data, uri="a")
    assert document.data == data
    assert document.utf8 == b""


def test_utf8_is_not_copied():
    """The text of a UTF-8 document is its bytes, the same object."""
    document, _ = unpack(b"caf\xc3\xa9", uri="a")
    assert document.utf8 is document.data


def test_other_charsets_are_transcoded():
    """The text of any other document is in UTF-8, and its bytes stay as stored."""
    data = "<meta charset=windows-1256>سلام".encode("cp1256")
    document, _ = unpack(data, uri="a")
    assert document.utf8.decode().endswith("سلام")
    assert document.data is data


def test_what_the_caller_knows_counts():
    """A stated type, URL and time are kept, and the URL's basis is said."""
    at = datetime(2020, 1, 1, tzinfo=UTC)
    document, _ = unpack(b"words", uri="a", media_type="text/html", url="http://a.example/", captured_at=at)
    assert (document.media_type, document.url_basis, document.captured_at) == ("text/html", "option", at)


def test_ids_come_from_name_and_content():
    """The same bytes under another name are another source; the same again are the same."""
    first, same, other = (unpack(b"words", uri=uri)[0].id for uri in ("a", "a", "b"))
    assert first == same != other


@given(st.binary(max_size=3000))
def test_any_bytes_make_a_document(data):
    """Unpacking is total, and its text is never longer than charsets allow."""
    document, _ = unpack(data, uri="a")
    assert document.data == data
    assert len(document.utf8) <= 3 * len(data) + 3
