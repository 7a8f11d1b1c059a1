"""How a statement is meant, what it speaks of, and by when it should come true.

Every person and every firm that speaks here is invented; the things spoken of are listed. The stories are of Wednesday
17 July 2024. KNOWN_GAPS say where the rules stop; a row that starts to pass must move up.
"""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from newsig.extract.calls.dates import READERS, last_day
from newsig.extract.calls.expressions import AHEAD, find_ahead
from newsig.extract.pipeline import prepared
from newsig.records import Article, Quote, Topic
from tests.conftest import Read

WHO = "Marisol Petrakind"
WEDNESDAY = date(2024, 7, 17)


def said(words: str) -> str:
    """A quotation with its speaker."""
    return f"“{words},” said {WHO}, a manager at Saltmarsh Kite Investors."


def only(read: Read, text: str) -> Quote:
    """The first statement of a text."""
    found = read(text).quotes
    assert found, f"no statement in {text!r}"
    return found[0]


STANCES: list[tuple[str, str]] = [
    # what is, what was, what one thinks of it
    (said("The weather has turned"), "actual"),
    (said("Margins are thin, and the order book is thinner"), "actual"),
    (said("I think the fall was overdone"), "actual"),
    (said("The index fell in May and again in June"), "actual"),
    (said("It was the will of the board that the plant be sold"), "actual"),
    (said("That would have been a mistake last year"), "actual"),
    (said("They could not find a buyer for the mill"), "actual"),
    (said("The Federal Reserve should cut its rate"), "actual"),
    (said("Investors should be patient"), "actual"),
    (said("We need to see better margins first"), "actual"),
    (said("The company must pay its bills like everybody else"), "actual"),
    (said("It is not the first rally that people have missed"), "actual"),
    (said("I would not call it a bubble"), "actual"),
    (said("The product that will replace it does not exist"), "actual"),
    (said("People want to believe in it"), "actual"),
    (said("There may be some selling left, but the worst is over"), "actual"),
    (said("Nobody knows whether rates have peaked"), "actual"),
    (said("Rates are falling, inflation has come down, and nobody complains"), "actual"),
    (said("The strike may be hurting sales already"), "actual"),
    (said("The aim is to keep the plants open"), "actual"),
    (f"{WHO}, a manager at Saltmarsh Kite Investors, said the sell-off had run its course.", "actual"),
    (f"{WHO} said on Monday that sales had stalled.", "actual"),
    ("Inflows reached a record, according to Wicketfold Data.", "actual"),
    ("Wicketfold Data said claims rose in the week that ended on May 4.", "actual"),
    (said("The rate may not be high enough"), "actual"),
    (said("The sale was expected on Friday but was called off"), "actual"),
    (said("Our goal is to help the markets"), "actual"),
    # what is to come
    (said("Small caps will gain from here"), "forecast"),
    (said("They’ll come round"), "forecast"),
    (said("Earnings won’t grow much"), "forecast"),
    (said("The market is going to test the lows"), "forecast"),
    (said("Prices could fall further"), "forecast"),
    (said("The bank may cut its rate in the spring"), "forecast"),
    (said("Growth should pick up from here, and sales should rise with it"), "forecast"),
    (said("We should see a rally"), "forecast"),
    (said("Rates are likely to stay where they are"), "forecast"),
    (said("A recession is unlikely"), "forecast"),
    (said("Profit is set to rise"), "forecast"),
    (said("The shares are expected to double"), "forecast"),
    (said("We expect a dull summer"), "forecast"),
    (said("I think we will see new highs"), "forecast"),
    (said("We are confident that demand will recover"), "forecast"),
    (said("There is a risk that the rally runs out of steam"), "forecast"),
    (said("My worry is that the buyers stay away"), "forecast"),
    (said("Valuations look fair, but that will not be enough"), "forecast"),
    (said("It has been a good year, and next year will be better"), "forecast"),
    (said("The ministry is to publish its plan soon"), "forecast"),
    (f"{WHO} said profit would rise.", "forecast"),
    (f"{WHO} said that it planned to open ten shops.", "forecast"),
    ("Copperbeech Ferry Partners expects profit to rise.", "forecast"),
    ("Copperbeech Ferry Partners forecast lower revenue for the year.", "forecast"),
    ("Copperbeech Ferry Partners predicted that prices would fall.", "forecast"),
    ("Copperbeech Ferry Partners warned that costs could climb.", "forecast"),
    ("Copperbeech Ferry Partners expects a rate increase in March.", "forecast"),
    ("Copperbeech Ferry Partners said it expected sales to grow.", "forecast"),
    ("Earnings are expected to have risen 3 percent, according to Wicketfold Data.", "forecast"),
    (said("The new rules are to be announced by the end of March"), "forecast"),
    (said("The results should reflect an improvement"), "forecast"),
    # what hangs on something
    (said("If rates fall, small caps gain"), "conditional"),
    (said("If the yen weakens, that’s going to help exporters"), "conditional"),
    (said("Small caps will not rise unless rates fall"), "conditional"),
    (said("The shares would climb if the merger went ahead"), "conditional"),
    (said("It could rise to 60 if the courts let the deal through"), "conditional"),
    (said("It depends on the Federal Reserve"), "conditional"),
    (said("The rally will last as long as rates keep falling"), "conditional"),
    (said("But if sales slip, the dividend is gone"), "conditional"),
    (said("I will buy when the price comes down"), "conditional"),
    (f"{WHO} said the bank would be ready to act if the recovery faltered.", "conditional"),
    (
        said("The bank is ready to do more to help the builders get through the winter if the market falls again"),
        "conditional",
    ),
    (said("They asked whether they would get more if they waited"), "actual"),
    (f"If rates fall, {WHO} said, “the builders will gain from it.”", "conditional"),
    (said("Even if rates fall, the builders will struggle"), "forecast"),
    (said("The bank asked if the loan was safe"), "actual"),
    # what is wished for
    (said("I hope the autumn brings more of it"), "hope"),
    (said("Hopefully the autumn will bring more of it"), "hope"),
    (said("We are hopeful that the talks succeed"), "hope"),
    (said("Our hope is that the talks succeed"), "hope"),
    (said("I wish it were over"), "hope"),
    # what most of its sentences are
    (said("It is a step. It has been long awaited. It will help. But there are many issues left"), "actual"),
    (said("The downgrade is not a big move. It will not cost them much business"), "forecast"),
]

