"""Reads a URL that stands in no form at all, whatever escapes it went through."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import unquote

from harvester.decode.contract import Decoding
from harvester.model import Decoded, Excerpt, Limits
from harvester.syntax.origin import resolve_entities, resolve_escapes

_ROUNDS: Final = 3
_ESCAPED_SCHEME: Final = re.compile(r"https?%(?:25)?3A", re.IGNORECASE)
_WHOLE: Final = re.compile(r"(?:[a-z]+:)?//|[^/]*/[^/]+/|[^/]+/[^/]", re.IGNORECASE)
"""An absolute URL, or a path of more than a name: a name alone is a piece that code puts behind something else."""

_BEHIND: Final = re.compile(r"(\.\w{2,4})&.*", re.DOTALL)
"""What stands behind a file's ending where no query began: more of the outer URL whose parameter this one is."""

_TEMPLATE: Final = re.compile(r"[$#@%]\{|\{\{|\+|\$\d|<%|\?:|__[A-Z]+__|\.\*|\\\.|[|^]")


def decode_bare(excerpt: Excerpt, limits: Limits) -> Decoding:
    """Give `{"url": …}` with entities, backslashes and percent-encoded slashes resolved."""
    text = excerpt.text
    layers: list[str] = []
    for _ in range(min(_ROUNDS, limits.layers)):
        for layer, resolve in (("html-entities", resolve_entities), ("escapes", resolve_escapes)):
            resolved = resolve(text)
            if resolved != text:
                layers.append(layer)
                text = resolved
    url = text.decode("utf-8", "replace").strip()
    if _ESCAPED_SCHEME.match(url):
        url = unquote(unquote(url)) if "%253" in url[:12].lower() else unquote(url)
        layers.append("percent")
    if "?" not in url:
        url = _BEHIND.sub(r"\1", url)
    if not _WHOLE.match(url) or _TEMPLATE.search(url.partition("?")[0]):
        return Decoding()
    return Decoding((Decoded(value={"url": url}, layers=tuple(layers[: limits.layers])),))
