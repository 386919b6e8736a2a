"""What is said of hosts, by name."""

from harvester.checks.policy.hostnames import ByHost


def test_a_dot_stands_for_all_below():
    """The most specific comes first; a name without a dot is that host alone."""
    said = ByHost([((".a.example", "B.example"), "wide"), (("x.a.example",), "own")])
    assert said["x.a.example"] == ("own", "wide")
    assert said["a.example"] == said["y.z.a.example"] == ("wide",)
    assert said["b.example"] == ("wide",)
    assert said["x.b.example"] == said["xa.example"] == said[""] == ()
    assert not ByHost([])
