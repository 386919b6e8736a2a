"""Tells pictures of a medium from those that only show whose a link is, or what a button does."""

from __future__ import annotations

import re
from typing import Final

from harvester.syntax.tags import Tag

_LOGO: Final = re.compile(
    r"logo|\.svg(?:[?#]|\Z)"
    r"|(?:\A|/)(?:mp3|ogg|youtube|vimeo|spotify|soundcloud)\.(?:png|gif)(?:[?#]|\Z)"
    r"|(?:\A|/)(?=[\w-]*?(?:play|pause|listen|download|speaker|icon|btn|button|arrow|spacer|pixel|blank))"
    r"(?:(?:play|pause|listen|download|speaker|icon|btn|button|arrow|spacer|pixel|blank|audio|video|mp3|mp4|podcast"
    r"|small|big|large|white|black|red|blue|green|grey|gray|now|the|on|off|s)[\d_-]*+)++\.(?:png|gif|jpe?g|webp)(?:[?#]|\Z)",
    re.IGNORECASE,
)
_LOGO_CHARS: Final = 120
_FILLER: Final = re.compile(
    r"(?:\A|/)(?:spacer|blank|pixel|transparent|1x1)(?:[-_.](?=\w*\d)\w+)?(?:\.[\w.]+)?\Z", re.IGNORECASE
)
_NAMES: Final = ("alt", "class")
_SOURCES: Final = (
    *("data-src", "data-original", "data-lazy-src", "data-lazysrc", "data-lazy", "data-lazyload", "data-thumb", "src"),
    *("data-srcset", "data-lazy-srcset", "srcset"),
)
"""Where the address of a picture stands, those first that scripts put in place of a filler."""


def is_logo(data: bytes, tag: Tag) -> bool:
    """Tell whether an `img` shows no medium."""
    named = (address_of(data, tag) or tag.value(data, "src") or "", *(tag.value(data, name) or "" for name in _NAMES))
    return any(_LOGO.search(text[-_LOGO_CHARS:]) for text in named)


def keeps_place(address: str) -> bool:
    """Tell whether a picture's address says that it only keeps the place of another, whatever hash its name bears."""
    return _FILLER.search(address.partition("?")[0][-_LOGO_CHARS:]) is not None


def address_of(data: bytes, tag: Tag) -> str | None:
    """Give the address of the picture that an `img` shows in the end, or None where it has only a filler.

    Of several sizes (`srcset`, HTML standard, section 4.8.4.2) the first.
    """
    for name in _SOURCES:
        address = (tag.value(data, name) or "").strip()
        if name.endswith("srcset") and address:
            address = address.split(None, 1)[0].rstrip(",")
        if address and not address.startswith("data:") and not keeps_place(address):
            return address
    return None
