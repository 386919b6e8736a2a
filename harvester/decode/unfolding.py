"""Decodes what stands as text in the strings of a value: data in data, and markup that shows media."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from msgspec.structs import replace

from harvester.decode.ladder import decode_text, may_hold_data
from harvester.model import Decoded, Limits, Path, Value
from harvester.syntax.matcher import Matcher
from harvester.syntax.packed import BASE64_TAGS, PERCENT_TAGS, from_base64, from_percent

_SIGNS: Final = Matcher(
    [
        # An escaped quote that ends a key, or begins a value or a list: others are of texts and of markup in these.
        b'\\":',
        b'\\" :',
        *(bracket + begun for bracket in (b"{", b"[") for begun in (b'\\"', b"\\n", b"\\r")),
        b':\\"',
        b': \\"',
        b"\\u0022",
        # Data in other quotes, and encoded whole.
        *(quote + begun for quote in (b"'", b"`") for begun in (b'{"', b'["', b"[{", b"[[")),
        b"&quot;",
        b"&lt;",
        b"%7B%22",
        b"%7b%22",
        b"eyJ",
        # Markup that shows media.
        *(
            opened + name
            for opened in (b"<", b"\\u003c", b"\\u003C", *PERCENT_TAGS)
            for name in (b"video", b"audio", b"iframe", b"source", b"embed", b"amp-")
        ),
        *BASE64_TAGS,
    ]
)
"""Signs of data in strings."""

_SHORTEST: Final = 12
_CONTAINERS: Final = (dict, list)
_DATA: Final = frozenset("{[%&e\n\t ")
_ENCODED: Final = frozenset("%P")
_BEGINS: Final = _DATA | _ENCODED
"""What data begin with, markup that is encoded whole, and either of them."""


def unfold(decoded: Decoded, text: bytes, limits: Limits, embedded: Callable[[str], Value | None]) -> Decoded:
    """Decode what stands as text in strings of a value, layer by layer.

    Args:
        decoded: Its value is changed in place.
        text: What it was decoded from.
        limits: Caps on layers and on values looked at.
        embedded: Reads markup that stands in a string; None where it holds nothing.
    """
    if not _SIGNS.finds(text):
        return decoded
    unfolded: dict[Path, tuple[str, ...]] = {}
    stack: list[tuple[Value, Path, int]] = [(decoded.value, (), len(decoded.layers))]
    left = limits.values
    while stack and left > 0:
        value, path, depth = stack.pop()
        if not isinstance(value, dict | list):
            continue
        left -= len(value)
        members: Iterable[tuple[str | int, Value]] = value.items() if isinstance(value, dict) else enumerate(value)
        found: list[tuple[str | int, Value]] = []
        reaches = len(path) < limits.depth
        for step, child in members:
            if isinstance(child, str):
                if len(child) > _SHORTEST and ("<" in child or child[0] in _BEGINS):
                    inner = _unfolded(child, limits, depth, embedded)
                    if inner:
                        found.append((step, inner[0]))
                        unfolded[(*path, step)] = inner[1]
                        stack.append((inner[0], (*path, step), depth + 1))
            elif child and reaches and isinstance(child, _CONTAINERS):
                stack.append((child, (*path, step), depth))
        for step, child in found:
            value[step] = child  # type: ignore[index]  # a member of this container
    return replace(decoded, unfolded=unfolded) if unfolded else decoded


def _unfolded(
    text: str, limits: Limits, depth: int, embedded: Callable[[str], Value | None]
) -> tuple[Value, tuple[str, ...]] | None:
    if depth >= limits.layers:
        return None
    if text.lstrip()[:1] in _DATA:
        raw = text.encode("utf-8", "replace")
        if may_hold_data(raw):
            inner = decode_text(raw, limits, repair=False)
            if inner and isinstance(inner.value, dict | list) and inner.value:
                return inner.value, inner.layers
    markup, layers = _markup(text)
    value = embedded(markup) if "<" in markup else None
    return None if value is None else (value, (*layers, "html"))


def _markup(text: str) -> tuple[str, tuple[str, ...]]:
    """What a text is that may be markup, encoded whole, and how it was encoded."""
    raw = text.encode("utf-8", "replace") if text[0] in _ENCODED else b""
    if markup := from_percent(raw):
        return markup.decode("utf-8", "replace"), ("percent",)
    if raw.startswith(BASE64_TAGS) and (markup := from_base64(raw)):
        return markup.decode("utf-8", "replace"), ("base64",)
    return text, ()
