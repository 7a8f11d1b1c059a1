"""`newsig sentiment` on small databases: what was found is put into the store, and asked for by the command."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from newsig import store
from newsig.cli import main, toning
from newsig.records import Article, Failure, Findings, Label, Place, Sentiment, Span, parse_when
from tests.former import former_db

SEEN = datetime(2024, 7, 20, tzinfo=UTC)
ENVIRON = dict.fromkeys(("NEWSIG_DB", "NEWSIG_CONFIG", "NEWSIG_DEBUG", "NEWSIG_INSTRUMENTS")) | {"COLUMNS": "200"}
TARGETS = {
    "^RUT": ("^RUT", "small_caps"),
    "CROX": ("CROX", "small_caps"),
    "small": (None, "small_caps"),
    "NVDA": ("NVDA", "mega_caps"),
}


@dataclass(frozen=True)
class Said:
    """A sentence with its tone (positive − negative) towards a target of `TARGETS`."""

    text: str
    tone: float
    target: str = "^RUT"
    place: Place = "body"
    holder: str | None = None
    in_title: bool = False
    basis: str = "newsig"


@dataclass(frozen=True)
class Story:
    id: str
    published: str | None
    said: tuple[Said, ...]
    seen: datetime = SEEN


def found(story: Story) -> Findings:
    text = "\n".join(one.text for one in story.said)
    return Findings(
        id=story.id,
        fingerprint="rules-1",
        title=f"On {story.id}",
        published=parse_when(story.published) if story.published else None,
        sentiments=tuple(sentiment(one, text.index(one.text)) for one in story.said),
    )


def sentiment(one: Said, start: int) -> Sentiment:
    label: Label = "positive" if one.tone > 0.5 else "negative" if one.tone < -0.5 else "neutral"
    positive, negative = max(one.tone, 0.0), max(-one.tone, 0.0)
    symbol, segment = TARGETS[one.target]
    return Sentiment(
        start=start,
        end=start + len(one.text),
        text=one.text,
        target=Span(start=start, end=start + 1, text=one.text[0]),
        label=label,
        positive=positive,
        neutral=1 - positive - negative,
        negative=negative,
        symbol=symbol,
        segment=segment,
        holder=one.holder,
        place=one.place,
        in_title=one.in_title,
        basis=one.basis,
    )


def filled(path: Path, stories: Iterable[Story], waiting: Iterable[Article] = ()) -> Path:
    """A database of these stories with what was found in them, and of articles that wait."""
    with store.open_db(path) as db:
        run = store.start_run(db, "rules-1", {}, SEEN)
        for story in stories:
            findings = found(story)
            text = "\n".join(one.text for one in story.said)
            article = Article(id=story.id, text=text, title=findings.title, published=findings.published)
            assert store.save_findings(db, store.save_article(db, article, story.seen).version_id, findings, run)
        for article in waiting:
            store.save_article(db, article, SEEN)
    return path


def newsig(*words: object) -> Result:
    result = CliRunner().invoke(main, [str(word) for word in words], env=ENVIRON)
    assert "Traceback" not in result.output
    return result


def sentiments(db: Path, *words: object) -> Result:
    return newsig("sentiment", "--db", db, *words)


def rows(db: Path, *words: object, target: str = "small_caps", said: str = "") -> list[dict[str, Any]]:
    """The rows of a question, whose answer on standard error is ``said``."""
    result = sentiments(db, "--target", target, *words, "--format", "jsonl")
    assert (result.exit_code, result.stderr.strip()) == (0, said), result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


RISE = Said("The Russell 2000 rose in early trade on Monday.", 0.8, place="lead")
FALL = Said("Shares of Crocs fell after a weak forecast.", -0.6, "CROX")
BROAD = Said("Small caps look cheap to many investors now.", 1.0, "small", holder="Orla Quillfeather")
CHIPS = Said("Nvidia gained again on strong demand for chips.", 0.9, "NVDA")
GRIM = Said("Small caps will end the year lower than now.", -0.9, "small", holder="Zoë Łukasz")
STORIES = (
    Story("first", "2024-07-15T14:00Z", (RISE, CHIPS)),
    Story("second", "2024-07-15T20:30-04:00", (FALL, BROAD, CHIPS)),  # already the 16th in UTC
    Story("copied", "2024-07-16", (Said(f"“{RISE.text.upper()}”", 0.8, place="lead"), CHIPS)),
    Story("edited", "2024-07-17T09:00Z", (Said("It goes up, as small caps do in July.", 0.5, "small"), RISE)),
    Story("grim", "2024-07-17T10:00Z", (GRIM,)),
    Story("again", "2024-07-22T14:00Z", (RISE,)),
    Story("chips", "2024-07-22T15:00Z", (CHIPS,)),
    Story("undated", None, (Said("Small caps have had worse days than this.", 0.2, "small"),)),
)
LEFT_OUT = "1 article of unknown date left out"
AT_THE_END = "1 article of unknown date, under no day at the end"


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled(tmp_path_factory.mktemp("toning") / "toning.db", STORIES)


def test_by_day(db: Path) -> None:
    told = rows(db, said=AT_THE_END)
    assert [(row["day"], row["index"], row["articles"], row["copies"], row["sentences"]) for row in told] == [
        ("2024-07-15", 0.8, 1, 0, 1),
        ("2024-07-16", 0.2, 1, 1, 2),
        ("2024-07-17", -0.55, 2, 0, 2),  # (0.5 / 3 − 0.9) / (1 / 3 + 1): a third of "edited" is new on the target
        ("2024-07-22", 0.8, 1, 0, 1),
        (None, 0.2, 1, 0, 1),
    ]
    assert list(told[0]) == list(toning.COLUMNS["day"])
    assert [(row["low"], row["high"]) for row in told] == [*[(None, None)] * 2, (-1.0, 1.0), *[(None, None)] * 2]
    assert {row["target"] for row in told} == {"small_caps"}
    assert [told[1][label] for label in ("positive", "neutral", "negative")] == [1, 0, 1]


def test_by_article(db: Path) -> None:
    told = rows(db, "--by", "article")
    assert [(row["article_id"], row["tone"], row["prominence"], row["copy"]) for row in told] == [
        ("first", 0.8, 0.6667, False),
        ("second", 0.2, 0.6667, False),
        ("copied", None, None, True),
        ("edited", 0.5, 0.3333, False),
        ("grim", -0.9, 1.0, False),
        ("again", 0.8, 1.0, False),
        ("undated", 0.2, 1.0, False),
    ]
    assert list(told[0]) == list(toning.COLUMNS["article"])
    assert told[1]["published"] == "2024-07-15T20:30:00-04:00"
    assert (told[1]["title"], told[1]["target"], told[1]["sentences"]) == ("On second", "small_caps", 2)
    assert [told[2][count] for count in ("sentences", "positive", "neutral", "negative")] == [0, 0, 0, 0]


def test_by_holder(db: Path) -> None:
    told = rows(db, "--by", "holder")
    assert [(row["holder"], row["articles"], row["copies"], row["sentences"]) for row in told] == [
        (None, 5, 1, 5),
        ("Orla Quillfeather", 1, 0, 1),
        ("Zoë Łukasz", 1, 0, 1),
    ]
    assert list(told[0]) == list(toning.COLUMNS["holder"])
    assert [row["index"] for row in told[1:]] == [1.0, -0.9]


TARGETED = [
    ("^RUT", "^RUT", ["first", "copied", "edited", "again"]),
    ("^rut", "^RUT", ["first", "copied", "edited", "again"]),
    ("crox", "CROX", ["second"]),
    ("SMALL_CAPS", "small_caps", ["first", "second", "copied", "edited", "grim", "again", "undated"]),
    ("mega_caps", "mega_caps", ["first", "second", "copied", "chips"]),
    ("NVDA", "NVDA", ["first", "second", "copied", "chips"]),
]


@pytest.mark.parametrize(("target", "written", "articles"), TARGETED)
def test_a_segment_takes_in_its_instruments_in_any_case(
    db: Path, target: str, written: str, articles: list[str]
) -> None:
    told = rows(db, "--by", "article", target=target)
    assert [row["article_id"] for row in told] == articles
    assert {row["target"] for row in told} == {written}


DAYS = [
    (("--since", "2024-07-16", "--until", "2024-07-16"), ["second", "copied"]),
    (("--since", "2024-07-17"), ["edited", "grim", "again"]),
    (("--until", "2024-07-15"), ["first"]),
    (("--since", "0001-01-01", "--until", "0001-01-02"), []),
    (("--until", "9999-12-31", "--limit", "2"), ["first", "second"]),
]


@pytest.mark.parametrize(("days", "articles"), DAYS, ids=lambda value: " ".join(value))
def test_days_are_utc_and_leave_out_what_has_none(db: Path, days: tuple[str, ...], articles: list[str]) -> None:
    assert [row["article_id"] for row in rows(db, "--by", "article", *days, said=LEFT_OUT)] == articles


def test_what_was_copied_from_before_the_first_day_asked_for_is_known(db: Path) -> None:
    told = rows(db, "--by", "article", "--since", "2024-07-16", "--until", "2024-07-17", said=LEFT_OUT)
    assert [(row["article_id"], row["copy"]) for row in told if row["copy"]] == [("copied", True)]


@pytest.mark.parametrize("words", ["quillfeather", "ORLA"])
def test_the_views_of_one_holder(db: Path, words: str) -> None:
    for by in ("day", "holder"):
        (told,) = rows(db, "--by", by, "--holder", words)
        assert (told["index"], told["articles"], told["sentences"]) == (1.0, 1, 1)


def test_a_holder_is_found_without_accents(db: Path) -> None:
    (told,) = rows(db, "--by", "article", "--holder", "zoe lukasz")
    assert (told["article_id"], told["tone"]) == ("grim", -0.9)
    assert rows(db, "--holder", "nobody") == []


def test_the_title_is_nobodys_view(tmp_path: Path) -> None:
    heard = (replace(BROAD, in_title=True), replace(GRIM, in_title=True), CHIPS)
    path = filled(tmp_path / "titled.db", [Story("titled", "2024-07-15", heard)])
    (whole,) = rows(path, "--by", "article")
    assert whole["prominence"] == pytest.approx(5 / 6, abs=1e-4)
    (held,) = rows(path, "--by", "article", "--holder", "quillfeather")
    assert held["prominence"] == pytest.approx(1 / 6, abs=1e-4)


def test_a_sentence_with_two_views_counts_once_but_for_their_holders(tmp_path: Path) -> None:
    text = "Small caps will rise, one says, and fall, says another."
    both = (Said(text, 1.0, "small", holder="Orla Quillfeather"), Said(text, -1.0, "small", holder="Zoë Łukasz"))
    path = filled(tmp_path / "both.db", [Story("both", "2024-07-15", both)])
    (whole,) = rows(path, "--by", "article")
    assert (whole["sentences"], whole["tone"], whole["prominence"]) == (1, 0.0, 1.0)
    told = rows(path, "--by", "holder")
    assert [(row["holder"], row["index"], row["sentences"]) for row in told] == [
        ("Orla Quillfeather", 1.0, 1),
        ("Zoë Łukasz", -1.0, 1),
    ]


def test_tones_of_two_models_are_told(tmp_path: Path) -> None:
    other = Story("other", "2024-07-16", (replace(FALL, basis="harbour/tone-2"),))
    path = filled(tmp_path / "models.db", [STORIES[0], other])
    judged = "judged by harbour/tone-2 and newsig, which may differ: `newsig process` has one judge them all"
    assert len(rows(path, said=judged)) == 2
    assert len(rows(path, "--since", "2024-07-16")) == 1


def test_a_limit_is_one_of_rows(db: Path) -> None:
    assert [row["day"] for row in rows(db, "--limit", 2, said=AT_THE_END)] == ["2024-07-15", "2024-07-16"]
    assert [row["holder"] for row in rows(db, "--by", "holder", "--limit", 1)] == [None]


def test_readers_get_two_decimals_with_their_sign(db: Path) -> None:
    days = sentiments(db, "--target", "small_caps").stdout.splitlines()
    assert days[0].split() == ["day", "index", "low", "high", "articles", "copies", "sentences"]
    assert days[2].split() == ["2024-07-15", "+0.80", "1", "0", "1"]
    assert days[4].split() == ["2024-07-17", "-0.55", "-1.00", "+1.00", "2", "0", "2"]
    assert days[6].split() == ["+0.20", "1", "0", "1"]
    articles = sentiments(db, "--target", "small_caps", "--by", "article").stdout.splitlines()
    assert articles[3].split() == ["2024-07-16", "On", "second", "+0.20", "0.67", "2", "no"]
    assert articles[4].split() == ["2024-07-16", "On", "copied", "0", "yes"]
    holders = sentiments(db, "--target", "small_caps", "--by", "holder", "--format", "markdown").stdout
    assert "| the reporters |" in holders
    assert "| Zoë Łukasz | -0.90 |" in holders


@pytest.mark.parametrize("by", toning.COLUMNS)
def test_the_formats_hold_the_same_rows(db: Path, by: str) -> None:
    def said(format_: str) -> str:
        return sentiments(db, "--target", "small_caps", "--by", by, "--format", format_).stdout

    lines = [json.loads(line) for line in said("jsonl").splitlines()]
    assert json.loads(said("json")) == lines
    table = list(csv.DictReader(io.StringIO(said("csv"))))
    assert list(table[0]) == list(lines[0])
    assert [row["sentences"] for row in table] == [str(row["sentences"]) for row in lines]
    assert len(said("markdown").splitlines()) == len(said("table").splitlines()) == len(lines) + 2


# Where there is little or nothing


def test_a_target_that_nothing_bears_is_noted(db: Path) -> None:
    result = sentiments(db, "--target", "nosuchthing", "--format", "jsonl")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "'nosuchthing' is no symbol and no segment known here: `newsig instruments find" in result.stderr


def test_a_target_that_nobody_speaks_of_gives_no_rows(db: Path) -> None:
    assert rows(db, target="AAPL") == []
    assert sentiments(db, "--target", "AAPL").stdout == "Nothing found.\n"


def test_one_article_has_no_interval(tmp_path: Path) -> None:
    path = filled(tmp_path / "one.db", STORIES[:1])
    (told,) = rows(path)
    assert (told["index"], told["low"], told["high"], told["articles"]) == (0.8, None, None, 1)


def test_articles_that_wait_are_told(tmp_path: Path) -> None:
    waiting = [
        Article(id=f"w{day}", text="Not read yet.", published=date(2024, 7, day) if day else None)
        for day in (0, 15, 16)
    ]
    path = filled(tmp_path / "waiting.db", STORIES[:1], waiting)
    assert len(rows(path, said="3 articles not processed yet: run `newsig process`")) == 1
    assert rows(path, "--since", "2024-07-16", said="1 article not processed yet: run `newsig process`") == []


def test_articles_that_failed_are_told_apart(tmp_path: Path) -> None:
    waiting = [Article(id=f"w{day}", text="Not read.", published=date(2024, 7, day)) for day in (15, 16)]
    path = filled(tmp_path / "failed.db", STORIES[:1], waiting)
    with store.open_db(path) as db:
        store.record_failure(db, Failure(stage="process", place="w15", reason="too deep"), SEEN)
    said = "1 article not processed yet: run `newsig process`"
    assert len(rows(path, said=f"{said}\n1 article could not be processed: `newsig failures` says why")) == 1


MISTYPED = [
    ((), "Missing option '--target'"),
    (("--target", ""), "it is empty"),
    (("--target", "small_caps", "--holder", " "), "it is empty"),
    (("--target", "small_caps", "--since", "2024-07-19", "--until", "2024-07-18"), "no day is left between them"),
    (("--target", "small_caps", "--by", "week"), "is not one of"),
    (("--target", "small_caps", "--limit", "0"), "is not in the range"),
]


@pytest.mark.parametrize(("words", "sentence"), MISTYPED)
def test_what_cannot_be_asked_is_said(db: Path, words: tuple[str, ...], sentence: str) -> None:
    result = sentiments(db, *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert sentence in result.stderr


# Copies


def test_an_article_that_is_left_out_copies_nothing(tmp_path: Path) -> None:
    undated = Story("undated", None, (RISE,), datetime(2024, 7, 14, tzinfo=UTC))
    path = filled(tmp_path / "left-out.db", [undated, STORIES[0]])
    (told,) = rows(path, "--by", "article", "--since", "2024-07-15", said=LEFT_OUT)
    assert (told["article_id"], told["copy"]) == ("first", False)
    assert [row["copy"] for row in rows(path, "--by", "article")] == [True, False]


def test_copies_of_unknown_date_are_placed_where_they_were_first_seen(tmp_path: Path) -> None:
    seen = (datetime(2024, 7, 14, tzinfo=UTC), datetime(2024, 7, 16, tzinfo=UTC))
    stories = [Story(f"seen-{at.day}", None, (RISE,), at) for at in seen]
    path = filled(tmp_path / "undated.db", [stories[1], STORIES[0], stories[0]])
    told = rows(path, "--by", "article")
    assert [(row["article_id"], row["copy"]) for row in told] == [
        ("first", True),
        ("seen-14", False),
        ("seen-16", True),
    ]


def test_of_two_at_the_same_moment_the_one_stored_first_counts(tmp_path: Path) -> None:
    stories = [Story(name, "2024-07-15T14:00Z", (RISE,)) for name in ("b", "a")]
    told = rows(filled(tmp_path / "same.db", stories), "--by", "article")
    assert [(row["article_id"], row["copy"]) for row in told] == [("b", False), ("a", True)]


def test_only_the_latest_version_of_a_story_counts(tmp_path: Path) -> None:
    corrected = Story("first", "2024-07-15T14:00Z", (Said("The Russell 2000 fell in early trade on Monday.", -0.8),))
    path = filled(tmp_path / "versions.db", [STORIES[0]])
    (told,) = rows(filled(path, [corrected]), "--by", "article")
    assert (told["tone"], told["copy"]) == (-0.8, False)


def test_more_copies_change_nothing_but_their_number(tmp_path: Path) -> None:
    def index(name: str, stories: Iterable[Story]) -> dict[str, Any]:
        (told,) = rows(filled(tmp_path / name, stories), "--by", "day", "--until", "2024-07-15")
        return told

    stories = [STORIES[0], Story("other", "2024-07-15T15:00Z", (FALL, BROAD))]
    copies = [Story(f"copy-{hour}", f"2024-07-15T{hour}:00Z", (RISE, CHIPS)) for hour in (16, 17)]
    before = index("before.db", stories)
    assert before["low"] < before["index"] < before["high"]
    assert index("after.db", [*stories, *copies]) == before | {"copies": 2}


# The store


def test_place_and_in_title_are_kept_and_shown(tmp_path: Path) -> None:
    story = Story("one", "2024-07-15", (Said("Small caps up", 0.9, "small", "headline", in_title=True), RISE))
    with store.open_db(filled(tmp_path / "kept.db", [story])) as opened:
        assert store.findings_of(opened, 1) == found(story)
        shown = [(row["place"], row["in_title"]) for row in opened.view("sentiments_view").rows]
        assert shown == [("headline", 1), ("lead", 0)]
        (toned,) = store.toned(opened, "^rut")
        assert [one.in_title for one in (*toned.ours, *toned.others)] == [False, True]
        assert (toned.article_id, toned.day, toned.at) == (
            "one",
            date(2024, 7, 15),
            datetime(2024, 7, 15, 12, tzinfo=UTC),
        )


FORMER = """
INSERT INTO instruments (symbol, name) VALUES ('^RUT', 'Russell 2000');
INSERT INTO runs (id, fingerprint, newsig_version, details, started_at) VALUES (1, 'f', '1', '{}', '2024-07-18T06:00');
INSERT INTO articles VALUES ('a', NULL, NULL, NULL, 'now');
INSERT INTO article_versions (id, article_id, version, current, run_id, seen_at, content_hash, authors, text, credits)
  VALUES (1, 'a', 1, 1, 1, '2024-07-18T06:00:00+00:00', 'h', '[]', 'The Russell 2000 rose.', '[]');
