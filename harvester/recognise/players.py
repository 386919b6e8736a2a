"""The well-known players in one table: what their ids look like, and by what a record or document names them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Player:
    """What is known of one player.

    Attributes:
        scheme: Of its ids.
        id: The shape of its ids; a group `id` where only part of the text is the id.
        names: What it is called in keys, classes and calls; names of up to four letters count as whole words only.
        shows: Texts by which a document shows that it uses this player, the commonest first; empty where an id alone,
            without name, has too common a shape to be told by that.
        keys: Key names that say that a value is its id, besides those made of its names.
        accounts: Key names under which the account stands, where ids are only unique in one.
        account: The shape of an account.
        tells: Key names whose presence tells that a record is for this player.
        telling: The shape of the values under those that do; any does where this is empty.
        stands: By what a document says its account: a text, and the pattern of what follows with one group.
        social: Whether it is more than a player, so that its ids are mostly of persons, pages and posts.
    """

    scheme: str
    id: str
    names: str
    shows: tuple[bytes, ...] = ()
    keys: str = ""
    accounts: str = ""
    account: str = r"\w[\w-]{1,80}"
    tells: str = ""
    telling: str = ""
    stands: tuple[tuple[bytes, bytes], ...] = ()
    social: bool = False


_SRG_URN: Final = r"urn:(?:srf|rts|rsi|rtr|swi):(?:video|audio):[\w-]{4,60}"
"""How the Swiss broadcasters name a medium in data and in their players' addresses."""

PLAYERS: Final = (
    Player(
        "youtube", r"(?P<id>[\w-]{11})(?:[?&].*)?", "youtube ytplayer yt",
        (b"youtube.com/embed", b"youtube.com/watch", b"youtube.com/iframe_api", b"youtube-nocookie.com",
         b"ytimg.com/vi", b"lite-youtube", b"YT.Player", b"youtu.be/"),
        keys="youtube yt youtubekey youtubecode youtubeurlid ytvideo streams",
        tells="channelid contenttype", telling=r"UC[\w-]{22}|LOCKUP_CONTENT_TYPE_(?:VIDEO|SHORTS?)",
    ),
    Player("vimeo", r"\d{5,11}", "vimeo"),
    Player("dailymotion", r"[xk][a-z0-9]{4,8}|k[A-Za-z0-9]{12,23}", "dailymotion dm dmp", (b"dailymotion",)),
    Player(
        "jwplayer", r"[A-Za-z0-9]{8}", "jwplayer jwplatform adthrive raptive botr jw jwp",
        (b"jwplatform.com/", b"jwplayer.com/", b"jwpsrv.com/", b"jwplayer(", b"jwplayer.js"),
    ),
    Player(
        "brightcove", r"[1-6]\d{9,15}|ref:[\w.-]{1,150}", "brightcove bcove bcls bc",
        (b"boltdns.net", b"brightcove.", b"bcovlive.io", b"BrightcoveExperience", b"brightcovecdn"),
        keys="videoplayer bctid",
        accounts="account accountid publisherid brightcoveaccount brightcoveaccountid bcaccount bcaccountid",
        account=r"\d{5,16}",
        stands=(
            (b"players.brightcove.net", rb"(?:\\*/|\\u002[fF])+(\d{5,16})"),
            (b"data-account=", rb"[\"'](\d{5,16})[\"']"),
            (b"bc", rb"_?[aA]ccount_?[iI]d\\?[\"']?\s*[:=]\s*\\?[\"']?(\d{5,16})\b"),
            (b"boltdns.net", rb"[^\"'\s<>]{1,80}?(?:/|\\u002[fF])(\d{9,14})(?:\\*/|\\u002[fF])[0-9a-f]{8}-"),
        ),
    ),
    Player(
        "kaltura", r"[01]_[a-z0-9]{8}", "kaltura kwidget kplayer", (b"kaltura", b"Kaltura", b"kWidget"),
        keys="entryid", accounts="partnerid wid kalturapartnerid partner", tells="uiconfid",
        account=r"_?(?P<account>\d{2,9})",
        stands=(
            (b"/p/", rb"(\d{2,9})/sp/"),
            (b"partner", rb"_?[iI]d(?:[\"']?\s*[:=]\s*[\"']?|/)(\d{2,9})\b"),
        ),
    ),
    Player(
        "ooyala", r"[\w-]{32}", "ooyala oo", (b"ooyala", b"Ooyala", b"OO.Player"), keys="embedcode ooyalaembedcode"
    ),
    Player(
        "theplatform", r"[\w-]{8,40}", "theplatform mpx pdk", keys="mpxguid mpxreleaseid releasepid",
        accounts="account accountid accountpid",
    ),
    Player(
        "anvato", r"\d{5,12}|[\w-]{12,60}", "anvato anvp anvplayer", keys="mcpid",
        accounts="accesskey anvack accesskeys", tells="accesskey anvack", account=r"[\w-]{10,60}",
    ),
    Player("wistia", r"[a-z0-9]{10}", "wistia _wq", (b"wistia",), keys="hashedid mediahashedid"),
    Player("glomex", r"v-[a-z0-9]{8,16}", "glomex", (b"glomex",), keys="playlistid"),
    Player("mediavine", r"[A-Za-z0-9]{9}|[a-z0-9]{20}", "mediavine mv-video"),
    Player("facebook", r"\d{10,20}", "facebook fb-video", social=True),
    Player("tiktok", r"\d{17,20}", "tiktok", social=True),
    Player("instagram", r"[\w-]{8,40}", "instagram", keys="instagramshortcode", social=True),
    Player("x", r"\d{15,20}", "twitter", keys="tweetid", social=True),
    Player("twitch", r"v?(?P<id>\d{6,12})", "twitch", social=True),
    Player("rumble", r"v[a-z0-9]{4,8}", "rumble"),
    Player("streamable", r"[a-z0-9]{4,7}", "streamable"),
    Player("rutube", r"[0-9a-f]{32}", "rutube"),
    Player("bilibili", r"BV[A-Za-z0-9]{10}", "bilibili"),
    Player("soundcloud", r"\d{5,12}", "soundcloud", social=True),
    Player("vidyard", r"[A-Za-z0-9_-]{20,26}", "vidyard"),
    Player("cloudflare-stream", r"[0-9a-f]{32}", "cloudflare", social=True),
    Player("mux", r"[A-Za-z0-9]{30,60}", "mux", keys="playbackid"),
    Player("bbc", r"[bmpw]0[0-9a-z]{6}", "bbc", keys="versionid versionpid vpid"),
    Player("bilibili", r"BV[0-9A-Za-z]{10}", "bilibili", keys="bvid"),
    Player("viously", r"[\w-]{8,14}", "viously vsly"),
    Player("srg", _SRG_URN, "srg srgssr", tells="urn assetid", telling=_SRG_URN),
)  # fmt: skip

