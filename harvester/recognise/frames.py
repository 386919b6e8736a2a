"""Tells the frames of players that no profile knows from all else that pages show in frames."""

from __future__ import annotations

import re
from typing import Final

from harvester.model import Value
from harvester.recognise.shapes import is_url

_FRAMES: Final = frozenset({"iframe", "amp-iframe", "frame"})
_SOURCES: Final = (
    "src", "data-src", "data-lazy-src", "data-iframe-src", "data-original", "data-url", "data-litespeed-src"
)  # fmt: skip
_CHARS: Final = 600
_WORDS: Final = re.compile(r"[a-z]+")
_SHOWS: Final = frozenset(
    "player players video videos videoplayer vod webtv mediathek audioplayer podcast podcasts".split()
)
_MAY_SHOW: Final = frozenset("embed embeds embedded tv live stream clip media audio radio episode".split())
_SHOWS_ELSE: Final = frozenset(
    "ad ads adserver advert advertising adsystem doubleclick googlesyndication pagead syndication banner sponsor"
    " consent cookie privacy gdpr cmp captcha recaptcha login signin auth oauth account comments comment disqus chat"
    " like likebox share newsletter subscribe signup form forms survey poll quiz map maps calendar weather chart charts"
    " graph datawrapper infogram flourish tableau game games booking donate checkout payment tracking analytics pixel"
    " gtm tagmanager jobs petition document docs slides slideshow slideshare presentation issuu scribd pdf".split()
)
_POST: Final = re.compile(r"/@[\w.-]{1,60}/(?:posts/|statuses/)?\d|/(?:status|statuses|posts)/\d")
"""How the posts of social networks are addressed, whose frames mostly show texts."""


def frame_of(record: dict[str, Value]) -> tuple[str, str] | None:
    """Give key and URL of a frame whose URL says that it is a player, None for any other element.

    Words of the host and the path decide. One that other embeds share (`embed`, `live`) counts only where the frame
    may fill the screen, as only players and maps ask for.
    """
    if record.get("element") not in _FRAMES:
        return None
    for key in _SOURCES:
        value = record.get(key)
        if isinstance(value, str) and is_url(value.strip()):
            words = set(_WORDS.findall(value.partition("?")[0][:_CHARS].lower()))
            grows = "allowfullscreen" in record or "fullscreen" in str(record.get("allow") or "")
            if (
                not words & _SHOWS_ELSE
                and not _POST.search(value)
                and (words & _SHOWS or (grows and words & _MAY_SHOW))
            ):
                return key, value.strip()
    return None
