"""The same on Ray. What needs Ray itself is slow: ``pytest -m slow tests/test_cluster.py``, with the extra ``ray``."""

from __future__ import annotations

import json
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from click.testing import CliRunner

from newsig import extract
from newsig.cli import main
from newsig.cluster import DIED, Worker
from newsig.records import Article
from newsig.run.blocks import filed
from newsig.settings import Settings
from newsig.store.parquet import Block, Extracting, Folder, Job, stage_block
from tests.batches import BAD, archive, contents, first_words, sample, stories
from tests.test_batch import without_clocks

on_ray = [
    pytest.mark.slow,
    pytest.mark.skipif(find_spec("ray") is None, reason="Ray is not installed"),
    pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are found by Linux's /proc"),
]

DEADLY = f"""
import os, sys
from newsig import cluster, extract
from newsig.records import Findings, Mention
from newsig.run import Batch
from newsig.settings import Settings
from newsig.store.parquet import Folder

def deadly(articles, settings):
    mark = extract.fingerprint(settings)
    for key, article in articles:
        if article.text == {BAD!r}:
            os.kill(os.getpid(), 9)
        mention = Mention(start=0, end=3, text=article.text[:3])
        told = {{"title": article.title, "published": article.published, "mentions": (mention,)}}
        yield key, Findings(id=article.id, fingerprint=mark, **told)

batch = Batch(folder=Folder(sys.argv[2]), settings=Settings(), engine=cluster.spread(None), extract=deadly)
print(batch.over([sys.argv[1]]).failures)
"""


def job(folder: Path, asked: Extracting = first_words, fingerprint: str | None = None) -> Job:
    mark = fingerprint or extract.fingerprint(Settings())
    return Job(folder=Folder(str(folder)), settings=Settings(), fingerprint=mark, extract=asked)


def test_a_worker_with_another_newsig_refuses_to_work(tmp_path: Path) -> None:
    assert "install the same on every machine" in worked(job(tmp_path, fingerprint="of another"), stories(2))


def test_a_worker_that_breaks_off_says_why(tmp_path: Path) -> None:
    def full(articles: Iterable[tuple[Any, Article]], _: Settings) -> Iterator[Any]:
        raise OSError(28, f"No space left for {len(list(articles))}")
        yield

    told = worked(job(tmp_path, full), stories(2))
    assert told.startswith("a worker broke off (OSError: [Errno 28] No space left for 2); what was written is whole")


def worked(work: Job, articles: Iterable[Article]) -> Any:
    """What a worker gives for a block of articles."""
    path = stage_block(work.folder, Block(day=None, filed=tuple(map(filed, articles))), work.fingerprint)
    (done,) = Worker(work)(pa.table({"path": [path]}))["done"].to_pylist()
    return pickle.loads(done)  # noqa: S301


class Died(BaseException):
    """In place of a worker's death, which a test would not outlive."""


def deadly(articles: Iterable[tuple[Any, Article]], settings: Settings) -> Iterator[Any]:
    for key, article in articles:
        if article.text == BAD:
            raise Died
        yield from first_words([(key, article)], settings)


@pytest.mark.parametrize("bad", [(), (3,), (0, 5)])
def test_an_article_that_kills_workers_becomes_a_failure(tmp_path: Path, bad: tuple[int, ...]) -> None:
    made = [Article(id=f"s{n}", text=BAD if n in bad else f"Story {n}.") for n in range(6)]
    work = job(tmp_path, deadly)
    deaths = 0
    while True:
        try:
            file, failures = worked(work, made)
            break
        except Died:
            deaths += 1
    assert deaths == (2 + len(bad) if bad else 0)
    assert [failure.reason for failure in failures] == [f"article s{n}: {DIED}" for n in bad]
    assert (file.rows, file.failures) == (6, len(bad))


