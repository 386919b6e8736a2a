"""Many texts looked for in one pass."""

from harvester.syntax.matcher import Matcher


def hits(matcher, text):
    """What is told of a text, number and end of each hit."""
    found = []

    def keep(number, _start, end, _flags, _context):
        found.append((number, end))
        return False

    assert matcher.search(text, keep) is False
    return found


def test_each_text_is_told_by_its_number():
    """Hits come by their ends, those that overlap too; a text's number is its position unless another one is given."""
    assert hits(Matcher([b"aba", b"b"]), b"ababa") == [(1, 2), (0, 3), (1, 4), (0, 5)]
    assert hits(Matcher([b"a", b"b"], [7, 7]), b"ab") == [(7, 1), (7, 2)]


def test_case_counts_unless_told_otherwise():
    """Only texts that count in any case are found in another one."""
    assert hits(Matcher([b"pier", b"quay"], any_case=[True, False]), b"PIER QUAY quay") == [(0, 4), (1, 14)]


def test_a_search_can_be_ended():
    """Nothing is told behind the hit at which the search is ended."""
    ends = []
    assert Matcher([b"a"]).search(b"aaaa", lambda _number, _start, end, *_: ends.append(end) or len(ends) == 2)
    assert ends == [1, 2]


def test_bytes_stand_for_themselves():
    """No byte has a meaning of its own; in nothing, nothing is found."""
    matcher = Matcher([b".*", b"[\\", b"\xff"])
    assert matcher.finds(b"a.*b")
    assert matcher.finds(b"\x00[\\")
    assert matcher.finds(b"\xff")
    assert not matcher.finds(b"abc")
    assert not matcher.finds(b"")
