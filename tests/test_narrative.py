"""The narrative index: cases computed by hand, and what must hold for any articles."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsig.compare import narrative
from newsig.compare.narrative import Earlier, Reading, attention_of_all, of_title, reading, sentences
from newsig.records import Label, Place, Sentiment, Span

START = datetime(2024, 7, 15, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
TONES: dict[str, tuple[Label, float, float, float]] = {
    "+": ("positive", 1.0, 0.0, 0.0),
    "0": ("neutral", 0.0, 1.0, 0.0),
    "-": ("negative", 0.0, 0.0, 1.0),
    "half": ("positive", 0.6, 0.3, 0.1),
}
PLACES: dict[str, Place] = {"h": "headline", "l": "lead", "b": "body"}


def said(
    text: str,
    tone: str = "+",
    place: str = "b",
    *,
    symbol: str | None = "^RUT",
    segment: str | None = None,
    holder: str | None = None,
    in_title: bool = False,
) -> Sentiment:
    """A sentence that stands alone in its article: its words are its place."""
    label, positive, neutral, negative = TONES[tone]
    start = sum(ord(sign) * 7**at for at, sign in enumerate(text)) % 10**9
    return Sentiment(
        start=start,
        end=start + len(text),
        text=text,
        target=Span(start=start, end=start + 1, text=text[:1]),
        label=label,
        positive=positive,
        neutral=neutral,
        negative=negative,
        symbol=symbol,
        segment=segment,
        holder=holder,
        place=PLACES[place],
        in_title=in_title,
    )


def read(ours: Sequence[Sentiment], others: Sequence[Sentiment] = ()) -> Reading:
    found = sentences(ours)
    return reading(found, attention_of_all(ours, others), of_title(found))


def told(earlier: Earlier, at: datetime, ours: Sequence[Sentiment], others: Sequence[Sentiment] = ()) -> Reading:
    found = earlier.marked(at, ours, others)
    return reading(found, attention_of_all(ours, others), of_title(found))


# One article

NVIDIA = said("Nvidia", "-", symbol="NVDA")
ARTICLES: list[tuple[list[Sentiment], list[Sentiment], float, float]] = [
    ([said("a")], [], 1.0, 1.0),
    ([said("a", "half")], [], 0.5, 1.0),
    ([said("a", "+", "h"), said("b", "-", "l"), said("c", "0")], [], (3 - 2) / 6, 1.0),
    ([said("a")], [NVIDIA], 1.0, 1 / 2),
    ([said("a"), said("b", "-")], [NVIDIA, said("n", symbol="NVDA"), said("g", symbol="GC=F")], 0.0, 2 / 5),
    # The title names the target, and no headline stands among the sentences: its weight comes in once.
    ([said("a", in_title=True), said("b", in_title=True)], [NVIDIA], 1.0, (2 + 3) / (2 + 3 + 1)),
    ([said("a", "+", "h", in_title=True), said("b", in_title=True)], [NVIDIA], 1.0, 4 / 5),
    ([said("a")], [replace(NVIDIA, in_title=True)], 1.0, 1 / 5),
    # A segment as a whole and a thing of neither symbol nor segment are targets, too.
    ([said("a")], [said("s", symbol=None, segment="mega_caps"), said("it", symbol=None)], 1.0, 1 / 3),
]


@pytest.mark.parametrize(("ours", "others", "tone", "prominence"), ARTICLES)
def test_the_tone_of_an_article(ours: list[Sentiment], others: list[Sentiment], tone: float, prominence: float) -> None:
    found = read(ours, others)
    assert (found.tone, found.prominence) == (pytest.approx(tone), pytest.approx(prominence))
    assert found.sentences == len(ours) == found.positive + found.neutral + found.negative
    assert found.positive == sum(one.label == "positive" for one in ours)
    assert not found.copy


def test_a_sentence_that_names_a_segment_twice_counts_once() -> None:
    one, two = said("a", "+"), said("a", "0", symbol=None, segment="small_caps", in_title=True)
    found = read([one, two], [NVIDIA])
    assert (found.sentences, found.tone, found.prominence) == (1, 0.5, 4 / 5)
    assert found.neutral == 1  # as probable as positive
    (sentence,) = sentences([one, two, replace(two, symbol="IWM")])
    assert (sentence.label, sentence.tone) == ("neutral", pytest.approx(1 / 3))
    held = [replace(one, holder="Ada Pell"), two]
    assert [sentence.holder for sentence in sentences(held)] == ["Ada Pell"]
    assert [sentence.holder for sentence in sentences(held, apart=True)] == ["Ada Pell", None]


def test_the_views_of_one_holder_are_a_share_of_the_whole_article() -> None:
    ours = [said("a", "+", "h", in_title=True), said("b", "-", "b", holder="Ada Pell", in_title=True)]
    held = [one for one in sentences(ours) if one.holder]
    found = reading(held, attention_of_all(ours, [NVIDIA]), 0.0)
    assert (found.tone, found.sentences) == (-1.0, 1)
    assert found.prominence == 1 / (4 + 1)


# Copies

LONG, OTHER, NEW = (
    "Small caps rose again on Monday.",
    "Investors bought the small ones eagerly.",
    "Small caps may fall soon.",
)
SHORT = "Small caps rose."
Printed = tuple[float, list[str]]
COPIES: list[tuple[str, list[Printed], list[list[bool]]]] = [
    ("another article", [(0, [LONG]), (1, [OTHER])], [[False], [False]]),
    ("the same words", [(0, [LONG]), (1, [LONG])], [[False], [True]]),
    ("at the same moment", [(0, [LONG]), (0, [LONG])], [[False], [True]]),
    ("three days later", [(0, [LONG]), (72, [LONG])], [[False], [True]]),
    ("more than three days later", [(0, [LONG]), (72.1, [LONG])], [[False], [False]]),
    ("passed on", [(0, [LONG]), (60, [LONG]), (120, [LONG])], [[False], [True], [True]]),
    ("other marks", [(0, [f"“{LONG}”"]), (1, ["SMALL\n caps – rose again, on Monday"])], [[False], [True]]),
    ("other letters", [(0, [LONG]), (1, [LONG.replace("Monday", "Friday")])], [[False], [False]]),
    ("in part", [(0, [LONG, OTHER]), (1, [NEW, LONG])], [[False, False], [False, True]]),
    ("a short one alone", [(0, [SHORT]), (1, [SHORT])], [[False], [False]]),
    ("a short one in a copy", [(0, [SHORT, LONG]), (1, [SHORT, LONG])], [[False, False], [True, True]]),
    ("a short one in another", [(0, [SHORT, LONG]), (1, [SHORT, NEW])], [[False, False], [False, False]]),
    ("a short one from elsewhere", [(0, [SHORT]), (1, [LONG]), (2, [SHORT, LONG])], [[False], [False], [False, True]]),
    ("twice in one article", [(0, [LONG, f"{LONG} "])], [[False, False]]),
]


@pytest.mark.parametrize(("printed", "stale"), [case[1:] for case in COPIES], ids=[case[0] for case in COPIES])
def test_what_stood_in_an_earlier_article_is_stale(printed: list[Printed], stale: list[list[bool]]) -> None:
    earlier = Earlier()
    found = [earlier.marked(START + hours * HOUR, map(said, texts), ()) for hours, texts in printed]
    assert [[sentence.stale for sentence in marked] for marked in found] == stale


def test_a_short_sentence_goes_with_a_copied_one_of_another_target() -> None:
    earlier = Earlier()
    about_others = [said(LONG, symbol="NVDA")]
    for stale in (False, True):
        assert [one.stale for one in earlier.marked(START, [said(SHORT)], about_others)] == [stale]


def test_what_was_said_of_another_target_is_new() -> None:
    earlier = Earlier()
    earlier.marked(START, [said(OTHER)], [said(LONG, symbol="NVDA")])
    assert [one.stale for one in earlier.marked(START, [said(LONG)], ())] == [False]


def test_only_what_is_new_counts() -> None:
    ours = [said(LONG, "+", "h", in_title=True), said(NEW, "-", in_title=True)]
    earlier = Earlier()
    earlier.marked(START, ours[:1], ())
    found = told(earlier, START + HOUR, ours, [NVIDIA])
    assert (found.tone, found.prominence, found.sentences) == (-1.0, 1 / 5, 1)
    whole = told(earlier, START + HOUR, ours, [NVIDIA])
    assert whole == Reading()
    assert whole.copy


# Many articles


def known(tone: float, prominence: float = 1.0) -> Reading:
    return Reading(tone=tone, prominence=prominence, sentences=1, positive=1)


INDICES: list[tuple[str, list[tuple[float, float]], tuple[float | None, float | None, float | None]]] = [
    ("none", [], (None, None, None)),
    ("one", [(0.5, 0.2)], (0.5, None, None)),
    # n_eff 2, df 1, s² = 0.04 · 2, 12.706 · √(0.08 / 2) = 2.5412: clipped on both sides
    ("two", [(0.2, 1), (0.6, 1)], (0.4, -1.0, 1.0)),
    # s² = 0.0001 · 2, 12.706 · √(0.0002 / 2) = 0.12706
    ("two that agree", [(0.39, 1), (0.41, 1)], (0.4, 0.27294, 0.52706)),
    # df 4, Σ(x − m)² = 0.1, s² = 0.1 / 4, 2.776 · √(0.025 / 5) = 0.19629
    ("five", [(0.1, 1), (0.2, 1), (0.3, 1), (0.4, 1), (0.5, 1)], (0.3, 0.10371, 0.49629)),
    # m = (0.5 + 0.5 · 0.1 + 0.5 · 0.3) / 2 = 0.35, n_eff = 4 / 1.5 = 2.6667, df 1,
    # Σw(x − m)² / Σw = (0.0225 + 0.03125 + 0.00125) / 2 = 0.0275, s² = 0.0275 · 1.6 = 0.044,
    # 12.706 · √(0.044 / 2.6667) = 1.63212
    ("weighted", [(0.5, 1), (0.1, 0.5), (0.3, 0.5)], (0.35, -1.0, 1.0)),
    # the same, with a tenth of the spread: 0.163212
    ("weighted, agreeing", [(0.05, 1), (0.01, 0.5), (0.03, 0.5)], (0.035, -0.128212, 0.198212)),
    ("all the same", [(0.4, 0.3), (0.4, 0.1)], (0.4, 0.4, 0.4)),
    ("one that outweighs", [(1.0, 1), (-1.0, 1e-9)], (1.0, -1.0, 1.0)),
]


@pytest.mark.parametrize(("articles", "expected"), [case[1:] for case in INDICES], ids=[case[0] for case in INDICES])
def test_the_index_and_its_interval(
    articles: list[tuple[float, float]], expected: tuple[float | None, float | None, float | None]
) -> None:
    found = narrative.narrative([*(known(*one) for one in articles), Reading()])
    assert (found.index, found.low, found.high) == pytest.approx(expected, abs=1e-5)
    assert (found.articles, found.copies, found.sentences) == (len(articles), 1, len(articles))


def area(quantile: float, degrees: int) -> float:
    """The probability that Student's t stays within ± the quantile: Simpson's rule on its density."""
    scale = math.exp(math.lgamma((degrees + 1) / 2) - math.lgamma(degrees / 2)) / math.sqrt(degrees * math.pi)
    steps, width = 4000, quantile / 4000
    sums = sum(
        (1 if at in (0, steps) else 4 if at % 2 else 2) * (1 + (at * width) ** 2 / degrees) ** (-(degrees + 1) / 2)
        for at in range(steps + 1)
    )
    return 2 * scale * sums * width / 3


@pytest.mark.parametrize(("degrees", "quantile"), narrative.T_QUANTILES.items())
def test_the_quantiles_are_those_of_the_density(degrees: int, quantile: float) -> None:
    assert area(quantile - 0.00051, degrees) < 0.95 < area(quantile + 0.00051, degrees)


@pytest.mark.parametrize(("articles", "quantile"), [(2, 12.706), (31, 2.042), (36, 2.042), (41, 2.021), (5000, 1.962)])
def test_between_two_steps_the_wider_quantile_counts(articles: int, quantile: float) -> None:
    found = narrative.narrative([known(0.01 * (-1) ** number, 1 / 3) for number in range(articles)])
    assert found.index is not None
    assert found.high is not None
    spread = sum((0.01 * (-1) ** number - found.index) ** 2 for number in range(articles)) / (articles - 1)
    assert found.high - found.index == pytest.approx(quantile * math.sqrt(spread / articles))


WORKED = re.findall(
    r"^\| ([\d., ]+) \| ([\d., ]+) \| (\S+) \| (\S+) \| (\S+) \|$",
    (Path(__file__).parent.parent / "docs" / "tone.md").read_text(encoding="utf-8"),
    flags=re.MULTILINE,
)


def test_the_table_of_the_page_is_read() -> None:
    assert len(WORKED) == 4


@pytest.mark.parametrize(("tones", "prominences", "index", "low", "high"), WORKED)
def test_the_index_is_what_the_page_says(tones: str, prominences: str, index: str, low: str, high: str) -> None:
    pairs = zip(tones.split(", "), prominences.split(", "), strict=True)
    found = narrative.narrative(known(float(tone), float(prominence)) for tone, prominence in pairs)
    said = ["–" if bound is None else f"{bound:.4f}" for bound in (found.index, found.low, found.high)]
    assert said == [index, low, high]


# What must hold for any articles

weights = st.floats(0.001, 1)
readings = st.lists(st.builds(known, st.floats(-1, 1), weights) | st.just(Reading()), max_size=30)


@given(readings)
def test_the_index_lies_within_its_interval(articles: list[Reading]) -> None:
    found = narrative.narrative(articles)
    assert found.articles + found.copies == len(articles)
    if found.index is None:
        assert found.articles == 0
        return
    assert -1 <= found.index <= 1
    assert (found.low is None) == (found.high is None) == (found.articles < 2)
    if found.low is not None and found.high is not None:
        assert -1 <= found.low <= found.index <= found.high <= 1


@given(readings, st.randoms())
def test_the_order_of_articles_does_not_matter(articles: list[Reading], chance: object) -> None:
    shuffled = list(articles)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert narrative.narrative(shuffled) == narrative.narrative(articles)


@given(readings, st.floats(0.01, 100))
def test_the_scale_of_the_weights_does_not_matter(articles: list[Reading], factor: float) -> None:
    scaled = [one if one.prominence is None else replace(one, prominence=one.prominence * factor) for one in articles]
    before, after = narrative.narrative(articles), narrative.narrative(scaled)
    assert after.index == pytest.approx(before.index, abs=1e-9)
    assert (after.low, after.high) == pytest.approx((before.low, before.high), abs=1e-6)


@given(readings)
def test_the_opposite_tones_give_the_opposite_index(articles: list[Reading]) -> None:
    turned = [one if one.tone is None else replace(one, tone=-one.tone) for one in articles]
    before, after = narrative.narrative(articles), narrative.narrative(turned)
    if before.index is not None:
        assert after.index == pytest.approx(-before.index)
    if before.low is not None and before.high is not None:
        assert (after.low, after.high) == pytest.approx((-before.high, -before.low))


@given(st.lists(weights, min_size=2, max_size=20), st.floats(-1, 1))
def test_articles_that_agree_leave_no_doubt(shares: list[float], tone: float) -> None:
    found = narrative.narrative([known(tone, share) for share in shares])
    assert (found.low, found.high) == pytest.approx((tone, tone), abs=1e-6)


WORDS = (LONG, OTHER, NEW, SHORT, "Up.", "The Russell 2000 lost 3 percent in a day.")


@st.composite
def wires(draw: st.DrawFn) -> list[tuple[timedelta, list[Sentiment], list[Sentiment]]]:
    """Articles of three days, earliest first, each with a sentence long enough to be known again."""
    hours = sorted(draw(st.lists(st.integers(0, 71), min_size=1, max_size=6)))
    found = []
    for hour in hours:
        texts = draw(st.lists(st.sampled_from(WORDS), unique=True, min_size=1, max_size=4))
        if not {SHORT, "Up."}.issuperset(texts):
            tones = draw(st.lists(st.sampled_from(sorted(TONES)), min_size=len(texts), max_size=len(texts)))
            ours = [said(text, tone, draw(st.sampled_from("hlb"))) for text, tone in zip(texts, tones, strict=True)]
            found.append((hour * HOUR, ours, [NVIDIA] * draw(st.integers(0, 1))))
    return found


def summed(articles: list[tuple[timedelta, list[Sentiment], list[Sentiment]]]) -> narrative.Narrative:
    earlier = Earlier()
    return narrative.narrative(told(earlier, START + at, ours, others) for at, ours, others in articles)


@given(wires(), st.data())
@settings(deadline=None)
def test_a_copy_changes_nothing_but_the_number_of_copies(
    articles: list[tuple[timedelta, list[Sentiment], list[Sentiment]]], data: st.DataObject
) -> None:
    before = summed(articles)
    if not articles:
        return
    number = data.draw(st.integers(0, len(articles) - 1))
    at = data.draw(st.integers(number + 1, len(articles)))
    moment = articles[at - 1][0]
    edited = [replace(one, text=f"“{one.text.upper()}”  ") for one in articles[number][1]]
    copy = (moment, edited, articles[number][2])
    assert summed([*articles[:at], copy, *articles[at:]]) == replace(before, copies=before.copies + 1)


@given(wires())
def test_every_prominence_is_a_share(articles: list[tuple[timedelta, list[Sentiment], list[Sentiment]]]) -> None:
    earlier = Earlier()
    for at, ours, others in articles:
        found = told(earlier, START + at, ours, others)
        assert found.copy or (found.prominence is not None and 0 < found.prominence <= 1)
        assert found.tone is None or -1 <= found.tone <= 1