BY_SCHEME: Final = {player.scheme: player for player in PLAYERS}
_ID_WORDS: Final = (
    "id videoid mediaid embedid assetid contentid clipid entryid trackid video media videokey videocode"
).split()
_NOT_SOCIAL: Final = frozenset(("id", "media", "assetid", "contentid", "entryid", "embedid"))
SURE: Final[dict[str, str]] = {
    **{
        spelled: player.scheme
        for player in PLAYERS
        for name in player.names.split()
        for word in _ID_WORDS
        for spelled in (name + word, word + name)
        if (len(name) > 3 or word.endswith("id")) and not (player.social and word in _NOT_SOCIAL)
    },
    **{key: player.scheme for player in PLAYERS for key in player.keys.split()},
}
"""Key names that say whose id their value is."""

PLAIN: Final = tuple(
    "videoid vid clipid videoguid videouuid videokey audioid episodeid podcastid movieid mediaid videoref"
    " idvideo idmedia idclip idaudio videocontentid videoassetid videomediaid mediaassetid"
    " mediaguid mediauuid mediauploadid videouploadid clipguid audioguid videoidentifier".split()
)
"""Key names that say that their value is the id of a medium, but not whose."""

NAME_ALONE: Final = frozenset(("youtube", "yt"))
MEDIA_IDS: Final = frozenset((*SURE, *PLAIN))
"""All names under which the id of a medium stands."""

ANYONES: Final = "videoid"
"""How other names end under which the id of a video stands: `data-chorus-video-id`."""

OF_OTHERS: Final = ("next", "prev", "previous", "related", "recommended", "ad", "has", "is", "no", "parent")
"""How such names begin where that is not the video of the record."""

TELLS: Final = {key: player.scheme for player in PLAYERS for key in player.tells.split()}
TELLING: Final = MEDIA_IDS | TELLS.keys() | {"element"}
"""All names that make a record worth a look for ids."""

WEAK: Final = (
    "videoembedid id guid uuid uid contentid assetid itemid identifier nid postid articleid externalid sourceid urn"
    " key code pid mid"
).split()
"""Key names of ids that may be of anything, best first."""

UNSURE: Final = frozenset(
    (
        *WEAK,
        *PLAIN,
        *_ID_WORDS,
        "plyrembedid",
        "value",
        "src",
        "ref",
        "embed",
        "shortcode",
        "sourceid",
        "externalvideoid",
        "remoteid",
        "refid",
    )
)
"""Names under which an id is a player's if something else says which."""

OWNERS: Final = frozenset(
    "provider platform service player playertype playername playerprovider videotype videoprovider videosource"
    " videoplatform videoservice videohost videoplayer embedtype embedprovider mediaprovider mediasource source site"
    " host hosting origin network vendor type kind typename plyrprovider moduleid externalsource contentsource"
    " component blocktype call".split()
)
"""Names under which a record says whose medium it is about."""

OWNERS_END: Final = ("origin", "provider", "platform", "source", "vendor", "player", "service", "network", "host")
"""How other names end that may say so; under them a player's name has to be all that stands there."""

TOKENS: Final = re.compile(
    r"(?:botr|jwplayer|jwp)_(?P<jwplayer>[A-Za-z0-9]{8})_[A-Za-z0-9]{8}(?:_div)?(?![\w-])"
    r"|(?<![\w-])wistia_(?:async_)?(?P<wistia>[a-z0-9]{10})(?![\w-])"
    r"|(?<![\w-])mv-video-id-(?P<mediavine>\w{6,40})(?![\w-])"
)
"""Ids that stand in an element's class or id, as the players' own embed codes have them."""

SCHEMES: Final = {name: player.scheme for player in PLAYERS for name in player.names.split()}
NAMES: Final = frozenset(spelled for name in SCHEMES for spelled in (name, name.capitalize()) if len(name) > 4) | {
    "YouTube"
}
"""Keys that are a player's name alone."""

NAMED: Final = re.compile(
    "|".join(
        re.escape(name) if len(name) > 4 else rf"(?<![a-z0-9]){re.escape(name)}(?![a-z0-9])"
        for name in sorted(SCHEMES, key=len, reverse=True)
    )
)
HEADS: Final = frozenset(name[:5] for name in SCHEMES) - {"media"} | {"oo.pl", "dm.pl", "_wq.p"}
"""How the names of players begin, for a first look at a value."""
