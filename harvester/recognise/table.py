"""What key names and values are evidence of, in one table.

Keys are compared without case, hyphens, underscores and the like: `thumbnail_url`, `thumbnailUrl` and
`data-thumbnail-url` are one. The name is evidence and so is the value's shape (`shapes`): neither decides alone.
Names that the table lacks are looked at word by word (`compounds`), and behind a prefix that a record's keys share.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Final, NamedTuple, TypeAlias

from harvester.recognise.compounds import WORDS, facts_of
from harvester.recognise.players import (
    ANYONES,
    OF_OTHERS,
    OWNERS,
    OWNERS_END,
    PLAIN,
    SCHEMES,
    SURE,
    TELLS,
    UNSURE,
    WEAK,
)

_TABLE: Final = {
    # fact: names in order of preference
    "title": (
        "title headline name headlines videotitle mediatitle cliptitle trackname episodetitle itemtitle"
        " displaytitle posttitle fulltitle vodname videoname clipname medianame audioname moviename filmname songname"
        " songtitle titel titre titulo titolo seotitle shorttitle hed dangeroushed heading caption"
        " videocaption mediacaption label playlabel ariallabel arialabel alt alttext alternativetext text kicker"
        " albumtitle filename entrycaption"
    ),
    "description": (
        "description desc summary abstract synopsis shortdescription longdescription longdesc videodescription teaser"
        " teasertext previewtext leadtext standfirst dek excerpt intro lead subtitle subheadline body text"
    ),
    "duration": (
        "duration durationseconds durationinseconds durationsecs durationsec durationms durationinms durationmillis"
        " durationmilliseconds videoduration mediaduration cliplength videolength audiolength tracklength length"
        " lengthseconds lengthinseconds lengthsec lengthms lengthinms videolengthseconds videolengthinseconds"
        " approxdurationms"
        " lengthformatted formattedlength lengthtext videolengthtext lengthlabel lengthstring"
        " durationhint runtime playtime totaltime totalduration dur seconds timing timerequired dauer duracion"
        " durata duree"
    ),
    "published": (
        "uploaddate datepublished publishdate publisheddate publishedat publishedtime publicationdate pubdate"
        " published publishtime firstpublished firstpublishdate airdate broadcastdate premieredate displaydate"
        " onlinesince dategmt contentdate videodate mediadate clipdate dateposted dateadded dateuploaded"
        " datecreated createdat createddate created creationdate date time timestamp"
    ),
    "modified": "datemodified modifiedat modified updatedat updateddate updated lastmodified lastupdated",
    "creator": (
        "author authors creator creators byline uploader authorname channeltitle channelname channel artist"
        " publisher owner source provider"
    ),
    "rights": "license licence copyright rights copyrightnotice credit copyrightholder",
    "language": "inlanguage language lang srclang hreflang locale",
    "type": (
        "type mimetype mime contenttype encodingformat filetype mediatype format streamtype videotype kind medium"
    ),
    "width": "width w videowidth framewidth pixelwidth displaywidth naturalwidth maxhresolutionpx",
    "height": "height h videoheight frameheight pixelheight displayheight naturalheight maxvresolutionpx",
    "bitrate": "bitrate bitratekbps videobitrate avgbitrate averagebitrate bandwidth encodingrate bps",
    "size": "size filesize contentsize sizebytes bytes filelength",
    "frame_rate": "fps framerate",
    "codecs": "codecs codec videocodec audiocodec",
    "label": "label quality res resolution definition rendition profile name preset variant",
    "live": "islive live livestream isliveevent islivecontent islivebroadcast livestatus",
    "drm": "drm drmtype keysystem keysystems",
    # what URLs are for
    "poster": (
        "poster posterurl posterimage image images imageurl img imgurl thumbnail"
        " thumbnails thumbnailurl thumbnailurls thumb"
        " thumbs thumburl still stillurl stillimage videostill cover coverurl coverimage"
        " coverimageurl splash splashurl"
        " splashimage previewimage previewurl previewimageurl keyframe picture pictureurl pic picurl"
        " screenshot artwork snapshot"
        " backgroundimage featuredimage promoimage teaserimage leadimage mainimage fallbackimage placeholder photo"
        " photourl coverphoto icon posterframe displayurl displaysrc mediaurlhttps"
    ),
    "caption": (
        "captions captionurl captionsurl captionfile subtitles subtitle subtitleurl"
        " subtitlesurl subtitlefile closedcaptions"
        " closedcaption texttracks vtt vtturl webvtt srt srturl transcript cc ccurl tracks"
    ),
    "storyboard": "storyboard storyboards storyboardurl sprite sprites spriteurl filmstrip trickplay"
    " seekthumbnails seekpreview seekpreviewurl previewthumbnails thumbnailtrack thumbnailtracks thumbnailstrack",
    "page": (
        "pageurl permalink canonicalurl canonical weburl websiteurl shareurl shareurls"
        " detailurl articleurl videopageurl"
        " linkurl link href url urlalias mainentityofpage path slug uri"
    ),
    "embed": (
        "embedurl embed embeduri embedlink iframe iframeurl iframesrc playerurl playerembedurl embedhtml embedcode"
    ),
    # where a list or object holds the forms of one medium
    "renditions": (
        "sources source renditions rendition formats adaptiveformats streams stream streamurls"
        " variants qualities encodings transcodings transcodes transcoded videorenditions mp4renditions"
        " encoding videofiles mp4s progressive files transmission flavors assets videosources mediasources mediafiles"
        " videourls urls playurls srcs levels resolutions derivatives outputs videovariants mediaresources downloads"
        " streamingdata mediaarray mediastreamarray stringarray"
    ),
}
FACTS: Final[dict[str, tuple[str, ...]]] = {fact: tuple(names.split()) for fact, names in _TABLE.items()}
_FACTS_OF: Final[dict[str, tuple[tuple[str, int], ...]]] = {
    name: tuple((fact, names.index(name)) for fact, names in FACTS.items() if name in names)
    for names_of in FACTS.values()
    for name in names_of
}

TECHNICAL: Final = re.compile(
    r"(?:video|src|source|url|file|stream|hls|dash|m3u8?|mpd|mp4|webm|ogg|ogv|mp3|m4a|m4v|mov|flv|aac|hd|sd|ld|uhd|fhd|4k|2k"
    r"|low|medium|high|hi|lo|mid|med|large|small|xl+|xs|s|m|l|auto|adaptive|progressive|default|mobile|desktop|tablet"
    r"|\d{3,4}[pk]?\d*|q\d+|h26[45]|avc|hevc|av1|vp[89]|\d+kbps|best|worst|master|download|original|smooth|rtmp|secure|https?"
    r"|content|media|audio|preview|link|href|path|x\d+|v\d+|fallback|alt|quality|res)+"
)
"""Keys that tell forms of one medium apart, not media."""

_STRIP: Final = re.compile(r"[^a-z0-9]")
_PREFIXES: Final = ("data", "dataset", "metadata", "og", "media", "itunes", "yt")


@lru_cache(maxsize=20_000)
def normal(key: str) -> str:
    """Give a key's name as the table compares it."""
    if len(key) > 80:
        return ""
    lowered = key.lower()
    head, _, rest = lowered.replace(":", "-").partition("-")
    if rest and head.lstrip("@") in _PREFIXES:
        lowered = rest
    return _STRIP.sub("", lowered)


