"""What the database said at an earlier time, by the versions that had been seen by then."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from newsig import store
from newsig.cli import main
from newsig.records import Article, Claim, Findings, Quote, Verdict

FIRST = datetime(2024, 7, 18, 9, tzinfo=UTC)
STORY = Article(
    id="rally", title="Small caps rally", text="The Russell 2000 rose 11.5 percent, Orla Quillfeather said."
)
MARK = "rules-1"


def seen(db: Database, figure: str, at: datetime, *, withdrawn: bool = False) -> None:
    """A version of the story with another figure, seen and processed at that moment; withdrawn it is not processed."""
    text = STORY.text.replace("11.5", figure)
    article = replace(STORY, text=text, standing="withdrawn" if withdrawn else None)
    saved = store.save_article(db, article, at)
    if withdrawn or saved.status == "unchanged":
        return
    start, words = text.index(figure), f"{figure} percent"
    claim = Claim(
        start=start,
        end=start + len(words),
        text=words,
        value=float(figure),
        unit="percent",
        comparator="=",
        direction="up",
        measure="price",
        modality="actual",
        symbol="^RUT",
    )
    quote = Quote(start=0, end=len(text), text=text, kind="indirect", speaker="Orla Quillfeather")
    findings = Findings(id=STORY.id, fingerprint=MARK, title=STORY.title, claims=(claim,), quotes=(quote,))
    store.save_findings(db, saved.version_id, findings, store.start_run(db, MARK, {}, at))
    (claim_id,) = db.execute("SELECT max(id) FROM claims").fetchone()
    store.save_verdicts(db, [(claim_id, Verdict(outcome="supported"), None)], at)


def told(db: Database, **asked: Any) -> tuple[list[float], list[float], list[str]]:
    """The figures of claims and verdicts, and the statements."""
    return (
        [row["value"] for row in store.claims(db, **asked)],
        [row["value"] for row in store.verdicts(db, **asked)],
        [row["text"].split()[4] for row in store.quotes(db, **asked)],
    )


NOTHING: tuple[list[float], list[float], list[str]] = ([], [], [])
TIMES: list[tuple[date | datetime | None, str | None]] = [
    (FIRST - timedelta(seconds=1), None),
    (FIRST, "11.5"),
    (FIRST + timedelta(hours=1, seconds=-1), "11.5"),
    (FIRST + timedelta(hours=1), "12.5"),
    (date(2024, 7, 17), None),
    (date(2024, 7, 18), "12.5"),
    (date(2024, 7, 19), "11.5"),  # back to the first words
    (date(2024, 7, 20), None),  # withdrawn
    (None, None),
]


@pytest.fixture
def history(tmp_path: Path) -> Path:
    path = tmp_path / "newsig.db"
    with store.open_db(path) as db:
        seen(db, "11.5", FIRST)
        seen(db, "12.5", FIRST + timedelta(hours=1))
        seen(db, "11.5", FIRST + timedelta(days=1))
        seen(db, "11.5", FIRST + timedelta(days=2), withdrawn=True)
    return path


@pytest.mark.parametrize(("as_of", "figure"), TIMES)
def test_what_was_known_when(history: Path, as_of: date | datetime | None, figure: str | None) -> None:
    with store.open_db(history) as db:
        assert told(db, as_of=as_of) == (NOTHING if figure is None else ([float(figure)], [float(figure)], [figure]))


def test_other_conditions_hold_beside_it(history: Path) -> None:
    with store.open_db(history) as db:
        (row,) = store.claims(db, as_of=FIRST, symbol="^rut", minimum=11, contains="quillfeather", verdict="supported")
        assert row["value"] == 11.5
        assert list(store.claims(db, as_of=FIRST, minimum=12)) == []
        assert list(store.claims(db, as_of=FIRST, contains="gold")) == []
        assert list(store.quotes(db, as_of=FIRST, contains="12.5")) == []


def test_commands_ask_it(history: Path) -> None:
    for verb, moment in (
        ("claims", "2024-07-18T09:30Z"),
        ("verdicts", "2024-07-18T11:30+02:00"),
        ("quotes", "2024-07-19"),
    ):
        result = CliRunner().invoke(main, [verb, "--as-of", moment, "--db", str(history), "--format", "jsonl"])
        assert result.exit_code == 0
        (row,) = map(json.loads, result.stdout.splitlines())
        assert "11.5" in (row["text"] if verb == "quotes" else str(row["value"]))
    unclear = CliRunner().invoke(main, ["claims", "--as-of", "2024-07-18T09:30", "--db", str(history)])
    assert (unclear.exit_code, "time without its zone" in unclear.output) == (2, True)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["1.5", "2.5", "3.5"]), st.integers(1, 90)), max_size=8))
def test_answers_about_the_past_never_change(edits: list[tuple[str, int]]) -> None:
    with store.open_db(":memory:") as db:
        now, answers = FIRST, []
        for figure, minutes in edits:
            now += timedelta(minutes=minutes)
            seen(db, figure, now)
            answers.append((now, told(db)))
            for moment, answer in answers:
                assert told(db, as_of=moment) == answer
        assert told(db, as_of=FIRST) == NOTHING
