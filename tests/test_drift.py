"""What changed between texts of a story: by hand, as properties, and through `newsig drift` and `newsig conflicts`."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from newsig import store
from newsig.cli import drifting, main
from newsig.compare.copies import Telling, kinship
from newsig.compare.drift import drift
from newsig.compare.quotations import word_diff
from newsig.compare.spelling import alike
from newsig.records import Article, Claim, Credit, Findings, Mention, Quote, Span

SEEN = datetime(2024, 7, 17, 22, tzinfo=UTC)
ENVIRON = dict.fromkeys(("NEWSIG_DB", "NEWSIG_CONFIG", "NEWSIG_DEBUG", "NEWSIG_INSTRUMENTS")) | {"COLUMNS": "200"}
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
PLANTED = [
    (
        SECOND,
        [
            ("number", "12.5 percent", "12.7 percent", "Kettlewell shares: down 12.5 percent → down 12.7 percent", LINE),
            ("hedge", "nearly 18 percent", "about 18 percent", "Russell 2000: nearly → about", None),
            ("name", "Marisol Petrakind", "Marisol Petrakint", "Marisol Petrakind → Marisol Petrakint", LINE),
        ],
    ),
    (
        COPY,
        [
            ("period", "on Tuesday", "on Wednesday", "Kettlewell shares: 2024-07-15 to 2024-07-16 → "
             "2024-07-16 to 2024-07-17", None),
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
