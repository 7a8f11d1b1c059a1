"""newsig from Python: the pipeline, the findings of articles, and what a database says.

The same names are there as ``newsig.load``, ``newsig.extract`` and ``newsig.open_db``, which import what is heavy when
they are first used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from newsig import run, settings, store
from newsig.errors import NewsigError
from newsig.extract import load as load_pipeline
from newsig.extract.calling import read
from newsig.records import Article, Failure, Findings
from newsig.report import columns
from newsig.settings import Settings

if TYPE_CHECKING:
    import pandas
    from spacy.language import Language

__all__ = ["News", "Rows", "extract", "load", "open_db"]

DAYS = ("base_date", "end_date", "since_date", "horizon_date")


def load(settings_: Settings | None = None) -> Language:
    """The spaCy pipeline with newsig's components on it; takes about a second.

    What is found is on the document: ``doc._.claims``, ``mentions``, ``quotes``, ``sentiments`` and ``credits``. A
    document has no date of its own: set ``doc._.published`` on ``nlp.make_doc(text)``, or use `extract`.

    >>> nlp = load()
    >>> doc = nlp("The Russell 2000 rose 1.5 percent.")
    >>> [(claim.symbol, claim.direction, claim.text) for claim in doc._.claims]
    [('^RUT', 'up', '1.5 percent')]

    Raises:
        ModelError: the language model cannot be used.
        SettingsError: the settings cannot be used.
    """
    return load_pipeline(settings_ or settings.load())


def extract(articles: Iterable[Article], settings: Settings | None = None) -> Iterator[Findings | Failure]:
    """The findings of each article, one for one and in order; a `Failure` stands for one that could not be read.

    >>> told = Article(id="1", text="The Dow rose 0.6 percent on Wednesday.", published=date(2024, 7, 17))
    >>> (found,) = extract([told])
    >>> [(claim.symbol, claim.base_date.isoformat(), claim.end_date.isoformat()) for claim in found.claims]
    [('^DJI', '2024-07-16', '2024-07-17')]

    Raises:
        ModelError: the language model cannot be used.
        SettingsError: the settings cannot be used.
    """
    return read(articles, settings)


def open_db(path: str | Path) -> News:
    """The database at ``path``, to be read; close it, or use it in a ``with`` statement.

    Raises:
        StoreError: it is absent, no database, or cannot be read where it is.
        SettingsError: the settings cannot be used.
    """
    return News(path)


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of plain JSON values, found anew each time they are gone through; ``columns`` are their names."""

    columns: Sequence[str]
    find: Callable[[], Iterable[Mapping[str, Any]]]

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """The rows, one at a time, with all columns."""
        for row in self.find():
            yield {name: row.get(name) for name in self.columns}

    def to_list(self) -> list[dict[str, Any]]:
        """All rows."""
        return list(self)

    def to_pandas(self) -> pandas.DataFrame:
        """All rows as a data frame, with dates of sessions as such.

        ``published`` stays text as it is stored, since of some articles only the day is known.

        Raises:
            NewsigError: pandas is not installed.
        """
        try:
            import pandas
        except ImportError as error:
            raise NewsigError("pandas is not installed: install it with `python -m pip install pandas`") from error
        frame = pandas.DataFrame.from_records(list(self), columns=list(self.columns))
        for name in DAYS:
            if name in frame:
                frame[name] = pandas.to_datetime(frame[name])
        return frame


class News:
    """A database that is read. Every question is answered with `Rows`, and its options are those of the verb."""

    def __init__(self, path: str | Path) -> None:
        self._db = run.read_database(path)

    def close(self) -> None:
        """Close it; rows that were not gone through can be no more."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def articles(self, *, since: date | None = None, until: date | None = None) -> Rows:
        """The articles as they stand now, with their texts, of days in UTC, both included."""
        return Rows(columns.ARTICLE_COLUMNS, lambda: store.exported_articles(self._db, since=since, until=until))

    def claims(
        self,
        *,
        symbol: str | None = None,
        segment: str | None = None,
        source: str | None = None,
        direction: str | None = None,
        minimum: float | None = None,
        measure: str | None = None,
        verdict: str | None = None,
        since: date | None = None,
        until: date | None = None,
        contains: str | None = None,
        as_of: date | datetime | None = None,
        limit: int | None = None,
    ) -> Rows:
        """What articles say has moved, see ``newsig claims``: ``minimum`` is its ``--min``."""
        asked: dict[str, Any] = {"symbol": symbol, "segment": segment, "source": source, "direction": direction}
        asked |= {"minimum": minimum, "measure": measure, "verdict": verdict, "since": since, "until": until}
        asked |= {"contains": contains, "as_of": as_of, "limit": limit}
        return Rows(columns.CLAIM_COLUMNS, lambda: store.claims(self._db, **asked))

    def verdicts(
        self,
        *,
        outcome: str | None = None,
        symbol: str | None = None,
        measure: str | None = None,
        since: date | None = None,
        until: date | None = None,
        as_of: date | datetime | None = None,
        limit: int | None = None,
    ) -> Rows:
        """Checked claims and what the closes say of them, see ``newsig verdicts``: ``outcome`` is its ``--verdict``."""
        asked: dict[str, Any] = {"outcome": outcome, "symbol": symbol, "measure": measure, "since": since}
        asked |= {"until": until, "as_of": as_of, "limit": limit}
        return Rows(columns.VERDICT_COLUMNS, lambda: store.verdicts(self._db, **asked))

    def quotes(
        self,
        *,
        speaker: str | None = None,
        organisation: str | None = None,
        about: str | None = None,
        kind: str | None = None,
        stance: str | None = None,
        since: date | None = None,
        until: date | None = None,
        contains: str | None = None,
        as_of: date | datetime | None = None,
        limit: int | None = None,
    ) -> Rows:
        """Who said what, see ``newsig quotes``."""
        asked: dict[str, Any] = {"speaker": speaker, "organisation": organisation, "about": about, "kind": kind}
        asked |= {"stance": stance, "since": since, "until": until, "contains": contains, "as_of": as_of}
        return Rows(columns.QUOTE_COLUMNS, lambda: store.quotes(self._db, **asked, limit=limit))

    def sources(
        self,
        *,
        contains: str | None = None,
        type: str | None = None,  # noqa: A002 - what the record calls it
        organisation: str | None = None,
        about: str | None = None,
        since: date | None = None,
        limit: int | None = None,
    ) -> Rows:
        """Who is quoted, most statements first, see ``newsig sources``."""
        asked: dict[str, Any] = {"contains": contains, "type": type, "organisation": organisation, "about": about}
        return Rows(columns.SOURCE_COLUMNS, lambda: store.sources(self._db, **asked, since=since, limit=limit))

    def mentions(
        self,
        *,
        symbol: str | None = None,
        segment: str | None = None,
        since: date | None = None,
        until: date | None = None,
    ) -> Rows:
        """Which instruments and segments are named where, see ``newsig export mentions``."""
        asked: dict[str, Any] = {"symbol": symbol, "segment": segment, "since": since, "until": until}
        return Rows(columns.MENTION_COLUMNS, lambda: store.exported_mentions(self._db, **asked))

    def sentiments(
        self,
        *,
        target: str | None = None,
        holder: str | None = None,
        since: date | None = None,
        until: date | None = None,
    ) -> Rows:
        """The tone of each sentence towards each thing that it speaks of, see ``newsig export sentiments``."""
        asked: dict[str, Any] = {"target": target, "holder": holder, "since": since, "until": until}
        return Rows(columns.SENTIMENT_COLUMNS, lambda: store.exported_sentiments(self._db, **asked))
