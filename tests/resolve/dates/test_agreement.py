from __future__ import annotations

from datetime import UTC, datetime

from harvester.resolve.dates.agreement import corroborate
from harvester.resolve.dates.fields import dates_in_field
from harvester.resolve.dates.names import dates_in_id, dates_in_name

CAPTURE = datetime(2020, 1, 1, tzinfo=UTC)


def test_a_field_confirms_a_number_in_a_name():
    """Unix seconds in a name become probable beside a declared date of that day."""
    field = dates_in_field("date", "2016-12-15", before=CAPTURE)
    name = dates_in_name("clip_1481834900.mp4", before=CAPTURE)
    found = {each.decoder: each.likelihood for each in corroborate([field, name])}
    assert found == {"iso-8601": "certain", "unix-s": "probable"}


def test_disagreement_between_fields_and_names_lowers_nothing():
    """A file may well be older than the page that shows it."""
    field = dates_in_field("date", "2019-12-15", before=CAPTURE)
    name = dates_in_name("/2016/12/15/clip.mp4", before=CAPTURE)
    assert corroborate([field, name]) == (*field, *name)


def test_one_reading_in_two_places_is_given_once_and_confirms_nothing():
    """The same name as poster and as video is one piece of evidence."""
    name = dates_in_name("clip_1481834900.mp4", before=CAPTURE)
    assert corroborate([name, name]) == tuple(name)


def test_an_id_and_a_path_confirm_each_other():
    """An ObjectId that nothing names as such is probable beside a folder of its day."""
    oid = dates_in_id(None, "507f1f77bcf86cd799439011", before=CAPTURE)
    path = dates_in_name("/2012/10/17/clip.mp4", before=CAPTURE)
    assert [each.likelihood for each in corroborate([oid, path])] == ["probable", "certain"]


def test_nothing_gives_nothing():
    """No evidence stays no evidence."""
    assert corroborate([]) == ()
    assert corroborate([[], []]) == ()
