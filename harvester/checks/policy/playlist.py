"""What HLS and DASH playlists have in common: what they say, and which of their parts to ask for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Part: TypeAlias = Literal["variant", "init", "key", "segment"]


@dataclass(frozen=True, slots=True)
class Child:
    """One part to ask for.

    Attributes:
        url: Absolute; None where the reference resolves to no URL.
        range: First and last byte of the part within the URL, the last one None for "to the end".
    """

    part: Part
    url: str | None
    range: tuple[int, int | None] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Playlist:
    """What a playlist says, with a sample of its parts.

    Attributes:
        children: What to ask for next: of a list of variants the one to play first, else the decryption key, the
            initialisation part, the first segment and the last one.
        variants: How many there are to choose from; 0 in a list of segments.
        segments: How many segments it lists, None where they are made from a template without an end.
        live: Whether it is still growing.
        drm: Which key system holds the content back.
        broken: Whether it is no such playlist or was cut.
        refused: Whether it was not read because of what it would take: entities, depth, size.
    """

    children: tuple[Child, ...] = ()
    variants: int = 0
    segments: int | None = 0
    live: bool = False
    drm: str | None = None
    duration_s: float | None = None
    broken: bool = False
    refused: bool = False


KEY_SYSTEMS = {
    "edef8ba9-79d6-4ace-a3c8-27dcd51d21ed": "widevine",
    "9a04f079-9840-4286-ab92-e65be0885f95": "playready",
    "94ce86fb-07ff-4f43-adb8-93d2fa968ca2": "fairplay",
    "1077efec-c0b2-4d02-ace3-3c1e52e2fb4b": "w3c-common",
    "e2719d58-a985-b3c9-781a-030af78d30e": "clearkey",
    "com.apple.streamingkeydelivery": "fairplay",
    "com.microsoft.playready": "playready",
    "com.widevine": "widevine",
    "com.widevine.alpha": "widevine",
}
"""Names of key systems by the ids of the DASH-IF registry and the key formats of HLS."""


def key_system(identifier: str) -> str:
    """The name of a key system, by its URN or key format; the identifier itself where it is not known."""
    bare = identifier.strip().lower().removeprefix("urn:uuid:")
    return KEY_SYSTEMS.get(bare, bare[:80] or "unknown")
