"""Hidden fields beside each other are a record, read once for all of them."""

from harvester import extract
from harvester.locate.fields import Fields
from harvester.syntax.tags import read_tag

RECORD = b'<input type=hidden name=title value="Foxes"> <input type=hidden name=file value=/v/1.mp4>'


def _said(page, at):
    return Fields(page).of(read_tag(page, at))


def test_a_run_of_fields_is_a_record_for_each_of_them():
    """Whichever field of a run is asked for, the run's values are given by name."""
    for at in (0, RECORD.rindex(b"<input")):
        assert _said(RECORD, at) == {"title": "Foxes", "file": "/v/1.mp4"}


def test_a_run_ends_where_anything_else_stands():
    """Fields with markup or text between them are of different records."""
    page = RECORD + b"<p>" + RECORD.replace(b"Foxes", b"Herons")
    fields = Fields(page)
    starts = [at for at in range(len(page)) if page.startswith(b"<input", at)]
    assert [fields.of(read_tag(page, at))["title"] for at in starts] == ["Foxes"] * 2 + ["Herons"] * 2


def test_a_field_that_is_shown_is_of_no_record():
    """A field that a reader fills in says nothing of the hidden ones beside it."""
    assert _said(RECORD.replace(b"type=hidden", b"type=text"), 0) == {}


def test_fields_without_name_or_value_say_nothing():
    """What has no name, or no value, is left out."""
    assert _said(b"<input type=hidden value=a><input type=hidden name=b><input type=hidden name=c value=d>", 0) == {
        "c": "d"
    }


def test_the_run_names_the_medium():
    """The title in one field is that of the file in another."""
    assert [item.title for item in extract(b"<form>" + RECORD + b"</form>")] == ["Foxes"]
