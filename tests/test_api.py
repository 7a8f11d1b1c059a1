"""newsig from Python: what stands in ``newsig`` itself."""

from __future__ import annotations

import inspect
import json
import pickle
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import newsig
from newsig import api, store
from newsig.cli import main
from newsig.records import Article, Claim, Failure, Findings

AT = datetime.fromisoformat("2024-07-17T21:30:00+00:00")
TEXT = "The Russell 2000 rose 3 percent on Wednesday."
CLAIM = Claim(
    start=22,
    end=31,
    text="3 percent",
    value=3.0,
    unit="percent",
    comparator="=",
    direction="up",
    measure="price",
    modality="actual",
    symbol="^RUT",
    base_date=date(2024, 7, 16),
    end_date=date(2024, 7, 17),
)
LISTED = ("articles", "claims", "verdicts", "quotes", "sources", "mentions", "sentiments")
BEHIND = {"articles": "exported_articles", "mentions": "exported_mentions", "sentiments": "exported_sentiments"}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("api") / "n.db"
    with store.open_db(path) as db:
        version = store.save_article(db, Article(id="a", text=TEXT, published=AT), AT).version_id
        number = store.start_run(db, "one", {}, AT)
        store.save_findings(db, version, Findings(id="a", fingerprint="one", claims=(CLAIM,)), number)
    return path


def test_articles_are_read() -> None:
    found = list(newsig.extract([newsig.Article(id="a", text=TEXT, published=AT), Article(id="b", text="")]))
    assert [one.id for one in found if not isinstance(one, Failure)] == ["a", "b"]
    assert [(claim.symbol, claim.end_date) for claim in found[0].claims] == [("^RUT", date(2024, 7, 17))]
    assert found[0].fingerprint == newsig.extract.fingerprint(newsig.settings.Settings())


def test_rows_are_those_of_the_verb(path: Path) -> None:
    result = CliRunner().invoke(main, ["claims", "--symbol", "^RUT", "--format", "jsonl", "--db", str(path)])
    with newsig.open_db(path) as db:
        rows = db.claims(symbol="^rut")
        assert rows.to_list() == list(rows) == [json.loads(line) for line in result.stdout.splitlines()]
        assert len(rows.to_list()) == 1
        assert db.claims(symbol="^NDX").to_list() == []


def test_rows_become_a_data_frame(path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    with newsig.open_db(str(path)) as db:
        frame = db.claims(symbol="^RUT").to_pandas()
        assert frame["end_date"].tolist() == [pandas.Timestamp("2024-07-17")]
        assert frame[["value", "symbol", "outcome"]].values.tolist() == [[3.0, "^RUT", None]]
        for name in LISTED:
            rows = getattr(db, name)()
            assert list(rows.to_pandas().columns) == list(rows.columns)


def test_without_pandas_there_is_a_sentence(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with newsig.open_db(path) as db, pytest.raises(newsig.NewsigError, match="pandas is not installed: install it"):
        db.claims().to_pandas()


PAGING = ("before", "newest")
"""What a page of answers asks for besides."""


def parameters(function: Any) -> dict[str, tuple[Any, Any]]:
    found = inspect.signature(function).parameters.values()
    return {one.name: (one.annotation, one.default) for one in found if one.name not in ("self", "db")}


@pytest.mark.parametrize("name", LISTED)
def test_questions_take_what_their_rows_can_be_asked_for(path: Path, name: str) -> None:
    asked = parameters(getattr(api.News, name))
    behind = parameters(getattr(store, BEHIND.get(name, name)))
    assert asked == {one: kind for one, kind in behind.items() if one not in PAGING}
    with newsig.open_db(path) as db:
        given = {one: date(2024, 7, 17) if "date" in str(kind) else None for one, (kind, _) in asked.items()}
        assert getattr(db, name)(**given).to_list() is not None


def test_what_names_the_package_can_be_sent_to_another_process() -> None:
    assert pickle.loads(pickle.dumps(newsig.extract)) is newsig.extract  # noqa: S301


def test_the_names_are_there_before_anything_heavy_is() -> None:
    code = (
        "import sys, newsig; assert 'spacy' not in sys.modules and 'sqlite_utils' not in sys.modules; "
        "newsig.open_db; assert callable(newsig.extract) and callable(newsig.load); "
        "from newsig import extract; assert extract is newsig.extract and extract.fingerprint; "
        "print([name for name in newsig.__all__ if not hasattr(newsig, name)])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout == "[]\n"
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        _ = newsig.nothing
