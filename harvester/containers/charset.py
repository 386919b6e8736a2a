"""Finds the charset of a document: what its bytes prove, then what it declares, then a guess that says so."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Final, Literal

from harvester.model.transcode import BOMS

Basis = Literal["bom", "bytes", "declared", "guess"]

SAMPLE_BYTES: Final = 64 << 10
"""How much a guess looks at: the guesser's time grows faster than its text."""

_CHUNK: Final = 1 << 12
_DECLARATION_BYTES: Final = 8192  # more than the 1,024 that HTML asks for: real pages put scripts first
_DECLARATION = re.compile(
    rb"""<meta\b[^>]{0,300}?\bcharset\s*=\s*["']?\s*([\w.:-]{2,40})"""
    rb"""|<\?xml\b[^>]{0,200}?\bencoding\s*=\s*["']([\w.:-]{2,40})"""
    rb"""|\A\s*@charset\s+"([\w.:-]{2,40})" """.rstrip(),
    re.IGNORECASE,
)
# Labels that mean another charset than their name says (WHATWG Encoding, section 4.2), by Python's names.
_MEANT: Final = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
    # A page whose declaration could be read as ASCII is not UTF-16, whatever it says.
    "utf-16": "utf-8",
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
    "utf-32": "utf-8",
}
_LABELS: Final = {
    "x-sjis": "cp932",
    "ks_c_5601-1987": "cp949",
    "windows-874": "cp874",
    "windows-949": "cp949",
    "x-gbk": "gb18030",
    "unicode": "utf-8",
    "utf8mb4": "utf-8",
    "x-mac-cyrillic": "mac_cyrillic",
}
_NOT_TEXT: Final = frozenset({"utf-7", "punycode", "idna", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs"})
_SHIFT: Final = re.compile(rb"\x1b(?:\$[@B]|\([BJI])")  # ISO-2022-JP's escapes are ASCII bytes


@dataclass(frozen=True, slots=True)
class Charset:
    """What a document's bytes are written in.

    Attributes:
        encoding: By its Python name.
        basis: What that rests on.
        invalid: Whether some bytes don't fit it; None where nobody has looked yet.
        overruled: The charset that the document declares and that its bytes disprove.
    """

    encoding: str
    basis: Basis
    invalid: bool | None = False
    overruled: str | None = None


def detect(data: bytes) -> Charset:
    """Find the charset of a text.

    The order is that of proof: a byte order mark, zero bytes at the places where UTF-16 or UTF-32 has them, UTF-8 where
    it is declared, valid UTF-8 (other charsets hardly ever make it by chance), what else the document declares, and a
    guess by frequencies.
    """
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return _stated(encoding, "bom")
    if wide := wide_encoding(data):
        return Charset(wide, "bytes")
    declared = declared_encoding(data)
    if declared == "utf-8" or (declared == "iso2022_jp" and _SHIFT.search(data)):
        return _stated(declared, "declared")
    if data.isascii():
        return Charset("utf-8", "bytes")
    if is_utf8(data):
        return Charset("utf-8", "bytes", overruled=declared)
    return _not_valid_utf8(data, declared)


def _stated(encoding: str, basis: Basis) -> Charset:
    """A charset that is believed: UTF-8 is read as such whether all bytes fit or not, as on the web."""
    return Charset(encoding, basis, invalid=None if encoding == "utf-8" else False)


def _not_valid_utf8(data: bytes, declared: str | None) -> Charset:
    if _mostly_utf8(data):
        return Charset("utf-8", "bytes", invalid=True, overruled=declared)
    if declared is not None:
        return Charset(declared, "declared")
    return Charset(_guess(data), "guess")


def declared_encoding(data: bytes) -> str | None:
    """Give the charset that `<meta>`, the XML declaration or `@charset` states, by its Python name."""
    # In most pages it stands in the tag round the first mention; looking for it without case takes far longer.
    mention = data.find(b"charset", 0, _DECLARATION_BYTES)
    tag = data.rfind(b"<meta", 0, mention) if mention > 0 else -1
    match = _DECLARATION.match(data, tag, _DECLARATION_BYTES) if tag >= 0 else None
    match = match or _DECLARATION.search(data, 0, _DECLARATION_BYTES)
    if match is None:
        return None
    return python_name(match[match.lastindex or 1].decode("ascii", "replace"))


def python_name(label: str) -> str | None:
    """Give Python's name of what a label means on the web, or None where it means no charset of text."""
    label = label.strip().lower()
    if label in _LABELS:
        return _LABELS[label]
    try:
        "a".encode(label)  # refuses what `lookup` lets pass: rot13, base64
        name = codecs.lookup(label).name
    except (LookupError, ValueError):
        return None
    return None if name in _NOT_TEXT else _MEANT.get(name, name)


def is_utf8(data: bytes) -> bool:
    """Tell whether all of it is valid UTF-8.

    Chunk by chunk: most chunks of most pages are ASCII, which is told at once, and a text of a few kilobytes is
    decoded in the cache.
    """
    at, size = 0, len(data)
    try:
        while at < size:
            piece = data[at : at + _CHUNK]
            at += len(piece) if piece.isascii() else codecs.utf_8_decode(piece, "strict", at + _CHUNK >= size)[1]
    except UnicodeDecodeError:
        return False
    return True


def wide_encoding(data: bytes) -> str | None:
    """Tell UTF-16 and UTF-32 without a byte order mark by where zero bytes stand."""
    sample = data[:4096]
    if b"\0" not in sample:
        return None
    zeros = [sample[phase::4].count(0) for phase in range(4)]
    quarter = max(len(sample) // 4, 1)
    full = [count > quarter * 0.7 for count in zeros]
    if full[2] and full[3] and not full[0]:
        return _if_decodes(sample, "utf-32-le", 4)
    if full[0] and full[1] and not full[3]:
        return _if_decodes(sample, "utf-32-be", 4)
    even, odd = zeros[0] + zeros[2], zeros[1] + zeros[3]
    # Markup, digits and spaces are ASCII in every language, so that one side always has some zeros.
    if odd > len(sample) * 0.02 and even <= odd * 0.05:
        return _if_decodes(sample, "utf-16-le", 2)
    if even > len(sample) * 0.02 and odd <= even * 0.05:
        return _if_decodes(sample, "utf-16-be", 2)
    return None


def _if_decodes(sample: bytes, encoding: str, unit: int) -> str | None:
    """Accept a wide charset if the sample is text in it: printable and with a space or a line break now and then."""
    try:
        text = sample[: len(sample) // unit * unit].decode(encoding, "strict")
    except UnicodeDecodeError as error:
        if error.start < len(sample) - unit * 2:  # a pair cut by the sample's end is no mistake
            return None
        text = sample[: error.start].decode(encoding, "replace")
    odd = sum(not (char.isprintable() or char in "\t\n\r\f\ufeff") for char in text)
    return encoding if text and odd <= len(text) * 0.02 else None


def _mostly_utf8(data: bytes) -> bool:
    """Tell whether the text is UTF-8 apart from a few broken places, such as its cut end."""
    sample = _around_foreign(data)
    valid = sum(char > "\x7f" for char in sample.decode("utf-8", "ignore"))
    invalid = sample.decode("utf-8", "replace").count("\ufffd")
    return valid > 0 and invalid <= max(1, valid // 10)


def _around_foreign(data: bytes) -> bytes:
    """Give the part from shortly before the first byte that is not ASCII: before it nothing tells charsets apart."""
    match = re.search(rb"[\x80-\xff]", data)
    start = max(match.start() - 256, 0) if match else 0
    return data[start : start + SAMPLE_BYTES]


def _guess(data: bytes) -> str:
    import charset_normalizer  # noqa: PLC0415 - costs 25 ms, and is needed for few documents

    matches = charset_normalizer.from_bytes(_around_foreign(data))
    best = matches.best()
    if best is None:
        return "cp1252"
    # Texts of western Europe fit several charsets equally well; the one that the web falls back on is meant.
    equal = [match for match in matches if (match.chaos, match.coherence) == (best.chaos, best.coherence)]
    if any("cp1252" in match.could_be_from_charset for match in equal):
        return "cp1252"
    name = python_name(best.encoding)
    return name if name not in (None, "utf-8") else "cp1252"