DATED: list[tuple[str, str, str | None]] = [
    # words that say by when, and the last day of that time; the story is of Wednesday 17 July 2024
    ("by year-end", "by year-end", "2024-12-31"),
    ("by the end of the year", "by the end of the year", "2024-12-31"),
    ("before the end of the year", "before the end of the year", "2024-12-31"),
    ("before the year is out", "before the year is out", "2024-12-31"),
    ("later this year", "later this year", "2024-12-31"),
    ("this year", "this year", "2024-12-31"),
    ("for the rest of the year", "for the rest of the year", "2024-12-31"),
    ("this week", "this week", "2024-07-21"),
    ("this month", "this month", "2024-07-31"),
    ("this quarter", "this quarter", "2024-09-30"),
    ("by the end of the month", "by the end of the month", "2024-07-31"),
    ("by the end of the quarter", "by the end of the quarter", "2024-09-30"),
    ("next week", "next week", "2024-07-28"),
    ("next month", "next month", "2024-08-31"),
    ("next quarter", "next quarter", "2024-12-31"),
    ("next year", "next year", "2025-12-31"),
    ("by the end of next year", "by the end of next year", "2025-12-31"),
    ("late next year", "late next year", "2025-12-31"),
    ("over the next 12 months", "over the next 12 months", "2025-07-17"),
    ("over the next year", "over the next year", "2025-07-17"),
    ("over the next six months", "over the next six months", "2025-01-17"),
    ("within three weeks", "within three weeks", "2024-08-07"),
    ("in two years", "in two years", "2026-07-17"),
    ("over the next three to five years", "over the next three to five years", "2029-07-17"),
    ("in the second half", "in the second half", "2024-12-31"),
    ("in the second half of the year", "in the second half of the year", "2024-12-31"),
    ("in the third quarter", "in the third quarter", "2024-09-30"),
    ("in the first half of 2025", "in the first half of 2025", "2025-06-30"),
    ("in the first quarter of next year", "in the first quarter of next year", "2025-03-31"),
    ("in 2025", "in 2025", "2025-12-31"),
    ("by 2030", "by 2030", "2030-12-31"),
    ("by the end of 2026", "by the end of 2026", "2026-12-31"),
    ("later in 2024", "later in 2024", "2024-12-31"),
    ("in September", "in September", "2024-09-30"),
    ("by the end of September", "by the end of September", "2024-09-30"),
    ("before September", "before September", "2024-08-31"),
    ("in January", "in January", "2025-01-31"),
    ("in March 2025", "in March 2025", "2025-03-31"),
    ("on July 31", "on July 31", "2024-07-31"),
    ("by August 15, 2025", "by August 15, 2025", "2025-08-15"),
    ("on Friday", "on Friday", "2024-07-19"),
    ("tomorrow", "tomorrow", "2024-07-18"),
    ("by Christmas", "by Christmas", "2024-12-25"),
    # vague, or ruled by a company's own calendar
    ("in the coming months", "in the coming months", None),
    ("over the next few weeks", "over the next few weeks", None),
    ("in the near term", "in the near term", None),
    ("in the near future", "in the near future", None),
    ("in the weeks ahead", "in the weeks ahead", None),
    ("before autumn is out", "before autumn is out", None),
    ("early next year", "early next year", None),
    ("over the next week or two", "over the next week or two", None),
    ("in about 18 months", "in about 18 months", None),
    ("for the current fiscal year", "for the current fiscal year", None),
    ("in fiscal 2025", "in fiscal 2025", None),
    ("until 2026", "until 2026", None),
    ("for the rest of 2025", "for the rest of 2025", "2025-12-31"),
    ("at the September 18 meeting", "at the September 18 meeting", "2024-09-18"),
    ("between late October and Thanksgiving", "between late October and Thanksgiving", None),
    ("in H2 2025", "in H2 2025", "2025-12-31"),
    ("by the 3rd quarter", "by the 3rd quarter", "2024-09-30"),
    ("in the December quarter", "in the December quarter", "2024-12-31"),
    ("for another year", "for another year", "2025-07-17"),
    ("in just 18 months", "in just 18 months", "2026-01-17"),
    ("by month-end", "by month-end", "2024-07-31"),
    ("July 26", "July 26", "2024-07-26"),
    ("for some time", "for some time", None),
    ("as early as next month", "as early as next month", None),
    ("over the holiday season", "over the holiday season", None),
]

