"""`newsig diff`: what differs between two databases, or two files that `newsig extract` printed."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from newsig import store
from newsig.cli import main
from newsig.compare.differing import changes
from newsig.records import Article, Claim, Findings, Price, Quote, Verdict, row

AT = datetime.fromisoformat("2024-07-17T21:30:00+00:00")
TEXT = "The Russell 2000 rose 3 percent. “It will fall 2 percent,” said Orla Quillfeather."


def claim(words: str, **more: Any) -> Claim:
    start = TEXT.index(words)
    fields: dict[str, Any] = {"value": 3, "unit": "percent", "comparator": "=", "direction": "up", "measure": "price"}
    fields |= {"modality": "actual", "start": start, "end": start + len(words), "text": words}
    return Claim(**fields | more)


def quote(words: str, **more: Any) -> Quote:
    start = TEXT.index(words)
    return Quote(start=start, end=start + len(words), text=words, kind="direct", **more)


ROSE, FELL = claim("3 percent", symbol="^RUT"), claim("2 percent", symbol="^RUT", direction="down")
SAID = quote("“It will fall 2 percent,”", speaker="Orla Quillfeather")
BEFORE = Findings(id="a", fingerprint="one", claims=(ROSE, FELL), quotes=(SAID,))
AFTER = Findings(
    id="a",
    fingerprint="two",
    claims=(claim("rose 3 percent", symbol="^GSPC"),),
    quotes=(SAID, quote("It will", speaker="\x1b[31mnobody")),
)


def printed(path: Path, *found: Findings) -> Path:
    path.write_text("".join(f"{json.dumps(row(one))}\n" for one in found), encoding="utf-8")
    return path


def stored(path: Path, found: Findings, outcome: str = "supported", text: str = TEXT) -> Path:
    with store.open_db(path) as db:
        version = store.save_article(db, Article(id="a", text=text, published=AT), AT).version_id
        number = store.start_run(db, found.fingerprint, {"rules": found.fingerprint, "zone": "UTC"}, AT)
        store.save_findings(db, version, found, number)
        bars = (Price(symbol="^RUT", day=AT.date(), close=1.0),)
        verdict = Verdict(outcome=outcome, bars=bars)  # type: ignore[arg-type]
        claims = list(store.claims_to_check(db))
        store.save_verdicts(db, [(one.claim_id, verdict, None) for one in claims], AT)
    return path


def asked(*words: object) -> Result:
    return CliRunner().invoke(main, ["diff", *map(str, words)])


def test_files_are_held_against_each_other(tmp_path: Path) -> None:
    other = Findings(id="elsewhere", fingerprint="one")
    one, two = printed(tmp_path / "a.jsonl", BEFORE, other), printed(tmp_path / "b.jsonl", AFTER)
    result = asked(one, two, "--format", "json")
    assert (result.exit_code, result.stderr) == (0, "")
    told = json.loads(result.stdout)
    assert (told["a"]["articles"], told["b"]["articles"], told["articles_in_both"]) == (2, 1, 1)
    assert told["counts"]["claims"] == {"appeared": 0, "vanished": 1, "changed": 1}
    assert told["counts"]["quotes"] == {"appeared": 1, "vanished": 0, "changed": 0}
    assert told["fields"]["claims"] == {"start": 1, "text": 1, "symbol": 1}
    assert [(one["kind"], one["became"], one["record"]["text"]) for one in told["changes"]] == [
        ("claims", "changed", "rose 3 percent"),
        ("claims", "vanished", "2 percent"),
        ("quotes", "appeared", "It will"),
    ]
    assert told["changes"][0]["fields"]["symbol"] == ["^RUT", "^GSPC"]


def test_the_page_has_counts_first_and_examples_after(tmp_path: Path) -> None:
    result = asked(printed(tmp_path / "a.jsonl", BEFORE), printed(tmp_path / "b.jsonl", AFTER))
    assert (result.exit_code, result.stderr) == (0, "")
    page = result.stdout
    assert "1 articles are in both" not in page
    assert "1 article is in both." in page
    parts = [
        "Fields of claims that changed:",
        "claims that vanished (1)",
        "- a at",
        "claims that changed (1)",
        "~ a at",
    ]
    assert sorted(parts, key=page.index) == parts
    assert "symbol ^RUT → ^GSPC" in page
    assert r"\x1b[31mnobody" in page
    assert "\x1b" not in page


def test_databases_tell_verdicts_and_what_made_them(tmp_path: Path) -> None:
    one = stored(tmp_path / "a.db", BEFORE)
    two = stored(tmp_path / "b.db", Findings(id="a", fingerprint="two", claims=(ROSE, FELL), quotes=(SAID,)), "refuted")
    told = json.loads(asked(one, two, "--format", "json").stdout)
    assert told["made_by"] == {"rules": ["one", "two"]}
    assert told["fields"]["claims"] == {"outcome": 2}
    assert json.loads(asked(one, printed(tmp_path / "c.jsonl", BEFORE), "--format", "json").stdout)["changes"] == []
    shutil.copy(one, tmp_path / "same.db")
    assert json.loads(asked(one, tmp_path / "same.db", "--format", "json").stdout)["changes"] == []


def test_articles_of_other_words_are_counted_and_not_compared(tmp_path: Path) -> None:
    one, two = stored(tmp_path / "a.db", BEFORE), stored(tmp_path / "b.db", AFTER, text=f"{TEXT} More.")
    told = json.loads(asked(one, two, "--format", "json").stdout)
    assert (told["articles_in_both"], told["articles_reworded"], told["changes"]) == (1, 1, [])
    assert "other words in B" in asked(one, two).stdout


WRONG = [
    ("no JSON\n", "w.jsonl:1: it is no JSON: name a file that `newsig extract` wrote, or a database"),
    ('{"id": "a"}\n', "w.jsonl:1: it is no findings: name a file that `newsig extract` wrote, or a database"),
    (f'{json.dumps(row(BEFORE))}\n"a"\n', "w.jsonl:2: it is no findings: name a file that"),
    (f"{json.dumps(row(BEFORE) | {'claims': 3})}\n", "w.jsonl:1: it is no findings: name a file that"),
    (f"{json.dumps(row(BEFORE) | {'claims': [{}]})}\n", "w.jsonl:1: it is no findings: name a file that"),
]


@pytest.mark.parametrize(("words", "sentence"), WRONG)
def test_what_is_no_run_is_said_so(tmp_path: Path, words: str, sentence: str) -> None:
    (tmp_path / "w.jsonl").write_text(words, encoding="utf-8")
    result = asked(tmp_path / "w.jsonl", printed(tmp_path / "a.jsonl", BEFORE))
    assert (result.exit_code, result.stdout) == (2, "")
    assert sentence in result.stderr


def test_a_run_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    result = asked(tmp_path / "none.db", printed(tmp_path / "a.jsonl", BEFORE))
    assert (result.exit_code, result.stderr) == (2, f"newsig: no file or folder at {tmp_path}/none.db\n")


places = st.tuples(st.integers(0, 6), st.integers(1, 3)).map(lambda place: (place[0], place[0] + place[1]))
records = st.lists(
    st.builds(lambda place, value: {"start": place[0], "end": place[1], "value": value}, places, st.integers(0, 2)),
    max_size=8,
)


@given(records, records)
def test_every_record_is_told_once(was: list[dict[str, int]], now: list[dict[str, int]]) -> None:
    told = changes(was, now)
    gone = Counter(str(one.was) for one in told if one.was is not None)
    come = Counter(str(one.now) for one in told if one.now is not None)
    before, after = Counter(map(str, was)), Counter(map(str, now))
    assert gone <= before
    assert come <= after
    assert before - gone == after - come
    assert all(one.fields for one in told if one.kind == "changed")
    assert changes(was, was) == []
    assert Counter(one.kind for one in changes(now, was)) == Counter(
        {"appeared": "vanished", "vanished": "appeared"}.get(one.kind, one.kind) for one in told
    )
