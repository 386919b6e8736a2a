"""Whose id an id is: the well-known players in one table, and the evidence that makes one certain enough.

An id has a player's scheme where its name says so (`youtubeId`), where the record does (`"provider": "vimeo"`, the
element `amp-jwplayer`, the class `wistia_async_…`), where the call or key round it does, or, for ids whose shape few
others have, where the document shows that player. Its shape must fit as well. Else it stays local: an id of this page.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from harvester.model import Id, Value
from harvester.recognise.shapes import shape
from harvester.recognise.table import normal

LOCAL: Final = "local"


@dataclass(frozen=True, slots=True)
class Player:
    """What is known of one player.

    Attributes:
        scheme: Of its ids.
        id: The shape of its ids; a group `id` where only part of the text is the id.
        names: What it is called in keys, classes and calls; names of up to four letters count as whole words only.
        shows: Texts by which a document shows that it uses this player; empty where an id alone, without name,
            has too common a shape to be told by that.
        keys: Key names that say that a value is its id, besides those made of its names.
        accounts: Key names under which the account stands, where ids are only unique in one.
        account: The shape of an account.
        tells: Key names whose mere presence tells that a record is for this player.
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
    social: bool = False


PLAYERS: Final = (
    Player(
        "youtube", r"(?P<id>[\w-]{11})(?:[?&].*)?", "youtube ytplayer yt",
        (b"youtube.com/embed", b"youtube.com/watch", b"youtube.com/iframe_api", b"youtube-nocookie.com",
         b"ytimg.com/vi", b"lite-youtube", b"YT.Player", b"youtu.be/"),
        keys="youtube yt youtubekey youtubecode youtubeurlid ytvideo",
    ),
    Player("vimeo", r"\d{5,11}", "vimeo"),
    Player("dailymotion", r"[xk][a-z0-9]{4,8}", "dailymotion dm dmp", (b"dailymotion",)),
    Player(
        "jwplayer", r"[A-Za-z0-9]{8}", "jwplayer jwplatform adthrive raptive botr jw jwp",
        (b"jwplayer.com/", b"jwplatform.com/", b"jwpsrv.com/", b"jwplayer(", b"jwplayer.js"),
    ),
    Player(
        "brightcove", r"[1-6]\d{9,15}|ref:[\w.-]{1,150}", "brightcove bcove bcls bc",
        (b"boltdns.net", b"brightcove.", b"bcovlive.io", b"BrightcoveExperience", b"brightcovecdn", b"bcove.video"),
        keys="videoplayer bctid",
        accounts="account accountid publisherid brightcoveaccount brightcoveaccountid bcaccount bcaccountid",
        account=r"\d{5,16}",
    ),
    Player(
        "kaltura", r"[01]_[a-z0-9]{8}", "kaltura kwidget kplayer", (b"kaltura", b"Kaltura", b"kWidget"),
        keys="entryid", accounts="partnerid wid kalturapartnerid partner", tells="uiconfid", account=r"_?(?P<account>\d{2,9})",
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
    Player("glomex", r"v-[a-z0-9]{8,16}", "glomex", (b"glomex",)),
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
)  # fmt: skip

_BY_SCHEME: Final = {player.scheme: player for player in PLAYERS}
_ID_WORDS: Final = (
    "id videoid mediaid embedid assetid contentid clipid entryid trackid video media videokey videocode"
).split()
_NOT_SOCIAL: Final = frozenset(("id", "media", "assetid", "contentid", "entryid", "embedid"))
_SURE: Final[dict[str, str]] = {
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

_PLAIN: Final = tuple(
    "videoid vid clipid videoguid videouuid videokey audioid episodeid podcastid movieid mediaid videoref".split()
)
"""Key names that say that their value is the id of a medium, but not whose."""

_NAME_ALONE: Final = frozenset(("youtube", "yt"))
MEDIA_IDS: Final = frozenset((*_SURE, *_PLAIN))
"""All names under which the id of a medium stands."""

_TELLS: Final = {key: player.scheme for player in PLAYERS for key in player.tells.split()}
TELLING: Final = MEDIA_IDS | _TELLS.keys() | {"element"}
"""All names that make a record worth a look for ids."""

_WEAK: Final = (
    "id guid uuid uid contentid assetid itemid identifier nid postid articleid externalid sourceid urn key code pid mid"
).split()
"""Key names of ids that may be of anything, best first."""

_UNSURE: Final = frozenset(
    (
        *_WEAK,
        *_PLAIN,
        *_ID_WORDS,
        "plyrembedid",
        "value",
        "src",
        "ref",
        "embed",
        "shortcode",
        "sourceid",
        "externalvideoid",
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

_TOKENS: Final = re.compile(
    r"(?:botr|jwplayer|jwp)_(?P<jwplayer>[A-Za-z0-9]{8})_[A-Za-z0-9]{8}(?:_div)?(?![\w-])"
    r"|(?<![\w-])wistia_(?:async_)?(?P<wistia>[a-z0-9]{10})(?![\w-])"
    r"|(?<![\w-])mv-video-id-(?P<mediavine>\w{6,40})(?![\w-])"
)
"""Ids that stand in an element's class or id, as the players' own embed codes have them."""

_NAMES: Final = {name: player.scheme for player in PLAYERS for name in player.names.split()}
NAMES: Final = frozenset(spelled for name in _NAMES for spelled in (name, name.capitalize()) if len(name) > 4) | {
    "YouTube"
}
"""Keys that are a player's name alone."""

_NAMED: Final = re.compile(
    "|".join(
        re.escape(name) if len(name) > 4 else rf"(?<![a-z0-9]){re.escape(name)}(?![a-z0-9])"
        for name in sorted(_NAMES, key=len, reverse=True)
    )
)
HEADS: Final = frozenset(name[:5] for name in _NAMES) - {"media"} | {"oo.pl", "dm.pl", "_wq.p"}
"""How the names of players begin, for a first look at a value."""

_OWNER_CHARS: Final = 400
_PLAIN_ID: Final = re.compile(r"[\w.:/@=+-]{1,200}\Z")
_NO_ID: Final = frozenset(
    "0 -1 null undefined none nan true false video audio media main auto default test player embed placeholder on off"
    " yes no id value unknown n/a".split()
)


@dataclass(frozen=True, slots=True)
class Read:
    """An id with the key it stands under, and whether its name or place says that it is a medium's."""

    key: str
    id: Id
    of_medium: bool


class Shown:
    """The players that a document shows, each looked for when it is first asked about."""

    def __init__(self, utf8: bytes) -> None:
        """Take the document's text."""
        self._utf8 = utf8
        self._known: dict[str, bool] = {}

    def __contains__(self, scheme: object) -> bool:
        """Whether the document has any text that shows the player of a scheme."""
        known = self._known.get(str(scheme))
        if known is None:
            player = _BY_SCHEME.get(str(scheme))
            known = player is not None and any(sign in self._utf8 for sign in player.shows)
            self._known[str(scheme)] = known
        return known


def ids_of(record: dict[str, Value], names: dict[str, str], around: str = "") -> Iterator[Read]:
    """Give the ids that a record has by itself, surest first.

    Args:
        record: One record.
        names: Its keys by their normalised names.
        around: The key under which it stands.
    """
    is_element = "element" in record
    for name in names:
        if name in _SURE:
            yield from _of(_SURE[name], record, names, name)
    # An element's id is a name on its page, not of its medium.
    unsure = [name for name in names if name in _UNSURE and not (is_element and name == "id")]
    if unsure:
        for scheme in _owners(record, names, around):
            for name in unsure:
                yield from _of(scheme, record, names, name)
    if is_element:
        yield from _in_tokens(record)
    yield from _unnamed(record, names, is_element=is_element)


def _unnamed(record: dict[str, Value], names: dict[str, str], *, is_element: bool) -> Iterator[Read]:
    """Ids of nobody knows which player."""
    for name in _PLAIN:
        text = id_text(record[names[name]]) if name in names else None
        if text is not None:
            telling = _is_telling(text) if name != "mediaid" else any(_bare_schemes(text))
            yield Read(names[name], Id(scheme=LOCAL, value=text), of_medium=telling)
    for name in _WEAK:
        text = id_text(record[names[name]]) if name in names and not (is_element and name == "id") else None
        if text is not None:
            yield Read(names[name], Id(scheme=LOCAL, value=text), of_medium=False)
            return


def _of(scheme: str, record: dict[str, Value], names: dict[str, str], name: str) -> Iterator[Read]:
    """The id under a name, if it has the shape of a player's."""
    text = id_text(record[names[name]])
    value = shaped(scheme, text, strict=name not in MEDIA_IDS or name in _NAME_ALONE) if text else None
    if value:
        of_medium = name in MEDIA_IDS or not _BY_SCHEME[scheme].social or "element" in record
        yield Read(names[name], Id(scheme=_with_account(scheme, record, names), value=value), of_medium=of_medium)


def shaped(scheme: str, text: str, *, strict: bool) -> str | None:
    """Give the id in a text that has the shape of a player's ids, else None.

    Args:
        scheme: The player's.
        text: What stands there.
        strict: Whether a text that reads like a word or a plain number is none.
    """
    match = _shape_of(scheme).fullmatch(text)
    if match is None:
        return None
    value = match["id"] if "id" in match.re.groupindex else text
    if strict and _BY_SCHEME[scheme].shows and scheme not in _NUMBERS and not _is_random(value):
        return None
    return value


_NUMBERS: Final = frozenset(("brightcove", "kaltura"))


@lru_cache(maxsize=64)
def _shape_of(scheme: str) -> re.Pattern[str]:
    return re.compile(_BY_SCHEME[scheme].id, re.ASCII)


def _is_random(text: str) -> bool:
    """Whether letters and digits, or small and capital letters, stand mixed as in no word or number."""
    letters = [char for char in text if char.isalpha()]
    if not letters:
        return False
    tail = "".join(letters)[1:]
    return len(letters) < sum(char.isalnum() for char in text) or not (tail.islower() or tail.isupper() or not tail)


def _is_telling(text: str) -> bool:
    """Whether an id can be more than a word or a position in a list."""
    return len(text) >= 16 or (len(text) >= 3 and any(char.isdigit() for char in text)) or _is_random(text)


def _with_account(scheme: str, record: dict[str, Value], names: dict[str, str]) -> str:
    player = _BY_SCHEME[scheme]
    for name in player.accounts.split():
        key = names.get(name)
        text = id_text(record[key]) if key is not None else None
        match = re.fullmatch(player.account, text) if text else None
        if match:
            return f"{scheme}:{match.groupdict().get('account') or match[0]}"
    return scheme


def _owners(record: dict[str, Value], names: dict[str, str], around: str) -> tuple[str, ...]:
    """The players that a record names, or the key under which it stands."""
    words = [around] if around else []
    words += [_TELLS[name] for name in names if name in _TELLS]
    element = record.get("element")
    if isinstance(element, str):
        words += [element, *(str(record.get(name) or "") for name in ("class", "id"))]
        if element == "video-js" or "video-js" in words[1]:
            words += ["brightcove"] if "account" in names else []
    for name in names:
        value = record[names[name]] if name in OWNERS else None
        if isinstance(value, str) and " " not in value and "//" not in value:
            words.append(value)
    return named_in(" ".join(words)) if words else ()


def named_in(text: str) -> tuple[str, ...]:
    """Give the schemes of the players that a text names."""
    return _named_in(text[:_OWNER_CHARS].lower())


@lru_cache(maxsize=4096)
def _named_in(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_NAMES[found[0]] for found in _NAMED.finditer(text)))


def _in_tokens(record: dict[str, Value]) -> Iterator[Read]:
    for key in ("class", "id"):
        text = record.get(key)
        for found in _TOKENS.finditer(text) if isinstance(text, str) else ():
            scheme = found.lastgroup or LOCAL
            yield Read(key, Id(scheme=scheme, value=found[scheme]), of_medium=True)


def settle(ids: Iterable[Id], of_medium: Container[str], around: str, shown: Container[str]) -> tuple[Id, ...]:
    """Give local ids the scheme that their surroundings tell, strong ids first.

    Args:
        ids: Of one record.
        of_medium: The values that stand under names of media ids.
        around: Names of what the record stands in: its key, the call, the variable.
        shown: Schemes of the players that the document shows.
    """
    owners = named_in(around) if around else ()
    settled: list[Id] = []
    rest: list[Id] = []
    taken: set[str] = set()
    for one in ids:
        scheme = _scheme_by_place(one, owners, of_medium, shown) if one.scheme == LOCAL else one.scheme
        if scheme is None:
            rest.append(one)
        elif scheme not in taken or one.scheme != LOCAL:
            taken.add(scheme.partition(":")[0])
            settled.append(Id(scheme=scheme, value=one.value))
    known = {one.value for one in settled}
    return tuple(dict.fromkeys([*settled, *(one for one in rest if one.value not in known)]))


def _scheme_by_place(one: Id, owners: tuple[str, ...], of_medium: Container[str], shown: Container[str]) -> str | None:
    for scheme in owners:
        if shaped(scheme, one.value, strict=one.value not in of_medium) == one.value:
            return scheme
    if one.value in of_medium:
        return next((scheme for scheme in _bare_schemes(one.value) if scheme in shown), None)
    return None


def _bare_schemes(text: str) -> Iterator[str]:
    """The players whose ids look like a text and like little else."""
    for player in PLAYERS:
        if player.shows and shaped(player.scheme, text, strict=True) == text:
            yield player.scheme


def names_player(record: dict[str, Value], around: str = "") -> bool:
    """Tell whether a record has the id of a medium, so that it is about one even without any URL.

    Args:
        record: One record.
        around: The key under which it stands.
    """
    names: dict[str, str] = {}
    for key in record:
        names.setdefault(normal(key), key)
    return any(read.of_medium for read in ids_of(record, names, around))


def id_text(value: Value) -> str | None:
    """Give an id as text, or None for what is none: empty, a URL, a sentence, zero, a word like `undefined`."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return str(value) if value > 0 else None
    if not isinstance(value, str):
        return None
    text = value.strip()
    if not _PLAIN_ID.match(text) or text.lower() in _NO_ID or "//" in text or normal(text) in MEDIA_IDS:
        return None
    return text if not shape(text)[0] else None
