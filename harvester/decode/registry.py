"""Which decoder reads which form; this table is the only place where they are named together."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from harvester.decode import feeds
from harvester.decode.contract import Decoder, late

_DATA: Final = "json-ld js-call js-assignment json-parse json-script next-data next-flight json".split()
_ELEMENTS: Final = "data-attribute media-element embed media-link".split()
_PHP: Final = "php-var-dump php-print-r php-var-export php-serialize".split()

DECODERS: Final[Mapping[str, Decoder]] = MappingProxyType(
    {
        **dict.fromkeys(_DATA, late("data", "decode_data")),
        **dict.fromkeys(_ELEMENTS, late("elements", "decode_element")),
        **dict.fromkeys(_PHP, late("php", "decode_php")),
        **feeds.DECODERS,
        "player-setup": late("data", "decode_setup"),
        "js-variables": late("variables", "decode_variables"),
        "oembed": late("data", "decode_oembed"),
        "nuxt-state": late("nuxt", "decode_nuxt"),
        **dict.fromkeys(("microdata", "rdfa"), late("microdata", "decode_microdata")),
        "microformats": late("microdata", "decode_microformats"),
        "open-graph": late("open_graph", "decode_open_graph"),
        "bare-url": late("bare", "decode_bare"),
    }
)
"""Decoders by the form that they read; each is loaded when its form is met."""