_BY_WORDS: Final = 1000
"""Behind all places in the table."""

_SHARED: Final = 4
"""How many keys have to share a prefix before it is taken for a vendor's."""

_PREFIX: Final = re.compile(r"(?:data-)?([A-Za-z][A-Za-z0-9]{0,11})[_-](?=\w)")
_MEANS_SOMETHING: Final = WORDS | SCHEMES.keys() | frozenset(_PREFIXES)
"""Words that stand in front of keys for what they mean: `video_id` is more than an id."""

_NOTHING_SAID: Final = ("", None)


_Evidence: TypeAlias = tuple[str, tuple[tuple[str, int], ...], str]


@lru_cache(maxsize=20_000)
def _evidence(key: str) -> _Evidence:
    """A key's normalised name, the facts that it is evidence of with its place among their names, and its prefix."""
    name = normal(key)
    facts = _FACTS_OF.get(name) or tuple((fact, _BY_WORDS) for fact in facts_of(name))
    prefix = _PREFIX.match(key)
    return name, facts, prefix[0] if prefix and prefix[1].lower() not in _MEANS_SOMETHING else ""


def evidence_of(key: str) -> tuple[tuple[str, int], ...]:
    """Give the facts that a key's name is evidence of, each with its place among the names of that fact."""
    return _evidence(key)[1]


