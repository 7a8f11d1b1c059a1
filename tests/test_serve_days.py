"""The page of a day tells what the digest tells, once, and says plainly where there is nothing to tell."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from sqlite_utils import Database

from newsig import run
from newsig.serve.answering import Site, answer
from newsig.serve.days import told_of
from tests import serving

DAY = date(2024, 7, 17)


def test_a_day_has_the_stories_of_its_digest(db: Database, site: Site) -> None:
    told = told_of(db, site, DAY)
    stories, waiting = run.stories(db, DAY, ZoneInfo(site.zone))
    assert (list(told.stories.values()), told.waiting) == (stories, waiting)
    assert list(told.stories) == [f"harm-{number}" for number in range(len(serving.TITLES))]
    assert told.summary in answer(site, f"/day/{DAY}", {}).body


def test_a_figure_of_many_stories_stands_once_with_its_verdict(db: Database, site: Site) -> None:
    index, segment = told_of(db, site, DAY).movers
    assert (index.name, segment.name) == ("Russell 2000", "Small caps")
    (figure,) = index.told
    assert (figure.size, figure.sessions) == ("up 11.5 percent", "16 → 17 Jul")
    assert figure.verdict
    assert (figure.verdict.outcome, len(figure.articles)) == ("supported", len(serving.TITLES))


def test_a_voice_stands_once_with_all_that_was_said(db: Database, site: Site) -> None:
    (voice,) = told_of(db, site, DAY).voices
    assert (voice.name, len(voice.said)) == ("=Zoë", len(serving.TITLES))


def test_what_is_new_was_not_there_the_day_before(db: Database, site: Site) -> None:
    told = told_of(db, site, DAY)
    assert told.symbols == ("^RUT",)
    assert "Zoë" in {name for _, name in told.sources}


@pytest.mark.parametrize(("path", "last"), [("/", True), ("/day/2024-07-18", True), ("/day/2024-07-16", False)])
def test_nothing_happened_is_said_plainly(path: str, last: bool, site: Site) -> None:
    page = answer(site, path, {}).body
    assert "Nothing happened" in page
    assert ("Wednesday 17 July 2024</a>" in page) == last


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2024-02-30", "today", "2024-07-17/x", "<b>"])
def test_what_is_no_day_is_said(day: str, site: Site) -> None:
    got = answer(site, f"/day/{day}", {})
    assert (got.status, "There is no day" in got.body) == (404, True)


def test_stories_that_mean_harm_stay_words(site: Site) -> None:
    page = answer(site, f"/day/{DAY}", {}).body
    for harm in ("<script", "<img", "javascript:", "\x1b", "\u202e"):
        assert harm not in page
