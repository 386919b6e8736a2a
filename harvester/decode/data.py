"""Decodes what is JSON, a JavaScript literal or a wrapping of one: most of what pages embed."""

from __future__ import annotations

from functools import partial
from typing import Final

from harvester.decode.calls import decode_call
from harvester.decode.contract import Decoding
from harvester.decode.elements import decode_element
from harvester.decode.feeds import DECODERS as FEEDS
from harvester.decode.indexed import follow_references
from harvester.decode.joined import read_joined
from harvester.decode.ladder import decode_text
from harvester.decode.markup import read_markup
from harvester.decode.unfolding import unfold
from harvester.model import Excerpt, Limits, Problem
from harvester.syntax.matcher import Matcher

_REFERENCES: Final = Matcher([b'"__ref"'])


def decode_data(excerpt: Excerpt, limits: Limits) -> Decoding:
    """Decode what is JSON, a JavaScript literal or a wrapping of one, and what stands as text in its strings."""
    if len(excerpt.text) > limits.excerpt_bytes:
        return Decoding(problems=(_too_large(excerpt, limits.excerpt_bytes),))
    joined = "literal" in excerpt.hints
    decoded = read_joined(excerpt, limits) if joined else decode_text(excerpt.text, limits, excerpt.layers)
    if decoded is None and len(excerpt.text) > limits.quasi_json_bytes:
        return Decoding(problems=(_too_large(excerpt, limits.quasi_json_bytes, "that are no strict JSON "),))
    if decoded is None:
        return Decoding(problems=(_undecodable(excerpt),))
    if _REFERENCES.finds(excerpt.text):
        decoded = follow_references(decoded)
    return Decoding((unfold(decoded, excerpt.text, limits, partial(read_markup, limits=limits)),))


def decode_setup(excerpt: Excerpt, limits: Limits) -> Decoding:
    """Read what a player is started with: a literal, or all arguments of a call in their brackets."""
    return decode_call(excerpt, limits) if excerpt.text[:1] == b"(" else decode_data(excerpt, limits)


def decode_oembed(excerpt: Excerpt, limits: Limits) -> Decoding:
    """Read an oEmbed answer, or the link element that leads to one."""
    return (decode_element if excerpt.text[:5].lower() == b"<link" else FEEDS["oembed"])(excerpt, limits)


def _undecodable(excerpt: Excerpt) -> Problem:
    return Problem(
        stage="decode",
        code="undecodable",
        severity="info",
        message=f"{excerpt.form}: this is no data that can be decoded",
        spans=((0, len(excerpt.text)),),
    )


def _too_large(excerpt: Excerpt, limit: int, what: str = "") -> Problem:
    return Problem(
        stage="decode",
        code="too-large",
        severity="warning",
        message=f"{excerpt.form}: more than {limit} bytes {what}in one piece; only bare URLs were looked for in it",
        hint="split the document, or raise limits.excerpt_bytes and limits.quasi_json_bytes",
        spans=((0, len(excerpt.text)),),
    )
