"""What may be dialled at all: URLs come from untrusted pages.

A URL is taken apart as browsers do it (WHATWG URL Standard), so that `http://2130706433`, `http://0x7f.1` and
`http://127.1` are the address that a browser would dial. Names are judged by the addresses that they lead to, where the
connection is made: `Allow.refusal` is asked for each of them, and again for the one that the socket is made for.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Final, TypeAlias

import ada_url

from harvester.errors import SettingsError
from harvester.http.addresses import OWN_NETWORK, Address, kind_of, parse
from harvester.model.exchange import Failure

PORTS: Final = frozenset({80, 81, 82, 88, 443, 2082, 2083, 8000, 8008, 8080, 8081, 8082, 8088, 8090, 8443, 8880, 8888})
"""Ports at which media are served over HTTP; behind others stand mail, databases and remote shells."""

MOST_URL_CHARACTERS: Final = 16_384
"""Servers need to take 8000 octets (RFC 9110, section 4.1); signed URLs are a quarter of that."""

_DEFAULT_PORTS: Final = {"http:": 80, "https:": 443}

Network: TypeAlias = IPv4Network | IPv6Network


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a network that may be dialled although it is not public.

    Attributes:
        port: The only port, or None for all.
    """

    network: Network
    port: int | None = None

    @classmethod
    def read(cls, text: str) -> Part:
        """Reads `CIDR[:PORT]`, such as `127.0.0.0/8:8000`, `10.1.2.3`, `fd00::/8` or `[::1]:8080`.

        Raises:
            SettingsError: It is neither.
        """
        cidr, port = _split_port(text.strip())
        try:
            network = ip_network(cidr)
            number = int(port) if port else None
        except ValueError as error:
            raise SettingsError(f"not CIDR[:PORT]: {text!r} ({error})", "such as 10.0.0.0/8 or [::1]:8080") from error
        if number is not None and not 0 < number < 65_536:
            raise SettingsError(f"no port: {text!r}", "ports go from 1 to 65535")
        return cls(network, number)


def _split_port(text: str) -> tuple[str, str]:
    if text.startswith("["):
        address, closed, rest = text[1:].partition("]")
        bits, _, port = rest.partition(":")
        return (address + bits, port) if closed else (text, "")
    if "/" in text:
        network, _, rest = text.partition("/")
        bits, _, port = rest.partition(":")
        return f"{network}/{bits}", port
    address, colon, port = text.partition(":")
    return (text, "") if ":" in port else (address, port if colon else "")


@dataclass(frozen=True, slots=True)
class Allow:
    """What may be dialled beyond public addresses at the usual ports.

    Attributes:
        private: One's own network: loopback, private, unique-local and shared addresses, at any port.
        parts: Just these, at any port or their own.
    """

    private: bool = False
    parts: tuple[Part, ...] = ()

    @classmethod
    def of(cls, *, private: bool = False, addresses: Iterable[str] = ()) -> Allow:
        """Reads `CIDR[:PORT]` texts.

        Raises:
            SettingsError: One is neither.
        """
        return cls(private, tuple(Part.read(text) for text in addresses))

    def refusal(self, address: Address, port: int) -> str | None:
        """Why this address and port are not dialled, None where they may be."""
        for part in self.parts:
            if address in part.network and part.port in (None, port):
                return None
        kind = kind_of(address)
        if kind is not None:
            return None if self.private and kind in OWN_NETWORK else f"{address} is {kind}"
        return None if port in PORTS else f"port {port} is not one of those that media are served at"

    def may_have_port(self, port: int) -> bool:
        """Whether there is any address at which this port may be dialled."""
        return port in PORTS or self.private or any(part.port in (None, port) for part in self.parts)


PUBLIC_ONLY: Final = Allow()


@dataclass(frozen=True, slots=True)
class Target:
    """A URL that may be asked for, as it goes out.

    Attributes:
        url: In the form of the WHATWG URL Standard, without fragment; percent-encodings stay as they were.
        host: Without brackets; an address in its usual form.
    """

    url: str
    host: str
    port: int


def check_url(url: str, allow: Allow = PUBLIC_ONLY) -> Target | Failure:
    """Judges a URL before anything is looked up or dialled."""
    parsed = _parsed(url)
    if isinstance(parsed, Failure):
        return parsed
    host = parsed.hostname.strip("[]")
    port = int(parsed.port) if parsed.port else _DEFAULT_PORTS[parsed.protocol]
    # The URL Standard has written addresses with digits and dots, or with colons; names can't end in a number.
    address = parse(host) if host[-1:].isdigit() or ":" in host else None
    if address is None and not _is_name(host):
        return _failure("invalid-url", f"no host name: {host[:300]!r}")
    why = f"port {port} is not one of those that media are served at" if not allow.may_have_port(port) else None
    if address is not None:
        why = allow.refusal(address, port)
    return _failure("blocked-by-policy", why) if why else Target(parsed.href.partition("#")[0], host, port)


def _parsed(url: str) -> ada_url.URL | Failure:
    if len(url) > MOST_URL_CHARACTERS:
        return _failure("invalid-url", f"the URL has {len(url)} characters, more than {MOST_URL_CHARACTERS}")
    try:
        parsed = ada_url.URL(url)
    except ValueError:
        return _failure("invalid-url", f"no URL: {url[:200]!r}")
    if parsed.protocol not in _DEFAULT_PORTS:
        return _failure("unsupported-scheme", f"scheme {parsed.protocol[:40]!r} is neither http nor https")
    if "@" in url and (parsed.username or parsed.password):
        return _failure("blocked-by-policy", "the URL has a name or password in it")
    return parsed


def _is_name(host: str) -> bool:
    """Whether the labels of a host have the lengths that DNS can carry (RFC 1035, section 2.3.4)."""
    name = host.removesuffix(".")
    return len(name) <= 253 and all(0 < len(label) <= 63 for label in name.split("."))


def _failure(reason: str, why: str) -> Failure:
    return Failure(reason=reason, transient=False, errors=(why,))
