"""What changed between texts of a story: worked out by hand, and as properties of any texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsig.compare.copies import Telling, kinship
from newsig.compare.drift import drift
from newsig.compare.quotations import word_diff
from newsig.compare.spelling import alike
from newsig.records import Claim, Credit, Findings, Mention, Quote, Span

TUESDAY, WEDNESDAY = date(2024, 7, 16), date(2024, 7, 17)
WINDOWS = {
    "on Tuesday": (date(2024, 7, 15), TUESDAY),
    "on Wednesday": (TUESDAY, WEDNESDAY),
    "this year": (date(2023, 12, 29), WEDNESDAY),
    "this week": (date(2024, 7, 12), WEDNESDAY),
    "last week": (date(2024, 7, 5), date(2024, 7, 12)),
}


@dataclass(frozen=True)
class Stated:
    """A claim as it is told: subject, symbol, direction, figure with its hedge, period."""

    subject: str
    symbol: str | None
    direction: str
    figure: str
    value: float
    period: str
    hedge: str = ""
    comparator: str = "="
    unit: str = "percent"


@dataclass(frozen=True)
class Quoted:
    """A statement in quotation marks, or not, with its speaker as the text names him or her beside it."""

    words: str
    speaker: str | None
    role: str | None = None
    organisation: str | None = None


def span(text: str, words: str, start: int = 0) -> Span:
    at = text.index(words, start)
    return Span(start=at, end=at + len(words), text=words)


def claim(text: str, told: Stated) -> Claim:
    subject = span(text, told.subject)
    figure = span(text, told.figure, subject.start)
    base, end = WINDOWS[told.period]
    return Claim(
        start=figure.start,
        end=figure.end,
        text=figure.text,
        value=told.value,
        unit=told.unit,  # type: ignore[arg-type]
        comparator=told.comparator,  # type: ignore[arg-type]
        direction=told.direction,  # type: ignore[arg-type]
        measure="price",
        modality="actual",
        subject=subject,
        symbol=told.symbol,
        hedge=told.hedge or None,
        period=span(text, told.period, figure.start),
        period_basis="stated",
        base_date=base,
        end_date=end,
    )


def quote(text: str, told: Quoted) -> Quote:
    said = span(text, told.words)
    return Quote(
        start=said.start,
        end=said.end,
        text=said.text,
        kind="direct" if told.words[0] in '“"' else "indirect",
        speaker=told.speaker,
        speaker_type="person" if told.speaker else None,
        role=told.role,
        organisation=told.organisation,
        attribution=span(text, told.speaker, said.start) if told.speaker else None,
    )


def telling(
    text: str,
    claims: Sequence[Stated] = (),
    quotes: Sequence[Quoted] = (),
    correction: str | None = None,
    published: date | datetime | None = None,
    id: str = "story",  # noqa: A002
) -> Telling:
    found = [claim(text, told) for told in claims]
    findings = Findings(
        id=id,
        fingerprint="rules-1",
        title="Kettles cool",
        published=published,
        claims=tuple(found),
        mentions=tuple(
            Mention(start=one.subject.start, end=one.subject.end, text=one.subject.text, symbol=one.symbol)
            for one in found
            if one.subject
        ),
        quotes=tuple(quote(text, told) for told in quotes),
        credits=(Credit(kind="correction", **span_of(text, correction)),) if correction else (),
    )
    return Telling(text=text, findings=findings, corrections=(correction,) if correction else ())


def span_of(text: str, words: str) -> dict[str, Any]:
    found = span(text, words)
    return {"start": found.start, "end": found.end, "text": found.text}


# Three texts of one story, and every change that was planted

FIRST = telling(
    """Kettlewell shares fell 12.5 percent on Tuesday after the kettle maker cut its outlook.
