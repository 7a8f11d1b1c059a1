"""The fixture files hold what they promise: spans resolve, arithmetic is right, nobody quoted is real."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import defaultdict
from datetime import UTC, date
from itertools import pairwise
from typing import get_args
from zoneinfo import ZoneInfo

import pytest

from newsig import sessions
from newsig.records import Outcome
from tests.fixture_files import ARTICLES, PRICES, ExpectedClaim, Fixture, FixtureError, load, locate, nearest, read

FIXTURES = load()
IDS = [fixture.id for fixture in FIXTURES]
SAMPLE_DAY = date(2024, 7, 17)
READER = ZoneInfo("America/New_York")
PLANTED = [("european-shares-fall-third-day", "^GDAXI", "2.4 percent")]
REASONS = {"forecast", "conditional", "historical", "not_checkable", "no_period", "no_prices", "intraday"}
MARKETS = {"^FTSE": "XLON", "^GDAXI": "XFRA", "^FCHI": "XPAR", "^N225": "XTKS", "^HSI": "XHKG"}
"""Calendars of the symbols that do not follow New York; those with ``=X`` trade around the clock on weekdays."""
EUROPEAN = {"^STOXX", "^STOXX50E"}


def closes() -> dict[str, dict[date, float]]:
    found: dict[str, dict[date, float]] = defaultdict(dict)
    with PRICES.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            found[row["symbol"]][date.fromisoformat(row["date"])] = float(row["close"])
    return dict(found)


CLOSES = closes()


def claims_with(*verdicts: str) -> list[tuple[str, ExpectedClaim]]:
    return [(fixture.id, claim) for fixture in FIXTURES for claim in fixture.claims if claim.verdict in verdicts]


def change(claim: ExpectedClaim, base: float, end: float) -> float:
    """The signed move between two closes in the claim's unit, as a person would work it out."""
    if claim.unit == "points":
        return end - base
    if claim.unit == "bp":
        return (end - base) * 100
    return end / base if claim.unit == "times" else (end / base - 1) * 100


def agrees(claim: ExpectedClaim, base: float, end: float) -> bool:
    """Whether two closes bear the printed figure out: half a unit of its last printed digit either way, or the side
    and nearness that its comparator states."""
    move = change(claim, base, end) * (-1 if claim.direction == "down" else 1)
    printed = re.search(r"[\d,]+(\.\d+)?", claim.at.text)
    digits = len(printed[1]) - 1 if printed and printed[1] else 0
    unit = 10.0**-digits
    if claim.comparator == ">":
        return claim.value < move < claim.value + unit
    if claim.comparator == "<":
        return claim.value - unit / 2 <= move < claim.value
    # closes in the fixture are rounded to the cent themselves
    return abs(move - claim.value) <= unit / 2 + 0.0101 * (claim.unit == "points")


def part(heading: str) -> list[str]:
    """The names listed under a heading of the README: the bold words of its list."""
    readme = (ARTICLES / "README.md").read_text(encoding="utf-8")
    body = readme.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return re.findall(r"^- \*\*(.+?)\*\*", body, flags=re.MULTILINE)


@pytest.mark.parametrize("fixture", FIXTURES, ids=IDS)
def test_spans_resolve(fixture: Fixture) -> None:
    spans = [claim.at for claim in fixture.claims] + [claim.subject for claim in fixture.claims]
    spans += [quote.at for quote in fixture.quotes]
    assert all(fixture.text[span.start : span.end] == span.text for span in spans)
    numbers = [claim.at for claim in fixture.claims]
    assert all(left.end <= right.start for left, right in pairwise(sorted(numbers, key=lambda span: span.start)))


@pytest.mark.parametrize("fixture", FIXTURES, ids=IDS)
def test_text_is_clean_and_of_a_story_s_length(fixture: Fixture) -> None:
    assert unicodedata.is_normalized("NFC", fixture.text)
    assert "\t" not in fixture.text
    assert "\r" not in fixture.text
    assert fixture.text == fixture.text.strip()
    assert 150 <= len(fixture.text.split()) <= 450


@pytest.mark.parametrize("fixture", FIXTURES, ids=IDS)
def test_file_is_named_after_its_article(fixture: Fixture) -> None:
    assert read(ARTICLES / f"{fixture.id}.toml") == fixture
    assert fixture.published.utcoffset() is not None
    assert fixture.url_path == f"/{fixture.published.astimezone(UTC):%Y/%m/%d}/{fixture.id}.html"
    assert date(2024, 7, 1) <= fixture.published.date() <= date(2024, 7, 26)


@pytest.mark.parametrize("fixture", FIXTURES, ids=IDS)
def test_verdicts_have_what_they_need(fixture: Fixture) -> None:
    for claim in fixture.claims:
        assert (claim.base is None) == (claim.end is None), claim.at
        if claim.verdict == "undecided":
            assert claim.reason in REASONS, claim.at
        else:
            assert claim.reason is None, claim.at
            assert claim.base, claim.at
            assert claim.symbol in CLOSES, claim.at


@pytest.mark.parametrize("fixture", FIXTURES, ids=IDS)
def test_quotes_are_what_their_kind_says(fixture: Fixture) -> None:
    for quote in fixture.quotes:
        marked = quote.at.text[0] in '“"' and quote.at.text[-1] in '”"'
        assert marked == (quote.kind == "direct"), quote.at
        named = [name for name in (quote.speaker, quote.role, quote.organisation) if name]
        assert all(name in fixture.text for name in named), quote


