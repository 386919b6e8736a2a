"""What was asked and seen, on disk at once, so that a check can be killed at any time.

Every attempt and every observation is committed as it is made, which survives the end of the process; the disk itself
is made sure of by batch, which survives the end of the machine but for the last batch. Nothing is changed or deleted.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from harvester.checks.client.clock import Clock
from harvester.checks.client.records import Record, observation_of_record, shallow
from harvester.errors import OutputError
from harvester.manifest.serial import dumps, utc_text
from harvester.model.observation import Attempt, Observation
from harvester.model.vocabulary import STATE_OF

_VERSION: Final = 1
_BATCH_WRITES: Final = 64
_BATCH_S: Final = 1.0
_SCHEMA: Final = """
CREATE TABLE attempts (id INTEGER PRIMARY KEY, url TEXT NOT NULL, body TEXT NOT NULL);
CREATE TABLE observations (id INTEGER PRIMARY KEY, url TEXT NOT NULL, scope TEXT NOT NULL, until TEXT NOT NULL,
                           body TEXT NOT NULL);
CREATE INDEX observations_by_url ON observations (url, scope, id);
CREATE TABLE notes (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL, until TEXT NOT NULL,
                    body TEXT NOT NULL);
CREATE INDEX notes_by_key ON notes (kind, key, id);
"""

_TRANSIENT_LIFE: Final = timedelta(minutes=10)
_LIVES: Final = {
    "available": timedelta(days=3),
    "degraded": timedelta(days=1),
    "restricted": timedelta(days=1),
    # Less than a day: gone is what two observations a day apart say.
    "unavailable": timedelta(hours=20),
    "undetermined": timedelta(hours=1),
    "unchecked": timedelta(0),
}


def life_of(reason: str, *, transient: bool) -> timedelta:
    """How long an observation serves instead of asking again; nothing for what was never asked."""
    if reason in ("deferred", "not-checked"):
        return timedelta(0)
    life = _LIVES[STATE_OF[reason]]
    return min(life, _TRANSIENT_LIFE) if transient else life


@dataclass(frozen=True, slots=True)
class Kept:
    """An observation as the journal has it.

    Attributes:
        numbers: Of its attempts.
        fingerprint: What it was compared by, or None.
    """

    observation: Observation
    numbers: list[int]
    fingerprint: Record | None


class Journal:
    """One SQLite file, used by one process at a time; without a path it is a temporary one.

    Attributes:
        resumed: Whether there were observations in it when it was opened.
    """

    def __init__(self, path: Path | None, clock: Clock, scope: str = "") -> None:
        """Open the file, and make it where there is none.

        Args:
            path: The file.
            clock: By which observations age.
            scope: Names the settings that results depend on; observations of other scopes aren't recalled.

        Raises:
            OutputError: Where it can't be used.
        """
        self._clock = clock
        self._scope = scope
        self._writes = 0
        self._synced_at = clock.monotonic()
        self._path = path
        try:
            self._db = sqlite3.connect(path or "", timeout=0, isolation_level=None)
            self._prepare()
            self.resumed = self._db.execute("SELECT 1 FROM observations LIMIT 1").fetchone() is not None
        except sqlite3.Error as error:
            raise OutputError(
                f"the journal {path} can't be used: {error}", hint="is another check using it, or is it another file?"
            ) from error

    def _prepare(self) -> None:
        # One process: two checks of one journal would ask everything twice.
        self._db.execute("PRAGMA locking_mode=EXCLUSIVE")
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=NORMAL")
        version = self._db.execute("PRAGMA user_version").fetchone()[0]
        if version == 0:
            self._db.executescript(f"BEGIN; {_SCHEMA} PRAGMA user_version={_VERSION}; COMMIT;")
        elif version != _VERSION:
            raise sqlite3.DatabaseError(f"it has version {version}, not {_VERSION}")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """All is on disk after this."""
        self.sync()
        self._db.close()

    def sync(self) -> None:
        """Makes sure of the disk."""
        if self._writes:
            self._db.execute("PRAGMA synchronous=FULL")
            self._write("INSERT INTO notes (kind, key, until, body) VALUES ('synced', '', '', '')", ())
            self._db.execute("PRAGMA synchronous=NORMAL")
            self._writes = 0
        self._synced_at = self._clock.monotonic()

    def attempt(self, url: str, attempt: Attempt) -> int:
        """Keeps an attempt at a URL; gives its number."""
        return self._add("INSERT INTO attempts (url, body) VALUES (?, ?)", (url, _text(attempt)))

    def observe(
        self,
        observation: Observation,
        attempts: list[int],
        *,
        settled: bool = True,
        fingerprint: Record | None = None,
    ) -> None:
        """Keeps what was concluded from attempts kept before, unless it is to be asked again in any case.

        What is not `settled`, because an archive did not answer, serves no longer than what passes.
        """
        life = life_of(observation.reason, transient=observation.transient or not settled)
        if not life:
            return
        body = _text({**shallow(observation), "attempts": attempts, "fingerprint": fingerprint})
        until = observation.checked_at + life
        self._add(
            "INSERT INTO observations (url, scope, until, body) VALUES (?, ?, ?, ?)",
            (observation.url, self._scope, utc_text(until), body),
        )

    def recall(self, url: str) -> Kept | None:
        """The last observation of the URL, as long as it serves."""
        row = self._last(url)
        if row is None or row[0] <= utc_text(self._clock.now()):
            return None
        return self._whole(row[1])

    def earlier(self, url: str) -> Observation | None:
        """The last observation of the URL, however old."""
        row = self._last(url)
        return None if row is None else self._whole(row[1]).observation

    def note(self, kind: str, key: str, body: Record, life: timedelta) -> None:
        """Keeps something else that a resumed check need not ask again."""
        until = utc_text(self._clock.now() + life)
        self._add(
            "INSERT INTO notes (kind, key, until, body) VALUES (?, ?, ?, ?)", (kind, key, until, json.dumps(body))
        )

    def noted(self, kind: str, key: str) -> Record | None:
        """The last note of that kind and key, as long as it serves."""
        row = self._db.execute(
            "SELECT until, body FROM notes WHERE kind = ? AND key = ? ORDER BY id DESC LIMIT 1", (kind, key)
        ).fetchone()
        if row is None or row[0] <= utc_text(self._clock.now()):
            return None
        note: Record = json.loads(row[1])
        return note

    def _last(self, url: str) -> tuple[str, str] | None:
        row: tuple[str, str] | None = self._db.execute(
            "SELECT until, body FROM observations WHERE url = ? AND scope = ? ORDER BY id DESC LIMIT 1",
            (url, self._scope),
        ).fetchone()
        return row

    def _whole(self, body: str) -> Kept:
        record: Record = json.loads(body)
        numbers: list[int] = record["attempts"]
        record["attempts"] = [
            json.loads(self._db.execute("SELECT body FROM attempts WHERE id = ?", (number,)).fetchone()[0])
            for number in numbers
        ]
        return Kept(observation_of_record(record), numbers, record["fingerprint"])

    def _add(self, statement: str, values: tuple[str, ...]) -> int:
        number = self._write(statement, values)
        self._writes += 1
        if self._writes >= _BATCH_WRITES or self._clock.monotonic() - self._synced_at >= _BATCH_S:
            self.sync()
        return number

    def _write(self, statement: str, values: tuple[str, ...]) -> int:
        try:
            return self._db.execute(statement, values).lastrowid or 0
        except sqlite3.Error as error:
            raise OutputError(f"the journal {self._path} can't be written: {error}") from error


def _text(value: object) -> str:
    return dumps(value, indent=False).decode()
