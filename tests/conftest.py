"""What several test modules share: the pipeline, loaded once, and a way to put one text through it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime

import pytest
from spacy.language import Language
from sqlite_utils import Database

from newsig import extract, store
from newsig.records import Article, Findings
from newsig.serve.answering import Site
from newsig.settings import Settings
from tests import serving

WEDNESDAY = datetime.fromisoformat("2024-07-17T21:30:00+00:00")
"""The evening of Wednesday 17 July 2024 in New York, after the close."""

Read = Callable[..., Findings]


@pytest.fixture(scope="session")
def nlp() -> Language:
    return extract.load(Settings())


@pytest.fixture(scope="session")
def read(nlp: Language) -> Read:
    """``read(text, published=…)``: the findings of one text."""

    def find(text: str, published: date | datetime | None = WEDNESDAY) -> Findings:
        (found,) = extract.extract([Article(id="test", text=text, published=published)], nlp, "test")
        assert isinstance(found, Findings), found
        return found

    return find


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The pages of a database with the stories that mean harm."""
    path = tmp_path_factory.mktemp("site") / "news.db"
    serving.fill(path)
    return Site(path=str(path), database="news", zone="America/New_York")


@pytest.fixture
def db(site: Site) -> Iterator[Database]:
    """The database behind the pages, to be read."""
    with store.open_to_read(site.path) as opened:
        yield opened
