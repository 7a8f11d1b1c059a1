"""A path and what was asked for → a page, or a sentence that says why there is none."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from newsig import store
from newsig.errors import NewsigError
from newsig.report.tables import as_json
from newsig.serve.rendering import render, sheet

if TYPE_CHECKING:
    from sqlite_utils import Database

HTML = "text/html; charset=utf-8"
SECONDS = 10.0
"""How long a page may read the database."""


class AbsentError(NewsigError):
    """There is no such page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Whose pages they are: the database at ``path``, which Datasette calls ``database``; ``zone`` is the readers'."""

    path: str
    database: str
    zone: str = "UTC"

    @property
    def reader(self) -> ZoneInfo:
        """The zone itself."""
        return ZoneInfo(self.zone)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is sent: text of a ``kind`` (a media type) with a status and further headers."""

    body: str
    kind: str = HTML
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


Query = Mapping[str, str]
Maker = Callable[["Database", Site, str, Query], Answer]


def answer(site: Site, path: str, query: Query) -> Answer:
    """The answer to what was asked for; it is always one, and errors are sentences."""
    if path.startswith("/-/newsig/"):
        return _sheet(path)
    try:
        maker, rest = _maker(path)
        with reading(site.path) as db:
            return maker(db, site, rest, query)
    except AbsentError as error:
        return refusal(404, str(error))
    except NewsigError as error:
        return refusal(400, str(error))


def refusal(status: int, sentence: str, *, as_data: bool = False) -> Answer:
    """A page, or JSON, that says in a sentence why there is no other."""
    if as_data:
        told = {"ok": False, "error": sentence, "status": status}
        return Answer(body=as_json(told), kind="application/json; charset=utf-8", status=status)
    return Answer(body=render("refusal.html", title="That did not work", sentence=sentence), status=status)


@contextmanager
def reading(path: str) -> Iterator[Database]:
    """The database to be read only, for one page and no longer than `SECONDS`."""
    db = store.open_to_read(path)
    try:
        db.execute("PRAGMA query_only = ON")
        until = time.monotonic() + SECONDS
        db.conn.set_progress_handler(lambda: time.monotonic() > until, 10_000)
        yield db
    finally:
        db.close()


def _sheet(path: str) -> Answer:
    found = sheet(path.removeprefix("/-/newsig/"))
    if found is None:
        return refusal(404, "There is no such file.")
    text, kind = found
    return Answer(body=text, kind=kind, headers={"Cache-Control": "max-age=86400"})


def _maker(path: str) -> tuple[Maker, str]:
    for pattern, maker in _pages().items():
        if match := re.fullmatch(pattern, path, re.DOTALL):
            return maker, match[1]
    raise AbsentError("There is no such page.")


def _pages() -> dict[str, Maker]:
    """The pages by their paths, of which each is given the rest."""
    from newsig.serve.articles import article
    from newsig.serve.asking import ask
    from newsig.serve.days import any_day, today
    from newsig.serve.things import segment, symbol
    from newsig.serve.voices import voice, voices

    return {
        r"/()": today,
        r"/day/(.+)": any_day,
        r"/ask(\.csv|\.json|)": ask,
        r"/article/(.+)": article,
        r"/sources()": voices,
        r"/source/(.+)": voice,
        r"/symbol/(.+)": symbol,
        r"/segment/(.+)": segment,
    }
