"""Reads documents that are lists of media: feeds, playlists, manifests of streams."""

from typing import Final

from harvester.decode.contract import Decoder
from harvester.decode.feeds.atom import decode_atom
from harvester.decode.feeds.dash import decode_dash
from harvester.decode.feeds.hls import decode_hls
from harvester.decode.feeds.lines import decode_m3u, decode_pls
from harvester.decode.feeds.media_rss import decode_media_rss
from harvester.decode.feeds.playlists import decode_asx, decode_oembed, decode_smil, decode_xspf
from harvester.decode.feeds.sitemap import decode_video_sitemap

DECODERS: Final[dict[str, Decoder]] = {
    "media-rss": decode_media_rss,
    "atom": decode_atom,
    "video-sitemap": decode_video_sitemap,
    "smil": decode_smil,
    "xspf": decode_xspf,
    "m3u": decode_m3u,
    "pls": decode_pls,
    "asx": decode_asx,
    "hls": decode_hls,
    "dash": decode_dash,
    "oembed": decode_oembed,
}
"""Decoders by the form that they read."""
