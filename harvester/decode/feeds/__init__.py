"""Reads documents that are lists of media: feeds, playlists, manifests of streams."""

from __future__ import annotations

from importlib import import_module
from typing import Final

from harvester.decode.contract import Decoder, Decoding
from harvester.model import Excerpt, Limits


def _late(module: str, name: str) -> Decoder:
    """Load a decoder when its form is met: most runs meet none of them, and an XML parser takes time to load."""

    def decode(excerpt: Excerpt, limits: Limits) -> Decoding:
        decoder: Decoder = getattr(import_module(f"{__name__}.{module}"), name)
        return decoder(excerpt, limits)

    return decode


DECODERS: Final[dict[str, Decoder]] = {
    "media-rss": _late("media_rss", "decode_media_rss"),
    "atom": _late("atom", "decode_atom"),
    "video-sitemap": _late("sitemap", "decode_video_sitemap"),
    "smil": _late("playlists", "decode_smil"),
    "xspf": _late("playlists", "decode_xspf"),
    "m3u": _late("lines", "decode_m3u"),
    "pls": _late("lines", "decode_pls"),
    "asx": _late("playlists", "decode_asx"),
    "hls": _late("hls", "decode_hls"),
    "dash": _late("dash", "decode_dash"),
    "oembed": _late("playlists", "decode_oembed"),
}
"""Decoders by the form that they read."""
