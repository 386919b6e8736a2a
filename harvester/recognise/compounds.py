"""Names made of several words: `posterImageUrl`, `clip_duration_in_seconds`, `firstPublicationDate`.

No table of whole names can list them all. One that it lacks is evidence of a fact if it consists of nothing but the
words given here for that fact, one of them a head: what is meant. So `authorImage`, `siteTitle` and `adDuration`, which
are of something else, are evidence of nothing, for nobody listed `author`, `site` and `ad`.
"""

from __future__ import annotations

import re
from typing import Final

_MEDIUM: Final = "video media clip movie film audio track episode asset content item main s"
_PLACE: Final = "url uri urn src href link path file"
_SIZE: Final = (
    "large larger largest big medium small smaller smallest mini tiny full original default standard high low max"
    " maxres min size sized resolution res hq hd sd xl xxl xs l m s x w h with wide square portrait landscape vertical"
    " horizontal retina desktop mobile tablet webp jpg jpeg png"
)
_TIME: Final = "date at time datetime timestamp on since ed d first original originally iso utc gmt"

HEADS: Final[dict[str, tuple[str, str]]] = {
    # fact: heads, and what may stand round them
    "title": ("title headline", f"{_MEDIUM} full long short display seo social og text clean plain play"),
    "description": (
        "description desc summary synopsis abstract",
        f"{_MEDIUM} full long short medium seo social og text plain html",
    ),
    "duration": (
        "duration runtime playtime",
        (
            f"{_MEDIUM} file total full format formatted display text string value label human readable approx in"
            " playable second sec ms milli millisecond millis minute min iso 8601"
        ),
    ),
    "published": (
        "publish publication pub upload release air broadcast premiere post create creation online available add",
        _TIME,
    ),
    "modified": ("modified modification update change edit revise", f"{_TIME} last"),
    "creator": ("author creator uploader", "name display full s"),
    "poster": (
        "poster thumbnail thumb still screenshot keyframe image img picture pic cover artwork photo snapshot splash",
        (
            f"{_MEDIUM} {_PLACE} {_SIZE} lead hero featured preview cropped crop lazy static fallback teaser promo"
            " bottom top side grid list preferred display og social share holding"
        ),
    ),
    "caption": ("caption subtitle vtt webvtt srt", f"{_PLACE} video media closed text track s default"),
    "storyboard": (
        "storyboard sprite filmstrip trickplay",
        f"{_PLACE} video media image thumbnail thumb preview vtt track s",
    ),
}

_OF_FACT: Final = {
    fact: (frozenset(heads.split()), frozenset((*heads.split(), *around.split())))
    for fact, (heads, around) in HEADS.items()
}
_BY_LENGTH: Final = sorted({word for _, words in _OF_FACT.values() for word in words}, key=len, reverse=True)
_HEAD: Final = re.compile("|".join(sorted({head for heads, _ in _OF_FACT.values() for head in heads}, key=len)))
_WORD: Final = re.compile("|".join(_BY_LENGTH) + r"|\d+")
WORDS: Final = frozenset(_BY_LENGTH)
"""Everything that is listed."""


def facts_of(name: str) -> tuple[str, ...]:
    """Give the facts that a normalised name is evidence of by the words that it is made of."""
    if not _HEAD.search(name):
        return ()
    words = _WORD.findall(name)
    if len(words) < 2 or sum(map(len, words)) != len(name):
        return ()
    told = {word for word in words if not (word.isdecimal() and word != "8601")}
    return tuple(fact for fact, (heads, allowed) in _OF_FACT.items() if told <= allowed and told & heads)
