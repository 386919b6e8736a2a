"""What could not be done, said in the manifest instead of raised."""

from __future__ import annotations

import msgspec

from harvester.model.value import Span
from harvester.model.vocabulary import Severity, Stage


class Problem(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One thing that went wrong, where, and what to do about it.

    Attributes:
        code: A short stable name, such as `truncated-json`.
        source: Id of the source, or None where there is no source.
        spans: Byte ranges of the document as stored.
        count: How often the same thing happened; spans are then of the first few.
    """

    stage: Stage
    code: str
    severity: Severity
    message: str
    hint: str | None = None
    source: str | None = None
    spans: tuple[Span, ...] = ()
    count: int = 1
