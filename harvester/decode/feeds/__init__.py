"""Reads documents that are lists of media: feeds, playlists, manifests of streams."""

from __future__ import annotations

from typing import Final

from harvester.decode.contract import Decoder, late

DECODERS: Final[dict[str, Decoder]] = {
    "media-rss": late("feeds.media_rss", "decode_media_rss"),
    "atom": late("feeds.atom", "decode_atom"),
    "video-sitemap": late("feeds.sitemap", "decode_video_sitemap"),
    "smil": late("feeds.playlists", "decode_smil"),
    "xspf": late("feeds.playlists", "decode_xspf"),
    "m3u": late("feeds.lines", "decode_m3u"),
    "pls": late("feeds.lines", "decode_pls"),
    "asx": late("feeds.playlists", "decode_asx"),
    "hls": late("feeds.hls", "decode_hls"),
    "dash": late("feeds.dash", "decode_dash"),
    "oembed": late("feeds.playlists", "decode_oembed"),
}
"""Decoders by the form that they read."""