The Russell 2000 has gained nearly 18 percent this year. Meanwhile the Dow rose 0.6 percent on Wednesday.
“Demand was weaker than we had hoped,” said Marisol Petrakind, chief executive of Kettlewell.
“Small firms are simply cheap,” said Orla Quillfeather, a strategist at Lanternreed.
“Nobody boils water any more,” said Percy Wendlecroft.
Gold lost 2.1 percent last week.""",
    [
        Stated("Kettlewell shares", "KTTL", "down", "12.5 percent", 12.5, "on Tuesday"),
        Stated("Russell 2000", "^RUT", "up", "18 percent", 18, "this year", "nearly", "<"),
        Stated("Dow", "^DJI", "up", "0.6 percent", 0.6, "on Wednesday"),
        Stated("Gold", "GC=F", "down", "2.1 percent", 2.1, "last week"),
    ],
    [
        Quoted("“Demand was weaker than we had hoped,”", "Marisol Petrakind", "chief executive", "Kettlewell"),
        Quoted("“Small firms are simply cheap,”", "Orla Quillfeather", "a strategist", "Lanternreed"),
        Quoted("“Nobody boils water any more,”", "Percy Wendlecroft"),
    ],
    published=datetime(2024, 7, 17, 21, tzinfo=UTC),
)
SECOND_CORRECTION = "(Corrects Kettlewell's loss in the first paragraph; corrects spelling of name in paragraph 3)"
SECOND = telling(
    f"""{SECOND_CORRECTION}
Kettlewell shares fell 12.7 percent on Tuesday after the kettle maker cut its outlook.
The Russell 2000 has gained about 18 percent this year. Meanwhile the Dow rose 0.6 percent on Wednesday.
“Demand was weaker than we had hoped,” said Marisol Petrakint, chief executive of Kettlewell.
“Small firms are simply cheap,” said Orla Quillfeather, a strategist at Lanternreed.
“Nobody boils water any more,” said Percy Wendlecroft.
Gold lost 2.1 percent last week.""",
    [
        Stated("Kettlewell shares", "KTTL", "down", "12.7 percent", 12.7, "on Tuesday"),
        Stated("Russell 2000", "^RUT", "up", "18 percent", 18, "this year", "about", "~"),
        Stated("Dow", "^DJI", "up", "0.6 percent", 0.6, "on Wednesday"),
        Stated("Gold", "GC=F", "down", "2.1 percent", 2.1, "last week"),
    ],
    [
        Quoted("“Demand was weaker than we had hoped,”", "Marisol Petrakint", "chief executive", "Kettlewell"),
        Quoted("“Small firms are simply cheap,”", "Orla Quillfeather", "a strategist", "Lanternreed"),
        Quoted("“Nobody boils water any more,”", "Percy Wendlecroft"),
    ],
    SECOND_CORRECTION,
    published=datetime(2024, 7, 17, 22, tzinfo=UTC),
)
COPY = telling(
    """"Demand was weaker than we hoped," said Marisol Petrakind, chief executive of Kettlewell.