def _shared_prefix(record: Mapping[str, object], evidence: list[_Evidence]) -> str:
    """The prefix that most keys of a record have, `ht_` in `ht_title`; of an element's, most that are data."""
    prefixes = [one[2] for one in evidence if one[2]]
    if len(prefixes) < _SHARED:
        return ""
    best = sorted(prefixes)[len(prefixes) // 2]  # what most have is what stands in the middle
    of = sum(key.startswith("data-") for key in record) if "element" in record else len(record)
    return best if prefixes.count(best) >= max(_SHARED, of * 3 // 4) else ""


OF_RENDITIONS: Final = frozenset(
    ("type", "width", "height", "bitrate", "size", "frame_rate", "codecs", "language", "label", "drm")
)
"""The facts that tell forms of one medium apart."""

_OF_IDS: Final = frozenset(SURE) | UNSURE | {"element"}
"""Names under which ids can stand, those in an element's class included."""


def names_video(name: str) -> bool:
    """Whether a normalised name that is none of the table's says all the same that the id of a video stands there."""
    return name.endswith(ANYONES) and name not in _OF_IDS and not name.startswith(OF_OTHERS)


_IDS_END: Final = ("id", "code", "key")
_ENDS_IN_PLAYERS_ID: Final = re.compile(
    r"(youtube|vimeo|dailymotion|brightcove|jwplayer|wistia|kaltura|vidyard|soundcloud|mux)"
    r"(?:video|media|track|clip|playback|hashed|entry)?(?:id|uuid|code|key)\Z"
)
"""How names end that say whose id stands there, whatever they begin with: `featuredYoutubeVideoId`."""


def names_players(name: str) -> str:
    """Give the player whose id stands under a normalised name that the table does not list; else an empty text."""
    if not name.endswith(_IDS_END) or name in SURE or name.startswith(OF_OTHERS):
        return ""
    found = _ENDS_IN_PLAYERS_ID.search(name)
    return found[1] if found else ""


class IdNames(NamedTuple):
    """Those of a record's normalised names that its ids, or whose ids they are, can stand under."""

    sure: list[str]
    unsure: list[str]
    owners: list[str]
    tells: list[str]
    plain: list[str]
    weak: list[str]


class Keys:
    """A record's keys, sorted once by what the table says of their names.

    Attributes:
        names: Normalised name → key, the first of each that holds anything.
        facts: Fact → keys whose names are evidence of it, the best first.
        of_renditions: Those facts, with their keys, that tell forms of one medium apart.
        may_hold_ids: Whether an id can stand under any of the keys.
        prefix: What a vendor put before most keys, or an empty text.
    """

    __slots__ = ("_id_names", "facts", "may_hold_ids", "names", "of_renditions", "prefix")

    def __init__(self, record: Mapping[str, object], *, prefixed: bool = True) -> None:
        """Look every key up, behind a prefix that they share unless told not to."""
        self.names: dict[str, str] = {}
        self._id_names: IdNames | None = None
        evidence = [_evidence(key) for key in record]
        self.prefix = _shared_prefix(record, evidence) if prefixed else ""
        if shared := self.prefix:
            evidence = [
                _evidence(key[len(shared) :]) if one[2] == shared and not one[1] else one
                for key, one in zip(record, evidence, strict=True)
            ]
        placed: dict[str, list[tuple[int, str]]] = {}
        for key, (name, facts, _) in zip(record, evidence, strict=True):
            held = self.names.get(name)
            if held is None or record[held] in _NOTHING_SAID:
                self.names[name] = key
                for fact, place in facts:
                    placed.setdefault(fact, []).append((place, key))
        self.facts = {fact: best_first(found) for fact, found in placed.items()}
        for name in list(self.names):
            if player := names_players(name):
                self.names.setdefault(f"{player}videoid", self.names[name])
        if "element" in self.names or "title" in self.facts:  # else it may be one of many settings
            for name in [name for name in self.names if names_video(name)]:
                self.names.setdefault(ANYONES, self.names[name])
        self.of_renditions = [(fact, keys) for fact, keys in self.facts.items() if fact in OF_RENDITIONS]
        self.may_hold_ids = not self.names.keys().isdisjoint(_OF_IDS)

    def of(self, fact: str) -> Sequence[str]:
        """Give the keys whose names are evidence of a fact, the best first."""
        return self.facts.get(fact, _NO_KEYS)

    def id_names(self) -> IdNames:
        """Give the names that matter for ids."""
        if self._id_names is None:
            names = self.names
            self._id_names = IdNames(
                sure=[name for name in names if name in SURE],
                unsure=[name for name in names if name in UNSURE],
                owners=[name for name in names if name in OWNERS or name.endswith(OWNERS_END)],
                tells=[name for name in names if name in TELLS],
                plain=[name for name in PLAIN if name in names],
                weak=[name for name in WEAK if name in names],
            )
        return self._id_names


_NO_KEYS: Final[Sequence[str]] = ()
_MOST_KEYS: Final = 100
"""How many keys a record may have for what is known of them to be kept."""


def keys_of(record: Mapping[str, object]) -> Keys:
    """Give a record's keys, sorted; records of one list mostly have the same, so what is known of them is kept."""
    return (_keys_named(tuple(record)) if len(record) <= _MOST_KEYS else None) or Keys(record)


@lru_cache(maxsize=4096)
def _keys_named(names: tuple[str, ...]) -> Keys | None:
    """The keys of all records that have these; None where their values matter, for two of them have one name."""
    keys = Keys(dict.fromkeys(names, True))
    return keys if len(keys.names) == len(names) else None


def best_first(found: list[tuple[int, str]]) -> list[str]:
    """Sort keys by their places among the names of a fact."""
    if len(found) > 1:
        found.sort(key=itemgetter(0))
    return [key for _, key in found]


def is_technical(key: str) -> bool:
    """Tell whether a key only tells forms of one medium apart."""
    return _is_technical(normal(key))


@lru_cache(maxsize=4096)
def _is_technical(name: str) -> bool:
    return TECHNICAL.fullmatch(name) is not None
