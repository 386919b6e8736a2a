"""Follows a playlist to one variant and asks for the parts that show whether it can be played."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from harvester.checks.policy import dash, hls
from harvester.checks.policy.evidence import content_range
from harvester.checks.policy.instead import instead
from harvester.checks.policy.playlist import Child, Playlist
from harvester.checks.policy.signs import NO_SIGNS, Signs
from harvester.checks.policy.sniff import sniff
from harvester.checks.policy.status import broken_off, reason_of
from harvester.checks.policy.target import Join, Target
from harvester.checks.policy.verdict import Fact, Verdict, conclude
from harvester.model.exchange import Answer, Ask
from harvester.model.vocabulary import STATE_OF

Steps: TypeAlias = Generator[Ask, Answer, Verdict]

PLAYLIST_BYTES: Final = 1 << 20
"""Longest playlist that is read."""

_PART_BYTES: Final = 4096
_LEVELS: Final = 3
"""Playlists inside playlists that are followed; RFC 8216 has two."""

_GONE: Final = ("unavailable", "degraded")


@dataclass(frozen=True, slots=True)
class Way:
    """How the parts are asked for.

    Attributes:
        headers: Beyond the usual ones, such as a Referer.
        signs: By what hosts' answers show that there is nothing.
    """

    target: Target
    join: Join
    headers: Mapping[str, str]
    signs: Signs = NO_SIGNS


def playlist_ask(url: str, headers: Mapping[str, str]) -> Ask:
    """Ask for a whole playlist: they are short, made on request, and often served without ranges."""
    return Ask(url=url, method="GET", max_bytes=PLAYLIST_BYTES, headers=headers)


def follow(answer: Answer, media_type: str, way: Way) -> Steps:
    """Judge a playlist by its parts: one variant, of it the key, the initialisation, the first and last segment.

    The first part that is wrong decides, and no further one is asked for: what is missing makes the playlist
    incomplete, what is held back or could not be told is passed on as it is.
    """
    facts: dict[str, Fact] = {}
    for _ in range(_LEVELS):
        playlist = _read(answer, media_type, way.join)
        facts.update(_facts(playlist))
        settled = _by_itself(playlist, answer, way.target, facts)
        if settled is not None:
            return settled
        if not playlist.variants:
            return (yield from _parts(playlist, way, facts))
        variant = playlist.children[0]
        if variant.url is None:
            break  # its address needs what only a player knows
        answer = yield playlist_ask(variant.url, way.headers)
        reason, media_type = _of_variant(answer, way.target)
        if reason is not None:
            return _of_part(reason, variant, playlist, facts)
    return conclude("unknown", "playlist", facts)


def _read(answer: Answer, media_type: str, join: Join) -> Playlist:
    """Read a playlist of either kind; of Smooth Streaming only that it is there."""
    if media_type == "application/dash+xml":
        return dash.read(answer.body, answer.url, join)
    if media_type == "application/vnd.apple.mpegurl":
        return hls.read(answer.body.decode("utf-8", "replace"), answer.url, join, whole=answer.whole)
    return Playlist(segments=None)


def _facts(playlist: Playlist) -> dict[str, Fact]:
    facts: dict[str, Fact | None] = {
        "variants": playlist.variants or None,
        "segments": playlist.segments or None,
        "duration_s": playlist.duration_s,
        "drm": playlist.drm,
        "live": "live" if playlist.live and not playlist.variants else None,
    }
    return {name: fact for name, fact in facts.items() if fact is not None}


def _by_itself(playlist: Playlist, answer: Answer, target: Target, facts: Mapping[str, Fact]) -> Verdict | None:
    """What a playlist says without any of its parts; None where they have to be asked for."""
    if playlist.refused:
        return conclude("unknown", "playlist", facts)
    if playlist.broken:
        return conclude("playlist-incomplete" if answer.whole else "unknown", "playlist", facts)
    if playlist.drm is not None:
        return conclude("drm", "playlist", facts)
    if playlist.variants or playlist.segments != 0 or playlist.children:
        return None
    if target.live is not None and not playlist.live and answer.whole:
        return conclude("live-ended", "playlist", facts)
    return conclude("playlist-incomplete", "playlist", facts, transient=playlist.live)


def _of_variant(answer: Answer, target: Target) -> tuple[str | None, str]:
    """Why an answer is no playlist, None where it is one, and its media type."""
    reason = reason_of(answer) or broken_off(answer)
    found = sniff(answer.body)
    if reason is not None or found is None:
        return reason or ("truncated" if not answer.body else "unknown"), ""
    if found.family == "playlist":
        return None, found.media_type
    if found.family in ("html", "text", "data"):
        return instead(target, answer, found)[0], ""
    return "wrong-type", ""


def _parts(playlist: Playlist, way: Way, facts: Mapping[str, Fact]) -> Steps:
    """Ask for the sample of parts, one after another.

    Of a live stream the last segment comes first, and where it is there, the first one is not asked for: it may have
    rolled out of the window since. Where all of the sample is gone, nobody feeds the stream any more.
    """
    seen: list[str] = []
    guarded: tuple[str, Child] | None = None
    missing: list[tuple[str, Child]] = []
    for child in _in_order(playlist):
        if child.url is None:  # no reference that can be asked for, such as `file:`
            guarded = guarded or ("unknown", child)
            continue
        answer = yield _part_ask(child, child.url, way.headers)
        reason = _wrong_with(answer, child, way.target)
        if reason is None:
            seen.append(child.part)
            if playlist.live and child.part == "segment":
                break
        elif STATE_OF[reason] == "unchecked":
            guarded = guarded or (reason, child)
        elif playlist.live and reason in ("not-found", "gone") and child.part == "segment":
            missing.append((reason, child))
        else:
            return _of_part(reason, child, playlist, facts)
    if missing and len(missing) == sum(child.part == "segment" for child in playlist.children):
        return conclude("live-ended", "playlist", facts, transient=True)
    if missing:
        return _of_part(*missing[0], playlist, facts)
    if "segment" not in seen and (guarded is not None or playlist.segments):
        # Segments are listed, and none was seen: nothing shows that it can be played.
        nowhere = guarded or ("unknown", Child("segment", None))
        return _of_part(*nowhere, playlist, facts)
    return conclude("ok", "playlist", {**facts, "parts_seen": len(seen)})


def _in_order(playlist: Playlist) -> tuple[Child, ...]:
    """The parts as they are asked for: as they are named, but the segments of a live stream backwards."""
    if not playlist.live:
        return playlist.children
    segments = tuple(child for child in playlist.children if child.part == "segment")
    return (*(child for child in playlist.children if child.part != "segment"), *reversed(segments))


def _part_ask(child: Child, url: str, headers: Mapping[str, str]) -> Ask:
    if child.part == "key":
        return Ask(url=url, method="GET", max_bytes=64, headers=headers)
    first, last = child.range or (0, None)
    end = first + _PART_BYTES - 1
    return Ask(
        url=url,
        method="GET",
        range=(first, end if last is None else min(end, last)),
        max_bytes=_PART_BYTES,
        headers=headers,
    )


def _wrong_with(answer: Answer, child: Child, target: Target) -> str | None:
    """What is wrong with a part; None for nothing. Encrypted parts look like nothing known, and are right."""
    if answer.status == 416:
        beyond = content_range(answer)[1] == 0 or bool(child.range and child.range[0])
        return "truncated" if beyond else None
    reason = reason_of(answer) or broken_off(answer)
    if reason is not None:
        return reason
    if not answer.body:
        return "truncated"
    found = sniff(answer.body)
    return instead(target, answer, found)[0] if found is not None and found.family == "html" else None


def _of_part(reason: str, child: Child, playlist: Playlist, facts: Mapping[str, Fact]) -> Verdict:
    """The verdict on a playlist by the one part that is wrong."""
    missing = STATE_OF[reason] in _GONE
    return conclude(
        "playlist-incomplete" if missing else reason,
        "playlist",
        {**facts, "child": child.part, "child_url": child.url or "", "child_reason": reason},
        # Segments of a live stream come and go, between the playlist and the question too.
        transient=True if missing and playlist.live else None,
    )
