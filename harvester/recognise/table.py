"""What key names and values are evidence of, in one table.

Keys are compared without case, hyphens, underscores and the like: `thumbnail_url`, `thumbnailUrl` and
`data-thumbnail-url` are one. The name is evidence and so is the value's shape (`shapes`): neither decides alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

_TABLE: Final = {
    # fact: names in order of preference
    "title": (
        "title headline name videotitle mediatitle cliptitle trackname episodetitle itemtitle displaytitle fulltitle"
        " seotitle shorttitle hed caption heading label playlabel ariallabel arialabel alt text kicker filename"
    ),
    "description": (
        "description desc summary abstract synopsis shortdescription longdescription longdesc videodescription teaser"
        " teasertext dek excerpt intro lead subtitle subheadline body"
    ),
    "duration": (
        "duration durationseconds durationinseconds durationsecs durationsec durationms durationinms durationmillis"
        " durationmilliseconds videoduration mediaduration cliplength videolength length lengthseconds lengthms"
        " approxdurationms runtime playtime totaltime totalduration dur seconds timing timerequired"
    ),
    "published": (
        "uploaddate datepublished publishdate publisheddate publishedat publishedtime"
        " publicationdate pubdate published"
        " publishtime firstpublished firstpublishdate airdate broadcastdate datecreated createdat createddate created"
        " creationdate date time timestamp"
    ),
    "modified": "datemodified modifiedat modified updatedat updateddate updated lastmodified lastupdated",
    "creator": (
        "author authors creator creators byline uploader channelname channel artist publisher owner source provider"
    ),
    "rights": "license licence copyright rights copyrightnotice credit copyrightholder",
    "language": "inlanguage language lang srclang hreflang locale",
    "type": (
        "type mimetype mime contenttype encodingformat filetype mediatype format streamtype videotype kind medium"
    ),
    "width": "width w videowidth",
    "height": "height h videoheight",
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
        " photourl coverphoto icon posterframe"
    ),
    "caption": (
        "captions captionurl captionsurl captionfile subtitles subtitle subtitleurl"
        " subtitlesurl subtitlefile closedcaptions"
        " closedcaption texttracks vtt vtturl webvtt srt srturl transcript cc ccurl tracks"
    ),
    "storyboard": "storyboard storyboards storyboardurl sprite sprites spriteurl filmstrip trickplay seekthumbnails",
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
        " variants qualities encodings"
        " encoding videofiles mp4s progressive files transmission flavors assets videosources mediasources mediafiles"
        " videourls urls playurls srcs levels resolutions derivatives outputs videovariants mediaresources downloads"
        " streamingdata videodata mediaarray mediastreamarray stringarray"
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
    r"|content|media|audio|preview|link|path|x\d+|v\d+|fallback|alt|quality|res)+"
)
"""Keys that tell forms of one medium apart, not media."""

_STRIP: Final = re.compile(r"[^a-z0-9]")
_PREFIXES: Final = ("data", "dataset", "og", "media", "itunes", "yt")


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


class Keys:
    """A record's keys, sorted once by what the table says of their names.

    Attributes:
        names: Normalised name → key, the first of each.
    """

    __slots__ = ("_facts", "names")

    def __init__(self, record: Mapping[str, object]) -> None:
        """Look every key up."""
        self.names: dict[str, str] = {}
        facts: dict[str, list[tuple[int, str]]] = {}
        for key in record:
            name = normal(key)
            if name not in self.names:
                self.names[name] = key
                for fact, place in _FACTS_OF.get(name, ()):
                    facts.setdefault(fact, []).append((place, key))
        self._facts = facts

    def of(self, fact: str) -> list[str]:
        """Give the keys whose names are evidence of a fact, the best first."""
        found = self._facts.get(fact)
        if found is None:
            return []
        if len(found) > 1:
            found.sort()
        return [key for _, key in found]


def is_technical(key: str) -> bool:
    """Tell whether a key only tells forms of one medium apart."""
    return bool(TECHNICAL.fullmatch(normal(key)))
