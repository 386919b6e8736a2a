"""What may be dialled, as the user said it and as URLs ask for it."""

from __future__ import annotations

from contextlib import suppress
from ipaddress import ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.errors import SettingsError
from harvester.http import Allow, Part, Target, check_url
from harvester.model.exchange import Failure


@pytest.mark.parametrize(
    ("text", "network", "port"),
    [
        ("10.0.0.0/8", "10.0.0.0/8", None),
        ("10.1.2.3", "10.1.2.3/32", None),
        ("127.0.0.0/8:8000", "127.0.0.0/8", 8000),
        (" 127.0.0.1:8000 ", "127.0.0.1/32", 8000),
        ("fd00::/8", "fd00::/8", None),
        ("fd00::/8:8080", "fd00::/8", 8080),
        ("::1", "::1/128", None),
        ("[::1]", "::1/128", None),
        ("[::1]:8080", "::1/128", 8080),
        ("[fd00::]/8:8080", "fd00::/8", 8080),
    ],
)
def test_an_allowed_part_is_an_address_or_network_with_or_without_port(text, network, port):
    """All ways to write a part of a network are read."""
    assert Part.read(text) == Part(ip_network(network), port)


@pytest.mark.parametrize(
    "text", ["", "example.com", "10.0.0.1/8", "10.0.0.0/33", "10.0.0.1:0", "10.0.0.1:x", "[::1", "1:2"]
)
def test_what_is_no_part_of_a_network_is_a_settings_error(text):
    """A slip in what the user allows is said, with an example."""
    with pytest.raises(SettingsError) as caught:
        Allow.of(addresses=[text])
    assert caught.value.hint


@given(st.text())
def test_reading_a_part_raises_nothing_else(text):
    """Any text is a part or a settings error."""
    with suppress(SettingsError):
        Part.read(text)


@pytest.mark.parametrize(
    ("allow", "address", "port", "allowed"),
    [
        (Allow(), "93.184.216.34", 80, True),
        (Allow(), "93.184.216.34", 22, False),
        (Allow(), "10.0.0.1", 80, False),
        (Allow(private=True), "10.0.0.1", 80, True),
        (Allow(private=True), "10.0.0.1", 22, True),
        (Allow(private=True), "127.0.0.1", 9999, True),
        (Allow(private=True), "fd00::1", 9999, True),
        (Allow(private=True), "100.64.0.1", 9999, True),
        (Allow(private=True), "169.254.169.254", 80, False),
        (Allow(private=True), "0.0.0.0", 80, False),
        (Allow(private=True), "224.0.0.1", 80, False),
        (Allow(private=True), "93.184.216.34", 22, False),
        (Allow.of(addresses=["10.0.0.0/8:8000"]), "10.0.0.1", 8000, True),
        (Allow.of(addresses=["10.0.0.0/8:8000"]), "10.0.0.1", 80, False),
        (Allow.of(addresses=["10.0.0.0/8:8000"]), "192.168.0.1", 8000, False),
        (Allow.of(addresses=["10.0.0.0/8"]), "10.0.0.1", 22, True),
        (Allow.of(addresses=["169.254.169.254"]), "169.254.169.254", 80, True),
        (Allow.of(addresses=["93.184.216.34:9000"]), "93.184.216.34", 9000, True),
    ],
)
def test_limits_on_addresses_and_ports_are_lifted_for_just_what_is_allowed(allow, address, port, allowed):
    """One's own network at any port, or a part of it at its port; everything else stays as it was."""
    assert (allow.refusal(ip_address(address), port) is None) is allowed


@pytest.mark.parametrize(
    ("url", "sent"),
    [
        ("http://example.com", "http://example.com/"),
        ("HTTP://EXAMPLE.com:80/A", "http://example.com/A"),
        ("https://example.com:443/a?b=c#d", "https://example.com/a?b=c"),
        ("http://example.com/%41%7e%2f?q=%41", "http://example.com/%41%7e%2f?q=%41"),
        ("http://example.com/a b/é?ü", "http://example.com/a%20b/%C3%A9?%C3%BC"),
        ("http://example.com/a/../b", "http://example.com/b"),
        ("http://example.com./a", "http://example.com./a"),
        ("http://bücher.example/", "http://xn--bcher-kva.example/"),
        ("http://example.com:8080/", "http://example.com:8080/"),
        ("http://0x5db8d822/", "http://93.184.216.34/"),
        ("http://[2606:2800:220:1:248:1893:25C8:1946]/", "http://[2606:2800:220:1:248:1893:25c8:1946]/"),
    ],
)
def test_a_url_goes_out_as_a_browser_would_send_it(url, sent):
    """The spelling is the URL Standard's, and percent-encodings stay."""
    target = check_url(url)
    assert isinstance(target, Target)
    assert target.url == sent


def test_a_target_names_host_and_port():
    """Host without brackets, the port also where it is the usual one."""
    assert check_url("https://[2606:4700::1]/x") == Target("https://[2606:4700::1]/x", "2606:4700::1", 443)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("", "invalid-url"),
        ("example.com/a", "invalid-url"),
        ("//example.com/a", "invalid-url"),
        ("http://", "invalid-url"),
        ("http://[::1", "invalid-url"),
        ("http://example.com:99999/", "invalid-url"),
        ("http://a..b/", "invalid-url"),
        (f"http://{'a' * 64}.com/", "invalid-url"),
        (f"http://{'a.' * 127}com/", "invalid-url"),
        (f"http://example.com/{'a' * 20_000}", "invalid-url"),
        ("http://\ud800/", "invalid-url"),
        ("ftp://example.com/a", "unsupported-scheme"),
        ("rtmp://example.com/a", "unsupported-scheme"),
        ("file:///etc/passwd", "unsupported-scheme"),
        ("data:video/mp4;base64,AAAA", "unsupported-scheme"),
        ("http://user@example.com/", "blocked-by-policy"),
        ("http://:pw@example.com/", "blocked-by-policy"),
        ("http://example.com:22/", "blocked-by-policy"),
        ("http://example.com:0/", "blocked-by-policy"),
    ],
)
def test_a_url_that_is_not_asked_for_has_a_reason(url, reason):
    """No URL, a scheme of others, and what policy forbids are told apart."""
    failure = check_url(url)
    assert isinstance(failure, Failure)
    assert (failure.reason, failure.transient) == (reason, False)


@given(st.text() | st.text().map("http://{}".format) | st.text().map("http://example.com/{}".format))
def test_judging_a_url_never_raises(url):
    """Any text is a target or a failure."""
    target = check_url(url)
    if isinstance(target, Target):
        assert target.url.isascii()
        assert "#" not in target.url
        assert check_url(target.url) == target
