"""Tone towards targets: which targets a sentence holds, whose view it is, and what the packaged model makes of it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from newsig import extract
from newsig.errors import ModelError
from newsig.extract.sentiments import Passage, judge, packaged
from newsig.extract.sentiments.tokens import LONGEST, pieces
from newsig.records import LABELS, Article, Findings, Sentiment
from tests.conftest import Read

LABELLED = [
    ("Small caps are enjoying a strong rally.", {"small_caps": "positive"}),
    ("Small caps tumbled as worries grew.", {"small_caps": "negative"}),
    ("Money drains out of megacap stocks.", {"mega_caps": "negative"}),
    ("Money flows into small caps.", {"small_caps": "positive"}),
    ("A strong currency is a headwind for small caps.", {"small_caps": "negative"}),
    ("A weak currency is a tailwind for small caps.", {"small_caps": "positive"}),
    ("The fund holds small caps.", {"small_caps": "neutral"}),
    ("Small caps gained, while megacaps slumped.", {"small_caps": "positive", "mega_caps": "negative"}),
    ("Small caps beat megacaps for a third month.", {"small_caps": "positive", "mega_caps": "negative"}),
    ("Megacaps were beaten by small caps in June.", {"mega_caps": "negative", "small_caps": "positive"}),
    ("Investors rotated from megacaps into small caps.", {"mega_caps": "negative", "small_caps": "positive"}),
    ("Value stocks lagged while growth stocks rallied.", {"value": "negative", "growth": "positive"}),
    ("The S&P 500 rose 1.2 percent on Tuesday.", {"^GSPC": "positive"}),
    ("The S&P 500 fell 1.2 percent on Tuesday.", {"^GSPC": "negative"}),
    ("The dollar rose against the euro.", {"EUR=X": "positive", "EURUSD=X": "negative"}),
    ("Treasury yields fell to a four-month low.", {"bonds": "positive"}),
    ("Safe-haven demand lifted Treasuries.", {"bonds": "positive"}),
    ("Apple's loss was smaller than feared, and its shares jumped.", {"AAPL": "positive"}),
    ("Stocks fell, led by banks and chipmakers.", {"equities": "negative", "financials": "negative"}),
    ("Apple reports its figures next Thursday.", {"AAPL": "neutral"}),
    ("Treasury yields rose to a four-month high.", {"bonds": "negative"}),
]

KNOWN_GAPS = [
    ("Stocks rose early, only to fall back and close lower.", {"equities": "negative"}),
]

TARGETS = [
    ("Stocks rose and bonds fell.", ["Stocks", "bonds"]),
    ("European shares outran U.S. stocks.", ["European shares", "U.S. stocks"]),
    ("Banks and insurers led the broader market lower.", ["Banks", "insurers", "broader market"]),
    ("Energy and materials were the weakest.", ["Energy", "materials"]),
    ("Industrial and technology shares led the losses.", ["Industrial", "technology shares"]),
    ("The Harbour World equity index fell 3 percent.", ["Harbour World equity index"]),
    ("Small caps, as measured by the Russell 2000, rose.", ["Small caps", "Russell 2000"]),
    ("Shares in Apple rose while the Nasdaq fell.", ["Apple", "Nasdaq"]),
    ("Apple shares rose; Apple had said so.", ["Apple"]),
    ("Wall Street fell.", ["Wall Street"]),
    ("BANK\u0130NG and technology shares fell.", ["technology shares"]),
    ("Small compan\u0131es and banks fell.", ["banks"]),
    ("The largest U.S. companies pay less tax.", ["largest U.S. companies"]),
]
NO_TARGETS = [
    "Wall Street analysts expect more.",
    "The central bank kept rates where they were.",
    "The company sold 4 million shares.",
    "It earned 40 cents per share.",
    "The labour market is cooling.",
    "The market value came to 3 billion dollars.",
    "Its market share grew.",
    "Traders said technology helps them.",
    "The consumer confidence index fell.",
    "Bond traders were busy.",
]
STANDING = [
    ("Small caps fell for a week. The group now looks cheap.", ["Small caps", "The group"]),
    ("Apple rose 3 percent. The stock has doubled this year.", ["Apple", "The stock"]),
    ("The Russell 2000 rose. The index has gained for a week.", ["Russell 2000", "The index"]),
    ("Small caps rose. They had languished for months.", ["Small caps", "They"]),
    ("Apple rose and Microsoft fell. The stock has doubled.", ["Apple", "Microsoft"]),
    ("Gold rose. It is likely that demand will hold.", ["Gold"]),
]
PARAGRAPH = "NEW YORK (Harbour Wire) - Stocks fell on Monday. Bonds rose.\n\nBanks led the losses."


def targets(found: Findings) -> list[str]:
    return [tone.target.text for tone in found.sentiments]


@pytest.mark.parametrize(
    ("text", "labels"),
    [*LABELLED, *(pytest.param(*case, marks=pytest.mark.xfail(reason="the model errs")) for case in KNOWN_GAPS)],
)
def test_the_model_takes_sides_by_target(read: Read, text: str, labels: dict[str, str]) -> None:
    found = {tone.symbol or tone.segment: tone.label for tone in read(text).sentiments}
    assert {name: found.get(name) for name in labels} == labels


@pytest.mark.parametrize(("text", "words"), TARGETS + STANDING)
def test_the_targets_of_a_sentence(read: Read, text: str, words: list[str]) -> None:
    assert targets(read(text)) == words


@pytest.mark.parametrize("text", NO_TARGETS)
def test_what_is_no_target(read: Read, text: str) -> None:
    assert targets(read(text)) == []


def test_what_stands_for_a_target_is_that_target(read: Read) -> None:
    first, second = read("Small caps fell for a week. The group now looks cheap.").sentiments
    assert (second.symbol, second.segment) == (first.symbol, first.segment) == (None, "small_caps")


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        ("“Small caps will rally,” said Orla Quillfeather, a strategist at Larkmoor Partners.", "Orla Quillfeather"),
        ("Small caps will rally, Larkmoor Partners said.", "Larkmoor Partners"),
        ("Small caps will rally, a trader said.", None),
        ("Small caps rallied on Monday.", None),
    ],
)
def test_whose_view_it_is(read: Read, text: str, holder: str | None) -> None:
    assert {tone.holder for tone in read(text).sentiments} == {holder}


def test_where_a_sentence_stands(read: Read) -> None:
    assert [(tone.text, tone.place) for tone in read(PARAGRAPH).sentiments] == [
        ("Stocks fell on Monday.", "lead"),
        ("Bonds rose.", "lead"),
        ("Banks led the losses.", "body"),
    ]


def test_a_headline_in_the_text_is_judged(read: Read) -> None:
    tones = read("Small caps soar\n\nBy Orla Quillfeather\n\nSmall caps rose on Monday. Gold fell.").sentiments
    assert [(tone.place, tone.target.text, tone.in_title) for tone in tones] == [
        ("headline", "Small caps", True),
        ("lead", "Small caps", True),
        ("lead", "Gold", False),
    ]


def test_a_title_that_the_text_begins_with_is_its_headline(nlp: Language) -> None:
    title = "Small caps rally"
    article = Article(id="t", title=title, text=f"{title.upper()}\n\nShares of small caps rose. Bonds fell.")
    (found,) = extract.extract([article], nlp, "test")
    assert isinstance(found, Findings)
    assert [(tone.place, tone.in_title) for tone in found.sentiments] == [
        ("headline", True),
        ("lead", True),
        ("lead", False),
    ]


def test_the_title_tells_what_matters_most(nlp: Language) -> None:
    story = Article(id="a", title="Gold slides", text="Gold fell on Monday. Oil rose.")
    (found,) = extract.extract([story], nlp, "test")
    assert isinstance(found, Findings)
    assert [(tone.symbol, tone.in_title) for tone in found.sentiments] == [("GC=F", True), ("CL=F", False)]


WORDS = st.sampled_from(
    [
        *("Small", "caps", "fell,", "while", "the", "S&P", "500", "rose", ".", "\n", "“", "”", "said", "banks", "and"),
        *("Apple", "(AAPL.O)", "3", "percent", "They", "it", "the", "stock"),
    ]
)


@given(text=st.lists(WORDS, max_size=40).map(" ".join))
@settings(max_examples=40, deadline=None)
def test_every_tone_points_at_its_words(nlp: Language, text: str) -> None:
    (found,) = extract.extract([Article(id="a", text=text or "x")], nlp, "test")
    assert isinstance(found, Findings)
    seen = set()
    for tone in found.sentiments:
        assert (text[tone.start : tone.end], text[tone.target.start : tone.target.end]) == (tone.text, tone.target.text)
        assert tone.start <= tone.target.start < tone.target.end <= tone.end
        assert tone.positive + tone.neutral + tone.negative == pytest.approx(1, abs=2e-4)
        assert min(tone.positive, tone.neutral, tone.negative) >= 0
        assert tone.symbol or tone.segment
        assert (tone.start, tone.target.start) not in seen
        seen.add((tone.start, tone.target.start))


# The packaged model


SENTENCE = "Small caps rose while megacaps and bonds fell, which few had expected of banks."
SPANS = ((0, 10), (22, 30), (35, 40), (72, 77))


@given(st.lists(st.sampled_from(SPANS), min_size=1, max_size=6))
@settings(max_examples=25, deadline=None)
def test_a_tone_does_not_depend_on_what_else_is_asked(spans: list[tuple[int, int]]) -> None:
    (together,) = judge().judge([Passage(SENTENCE, tuple(spans))])
    alone = [next(iter(judge().judge([Passage(SENTENCE, (span,))])))[0] for span in spans]
    for one, other in zip(together, alone, strict=True):
        assert (one.positive, one.negative) == pytest.approx((other.positive, other.negative), abs=2e-4)


BESIDE = [
    Passage("Small caps fell.", ((0, 10),)),
    Passage("Banks rose.", ((0, 5),)),
    Passage("Gold fell.", ((0, 4),)),
    Passage("The fund sold bonds and bought gold in the last week of June.", ((14, 19), (31, 35))),
    Passage(f"Oil slid. {'Nobody had asked for that. ' * 60}Gold rose.", ((0, 3), (1630, 1634))),
]


@given(st.lists(st.sampled_from([Passage(SENTENCE, SPANS), *BESIDE]), min_size=1, max_size=40))
@settings(max_examples=25, deadline=None)
def test_a_tone_does_not_depend_on_what_it_is_judged_beside(passages: list[Passage]) -> None:
    alone = {passage: next(judge().judge([passage])) for passage in set(passages)}
    assert list(judge().judge(passages)) == [alone[passage] for passage in passages]


@pytest.mark.parametrize("size", [1, 2, 4])
def test_a_story_has_the_same_tones_in_every_batch(nlp: Language, size: int) -> None:
    texts = [text for text, *_ in (*LABELLED, *STANDING)] + [PARAGRAPH, "Nothing is said of any market."]
    stories = [Article(id=str(number), text="\n\n".join(texts[number::5]), title="Gold") for number in range(5)]
    alone = [found for story in stories for found in extract.extract([story], nlp, "test")]
    assert list(extract.extract(stories, nlp, "test", batch_size=size)) == alone
    assert all(isinstance(found, Findings) and found.sentiments for found in alone)


def test_a_long_passage_is_read_around_each_target() -> None:
    filler = "The report named many things that nobody needs to know. " * 80
    text = f"Small caps soared to a record. {filler}Megacaps plunged to a three-year low. {filler}"
    at = text.index("Megacaps")
    passage = Passage(text, ((0, 10), (at, at + 8)))
    assert all(len(piece.ids) <= LONGEST for piece in pieces(passage, packaged.load().tokenizer))
    ((first, second),) = judge().judge([passage])
    assert (first.label, second.label) == ("positive", "negative")


def test_the_weights_that_ship_are_small() -> None:
    place = packaged.folder()
    assert sum((place / name).stat().st_size for name in (packaged.MODEL, packaged.TOKENIZER)) <= 25_000_000


@pytest.mark.parametrize("name", [packaged.MODEL, packaged.TOKENIZER])
def test_other_weights_are_not_loaded(tmp_path: Path, name: str) -> None:
    shutil.copytree(packaged.folder(), tmp_path, dirs_exist_ok=True)
    with (tmp_path / name).open("ab") as file:
        file.write(b" ")
    with pytest.raises(ModelError, match=f"{name} is not the file that weights.sha256 was made for"):
        packaged.Packaged(tmp_path)


def test_missing_weights_are_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="the tone model is missing"):
        packaged.folder(tmp_path / "package")
    shutil.copytree(packaged.folder(), tmp_path, dirs_exist_ok=True)
    (tmp_path / packaged.MODEL).unlink()
    with pytest.raises(ModelError, match=r"model\.onnx cannot be read"):
        packaged.Packaged(tmp_path)


def test_labels_and_record_agree() -> None:
    assert set(LABELS) == {"negative", "neutral", "positive"}
    assert Sentiment.__dataclass_fields__["basis"].default == packaged.NAME