def test_an_address_is_for_ray_alone(tmp_path: Path) -> None:
    source = archive(tmp_path / "a.jsonl", stories(1))
    done = CliRunner().invoke(main, ["batch", str(source), str(tmp_path / "out"), "--address", "head:6379"])
    assert done.exit_code == 2
    assert "add --engine ray" in done.stderr


def test_without_ray_a_sentence_says_how_to_get_it(tmp_path: Path) -> None:
    source = archive(tmp_path / "a.jsonl", stories(1))
    program = f"import sys; sys.modules['ray'] = None; from newsig.cli import main; main({['batch', str(source)]!r} + "
    words = [sys.executable, "-c", f"{program}[{str(tmp_path / 'out')!r}, '--engine', 'ray'])"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)  # noqa: S603
    assert done.returncode == 2
    assert done.stderr == "newsig: Ray is not installed: `pip install 'newsig[ray]'`, or use --engine local\n"


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The sample as an archive, four times over on other days, and what one machine finds in it."""
    folder = tmp_path_factory.mktemp("sample")
    many = [
        Article(id=f"{one.id}-{turn}", text=one.text, title=one.title, published=one.published)
        for turn in range(4)
        for one in sample()
    ]
    source, out = archive(folder / "sample.jsonl", many), folder / "local"
    assert CliRunner().invoke(main, ["batch", str(source), str(out)]).exit_code == 1
    return source, out


def on_cluster(*words: object) -> subprocess.Popen[bytes]:
    told = [sys.executable, *map(str, words)]
    return subprocess.Popen(told, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)  # noqa: S603


def workers(of: int) -> list[int]:
    """The actors that a process started, itself or by others."""
    parents, actors = {}, []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(place.name)] = int(place.joinpath("stat").read_text().rpartition(")")[2].split()[1])
            if "MapBatches(Worker)" in place.joinpath("cmdline").read_text():
                actors.append(int(place.name))
        except OSError:
            continue

    def above(process: int) -> Iterator[int]:
        while process in parents:
            process = parents[process]
            yield process

    return [actor for actor in actors if of in above(actor)]


@pytest.mark.parametrize("kills", [0, 1, 3])
@pytest.mark.parametrize("_on_ray", [pytest.param(None, marks=on_ray)], ids=["ray"])
def test_ray_writes_what_one_machine_does_though_workers_are_killed(
    tmp_path: Path, local: tuple[Path, Path], kills: int, _on_ray: None
) -> None:
    source, expected = local
    out = tmp_path / "ray"
    killed: set[int] = set()
    with on_cluster("-m", "newsig", "batch", source, out, "--engine", "ray") as running:
        while running.poll() is None:
            try:
                running.wait(0.05)
            except subprocess.TimeoutExpired:
                if len(killed) < kills and len(list(out.glob("day=*/*.parquet"))) > len(killed):
                    for actor in set(workers(running.pid)) - killed:
                        os.kill(actor, signal.SIGKILL)
                        killed.add(actor)
    assert running.returncode == 1
    assert len(killed) >= kills
    assert without_clocks(out) == without_clocks(expected)
    assert contents(out) == contents(expected)


@pytest.mark.parametrize("_on_ray", [pytest.param(None, marks=on_ray)], ids=["ray"])
def test_ray_goes_on_where_an_article_kills_workers(tmp_path: Path, _on_ray: None) -> None:
    made = [*stories(20), Article(id="deadly", text=BAD, published=stories(1)[0].published)]
    source = archive(tmp_path / "a.jsonl", made)
    with on_cluster("-c", DEADLY, source, tmp_path / "out") as running:
        printed, _ = running.communicate()
    assert printed == b"2\n"
    rows = [row for found in contents(tmp_path / "out").values() for row in found]
    assert len(rows) == 22
    assert {row["id"] for row in rows if row["failure"]} == {"deadly", None}
    (dead,) = [row["failure"] for row in rows if row["id"] == "deadly"]
    assert DIED in json.dumps(dead)
