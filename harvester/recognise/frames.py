"""Tells the frames of players that no profile knows from all else that pages show in frames."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final
from urllib.parse import unquote

from harvester.model import Value
from harvester.model.vocabulary import Kind
from harvester.recognise.ids import id_text
from harvester.recognise.players import MEDIA_IDS
from harvester.recognise.quantities import integer
from harvester.recognise.shapes import is_url
from harvester.recognise.table import normal

FRAMES: Final = frozenset({"iframe", "amp-iframe", "frame"})
_SOURCES: Final = (
    "src", "data-src", "data-lazy-src", "data-iframe-src", "data-original", "data-url", "data-litespeed-src"
)  # fmt: skip
_CHARS: Final = 600
_WORDS: Final = re.compile(r"[a-z]+")
_SHOWS: Final = frozenset(
    "player players video videos videoplayer vod webtv mediathek audioplayer podcast podcasts".split()
)
_EMBEDS: Final = frozenset("embed embeds embedded".split())
_PLAYED: Final = frozenset("tv clip clips audio radio episode episodes music song songs talks".split())
_MAY_SHOW: Final = _EMBEDS | _PLAYED | frozenset("live stream media".split())
_HEARD: Final = frozenset("podcast podcasts audio audioplayer radio music song songs sound fm episode episodes".split())
_SEEN: Final = frozenset("video videos videoplayer vod tv webtv film films movie".split())
_PLAYERS_RIGHTS: Final = ("fullscreen", "autoplay", "encrypted-media", "picture-in-picture")
"""What a frame may be allowed that hardly anything but players and maps asks for."""

_SAYS_PLAYER: Final = re.compile(r"player|podcast|audio|video", re.IGNORECASE)
_LOW: Final = range(40, 201)
_WIDER: Final = 3
"""The heights of frames in which nothing is seen, and how much wider than high these are."""

_SHOWS_ELSE: Final = frozenset(
    "ad ads adserver advert advertising adsystem doubleclick googlesyndication pagead syndication banner sponsor"
    " consent cookie privacy gdpr cmp captcha recaptcha login signin auth oauth account comments comment disqus chat"
    " like likebox share newsletter subscribe signup form forms survey poll quiz map maps calendar weather chart charts"
    " graph datawrapper infogram flourish tableau game games booking donate checkout payment tracking analytics pixel"
    " gtm tagmanager jobs petition document docs slides slideshow slideshare presentation issuu scribd pdf".split()
)
_POST: Final = re.compile(r"/@[\w.-]{1,60}/(?:posts/|statuses/)?\d|/(?:status|statuses|posts)/\d")
"""How the posts of social networks are addressed, whose frames mostly show texts."""


_SURE_NAMES: Final = MEDIA_IDS - {"vid"}
_ID_NAMES: Final = MEDIA_IDS | frozenset("id video media episode track clip entry uuid guid byguid contentid".split())
_STEP_ID: Final = re.compile(
    r"\d{4,20}|(?=\D{0,79}\d)(?=[^a-z]{0,79}[a-z])[\w+-]{6,80}={0,2}",
    re.ASCII | re.IGNORECASE,
)
_UUID: Final = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_SLUG: Final = re.compile(
    r"(?:[^-_+]*[-_+]){2}|[a-z]{3,}[-_+]|(?:player|embed|iframe|video|widget|version)\d{1,2}\Z",
    re.ASCII | re.IGNORECASE,
)
"""How a step begins that is made of the words of a title, and those that say which version of a player it is."""

_LEFT_OPEN: Final = re.compile(r"\$\w+\$")
"""What a player's script fills in the code that it offers for other pages: `player.html$params$`."""

_SHORTEST_ID: Final = 4
_LONGEST_URL: Final = 2000


