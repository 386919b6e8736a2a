"""Reads from a player's data what is said of its only medium outside of that medium's record: a length, a picture.

It is read from the text: of large values what holds no sign of media is not decoded.
"""

from __future__ import annotations

import re
from typing import Final

from harvester.model import Reference
from harvester.recognise.drafts import Draft

_SIGN: Final = b"av_content_duration"
"""The name of a length in milliseconds in Piano's AV Insights; others begin alike, with the type in front."""

_LENGTH: Final = re.compile(_SIGN + rb"(?:\\*\"|&quot;|&#34;)\s?:\s?(\d{3,9})\b")
_PICTURE: Final = re.compile(
    rb"https?:(?:\\?/){2}[^\"'&<>\s:]{1,400}?/([^\"'&<>\s:/]{1,200}\.(?:jpe?g|png|webp|avif))(?=[\"'&?\\])",
    re.IGNORECASE,
)
_PLAYERS_BYTES: Final = 1 << 16
"""Up to this size data can be that of one player."""


def take_leftovers(drafts: list[Draft], text: bytes, *, of_player: bool) -> None:
    """Give the only medium of a value the length that its player reports, and the only picture that it has.

    Args:
        drafts: All that was read from the value.
        text: What it was decoded from.
        of_player: Whether it is the data of one element, of which a picture can only show what it plays.
    """
    if len(drafts) != 1:
        return
    (draft,) = drafts
    if not draft.facts.duration_s and _SIGN in text:
        lengths = set(_LENGTH.findall(text))
        if len(lengths) == 1:
            draft.facts.duration_s = int(lengths.pop()) / 1000 or None
    if of_player and len(text) <= _PLAYERS_BYTES and _is_played_without_picture(draft):
        pictures = {found[1]: found[0] for found in _PICTURE.finditer(text)}
        if len(pictures) == 1:  # in several sizes, of which the last one is mostly the largest
            (raw,) = pictures.values()
            address = raw.replace(b"\\/", b"/").decode("utf-8", "replace")
            draft.references.append(Reference(raw=address, role="poster", path=None, delivery="file"))


def _is_played_without_picture(draft: Draft) -> bool:
    roles = {reference.role for reference in draft.references}
    return "media" in roles and "poster" not in roles
