"""Looks in web archives for the capture nearest to a date: CDX where an archive has it, else a timegate (RFC 7089).

Only what an archive clearly answers counts. An error, a limit or a page that can't be read leaves the question open.
"""

from __future__ import annotations

import json
import re
from collections.abc import Generator, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from urllib.parse import quote

from harvester.checks.policy.links import links
from harvester.checks.policy.pace import http_date
from harvester.checks.policy.sniff import declared_family
from harvester.checks.policy.status import reason_of
from harvester.checks.policy.target import Family
from harvester.errors import ProfileError
from harvester.model.exchange import Answer, Ask
from harvester.model.item import Memento

_CDX_BYTES: Final = 1 << 20
_CAPTURES: Final = 10_000
_STAMP: Final = re.compile(r"[0-9]{14}")
_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """A web archive, by the templates of its addresses.

    In them stand `{url}` (as it is), `{quoted}` (percent-encoded, for a query), `{timestamp}` (14 digits) and, for
    look-ups by media id, `{id}`.

    Attributes:
        timegate: Answers with the capture nearest to Accept-Datetime.
        cdx: Answers with JSON rows of captures, the first of them the names of the columns.
        memento: The address of a capture as it was saved, without what the archive adds.
        ids: Addresses that lead to a medium by its id, by the scheme of the id.
        found: Statuses by which such an address says that the archive has it; a redirect may say so by itself.
        requests_per_minute: Most requests that the archive takes; none is asked more.
    """

    name: str
    timegate: str | None = None
    cdx: str | None = None
    memento: str | None = None
    ids: tuple[tuple[str, str], ...] = ()
    found: tuple[int, ...] = (200,)
    requests_per_minute: float = 24.0

    def __post_init__(self) -> None:
        if self.timegate is None and self.cdx is None and not self.ids:
            raise ProfileError(f"archive {self.name}: no address", "give a timegate, a cdx or an ids template")
        if self.cdx is not None and self.memento is None:
            raise ProfileError(f"archive {self.name}: cdx without memento", "say how a capture is addressed")


