"""Which addresses may be asked: what is an address of the web at all, and which computers may stand behind it.

A name says nothing: whoever owns it may let it stand for a router, a database or a cloud's metadata service. So it is
the IP address that is judged, at the moment of connecting, and nothing else is connected to.

The table follows IANA's registries of special-purpose addresses (RFC 6890). It is stricter than ``ipaddress``, which
holds addresses for public that carry another one inside (NAT64, 6to4) and knows nothing of metadata services.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from ipaddress import ip_address, ip_network

import httpx

from newsig.errors import AddressRefused

Resolve = Callable[[str], Sequence[str]]
"""Gives the IP addresses of a host, the best first; raises `OSError` or `UnicodeError` where there are none."""

METADATA = "a cloud's metadata service"
CARRIER = "an address that carries another one inside"
LINK = "a link-local address"
OWN = "one's own network"
THIS = "this computer itself"
SPARE = "an address that nobody may have"

OPEN_TO_PRIVATE = (OWN, THIS)
"""What may be asked where one's own network may."""

SPECIAL = tuple(
    (ip_network(network), kind)
    for network, kind in (
        ("0.0.0.0/8", SPARE),
        ("10.0.0.0/8", OWN),
        ("100.100.100.200/32", METADATA),  # Alibaba Cloud
        ("100.64.0.0/10", OWN),  # shared by a carrier's customers, RFC 6598
        ("127.0.0.0/8", THIS),
        ("168.63.129.16/32", METADATA),  # Azure
        ("169.254.0.0/16", LINK),  # where most clouds keep their metadata service
        ("172.16.0.0/12", OWN),
        ("192.0.0.0/24", SPARE),
        ("192.0.2.0/24", SPARE),
        ("192.88.99.0/24", CARRIER),  # relays of 6to4, RFC 7526
        ("192.168.0.0/16", OWN),
        ("198.18.0.0/15", OWN),  # laboratories, RFC 2544
        ("198.51.100.0/24", SPARE),
        ("203.0.113.0/24", SPARE),
        ("224.0.0.0/4", "a group of computers"),
        ("240.0.0.0/4", SPARE),
        ("::/128", SPARE),
        ("::1/128", THIS),
        ("::/96", CARRIER),  # IPv4-compatible, RFC 4291
        ("::ffff:0:0/96", CARRIER),  # IPv4-mapped, RFC 4291
        ("::ffff:0:0:0/96", CARRIER),  # IPv4-translated, RFC 2765
        ("64:ff9b::/96", CARRIER),  # NAT64, RFC 6052
        ("64:ff9b:1::/48", CARRIER),  # NAT64, RFC 8215
        ("2001::/32", CARRIER),  # Teredo, RFC 4380
        ("2001::/23", SPARE),
        ("2001:db8::/32", SPARE),
        ("2002::/16", CARRIER),  # 6to4, RFC 3056
        ("3fff::/20", SPARE),
        ("fd00:ec2::/32", METADATA),  # Amazon
        ("fd20:ce::/32", METADATA),  # Google
        ("fc00::/7", OWN),
        ("fe80::/10", LINK),
        ("ff00::/8", "a group of computers"),
        ("::/3", SPARE),  # only 2000::/3 was ever given out, RFC 4291
        ("4000::/2", SPARE),
        ("8000::/1", SPARE),
    )
)
"""Networks that are not public, and what they are. The first that holds an address counts."""


def refusal(address: str, *, private: bool = False) -> str | None:
    """What an IP address is, where that forbids asking it; None where it may be asked.

    ``private`` permits one's own network: private and shared addresses, and this computer itself.

    >>> refusal("93.184.216.34"), refusal("192.168.1.7"), refusal("192.168.1.7", private=True)
    (None, "one's own network", None)
    >>> refusal("169.254.169.254", private=True)
    'a link-local address'
    """
    ip = ip_address(address)
    for network, kind in SPECIAL:
        if ip in network:
            return None if private and kind in OPEN_TO_PRIVATE else kind
    return None if ip.is_global else SPARE


def system_resolve(host: str) -> Sequence[str]:
    """The addresses that this computer's resolver has for a host, odd spellings of an IP address included."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def web_address(url: str) -> httpx.URL:
    """A URL taken apart, its host in the spelling of the domain name system.

    Raises:
        AddressRefused: it is none, or not of http or https.
    """
    try:
        address = httpx.URL(url)
        host, port = address.host, address.port  # which decodes the host's labels, and may fail at that
    except (httpx.InvalidURL, ValueError) as error:
        # without the cause's words, which may be part of a password
        raise AddressRefused("is no address that can be asked") from error
    if address.scheme not in ("http", "https"):
        raise AddressRefused("only http and https addresses are fetched")
    if not host or (port is not None and not 0 < port < 1 << 16):
        raise AddressRefused("is no address that can be asked")
    return address
