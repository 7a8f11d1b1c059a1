"""The dates that a web page states for itself. Nothing is inferred from its address or the clock."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from newsig.read.linked import Thing, said
from newsig.read.outline import Outline
from newsig.read.written import Written, written

PUBLISHED = (
    "article:published_time", "og:article:published_time", "datepublished", "pubdate", "parsely-pub-date",
    "sailthru.date", "dc.date.issued", "dcterms.created", "dc.date", "publishdate", "publish-date", "publish_date",
    "article.published", "cxenseparse:recs:publishtime", "date",
)  # fmt: skip
"""Where pages say when they were published, the most trustworthy first; JSON-LD comes before them all."""
UPDATED = (
    "article:modified_time", "og:updated_time", "datemodified", "dc.date.modified", "dcterms.modified", "last-modified",
    "article.updated", "revised",
)  # fmt: skip
FIRST = re.compile(r"(?:first |originally )?(?:published|posted)\b", re.IGNORECASE)
LATER = re.compile(r"(?:last )?(?:updated|modified)\b", re.IGNORECASE)
PARTED = re.compile(
    r"(?i)\s?(?:[|·•;]|(?<=[\da-z)])\s[-–—])?\s?(?=\b(?:last |first )?(?:updated|modified|published)\b)"
)
"""Where a line that says when a story was published goes on to say when it was updated."""


def published_in(page: Outline, story: Thing, now: datetime | None = None) -> Written:
    """When a page says it was published: a moment if any statement is one, else a day, else what was unreadable.

    What is set in the page for machines goes before its visible lines, which count only where they say what they are.
    """
    return _best(_statements(page, story.get("datePublished"), PUBLISHED, FIRST), now)


def updated_in(page: Outline, story: Thing, now: datetime | None = None) -> Written:
    """When this version of the page was made, by its own statement."""
    return _best(_statements(page, story.get("dateModified"), UPDATED, LATER), now)


def _statements(page: Outline, linked: Any, names: Sequence[str], label: re.Pattern[str]) -> Iterator[list[str]]:
    """The statements in groups, of which a later one is asked only where none before it says anything."""
    yield [said(linked), *(value for name in names for value in page.values(name)[:1])]
    yield _lines(page, label)


def _lines(page: Outline, label: re.Pattern[str]) -> list[str]:
    """The page's own visible words, "Published 8:02 AM EDT, Wed July 17, 2024"; none where two differ."""
    lines = [block.text for block in page.blocks if block.region is None and len(block.text) <= 160]
    lines += [text for _, text in page.times]
    parts = {part.strip(" ()") for line in lines for part in PARTED.split(line)}
    found = {part for part in parts if label.match(part) and written(part).when is not None}
    if label is FIRST and not found and len({value for value, _ in page.times if value}) == 1:
        found = {value for value, _ in page.times if value}
    return list(found) if len(found) == 1 else []


def _best(groups: Iterable[list[str]], now: datetime | None) -> Written:
    unknown: list[Written] = []
    for group in groups:
        told = [written(value, now) for value in group if value]
        known = [one for one in told if one.when is not None]
        moments = [one for one in known if isinstance(one.when, datetime)]
        if found := moments or known:
            return found[0]
        unknown += told
    return unknown[0] if unknown else Written(None)
