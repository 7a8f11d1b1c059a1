"""The digest as it is read, and the first sentences of stories."""

from __future__ import annotations

import json
import textwrap
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from newsig.records import Claim, Quote, Span, Verdict
from newsig.report.digest import Move, Story, Tone, day_bounds, digest, lead, summary

DAY = date(2024, 7, 18)
BERLIN = "Europe/Berlin"


def claim(text: str, value: float, direction: str, subject: str, **fields: Any) -> Claim:
    known: dict[str, Any] = {
        "start": 0,
        "end": len(text),
        "text": text,
        "value": value,
        "unit": "percent",
        "comparator": "=",
        "direction": direction,
        "measure": "price",
        "modality": "actual",
        "subject": Span(start=0, end=len(subject), text=subject),
        "base_date": date(2024, 7, 9),
        "end_date": date(2024, 7, 16),
    }
    return Claim(**{**known, **fields})


def undecided(reason: str) -> Verdict:
    return Verdict(outcome="undecided", reason=reason)


RALLY = Story(
    title="Small firms leap as rate hopes build",
    url="https://wire.example/rally",
    publisher="Example Wire",
    published=datetime(2024, 7, 18, 2, 26, tzinfo=UTC),
    lead="Shares of small firms had their best week in four years. Megacaps fell.",
    moves=(
        Move(
            claim=claim("11.5 percent", 11.5, "up", "Russell 2000", comparator=">", hedge="more than"),
            verdict=Verdict(outcome="supported", rung="close", formula="2263.67 / 2029.47 − 1 = +11.54 %"),
        ),
        Move(
            claim=claim("3 percent", 3.0, "up", "Nasdaq 100", base_date=date(2023, 12, 29)),
            verdict=Verdict(outcome="refuted", formula="19799.14 / 16825.93 − 1 = +17.67 %"),
        ),
        Move(claim=claim("55 percent", 55.0, "up", "Heron Biotech"), verdict=undecided("no_prices")),
        Move(claim=claim("18%", 18.0, "up", "profits", base_date=None, end_date=None), verdict=undecided("forecast")),
        Move(claim=claim("doubled", 2.0, "up", "Lintel Homes", unit="times", base_date=date(2024, 6, 28))),
    ),
    sources=(
        Quote(
            start=0,
            end=23,
            text="“It is a new landscape,”",
            kind="direct",
            speaker="Erin Cobb",
            role="chief investment officer",
            organisation="Northern Pine",
        ),
        Quote(start=30, end=45, text="rates will fall", kind="indirect", speaker="Erin Cobb"),
        Quote(start=50, end=65, text="profits will rise", kind="indirect"),
    ),
    tone=(
        Tone(target="small caps", label="positive", count=5),
        Tone(target="small caps", label="negative", count=1),
        Tone(target="Nasdaq 100", label="negative", count=2),
    ),
)
BARE = Story(title="A quiet day", published=date(2024, 7, 18))

EXPECTED = """\
Thursday 18 July 2024 (Europe/Berlin)
═════════════════════════════════════

Small firms leap as rate hopes build
Example Wire · 04:26

  Shares of small firms had their best week in four years. Megacaps fell.

  Moves
    ✓ Russell 2000   up more than 11.5 percent · 9 → 16 Jul
    ✗ Nasdaq 100     up 3 percent · 29 Dec 2023 → 16 Jul
      the closes say 19799.14 / 16825.93 − 1 = +17.67 %
    ? Heron Biotech  up 55 percent · 9 → 16 Jul · no prices for these days
    ? profits        up 18% · a forecast
    · Lintel Homes   doubled · 28 Jun → 16 Jul · not checked

  Said
    Erin Cobb, chief investment officer, Northern Pine
      “It is a new landscape,”
    Erin Cobb
      rates will fall
    Somebody unnamed
      profits will rise

  Tone
    small caps  5 positive, 1 negative
    Nasdaq 100  2 negative

────────────────────────────────────────────────────────────────────────────────

A quiet day
18 July 2024

────────────────────────────────────────────────────────────────────────────────

2 articles, 5 claims: 1 supported, 1 refuted, 2 undecided (1 forecast, 1
no_prices), 1 not checked.
"""


def test_the_page():
    assert digest(DAY, BERLIN, [RALLY, BARE]) == EXPECTED


def test_markdown():
    text = digest(DAY, BERLIN, [RALLY, BARE], "markdown")
    assert "## [Small firms leap as rate hopes build](<https://wire.example/rally>)\n\n*Example Wire · 04:26*\n" in text
    assert "- ✗ **Nasdaq 100** up 3 percent · 29 Dec 2023 → 16 Jul · the closes say 19799.14 / 16825.93" in text
    assert "- Erin Cobb, chief investment officer, Northern Pine: “It is a new landscape,”\n" in text
    assert "- small caps: 5 positive, 1 negative\n" in text
    assert "## A quiet day\n" in text
    assert text.endswith("1 not checked.\n")


