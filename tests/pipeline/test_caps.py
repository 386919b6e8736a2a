"""What is beyond a cap is said."""

from __future__ import annotations

from dataclasses import replace

from harvester import extract
from harvester.model import DEFAULT


def test_data_nested_too_deep_is_said():
    """A record below the depth that is followed is no item, and a Problem says that part was not looked at."""
    page = b'<script type="application/json">' + b'{"a":' * 30 + b'{"id":"123456","file":"/v/a.mp4","title":"Deep"}'
    page += b"}" * 30 + b"</script>"
    assert [item.title for item in extract(page)] == ["Deep"]
    found = extract(page, limits=replace(DEFAULT, depth=20))
    assert "too-deep" in [problem.code for problem in found.problems]


def test_more_media_than_are_listed_are_said():
    """A value with very many URLs is read up to a cap, and a Problem says so."""
    page = b"<script>window.films = [" + b",".join(b'"/v/%d.mp4"' % index for index in range(50)) + b"];</script>"
    found = extract(page, url="https://a.example/", limits=replace(DEFAULT, findings=10))
    assert len(found) == 10
    assert {"too-deep", "too-many-findings"} & {problem.code for problem in found.problems}


def test_as_many_media_as_are_listed_at_most_are_all():
    """A document that just reaches the cap is whole, and nothing is said of more."""
    page = b"<script>window.films = [" + b",".join(b'"/v/%d.mp4"' % index for index in range(10)) + b"];</script>"
    found = extract(page, url="https://a.example/", limits=replace(DEFAULT, findings=10))
    assert len(found) == 10
    assert not found.problems