HORIZONS: list[tuple[str, str | None, str | None]] = [
    # the words of the cue's own clause
    ("For 2025, Copperbeech Ferry Partners forecast profit growth of 5 percent.", "For 2025", "2025-12-31"),
    # what is compared with, or over, is none
    (said("Sales will be higher than in 2023"), None, None),
    (said("Prices will rise from last year’s level"), None, None),
    (said("The shop that opened last year will close"), None, None),
    (said("By selling its plant next week, the firm will double its cash in 2025"), "in 2025", "2025-12-31"),
    # a day that is over is none
    (said("The fall is due to July 4, but sales will recover"), None, None),
    # facts have none
    (said("The index fell this year"), None, None),
    (said("The shares have risen this week"), None, None),
    # the time of the condition is not that of what follows
    (said("If they do not sell within two months, they will wait until next spring"), "until next spring", None),
    # of two the one that the forecast has
    (said("Sales were slow this week, but they will recover next year"), "next year", "2025-12-31"),
    ("Copperbeech Ferry Partners expects growth of 2 percent in 2025.", "in 2025", "2025-12-31"),
    (said("I hope that it will be over by year-end"), "by year-end", "2024-12-31"),
]

RUSSELL = Topic(symbol="^RUT", segment="small_caps")
SMALL = Topic(segment="small_caps")
TOPICS: list[tuple[str, list[str]]] = [
    # what is named
    (said("Apple will gain from it"), ["AAPL"]),
    (said("The Russell 2000 has room to run"), ["^RUT"]),
    (said("Small caps will gain from it"), ["small_caps"]),
    (said("Small caps will beat the Nasdaq Composite"), ["small_caps", "^IXIC"]),
    (said("Apple and Microsoft are dear, and Apple is dearer"), ["AAPL", "MSFT"]),
    (said("Microsoft and Apple are dear"), ["MSFT", "AAPL"]),
    (said("Gold is a refuge"), ["GC=F"]),
    (said("Nvidia leads and the Dow Jones Industrial Average follows"), ["NVDA", "^DJI"]),
    (f"{WHO} said Apple shares were cheap.", ["AAPL"]),
    (f"{WHO} said the Russell 2000 would climb 5 percent.", ["^RUT"]),
    ("Sales of Nvidia doubled, according to Wicketfold Data.", ["NVDA"]),
    # nothing is named, and nothing pointed at
    (said("The weather has turned"), []),
    (said("Rates will fall"), []),
    (said("Nobody rings a bell"), []),
    # a noun or pronoun for what was named before
    (f"Apple fell. {said('The stock is cheap')}", ["AAPL"]),
    (f"Apple fell. {said('They will come back')}", ["AAPL"]),
    (f"Apple fell. {said('It has lost its shine')}", ["AAPL"]),
    (f"Apple fell. {said('The company is in good health')}", ["AAPL"]),
    (f"The Russell 2000 fell. {said('The index has room to run')}", ["^RUT"]),
    (f"Apple fell as the Russell 2000 rose. {said('The index has room to run')}", ["^RUT"]),
    (f"Apple fell as the Russell 2000 rose. {said('The stock is cheap')}", ["AAPL"]),
    (f"Gold fell. {said('The metal is out of fashion')}", ["GC=F"]),
    (f"Apple fell, and {WHO}, a manager at Saltmarsh Kite Investors, said the stock was cheap.", ["AAPL"]),
    (f"{said('Apple is cheap')} “They will come back.”", ["AAPL"]),
    # of two that may be meant neither
    (f"Apple and Microsoft fell. {said('The stock is cheap')}", []),
    (f"Apple and Microsoft fell. {said('They will come back')}", []),
    (f"Gold fell. {said('The stock is cheap')}", []),
    # another paragraph
    (f"Apple fell.\n\n{said('The stock is cheap')}", []),
    # a company that speaks for itself
    ("Apple said it expects profit to rise 5 percent.", ["AAPL"]),
    ("Apple said sales rose 3 percent.", ["AAPL"]),
    ("Apple expects to open ten shops.", ["AAPL"]),
    ("Apple said it would buy shares of Nvidia.", ["AAPL", "NVDA"]),
    # who speaks is no topic
    (f"“It has turned,” said {WHO}, an analyst at Apple.", []),
    ("The weather has turned, according to an analyst at Microsoft.", []),
    (f"“Gold will rise,” said {WHO}, a strategist at Goldman Sachs.", ["GC=F"]),
    # an "it" that stands for nothing
    (f"Apple fell. {said('It is likely that rates stay high')}", []),
]

