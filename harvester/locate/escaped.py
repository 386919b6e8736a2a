"""Locates markup that stands escaped as text, or encoded: pages keep in it what a script shows later, on demand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from harvester.locate.scan import Scan
from harvester.model import Excerpt, Span
from harvester.syntax.packed import from_base64

ESCAPED: Final = "escaped-markup"
"""The form of such an excerpt, which is read as a page of its own, so that nothing found in it is of this form."""

_ESCAPED_TAG: Final = re.compile(rb"&(?:lt|#60|#[xX]3[cC]);[A-Za-z]")
_SAMPLE: Final = re.compile(rb"<(?:code|pre|kbd|samp)\b[^<]*>\Z", re.IGNORECASE)
_SAMPLE_BYTES: Final = 200
_TOKEN: Final = re.compile(rb"P[GH][\w+/-]++")
_MARKUP: Final = re.compile(rb"<[a-zA-Z]")


def locate_escaped(scan: Scan) -> Iterator[Excerpt]:
    """Give all texts with escaped tags and signs of media as one excerpt, and each that is markup in Base64.

    Samples of code are none. Each escaped text begins with the `>` in front of it, which keeps the pieces apart.
    """
    spans = tuple(_texts(scan))
    if spans:
        yield Excerpt(form=ESCAPED, text=b"".join(scan.utf8[slice(*span)] for span in spans), spans=spans)
    yield from _encoded(scan)


def _encoded(scan: Scan) -> Iterator[Excerpt]:
    """Markup in Base64 (RFC 4648), as consent managers keep frames in attributes and templates."""
    for mark, kind in scan.outside:
        if kind == "base64" and (token := _TOKEN.match(scan.utf8, mark)):
            markup = from_base64(token[0])
            if markup and _MARKUP.match(markup):
                yield Excerpt(form=ESCAPED, text=markup, spans=(token.span(),), layers=("base64",))


def _texts(scan: Scan) -> Iterator[Span]:
    utf8, low = scan.utf8, 0
    for mark, _ in scan.outside:
        if mark < low or scan.is_taken(mark):
            continue
        start = utf8.rfind(b">", low, mark)
        if start < 0 or utf8.rfind(b"<", start, mark) >= 0:  # in a tag, or in a text without any mark before it
            low = mark
            continue
        end = utf8.find(b"<", mark)
        low = end if end >= 0 else len(utf8)
        if _ESCAPED_TAG.search(utf8, start, mark) and not _SAMPLE.search(
            utf8, max(0, start - _SAMPLE_BYTES), start + 1
        ):
            yield start, low
