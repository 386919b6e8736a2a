"""Caps on what one document may cost; all input is hostile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Caps for one document. What goes beyond one becomes a Problem, and the rest of the work is done.

    Attributes:
        document_bytes: Largest document that is read, after gunzip.
        excerpt_bytes: Largest excerpt that is decoded whole.
        embedded_bytes: Largest one of those in an HTML page or in running text, of which data is a small part.
        quasi_json_bytes: Largest text given to the JavaScript literal decoder.
        broken_json_bytes: Most text of one document given to the repairing decoder, whose work grows with its square.
        depth: Deepest nesting that is followed.
        layers: Most encodings undone one inside another.
        marks: Most signs of one document: of media, of scripts, of dumps.
        scripts: Most scripts of one document that are read; in further ones only bare URLs are looked for.
        excerpts: Most excerpts of one document.
        findings: Most findings of one document.
        values: Most values of one document that are looked at.
        text_chars: Longest text kept of one field.
    """

    document_bytes: int = 1 << 30
    excerpt_bytes: int = 64 << 20
    embedded_bytes: int = 16 << 20
    quasi_json_bytes: int = 8 << 20
    broken_json_bytes: int = 8 << 10
    depth: int = 200
    layers: int = 4
    marks: int = 250_000
    scripts: int = 2_000
    excerpts: int = 50_000
    findings: int = 100_000
    values: int = 1_000_000
    text_chars: int = 20_000


DEFAULT: Final = Limits()
