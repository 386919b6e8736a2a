"""The texts by which a document shows that media, scripts or dumps stand in it.

All are looked for at once, in four passes of a packed multi-pattern search, each of which looks at every byte. How
fast a pass is depends on which texts it holds: the search filters by the first four bytes (three where a text has no
more), sixteen groups of beginnings a pass, so that a pass is slow where many common beginnings meet. `PASSES` is the
best of some thousand arrangements that were measured, order included (it decides which texts share a bucket);
`tests/benchmarks/bench_marks.py` measures them, and looks for better ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

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

_SLASH = rb"(?:/|\\+/|\\+u002[fF]|%2[fF]|%252[fF])"
_ASSIGN = rb"(?:\\*[\"']|&quot;|&#34;|%22)?\s{0,4}(?:[:=]|&#58;|%3A)"


@dataclass(frozen=True, slots=True)
class Sign:
    """A text to look for.

    Attributes:
        kind: What it is a sign of.
        verify: Pattern of what must follow for it to count, matched at its start.
        skip: How many of its first bytes are not looked for, since few other words have what follows them.
    """

    text: bytes
    kind: MarkKind
    verify: bytes | None = None
    skip: int = 0

    @property
    def fragment(self) -> bytes:
        """What is looked for."""
        return self.text[self.skip :]


_QUOTE = rb"(?:\\*[\"'`]|&quot;|&#34;|&#39;|%22)"
# An id that is given as such: behind a key's name a text, a number or a list; behind an attribute's name anything.
_IS_ID = rb"\w{0,12}" + _ASSIGN + rb"\s{0,4}(?:" + _QUOTE + rb"[\w:{]|\d|\[|[\w$]{1,2}[,}])"
_HAS_ID = rb"(?:[\w-]{0,12}=[\"']?\w|" + _IS_ID + rb")"


def _player(name: bytes, otherwise: bytes) -> bytes:
    """A player's name without its first letter, where it says that a medium is meant.

    That is as a whole value (`"provider": "vimeo"`), as the key or attribute of an id, or as `otherwise` says.
    """
    of_id = rb"=[\"']?[\w-]{11}[\"'\s>]|[\w-]{0,12}[iI][dD]" + _HAS_ID
    value = _QUOTE + rb"\s{0,4}(?:[,}\]\s>]|:\s{0,4}(?:\\*[\"'][\w-]{5,}\\*[\"']|\d|\{))"
    return (
        name
        + rb"(?:"
        + otherwise
        + rb"|"
        + of_id
        + rb"|(?<=[\"'`;2].{"
        + str(len(name) + 1).encode()
        + rb"})"
        + value
        + rb")"
    )


_MARKUP: Final = (
    Sign(b"<script", "script"),
    Sign(b"</script", "end-script"),
    Sign(b"<SCRIPT", "script"),
    Sign(b"</SCRIPT", "end-script"),
    Sign(b"<style", "style"),
    Sign(b"</style", "end-style"),
    Sign(b"<STYLE", "style"),
    Sign(b"</STYLE", "end-style"),
    Sign(b"<video", "element"),
    Sign(b"<VIDEO", "element"),
    Sign(b"<audio", "element"),
    Sign(b"<AUDIO", "element"),
    Sign(b"<iframe", "element"),
    Sign(b"<IFRAME", "element"),
    Sign(b"<embed", "element"),
    Sign(b"<EMBED", "element"),
    Sign(b"<object", "element", rb"<object[\s>]"),
    Sign(b"<OBJECT", "element", rb"<OBJECT[\s>]"),
    Sign(b"<amp-", "element", rb"<amp-(?!img|analytics|ad\b|auto-ads|sidebar|consent|list|state|carousel|geo)"),
    Sign(b"<lite-", "element"),
    Sign(b"og:video", "meta"),
    Sign(b"og:audio", "meta"),
    Sign(b"twitter:player", "meta"),
    Sign(b"__next_f", "flight", rb"__next_f(?:\s*=[^;]*;\s*\w+\.__next_f)?(?:\s*\|\|\s*\[\]\s*\))?\.push\(\s*\["),
    Sign(b"VideoObject", "object", skip=4),
    Sign(b"AudioObject", "object", skip=3),
    Sign(b"PodcastEpisode", "object"),
    Sign(
        b"contentUrl",
        "object",
        rb"contentUrl" + _ASSIGN + rb"\s*+\\*+[\"'](?![^\"'\s]{0,500}\.(?:jpe?g|png|webp|gif|svg|avif)\b)",
        skip=5,
    ),
    Sign(b"embedUrl", "object", rb"embedUrl[^\w]", skip=3),
    Sign(b"embedURL", "object", skip=3),
    # What base64 texts of media begin with, behind what can stand before them: a search for three letters is slow.
    Sign(b'"eyJ', "base64", rb".eyJ[\w+/-]{40,}+"),
    Sign(b"'eyJ", "base64", rb".eyJ[\w+/-]{40,}+"),
    Sign(b"=eyJ", "base64", rb".eyJ[\w+/-]{40,}+"),
    Sign(b";eyJ", "base64", rb".eyJ[\w+/-]{40,}+"),
    Sign(b"aHR0c", "base64", rb"aHR0c[DHM][\w+/-]{16,}+"),
    Sign(
        b"schema.org/",
        "scope",
        rb"schema\.org/(?:Video|Audio|Music|Clip|Media|Podcast|Movie|Episode|TVEpisode|Radio)",
        skip=4,
    ),
)
_PLAYERS: Final = (
    Sign(b"h-entry", "scope"),
    Sign(b"ideoId", "id", rb"ideoId" + _IS_ID, skip=2),
    Sign(b"ideoID", "id", rb"ideoID" + _IS_ID, skip=2),
    Sign(b"ideo_id", "id", rb"ideo_id" + _IS_ID, skip=2),
    Sign(b"ideo-id", "id", rb"ideo-id" + _HAS_ID, skip=2),
    Sign(b"ideoid", "id", rb"ideoid" + _HAS_ID, skip=2),
    Sign(b"ediaId", "id", rb"ediaId" + _ASSIGN + rb"\s*+\\*+[\"']\w", skip=2),
    Sign(b"edia_id", "id", rb"edia_id" + _IS_ID, skip=2),
    Sign(b"edia-id", "id", rb"edia-id" + _HAS_ID, skip=2),
    Sign(b"ediaid", "id", rb"ediaid" + _HAS_ID, skip=2),
    Sign(b"entryId", "id", rb"entryId" + _IS_ID, skip=3),
    Sign(b"entryID", "id", rb"entryID" + _IS_ID, skip=3),
    Sign(b"entry_id", "id", rb"entry_id" + _IS_ID, skip=3),
    Sign(b"entry-id", "id", rb"entry-id" + _HAS_ID, skip=3),
    Sign(b"entryid", "id", rb"entryid" + _HAS_ID, skip=3),
    Sign(b"hashed-id", "id", skip=3),
    Sign(b"bcid", "id", rb"bcid=[\"']?\d{10}"),
    Sign(b"mbedCode", "id", rb"mbedCode" + _IS_ID, skip=2),
    Sign(b"mbedcode", "id", rb"mbedcode" + _HAS_ID, skip=2),
    Sign(b"-embed-id", "id"),
    Sign(b"a-yt", "id", rb"a-yt(?:-?id)?="),
    Sign(
        b"outube",
        "embed",
        _player(b"outube", rb"(?:-nocookie)?\.com" + _SLASH + rb"(?:embed|v|shorts|live|watch)\b"),
        skip=1,
    ),
    Sign(b"ouTube", "embed", _player(b"ouTube", rb"(?!)"), skip=1),
    Sign(b"/embed/", "embed"),
    Sign(b"embed\\/", "embed"),
    Sign(b"plugins/video", "embed", skip=4),
    Sign(b"youtu.be", "embed", rb"youtu\.be" + _SLASH + rb"[\w-]{11}", skip=3),
    Sign(b"ytimg.com", "embed", rb"ytimg\.com" + _SLASH + rb"vi"),
    Sign(b"imeo", "embed", _player(b"imeo", rb"\.com" + _SLASH + rb"(?:video" + _SLASH + rb")?\d{6}")),
    Sign(b"Vimeo.Player", "call"),
    Sign(
        b"ailymotion",
        "embed",
        _player(b"ailymotion", rb"\.com" + _SLASH + rb"(?:embed|video|player|thumbnail|swf)"),
        skip=2,
    ),
    Sign(b"jwplayer", "embed", _player(b"jwplayer", rb"\.com|_\w{8}_")),
    Sign(b"jwplatform", "embed", _player(b"jwplatform", rb"\.com")),
    Sign(b"botr_", "embed", rb"botr_\w{8}_\w{8}"),
    Sign(b"rightcove", "embed", _player(b"rightcove", rb"\.(?:net|com|services)|cdn\.|Experience\b"), skip=2),
    Sign(b"altura", "embed", _player(b"altura", rb"\.com")),
    Sign(b"kalturaIframeEmbed", "call"),
    Sign(b"oyala", "embed", _player(b"oyala", rb"\.com" + _SLASH)),
    Sign(b"OO.Player", "call"),
    Sign(b"heplatform.", "embed"),
    Sign(b"anvp", "id", rb"anvp(?:\.[\w.]+\s*=|=[\"']?[{&%])"),
    Sign(
        b"istia",
        "embed",
        _player(b"istia", rb"\.(?:com|net)" + _SLASH + rb"(?:embed|medias)|(?:_async)?_[a-z0-9]{10}"),
        skip=1,
    ),
    Sign(b"Wistia.embed", "call"),
    Sign(b"_wq.push", "call"),
    Sign(b"DM.player", "call"),
    Sign(b"lomex", "embed", _player(b"lomex", rb"\.com" + _SLASH + rb"|-(?:player|integration)"), skip=1),
    Sign(b"soundcloud.com", "embed", rb"soundcloud\.com(?:" + _SLASH + rb"|%2F)(?:player|tracks|playlists)"),
    Sign(b"open.spotify.com", "embed", rb"open\.spotify\.com" + _SLASH + rb"(?:embed|episode)", skip=3),
    Sign(b"instagram-media", "embed", skip=6),
    Sign(b"tiktok-embed", "embed"),
    Sign(b"twitter-video", "embed"),
    Sign(b"fb-video", "embed"),
    Sign(b"json+oembed", "embed", rb"json\+oembed(?![^>]{0,300}wp-json/oembed)", skip=4),
    Sign(b"lashvars", "embed", rb"lashvars[\"']?\s*[=:]", skip=2),
)
_FILES: Final = tuple(
    Sign(b"." + text, "file")
    for form in sorted(EXTENSIONS, key=len, reverse=True)
    for text in (form.encode(), form.upper().encode())
)
_HEAD: Final = tuple(
    Sign(text, "head")
    for text in (
        b"<title", b"<TITLE", b"<base", b"<BASE", b"<html", b"<HTML", b"</head", b"</HEAD",
        b"og:title", b"og:url", b"twitter:title", b"canonical",
    )
)  # fmt: skip
_SKIPPED: Final = {b'class="sf-dump"': 7, b"class=sf-dump ": 6}
_DUMPS: Final = tuple(Sign(text, "dump", skip=_SKIPPED.get(text, 0)) for text in DUMPS)
SIGNS: Final = (*_FILES, *_MARKUP, *_PLAYERS, *_HEAD, *_DUMPS)

PASSES: Final[tuple[tuple[bytes, ...], ...]] = (
    (
        b" {\n  protected $", b".MP4", b'"eyJ', b"Object&", b" {\n  private $", b" {\n  public $", b'"=>', b".m4a",
        b"'=>", b"(object) array", b"(object) [", b".3GP", b".3gp", b".AAC", b"ideoId", b".asf", b".MKV", b".asx",
        b".FLAC", b':"[', b"og:title", b"json+oembed", b".M4A", b"object(", b".mkv", b".MOV", b".mov", b".MP3",
        b".mp3", b"og:url", b".mp4", b".MPD", b".mpd", b".MPEG", b".mpeg", b".MPG", b".mpg", b".OGG", b".ogg",
        b".ogv", b':"{', b".RM", b".WEBM", b".webm", b".WMV", b".wmv", b"AudioObject", b"<b>object</b>", b".ISM",
        b"'eyJ", b"<VIDEO", b".oga", b"Object<b", b"Object\r", b".aac", b"_wq.push", b"og:audio", b"og:video", b"{#1",
        b"{#4", b"{#5", b"{#7", b"{#9",
    ),
    (
        b"Object\\", b".avi", b".F4V", b"<IFRAME", b".ASX", b".OGA", b".RAM", b".ram", b".rm", b".WAV", b"ytimg.com",
        b":{i:", b":&quot;[", b":&quot;{", b"::__set_state(", b':\\"[', b':\\"{', b".opus", b"</HEAD", b"<iframe",
        b"</STYLE", b"<BASE", b"<base", b"<small>string</small>", b"<OBJECT", b"<object", b"<script", b"<STYLE",
        b":{s:", b"<TITLE", b"<title", b"<video", b"__next_f", b"Object\xc2", b"ideo_id", b".flac", b".m3u8",
        b"Object\n", b"Object ", b"Array&", b"OO.Player", b"Array ", b"{#2", b"{#3", b".AVI", b"{#6", b"{#8",
    ),
    (
        b"embed\\/", b".f4v", b"entry_id", b".ism", b"' =>", b".m4v", b".wav", b"</SCRIPT", b"</script",
        b"<b>array</b>", b"<embed", b"</head", b"<EMBED", b"=&gt;", b"edia-id", b"a-yt", b"fb-video", b".M4V",
        b"anvp", b"Array<b", b"array (", b"Array\n", b"Array\r", b"<audio", b"altura", b"Array\\", b"Array\xc2",
        b"array&", b"array(", b"array\xc2", b"bcid", b'class="sf-dump"', b"class=sf-dump ", b"edia_id", b"ediaId",
        b"ediaid", b"h-entry", b"hashed-id", b"ideo-id", b"instagram-media", b"istia", b"jwplayer", b"lomex",
        b"</style", b"botr_", b"outube", b"schema.org/", b";eyJ", b"mbedCode", b"PodcastEpisode",
    ),
    (
        b"<SCRIPT", b".OGV", b"soundcloud.com", b".OPUS", b"/embed/", b"twitter:title", b".M3U8", b"<amp-", b"<AUDIO",
        b"tiktok-embed", b"<HTML", b".flv", b"<html", b"<lite-", b"open.spotify.com", b"array:", b"<style", b".ASF",
        b"canonical", b"contentUrl", b"DM.player", b"=eyJ", b"embedURL", b"jwplatform", b"embedUrl", b'" =>',
        b"entry-id", b".FLV", b"entryID", b"entryId", b"entryid", b"aHR0c", b"heplatform.", b"ideoID", b"VideoObject",
        b"ideoid", b"imeo", b"kalturaIframeEmbed", b"lashvars", b"Vimeo.Player", b"mbedcode", b"ouTube", b"oyala",
        b"plugins/video", b"Wistia.embed", b"ailymotion", b"rightcove", b"string '", b"string(", b"twitter:player",
        b"twitter-video", b"youtu.be", b"-embed-id",
    ),
)  # fmt: skip
"""Which texts are looked for together."""