INTERNET_ARCHIVE: Final = Archive(
    name="web.archive.org",
    timegate="https://web.archive.org/web/{url}",
    cdx=(
        "https://web.archive.org/cdx/search/cdx?url={quoted}&output=json&filter=statuscode:200"
        "&fl=timestamp,original,mimetype,statuscode,digest,length&sort=closest&closest={timestamp}&limit=20"
    ),
    memento="https://web.archive.org/web/{timestamp}id_/{url}",
)
"""Allows 24 CDX requests a minute, and shuts those out for an hour who go on after a 429."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LookUp:
    """What one archive answered.

    Attributes:
        mementos: Nearest first; at most one by each way of asking.
        settled: Whether the archive answered the question. False after an error: then nothing follows from an empty
            `mementos`, and nothing of it may be kept.
        reason: Why it isn't settled, such as `rate-limited`.
    """

    mementos: tuple[Memento, ...] = ()
    settled: bool = True
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """One row of a CDX answer."""

    url: str
    captured_at: datetime
    status: int | None
    media_type: str | None = None
    digest: str | None = None
    size_bytes: int | None = None


def look_up(
    archive: Archive, url: str, when: datetime | None, families: frozenset[Family]
) -> Generator[Ask, Answer, LookUp]:
    """Ask an archive for the capture of a URL that is nearest to a date.

    Args:
        archive: Which to ask.
        url: The original, URI-R.
        when: The document's date; None for the latest capture.
        families: What a capture must be to count, by its media type; those that say nothing count too.
    """
    if archive.cdx is not None and archive.memento is not None:
        answer = yield Ask(
            url=_fill(archive.cdx, url=url, when=when), method="GET", max_bytes=_CDX_BYTES, purpose="archive"
        )
        rows = captures(answer.body) if reason_of(answer) is None and answer.whole else None
        if rows is None:
            return LookUp(settled=False, reason=reason_of(answer) or "unknown")
        found = nearest(rows, when, families)
        if found is None:
            return LookUp()
        address = _fill(archive.memento, url=found.url, when=found.captured_at)
        return LookUp(mementos=(_memento(address, found.captured_at, archive, when, found.digest),))
    if archive.timegate is not None:
        return (yield from _by_timegate(archive, archive.timegate, url, when, families))
    return LookUp(settled=False, reason="not-checked")


def look_up_id(
    archive: Archive, scheme: str, value: str, when: datetime | None, families: frozenset[Family]
) -> Generator[Ask, Answer, LookUp]:
    """Ask an archive that keeps media by their ids."""
    template = dict(archive.ids).get(scheme)
    if template is None:
        return LookUp(settled=False, reason="not-checked")
    address = template.replace("{id}", quote(value, safe=""))
    answer = yield Ask(url=address, headers=_accept(when), purpose="archive")
    seen = _of_memento(answer, archive, when, families)
    if seen.mementos or seen.settled:
        return seen
    # The redirect to it has said that there is one, whatever the host does to which it leads.
    said = any(300 <= hop.status < 400 and hop.status in archive.found for hop in answer.hops)
    stamped = [(hop.url, at) for hop in answer.hops if (at := _in_address(hop.url)) is not None]
    if not said or not stamped:
        return seen
    url, at = stamped[-1]
    return LookUp(mementos=(_memento(url, at, archive, when, None),))


def captures(body: bytes) -> list[Capture] | None:
    """Rows of a CDX answer in JSON: a list of lists that begins with the names of the columns, or objects by line.

    None where it is neither: that is no answer. An empty list, or nothing at all, says that there is no capture.
    """
    text = body.decode("utf-8", "replace").strip()
    if not text:
        return []
    try:
        if text.startswith("["):
            table = json.loads(text)
            rows = _of_table(table) if isinstance(table, list) else None
        else:
            rows = [json.loads(line) for line in text.splitlines()[:_CAPTURES] if line.strip()]
    except (ValueError, RecursionError):
        return None
    if rows is None or not all(isinstance(row, dict) for row in rows):
        return None
    found = (_capture(row) for row in rows)
    return [capture for capture in found if capture is not None]


def nearest(rows: Iterable[Capture], when: datetime | None, families: frozenset[Family]) -> Capture | None:
    """The capture nearest to a date (None: the latest) among those with status 200 and a type that can be right."""
    right = [row for row in rows if row.status == 200 and _fits(row.media_type, families)]
    if when is None:
        return max(right, key=lambda row: row.captured_at, default=None)
    return min(right, key=lambda row: abs(row.captured_at - when), default=None)


def _of_table(table: list[object]) -> list[dict[str, object]] | None:
    """Rows with the names that the first one gives."""
    if not table:
        return []
    names = table[0]
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names) or "timestamp" not in names:
        return None
    return [dict(zip(names, row, strict=False)) for row in table[1 : _CAPTURES + 1] if isinstance(row, list)]


def _capture(row: dict[str, object]) -> Capture | None:
    """One row, under the names of the Wayback and of the pywb CDX servers; None for one without time or URL."""
    text = {name: str(value) for name, value in row.items() if isinstance(value, str | int)}
    at, url = _stamp(text.get("timestamp", "")), text.get("original") or text.get("url")
    if at is None or not url:
        return None
    status, length = text.get("statuscode") or text.get("status") or "", text.get("length", "")
    return Capture(
        url=url,
        captured_at=at,
        status=int(status) if re.fullmatch(r"[0-9]{3}", status) else None,
        media_type=text.get("mimetype") or text.get("mime"),
        digest=text.get("digest"),
        size_bytes=int(length) if re.fullmatch(r"[0-9]{1,18}", length) else None,
    )


def _by_timegate(
    archive: Archive, template: str, url: str, when: datetime | None, families: frozenset[Family]
) -> Generator[Ask, Answer, LookUp]:
    """Negotiate over time: the caller follows the redirect to the capture, whose headers say what it is."""
    answer = yield Ask(url=_fill(template, url=url, when=when), headers=_accept(when), purpose="archive")
    return _of_memento(answer, archive, when, families)


def _of_memento(answer: Answer, archive: Archive, when: datetime | None, families: frozenset[Family]) -> LookUp:
    """A capture by its own headers; without Memento-Datetime (RFC 7089, section 2.1.1) it is none."""
    reason = reason_of(answer)
    if reason in ("not-found", "gone"):
        return LookUp()
    if reason is not None or answer.status not in {200, *archive.found}:
        return LookUp(settled=False, reason=reason or "unknown")
    at = http_date(answer.headers.get("memento-datetime", "")) or _in_address(answer.url)
    if at is None:
        return LookUp(settled=False, reason="unknown")
    if not _fits(answer.headers.get("content-type"), families):
        return LookUp()
    address = next((link.url for link in links(answer.headers.get("link", "")) if "memento" in link.relations), None)
    chosen = answer.url if "memento-datetime" in answer.headers or address is None else address
    return LookUp(mementos=(_memento(chosen, at, archive, when, None),))


def _memento(address: str, at: datetime, archive: Archive, when: datetime | None, digest: str | None) -> Memento:
    delta = None if when is None else round(abs((at - when).total_seconds()))
    return Memento(url=address, captured_at=at, archive=archive.name, digest=digest, delta_s=delta)


def _fits(media_type: str | None, families: frozenset[Family]) -> bool:
    """Whether a capture's type can be right; one that says nothing definite can."""
    family = declared_family(media_type)
    return family is None or family in families


def _fill(template: str, *, url: str, when: datetime | None) -> str:
    """Put a URL and a time into a template; without a time, one far ahead stands for "the latest"."""
    stamp = f"{when:%Y%m%d%H%M%S}" if when else "29991231235959"
    return template.replace("{timestamp}", stamp).replace("{quoted}", quote(url, safe="")).replace("{url}", url)


def _accept(when: datetime | None) -> dict[str, str]:
    """Accept-Datetime in the form that RFC 7089, section 2.1.1 wants, whatever the locale."""
    if when is None:
        return {}
    at = when.astimezone(UTC)
    day, month = _DAYS[at.weekday()], _MONTHS[at.month - 1]
    return {
        "Accept-Datetime": f"{day}, {at.day:02} {month} {at.year:04} {at.hour:02}:{at.minute:02}:{at.second:02} GMT"
    }


def _in_address(url: str) -> datetime | None:
    """The time that archives of the Wayback kind write into the address of a capture."""
    found = _STAMP.search(url)
    return _stamp(found[0]) if found else None


def _stamp(text: str) -> datetime | None:
    """A time of 14 digits, in UTC."""
    if not _STAMP.fullmatch(text):
        return None
    year, *rest = int(text[:4]), *(int(text[at : at + 2]) for at in range(4, 14, 2))
    month, day, hour, minute, second = rest
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None