KNOWN_GAPS: list[tuple[str, str]] = [
    (said("You would like to think that the worst is over"), "actual"),
    (said("A failure to act would raise the risks for everybody"), "conditional"),
    (said("The country is on the threshold of a boom"), "forecast"),
    (said("A further rise in risk premiums can trigger a recession"), "forecast"),
    (said("I am going to trust the voters"), "actual"),
    (said("This is the main reason we believe that a default is the likely outcome"), "forecast"),
]


@pytest.mark.parametrize(("text", "stance"), STANCES)
def test_stances(read: Read, text: str, stance: str) -> None:
    assert only(read, text).stance == stance


@pytest.mark.xfail(reason="not read yet", strict=True)
@pytest.mark.parametrize(("text", "stance"), KNOWN_GAPS)
def test_known_gaps(read: Read, text: str, stance: str) -> None:
    assert only(read, text).stance == stance


@pytest.mark.parametrize(("words", "horizon", "day"), DATED)
def test_horizons_and_their_last_days(read: Read, words: str, horizon: str, day: str | None) -> None:
    quote = only(read, said(f"Small caps will recover {words}"))
    assert quote.horizon is not None
    assert quote.horizon.text == horizon
    assert quote.horizon_date == (date.fromisoformat(day) if day else None)


@pytest.mark.parametrize(("text", "horizon", "day"), HORIZONS)
def test_which_words_are_the_horizon(read: Read, text: str, horizon: str | None, day: str | None) -> None:
    quote = only(read, text)
    assert (quote.horizon.text if quote.horizon else None) == horizon
    assert quote.horizon_date == (date.fromisoformat(day) if day else None)


