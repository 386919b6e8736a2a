"""What could not be done with a document, told once for each kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from harvester.model import Document, Excerpt, Item, Problem, Span
from harvester.model.vocabulary import Stage


def placed(problem: Problem, excerpt: Excerpt, document: Document) -> Problem:
    """Give a decoder's problem its places in the document instead of those in the excerpt."""
    start, end = excerpt.spans[0][0], excerpt.spans[-1][1]
    spans = tuple(document.stored_span((min(start + low, end), min(start + high, end))) for low, high in problem.spans)
    return replace(problem, source=document.id, spans=spans)


def over(what: str, limit: int, document: Document) -> Problem:
    """There is more of something than is looked at."""
    return _warning(
        document,
        stage="locate",
        code=f"too-many-{what}",
        message=f"more than {limit} {what}: the rest of the document was not read",
        hint=f"split the document, or raise limits.{what}",
    )


def tangled(exhausted: Sequence[Span], document: Document) -> Problem:
    """Scripts or texts were not looked through to their end."""
    problem = _warning(
        document,
        exhausted[:5],
        stage="locate",
        code="too-tangled",
        message="too many brackets, or none that match: some scripts or texts were only searched for bare URLs",
        hint="look whether the document is damaged",
    )
    return replace(problem, count=len(exhausted))


def too_large(excerpt: Excerpt, limit: int, document: Document) -> Problem:
    """A piece of a page's data was not decoded."""
    return _warning(
        document,
        excerpt.spans[:1],
        stage="decode",
        code="too-large",
        message=f"{excerpt.form}: more than {limit} bytes in one piece of a page; only bare URLs were looked for in it",
        hint="raise limits.embedded_bytes",
    )


def unseen(excerpt: Excerpt, document: Document) -> Problem:
    """Part of a value was not looked at."""
    return _warning(
        document,
        excerpt.spans[:1],
        stage="recognise",
        code="too-deep",
        message=f"{excerpt.form}: part of the data is nested too deep, or is too much, to be looked at",
        hint="raise limits.depth or limits.values",
    )


def cut_short(excerpt: Excerpt, document: Document) -> Problem:
    """A value ends before it is whole."""
    return _warning(
        document,
        excerpt.spans[:1],
        stage="decode",
        code="incomplete",
        message=f"{excerpt.form}: the data is cut before its end; what stands before the cut was read",
        hint="get a complete copy of the document, if there is one",
    )


def _warning(
    document: Document, spans: Sequence[Span] = (), *, stage: Stage, code: str, message: str, hint: str
) -> Problem:
    """Make a problem of places in the document's text."""
    return Problem(
        stage=stage,
        code=code,
        severity="warning",
        message=message,
        hint=hint,
        source=document.id,
        spans=tuple(document.stored_span(span) for span in spans),
    )


def unresolved(items: Iterable[Item], document: Document) -> Iterator[Problem]:
    """Some items have paths alone, and nothing says of which site."""
    pathless = [
        item
        for item in items
        if not any(one.url for one in item.locations) and any(one.template is None for one in item.locations)
    ]
    if pathless:
        yield Problem(
            stage="resolve",
            code="no-base-url",
            severity="info",
            message=f"{len(pathless)} items have paths that nothing resolves to a URL",
            hint="state the page's own URL with --base-url, or a site's profile with --profile",
            source=document.id,
            spans=tuple(item.sightings[0].spans[0] for item in pathless[:5]),
            count=len(pathless),
        )


def fold(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Give each kind of problem once, with its count and the first few places."""
    kinds: dict[tuple[str, str, str | None], list[Problem]] = {}
    for problem in problems:
        kinds.setdefault((problem.code, problem.message, problem.source), []).append(problem)
    for same in kinds.values():
        spans = tuple(span for problem in same[:5] for span in problem.spans)[:5]
        yield replace(same[0], count=sum(problem.count for problem in same), spans=spans)
