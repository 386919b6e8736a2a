"""Manifests built of what the stages gave."""

from __future__ import annotations

from itertools import permutations

from harvester.manifest.build import fold


def test_totals_count_what_is_listed(made, item, problem):
    """Totals count sources, items by kind in the order of the word list, and Problems."""
    manifest = made([item(kind="image"), item(kind="video"), item(kind="video")], [problem(), problem(source="s2")])
    assert manifest.totals.items == 3
    assert list(manifest.totals.by_kind.items()) == [("video", 2), ("image", 1)]
    assert (manifest.totals.sources, manifest.totals.problems) == (2, 2)


def test_states_are_counted_once_there_are_some(made):
    """Without checks no state is counted, with them each item's."""
    assert made().totals.by_state == {}
    assert made(availability="available").totals.by_state == {"available": 1}


def test_problems_stand_in_the_order_of_sources_and_places(problem):
    """Problems of no source come first, then source by source, what is said of all of it before its places."""
    listed = [
        problem(source=None),
        problem(code="whole"),
        problem(code="early", spans=((1, 2),)),
        problem(code="late", spans=((7, 9),)),
        problem(source="s2"),
    ]
    for order in permutations(listed):
        assert list(fold(order, ["s1", "s2"])) == listed


def test_repeated_problems_fold_with_their_count(problem):
    """What only differs in its place is one Problem, with the first few places and how many there were."""
    many = [problem(spans=((at, at + 1),), count=2) for at in range(20)]
    (folded,) = fold(many, ["s1"])
    assert folded.count == 40
    assert folded.spans == tuple((at, at + 1) for at in range(8))


def test_problems_of_different_sources_or_texts_do_not_fold(problem):
    """What differs in more than its place stays apart."""
    assert len(fold([problem(), problem(source="s2"), problem(message="n"), problem(code="d")], ["s1", "s2"])) == 4