def test_without_a_day_of_publication_there_is_no_date(read: Read) -> None:
    (quote,) = read(said("Small caps will recover by the end of 2026"), published=None).quotes
    assert quote.horizon is not None
    assert quote.horizon_date is None


@pytest.mark.parametrize(
    ("published", "dateline", "day"),
    [
        ("2024-12-31T23:30:00+00:00", "LONDON (Harbour Wire) - ", "2024-12-31"),
        ("2024-12-31T23:30:00+00:00", "TOKYO (Harbour Wire) - ", "2025-12-31"),
        ("2025-01-01T02:00:00+00:00", "NEW YORK (Harbour Wire) - ", "2024-12-31"),
    ],
)
def test_the_year_is_that_of_the_newsroom(read: Read, published: str, dateline: str, day: str) -> None:
    text = f"{dateline}{said('Small caps will recover by year-end')}"
    quote = read(text, published=datetime.fromisoformat(published)).quotes[0]
    assert quote.horizon_date == date.fromisoformat(day)


@pytest.mark.parametrize(("text", "topics"), TOPICS)
def test_topics(read: Read, text: str, topics: list[str]) -> None:
    found = read(text).quotes
    assert found
    assert [topic.symbol or topic.segment for topic in found[-1].about] == topics


def test_a_topic_carries_its_segment(read: Read) -> None:
    assert only(read, said("The Russell 2000 will beat small caps")).about == (RUSSELL, SMALL)


def test_every_kind_of_expression_has_a_reader() -> None:
    assert {kind for kind, _ in AHEAD} == set(READERS)


WORDS = st.lists(
    st.sampled_from(
        [words for words, _, _ in DATED]
        + ["since May", "in", "the", "end of", "2025", "February 30", "next", "of 1999", "in 99999 years", "\n"]
    ),
    max_size=6,
).map(" ".join)


@settings(max_examples=200, deadline=None)
@given(WORDS, st.dates(date(1900, 1, 1), date(2200, 1, 1)))
def test_expressions_lie_in_the_text_in_order_and_no_date_is_past(text: str, today: date) -> None:
    taken = 0
    for expression in find_ahead(text):
        assert taken <= expression.start < expression.end <= len(text)
        assert text[expression.start : expression.end].strip() == text[expression.start : expression.end]
        taken = expression.end
        day = last_day(expression, today)
        assert day is None or day >= today


PIECES = st.lists(
    st.sampled_from([text for text, _ in (*STANCES, *TOPICS)] + [text for text, _, _ in HORIZONS] + ["“", "If ", ". "]),
    max_size=4,
).map(" ".join)


@settings(max_examples=40, deadline=None)
@given(text=PIECES)
def test_statements_stay_as_they_are_and_a_second_reading_changes_nothing(nlp: Language, text: str) -> None:
    article = Article(id="test", text=text or "-", published=WEDNESDAY)
    (doc,) = nlp.pipe([prepared(article, nlp)])
    found = doc._.quotes
    for quote in found:
        assert quote.stance is not None
        assert len(set(quote.about)) == len(quote.about)
        if quote.horizon is not None:
            assert quote.stance != "actual"
            assert article.text[quote.horizon.start : quote.horizon.end] == quote.horizon.text
        assert quote.horizon is not None or quote.horizon_date is None
    assert nlp.get_pipe("newsig_calls")(doc)._.quotes == found
