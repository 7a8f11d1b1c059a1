"""Where quotations stand: runs between marks of every kind, apostrophes, titles, and marks gone astray."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsig.extract.quotes.marks import LONGEST, Run, find_runs

CASES: list[tuple[str, list[str]]] = [
    # double marks, curly and straight
    ("She said “it is over” and left.", ["“it is over”"]),
    ('She said "it is over" and left.', ['"it is over"']),
    ("“It is over.” “It is not.”", ["“It is over.”", "“It is not.”"]),
    ('"It is over." "It is not."', ['"It is over."', '"It is not."']),
    ('"It is over,"she said.', ['"It is over,"']),
    ('She said:"It is over."', ['"It is over."']),
    ('"It is over."\n"It is not."', ['"It is over."', '"It is not."']),
    ("„It is over,“ she said.", ["„It is over,“"]),
    ("„It is over,” she said.", ["„It is over,”"]),
    ("‟It is over,” she said.", ["‟It is over,”"]),
    ("(“It is over.”)", ["“It is over.”"]),
    ('("It is over.")', ['"It is over."']),
    ('Rates—"the price of time"—rose.', ['"the price of time"']),
    ('The "buy-the-dip" crowd and the "sell-in-May" crowd met.', ['"buy-the-dip"', '"sell-in-May"']),
    # two kinds in one quotation
    ('“It is over," she said.', ['“It is over,"']),
    ('"It is over,” she said.', ['"It is over,”']),
    # marks typed as two signs
    ("``It is over,'' she said.", ["``It is over,''"]),
    ("''It is over,'' she said.", ["''It is over,''"]),
    ('""It is over,"" she said.', ['""It is over,""']),
    ("``It is over,'' she said. ``It is not,'' he said.", ["``It is over,''", "``It is not,''"]),
    # guillemets, both ways round
    ("«It is over,» she said.", ["«It is over,»"]),
    ("»It is over,« she said.", ["»It is over,«"]),
    ("« It is over, » she said.", ["« It is over, »"]),
    ("‹It is over,› she said.", ["‹It is over,›"]),
    # single marks against apostrophes and plurals
    ("‘It is over,’ she said.", ["‘It is over,’"]),
    ("'It is over,' she said.", ["'It is over,'"]),
    ("‘The banks’ profits fell,’ she said.", ["‘The banks’ profits fell,’"]),
    ("'The banks' profits fell,' she said.", ["'The banks' profits fell,'"]),
    ("'It isn't over, and it won't be,' she said.", ["'It isn't over, and it won't be,'"]),
    ("‘It isn’t over, and it won’t be,’ she said.", ["‘It isn’t over, and it won’t be,’"]),
    ("The firm's owners' vote wasn't close.", []),
    ("The firm’s owners’ vote wasn’t close.", []),
    ("It was the summer of ’68, and then the winter of ’74.", []),
    ("Rock 'n' roll and the traders' lunch.", []),
    ("'Tis the season for traders' lunches.", []),
    ("She called it ‘a mild scare’ and left.", ["‘a mild scare’"]),
    # a quotation within a quotation
    ("“She told me ‘sell it all’ and left,” he said.", ["“She told me ‘sell it all’ and left,”"]),
    ("\"She told me 'sell it all' and left,\" he said.", ["\"She told me 'sell it all' and left,\""]),
    ("“She told me “sell it all” and left,” he said.", ["“She told me “sell it all” and left,”"]),
    ("‘She told me “sell it all” and left,’ he said.", ["“sell it all”"]),
    ("«She told me “sell it all” and left,» he said.", ["«She told me “sell it all” and left,»"]),
    # never closed, or never opened
    ("“It is over, and nobody buys.", ["“It is over, and nobody buys."]),
    ("“It is over, said the trader who sold.", ["“It is over,"]),
    ("It is over,” she said.", []),
    ("Oil rose “a lot, she said. “It is over,” he said.", ["“a lot,", "“It is over,”"]),
    ('A 5" pipe is no quotation.', []),
    ("“It is over.\n\nStocks rose.", ["“It is over."]),
    ("“It is over,” she said. “It is not, he said.", ["“It is over,”", "“It is not,"]),
    # opened anew with each paragraph, closed once
    (
        "“The first day was long.\n\n“The second was longer.”",
        ["“The first day was long.", "“The second was longer.”"],
    ),
    (
        '"The first day was long.\n\n"The second was longer."',
        ['"The first day was long.', '"The second was longer."'],
    ),
    (
        "“The first day was long. “The second was longer.”",
        ["“The first day was long.", "“The second was longer.”"],
    ),
    (
        "“One is open.\n\n“Two is open.\n\n“Three is closed.”",
        ["“One is open.", "“Two is open.", "“Three is closed.”"],
    ),
    # nothing in it, or nothing at all
    ("The mark “” holds nothing.", []),
    ('""', []),
    ("", []),
    ("No mark stands here.", []),
    # how long a run may be
    (f"“{'word ' * 590}end,” she said.", [f"“{'word ' * 590}end,”"]),
    (f"“{'word ' * 2100}end,” she said.", [f"“{'word ' * 2100}end,”"]),
    (f'"{"word " * 700}end," she said.', []),
]

TITLES = [
    ("“The Longest Winter”", True),
    ("“A Fistful of Coupons”", True),
    ("“Kettle”", True),
    ("'The Tin Harbour'", True),
    ("“2001: a Harbour Odyssey”", False),  # a colon parts a sentence more often than a title
    ("“The Clerk and the Sea”", True),
    ("“Who Moved My Yield?”", False),
    ("“It is over,”", False),
    ("“buy-and-hold”", False),
    ("“Sell everything”", False),
    ("“Sell. Now”", False),
    ("“a the of”", False),
]

LENGTHS = [
    ("“over”", False, False),
    ("“old guard”", False, False),
    ("“it is over”", True, False),
    ("“It is over.”", True, True),
    ("“It is over”", True, False),
    ("“It is over and”", True, False),
    ("“It is over –”", True, True),
]

MARKS = ['"', "“", "”", "‘", "’", "'", "«", "»", "``", "''", "„", "‹", "›"]
PIECES = st.lists(st.sampled_from([*MARKS, "it is", " ", "Over.", ", ", "\n\n", "said ", "s", "5"]), max_size=40)


@pytest.mark.parametrize(("text", "runs"), CASES)
def test_runs(text: str, runs: list[str]) -> None:
    assert [run.text for run in find_runs(text)] == runs


@pytest.mark.parametrize(("words", "title"), TITLES)
def test_titles(words: str, title: bool) -> None:
    assert Run(0, len(words), words).title is title


@pytest.mark.parametrize(("words", "long", "whole"), LENGTHS)
def test_a_term_a_phrase_and_a_sentence(words: str, long: bool, whole: bool) -> None:
    run = Run(0, len(words), words)
    assert (run.long, run.whole) == (long, whole)


def test_a_paragraph_left_open_goes_on_in_the_next() -> None:
    first, second, third = find_runs("“One is open.\n\n“Two is open.\n\n“Three is closed.”")
    assert [(run.closed, run.reopened) for run in (first, second, third)] == [
        (False, True),
        (False, True),
        (True, False),
    ]


@pytest.mark.parametrize("mark", MARKS)
def test_thousands_of_one_mark(mark: str) -> None:
    assert all(len(run.text) <= LONGEST + 2 for run in find_runs(mark * 3000))
    assert all(len(run.text) <= LONGEST + 2 for run in find_runs(f"{mark}It is over " * 1000))


@settings(max_examples=300, deadline=None)
@given(PIECES.map("".join))
def test_runs_are_in_order_apart_and_their_own_words(text: str) -> None:
    runs = find_runs(text)
    assert all(text[run.start : run.end] == run.text and run.words for run in runs)
    assert all(run.end <= following.start for run, following in pairwise(runs))
    assert all(len(run.text) <= LONGEST for run in runs)
