"""Many patterns in one reading find what each finds by itself."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsig import instruments
from newsig.extract.calls import expressions as ahead
from newsig.extract.landmarks import phrases, streaks
from newsig.extract.numbers import hedges, multiples
from newsig.extract.openings import Battery, opening
from newsig.extract.periods import expressions
from newsig.extract.quotes import spotting
from newsig.extract.sentiments import general

BATTERIES = {
    "periods": expressions._BATTERY,
    "streaks": streaks.STREAKS,
    "superlatives": phrases.SUPERLATIVES,
    "multiples": multiples._BATTERY,
    "ahead": ahead._BATTERY,
    "hedges": hedges._BATTERY,
    "officers": spotting._OFFICERS,
    "appositions": spotting._APPOSITIONS,
    "general": Battery([general._vocabulary(instruments.parts_in_force()).pattern]),
}
LANGUAGE = """
    in on at since from for the its a an over during last this next first third fourth 2009 12 5 1/2 Friday's monday
    Sept. October 9th so far year week month quarter day session to date ago earlier same period past three two-thirds
    half of doubled would triple fivefold five times biggest one-day gain drop record high low highest close straight
    consecutive row streak losing winning European bank shares and technology stocks S&P energy index markets YTD Q3 H1
    2009-07-11 overnight after-hours trading before bell , . ; ( ) “ ” ’ - – ſeſſion Kelvin BANKİNG İn ’ll ‐ —
    analyst Chief Executive Orla Quillfeather, of said nearly more than at least about
"""
WORDS = [*LANGUAGE.split(), "\n", "\t"]


@pytest.mark.parametrize("name", BATTERIES)
@given(words=st.lists(st.sampled_from(WORDS), max_size=40), glue=st.sampled_from([" ", "  ", "-", ""]), data=st.data())
def test_a_battery_finds_what_each_of_its_patterns_finds(
    name: str, words: list[str], glue: str, data: st.DataObject
) -> None:
    text = glue.join(words)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    battery = BATTERIES[name]
    by_one = [
        (rank, match.span(), match.groupdict())
        for rank, pattern in enumerate(battery.patterns)
        for match in pattern.finditer(text, start, end)
    ]
    together = [(rank, match.span(), match.groupdict()) for rank, match in battery.matches(text, start, end)]
    assert sorted(together, key=lambda found: found[:2]) == by_one
    assert [span[0] for _, span, _ in together] == sorted(span[0] for _, span, _ in together)


@pytest.mark.parametrize(
    ("pattern", "heads"),
    [
        (r"\b(?:on|In)\s{1,3}the", {"on the", "on  th", "on   t", "in the", "in  th", "in   t"}),
        (r"(?P<n>\d{1,2})(?:st|nd)?\b", {"0", "00", "0st", "0nd", "00st", "00nd"}),
        (r"(?<![\w.])(?=[A-Z])(?!the)up", {"up"}),
        (r"(?-i:Q[1-4])|\.x{0,3}", {"q0", ".", ".x", ".xx", ".xxx"}),
        (r"[^a]b|c", {"", "c"}),
        (r"a.c", {"a"}),
        (r"\w+day", {""}),
        (r"(?>ab|cd)++e", {"abe", "cde", "ababe", "abcde", "cdabe", "cdcde", "ababab", "ababcd", "abcdab", "abcdcd",
                           "cdabab", "cdabcd", "cdcdab", "cdcdcd"}),
        (r"[\]x-z-]1", {"]0", "x0", "y0", "z0", "-0"}),
        ("é|s", {"\x80", "s"}),
        ("[-’]s|ſ", {"-s", "\x80", ""}),
        (r"a{2}b", {"aab"}),
        (r"\bFri\.(?![\w.])", {"fri."}),
    ],
)  # fmt: skip
def test_what_a_pattern_can_begin_with(pattern: str, heads: set[str]) -> None:
    re.compile(pattern)
    assert opening(pattern) == heads
