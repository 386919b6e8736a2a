"""Which decoder reads which form; this table is the only place where they are named together."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from types import MappingProxyType
from typing import Final

from harvester.decode import feeds
from harvester.decode.bare import decode_bare
from harvester.decode.calls import decode_call
from harvester.decode.contract import Decoder, Decoding
from harvester.decode.elements import decode_element, read_markup
from harvester.decode.indexed import follow_references
from harvester.decode.ladder import decode_text, unfold
from harvester.decode.microdata import decode_microdata, decode_microformats
from harvester.decode.nuxt import decode_nuxt
from harvester.decode.open_graph import decode_open_graph
from harvester.decode.php import decode_php
from harvester.model import Excerpt, Limits, Problem

_NESTED: Final = (
    b'\\"',
    b"%7B%22",
    b"%7b%22",
    b"\\u0022",
    b"&quot;",
    b"eyJ",
    b"<video",
    b"<iframe",
    b"<audio",
    b"\\u003c",
    b"\\u003C",
    b"&lt;",
)


def decode_data(excerpt: Excerpt, limits: Limits) -> Decoding:
    """Decode what is JSON, a JavaScript literal or a wrapping of one, and what stands as text in its strings."""
    if len(excerpt.text) > limits.excerpt_bytes:
        return Decoding(problems=(_too_large(excerpt, limits.excerpt_bytes),))
    decoded = decode_text(excerpt.text, limits, excerpt.layers)
    if decoded is None:
        return Decoding(problems=(_undecodable(excerpt),))
    if b'"__ref"' in excerpt.text:
        decoded = follow_references(decoded)
    if any(sign in excerpt.text for sign in _NESTED):
        decoded = unfold(decoded, limits, partial(read_markup, limits=limits))
    return Decoding((decoded,))


def decode_setup(excerpt: Excerpt, limits: Limits) -> Decoding:
    """Read what a player is started with: a literal, or all arguments of a call in their brackets."""
    return decode_call(excerpt, limits) if excerpt.text[:1] == b"(" else decode_data(excerpt, limits)


def decode_oembed(excerpt: Excerpt, limits: Limits) -> Decoding:
    """Read an oEmbed answer, or the link element that leads to one."""
    return (decode_element if excerpt.text[:5].lower() == b"<link" else feeds.DECODERS["oembed"])(excerpt, limits)


def _undecodable(excerpt: Excerpt) -> Problem:
    return Problem(
        stage="decode",
        code="undecodable",
        severity="info",
        message=f"{excerpt.form}: this is no data that can be decoded",
        spans=((0, len(excerpt.text)),),
    )


def _too_large(excerpt: Excerpt, limit: int) -> Problem:
    return Problem(
        stage="decode",
        code="too-large",
        severity="warning",
        message=f"{excerpt.form}: more than {limit} bytes in one piece; only bare URLs were looked for in it",
        hint="split the document, or raise limits.excerpt_bytes",
        spans=((0, len(excerpt.text)),),
    )


DECODERS: Final[Mapping[str, Decoder]] = MappingProxyType(
    {
        **dict.fromkeys(
            (
                "json-ld",
                "js-call",
                "js-assignment",
                "json-parse",
                "json-script",
                "next-data",
                "next-flight",
                "json",
            ),
            decode_data,
        ),
        **dict.fromkeys(("data-attribute", "media-element", "embed", "media-link"), decode_element),
        **dict.fromkeys(("php-var-dump", "php-print-r", "php-var-export", "php-serialize"), decode_php),
        **feeds.DECODERS,
        "player-setup": decode_setup,
        "oembed": decode_oembed,
        "nuxt-state": decode_nuxt,
        **dict.fromkeys(("microdata", "rdfa"), decode_microdata),
        "microformats": decode_microformats,
        "open-graph": decode_open_graph,
        "bare-url": decode_bare,
    }
)