Kettlewell shares fell 12.5 percent on Wednesday after the kettle maker cut its outlook.
The Russell 2000 has gained nearly 18 percent this year. Meanwhile the Dow rose 0.6 percent on Wednesday.
"Small firms are simply cheap," said Zoë Łukasz, a strategist at Lanternreed.
Silver jumped 3 percent on Wednesday.
"Tea is for the old," said Hettie Larkspurn.""",
    [
        Stated("Kettlewell shares", "KTTL", "down", "12.5 percent", 12.5, "on Wednesday"),
        Stated("Russell 2000", "^RUT", "up", "18 percent", 18, "this year", "nearly", "<"),
        Stated("Dow", "^DJI", "up", "0.6 percent", 0.6, "on Wednesday"),
        Stated("Silver", "SI=F", "up", "3 percent", 3, "on Wednesday"),
    ],
    [
        Quoted('"Demand was weaker than we hoped,"', "Marisol Petrakind", "chief executive", "Kettlewell"),
        Quoted('"Small firms are simply cheap,"', "Zoë Łukasz", "a strategist", "Lanternreed"),
        Quoted('"Tea is for the old,"', "Hettie Larkspurn"),
    ],
    published=datetime(2024, 7, 18, 6, tzinfo=UTC),
)
LINE = SECOND_CORRECTION
FIGURES = "Kettlewell shares: down 12.5 percent → down 12.7 percent"
DAYS = "Kettlewell shares: 2024-07-15 to 2024-07-16 → 2024-07-16 to 2024-07-17"
PLANTED = [
    (
        SECOND,
        [
            ("number", "12.5 percent", "12.7 percent", FIGURES, LINE),
            ("hedge", "nearly 18 percent", "about 18 percent", "Russell 2000: nearly → about", None),
            ("name", "Marisol Petrakind", "Marisol Petrakint", "Marisol Petrakind → Marisol Petrakint", LINE),
        ],
    ),
    (
        COPY,
        [
            ("period", "on Tuesday", "on Wednesday", DAYS, None),
            ("quote", "“Demand was weaker than we had hoped,”", '"Demand was weaker than we hoped,"',
             "Demand was weaker than we [-had-] hoped", None),
            ("speaker", "Orla Quillfeather", "Zoë Łukasz", "Orla Quillfeather → Zoë Łukasz", None),
            ("dropped", "“Nobody boils water any more,”", None, "said by Percy Wendlecroft", None),
            ("dropped", "2.1 percent", None, "Gold: down 2.1 percent", None),
            ("added", None, "3 percent", "Silver: up 3 percent", None),
            ("added", None, '"Tea is for the old,"', "said by Hettie Larkspurn", None),
        ],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("later", "planted"), PLANTED, ids=["second version", "copy"])
def test_all_that_was_planted_is_found_and_nothing_else(later: Telling, planted: list[tuple[Any, ...]]) -> None:
    found = [
        (one.kind, one.before and one.before.text, one.after and one.after.text, one.detail, one.correction)
        for one in drift(FIRST, later)
    ]
    assert sorted(found, key=str) == sorted(planted, key=str)


def test_changes_point_at_their_words() -> None:
    for later in (SECOND, COPY):
        for change in drift(FIRST, later):
            for words, text in ((change.before, FIRST.text), (change.after, later.text)):
                assert words is None or text[words.start : words.end] == words.text


# Small pairs: how claims and statements find their counterparts

RUT = Stated("Russell 2000", "^RUT", "down", "1.1 percent", 1.1, "on Wednesday")
GLUM = Quoted("“It was a glum day for everybody in the room,”", "Percy Wendlecroft")


def one_claim(text: str, told: Stated = RUT) -> Telling:
    return telling(text, [told])


def one_quote(text: str, told: Quoted = GLUM) -> Telling:
    return telling(text, quotes=[told])


PLAIN = one_claim("The Russell 2000 retreated 1.1 percent on Wednesday, dragged down by banks.")
SAID = one_quote("“It was a glum day for everybody in the room,” said Percy Wendlecroft.")
PAIRS = [
    # other words for the same
    (PLAIN, one_claim("On a day that was bad for banks the Russell 2000 dropped 1.1 percent on Wednesday."), []),
    (PLAIN, one_claim("The Russell 2000 retreated 1.10 percent on Wednesday.", Stated(
        "Russell 2000", "^RUT", "down", "1.10 percent", 1.1, "on Wednesday")), []),
    (SAID, one_quote('Percy Wendlecroft: "it was a glum day, for everybody in the room"',
        Quoted('"it was a glum day, for everybody in the room"', None)), []),
    # rounded, turned round, in another unit
    (PLAIN, one_claim("The Russell 2000 fell 1 percent on Wednesday.", Stated(
        "Russell 2000", "^RUT", "down", "1 percent", 1, "on Wednesday")),
        [("number", "Russell 2000: down 1.1 percent → down 1 percent (rounded)")]),
    (PLAIN, one_claim("The Russell 2000 advanced 1.1 percent on Wednesday, dragged down by banks.", Stated(
        "Russell 2000", "^RUT", "up", "1.1 percent", 1.1, "on Wednesday")),
        [("number", "Russell 2000: down 1.1 percent → up 1.1 percent")]),
    (PLAIN, one_claim("The Russell 2000 retreated 1.1 points on Wednesday, dragged down by banks.", Stated(
        "Russell 2000", "^RUT", "down", "1.1 points", 1.1, "on Wednesday", unit="points")),
        [("number", "Russell 2000: down 1.1 percent → down 1.1 points")]),
    # one thing's figure is not another thing's
    (PLAIN, one_claim("The Dow retreated 1.1 percent on Wednesday, dragged down by banks.", Stated(
        "Dow", "^DJI", "down", "1.1 percent", 1.1, "on Wednesday")),
        [("added", "Dow: down 1.1 percent"), ("dropped", "Russell 2000: down 1.1 percent")]),
    # a figure that stands there and was not read as a claim is not dropped
    (PLAIN, telling("The Russell 2000 retreated 1.1 percent on Wednesday, dragged down by banks."), []),
    # statements
    (SAID, one_quote("“It was a good day for everybody in the room,” said Percy Wendlecroft.", Quoted(
        "“It was a good day for everybody in the room,”", "Percy Wendlecroft")),
        [("quote", "It was a [-glum-] {+good+} day for everybody in the room")]),
    (SAID, one_quote("Percy Wendlecroft said it was a glum day for everybody in the room.", Quoted(
        "it was a glum day for everybody in the room", None)),
        [("quote", "no longer in quotation marks: It was a glum day for everybody in the room")]),
    (SAID, telling("“It was a glum day,” said Percy Wendlecroft, “for everybody in the room.”", quotes=[
        Quoted("“It was a glum day,”", None), Quoted("“for everybody in the room.”", None)]), []),
    (one_quote("So said Orla Quillfeather of Lanternreed: “no”.", Quoted("“no”", None, organisation="Lanternreed")),
        one_quote("So said Orla Quillfeather of Copperbeech: “no”.", Quoted("“no”", None)), []),
    # names
    (telling("It is Hettie Larkspurn who left."), telling("It is Hetty Larkspurn who left."),
        [("name", "Hettie Larkspurn → Hetty Larkspurn")]),
    (telling("On Tuesday it fell in Europe."), telling("On Thursday it fell in European trade."), []),
    (telling("So Zoë Łukasz said."), telling("So Zoe Lukasz said."),
        [("name", "Zoë Łukasz → Zoe Lukasz"), ("name", "Zoë Łukasz → Zoe Lukasz")]),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "expected"), PAIRS, ids=lambda value: getattr(value, "text", "")[:40])
def test_counterparts(one: Telling, other: Telling, expected: list[tuple[str, str]]) -> None:
    assert sorted((change.kind, change.detail) for change in drift(one, other)) == expected


AT_A_BANK = Quoted("“Rates stay,”", "Orla Quillfeather", "chief economist", "Lanternreed Bank")
AT_ANOTHER = Quoted("“Rates stay,”", "Orla Quillfeather", "chief economist", "Copperbeech Ferry")
SHORT = Quoted("“Rates stay,”", "Quillfeather", "economist", "Lanternreed Bank")


@pytest.mark.parametrize(
    ("other", "text", "expected"),
    [
        (AT_ANOTHER, "Copperbeech Ferry", ["Orla Quillfeather, organisation: Lanternreed Bank → Copperbeech Ferry"]),
        (AT_ANOTHER, "Copperbeech Ferry, until lately at Lanternreed Bank", []),
        (SHORT, "Lanternreed Bank", []),
    ],
)
def test_who_a_speaker_is(other: Quoted, text: str, expected: list[str]) -> None:
    before = one_quote("“Rates stay,” said Orla Quillfeather, chief economist at Lanternreed Bank.", AT_A_BANK)
    after = one_quote(f"“Rates stay,” said Orla Quillfeather, chief economist at {text}.", other)
    assert [change.detail for change in drift(before, after) if change.kind == "speaker"] == expected


def test_figures_that_inherit_one_expression_of_time_change_it_once() -> None:
    def both(day: str) -> Telling:
        text = f"The Russell 2000 and gold fell {day}, by 1.1 percent and 2 percent."
        base, end = WINDOWS[day]
        claims = [
            Claim(
                **span_of(text, figure),
                value=value,
                unit="percent",
                comparator="=",
                direction="down",
                measure="price",
                modality="actual",
                subject=span(text, subject),
                symbol=symbol,
                period=span(text, day),
                period_basis="inherited",
                base_date=base,
                end_date=end,
            )
            for figure, value, subject, symbol in (
                ("1.1 percent", 1.1, "Russell 2000", "^RUT"),
                ("2 percent", 2, "gold", "GC=F"),
            )
        ]
        return Telling(text=text, findings=Findings(id="x", fingerprint="f", claims=tuple(claims)))

    (change,) = drift(both("on Tuesday"), both("on Wednesday"))
    assert (change.kind, change.before and change.before.text) == ("period", "on Tuesday")
    assert drift(both("on Tuesday"), both("on Tuesday")) == []


def test_a_year_so_far_ends_a_day_later_in_a_copy_of_the_next_day() -> None:
    def so_far(words: str, day: date, published: date) -> Telling:
        text = f"The Russell 2000 is up 11 percent {words}."
        found = Claim(
            **span_of(text, "11 percent"),
            value=11,
            unit="percent",
            comparator="=",
            direction="up",
            measure="price",
            modality="actual",
            subject=span(text, "Russell 2000"),
            symbol="^RUT",
            period=span(text, words),
            period_basis="stated",
            base_date=date(2023, 12, 29),
            end_date=day,
        )
        return Telling(text=text, findings=Findings(id="x", fingerprint="f", published=published, claims=(found,)))

    first = so_far("this year", TUESDAY, TUESDAY)
    assert drift(first, so_far("so far in 2024", WEDNESDAY, WEDNESDAY)) == []
    (change,) = drift(first, so_far("to the end of June", date(2024, 6, 28), WEDNESDAY))
    assert (change.kind, change.detail) == (
        "period",
        "Russell 2000: 2023-12-29 to 2024-07-16 → 2023-12-29 to 2024-06-28",
    )


SPELLINGS = [
    ("petrakind", "petrakint", True),
    ("erik", "eric", True),
    ("zoë", "zoe", True),
    ("quillfeather", "wendlecroft", False),
    ("asian", "asia", False),
    ("stock", "stocks", False),
    ("tuesday", "thursday", False),
    ("ab", "ac", False),
    ("pell", "pell", False),
]


@pytest.mark.parametrize(("one", "other", "expected"), SPELLINGS)
def test_spellings_of_one_name(one: str, other: str, expected: bool) -> None:
    assert alike(one, other) is expected
    assert alike(other, one) is expected


WORD_DIFFS = [
    ("“Up and away,”", '"up and away."', "Up and away"),
    ("No.", "No way.", "No {+way+}"),
    ("Sell now", "Buy later", "[-Sell now-] {+Buy later+}"),
    ("", "All new", "{+All new+}"),
]


@pytest.mark.parametrize(("before", "after", "marked"), WORD_DIFFS)
def test_word_diff(before: str, after: str, marked: str) -> None:
    assert word_diff(before, after) == marked


# Corrections: which change a line owns up to

CORRECTIONS = [
    ("(Corrects Kettlewell's fall in paragraph 1)", {"number"}),
    ("(Corrects fall to 12.7 percent)", {"number"}),
    ("(Corrects figure in the first paragraph)", {"number"}),
    ("(Corrects figure in the third paragraph)", set()),
    ("(Corrects spelling of chief executive's name)", {"name"}),
    ("(Corrects name of Petrakint; corrects figure in paragraph 2)", {"name", "hedge"}),
    ("(Corrects quotation in paragraph 3)", set()),
]


@pytest.mark.parametrize(("line", "kinds"), CORRECTIONS)
def test_a_correction_owns_up_to_what_it_names(line: str, kinds: set[str]) -> None:
    text = SECOND.text.replace(SECOND_CORRECTION, line)
    moved = len(line) - len(SECOND_CORRECTION)
    bare = telling(line, correction=line)
    shifted = [
        Claim(**{name: getattr(one, name) for name in Claim.__dataclass_fields__} | {
            "start": one.start + moved, "end": one.end + moved,
        })
        for one in SECOND.findings.claims
    ]  # fmt: skip
    findings = Findings(id="x", fingerprint="f", claims=tuple(shifted), credits=bare.findings.credits)
    changes = drift(FIRST, Telling(text=text, findings=findings, corrections=(line,)))
    assert {change.kind for change in changes if change.correction == line} == kinds


# Copies


def test_a_copy_is_known_by_its_words_and_a_rewrite_by_its_facts() -> None:
    copied = kinship(FIRST, SECOND)
    assert copied is not None
    assert (copied.likeness, copied.figures) == ("copy", 3)
    rewritten = telling(
        """Wednesday brought the Dow a rise of 0.6 percent. The Dow rose, that is, 0.6 percent on Wednesday.
