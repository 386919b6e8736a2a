"""One URL, judged for items of different kinds."""

import pytest

from harvester.checks.policy.kinds import judged_for
from harvester.checks.policy.target import Target
from harvester.checks.policy.verdict import conclude

PICTURE = {"media_type": "image/jpeg"}


@pytest.mark.parametrize(
    ("reason", "basis", "facts", "kind", "judged"),
    [
        ("ok", "bytes", PICTURE, "image", "ok"),
        ("ok", "bytes", PICTURE, "video", "wrong-type"),
        ("wrong-type", "bytes", PICTURE, "image", "ok"),
        ("wrong-type", "bytes", {**PICTURE, "final_url": "http://b/"}, "image", "moved-temporary"),
        ("wrong-type", "bytes", PICTURE, "video", "wrong-type"),
        ("truncated", "bytes", PICTURE, "video", "wrong-type"),
        ("head-only", "head", PICTURE, "video", "head-only"),
        ("soft-404", "bytes", PICTURE, "image", "soft-404"),
        ("ok", "bytes", {"media_type": "text/html"}, "video", "ok"),
        ("timeout", "none", {}, "video", "timeout"),
    ],
)
def test_what_bytes_are_is_right_for_one_kind_and_wrong_for_another(reason, basis, facts, kind, judged):
    """Only what was seen to be a medium is judged anew."""
    assert judged_for(conclude(reason, basis, facts), Target(url="http://a/", kind=kind)).reason == judged
