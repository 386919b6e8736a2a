"""What a medium is to its page, by where it stands and what its file is called."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

from harvester.model.vocabulary import ASIDE, Relation

_SPLIT: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_WORDS: Final[tuple[tuple[Relation, frozenset[str]], ...]] = (
    (
        "interface",
        frozenset("alarm timer beep notification notifications click ui bell chime jingle bumper bumpers".split()),
    ),
    (
        "advertising",
        frozenset(
            "ad ads adv advert adverts advertising advertisement advertisements preroll midroll"
            " postroll vast vmap vpaid"
            " adtag adbreak sponsor sponsored sponsors commercial ima".split()
        ),
    ),
    (
        "preview",
        frozenset(
            "preview previews hover loop loops animated animation teaserloop gif background bgvideo thumbvideo".split()
        ),
    ),
    (
        "related",
        frozenset(
            "related recommended recommendation recommendations similar more suggestions suggested upnext next nextup"
            " prev previous"
            " popular trending mostviewed latest carousel others teasers readmore also".split()
        ),
    ),
)
_WEAK_WORDS: Final[dict[str, Relation]] = {"sound": "interface", "sounds": "interface", "trailer": "preview"}
"""Words that are also said of what a page is about: an interview, the film that a studio wants to be seen."""

_MAIN: Final = frozenset(
    "main mainvideo lead leadvideo hero primary featured herovideo mainmedia leadmedia topvideo".split()
)
_NEAR: Final = 2
"""How many keys stand near a record."""

_NEIGHBOURS: Final = frozenset("next prev previous".split())
"""Which other medium a player goes to from the one that an object describes."""

_INTERFACE_FILE: Final = re.compile(
    r"(?:alarm|beep|ding|bell|chime|click|silence|silent|blank|empty|notification|notify|alert|pop|tick(?:-?t[ao]ck?)?|timer|buzzer|ping)"
    r"(?:[-_]?\d{0,3}|[-_][\w-]{1,12})\.(?:mp3|wav|ogg|m4a|mp4)\Z"
    r"|(?:silence|silent|blank|empty)[-_]?[0-9a-f]{4,12}\.(?:mp3|wav|ogg|m4a|mp4)\Z"
    r"|(?:black|dummy|pixel|loading|loader|spinner|preloader)[-_]?\d{0,3}\.(?:mp4|webm)\Z"
    r"|(?:[a-z]{1,12}[-_]?)?(?:error(?:[-_]?(?:msg|message|video))?|(?:not[-_]?|un)available|geo[-_]?block(?:ed)?)[-_]?\d{0,3}"
    r"\.(?:mp4|m4v|flv|webm|wmv|mp3)\Z",
    re.IGNORECASE,
)
"""What the files of such are called; the name alone is matched."""

_PROGRAMS_SOUND: Final = re.compile(
    r"(?:/(?:wp-content|app)/(?:mu-)?(?:plugins|themes)/|/rsrc\.php/).{1,400}\.(?:mp3|wav|ogg|m4a)\Z", re.IGNORECASE
)
"""A sound that lies among the programs of a site and not among what they show."""

_ADVERTISING_FILE: Final = re.compile(
    r"(?:^|[/_.-])(?:preroll|midroll|postroll|vast|adserver|doubleclick)(?:[/_.-]|\Z)", re.IGNORECASE
)
_PREVIEW_FILE: Final = re.compile(
    r"(?:^|[/_-])(?:preview|hover|loop|teaser[_-]?loop|animated)(?:[/_.-]|\Z)", re.IGNORECASE
)


_TELLING: Final = frozenset(
    "preroll midroll postroll vast adserver doubleclick preview hover loop teaserloop animated".split()
)
"""One of these words stands in what the two patterns before find."""

_BETWEEN_WORDS: Final = re.compile(r"[/_.-]")


@lru_cache(maxsize=4096)
def _words(name: str) -> frozenset[str]:
    if name.startswith("__"):  # a framework's own, such as `__NEXT_DATA__`, which speaks of no medium
        return frozenset()
    name = name[:120].partition("(")[0]  # what a field was asked for with says nothing of what it is
    parts = [part.lower() for part in _SPLIT.findall(name)]
    return frozenset((*parts, *(first + second for first, second in pairwise(parts))))


def words_of(names: Iterable[str]) -> set[str]:
    """Split key names into lower-case words: `preRollAds` gives pre, roll, ads and preroll, rollads.

    A word in capitals is one word: `HEADER_AD` gives header and ad.
    """
    return {word for name in names for word in _words(name)}


@lru_cache(maxsize=4096)
def relation_by_file(raw: str) -> Relation:
    """Tell by a file's name whether it is a sound of the interface, advertising or a preview."""
    path = raw.partition("?")[0]
    if _INTERFACE_FILE.match(path, path.rfind("/") + 1) or _PROGRAMS_SOUND.search(path):
        return "interface"
    if _TELLING.isdisjoint(_BETWEEN_WORDS.split(path.lower())):
        return "unknown"
    if _ADVERTISING_FILE.search(path):
        return "advertising"
    if _PREVIEW_FILE.search(path):
        return "preview"
    return "unknown"


_PLAYLIST: Final = frozenset(("playlist", "playlists"))
"""What players call all that they play, be it the page's only medium."""


def relation_by_names(names: Sequence[str], *, alone: bool = True, presented: bool = False) -> Relation:
    """Tell by the keys that lead to a record what it is to its page.

    Words for the main one count only near the record (a page's `main` column holds all that it shows), and not where
    it is one of several.

    Args:
        names: The keys, from the outermost on.
        alone: Whether it is not one of several entries of a list.
        presented: Whether it is shown to be listened to or watched, so that words such as `sound` make it nothing less.
    """
    return _relation_by_names(tuple(names), alone, presented)


@lru_cache(maxsize=4096)
def _relation_by_names(names: tuple[str, ...], alone: bool, presented: bool) -> Relation:
    words = words_of(names)
    for relation, signs in _WORDS:
        if not words.isdisjoint(signs):
            return relation
    if not presented and (weak := words & _WEAK_WORDS.keys()):
        return _WEAK_WORDS[min(weak)]
    if not alone and not words.isdisjoint(_PLAYLIST):
        return "related"
    return "main" if alone and not words_of(names[-_NEAR:]).isdisjoint(_MAIN) else "unknown"


_BACKGROUND: Final = frozenset("backgroundvideo videobackground bgvideo videobg".split())


def is_background(classes: str) -> bool:
    """Tell whether one of an element's classes calls it a video in the background."""
    return any(not _words(name).isdisjoint(_BACKGROUND) for name in classes.split())


@lru_cache(maxsize=4096)
def aside_by_name(key: str) -> str:
    """Tell by a key what is not the medium that an object describes but goes with it; else nothing.

    That is a preview, advertising, a sound, or the medium before or behind it.
    """
    relation = relation_by_names([key], alone=False)
    return relation if relation in ASIDE or not _words(key).isdisjoint(_NEIGHBOURS) else ""


def aside_by_file(raw: str) -> str:
    """Tell the same by a file's name."""
    relation = relation_by_file(raw)
    return relation if relation in ASIDE else ""
