"""The texts by which a document shows that media, scripts or dumps stand in it; all are looked for at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from harvester.syntax.packed import BASE64_TAGS
from harvester.syntax.php.heads import HEADS as DUMPS

EXTENSIONS: Final = (
    "mp4", "m4v", "webm", "mov", "flv", "f4v", "avi", "wmv", "mpg", "mpeg", "3gp", "mkv", "asf", "asx", "rm", "ram",
    "m3u8", "mpd", "ism", "mp3", "m4a", "ogg", "oga", "ogv", "opus", "flac", "aac", "wav",
)  # fmt: skip
"""File name endings of media and playlists, as they are looked for, in lower and upper case."""

MarkKind: TypeAlias = Literal[
    "file", "id", "object", "embed", "call", "script", "end-script", "style", "end-style", "element", "meta", "flight",
    "base64", "scope", "dump", "head",
]  # fmt: skip
"""`dump`: what PHP's dumps can't do without. `head`: what says something of the page itself."""

_BLANKS = b" \t\n\r\f"
_SLASH = rb"(?:/|\\+/|\\+u002[fF]|%2[fF]|%252[fF])"
_STREAMS = rb"(?::|%3[aA])" + _SLASH + rb"{2}[\w.:-]{3,100}" + _SLASH + rb"[^\s\"'<>]"
_ASSIGN = rb"(?:\\*[\"']|&quot;|&#34;|%22)?\s{0,4}(?:[:=]|&#58;|%3A)"
_HOST = rb"s?:" + _SLASH + rb"{2}[\w.:-]{3,100}" + _SLASH + rb"[\w-]"


@dataclass(frozen=True, slots=True)
class Sign:
    """A text to look for.

    Attributes:
        kind: What it is a sign of.
        then: Pattern of what must follow for it to count.
        unless: Pattern of what must not end right in front of it, but where `then` matches by its group `sure`.
        before: The bytes of which one must stand in front; any may where this is empty.
        after: Likewise behind; this narrows the search itself, where `then` is tried on what it finds.
        any_case: Whether it counts in upper and lower case.
        capital: Whether it counts with its first letter in upper case as well.
    """

    text: bytes
    kind: MarkKind
    then: bytes | None = None
    unless: bytes = b""
    before: bytes = b""
    after: bytes = b""
    any_case: bool = False
    capital: bool = False

    def texts(self) -> Iterator[bytes]:
        """Give all that is looked for; each text ends where the sign does, or one byte behind it."""
        for text in (self.text, self.text[:1].upper() + self.text[1:]) if self.capital else (self.text,):
            for before in self.before or (None,):
                for after in self.after or (None,):
                    yield bytes(byte for byte in (before, *text, after) if byte is not None)


# What frames have that nobody sees: they count visitors, or talk to other frames.
_UNSEEN = rb"[^>]{0,400}?(?:visibility:\s?hidden|display:\s?none|\s(?:height|width)=[\"']?[01](?:px)?[\"'\s>])"
_QUOTE = rb"(?:\\*[\"'`]|&quot;|&#34;|&#39;|%22)"
# An id that is given as such: behind a key's name a text, a number or a list; behind an attribute's name anything.
_IS_ID = rb"\w{0,12}" + _ASSIGN + rb"\s{0,4}(?:" + _QUOTE + rb"[\w:{]|\d|\[|[\w$]{1,2}[,}])"
_HAS_ID = rb"(?:[\w-]{0,12}=[\"']?\w|" + _IS_ID + rb")"
# Of what a player's name is the value where a page only links to its account there.
_LABELS = rb"(?:(?i:label)|labelledby|title|alt|\bid|icon)" + rb"(?:\\*[\"']|&quot;|&#34;)?\s?[:=]\s?" + _QUOTE
_TOKEN = rb"[\w+/-]"


def _player(name: bytes, then: bytes, *, capital: bool = True) -> Sign:
    """A player's name where it says that a medium is meant.

    That is as a whole value (`"provider": "vimeo"`) that is no label, as the key or attribute of an id, or followed by
    `then`.
    """
    of_id = rb"=[\"']?[\w-]{11}[\"'\s>]|[\w-]{0,12}[iI][dD]" + _HAS_ID
    of_id += rb"|[\w\s-]{0,60}[\"']\s{1,9}data-[\w-]{0,12}id=[\"']?\w"  # a class in front of the id
    value = _QUOTE + rb"\s{0,4}(?:[,}\]\s>]|:\s{0,4}(?:\\*[\"'][\w-]{5,}\\*[\"']|\d|\{))"
    quoted = rb"(?<=[\"'`;2].{" + str(len(name)).encode() + rb"})" + value
    pattern = rb"(?P<sure>" + then + rb"|" + of_id + rb")|" + quoted
    return Sign(name, "embed", pattern, _LABELS, capital=capital)


_MARKUP: Final = (
    Sign(b"<script", "script", any_case=True),
    Sign(b"</script", "end-script", any_case=True),
    Sign(b"<style", "style", any_case=True),
    Sign(b"</style", "end-style", any_case=True),
    Sign(b"<video", "element", any_case=True),
    Sign(b"<audio", "element", any_case=True),
    Sign(b"<iframe", "element", rb"(?!" + _UNSEEN + rb")", any_case=True),
    Sign(b"<embed", "element", any_case=True),
    Sign(b"<object", "element", after=b">" + _BLANKS, any_case=True),
    Sign(b"<amp-", "element", rb"(?!img|analytics|ad\b|auto-ads|sidebar|consent|list|state|carousel|geo)"),
    Sign(b"<lite-", "element"),
    Sign(b"og:video", "meta"),
    Sign(b"og:audio", "meta"),
    Sign(b"twitter:player", "meta"),
    Sign(b"__next_f", "flight", rb"(?:\s*=[^;]{0,80};\s*\w+\.__next_f)?(?:\s*\|\|\s*\[\]\s*\))?\.push\(\s*\["),
    Sign(b"VideoObject", "object"),
    Sign(b"AudioObject", "object"),
    Sign(b"PodcastEpisode", "object"),
    Sign(
        b"contentUrl",
        "object",
        _ASSIGN + rb"\s*+\\*+[\"'](?![^\"'\s]{0,500}\.(?:jpe?g|png|webp|gif|svg|avif)\b)",
        rb"ImageObject[^{}]*",
    ),
    Sign(b"embedUrl", "object", rb"\W"),
    # What is streamed by a protocol of its own: its file has no ending.
    Sign(b"rtmp", "object", rb"(?:[est]|te|ts)?" + _STREAMS),
    Sign(b"rtsp", "object", _STREAMS),
    Sign(b"mms", "object", rb"[htu]?" + _STREAMS),
    Sign(b"embedURL", "object"),
    # Likewise where the name in front of it says what it is: `data-mp3="https://a.example/live"`.
    *(
        Sign(name + rest + behind + b"http", "object", _HOST)
        for name in (b"mp3", b"hls", b"m3u8")
        for rest in (b"", b"Url", b"_url", b"-url")
        for behind in (b'="', b"='", b'":"', b'": "', b':"', b': "', b": '", b":'")
    ),
    Sign(b"mp3-128", "object", rb"(?:\"|&quot;|&#34;)\s?:\s?(?:\"|&quot;|&#34;)http" + _HOST),
    Sign(b"video.squarespace-cdn.com", "object", _SLASH + rb"content"),
    Sign(b"playAddr", "object", _ASSIGN + rb"\s*+\\*+[\"']http"),
    # What base64 texts of media begin with.
    Sign(b"eyJ", "base64", _TOKEN + rb"{40,}+", before=b"\"'=;"),
    Sign(b"aHR0c", "base64", rb"[DHM]" + _TOKEN + rb"{16,}+"),
    *(Sign(head, "base64", _TOKEN + rb"{40,}+") for head in BASE64_TAGS),
    # Likewise of such that are percent-encoded whole, and those themselves.
    Sign(b"JTY4JTc0", "base64", _TOKEN + rb"{40,}+"),
    Sign(b"%68%74%74%70", "base64", rb"(?:%[0-9A-Fa-f]{2}){10,1000}+"),
    Sign(b"schema.org/", "scope", rb"(?:Video|Audio|Music|Clip|Media|Podcast|Movie|Episode|TVEpisode|Radio)"),
)
_PLAYERS: Final = (
    Sign(b"h-entry", "scope"),
    Sign(b"videoId", "id", _IS_ID, capital=True),
    Sign(b"videoID", "id", _IS_ID, capital=True),
    Sign(b"video_id", "id", _IS_ID, capital=True),
    Sign(b"video-id", "id", _HAS_ID, capital=True),
    Sign(b"videoid", "id", _HAS_ID, capital=True),
    Sign(b"video-guid", "id", _HAS_ID),
    *(
        Sign(name, "id", _IS_ID)
        for name in (b"videoGuid", b"video_guid", b"videoUuid", b"videoUUID", b"video_uuid", b"mediaUploadId")
    ),
    Sign(b"mediaId", "id", _ASSIGN + rb"\s*+\\*+(?:[\"']|&quot;|&#34;)\w", capital=True),
    Sign(b"media_id", "id", _IS_ID, capital=True),
    Sign(b"media-id", "id", _HAS_ID, capital=True),
    Sign(b"mediaid", "id", _HAS_ID, capital=True),
    Sign(b"assetId", "id", rb"\\*" + _QUOTE + rb"\s?:\s?" + _QUOTE + rb"[\w-]{11}" + _QUOTE),
    *(
        Sign(name, "id", rb"\\*" + _QUOTE + rb"\s?:\s?" + rb"\\*" + _QUOTE + rb"[bmpw]0[0-9a-z]{6}\\*" + _QUOTE)
        for name in (b"versionId", b"versionID", b"vpid")
    ),
    Sign(b"urn:", "id", rb"(?:srf|rts|rsi|rtr|swi):(?:video|audio):"),
    Sign(b"entryId", "id", _IS_ID),
    Sign(b"entryID", "id", _IS_ID),
    Sign(b"entry_id", "id", _IS_ID),
    Sign(b"entry-id", "id", _HAS_ID),
    Sign(b"entryid", "id", _HAS_ID),
    Sign(b"bvid", "id", _IS_ID),
    Sign(b"hashed-id", "id"),
    Sign(b"hashedId", "id", _IS_ID, capital=True),
    Sign(b"hashed_id", "id", _IS_ID),
    Sign(b"playback-id", "id", _HAS_ID),
    Sign(b"playbackId", "id", _IS_ID, capital=True),
    Sign(b"playback_id", "id", _IS_ID),
    Sign(b"data-video=", "id", rb"[\"']?(?:\d{6}|[\w-]{11}[\"'\s>])"),
    Sign(b"streams", "id", rb"(?:\"|&quot;|&#34;)\s*:\s*(?:\"|&quot;|&#34;)\d\.\d\d:[\w-]{11}"),
    Sign(b"data-uuid=", "id", rb"[\"']?[0-9a-f]{8}-[0-9a-f]{4}-"),
    Sign(b"bcid", "id", rb"=[\"']?\d{10}"),
    Sign(b"embedCode", "id", _IS_ID, capital=True),
    Sign(b"embedcode", "id", _HAS_ID, capital=True),
    Sign(b"-embed-id", "id"),
    Sign(b"a-yt", "id", rb"(?:-?id)?="),
    _player(
        b"youtube",
        rb"(?:-nocookie)?\.com"
        + _SLASH
        + rb"(?:embed|v|shorts|live|watch|vi|vi_webp)\b|_?(?:[kK]ey|[cC]ode)"
        + _HAS_ID,
    ),
    _player(b"youTube", rb"(?!)"),
    Sign(b"/embed/", "embed"),
    Sign(b"embed\\/", "embed", rb"[^|)]"),  # there a pattern of addresses ends
    Sign(b"plugins/video", "embed"),
    Sign(b"video_ext.php", "embed"),
    Sign(b"youtu.be", "embed", _SLASH + rb"[\w-]{11}"),
    Sign(b"ytimg.com", "embed", _SLASH + rb"\w{2,12}" + _SLASH + rb"[\w-]{11}(?![\w-])"),
    _player(b"vimeo", rb"\.com" + _SLASH + rb"(?:video" + _SLASH + rb")?\d{6}"),
    Sign(b"Vimeo.Player", "call"),
    _player(b"dailymotion", rb"\.com" + _SLASH + rb"(?:embed|video|player|thumbnail|swf)"),
    _player(b"jwplayer", rb"\.com|_\w{8}_", capital=False),
    _player(b"jwplatform", rb"\.com", capital=False),
    Sign(b"botr_", "embed", rb"\w{8}_\w{8}"),
    _player(b"brightcove", rb"\.(?:net|com|services)|cdn\.|Experience\b"),
    _player(b"kaltura", rb"\.com"),
    Sign(b"kalturaIframeEmbed", "call"),
    _player(b"ooyala", rb"\.com" + _SLASH),
    Sign(b"OO.Player", "call"),
    Sign(b"theplatform.", "embed", capital=True),
    Sign(b"mpx", "id", rb"[-_]?(?:[iI]d|ID|[gG]uid)\\*" + _QUOTE + rb"?\s?[=:]\s?\\*" + _QUOTE + rb"?\w{6}"),
    Sign(b"anvp", "id", rb"(?:\.[\w.]+\s*=|=[\"']?[{&%])"),
    _player(b"wistia", rb"\.(?:com|net)" + _SLASH + rb"(?:embed|medias)|(?:_async)?_[a-z0-9]{10}"),
    Sign(b"Wistia.embed", "call"),
    Sign(b"_wq.push", "call"),
    Sign(b"DM.player", "call"),
    _player(b"vidyard", rb"\.com" + _SLASH + rb"|-player"),
    _player(b"glomex", rb"\.com" + _SLASH + rb"|-(?:player|integration)"),
    Sign(b"soundcloud.com", "embed", rb"(?:" + _SLASH + rb"|%2F)(?:player|tracks|playlists|media)"),
    Sign(b"soundcloud", "id", rb"_?[tT]rack_?[iI]d" + _HAS_ID),
    Sign(b"open.spotify.com", "embed", _SLASH + rb"(?:embed|episode|track|album)"),
    # Players that a script starts, or of which a link is made one.
    Sign(b"vsly-player", "embed"),
    Sign(b"api.zdf.de", "embed", _SLASH + rb"(?:content|tmd)" + _SLASH),
    Sign(b"cnevids.com", "embed", _SLASH + rb"(?:script|inline|iframe|embed)"),
    Sign(b"buzzsprout.com", "embed", _SLASH + rb"\d{2,9}" + _SLASH + rb"\d"),
    Sign(b"spreaker-player", "embed"),
    Sign(b"podigee-podcast-player", "embed", rb"(?!\.js)"),
    Sign(b"embed.nicovideo.jp", "embed"),
    Sign(b"instagram-media", "embed"),
    Sign(b"tiktok-embed", "embed"),
    Sign(b"twitter-video", "embed"),
    Sign(b"fb-video", "embed"),
    Sign(b"json+oembed", "embed", rb"(?![^>]{0,300}wp-json/oembed)"),
    Sign(b"flashvars", "embed", rb"[\"']?\s*[=:]", capital=True),
)
_FILES: Final = tuple(Sign(b"." + ending.encode(), "file", any_case=True) for ending in EXTENSIONS)
_HEAD: Final = (
    Sign(b"<title", "head", any_case=True),
    Sign(b"<base", "head", any_case=True),
    Sign(b"<html", "head", any_case=True),
    Sign(b"</head", "head", after=b">" + _BLANKS, any_case=True),
    Sign(b"og:title", "head"),
    Sign(b"og:url", "head"),
    Sign(b"twitter:title", "head"),
    Sign(b"canonical", "head"),
)
_AFTER_DUMP: Final = {b"string(": b"0123456789"}
"""What must follow of what programs are full of."""

_DUMPS: Final = tuple(Sign(text, "dump", after=_AFTER_DUMP.get(text, b"")) for text in DUMPS)
SIGNS: Final = (*_FILES, *_MARKUP, *_PLAYERS, *_HEAD, *_DUMPS)
