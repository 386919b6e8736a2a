"""What stays when a check is killed."""

import sqlite3
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.checks.client.journal import Journal, life_of
from harvester.checks.client.records import attempt_of_record, observation_of_record
from harvester.errors import OutputError
from harvester.manifest.serial import plain
from harvester.model import Attempt, Hop, Memento, Observation
from harvester.model.vocabulary import REASONS

AT = datetime(2026, 1, 1, tzinfo=UTC)
ATTEMPT = Attempt(
    url="http://a/x.mp4",
    method="GET",
    started_at=AT,
    duration_s=0.5,
    range="bytes=0-99",
    hops=(Hop(url="http://a/x.mp4", status=200, peer="192.0.2.1:80"),),
    status=200,
    headers={"etag": '"1"'},
    bytes_read=100,
    prefix_sha256="00",
    error=("one", "two"),
)


class _Watch:
    """Stands still until it is moved."""

    def __init__(self):
        self.at = 0.0

    def monotonic(self):
        return self.at

    def now(self):
        return AT + timedelta(seconds=self.at)

    async def sleep(self, seconds):
        self.at += seconds


def seen(reason="ok", state="available", *, transient=False, at=AT, url="http://a/x.mp4"):
    return Observation(
        id="1",
        url=url,
        state=state,
        reason=reason,
        transient=transient,
        basis="bytes",
        checked_at=at,
        attempts=(ATTEMPT,),
        facts={"size_bytes": 5},
        mementos=(Memento(url="http://web/x", captured_at=AT, archive="web", delta_s=3),),
    )


@pytest.fixture
def watch():
    return _Watch()


def test_an_observation_is_recalled_with_its_attempts(tmp_path, watch):
    """What was kept comes back whole, also in another process."""
    with Journal(tmp_path / "j", watch) as journal:
        journal.observe(seen(), [journal.attempt("http://a/x.mp4", ATTEMPT)])
    with Journal(tmp_path / "j", watch) as journal:
        assert journal.recall("http://a/x.mp4").observation == seen()
        assert journal.recall("http://a/y.mp4") is None


def test_observations_age_by_their_reason(watch):
    """What passes is asked again after minutes, what was fine after days, and the old one can still be compared."""
    with Journal(None, watch) as journal:
        journal.observe(seen(), [])
        journal.observe(seen("timeout", "undetermined", transient=True, url="http://a/t"), [])
        watch.at = 3600
        assert journal.recall("http://a/x.mp4")
        assert journal.recall("http://a/t") is None
        watch.at = 30 * 86400
        assert journal.recall("http://a/x.mp4") is None
        assert journal.earlier("http://a/x.mp4")


@pytest.mark.parametrize("reason", [reason for reasons in REASONS.values() for reason in reasons])
@pytest.mark.parametrize("transient", [True, False])
def test_no_life_is_longer_than_its_reason_bears(reason, transient):
    """Transient ones live minutes, what says "gone" under a day, what was never asked not at all."""
    life = life_of(reason, transient=transient)
    if reason in REASONS["unchecked"] or reason == "deferred":
        assert life == timedelta(0)
    elif transient:
        assert timedelta(0) < life <= timedelta(minutes=10)
    elif reason in REASONS["unavailable"]:
        assert timedelta(0) < life < timedelta(days=1)
    else:
        assert life > timedelta(0)


def test_results_of_other_settings_are_not_reused(tmp_path, watch):
    """An observation made under other settings is not recalled."""
    with Journal(tmp_path / "j", watch, "one") as journal:
        journal.observe(seen(), [])
    with Journal(tmp_path / "j", watch, "two") as journal:
        assert journal.recall("http://a/x.mp4") is None


def test_notes_serve_until_their_time(watch):
    """A note comes back until it has aged; the last one counts."""
    with Journal(None, watch) as journal:
        journal.note("robots", "http://a", {"text": "old"}, timedelta(hours=1))
        journal.note("robots", "http://a", {"text": "new"}, timedelta(hours=1))
        assert journal.noted("robots", "http://a") == {"text": "new"}
        assert journal.noted("held", "http://a") is None
        watch.at = 3601
        assert journal.noted("robots", "http://a") is None


def test_everything_is_added_and_nothing_changed(tmp_path, watch):
    """Two observations of one URL are two rows; the newer one is recalled."""
    path = tmp_path / "j"
    with Journal(path, watch) as journal:
        journal.observe(seen("gone", "unavailable"), [])
        journal.observe(seen(), [])
        assert journal.recall("http://a/x.mp4").observation.reason == "ok"
    with sqlite3.connect(path) as db:
        assert db.execute("SELECT count(*) FROM observations").fetchone() == (2,)
    db.close()


def test_what_was_written_is_there_without_closing(tmp_path, watch):
    """A copy of the files taken at any moment holds all that was kept until then."""
    journal = Journal(tmp_path / "j", watch)
    journal.observe(seen(), [journal.attempt("http://a/x.mp4", ATTEMPT)])
    copy = tmp_path / "copy"
    copy.mkdir()
    for file in tmp_path.glob("j*"):
        (copy / file.name).write_bytes(file.read_bytes())
    journal.close()
    with Journal(copy / "j", watch) as again:
        assert again.recall("http://a/x.mp4").observation == seen()


def test_two_checks_cannot_share_a_journal(tmp_path, watch):
    """The second one is told so."""
    with Journal(tmp_path / "j", watch), pytest.raises(OutputError, match="locked") as caught:
        Journal(tmp_path / "j", watch)
    assert caught.value.hint


@pytest.mark.parametrize(
    "content", [b"this is no database at all, but text" * 100, b"SQLite format 3\x00" + b"\xff" * 4096]
)
def test_another_file_is_refused_and_kept(tmp_path, watch, content):
    """What is no journal is named and not overwritten."""
    path = tmp_path / "j"
    path.write_bytes(content)
    with pytest.raises(OutputError):
        Journal(path, watch)
    assert path.read_bytes() == content


def test_a_journal_of_another_version_is_refused(tmp_path, watch):
    """A file of a later version is not misread."""
    db = sqlite3.connect(tmp_path / "j")
    db.execute("PRAGMA user_version=99")
    db.close()
    with pytest.raises(OutputError, match="99"):
        Journal(tmp_path / "j", watch)


def test_the_disk_is_made_sure_of_by_batch(tmp_path, watch):
    """Not every write is synced, but each batch and each second is."""

    def synced(journal):
        return journal._db.execute("SELECT count(*) FROM notes WHERE kind = 'synced'").fetchone()[0]

    with Journal(tmp_path / "j", watch) as journal:
        for _ in range(63):
            journal.attempt("http://a", ATTEMPT)
        assert synced(journal) == 0
        journal.attempt("http://a", ATTEMPT)
        assert synced(journal) == 1
        watch.at = 2
        journal.attempt("http://a", ATTEMPT)
        assert synced(journal) == 2


@given(
    st.text(),
    st.lists(st.text()),
    st.dictionaries(st.text(), st.text() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)),
)
def test_records_go_both_ways(url, errors, facts):
    """An observation written as JSON and read back is the same."""
    attempt = Attempt(url=url, method="HEAD", started_at=AT, duration_s=0.0, error=tuple(errors))
    observation = Observation(
        id="x",
        url=url,
        state="available",
        reason="ok",
        transient=False,
        basis="head",
        checked_at=AT,
        attempts=(attempt,),
        facts=facts,
    )
    assert observation_of_record(plain(observation)) == observation
    assert attempt_of_record({**plain(attempt), "added-later": 1}) == attempt