@pytest.mark.parametrize(("article", "claim"), claims_with("supported"))
def test_supported_claims_agree_with_the_closes(article: str, claim: ExpectedClaim) -> None:
    assert claim.symbol
    assert claim.base
    assert claim.end
    bars = CLOSES[claim.symbol]
    if claim.unit == "times":
        assert bars[claim.end] / bars[claim.base] > claim.value
    else:
        assert agrees(claim, bars[claim.base], bars[claim.end]), (
            article,
            change(claim, bars[claim.base], bars[claim.end]),
        )


def test_only_the_planted_error_is_refuted() -> None:
    assert [(article, claim.symbol, claim.at.text) for article, claim in claims_with("refuted")] == PLANTED
    readme = (ARTICLES / "README.md").read_text(encoding="utf-8")
    for article, _, figure in PLANTED:
        assert re.search(rf"`{article}`[^\n]*planted error[^\n]*{re.escape(figure)}", readme)
        assert "PLANTED ERROR" in read(ARTICLES / f"{article}.toml").note


@pytest.mark.parametrize(("article", "claim"), claims_with("refuted"))
def test_planted_error_is_wrong_in_neighbouring_sessions_too(article: str, claim: ExpectedClaim) -> None:
    assert claim.symbol
    bars = sorted(CLOSES[claim.symbol].items())
    around = [close for day, close in bars if day > date(2024, 7, 1)]
    windows = [(around[i], around[j]) for i in range(len(around)) for j in (i + 1, i + 2) if j < len(around)]
    assert len(windows) >= 5, article
    assert not any(agrees(claim, base, end) for base, end in windows)


@pytest.mark.parametrize("symbol", CLOSES)
def test_closes_are_of_sessions(symbol: str) -> None:
    market = "24/5" if symbol.endswith("=X") else "XFRA" if symbol in EUROPEAN else MARKETS.get(symbol, "XNYS")
    assert all(sessions.is_session(market, day) for day in CLOSES[symbol])


def test_price_file_is_small_and_little_but_closes() -> None:
    with PRICES.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines))
    assert rows[0] == ["symbol", "date", "open", "high", "low", "close", "adj_close", "volume"]
    assert len(rows) <= 400
    assert {(len(row), row[2], "".join(row[6:])) for row in rows[1:]} == {(8, "", "")}
    ranges = [(float(row[4]), float(row[5]), float(row[3])) for row in rows[1:] if row[3] or row[4]]
    assert len(ranges) <= 5
    assert all(low <= close <= high for low, close, high in ranges)
    assert len({(row[0], row[1]) for row in rows}) == len(rows)


def test_sample_day_has_stories_and_every_kind_of_verdict() -> None:
    that_day = [fixture for fixture in FIXTURES if fixture.published.astimezone(READER).date() == SAMPLE_DAY]
    assert len(that_day) >= 6
    assert {claim.verdict for fixture in that_day for claim in fixture.claims} == set(get_args(Outcome))


def test_articles_are_many_and_apart() -> None:
    assert len(FIXTURES) >= 14
    assert len({fixture.id for fixture in FIXTURES}) == len(FIXTURES)
    assert len({fixture.url_path for fixture in FIXTURES}) == len(FIXTURES)
    assert len({fixture.text for fixture in FIXTURES}) == len(FIXTURES)


@pytest.mark.parametrize("fixture", FIXTURES, ids=IDS)
def test_everybody_named_is_declared_in_the_readme(fixture: Fixture) -> None:
    people, firms, real = part("Invented people"), part("Invented firms and publishers"), part("Real sources")
    for quote in fixture.quotes:
        assert quote.speaker in (*people, *firms, *real) or quote.organisation in firms, quote.speaker
        assert quote.organisation is None or quote.organisation in firms
        assert quote.speaker not in real or quote.kind == "indirect"
    assert fixture.publisher in firms
    assert set(fixture.authors) <= set(people)


@pytest.mark.parametrize("fixture", FIXTURES, ids=IDS)
def test_readme_lists_the_file(fixture: Fixture) -> None:
    assert f"| `{fixture.id}` |" in (ARTICLES / "README.md").read_text(encoding="utf-8")


UNCLEAR = [
    ("Gold rose 2 percent.", "silver [[2 percent]]", "occurs 0 times"),
    ("Up 2 percent and 2 percent.", "[[2 percent]]", "occurs 2 times"),
    ("Gold rose 2 percent.", "rose 2 percent", "one span"),
    ("Gold rose 2 percent.", "[[Gold]] rose [[2 percent]]", "one span"),
]


@pytest.mark.parametrize(("text", "words", "complaint"), UNCLEAR)
def test_unclear_snippets_are_refused(text: str, words: str, complaint: str) -> None:
    with pytest.raises(FixtureError, match=complaint):
        locate(text, words)


def test_subject_is_the_nearest_whole_word_of_the_paragraph() -> None:
    text = "Items of it, as it fell 2 percent.\n\nIt rose."
    at = locate(text, "[[2 percent]]")
    assert nearest(text, "it", at).start == 16
    with pytest.raises(FixtureError, match="'It' does not occur in the paragraph"):
        nearest(text, "It", at)