INSERT INTO sentiments (version_id, run_id, start, "end", text, target_start, target_end, target_text, label, positive,
    neutral, negative, symbol, basis)
  VALUES (1, 1, 0, 22, 'The Russell 2000 rose.', 4, 16, 'Russell 2000', 'positive', 0.9, 0.1, 0, '^RUT', 'rules');
"""


def test_tone_of_the_former_schema_stands_as_body(tmp_path: Path) -> None:
    with store.open_db(former_db(tmp_path / "former.db", 4, FORMER)) as opened:
        (kept,) = store.findings_of(opened, 1).sentiments
        assert (kept.text, kept.place, kept.in_title) == ("The Russell 2000 rose.", "body", False)


def test_a_target_is_found_by_an_index(db: Path) -> None:
    with store.open_db(db) as opened:
        asked: list[tuple[str, Any]] = []
        with opened.tracer(lambda sql, parameters: asked.append((sql, parameters))):
            list(store.toned(opened, "small_caps", since=date(2024, 7, 15)))
        plans = [
            str(row[3])
            for sql, parameters in asked
            for row in opened.execute(f"EXPLAIN QUERY PLAN {sql}", parameters)
            if "FROM" in sql
        ]
    for index in ("sentiments_by_symbol (symbol=?)", "sentiments_by_segment (segment=?)", "sentiments_by_version"):
        assert any(index in step for step in plans)
    assert not any(step.startswith(("SCAN v", "SCAN s")) for step in plans)