Among makers of kettles, Kettlewell shares lost 12.5 percent on Tuesday, and the Russell 2000 is nearly 18 percent
better off this year. Small caps were what Orla Quillfeather liked: “simply cheap” she called them.""",
        [
            Stated("Kettlewell shares", "KTTL", "down", "12.5 percent", 12.5, "on Tuesday"),
            Stated("Russell 2000", "^RUT", "up", "18 percent", 18, "this year", "nearly", "<"),
            Stated("Dow", "^DJI", "up", "0.6 percent", 0.6, "on Wednesday"),
        ],
        [Quoted("“simply cheap”", None)],
    )
    assert kinship(FIRST, rewritten) is None  # its figures are anybody's: nobody speaks in both
    named = telling(rewritten.text, [], [Quoted("Small caps were what", "Orla Quillfeather")])
    told = Telling(
        text=rewritten.text,
        findings=Findings(id="r", fingerprint="f", claims=rewritten.findings.claims, quotes=named.findings.quotes),
    )
    rewrite = kinship(FIRST, told)
    assert rewrite is not None
    assert (rewrite.likeness, rewrite.figures) == ("rewrite", 3)
    assert rewrite.words < 0.1


def test_reports_of_one_day_are_no_copies() -> None:
    other = telling("The Dow rose 0.6 percent on Wednesday, and nobody knew why.", [
        Stated("Dow", "^DJI", "up", "0.6 percent", 0.6, "on Wednesday")])  # fmt: skip
    assert kinship(FIRST, other) is None
    assert kinship(telling("One."), telling("Two.")) is None


# Whatever the texts

SENTENCES = [
    ("The Russell 2000 fell 1.1 percent on Wednesday.", RUT, None),
    ("The Russell 2000 fell 1.4 percent on Wednesday.",
     Stated("Russell 2000", "^RUT", "down", "1.4 percent", 1.4, "on Wednesday"), None),
    ("The Russell 2000 rose 1.4 percent on Tuesday.",
     Stated("Russell 2000", "^RUT", "up", "1.4 percent", 1.4, "on Tuesday"), None),
    ("The Dow rose nearly 18 percent this year.",
     Stated("Dow", "^DJI", "up", "18 percent", 18, "this year", "nearly", "<"), None),
    ("The Dow rose about 18 percent this year.",
     Stated("Dow", "^DJI", "up", "18 percent", 18, "this year", "about", "~"), None),
    ("Gold lost 2.1 percent last week.", Stated("Gold", "GC=F", "down", "2.1 percent", 2.1, "last week"), None),
    ("Profit fell 2.1 percent this year.", Stated("Profit", None, "down", "2.1 percent", 2.1, "this year"), None),
    ("“It was a glum day,” said Percy Wendlecroft.", None, Quoted("“It was a glum day,”", "Percy Wendlecroft")),
    ("“It was a good day,” said Percy Wendlecroft.", None, Quoted("“It was a good day,”", "Percy Wendlecroft")),
    ("“It was a glum day,” said Orla Quillfeather.", None, Quoted("“It was a glum day,”", "Orla Quillfeather")),
    ("He sees no end of it, said Marisol Petrakind.", None, Quoted("He sees no end of it", "Marisol Petrakind")),
    ("He sees no end of it, said Marisol Petrakint.", None, Quoted("He sees no end of it", "Marisol Petrakint")),
    ("Nothing else happened.", None, None),
]  # fmt: skip


def composed(chosen: Sequence[int]) -> Telling:
    """A text of sentences, each with what is found in it."""
    text, claims, quotes, mentions = "", [], [], []
    for number in chosen:
        sentence, stated, quoted = SENTENCES[number]
        alone = telling(sentence, [stated] if stated else [], [quoted] if quoted else []).findings
        claims += [moved_by(len(text), one) for one in alone.claims]
        quotes += [moved_by(len(text), one) for one in alone.quotes]
        mentions += [moved_by(len(text), one) for one in alone.mentions]
        text += f"{sentence}\n"
    found = {"claims": tuple(claims), "quotes": tuple(quotes), "mentions": tuple(mentions)}
    return Telling(text=text, findings=Findings(id="x", fingerprint="f", **found))


def moved_by(count: int, record: Any) -> Any:
    """A record, with its spans, so many code points further on."""
    values = {name: getattr(record, name) for name in type(record).__dataclass_fields__}
    nested = {name: moved_by(count, value) for name, value in values.items() if isinstance(value, Span)}
    return type(record)(**values | nested | {"start": record.start + count, "end": record.end + count})


TEXTS = st.lists(st.integers(0, len(SENTENCES) - 1), max_size=8).map(composed)
MIRRORED = {"added": "dropped", "dropped": "added"}


@given(TEXTS)
def test_nothing_changes_from_a_text_to_itself(text: Telling) -> None:
    assert drift(text, text) == []


@given(TEXTS, TEXTS)
def test_the_other_way_round_the_same_has_changed(one: Telling, other: Telling) -> None:
    there = Counter((change.kind, change.before, change.after) for change in drift(one, other))
    back = Counter(
        (MIRRORED.get(change.kind, change.kind), change.after, change.before) for change in drift(other, one)
    )
    assert there == back


@given(TEXTS, TEXTS)
def test_a_pair_of_texts_is_akin_both_ways(one: Telling, other: Telling) -> None:
    assert kinship(one, other) == kinship(other, one)
