"""The closed word lists of the manifest, each said once.

They are `Literal` types, so that mypy checks every use, and tuples derived from them, for whoever lists them.
Lists may grow in later versions; a reader of a manifest ignores words that it does not know.
"""

from __future__ import annotations

from typing import Final, Literal, get_args

Kind = Literal["video", "audio", "image", "text", "unknown"]
Relation = Literal["main", "related", "advertising", "interface", "preview", "unknown"]
Role = Literal["media", "poster", "caption", "storyboard", "page", "embed", "feed", "memento"]
Delivery = Literal["file", "hls", "dash", "smooth", "rtmp", "page", "unknown"]
Confidence = Literal["declared", "observed", "inferred", "guessed"]
Live = Literal["live", "upcoming", "ended"]
UrlBasis = Literal["option", "container", "base-tag", "canonical", "og-url"]
Severity = Literal["info", "warning", "error"]
Stage = Literal["open", "unpack", "locate", "decode", "recognise", "resolve", "check", "manifest"]
Likelihood = Literal["certain", "probable", "possible"]
DateOf = Literal["published", "modified", "captured", "name", "path", "id", "expires"]
RelationType = Literal["part-of", "member", "clip-of", "version-of"]

State = Literal["available", "degraded", "restricted", "unavailable", "undetermined", "unchecked"]
ObservationBasis = Literal["head", "bytes", "playlist", "platform", "archive", "none"]

KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
RELATIONS: Final[tuple[Relation, ...]] = get_args(Relation)
ASIDE: Final[frozenset[Relation]] = frozenset(("preview", "advertising", "interface"))
"""What is no medium of the page itself, nor one that it leads to."""

STATES: Final[tuple[State, ...]] = get_args(State)
CONFIDENCES: Final[tuple[Confidence, ...]] = get_args(Confidence)
"""Best first."""

REASONS: Final[dict[State, tuple[str, ...]]] = {
    "available": ("ok", "head-only", "moved-permanent", "moved-temporary"),
    "degraded": ("truncated", "playlist-incomplete", "replaced"),
    "restricted": (
        "forbidden",
        "login",
        "payment",
        "legal",
        "geo-blocked",
        "bot-challenge",
        "expired-signature",
        "needs-referer",
        "drm",
        "robots-disallowed",
    ),
    "unavailable": (
        "gone",
        "not-found",
        "soft-404",
        "wrong-type",
        "platform-removed",
        "live-ended",
        "dns-nxdomain",
    ),
    "undetermined": (
        "rate-limited",
        "deferred",
        "server-error",
        "timeout",
        "connection-failed",
        "dns-temporary",
        "tls-failure",
        "redirect-loop",
        "protocol-error",
        "unknown",
    ),
    "unchecked": ("not-checked", "blocked-by-policy", "invalid-url", "unsupported-scheme"),
}
"""Which reasons a state can have; a reason belongs to one state only."""

STATE_OF: Final[dict[str, State]] = {reason: state for state, reasons in REASONS.items() for reason in reasons}