def test_markdown_of_a_hostile_story():
    story = replace(BARE, title="[x](javascript:1) *b* <b>\x1b[2J", url="https://x.example/a b>c")
    assert r"[\[x\](javascript:1) \*b\* \<b\>\\x1b\[2J](<https://x.example/a%20b%3Ec>)" in digest(
        DAY, BERLIN, [story], "markdown"
    )
    assert "javascript:2" not in digest(DAY, BERLIN, [replace(BARE, url="javascript:2")], "markdown")


def test_json():
    whole = json.loads(digest(DAY, BERLIN, [RALLY, BARE], "json"))
    assert (whole["day"], whole["zone"]) == ("2024-07-18", BERLIN)
    assert whole["summary"] == summary([RALLY, BARE])
    first, second = whole["stories"]
    assert first["moves"][1]["verdict"]["formula"] == "19799.14 / 16825.93 − 1 = +17.67 %"
    assert first["moves"][4]["verdict"] is None
    assert first["published"] == "2024-07-18T02:26:00+00:00"
    assert second["lead"] == ""


@pytest.mark.parametrize("format_", ["table", "markdown"])
def test_an_empty_day_is_told_plainly(format_):
    assert digest(DAY, BERLIN, [], format_) == "Nothing was published on 18 July 2024 (Europe/Berlin).\n"
    assert json.loads(digest(DAY, BERLIN, [], "json"))["stories"] == []


SUMMARIES = [
    ([], "0 articles, no claims."),
    ([BARE], "1 article, no claims."),
    ([replace(BARE, moves=RALLY.moves[:1])], "1 article, 1 claim: 1 supported."),
    (
        [replace(BARE, moves=tuple(Move(claim=RALLY.moves[0].claim, verdict=undecided(r)) for r in "bab"))],
        "1 article, 3 claims: 3 undecided (2 b, 1 a).",
    ),
]


@pytest.mark.parametrize(("stories", "expected"), SUMMARIES)
def test_summary(stories, expected):
    assert summary(stories) == expected


def test_times_are_those_of_the_readers_zone():
    assert "Example Wire · 22:26" in digest(date(2024, 7, 17), "America/New_York", [RALLY])


TEXT = st.text(st.characters(codec="utf-8"), max_size=200)


@given(title=TEXT, words=TEXT, name=TEXT, width=st.integers(40, 120))
def test_no_story_steers_the_terminal_or_breaks_the_page(title, words, name, width):
    story = replace(
        RALLY,
        title=title,
        lead=words,
        publisher=name,
        moves=(Move(claim=claim(words, 1.0, "up", name), verdict=RALLY.moves[1].verdict),),
        sources=(Quote(start=0, end=1, text=words, kind="indirect", speaker=name),),
        tone=(Tone(target=name, label="neutral", count=1),),
    )
    page = digest(DAY, BERLIN, [story], "table", width)
    assert "\x1b" not in page
    assert page.endswith("1 refuted.\n")
    assert "✗" in page


def test_lines_fit_the_terminal():
    long = replace(RALLY, title="word " * 60, lead="Some more words. " * 40, publisher="A Wire")
    for width in (60, 80, 100):
        assert max(cell_len(line) for line in digest(DAY, BERLIN, [long], "table", width).splitlines()) <= width


BOUNDS = [  # day, zone, first moment, first moment after
    ("2024-07-18", "Europe/Berlin", "2024-07-17T22:00", "2024-07-18T22:00"),
    ("2024-07-18", "America/New_York", "2024-07-18T04:00", "2024-07-19T04:00"),
    ("2024-03-31", "Europe/Berlin", "2024-03-30T23:00", "2024-03-31T22:00"),  # 23 hours
    ("2024-10-27", "Europe/Berlin", "2024-10-26T22:00", "2024-10-27T23:00"),  # 25 hours
    ("2018-11-04", "America/Sao_Paulo", "2018-11-04T03:00", "2018-11-05T02:00"),  # starts at one o'clock
    ("2024-11-03", "America/Havana", "2024-11-03T04:00", "2024-11-04T05:00"),  # has midnight twice
    ("2011-12-30", "Pacific/Apia", "2011-12-30T10:00", "2011-12-30T10:00"),  # never was
    ("2024-07-18", "Asia/Kolkata", "2024-07-17T18:30", "2024-07-18T18:30"),
    ("2024-07-18", "UTC", "2024-07-18T00:00", "2024-07-19T00:00"),
]


@pytest.mark.parametrize(("day", "zone", "first", "after"), BOUNDS)
def test_day_bounds(day, zone, first, after):
    start, end = day_bounds(date.fromisoformat(day), ZoneInfo(zone))
    assert [f"{moment:%Y-%m-%dT%H:%M}" for moment in (start, end)] == [first, after]
    assert start.tzinfo is UTC


