"""Dates as pages write them: what they tell for certain, and what is doubtful about the rest."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsig.read.article import read
from newsig.read.written import EARLIEST, written
from newsig.records import Page

NOW = datetime(2024, 7, 20, tzinfo=UTC)
SURE, NONE, MANY, FAR, ODD = None, "no_zone", "ambiguous_zone", "out_of_range", "unreadable"

DATES: list[tuple[str, str | None, str | None]] = [
    # as written, in UTC or the day or nothing, the doubt
    ("2024-07-18T02:26:00Z", "2024-07-18T02:26:00+00:00", SURE),
    ("2024-07-18T02:26:00.000Z", "2024-07-18T02:26:00+00:00", SURE),
    ("2024-07-18T02:26:00.0000000Z", "2024-07-18T02:26:00+00:00", SURE),
    ("2024-07-17T22:26:00-04:00", "2024-07-18T02:26:00+00:00", SURE),
    ("2024-07-17T22:26:00-0400", "2024-07-18T02:26:00+00:00", SURE),
    ("2024-07-18T02:26Z", "2024-07-18T02:26:00+00:00", SURE),
    ("2024-07-18 02:26:00 +0000", "2024-07-18T02:26:00+00:00", SURE),
    ("2024-07-18 02:26:00+00:00", "2024-07-18T02:26:00+00:00", SURE),
    ("2024-07-18 02:26:00 UTC", "2024-07-18T02:26:00+00:00", SURE),
    ("2024-07-17T22:26:00 EDT", "2024-07-18T02:26:00+00:00", SURE),
    ("2024-07-17T22:26:00-04:00[America/New_York]", "2024-07-18T02:26:00+00:00", SURE),
    ("20240718T022600Z", "2024-07-18T02:26:00+00:00", SURE),
    ("1721269560", "2024-07-18T02:26:00+00:00", SURE),
    ("1721269560000", "2024-07-18T02:26:00+00:00", SURE),
    ("Thu, 18 Jul 2024 02:26:00 GMT", "2024-07-18T02:26:00+00:00", SURE),
    ("Thu, 18 Jul 2024 04:26:00 +0200", "2024-07-18T02:26:00+00:00", SURE),
    ("Wed, 17 Jul 2024 22:26:00 EDT", "2024-07-18T02:26:00+00:00", SURE),
    ("Thu Jul 18 2024 02:26:00 GMT+0000 (Coordinated Universal Time)", "2024-07-18T02:26:00+00:00", SURE),
    ("Wed Jul 17 22:26:00 EDT 2024", "2024-07-18T02:26:00+00:00", SURE),
    ("Published 8:02 AM EDT, Wed July 17, 2024", "2024-07-17T12:02:00+00:00", SURE),
    ("Updated 11:47 AM EDT, Wed July 17, 2024", "2024-07-17T15:47:00+00:00", SURE),
    ("Wed, July 17, 2024 at 10:30 AM EDT", "2024-07-17T14:30:00+00:00", SURE),
    ("July 17, 2024 at 2:26 p.m. EDT", "2024-07-17T18:26:00+00:00", SURE),
    ("Updated: Jul 17, 2024 / 06:45 PM EDT", "2024-07-17T22:45:00+00:00", SURE),
    ("Wednesday, July 17, 2024, 2:26 PM ET", "2024-07-17T18:26:00+00:00", SURE),
    ("Jan 5, 2024 8 am ET", "2024-01-05T13:00:00+00:00", SURE),
    ("Jan. 5, 2024 8:00 a.m. EST", "2024-01-05T13:00:00+00:00", SURE),
    ("Jul 17, 2024, 08:00 ET", "2024-07-17T12:00:00+00:00", SURE),
    ("July 17, 2024 6:02 AM PT", "2024-07-17T13:02:00+00:00", SURE),
    ("17.07.2024 - 14:30 CEST", "2024-07-17T12:30:00+00:00", SURE),
    ("17 January 2024 14:30 CET", "2024-01-17T13:30:00+00:00", SURE),
    ("17 Jul 2024 09:15 JST", "2024-07-17T00:15:00+00:00", SURE),
    ("17-Jul-2024 14:30 +0530", "2024-07-17T09:00:00+00:00", SURE),
    ("17 Jul 2024 00:30 GMT+8", "2024-07-16T16:30:00+00:00", SURE),
    ("17 July 2024 14:05 UTC", "2024-07-17T14:05:00+00:00", SURE),
    ("12:00 AM EDT, Wed July 17, 2024", "2024-07-17T04:00:00+00:00", SURE),
    ("12:10 p.m. EDT July 17, 2024", "2024-07-17T16:10:00+00:00", SURE),
    # days
    ("2024-07-18", "2024-07-18", SURE),
    ("2024/07/18", "2024-07-18", SURE),
    ("20240718", "2024-07-18", SURE),
    ("July 18, 2024", "2024-07-18", SURE),
    ("Jul 18 2024", "2024-07-18", SURE),
    ("Sept. 3, 2023", "2023-09-03", SURE),
    ("18 July 2024", "2024-07-18", SURE),
    ("Posted on 18th July 2024", "2024-07-18", SURE),
    ("Thursday, 18 July, 2024", "2024-07-18", SURE),
    ("18/07/2024", "2024-07-18", SURE),
    ("07/18/2024", "2024-07-18", SURE),
    ("07/07/2024", "2024-07-07", SURE),
    # a time whose zone is missing, or may be several
    ("2024-07-18T02:26:00", "2024-07-18", NONE),
    ("2024-07-18 02:26:00", "2024-07-18", NONE),
    ("Jul 18, 2024, 10:30 a.m.", "2024-07-18", NONE),
    ("14:30, 18 July 2024", "2024-07-18", NONE),
    ("Wed 17 Jul 2024 06.00", "2024-07-17", NONE),
    ("Updated 17 Jul 2024 22:26 BST", "2024-07-17", MANY),
    ("18 JUL 2024 10:30 IST", "2024-07-18", MANY),
    ("Thu Jul 18 02:26:00 CST 2024", "2024-07-18", MANY),
    ("Thu, 18 Jul 2024 02:26:00 EST", "2024-07-18", MANY),  # New York keeps summer time in July
    ("17 Jul 2024 14:30 CET", "2024-07-17", MANY),
    ("Nov 5, 2023 1:30 AM ET", "2023-11-05", MANY),  # this half hour was there twice
    ("17 Jul 2024 10:30 XYZ", "2024-07-17", MANY),
    # beyond what can be
    ("1970-01-01T00:00:00Z", None, FAR),
    ("0001-01-01T00:00:00Z", None, FAR),
    ("9999-12-31T23:59-14:00", None, FAR),
    ("1989-12-31", None, FAR),
    ("2024-07-21T00:00:01Z", None, FAR),
    ("2024-07-22", None, FAR),
    ("2042-07-18T02:26:00Z", None, FAR),
    # no date, or none for certain
    ("07/08/2024", None, ODD),
    ("08.07.2024", None, ODD),
    ("2024-02-30", None, ODD),
    ("2024-07-18T25:00:00Z", None, ODD),
    ("July 2024", None, ODD),
    ("2024", None, ODD),
    ("1721", None, ODD),
    ("last Thursday", None, ODD),
    ("3 hours ago", None, ODD),
    ("July 17 at 8:02 AM EDT", None, ODD),
    ("Russell 2000 rose on July 17, 2024", None, ODD),
    ("13:30 PM on 31 June 2024", None, ODD),
]


def told(when: date | datetime | None) -> str | None:
    if isinstance(when, datetime):
        return when.astimezone(UTC).isoformat()
    return when.isoformat() if when else None


@pytest.mark.parametrize(("text", "when", "doubt"), DATES)
def test_a_written_date(text: str, when: str | None, doubt: str | None) -> None:
    found = written(text, NOW)
    assert (told(found.when), found.doubt, found.text) == (when, doubt, text)


BODY = (
    "<body><article><h1>Kettles sell</h1><p>Shares of the kettle maker rose 3 percent on Tuesday.</p></article></body>"
)
TELLING = (
    '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "%s", "dateModified": "%s"}</script>'
)
PAGES: list[tuple[str, str | None, str | None, str | None, str | None]] = [
    # head and body, published, date_text, date_doubt, updated
    (TELLING % ("2024-07-17T08:00:00-04:00", "2024-07-17T09:30:00-04:00") + BODY,
     "2024-07-17T12:00:00+00:00", "2024-07-17T08:00:00-04:00", SURE, "2024-07-17T13:30:00+00:00"),
    (TELLING % ("2024-07-17T08:00:00", "2024-07-17T09:30:00") + BODY,
     "2024-07-17", "2024-07-17T08:00:00", NONE, "2024-07-17"),
    ("<meta property='article:published_time' content='0001-01-01T00:00:00Z'>" + BODY,
     None, "0001-01-01T00:00:00Z", FAR, None),
    ("<meta property='article:published_time' content='2026-01-01T00:00:00Z'>" + BODY,
     None, "2026-01-01T00:00:00Z", FAR, None),
    ("<meta name='date' content='yesterday'>" + BODY, None, "yesterday", ODD, None),
    ("<meta name='date' content='yesterday'>" + BODY.replace("<p>", "<p>Published July 17, 2024</p><p>"),
     "2024-07-17", "Published July 17, 2024", SURE, None),
    (BODY.replace("<p>", "<p>Updated 11:47 AM EDT, Wed July 17, 2024</p>"
                         "<p>Published 8:02 AM EDT, Wed July 17, 2024</p><p>"),
     "2024-07-17T12:02:00+00:00", "Published 8:02 AM EDT, Wed July 17, 2024", SURE, "2024-07-17T15:47:00+00:00"),
    (BODY.replace("<p>", "<p>Published July 16, 2024</p><p>Published July 17, 2024</p><p>"), None, None, SURE, None),
    (BODY.replace("<p>", "<p>July 17, 2024</p><p>"), None, None, SURE, None),
    (BODY.replace("<p>", "<time datetime='2024-07-17T12:00:00Z'>Wednesday</time><p>"),
     "2024-07-17T12:00:00+00:00", "2024-07-17T12:00:00Z", SURE, None),
    (BODY.replace("<p>", "<time datetime='2024-07-17'>a</time><time datetime='2024-07-16'>b</time><p>"),
     None, None, SURE, None),
    (BODY, None, None, SURE, None),
]  # fmt: skip


@pytest.mark.parametrize(("markup", "published", "text", "doubt", "updated"), PAGES)
def test_the_date_of_a_page(
    markup: str, published: str | None, text: str | None, doubt: str | None, updated: str | None
) -> None:
    article = read(Page(origin="x", html=f"<html>{markup}</html>"), now=NOW)
    assert (told(article.published), article.date_text, article.date_doubt) == (published, text, doubt)
    assert told(article.updated) == updated


def test_a_feeds_day_is_made_more_precise_and_never_contradicted() -> None:
    html = f"<html>{TELLING % ('2024-07-17T08:00:00-04:00', '')}{BODY}</html>"
    days = [date(2024, 7, 17), date(2024, 7, 16), date(2024, 7, 10)]
    found = [read(Page(origin="x", html=html, published=day, date_text="as fed", date_doubt="no_zone")) for day in days]
    assert [told(article.published) for article in found] == ["2024-07-17T12:00:00+00:00"] * 2 + ["2024-07-10"]
    assert [article.date_doubt for article in found] == [None, None, "no_zone"]


@given(st.text() | st.from_regex(r"[0-9]{1,4}[-/ :.TZa-z]{1,6}[0-9]{1,4}[-/ :.TZ+a-z]{0,9}[0-9]{0,6}"))
def test_no_date_is_before_its_time_or_without_its_zone(text: str) -> None:
    found = written(text, NOW)
    assert (found.when is None) <= (found.doubt is not None)
    if isinstance(found.when, datetime):
        assert found.when.tzinfo is not None
        assert found.when.astimezone(UTC).date() >= EARLIEST
        assert found.when <= NOW + timedelta(days=1)
