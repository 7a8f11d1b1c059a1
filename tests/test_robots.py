"""What a ``robots.txt`` permits, and how soon a host may be asked again."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsig.collect.hosts import LONGEST_WAIT, host_of, retry_after
from newsig.collect.robots import LONGEST_DELAY, MAX_LENGTH, Robots, robots_text, robots_url
from newsig.errors import AddressRefused

WORDS = ("User-agent: newsig\nDisallow", "User-agent", "Allow", "Disallow", "Crawl-delay", "Request-rate", "Visit-time")
SITE = "https://wire.example"

RULES = [
    # the file, an address of the site, whether newsig may
    ("", "/feed", True),
    ("User-agent: *\nDisallow: /", "/feed", False),
    ("User-agent: *\nDisallow:", "/feed", True),
    ("User-agent: *\nDisallow: /", "/robots.txt", True),
    ("User-agent: *\nDisallow: /private/\n", "/private/feed", False),
    ("User-agent: *\nDisallow: /private/\n", "/private", True),
    ("User-agent: *\nDisallow: /\nAllow: /feed", "/feed.xml", True),
    ("User-agent: *\nAllow: /\nDisallow: /feed", "/feed.xml", False),  # the longest counts, §2.2.2
    ("User-agent: *\nDisallow: /feed\nAllow: /feed", "/feed", True),  # of two alike the kinder, §2.2.2
    ("User-agent: *\nDisallow: /*.xml$", "/news/feed.xml", False),
    ("User-agent: *\nDisallow: /*.xml$", "/news/feed.xml?page=2", True),
    ("User-agent: *\nDisallow: /caf%C3%A9", "/café", False),
    ("User-agent: newsig\nDisallow: /", "/feed", False),
    ("User-agent: NewSig\nDisallow: /", "/feed", False),
    ("User-agent: newsig/2.0 (of any kind)\nDisallow: /", "/feed", False),
    ("User-agent: newsig # that one\nDisallow: /", "/feed", False),
    ("user-agent:newsig\ndisallow:/", "/feed", False),
    ("User-agent: *\nDisallow: /\n\nUser-agent: newsig\nDisallow: /admin", "/feed", True),  # its own group alone
    ("User-agent: newsig\nDisallow: /a\n\nUser-agent: newsig\nDisallow: /b", "/b", False),  # groups are joined, §2.2.1
    ("User-agent: otherbot\nUser-agent: newsig\nDisallow: /", "/feed", False),
    ("User-agent: otherbot\nDisallow: /", "/feed", True),
    ("User-agent: new\nDisallow: /", "/feed", True),  # the beginning of the name is not the name
    ("User-agent: newsigma\nDisallow: /", "/feed", True),
    ("User-agent: sig\nDisallow: /", "/feed", True),
    ("User-agent: * # everybody\nDisallow: /", "/feed", False),
    ("User-agent: otherbot\nDisallow: /\nUser-agent:\nDisallow: /feed", "/feed", True),
    ("Disallow: /", "/feed", True),  # of nobody's group
    ("Sitemap: https://wire.example/map.xml\nUser-agent: *\nDisallow: /", "/feed", False),
    ("User-agent: *\nDisallow: /*#", "/feed#part", False),
    ("User-agent: *\nDisallow: /feed$", "/feed#part", False),
    ("User-agent: *\rDisallow: /\r", "/feed", False),
    ("User-agent: *\r\nDisallow: /\r\n", "/feed", False),
    ("<!DOCTYPE html><title>Not found</title><p>User-agent: * Disallow: /</p>", "/feed", True),
    ("\0\x01\ud800 User-agent", "/feed", True),
]


@pytest.mark.parametrize(("text", "path", "may"), RULES)
def test_what_the_rules_permit(text: str, path: str, may: bool) -> None:
    assert Robots.parse(text).allows(SITE + path) is may


DELAYS = [
    ("User-agent: *\nCrawl-delay: 5", 5.0),
    ("User-agent: *\nCrawl-delay: 5\n\nUser-agent: newsig\nCrawl-delay: 2.5", 2.5),
    ("User-agent: otherbot\nCrawl-delay: 5", None),
    ("User-agent: *\nCrawl-delay: soon", None),
    ("User-agent: *\nCrawl-delay: -1", None),
    ("User-agent: *\nCrawl-delay: nan", None),
    ("User-agent: *\nCrawl-delay: 86400", LONGEST_DELAY),
    ("", None),
]


@pytest.mark.parametrize(("text", "delay"), DELAYS)
def test_the_pause_that_a_host_wants(text: str, delay: float | None) -> None:
    assert Robots.parse(text).delay == delay


STATUSES = [
    (200, b"User-agent: *", "User-agent: *"),
    (200, b"\xef\xbb\xbfUser-agent: *", "User-agent: *"),
    (200, b"# caf\xe9", "# caf\ufffd"),
    (200, b"", ""),
    *((status, b"Disallow: /", "") for status in (400, 401, 403, 404, 410, 451)),
    *((status, b"", None) for status in (429, 500, 502, 503, 599, None, 302, 206)),
]


@pytest.mark.parametrize(("status", "body", "text"), STATUSES)
def test_what_to_go_by_after_asking(status: int | None, body: bytes, text: str | None) -> None:
    assert robots_text(status, body) == text


def test_what_is_beyond_the_limit_is_not_read() -> None:
    rule = "Disallow: /feed/of/stocks\n"
    start = "User-agent: *\n" + "# filler\n" * ((MAX_LENGTH - len(rule) - 14) // 9)
    fits = start + rule
    assert len(fits) <= MAX_LENGTH
    assert not Robots.parse(fits).allows(f"{SITE}/feed/of/stocks")
    beyond = start + "#" * (MAX_LENGTH - len(start) - len("Disallow: /") - 1) + "\n" + rule
    assert Robots.parse(beyond).allows(f"{SITE}/about")  # "Disallow: /", where it is cut, would forbid everything
    kept = robots_text(200, beyond.encode())
    assert kept is not None
    assert (len(kept) < MAX_LENGTH, kept[-1]) == (True, "#")


def test_many_agents_with_many_rules_cost_little() -> None:
    agents = "".join(f"User-agent: bot{number}\n" for number in range(12_000))
    text = agents + "".join(f"Disallow: /{number}*a*b*c\n" for number in range(11_000))
    assert len(text) < MAX_LENGTH
    began = time.monotonic()
    assert Robots.parse(f"{text}\nUser-agent: *\nDisallow: /x").allows(f"{SITE}/{'ab' * 500}")
    assert time.monotonic() - began < 10  # each rule for each agent would be 132 million


def test_many_wildcards_cost_little() -> None:
    began = time.monotonic()
    assert Robots.parse(f"User-agent: *\nDisallow: /{'*a' * 30}*b").allows(f"{SITE}/{'a' * 2000}")
    assert time.monotonic() - began < 5


LINES = st.lists(st.one_of(st.text(), st.builds("{}{}{}".format, st.sampled_from(WORDS), st.just(": "), st.text())))


@given(lines=LINES, path=st.text(alphabet=st.characters(blacklist_categories=["Cc", "Cs"])))
def test_any_file_is_read_for_any_address(lines: list[str], path: str) -> None:
    robots = Robots.parse("\n".join(lines))
    assert robots.allows(f"{SITE}/{path}") in (True, False)
    assert robots.delay is None or 0 <= robots.delay <= LONGEST_DELAY


@pytest.mark.parametrize(
    ("url", "robots", "host"),
    [
        ("https://me:secret@Wire.Example/feed?x#y", "https://wire.example/robots.txt", "wire.example"),
        ("http://wire.example:80/", "http://wire.example/robots.txt", "wire.example"),
        ("http://wire.example:443/", "http://wire.example:443/robots.txt", "wire.example:443"),
        ("http://[::1]:8080/feed", "http://[::1]:8080/robots.txt", "[::1]:8080"),
        ("https://bücher.example/feed", "https://xn--bcher-kva.example/robots.txt", "xn--bcher-kva.example"),
    ],
)
def test_where_the_rules_lie_and_whose_they_are(url: str, robots: str, host: str) -> None:
    assert (robots_url(url), host_of(url)) == (robots, host)


@pytest.mark.parametrize("url", ["", "file:///etc/hostname", "http://[::1/"])
def test_no_address_has_no_rules(url: str) -> None:
    for of in (robots_url, host_of, Robots.parse("").allows):
        with pytest.raises(AddressRefused):
            of(url)


# Retry-After

NOW = datetime(2024, 7, 17, 21, 30, tzinfo=UTC)
LATEST = NOW + timedelta(hours=24)

WAITS = [
    (None, None),
    ("", None),
    ("soon", None),
    ("-5", None),
    ("1.5", None),
    ("٣", None),
    ("12 s", None),
    ("0", NOW),
    ("120", NOW + timedelta(minutes=2)),
    (" 120 ", NOW + timedelta(minutes=2)),
    ("86399", LATEST - timedelta(seconds=1)),
    ("86400", LATEST),
    ("86401", LATEST),
    ("315360000", LATEST),  # ten years
    ("9" * 5000, LATEST),
    ("Wed, 17 Jul 2024 22:00:00 GMT", NOW + timedelta(minutes=30)),
    ("Wednesday, 17-Jul-24 22:00:00 GMT", NOW + timedelta(minutes=30)),
    ("Wed Jul 17 22:00:00 2024", NOW + timedelta(minutes=30)),
    ("Wed, 17 Jul 2024 18:00:00 -0400", NOW + timedelta(minutes=30)),
    ("Wed, 17 Jul 2024 21:00:00 GMT", NOW),
    ("Mon, 17 Jul 2034 21:30:00 GMT", LATEST),
    ("Fri, 31 Dec 9999 23:59:59 -1400", LATEST),
    ("Sat, 01 Jan 0001 00:00:00 +1400", NOW),
    ("Wed, 31 Feb 2024 22:00:00 GMT", None),
    ("Wed, 17 Jul 99999 22:00:00 GMT", None),
    ("Wed, 17 Jul 2024 22:00:00 +99999999999", None),
]


@pytest.mark.parametrize(("header", "until"), WAITS)
def test_when_a_server_may_be_asked_again(header: str | None, until: datetime | None) -> None:
    assert retry_after(header, NOW) == until


@given(seconds=st.integers(0, 86_400))
def test_below_the_cap_it_is_never_earlier_than_asked(seconds: int) -> None:
    assert retry_after(str(seconds), NOW) == NOW + timedelta(seconds=seconds)


@given(st.one_of(st.text(), st.from_regex(r"[A-Z][a-z]{2}, \d+ [A-Z][a-z]{2} \d+ \d+:\d+:\d+ .*")))
def test_any_header_is_a_moment_within_the_cap_or_nothing(header: str) -> None:
    until = retry_after(header, NOW)
    assert until is None or NOW <= until <= NOW + LONGEST_WAIT
