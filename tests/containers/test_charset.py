"""Charsets told by bytes, declarations and letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.containers.charset import declared_encoding, detect, is_utf8, python_name, wide_encoding

ARABIC = "رئيس البلدية يستقبل وفدا من التجار ويبحث معه إصلاح السوق القديم. "
RUSSIAN = "Глава города встретился с жителями и рассказал о ремонте старого рынка. "
JAPANESE = "市長は古い市場の修理について住民に説明しました。ニュースの動画です。"
FRENCH = "Le maire a reçu les commerçants et a évoqué l'été où la halle était fermée. "
LEAK = 'string(30) "[{"id":"17","file":"/v/1.mp4"}]"'


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ARABIC, "cp1256"),
        (ARABIC, "utf-16-le"),
        (ARABIC, "utf-16-be"),
        (ARABIC, "utf-32-le"),
        (ARABIC, "utf-32-be"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (JAPANESE, "cp932"),
        (JAPANESE, "euc_jp"),
        (FRENCH, "cp1252"),
        (FRENCH, "utf-16-le"),
    ],
)
@pytest.mark.parametrize("after", ["", LEAK])
def test_text_without_a_declaration_is_read_right(text, encoding, after):
    """A few words are enough to read a text that declares no charset."""
    data = (text + after).encode(encoding)
    assert data.decode(detect(data).encoding) == text + after


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"\xef\xbb\xbf", "utf-8"),
        (b"\xff\xfe", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be"),
        (b"\xff\xfe\0\0", "utf-32-le"),
        (b"\0\0\xfe\xff", "utf-32-be"),
    ],
)
def test_a_byte_order_mark_decides(mark, encoding):
    """A byte order mark says the charset before anything else does."""
    found = detect(mark + "<meta charset=koi8-r>й".encode(encoding))
    assert (found.encoding, found.basis) == (encoding, "bom")


@pytest.mark.parametrize(
    "head",
    [
        b'<meta charset="windows-1256">',
        b"<META http-equiv=content-type content='text/html; charset=windows-1256'>",
        b'<?xml version="1.0" encoding="windows-1256"?>',
        b'@charset "windows-1256";',
    ],
)
def test_declarations_are_read(head):
    """Meta elements, XML declarations and CSS rules declare a charset."""
    found = detect(head + "سلام".encode("cp1256"))
    assert (found.encoding, found.basis) == ("cp1256", "declared")


def test_bytes_win_over_a_declaration_that_lies():
    """A page that is valid UTF-8 is UTF-8, whatever it declares; what it declares is told."""
    found = detect("<meta charset=iso-8859-1>é".encode())
    assert (found.encoding, found.overruled) == ("utf-8", "cp1252")


def test_a_declaration_of_utf16_that_can_be_read_is_wrong():
    """A declaration that stands there in ASCII can't be one of UTF-16."""
    assert declared_encoding(b"<meta charset=utf-16>") == "utf-8"


def test_utf8_with_a_broken_place_stays_utf8():
    """One cut sequence in a UTF-8 text doesn't make it another charset."""
    found = detect(("é" * 100).encode() + b"\xc3")
    assert (found.encoding, found.invalid) == ("utf-8", True)


def test_iso_2022_jp_is_told_by_its_escapes():
    """ISO-2022-JP is ASCII to the byte; it counts where it is declared and its escapes stand there."""
    data = b"<meta charset=iso-2022-jp>" + "動画".encode("iso2022_jp")
    assert detect(data).encoding == "iso2022_jp"
    assert detect(b"<meta charset=iso-2022-jp>video").encoding == "utf-8"


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("ISO-8859-1", "cp1252"),
        ("us-ascii", "cp1252"),
        ("gb2312", "gb18030"),
        ("Shift_JIS", "cp932"),
        ("x-sjis", "cp932"),
        ("euc-kr", "cp949"),
        ("rot13", None),
        ("base64", None),
        ("utf-7", None),
        ("no-such-charset", None),
        ("a\0b", None),
    ],
)
def test_labels_mean_what_browsers_mean(label, name):
    """Labels of charsets are read as the web uses them, and what is no charset of text is none."""
    assert python_name(label) == name


@given(st.binary(max_size=2000))
def test_any_bytes_have_a_charset_that_python_knows(data):
    """Detection is total, and what it says can be decoded with."""
    data.decode(detect(data).encoding, "replace")


@given(st.text(max_size=500))
def test_utf8_is_recognised_however_long_its_characters(text):
    """Valid UTF-8 is valid, and with a stray continuation byte it is not."""
    data = text.encode("utf-8", "replace")
    assert is_utf8(data)
    assert not is_utf8(data + b"\x80")


def test_zero_bytes_alone_are_no_utf16():
    """A binary file with zero bytes is not taken for text."""
    assert wide_encoding(bytes(range(256)) * 8) is None
    assert wide_encoding(b"\0" * 100) is None
