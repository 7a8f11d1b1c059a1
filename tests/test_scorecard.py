"""Who has been right: statements of real kinds as calls, calls graded and scored by hand, and what must always hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from math import comb
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsig import sessions
from newsig.compare.scorecard import Call, Condition, Grade, calls, grade, merged, needed, score
from newsig.compare.scorecard.chances import chance
from newsig.compare.scorecard.scoring import at_least, brier, wilson
from newsig.records import (
    Claim,
    Direction,
    Label,
    Mention,
    Price,
    Quote,
    Sentiment,
    Span,
    SpeakerType,
    Stance,
    Statement,
    Topic,
)

NAMES: dict[str, tuple[str | None, str | None]] = {
    "Small caps": (None, "small_caps"),
    "Large caps": (None, "large_caps"),
    "Semiconductors": (None, "semiconductors"),
    "Russell 2000": ("^RUT", "small_caps"),
    "S&P 500": ("^GSPC", "large_caps"),
    "Nasdaq": ("^IXIC", None),
    "Gold": ("GC=F", None),
    "Nvidia": ("NVDA", "mega_caps"),
    "10-year yield": ("^TNX", None),
    "Dollar": ("JPY=X", None),
    "Yen": ("JPYUSD=X", None),
}
PROXIES = {"small_caps": "^RUT", "large_caps": "^GSPC"}
CONDITIONAL = re.compile(r"\b(?:if|unless|as long as|barring|provided)\b", re.IGNORECASE)


def said(
    text: str,
    *claims: Claim,
    stance: Stance | None = None,
    cue: str = "said",
    toned: dict[str, float] | None = None,
    about: str | None = None,
    speaker_type: SpeakerType = "person",
) -> Statement:
    """A statement with the things of `NAMES` in it; ``toned`` gives tones of those, ``about`` what else it is about."""
    found = [
        Mention(start=match.start(), end=match.end(), text=match[0], symbol=symbol, segment=segment)
        for name, (symbol, segment) in NAMES.items()
        for match in re.finditer(re.escape(name), text, re.IGNORECASE)
    ]
    topics = [(one.symbol, one.segment) for one in sorted(found, key=lambda one: one.start)]
    topics += [NAMES[about]] if about else []
    quote = Quote(
        start=0,
        end=len(text),
        text=text,
        kind="indirect",
        speaker="Orla Quillfeather",
        speaker_type=speaker_type,
        cue=cue,
        stance=stance or ("conditional" if CONDITIONAL.search(text) else "forecast"),
        about=tuple(Topic(symbol=symbol, segment=segment) for symbol, segment in dict.fromkeys(topics)),
    )
    return Statement(
        quote_id=1,
        article_id="a",
        published=date(2024, 7, 17),
        source_id=1,
        source="Orla Quillfeather",
        quote=quote,
        claims=claims,
        mentions=tuple(found),
        sentiments=tuple(toned_by(text, name, tone) for name, tone in (toned or {}).items()),
    )


def toned_by(text: str, name: str, tone: float) -> Sentiment:
    at = text.lower().index(name.lower())
    symbol, segment = NAMES[name]
    label: Label = "positive" if tone > 0.5 else "negative" if tone < -0.5 else "neutral"
    return Sentiment(
        start=0,
        end=len(text),
        text=text,
        target=Span(start=at, end=at + len(name), text=text[at : at + len(name)]),
        label=label,
        positive=max(tone, 0.0),
        neutral=1 - abs(tone),
        negative=max(-tone, 0.0),
        symbol=symbol,
        segment=segment,
    )


def told(text: str, figure: str, value: float, direction: Direction, name: str, **fields: Any) -> Claim:
    """A figure that stands in the text, forecast of a thing of `NAMES`."""
    symbol, segment = NAMES[name]
    known: dict[str, Any] = {"unit": "percent", "comparator": "=", "measure": "price", "modality": "forecast"}
    at = text.index(figure)
    return Claim(
        start=at,
        end=at + len(figure),
        text=figure,
        value=value,
        direction=direction,
        symbol=symbol,
        segment=segment,
        **{**known, **fields},
    )


def ways(statement: Statement) -> dict[str | None, Direction | None]:
    return {call.target: call.direction for call in calls(statement, PROXIES)}


def shown(found: dict[str | None, Direction | None]) -> str:
    return ", ".join(f"{target} {way}" for target, way in found.items())


# Which way a statement calls

WORDS = [
    # what prices do
    ("Small caps will rise by the end of the year", "small_caps up"),
    ("The S&P 500 is going to keep climbing through the autumn", "^GSPC up"),
    ("Small caps should catch up with the rest of the market", "small_caps up"),
    ("The Russell 2000 is headed lower from here", "^RUT down"),
    ("The dollar is likely to weaken in the coming months", "JPY=X down"),
    ("Gold could easily shed another 100 dollars", "GC=F down"),
    ("We expect small caps to gain and large caps to fall", "small_caps up, large_caps down"),
    ("The worst is over for small caps and they will recover", "small_caps up"),
    ("Small caps, which have lagged for years, will recover", "small_caps up"),
    ("We are confident that small caps will do well because they look cheap", "small_caps up"),
    ("Gold will reach new highs before Christmas", "GC=F up"),
    # what there is for them
    ("We see more downside for small caps", "small_caps down"),
    ("The Russell 2000 still has room to run", "^RUT up"),
    ("Higher yields would be a headwind for small caps", "small_caps down"),
    ("The S&P 500 is due for a correction", "^GSPC down"),
    ("The outlook for gold is bearish", "GC=F down"),
    ("The rally in small caps will continue", "small_caps up"),
    # what is done to them
    ("Falling rates will lift small caps", "small_caps up"),
    ("Rising yields will weigh on small caps", "small_caps down"),
    ("Weak earnings will send the S&P 500 lower", "^GSPC down"),
    ("Lower rates will help small caps", "small_caps up"),
    ("Small caps will be hit by higher rates", "small_caps down"),
    ("Small caps will benefit from lower rates", "small_caps up"),
    # flat
    ("The S&P 500 will trade sideways until the election", "^GSPC flat"),
    ("Gold is likely to be little changed this month", "GC=F flat"),
    # denied
    ("I do not expect the Russell 2000 to gain this quarter", "^RUT down"),
    ("Gold won’t fall any further", "GC=F up"),
    ("It is unlikely that gold rises this year", "GC=F down"),
    ("There is no doubt that gold will go up", "GC=F up"),
    ("We would not rule out a correction in the S&P 500", "^GSPC down"),
    ("I would not be surprised to see small caps fall", "small_caps down"),
    ("I do not see any reason why gold should fall", "GC=F up"),
    ("There will be no recession, and small caps will rise", "small_caps up"),
    # beside the point
    ("Even as gold rises, small caps will fall", "small_caps down"),
    ("Small caps will follow the S&P 500 lower", "small_caps down"),
    # behind a but
    ("There may be some selling left, but small caps should end the year higher", "small_caps up"),
    ("Gold may not go up in a straight line, but it will end the year higher", "GC=F up"),
    # what decides nothing
    ("Gold will not rise much", "GC=F None"),
    ("It would not take much for gold to drop", "GC=F None"),
    ("The pullback in the S&P 500 could be short-lived", "^GSPC None"),
    ("Gold will not rise until the dollar falls", "GC=F None"),
    ("We see limited upside for the S&P 500", "^GSPC None"),
    ("There is little room for the S&P 500 to rise", "^GSPC None"),
    ("The rally in small caps is likely to fade", "small_caps None"),
    ("The S&P 500 will neither rise nor fall", "^GSPC None"),
    ("Nobody knows whether small caps will rise", "small_caps None"),
    ("Everybody expects small caps to rise", "small_caps None"),
    ("The risk is that the S&P 500 drops", "^GSPC None"),
    ("Small caps could go either way, up or lower", "small_caps None"),
    ("It is hard to see small caps falling", "small_caps None"),
    ("Gold will rise in August and fall in September", "GC=F None"),
    ("Will small caps rise?", "small_caps None"),
    # a rally or a fall that is there already, or only thought of
    ("The sharp drop in gold could help large caps", "large_caps up"),
    ("A pullback in small caps would be a buying opportunity", "small_caps None"),
    ("The worst losses in small caps are likely behind us", "small_caps None"),
    ("Losses in small caps could be erased within weeks", "small_caps None"),
    ("There would be a sharp drop in gold", "GC=F down"),
    ("Small caps will feel the drop in gold", "small_caps None"),
    ("Small caps will extend the rally", "small_caps up"),
    ("A rally in small caps is likely to start in autumn", "small_caps up"),
    ("Further losses in small caps are likely", "small_caps down"),
    # what is taken from it
    ("Traders should fade this rally in gold", "GC=F None"),
    ("We would sell rallies in gold", "GC=F None"),
    ("Small caps should erase their losses by autumn", "small_caps None"),
    ("Small caps could snap a losing streak", "small_caps None"),
    ("Small caps should survive the downturn", "small_caps None"),
    ("Small caps will give up their gains", "small_caps None"),
    ("Small caps will end up falling", "small_caps down"),
    # what something is like
    ("Small caps will be a beneficiary of the falling dollar", "small_caps None"),
    ("Small caps will benefit from falling rates", "small_caps up"),
    ("The weaker dollar will benefit exporters", "JPY=X None"),
    ("Small caps will benefit", "small_caps up"),
    # what a "not" within the subject denies
    ("Anything that stops the printing press is going to help the dollar", "JPY=X None"),
    ("Whatever does not slow the printing press will help gold", "GC=F None"),
    ("Without rate cuts small caps will fall", "small_caps None"),
    ("Small caps are unlikely to avoid a correction", "small_caps down"),
    # figures of companies
    ("Nvidia could see a decline in earnings", "NVDA None"),
    ("Nvidia could deliver upside earnings surprises", "NVDA None"),
    ("Small caps will gain on strong earnings", "small_caps up"),
    # what is only hinted at, or waits for something
    ("This pattern could point to a drop in gold", "GC=F None"),
    ("Small caps will drop until the index breaks above its average", "small_caps None"),
    # of one against another
    ("Small caps will outperform large caps this year", "small_caps None"),
    # of something else than the price
    ("The earnings of the S&P 500 will rise", "^GSPC None"),
    ("Nvidia will report record sales", "NVDA None"),
    ("A sales recovery at Nvidia could take longer than expected", "NVDA None"),
    ("Lower rates will boost Nvidia's profits", "NVDA None"),
    # of somebody else
    ("The Nasdaq will rise while gold fell", "^IXIC up"),
    ("Investors should buy small caps", "small_caps None"),
]


@pytest.mark.parametrize(("text", "expected"), WORDS)
def test_words_tell_the_way(text: str, expected: str) -> None:
    assert shown(ways(said(text))) == expected


KNOWN_GAPS = [
    ("Small caps will lose ground to large caps", "small_caps None"),
    ("Investors should buy small caps, which will gain from lower rates", "small_caps up"),
    ("A break above 5,500 would push the S&P 500 higher", "^GSPC None"),  # a condition without one of its words
    ("Small caps will be the winners of the second half", "small_caps up"),
]


@pytest.mark.parametrize(("text", "expected"), KNOWN_GAPS)
@pytest.mark.xfail
def test_words_that_are_not_understood_yet(text: str, expected: str) -> None:
    assert shown(ways(said(text))) == expected


def test_the_verb_of_saying_looks_ahead_for_bare_words() -> None:
    assert shown(ways(said("the S&P 500 to add another 4 points by December", cue="expects"))) == "^GSPC up"
    assert shown(ways(said("gold falling before autumn is out", cue="sees"))) == "GC=F down"
    assert shown(ways(said("gold falling before autumn is out", cue="described"))) == "GC=F None"


def test_what_stands_for_the_topic() -> None:
    assert shown(ways(said("it will rise by Christmas", about="Gold"))) == "GC=F up"
    assert shown(ways(said("to rise by Christmas", about="Gold", cue="expects"))) == "GC=F up"
    assert shown(ways(said("it will rise by Christmas", about="Nvidia", speaker_type="organisation"))) == "NVDA None"


TONED = [  # words that tell no way, with the tone towards what they are about
    ("Small caps will shine", {"Small caps": 0.9}, "small_caps up"),
    ("Small caps will have a dreadful autumn", {"Small caps": -0.9}, "small_caps down"),
    ("Small caps will shine", {"Small caps": 0.7}, "small_caps None"),
    ("Nobody is going to take over small caps", {"Small caps": -0.9}, "small_caps None"),
    ("Small caps will report splendid profits", {"Small caps": 0.9}, "small_caps None"),
    ("Small caps will not rise much", {"Small caps": 0.9}, "small_caps None"),
    ("Small caps will outperform large caps", {"Small caps": 0.9}, "small_caps None"),
    ("If yields jump, small caps will have a hard time", {"Small caps": -0.9}, "small_caps None"),
]


@pytest.mark.parametrize(("text", "toned", "expected"), TONED)
def test_a_clear_tone_tells_what_words_do_not(text: str, toned: dict[str, float], expected: str) -> None:
    assert shown(ways(said(text, toned=toned))) == expected


def test_a_figure_goes_before_words() -> None:
    text = "Small caps will go from strength to strength: a loss of 5 percent by June"
    (call,) = calls(said(text, told(text, "5 percent", 5.0, "down", "Small caps")), PROXIES)
    assert (call.direction, call.basis, call.size, call.unit, call.symbol) == ("down", "claim", 5.0, "percent", "^RUT")


def test_a_range_has_its_lower_end_as_size() -> None:
    text = "gold to gain 8% to 10% this year"
    (call,) = calls(said(text, told(text, "8% to 10%", 9.0, "up", "Gold"), cue="expects"), PROXIES)
    assert call.size == 8.0


FIGURES = [
    ("gold will not fall 10 percent", {}, None),
    ("everybody expects gold to fall 10 percent", {}, None),
    ("gold fell 10 percent and will go up", {"modality": "actual"}, "up"),
    ("profits of Nvidia will rise, says gold: 10 percent", {"measure": "fundamental"}, None),
    ("gold will fall less than 10 percent", {"comparator": "<"}, "down"),
]


@pytest.mark.parametrize(("text", "fields", "expected"), FIGURES)
def test_figures_that_are_denied_or_of_something_else(
    text: str, fields: dict[str, Any], expected: Direction | None
) -> None:
    made = calls(said(text, told(text, "10 percent", 10.0, "down", "Gold", **fields)), PROXIES)
    assert {call.direction for call in made if call.target == "GC=F"} <= {expected}
    assert all(call.size is None for call in made)


@pytest.mark.parametrize("text", ["gold to fall 10 percent at best", "gold to fall at most 10 percent"])
def test_how_far_it_goes_at_most_is_no_call(text: str) -> None:
    (call,) = calls(said(text, told(text, "10 percent", 10.0, "down", "Gold"), cue="expects"), PROXIES)
    assert not call.sided


TIMES = [  # the words that were read as a time, and what is left of them
    ("Gold would end the year lower", None, "end the year"),
    ("Gold would be lower by year-end", None, "by year-end"),
    ("Gold would be lower", None, None),
    ("Gold will rise within 20 years", "within 20 years", "within 20 years"),
    ("Gold will rise in five years", "in five years", "in five years"),
    ("Gold will rise with interest rates in five years", "in five years", "in five years"),
    ("Gold will have its biggest rise by December", "by December", "by December"),
    ("Gold will have its biggest rise this year", "this year", "this year"),
    ("Gold will rise since it is the cheapest in 20 years", "in 20 years", None),
    ("Gold will rise to its highest price in a decade", "in a decade", None),
    ("Gold will end the year at its lowest in a decade", "in a decade", "end the year"),
]


@pytest.mark.parametrize(("text", "found", "words"), TIMES)
def test_the_time_that_a_call_gives(text: str, found: str | None, words: str | None) -> None:
    statement = said(text)
    if found:
        at = text.index(found)
        horizon = Span(start=at, end=at + len(found), text=found)
        statement = replace(statement, quote=replace(statement.quote, horizon=horizon, horizon_date=date(2034, 7, 17)))
    (call,) = calls(statement, PROXIES)
    assert call.horizon_words == words
    assert (call.horizon is None) == (words != found or found is None)


OWN: list[tuple[str, str | None, dict[str, Any], Direction | None]] = [
    # the words before the figure, its subject, and what the statement calls of gold, which it does not name
    ("it will fall", "it", {}, "down"),
    ("the metal could lose", "the metal", {}, "down"),
    ("it will fall", "it", {"speaker_type": "organisation"}, None),
    ("prices of memory chips will fall", "prices", {}, None),
    ("the debt will have to be cut by", None, {}, None),
]


@pytest.mark.parametrize(("words", "subject", "fields", "expected"), OWN)
def test_a_figure_is_of_what_the_words_name(
    words: str, subject: str | None, fields: dict[str, Any], expected: Direction | None
) -> None:
    text = f"{words} 30 percent"
    at = text.index(subject or "")
    span = Span(start=at, end=at + len(subject), text=subject) if subject else None
    figure = told(text, "30 percent", 30.0, "down", "Gold", subject=span)
    made = calls(said(text, figure, about="Gold", **fields), PROXIES)
    assert [call.direction if call.basis == "claim" else None for call in made] == [expected]


def test_a_figure_whose_subject_stands_outside_the_words_is_none() -> None:
    text = "the deal would double its value"
    subject = Span(start=100, end=106, text="Nvidia")
    figure = told(text, "double", 2.0, "up", "Nvidia", unit="times", subject=subject)
    assert ways(said(text, figure, about="Nvidia")) == {"NVDA": None}


def test_a_level_gives_the_way_only_with_a_close() -> None:
    text = "the S&P 500 to reach 6,000 by year-end"
    level = told(text, "6,000", 6000.0, "flat", "S&P 500", unit="index", measure="level")
    (call,) = calls(said(text, level, cue="expects"), PROXIES)
    assert (call.direction, call.level, call.event, call.sided) == (None, 6000.0, "move", True)
    (bound,) = calls(said(text, replace(level, comparator=">"), cue="expects"), PROXIES)
    assert bound.event == "above"


def test_a_level_of_a_share_is_none_since_it_may_be_split() -> None:
    text = "Nvidia to reach $150 by year-end"
    claim = told(text, "$150", 150.0, "flat", "Nvidia", unit="usd", measure="level")
    assert not calls(said(text, claim, cue="expects"), PROXIES)[0].sided


def test_a_pair_of_currencies_is_one_target() -> None:
    text = "the dollar to fall against the yen by August"
    assert shown(ways(said(text, cue="expects"))) == "JPY=X down"


def test_facts_are_no_calls_and_hopes_are_hopes() -> None:
    assert calls(said("Small caps rose", stance="actual"), PROXIES) == []
    (hope,) = calls(said("I hope gold will rise", stance="hope"), PROXIES)
    assert (hope.kind, hope.target, hope.direction) == ("hope", "GC=F", "up")


def test_a_statement_about_nothing_is_one_call_without_a_target() -> None:
    (call,) = calls(said("the weather will turn"), PROXIES)
    assert (call.target, call.direction, call.sided) == (None, None, False)


# Conditions and chances

SP = ("^GSPC",)
RATES = ("^IRX", "^TNX")
CONDITIONS: list[tuple[str, Condition]] = [
    (
        "If the S&P 500 holds above 5,500, small caps will rally",
        Condition(text="the S&P 500 holds above 5,500", symbols=SP, event="above", level=5500.0, holds=True),
    ),
    (
        "Small caps will rally if the S&P 500 climbs above 5,500",
        Condition(text="the S&P 500 climbs above 5,500", symbols=SP, event="above", level=5500.0),
    ),
    (
        "If the S&P 500 slips below 5,000 small caps would follow it lower",
        Condition(text="the S&P 500 slips below 5,000", symbols=SP, event="below", level=5000.0),
    ),
    (
        "If rates fall, small caps will gain",
        Condition(text="rates fall", symbols=RATES, event="move", direction="down"),
    ),
    (
        "Unless yields fall, small caps will drop",
        Condition(text="yields fall", symbols=("^TNX",), event="move", direction="down", unless=True),
    ),
    (
        "As long as gold rises, small caps will fall",
        Condition(text="gold rises", symbols=("GC=F",), event="move", direction="up"),
    ),
    ("If inflation cools, small caps will gain", Condition(text="inflation cools")),
    ("If tax rates fall, small caps will gain", Condition(text="tax rates fall")),
    ("If gold and the Nasdaq rise, small caps will gain", Condition(text="gold and the Nasdaq rise")),
    ("Barring a recession, small caps will gain", Condition(text="a recession", unless=True)),
    # more than one thing, or a figure that is none of the move: nobody checks the half of it
    ("If rates fall and gold rises, small caps will gain", Condition(text="rates fall and gold rises")),
    ("If rates fall or hold, small caps will gain", Condition(text="rates fall or hold")),
    ("If rates fall, and inflation cools, small caps will gain", Condition(text="rates fall")),
    ("If rates fall, small caps will gain if inflation cools", Condition(text="rates fall")),
    ("Small caps will gain if rates fall. Unless there is a war.", Condition(text="rates fall")),
    ("If rates fall for 3 months, small caps will gain", Condition(text="rates fall for 3 months")),
    ("If gold rises five percent, small caps will gain", Condition(text="gold rises five percent")),
    (
        "If gold closes above 2,500 for 3 days, small caps will gain",
        Condition(text="gold closes above 2,500 for 3 days"),
    ),
    # what stands in brackets ends nothing
    (
        "If gold (at last) rises, small caps will gain",
        Condition(text="gold (at last) rises", symbols=("GC=F",), event="move", direction="up"),
    ),
    ("If gold (which fell) rises, small caps will gain", Condition(text="gold")),
]


@pytest.mark.parametrize(("text", "expected"), CONDITIONS, ids=lambda value: value if isinstance(value, str) else "")
def test_conditions(text: str, expected: Condition) -> None:
    (call,) = calls(said(text), PROXIES)
    assert call.target == "small_caps"
    assert call.direction is not None
    assert call.condition == expected


def test_even_if_is_no_condition() -> None:
    (call,) = calls(said("Even if rates rise, small caps will gain", stance="forecast"), PROXIES)
    assert (call.direction, call.condition) == ("up", None)


def test_a_condition_has_the_size_of_its_figure_and_takes_it_from_the_call() -> None:
    text = "If gold rises 5 percent, small caps will fall"
    (call,) = calls(said(text, told(text, "5 percent", 5.0, "up", "Gold", modality="conditional")), PROXIES)
    assert (call.target, call.direction, call.size) == ("small_caps", "down", None)
    assert call.condition == Condition(
        text="gold rises 5 percent", symbols=("GC=F",), event="move", direction="up", size=5.0, unit="percent"
    )


CHANCES = [
    ("a 60 percent chance", 0.6),
    ("a 60% probability", 0.6),
    ("a sixty percent chance", 0.6),
    ("we are 75 percent sure", 0.75),
    ("a two-in-three chance", 2 / 3),
    ("odds of one in four", 0.25),
    ("put the odds of a rally at 70 percent", 0.7),
    ("a 50-50 call", 0.5),
    ("a 30 percent chance of a 10 percent fall", 0.3),
    ("the probability of a 10 percent correction", None),
    ("more than a 60 percent chance", None),
    ("a 600 percent chance", None),
    ("a rise of 60 percent", None),
]


@pytest.mark.parametrize(("text", "share"), CHANCES)
def test_chances(text: str, share: float | None) -> None:
    found = chance(text)
    assert (found and found[0]) == (share and pytest.approx(share))


SIDES = [
    ("There is a 60 percent chance that gold falls", "down", 0.6),
    ("There is only a 20 percent chance that gold falls", "up", 0.8),
    ("There is a 50 percent chance that gold falls", None, None),
]


@pytest.mark.parametrize(("text", "way", "share"), SIDES)
def test_the_likelier_side_is_called(text: str, way: Direction | None, share: float | None) -> None:
    (call,) = calls(said(text), PROXIES)
    assert (call.direction, call.probability) == (way, share and pytest.approx(share))


def test_a_small_chance_of_a_sized_move_is_no_call_of_the_contrary() -> None:
    text = "There is a 30 percent chance that gold falls 10 percent"
    (call,) = calls(said(text, told(text, "10 percent", 10.0, "down", "Gold")), PROXIES)
    assert not call.sided


# Grading

LATE = datetime(2026, 1, 2, tzinfo=UTC)
WED = datetime(2024, 7, 17, 21, tzinfo=UTC)
CALL = Call(
    quote_id=1,
    article_id="a",
    source_id=1,
    source="Orla Quillfeather",
    published=WED,
    kind="forecast",
    text="The index will rise",
    symbol="^GSPC",
    direction="up",
    horizon=date(2024, 7, 24),
)


def bars(*closes: float, symbol: str = "^GSPC", last: date = date(2024, 7, 24)) -> list[Price]:
    """Closes of sessions in a row, up to ``last``."""
    days = sessions.between("XNYS", date(2019, 1, 1), last)[-len(closes) :]
    return [Price(symbol=symbol, day=day, close=close) for day, close in zip(days, closes, strict=True)]


# 16 to 24 July 2024: seven sessions, the start being the 17th
WEEK = (99.0, 100.0, 101.0, 98.0, 104.0, 103.0, 102.0)


def graded(call: Call = CALL, closes: Sequence[float] = WEEK, **more: Any) -> Grade:
    known = more.pop("known", LATE)
    prices = {call.symbol or "": bars(*closes, symbol=call.symbol or "^GSPC"), **more.pop("others", {})}
    return grade(call, prices, "XNYS", known=known, **more)


def test_a_hit_with_its_arithmetic() -> None:
    one = graded()
    assert (one.result, one.start, one.end, one.sessions) == ("hit", date(2024, 7, 17), date(2024, 7, 24), 5)
    assert one.moved == pytest.approx(2.0)
    assert one.formula == "102.00 / 100.00 − 1 = +2.00 %"
    assert (one.reached, one.base_rate, one.assumed) == (None, None, False)


RESULTS = [
    ({"direction": "down"}, "miss", None),
    ({"direction": "flat"}, "hit", None),
    ({"size": 4.0, "unit": "percent"}, "hit", True),
    ({"size": 4.5, "unit": "percent"}, "hit", False),
    ({"size": 4.0, "unit": "points"}, "hit", True),
    ({"direction": "down", "size": 2.0, "unit": "percent"}, "miss", True),
    ({"direction": None, "level": 104.0}, "hit", True),
    ({"direction": None, "level": 105.0}, "hit", False),
    ({"direction": None, "level": 90.0}, "miss", False),
    ({"direction": None, "level": 101.5, "event": "above"}, "hit", None),
    ({"direction": None, "level": 102.5, "event": "above"}, "miss", None),
    ({"direction": None, "level": 102.5, "event": "below"}, "hit", None),
]


@pytest.mark.parametrize(("fields", "result", "reached"), RESULTS)
def test_results(fields: dict[str, Any], result: str, reached: bool | None) -> None:
    one = graded(replace(CALL, **fields))
    assert (one.result, one.reached) == (result, reached)


def test_a_yield_moves_in_basis_points() -> None:
    one = graded(replace(CALL, symbol="^TNX", size=5.0, unit="bp"), [4.1, 4.2, 4.2, 4.2, 4.2, 4.2, 4.25])
    assert (one.result, one.reached, one.formula) == (
        "hit",
        True,
        "(4.25 − 4.20) × 100 = +5.0 bp",
    )


STARTS = [  # when it was published, the last close surely known then
    (datetime(2024, 7, 17, 20, tzinfo=UTC), date(2024, 7, 17)),
    (datetime(2024, 7, 17, 19, 59, tzinfo=UTC), date(2024, 7, 16)),
    (datetime(2024, 7, 18, 1, tzinfo=UTC), date(2024, 7, 17)),
    (date(2024, 7, 17), date(2024, 7, 16)),
]


@pytest.mark.parametrize(("published", "start"), STARTS)
def test_the_start_is_the_last_close_surely_known(published: date | datetime, start: date) -> None:
    assert graded(replace(CALL, published=published)).start == start


def test_currencies_have_no_close_that_all_share() -> None:
    call = replace(CALL, symbol="EURUSD=X")
    prices = {"EURUSD=X": bars(*WEEK, symbol="EURUSD=X")}
    assert grade(call, prices, "24/5", known=LATE).start == date(2024, 7, 16)


UNGRADED: list[tuple[dict[str, Any], str]] = [
    ({"kind": "hope"}, "hope"),
    ({"symbol": None}, "no_target"),
    ({"symbol": None, "segment": "semiconductors"}, "no_prices"),
    ({"direction": None}, "no_direction"),
    ({"direction": None, "level": 100.0}, "no_direction"),
    ({"published": None}, "no_date"),
    ({"horizon": None}, "no_horizon"),
    ({"horizon": date(2024, 7, 17)}, "no_window"),
    ({"horizon": date(2024, 7, 25)}, "no_prices"),
    ({"symbol": "^RUT"}, "no_prices"),
    ({"condition": Condition(text="the sun shines")}, "unknown_condition"),
    ({"condition": Condition(text="rates fall", symbols=RATES, event="move", direction="down")}, "unknown_condition"),
    ({"condition": Condition(text="it falls", symbols=SP, event="move", direction="down")}, "condition_not_met"),
    ({"condition": Condition(text="…", symbols=SP, event="above", level=99.0, holds=True)}, "condition_not_met"),
    ({"condition": Condition(text="…", symbols=SP, event="below", level=97.0)}, "condition_not_met"),
    ({"condition": Condition(text="…", symbols=SP, event="above", level=97.0, unless=True)}, "condition_not_met"),
]


@pytest.mark.parametrize(("fields", "reason"), UNGRADED)
def test_why_a_call_is_not_graded(fields: dict[str, Any], reason: str) -> None:
    prices = {"^GSPC": bars(*WEEK)}
    one = grade(replace(CALL, **fields), prices, "XNYS", known=LATE)
    assert (one.result, one.reason, one.moved) == ("ungraded", reason, None)


CAME_TRUE = [
    (Condition(text="…", symbols=SP, event="above", level=97.0, holds=True), date(2024, 7, 17), "hit"),
    (Condition(text="…", symbols=SP, event="above", level=103.5), date(2024, 7, 22), "miss"),
    (Condition(text="…", symbols=SP, event="below", level=97.0, unless=True), date(2024, 7, 17), "hit"),
    (Condition(text="…", symbols=SP, event="move", direction="up"), date(2024, 7, 17), "hit"),
    (
        Condition(text="…", symbols=SP, event="move", direction="down", size=2.0, unit="percent"),
        date(2024, 7, 19),  # 98, from where it went up
        "hit",
    ),
    (
        Condition(text="…", symbols=SP, event="move", direction="up", size=4.0, unit="percent"),
        date(2024, 7, 22),
        "miss",
    ),
]


@pytest.mark.parametrize(("condition", "start", "result"), CAME_TRUE)
def test_a_call_counts_from_when_its_condition_came_true(condition: Condition, start: date, result: str) -> None:
    one = graded(replace(CALL, kind="conditional", condition=condition))
    assert (one.result, one.start) == (result, start)


GAPS = [  # what the condition is, the session without a close of what it speaks of, whether it can be checked
    ({"event": "move", "direction": "up"}, 18, True),
    ({"event": "move", "direction": "up"}, 17, False),
    ({"event": "move", "direction": "up"}, 24, False),
    ({"event": "move", "direction": "up", "size": 2.0, "unit": "percent"}, 18, False),
    ({"event": "above", "level": 100.5}, 18, False),
    ({"event": "above", "level": 97.0, "holds": True}, 18, False),
]


@pytest.mark.parametrize(("fields", "missing", "known"), GAPS)
def test_a_condition_is_not_checked_across_missing_closes(fields: dict[str, Any], missing: int, known: bool) -> None:
    condition = Condition(text="…", symbols=("^RUT",), **fields)
    kept = [bar for bar in bars(*WEEK, symbol="^RUT") if bar.day != date(2024, 7, missing)]
    one = graded(replace(CALL, kind="conditional", condition=condition), others={"^RUT": kept})
    assert (one.reason is None) == known
    assert one.reason in (None, "unknown_condition")


def test_rates_of_different_lives_must_agree() -> None:
    condition = Condition(text="rates fall", symbols=RATES, event="move", direction="down")
    falls, rises = [4.3, 4.3, 4.2, 4.2, 4.2, 4.2, 4.2], [4.3, 4.3, 4.3, 4.3, 4.3, 4.3, 4.4]
    call = replace(CALL, kind="conditional", condition=condition)
    both = {"^IRX": bars(*falls, symbol="^IRX"), "^TNX": bars(*falls, symbol="^TNX")}
    assert graded(call, others=both).result == "hit"
    assert graded(call, others={"^IRX": both["^IRX"]}).result == "hit"
    assert graded(call, others=both | {"^TNX": bars(*rises, symbol="^TNX")}).reason == "unknown_condition"
    assert needed(call) == ("^GSPC", "^IRX", "^TNX")


def test_pending_until_the_last_close_is_known() -> None:
    closed = sessions.closes_at("XNYS", date(2024, 7, 24))
    assert graded(known=closed - timedelta(seconds=1)).result == "pending"
    assert graded(known=closed).result == "hit"
    assert graded(replace(CALL, horizon=date(2199, 1, 1))).result == "pending"


def test_an_assumed_horizon_is_for_words_without_one_only() -> None:
    open_ended = replace(CALL, horizon=None)
    one = graded(open_ended, assume=5)
    assert (one.result, one.end, one.assumed) == ("hit", date(2024, 7, 24), True)
    assert graded(replace(open_ended, horizon_words="in the near term"), assume=5).reason == "no_horizon"
    assert not graded(assume=2).assumed


def test_dividends_count_where_every_bar_tells_of_them() -> None:
    paid = [replace(bar, adj_close=bar.close - (5 if bar.day < date(2024, 7, 19) else 0)) for bar in bars(*WEEK)]
    one = grade(CALL, {"^GSPC": paid}, "XNYS", known=LATE)
    assert one.moved == pytest.approx((102 / 95 - 1) * 100)
    mixed = [replace(paid[0], adj_close=None), *paid[1:]]
    assert grade(CALL, {"^GSPC": mixed}, "XNYS", known=LATE).moved == pytest.approx(2.0)


def rising_two_of_three(count: int) -> list[float]:
    """A path that goes up two sessions and down the third, over and over, by a tenth of what it started from."""
    closes = [1000.0]
    for step in range(count - 1):
        closes.append(closes[-1] + (-1 if step % 3 == 2 else 1))
    return closes


def test_the_base_rate_is_the_share_of_earlier_windows_by_hand() -> None:
    # Up to the start lie 301 closes: 300 windows of one session, two of three of which rose
    call = replace(CALL, horizon=date(2024, 7, 18))
    closes = [*rising_two_of_three(301), 2000.0]
    prices = bars(*closes, last=date(2024, 7, 18))
    one = grade(call, {"^GSPC": prices}, "XNYS", known=LATE)
    assert one.base_rate == pytest.approx(200 / 300)
    assert grade(replace(call, direction="down"), {"^GSPC": prices}, "XNYS", known=LATE).base_rate == pytest.approx(
        1 / 3
    )


def test_windows_are_of_sessions_and_not_of_bars() -> None:
    # Every third of 1,200 sessions has a bar: two go up to the next, the third goes down
    call = replace(CALL, horizon=date(2024, 7, 18), published=datetime(2024, 7, 15, 21, tzinfo=UTC))
    every = bars(*(100.0 + (at % 9) for at in range(1200)), last=date(2024, 7, 15))
    sparse = [bar for at, bar in enumerate(every) if at % 3 == 2]
    window = bars(106.0, 105.0, 110.0, last=date(2024, 7, 18))
    one = grade(call, {"^GSPC": [*sparse, *window]}, "XNYS", known=LATE)
    assert (one.sessions, one.base_rate) == (3, pytest.approx(sum(at % 9 != 8 for at in range(2, 1199, 3)) / 399))
    # Windows of one session lie between no two of these bars
    short = replace(call, published=datetime(2024, 7, 17, 21, tzinfo=UTC))
    assert grade(short, {"^GSPC": [*sparse, *window]}, "XNYS", known=LATE).base_rate is None


@pytest.mark.parametrize("missing", [18, 19, 22, 23])
def test_a_window_with_gaps_has_no_base_rate_and_reaches_nothing(missing: int) -> None:
    call = replace(CALL, size=1.0, unit="percent", probability=0.6)
    every = bars(*rising_two_of_three(400))
    whole = grade(call, {"^GSPC": every}, "XNYS", known=LATE)
    kept = [bar for bar in every if bar.day != date(2024, 7, missing)]
    gap = grade(call, {"^GSPC": kept}, "XNYS", known=LATE)
    assert None not in (whole.reached, whole.base_rate, whole.event_rate)
    assert (gap.result, gap.moved, gap.sessions) == (whole.result, whole.moved, 5)
    assert (gap.reached, gap.base_rate, gap.event_rate) == (None, None, None)


def test_bars_of_days_without_a_session_count_for_nothing() -> None:
    weekend = Price(symbol="^GSPC", day=date(2024, 7, 20), close=500.0)
    call = replace(CALL, size=50.0, unit="percent")
    assert grade(call, {"^GSPC": [*bars(*WEEK), weekend]}, "XNYS", known=LATE) == graded(call)


def test_the_base_rate_needs_250_windows() -> None:
    call = replace(CALL, horizon=date(2024, 7, 18))
    for closes, known in ((250, False), (251, True)):
        prices = bars(*rising_two_of_three(closes), 2000.0, last=date(2024, 7, 18))
        assert (grade(call, {"^GSPC": prices}, "XNYS", known=LATE).base_rate is not None) == known


def test_the_rate_of_a_sized_event_by_hand() -> None:
    # Of windows of two sessions, which go up by two, up and down, or down and up, two of three stand one higher once
    call = replace(CALL, horizon=date(2024, 7, 19), size=1.0, unit="points", probability=0.6)
    closes = [*rising_two_of_three(302), 1200.0, 1300.0]
    one = grade(call, {"^GSPC": bars(*closes, last=date(2024, 7, 19))}, "XNYS", known=LATE)
    assert (one.base_rate, one.event_rate) == (pytest.approx(100 / 300), pytest.approx(200 / 300))


# Scores


def result(hit: bool | None, base: float | None = None, share: float | None = None) -> tuple[Call, Grade]:
    came = "pending" if hit is None else "hit" if hit else "miss"
    return replace(CALL, probability=share), Grade(result=came, base_rate=base, event_rate=base)  # type: ignore[arg-type]


def test_a_score_by_hand() -> None:
    one = score([result(True, 0.6, 0.7), result(True, 0.5), result(False, 0.4, 0.8), result(None)])
    assert (one.calls, one.graded, one.hits, one.pending, one.ungraded, one.few) == (4, 3, 2, 1, 0, True)
    assert one.rate == pytest.approx(2 / 3)
    # Wilson: (2 + z²/2 ± z √(2·1/3 + z²/4)) / (3 + z²), z² = 3.8415
    assert (one.low, one.high) == (pytest.approx(0.2077, abs=1e-4), pytest.approx(0.9385, abs=1e-4))
    assert (one.based, one.base_rate) == (3, pytest.approx(0.5))
    assert one.excess == pytest.approx(2 / 3 - 0.5)
    # two or three of three: 0.6·0.5·0.6 + 0.6·0.5·0.4 + 0.4·0.5·0.4 + 0.6·0.5·0.4
    assert one.p == pytest.approx(0.18 + 0.12 + 0.08 + 0.12)
    # (0.7 − 1)² and 0.8² halved; (0.6 − 1)² and 0.4² halved
    assert (one.stated, one.brier, one.base_brier) == (2, pytest.approx(0.365), pytest.approx(0.16))


def test_without_base_rates_nothing_is_compared() -> None:
    one = score([result(True, None, 0.7), result(True, 0.5, 0.9)])
    assert (one.based, one.base_rate, one.excess, one.p) == (1, 0.5, 0.5, 0.5)
    assert (one.brier, one.base_brier) == (pytest.approx(0.05), None)
    assert score([]).rate is score([result(None)]).low is None


@pytest.mark.parametrize(("count", "few"), [(9, True), (10, False)])
def test_fewer_than_ten_are_too_few(count: int, few: bool) -> None:
    assert score([result(True)] * count).few == few


def test_a_stated_size_is_what_the_probability_is_of() -> None:
    call = replace(CALL, probability=0.7, size=10.0, unit="percent")
    assert score([(call, Grade(result="hit", reached=False))]).brier == pytest.approx(0.49)


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"), [(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (10, 10, 0.7225, 1.0)]
)
def test_wilson_in_tables(hits: int, of: int, low: float, high: float) -> None:
    assert wilson(hits, of) == (pytest.approx(low, abs=1e-4), pytest.approx(high, abs=1e-4))


@given(st.integers(1, 5000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_wilson_is_within_0_and_1_around_the_share(pair: tuple[int, int]) -> None:
    low, high = wilson(*pair)
    assert 0 <= low <= pair[0] / pair[1] + 1e-12
    assert pair[0] / pair[1] - 1e-12 <= high <= 1


@given(st.integers(0, 12), st.integers(1, 12), st.floats(0, 1))
def test_equal_chances_are_binomial(hits: int, of: int, chance: float) -> None:
    tail = sum(comb(of, k) * chance**k * (1 - chance) ** (of - k) for k in range(hits, of + 1))
    assert at_least(hits, [chance] * of) == pytest.approx(tail, abs=1e-12)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_more_hits_are_never_likelier(chances: list[float]) -> None:
    tails = [at_least(hits, chances) for hits in range(len(chances) + 2)]
    assert all(more <= fewer + 1e-12 for fewer, more in pairwise(tails))
    assert tails[0] == pytest.approx(1.0)
    assert tails[-1] == 0.0


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1))
def test_brier_is_within_0_and_1(pairs: list[tuple[float, bool]]) -> None:
    assert 0 <= brier(pairs) <= 1


# What is graded rests on nothing that came later

DAYS = sessions.between("XNYS", date(2024, 1, 2), date(2024, 12, 31))


@given(
    closes=st.lists(st.sampled_from([90.0, 95.0, 100.0, 105.0, 110.0]), min_size=60, max_size=60),
    later=st.lists(st.floats(1, 1000), min_size=60, max_size=60),
    ahead=st.integers(1, 40),
    direction=st.sampled_from(["up", "down", "flat"]),
    level=st.sampled_from([None, 97.0, 103.0]),
    condition=st.sampled_from([None, *(condition for condition, _, _ in CAME_TRUE)]),
)
def test_no_bar_after_the_horizon_or_the_known_moment_counts(
    closes: list[float],
    later: list[float],
    ahead: int,
    direction: Direction,
    level: float | None,
    condition: Condition | None,
) -> None:
    start, end = DAYS[19], DAYS[19 + ahead]
    call = replace(CALL, direction=direction, level=level, condition=condition, horizon=end)
    call = replace(call, published=sessions.closes_at("XNYS", start))
    kept = [Price(symbol="^GSPC", day=day, close=close) for day, close in zip(DAYS, closes, strict=False)]
    changed = [bar if bar.day <= end else replace(bar, close=other) for bar, other in zip(kept, later, strict=True)]
    first = grade(call, {"^GSPC": kept}, "XNYS", known=LATE)
    assert grade(call, {"^GSPC": changed}, "XNYS", known=LATE) == first
    assert grade(call, {"^GSPC": [bar for bar in kept if bar.day <= end]}, "XNYS", known=LATE) == first
    assert grade(call, {"^GSPC": kept}, "XNYS", known=sessions.closes_at("XNYS", end)) == first
    early = sessions.closes_at("XNYS", end) - timedelta(seconds=1)
    assert grade(call, {"^GSPC": kept}, "XNYS", known=early).result == "pending"


@given(st.lists(st.sampled_from([90.0, 100.0, 110.0]), min_size=40, max_size=40), st.integers(1, 20))
def test_up_and_down_never_hit_together(closes: list[float], ahead: int) -> None:
    call = replace(CALL, published=sessions.closes_at("XNYS", DAYS[10]), horizon=DAYS[10 + ahead])
    prices = {"^GSPC": [Price(symbol="^GSPC", day=day, close=close) for day, close in zip(DAYS, closes, strict=False)]}
    results = [
        grade(replace(call, direction=way), prices, "XNYS", known=LATE).result
        for way in ("up", "down")  # type: ignore[arg-type]
    ]
    assert results.count("hit") == (closes[10] != closes[10 + ahead])


# Copies


def at(day: int, text: str = "Small caps will rise by the end of the year", **fields: Any) -> Call:
    fields = {"published": datetime(2024, 7, day, 12, tzinfo=UTC), "quote_id": day, "article_id": str(day)} | fields
    return replace(CALL, text=text, **fields)


COPIES: list[tuple[list[Call], list[tuple[int, int]]]] = [
    ([at(1), at(2, "“SMALL caps will rise by the end of the year,”")], [(1, 1)]),
    ([at(1), at(4), at(7)], [(1, 2)]),
    ([at(1), at(5)], [(1, 0), (5, 0)]),
    ([at(1), at(5), at(6), at(10)], [(1, 0), (5, 1), (10, 0)]),
    ([at(1), at(2, "By then small caps will rise by the end of the year, or so")], [(1, 1)]),
    ([at(2), at(1)], [(1, 1)]),
    ([at(1), at(2, "Small caps will go up")], [(1, 0), (2, 0)]),
    ([at(1, "They rise"), at(2, "They rise, I say, and they rise")], [(1, 0), (2, 0)]),
    ([at(1), at(2, direction="down")], [(1, 0), (2, 0)]),
    ([at(1), at(2, symbol="^RUT")], [(1, 0), (2, 0)]),
    ([at(1), at(2, source_id=2)], [(1, 0), (2, 0)]),
    ([at(1, published=None), at(2, published=None)], [(1, 0), (2, 0)]),
    ([at(1, published=None, article_id="a"), at(2, published=None, article_id="a")], [(1, 1)]),
    ([at(1, published=date(2024, 7, 1)), at(4, published=date(2024, 7, 4))], [(1, 1)]),
]


NEEDED: list[tuple[dict[str, Any], int | None, tuple[str, ...]]] = [
    ({}, None, ("^GSPC",)),
    ({"kind": "hope"}, None, ()),
    ({"direction": None}, None, ()),
    ({"published": None}, None, ()),
    ({"condition": Condition(text="the sun shines")}, None, ()),
    ({"horizon": None}, None, ()),
    ({"horizon": None}, 5, ("^GSPC",)),
    ({"horizon": None, "horizon_words": "soon"}, 5, ()),
]


@pytest.mark.parametrize(("fields", "assume", "symbols"), NEEDED)
def test_bars_are_needed_only_where_they_can_tell(
    fields: dict[str, Any], assume: int | None, symbols: tuple[str, ...]
) -> None:
    call = replace(CALL, **fields)
    assert needed(call, assume=assume) == symbols
    assert (grade(call, {}, "XNYS", known=LATE, assume=assume).reason == "no_prices") == bool(symbols)


@pytest.mark.parametrize(("made", "kept"), COPIES)
def test_copies_count_once(made: list[Call], kept: list[tuple[int, int]]) -> None:
    assert [(call.quote_id, call.copies) for call in merged(made)] == kept


EDITED = "Small caps will gain by the end of this year"
OF_ONE_STORY: list[tuple[list[Call], list[tuple[int, int]]]] = [
    ([at(1), at(2, EDITED)], [(1, 1)]),
    ([at(1), at(6, EDITED)], [(1, 1)]),
    ([at(1), at(9, EDITED)], [(1, 0), (9, 0)]),  # copies appear within seven days
    ([at(1), at(2, "They look cheap and should do well")], [(1, 0), (2, 0)]),  # only the copy has it
    ([at(1), at(2, EDITED, direction="down")], [(1, 0), (2, 0)]),
    ([at(1), at(2, EDITED, article_id="1")], [(1, 0), (2, 0)]),  # said twice in one article
    ([at(1), at(2, EDITED, article_id="other")], [(1, 0), (2, 0)]),
]


@pytest.mark.parametrize(("made", "kept"), OF_ONE_STORY)
def test_in_copies_of_a_story_a_call_counts_once_in_like_words(made: list[Call], kept: list[tuple[int, int]]) -> None:
    stories = {"1": ["1"], "2": ["1"], "6": ["1", "5"], "9": ["1"], "other": ["other"]}
    assert [(call.quote_id, call.copies) for call in merged(made, stories)] == kept


@given(
    st.lists(
        st.builds(
            at,
            st.integers(1, 20),
            st.sampled_from(["Gold rises", "Gold will rise by December, they say", "Gold will rise by December"]),
            direction=st.sampled_from(["up", "down"]),
            source_id=st.integers(1, 2),
        ),
        max_size=12,
    )
)
def test_merging_is_idempotent_and_loses_nothing(made: list[Call]) -> None:
    once = merged(made)
    assert merged(once) == once
    assert sum(1 + call.copies for call in once) == len(made)
    assert {(call.source_id, call.direction) for call in once} == {(call.source_id, call.direction) for call in made}