def frame_of(record: dict[str, Value]) -> tuple[str, str] | None:
    """Give key and URL of a frame whose URL says that it is a player, None for any other element.

    Words of the host and the path decide. One that other embeds share (`embed`, `live`) counts only together with one
    for what is played, where the frame is called a player, or where it may what only players and maps ask for.
    """
    for key, value in _addresses(record):
        if is_url(value.strip()) and not _LEFT_OPEN.search(value):
            words = _words(value)
            if words.isdisjoint(_SHOWS_ELSE) and not _POST.search(value) and (_shows(words, record) or _names(value)):
                return key, value.strip()
    return None


def framed(record: dict[str, Value], knows: Callable[[str], object]) -> tuple[str, str] | None:
    """Give the key of a frame's URL, and the URL of a platform's medium that it has among its parameters.

    Sites show others' players in frames of their own, for consent or to save loading them.
    """
    for key, value in _addresses(record):
        if "=http" in value and _words(value).isdisjoint(_SHOWS_ELSE):
            for _, parameter in _parameters(value):
                url = unquote(parameter)
                if is_url(url) and knows(url):
                    return key, url
    return None


def _addresses(record: dict[str, Value]) -> Iterator[tuple[str, str]]:
    """What may be a frame's address, each with its key; nothing for any other element."""
    if record.get("element") in FRAMES:
        for key in _SOURCES:
            if isinstance(value := record.get(key), str):
                yield key, value


def _words(url: str) -> set[str]:
    return set(_WORDS.findall(url.partition("?")[0][:_CHARS].lower()))


def _shows(words: set[str], record: dict[str, Value]) -> bool:
    if not words.isdisjoint(_SHOWS):
        return True
    if words.isdisjoint(_MAY_SHOW):
        return False
    if not (words.isdisjoint(_EMBEDS) or words.isdisjoint(_PLAYED)):
        return True
    allowed = str(record.get("allow") or "")
    if "allowfullscreen" in record or any(right in allowed for right in _PLAYERS_RIGHTS):
        return True
    return any(_SAYS_PLAYER.search(str(record.get(name) or "")) for name in ("title", "class"))


def _names(url: str) -> bool:
    """Whether a parameter is the id of a medium by its name."""
    return any(len(value) >= _SHORTEST_ID and normal(name) in _SURE_NAMES for name, value in _parameters(url))


def _parameters(url: str) -> Iterator[tuple[str, str]]:
    """The parameters of an address, in the query or, as programs read them, in the fragment."""
    head, _, fragment = url[:_LONGEST_URL].partition("#")
    for part in f"{head.partition('?')[2]}&{fragment}".replace("&amp;", "&").split("&"):
        name, _, value = part.partition("=")
        yield name, value


def kind_played(url: str, record: dict[str, Value]) -> Kind:
    """Tell by its address and proportions what a player that no profile knows plays."""
    words = _words(url)
    if words.isdisjoint(_SEEN) and ("podcast" in url.lower() or not words.isdisjoint(_HEARD) or _is_low(record)):
        return "audio"
    return "video"


def _is_low(record: dict[str, Value]) -> bool:
    """Whether a frame is too low for anything to be seen in it."""
    if record.get("element") not in FRAMES:
        return False
    height, width = integer(record.get("height")), integer(record.get("width"))
    return height in _LOW and (width is None or width >= _WIDER * (height or 0))


def id_played(url: str) -> str | None:
    """Give the id of the medium in the address of a player that no profile knows.

    It is a parameter of that name, or the last step of the path that is no word and no title.
    """
    for name, value in _parameters(url):
        if normal(name) in _ID_NAMES and len(value) >= _SHORTEST_ID and any(map(str.isdecimal, value)):
            return id_text(unquote(value))
    path = (
        url[:_LONGEST_URL]
        .partition("#")[0]
        .partition("?")[0]
        .rpartition("//")[2]
        .removesuffix("/")
        .removesuffix(".html")
    )
    for step in reversed(path.split("/")[1:]):
        if _UUID.fullmatch(step) or (_STEP_ID.fullmatch(step) and not _SLUG.match(step)):
            return step
    return None
