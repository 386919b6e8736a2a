"""The closed list of forms: how data that describes media is embedded in documents."""

from __future__ import annotations

from typing import Final

import msgspec


class Form(msgspec.Struct, frozen=True):
    """One way in which data is embedded: its name in the manifest, what it is, an example."""

    name: str
    title: str
    example: str


FORMS: Final = (
    Form("php-var-dump", "Output of PHP's var_dump, also Xdebug's and Symfony's", 'string(21) "[{"pic":"/v/1.mp4"}]"'),
    Form("php-print-r", "Output of PHP's print_r", "Array ( [file] => /v/1.mp4 )"),
    Form("php-var-export", "Output of PHP's var_export", "array ( 'file' => '/v/1.mp4', )"),
    Form("php-serialize", "Output of PHP's serialize", 'a:1:{s:4:"file";s:8:"/v/1.mp4";}'),
    Form(
        "json-ld", "schema.org data in a script of type application/ld+json", '{"@type":"VideoObject","contentUrl":"…"}'
    ),
    Form("data-attribute", "JSON or paths in attributes of an element", '<div data-video=\'{"mp4":"…"}\'>'),
    Form("player-setup", "The configuration that a player is called with", 'jwplayer("p").setup({"file":"…"})'),
    Form("js-call", "An argument of a call in a script", 'init({"videos":[…]})'),
    Form("js-assignment", "A value assigned or returned in a script", "window.__INITIAL_STATE__ = {…}"),
    Form(
        "js-variables",
        "Scalars that a script assigns one after the other",
        'var url = "/v/1.mp4"; var title = "Heron";',
    ),
    Form("json-parse", "JSON in a string literal of a script", 'JSON.parse("{\\x22file\\x22:…}")'),
    Form("json-script", "A script of a JSON type", '<script type="application/json">{…}</script>'),
    Form("next-data", "The state of a Next.js page", '<script id="__NEXT_DATA__" …>'),
    Form("next-flight", "The rows that a Next.js page pushes", 'self.__next_f.push([1,"…"])'),
    Form(
        "nuxt-state",
        "The state of a Nuxt page, as a function or as an indexed array",
        "window.__NUXT__=(function(a,b){return {…}}(…))",
    ),
    Form("media-element", "Video and audio elements with their sources and tracks", '<video src="…"><track …></video>'),
    Form("embed", "Frames and objects of video platforms and players", '<iframe src="https://player.…/video/1">'),
    Form("media-link", "Links to media files", '<a href="talk.mp3">'),
    Form("open-graph", "og:video, og:audio and twitter:player groups", '<meta property="og:video" content="…">'),
    Form("microdata", "schema.org data in itemprop attributes", '<div itemscope itemtype="…/VideoObject">'),
    Form("rdfa", "schema.org data in property attributes", '<div typeof="VideoObject">'),
    Form("microformats", "h-entry with u-video or u-audio", '<div class="h-entry"><video class="u-video" …>'),
    Form("json", "A document that is JSON, or JSON in running text", '{"items":[{"mp4":"…"}]}'),
    Form("media-rss", "RSS with media:content or enclosures", "<rss><channel><item><enclosure …/>"),
    Form("atom", "Atom with enclosures or media:group", '<feed><entry><link rel="enclosure" …/>'),
    Form("video-sitemap", "A sitemap with video entries", "<urlset><url><video:video>…"),
    Form("smil", "SMIL playlists", "<smil><body><switch><video src=…/>"),
    Form("xspf", "XSPF playlists", "<playlist><trackList><track><location>…"),
    Form("m3u", "M3U playlists of files", "#EXTM3U\\n#EXTINF:12,Title\\na.mp3"),
    Form("hls", "HLS playlists", "#EXTM3U\\n#EXT-X-STREAM-INF:…"),
    Form("dash", "DASH manifests", "<MPD>…"),
    Form("asx", "ASX playlists", "<asx><entry><ref href=…/>"),
    Form("pls", "PLS playlists", "[playlist]\\nFile1=a.mp3"),
    Form("oembed", "oEmbed answers and links", '{"type":"video","html":"<iframe …>"}'),
    Form("bare-url", "A media URL in any text, in no other form", "https://example.org/a.mp4"),
)

NAMES: Final = frozenset(form.name for form in FORMS)