@given(
    day=st.dates(date(1950, 1, 1), date(2037, 12, 31)),
    zone=st.sampled_from(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Tokyo", "Africa/Cairo"]),
)
def test_days_follow_each_other_without_gap(day, zone):
    start, end = day_bounds(day, ZoneInfo(zone))
    assert day_bounds(day + timedelta(days=1), ZoneInfo(zone))[0] == end
    assert start < end
    assert start.astimezone(ZoneInfo(zone)).date() == day
    assert end.astimezone(ZoneInfo(zone)).date() == day + timedelta(days=1)


def test_a_story_at_midnight_belongs_to_the_day_that_starts():
    start, end = day_bounds(DAY, ZoneInfo(BERLIN))
    midnight = datetime(2024, 7, 17, 22, 0, tzinfo=UTC)
    assert start <= midnight < end
    assert not start <= midnight - timedelta(microseconds=1) < end
    assert not start <= midnight + timedelta(days=1) < end


LEADS = [  # an article's text, its first two sentences
    ("", ""),
    ("One sentence only.", "One sentence only."),
    ("No full stop", ""),
    ("Shares rose. Bonds fell. Gold stood still.", "Shares rose. Bonds fell."),
    ("close\nclose\n\nA headline about shares\n\nBy Jane Doe\n\nShares rose. Bonds fell.", "Shares rose. Bonds fell."),
    ("By Jane Doe and John Roe\nShares rose. Bonds fell.", "Shares rose. Bonds fell."),
    ("By noon shares rose. Bonds fell.", "By noon shares rose. Bonds fell."),
    ("NEW YORK (Wire) – Shares rose. Bonds fell.", "Shares rose. Bonds fell."),
    ("LONDON, July 18 (Wire) - Shares rose. Bonds fell.", "Shares rose. Bonds fell."),
    ("NEW YORK/LONDON (Wire) — Shares rose. Bonds fell.", "Shares rose. Bonds fell."),
    ("WASHINGTON — The Fed waits. Bonds fell.", "The Fed waits. Bonds fell."),
    ("(Wire) - Gold rose 1.2 percent. Silver fell.", "Gold rose 1.2 percent. Silver fell."),
    ("ACME – the maker – rose 3%. Bonds fell.", "ACME – the maker – rose 3%. Bonds fell."),
    ("The U.S. Treasury sold notes. It went well.", "The U.S. Treasury sold notes. It went well."),
    ("Shares rose in the U.S. The yen fell. More.", "Shares rose in the U.S. The yen fell."),
    ("Acme Inc. and Lintel Corp. Ltd. rose 3.5 percent. Bonds fell.", None),
    ("Acme Inc. Chairman J. R. Smith left. Bonds fell.", None),
    ("Mr. Smith met Dr. Jones at No. 10 on Jan. 5. Bonds fell.", None),
    ("The answer was no. Bonds fell.", None),
    ("Is it over? “Not yet,” she said. More.", "Is it over? “Not yet,” she said."),
    ("“We wait.” Bonds fell. More.", "“We wait.” Bonds fell."),
    (
        "The index closed at 5,588.27. It had been 5,667.20. More.",
        "The index closed at 5,588.27. It had been 5,667.20.",
    ),
    ("Shares rose 2 percent on\nhopes of lower rates, and\n30 firms led. Bonds fell.", None),
    ("Shares rose.\n\nBonds fell.\n\nGold stood.", "Shares rose. Bonds fell."),
    ("Shares rose.\n(Reporting by Jane Doe. Editing by John Roe.)", "Shares rose."),
    ("Menu\nSubscribe!\nShares rose. Bonds fell.", "Shares rose. Bonds fell."),
]


@pytest.mark.parametrize(("text", "expected"), LEADS)
def test_lead(text, expected):
    assert lead(text) == (" ".join(text.split()) if expected is None else expected)


def test_lead_counts():
    assert lead("One is. Two is. Three is.", 1) == "One is."
    assert lead("One is. Two is. Three is.", 3) == "One is. Two is. Three is."


@given(text=st.text(st.sampled_from("Aa. \n”“(U.S)–1?!\t"), max_size=300))
def test_a_lead_is_made_of_the_articles_words(text):
    words = lead(text).split()
    rest = iter(text.split())
    assert all(any(word in candidate for candidate in rest) for word in words)


def test_a_hostile_text_takes_no_time():
    for text in ("A. " * 100_000, "NEW YORK " * 50_000, "(" * 200_000, "By " + "Jane " * 50_000, 'a."' * 100_000):
        assert len(lead(text)) <= len(text)


def test_a_statement_is_cut_to_some_lines():
    long = replace(RALLY, sources=(replace(RALLY.sources[0], text="word " * 500),))
    page = digest(DAY, BERLIN, [long])
    assert page.count("word") < 60
    assert "…" in page
    assert textwrap.dedent(page) == page
