"""What a check asks of a host and what came back, without the network in between.

Policy yields an `Ask` and is sent the `Answer`; a client in between keeps the pace and dials.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal, TypeAlias

import msgspec

from harvester.model.observation import Hop

Method: TypeAlias = Literal["HEAD", "GET"]
Purpose: TypeAlias = Literal["probe", "control", "robots", "platform", "archive"]


class Ask(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One request to make.

    Attributes:
        range: First and last byte asked for, the last one None for "to the end"; a first byte below zero asks for
            that many bytes from the end (RFC 9110, section 14.1.2).
        max_bytes: Body bytes after which reading stops, whatever was asked for.
        headers: Beyond those that every request carries.
    """

    url: str
    method: Method = "HEAD"
    range: tuple[int, int | None] | None = None
    max_bytes: int = 0
    headers: Mapping[str, str] = msgspec.field(default_factory=dict)
    purpose: Purpose = "probe"


class Failure(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Why no answer came.

    Attributes:
        reason: One of the reasons of `harvester.model.vocabulary`, such as `timeout`.
        transient: Whether asking again later may give another answer.
        errors: The error with its cause chain, outermost first.
    """

    reason: str
    transient: bool
    errors: tuple[str, ...]


class Answer(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What came back, of one hop or of a whole chain of redirects.

    Attributes:
        url: Of the last hop.
        status: None where no answer came; then `failure` says why.
        headers: Names in lower case, repeated ones joined by a comma (RFC 9110, section 5.3).
        body: The bytes read, at most `Ask.max_bytes`.
        whole: Whether the body was read to its end.
        duration_s: From dialling to the last byte read.
    """

    ask: Ask
    url: str
    status: int | None
    started_at: datetime
    duration_s: float
    headers: Mapping[str, str] = msgspec.field(default_factory=dict)
    body: bytes = b""
    whole: bool = True
    hops: tuple[Hop, ...] = ()
    certificate_sha256: str | None = None
    failure: Failure | None = None
