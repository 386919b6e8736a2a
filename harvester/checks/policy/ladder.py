"""From HEAD over the first bytes to the medium's own structure, no further than needed."""

from __future__ import annotations

from collections.abc import Generator

from harvester.checks.policy.target import Join, Known, Look, Target
from harvester.checks.policy.verdict import Verdict
from harvester.model.exchange import Answer, Ask


def probe(
    target: Target, known: Known | None = None, *, join: Join, look: Look = "bytes"
) -> Generator[Ask, Answer, Verdict]:
    """Ask about one URL until it is clear what it holds.

    The caller sends each `Ask` that is yielded, follows redirects itself (`Answer.hops` lists every hop, the first one
    included; `Answer.url` is the last one), keeps the pace and retries, and sends the `Answer` back. Where a guard or a
    limit refuses a request it sends an `Answer` without status whose `failure` names the reason. At most some ten
    requests are made, and whatever comes back, the generator ends with a `Verdict`.
    """
    raise NotImplementedError
    yield
