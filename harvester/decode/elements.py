"""Reads an element that shows media, or whose attributes hold data, as one record."""

from __future__ import annotations

from msgspec.structs import replace

from harvester.decode.contract import Decoding
from harvester.decode.markup import Markup
from harvester.model import Excerpt, Limits
from harvester.syntax.tags import read_tag


def decode_element(excerpt: Excerpt, limits: Limits) -> Decoding:
    """Read the element with which the excerpt begins, and the media children that stand in it.

    Where a player is joined to an element whose attributes describe its medium, the two are one record.
    """
    tag = read_tag(excerpt.text, 0)
    if tag is None:
        return Decoding()
    hints = dict(excerpt.hints)
    player = read_tag(excerpt.text, int(hints.pop("player"))) if "player" in hints else None
    decoded = Markup(excerpt.text, limits).element(tag, hints, player)
    return Decoding((replace(decoded, layers=(*excerpt.layers, *decoded.layers)) if excerpt.layers else decoded,))
