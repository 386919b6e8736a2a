"""What a check would ask."""

from harvester.checks.client.candidates import Candidates
from harvester.checks.client.options import CheckPolicy
from harvester.checks.client.plan import plan
from harvester.checks.policy.pace import Manners


def wanted(*urls):
    return Candidates(
        {"key": "k", "locations": [{"url": url, "role": "media", "confidence": "guessed"} for url in urls]}
    )


def test_the_longest_queue_gives_the_time():
    """Each URL takes HEAD and the first bytes, each host robots.txt and a control probe for every extension."""
    items = [wanted(f"http://a/{number}.mp4") for number in range(10)] + [wanted("http://b/x.mp4")]
    made = plan(items, CheckPolicy(rate_per_s=2))
    assert made.hosts == {"a:80": 22, "b:80": 4}
    assert made.requests == 26
    assert made.expected_s == 21 / 2


def test_a_host_s_own_pace_takes_its_time():
    """What a profile knows of a host makes its queue slower, and never faster than the user said."""
    items = [wanted(f"http://x.a/{number}.mp4") for number in range(10)]
    slow, fast = (Manners(hosts=(".a",), rate_per_s=rate) for rate in (0.5, 50))
    assert plan(items, CheckPolicy(rate_per_s=2, manners=(slow,))).expected_s == 21 / 0.5
    assert plan(items, CheckPolicy(rate_per_s=2, manners=(fast,))).expected_s == 21 / 2


def test_the_same_url_is_counted_once():
    """A thousand items that share a URL ask it once."""
    assert plan([wanted("http://a/x.mp4")] * 1000, CheckPolicy()).urls == 1


def test_further_candidates_are_only_asked_if_need_be():
    """They count towards the most, and as the others where all are asked."""
    items = [wanted("http://a/1", "http://b/1", "http://c/1")]
    made = plan(items, CheckPolicy())
    assert (made.urls, made.most_urls) == (1, 3)
    assert plan(items, CheckPolicy(all_locations=True)).urls == 3


def test_without_robots_and_bytes_it_is_one_request_less_each():
    """The settings that change the number of requests are heeded."""
    items = [wanted(f"http://a/{number}.mp4") for number in range(10)]
    assert plan(items, CheckPolicy(robots="ignore", look="head")).requests == 11


def test_what_is_never_asked_takes_no_time():
    """Other schemes and credentials are counted apart, and the next candidate is the first one asked."""
    made = plan([wanted("rtmp://a/x", "http://a/x"), wanted("http://u:p@a/")], CheckPolicy())
    assert (made.urls, made.most_urls, made.refused) == (1, 1, 2)


def test_nothing_to_ask_takes_no_time():
    """An empty manifest has an empty plan."""
    made = plan([], CheckPolicy())
    assert (made.requests, made.expected_s, made.hosts) == (0, 0, {})


def test_hosts_can_share_a_queue():
    """A key given by the caller joins hosts of one network."""
    items = [wanted("http://a.cdn/1.mp4"), wanted("http://b.cdn/2.mp4")]
    assert list(plan(items, CheckPolicy(), key_of=lambda url: "cdn").hosts) == ["cdn"]
