"""Which IP addresses may be asked."""

from __future__ import annotations

import ipaddress
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsig.collect.addresses import CARRIER, LINK, METADATA, OPEN_TO_PRIVATE, OWN, SPARE, SPECIAL, THIS, refusal
from newsig.errors import CollectError

PUBLIC = """
1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.0 93.184.216.34 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.0
169.253.255.255 169.255.0.0 172.15.255.255 172.32.0.0 192.0.1.0 192.167.255.255 192.169.0.0 198.17.255.255
198.20.0.0 223.255.255.255 2606:4700:4700::1111 2001:4860:4860::8888 2a00:1450:4001:80f::200e 2003::1
"""

OPEN = {
    OWN: "10.0.0.0 10.255.255.255 172.16.0.1 172.31.255.255 192.168.0.1 192.168.255.255 100.64.0.0 100.127.255.255 "
    "198.18.0.1 198.19.255.255 fc00::1 fd12:3456::1 fdff::1",
    THIS: "127.0.0.1 127.0.0.2 127.255.255.255 ::1",
}

NEVER = {
    SPARE: "0.0.0.0 0.0.0.1 0.255.255.255 192.0.0.8 192.0.0.192 192.0.2.1 198.51.100.1 203.0.113.1 240.0.0.1 "
    "255.255.255.255 :: 100::1 2001:2::1 2001:20::1 2001:db8::1 3fff::1 5f00::1 4000::1 8000::1 e000::1 fec0::1",
    LINK: "169.254.0.1 169.254.169.254 169.254.170.2 fe80::1 fe80::1%eth0 febf::1",
    METADATA: "100.100.100.200 168.63.129.16 fd00:ec2::254 fd20:ce::254",
    CARRIER: "192.88.99.1 ::ffff:127.0.0.1 ::ffff:93.184.216.34 ::127.0.0.1 ::2 ::ffff:0:127.0.0.1 64:ff9b::7f00:1 "
    "64:ff9b::5db8:d822 64:ff9b:1::1 2001::1 2001:0:53aa:64c::1 2002:7f00:1:: 2002:5db8:d822::",
    "a group of computers": "224.0.0.1 239.255.255.255 ff02::1 ff0e::1",
}


def spread(kinds: dict[str, str]) -> list[tuple[str, str]]:
    return [(address, kind) for kind, addresses in kinds.items() for address in addresses.split()]


@pytest.mark.parametrize("address", PUBLIC.split())
def test_public_addresses_may_be_asked(address: str) -> None:
    assert (refusal(address), refusal(address, private=True)) == (None, None)


@pytest.mark.parametrize(("address", "kind"), spread(OPEN))
def test_ones_own_network_may_be_asked_where_that_is_permitted(address: str, kind: str) -> None:
    assert (refusal(address), refusal(address, private=True)) == (kind, None)


@pytest.mark.parametrize(("address", "kind"), spread(NEVER))
def test_the_rest_is_never_asked(address: str, kind: str) -> None:
    assert (refusal(address), refusal(address, private=True)) == (kind, kind)


ANY = st.one_of(st.ip_addresses(v=4), st.ip_addresses(v=6))


@given(ANY)
def test_whatever_python_holds_for_special_is_refused(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    if not ip.is_global or ip.is_multicast or ip.is_reserved or ip.is_link_local or ip.is_loopback:
        assert refusal(str(ip)) is not None


@given(ANY)
def test_a_private_feed_may_ask_no_less(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    plain, private = refusal(str(ip)), refusal(str(ip), private=True)
    assert private == (None if plain in OPEN_TO_PRIVATE else plain)


@given(st.ip_addresses(v=4), st.sampled_from(["::ffff:{}", "::{}", "64:ff9b::{}", "::ffff:0:{}"]))
def test_no_address_is_carried_in_by_another(inner: ipaddress.IPv4Address, form: str) -> None:
    assert refusal(form.format(inner)) is not None


def test_no_row_of_the_table_is_hidden_by_an_earlier_one() -> None:
    for number, (network, _) in enumerate(SPECIAL):
        for earlier, kind in SPECIAL[:number]:
            assert earlier.version != network.version or not network.subnet_of(earlier), (network, kind)  # type: ignore[arg-type]


def test_the_page_tells_what_is_asked() -> None:
    page = (Path(__file__).parents[1] / "docs/collecting.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([^|]+) \| (asked|never) \|$", page, flags=re.MULTILINE)
    assert len(rows) == 6
    networks = [
        (text, asked) for row, asked in rows for text in re.findall(r"[0-9a-f]*[.:][0-9a-f.:]+(?:/[0-9]+)?", row)
    ]
    assert len(networks) > 15
    for text, asked in networks:
        first = str(ipaddress.ip_network(text)[0])
        if text == "2000::/3":
            assert refusal(first, private=True) is None
        else:
            assert (refusal(first) is None, refusal(first, private=True) is None) == (False, asked == "asked"), text


def test_the_page_tells_every_error() -> None:
    page = (Path(__file__).parents[1] / "docs/collecting.md").read_text(encoding="utf-8")
    told = {
        name: passing == "yes"
        for name, passing in re.findall(r"^\| `([A-Z]\w+)` \| [^|]+ \| ([^|]*?) ?\|$", page, re.MULTILINE)
    }
    kinds = [kind for kind in CollectError.__subclasses__() if kind.__module__ == CollectError.__module__]
    assert {kind.__name__ for kind in kinds} == set(told)
    for kind in kinds:
        assert kind().passing == told[kind.__name__]
