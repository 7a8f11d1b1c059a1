"""What several test modules share: the pipeline, loaded once, and a way to put one text through it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest
from spacy.language import Language

from newsig import extract
from newsig.records import Article, Findings
from newsig.settings import Settings

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
