"""The demo: its sample comes back from its own server word for word, and its digest shows all three outcomes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner

from newsig import demo, run, store
from newsig.cli import main
from newsig.collect.http import Limits, fetch
from newsig.errors import CollectError, NewsigError
from newsig.records import Article, Subscription
from tests import fixture_files

GET = partial(fetch, limits=Limits(seconds=10), private=True)
FIXTURES = {fixture.title: fixture for fixture in fixture_files.load()}


def collected_from(stories: Sequence[demo.SampleStory]) -> list[Article]:
    """The stories as they come back from the sample's own server."""
    with demo.served(stories) as feed, store.open_db(":memory:") as db:
        store.add_feed(db, Subscription(url=feed, added_at=run.now(), private=True))
        tally = run.collect(run.Desk(db=db), run.Reach(fetch=GET, pause=0), full_text=True)
        assert (tally.failures, tally.notes) == (0, [])
        return [article for _, article in store.unprocessed(db, "none")]


@pytest.fixture(scope="module")
def collected() -> dict[str | None, Article]:
    return {article.title: article for article in collected_from(demo.sample_stories(fixture_files.FIXTURES))}


def test_every_story_is_collected(collected: dict[str | None, Article]) -> None:
    assert set(collected) == set(FIXTURES)


@pytest.mark.parametrize("title", FIXTURES)
def test_a_page_gives_back_its_story_paragraph_by_paragraph(title: str, collected: dict[str | None, Article]) -> None:
    story, fixture = collected[title], FIXTURES[title]
    assert paragraphs(story) == fixture.text.split("\n\n")
    assert (story.published, story.authors) == (fixture.published, fixture.authors)
    assert story.dateline is not None or title.startswith("The Sunday ledger")


def paragraphs(story: Article) -> list[str]:
    """The paragraphs of a page: its credits above and below the story, and the dateline where it stood."""
    above = [line for line in story.credits if line.startswith(("By ", "(Corrects "))]
    told = " ".join(filter(None, (story.dateline, story.text))).split("\n\n")
    return [*above, *told, *(line for line in story.credits if line not in above)]


def test_the_page_alone_tells_what_the_feed_tells(tmp_path: Path) -> None:
    story = demo.sample_stories(fixture_files.FIXTURES)[0]
    page = tmp_path / "page.html"
    page.write_text(demo.page_html(story), encoding="utf-8")
    database = tmp_path / "newsig.db"
    assert CliRunner().invoke(main, ["ingest", str(page), "--db", str(database)]).exit_code == 0
    with store.open_db(database, create=False) as db:
        ((_, article),) = store.unprocessed(db, "none")
    assert (article.title, article.published, article.authors) == (story.title, story.published, story.authors)
    assert paragraphs(article) == list(story.paragraphs)


def test_markup_in_a_story_is_text() -> None:
    story = demo.SampleStory(
        id="a<b>&",
        title="Profit & loss",
        published=demo.sample_stories(fixture_files.FIXTURES)[0].published,
        publisher="A & B",
        authors=("Ann O'Hara",),
        path="/a.html",
        paragraphs=("Shares of <b>AT&T</b> rose 1 percent on Wednesday, a person close to the matter said.",) * 3,
    )
    (article,) = collected_from([story])
    assert (article.title, article.authors) == (story.title, story.authors)
    assert "<b>AT&T</b> rose" in article.text


def test_the_server_knows_its_pages_only_and_stops() -> None:
    with demo.served([]) as feed:
        assert GET(feed).status == 200
        with pytest.raises(CollectError, match="404"):
            GET(f"{feed}.bak")
    with pytest.raises(CollectError, match=r"could not connect|broke off"):
        GET(feed)


def test_the_sample_is_found_in_an_installed_package_too(tmp_path: Path) -> None:
    package = tmp_path / "newsig"
    with pytest.raises(NewsigError, match="install newsig again"):
        demo.sample_folder(package)
    (package / "sample" / "articles").mkdir(parents=True)
    (package / "sample" / "prices.csv").touch()
    assert demo.sample_folder(package) == package / "sample"


def test_a_damaged_sample_is_named(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "half.toml").write_text('id = "half"', encoding="utf-8")
    with pytest.raises(NewsigError, match=r"half\.toml is damaged"):
        demo.sample_stories(tmp_path)


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> tuple[subprocess.CompletedProcess[str], Path]:
    folder = tmp_path_factory.mktemp("demo")
    (folder / demo.DATABASE).write_text("an old one", encoding="utf-8")
    environ = {**os.environ, "COLUMNS": "100", "PYTHONUTF8": "1", "PYTHONPATH": str(fixture_files.FIXTURES.parent)}
    command = [sys.executable, "-m", "newsig", "demo"]
    done = subprocess.run(command, cwd=folder, env=environ, capture_output=True, encoding="utf-8", check=False)  # noqa: S603
    return done, folder


def test_the_demo_runs_through(shown: tuple[subprocess.CompletedProcess[str], Path]) -> None:
    done, _ = shown
    assert done.returncode == 0, done.stderr
    assert "Wednesday 17 July 2024 (America/New_York)" in done.stdout
    assert "Replacing the newsig-demo.db" in done.stderr
    assert "Warning" not in done.stderr


def test_the_digest_has_a_supported_a_refuted_and_an_undecided_claim(
    shown: tuple[subprocess.CompletedProcess[str], Path],
) -> None:
    lines = [line.split() for line in shown[0].stdout.splitlines()]
    (planted,) = [line for line in lines if "DAX" in line and "2.4" in line]
    assert planted[0] == "✗"
    assert any(line[:1] == ["✓"] for line in lines)
    assert any(line[:1] == ["?"] and "forecast" in line for line in lines)


def test_the_planted_error_is_the_only_figure_that_is_refuted(
    shown: tuple[subprocess.CompletedProcess[str], Path],
) -> None:
    with store.open_db(shown[1] / demo.DATABASE, create=False) as db:
        refuted = [(row["title"], row["symbol"], row["value"]) for row in store.verdicts(db, outcome="refuted")]
    assert refuted == [("European shares fall for a third day as chip stocks slump", "^GDAXI", 2.4)]


def test_what_the_demo_says_to_try_next_works(shown: tuple[subprocess.CompletedProcess[str], Path]) -> None:
    done, folder = shown
    tips = [line.split() for line in done.stdout.splitlines() if line.startswith("  newsig ")]
    assert [tip[1] for tip in tips] == ["claims", "verdicts", "today"]
    assert "newsig extract -" in done.stdout
    for _, *words in tips:
        answer = CliRunner().invoke(main, [str(folder / word) if word == demo.DATABASE else word for word in words])
        assert answer.exit_code == 0, answer.output
        assert len(answer.stdout.splitlines()) >= 3
