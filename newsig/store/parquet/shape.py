"""Articles with what was found in them ↔ rows of Parquet: one row an article, its findings as nested lists.

The columns are the fields of `newsig.records.Article` and `newsig.records.Findings` by their own names and types, so
that a record has one shape everywhere. Two are called otherwise or added: an article's own ``credits`` are
``article_credits``, and ``published_utc`` is the moment by which stories are ordered.
"""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, Union, get_args, get_origin, get_type_hints

from newsig.records import Article, Failure, Findings, parse_when, row
from newsig.store.failures import printable
from newsig.store.rows import published_in_utc

if TYPE_CHECKING:
    import pyarrow

FOUND = ("mentions", "claims", "quotes", "sentiments", "credits")
RENAMED = {"credits": "article_credits"}
"""Fields of articles whose names a field of findings has, too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """An article with what was found in it, or why nothing could be.

    ``version`` is sha256 over what makes a version of it (`newsig.store.content`). What could not even be read has no
    article, and ``version`` is over its failure. While both ``findings`` and ``failure`` are None it waits.
    """

    version: str
    article: Article | None = None
    findings: Findings | None = None
    failure: Failure | None = None


@cache
def schema() -> pyarrow.Schema:
    """The columns of a file, in their order."""
    import pyarrow

    article, found = get_type_hints(Article), get_type_hints(Findings)
    columns = [("id", pyarrow.string()), ("version", pyarrow.string()), ("fingerprint", pyarrow.string())]
    columns.append(("published_utc", pyarrow.timestamp("us", "UTC")))
    columns += [(RENAMED.get(name, name), _type(kind)) for name, kind in article.items() if name != "id"]
    columns += [(name, _type(found[name])) for name in FOUND]
    return pyarrow.schema([*columns, ("failure", _type(Failure))])


def _type(kind: Any) -> pyarrow.DataType:
    import pyarrow

    plain = {str: pyarrow.string(), int: pyarrow.int32(), float: pyarrow.float64(), bool: pyarrow.bool_()}
    kinds = _kinds(kind)
    first = kinds[0]
    if len(kinds) > 1 or get_origin(first) is Literal:  # a day or a moment as it was given, or one of some words
        return pyarrow.string()
    if first is date:
        return pyarrow.date32()
    if dataclasses.is_dataclass(first):
        return pyarrow.struct([(name, _type(inner)) for name, inner in get_type_hints(first).items()])
    if get_origin(first) is tuple:
        return pyarrow.list_(_type(get_args(first)[0]))
    return plain[first]


def _kinds(kind: Any) -> list[Any]:
    """What a value is, where it is there at all."""
    if get_origin(kind) in (Union, types.UnionType):
        return [one for one in get_args(kind) if one is not type(None)]
    return [kind]


def to_table(filed: Sequence[Filed], fingerprint: str) -> pyarrow.Table:
    """Articles as rows, in their order; ``fingerprint`` names what made the findings."""
    import pyarrow

    return pyarrow.Table.from_pylist([_values(one, fingerprint) for one in filed], schema=schema())


def _values(filed: Filed, fingerprint: str) -> dict[str, Any]:
    article = filed.article
    values: dict[str, Any] = {"version": filed.version, "fingerprint": fingerprint}
    if article is not None:
        values |= {RENAMED.get(name, name): value for name, value in row(article).items()}
        moment = published_in_utc(article.published)
        values["published_utc"] = moment and datetime.fromisoformat(moment)
    if filed.findings is not None:
        values |= {name: [_columns(one) for one in getattr(filed.findings, name)] for name in FOUND}
    failure = filed.failure and {name: printable(words) for name, words in row(filed.failure).items()}
    return values | {"failure": failure}


def _columns(value: Any) -> Any:
    """A record as Arrow takes it, with days as days."""
    if dataclasses.is_dataclass(value):
        return {field.name: _columns(getattr(value, field.name)) for field in dataclasses.fields(value)}
    return [_columns(one) for one in value] if isinstance(value, tuple) else value


def from_table(table: pyarrow.Table) -> Iterator[Filed]:
    """The inverse of `to_table`. Columns that are not there have the values that records have without them.

    Raises:
        ValueError: a row holds what no record can.
        KeyError: a row lacks what every record has.
    """
    for values in table.to_pylist():
        article = None
        if values["id"] is not None:
            own = {field.name: RENAMED.get(field.name, field.name) for field in dataclasses.fields(Article)}
            article = _builder(Article)({name: values[column] for name, column in own.items() if column in values})
        findings = None
        if article is not None and values["mentions"] is not None:
            known = {"id": article.id, "title": article.title, "fingerprint": values["fingerprint"]}
            found = {name: values[name] for name in FOUND} | known
            findings = dataclasses.replace(_builder(Findings)(found), published=article.published)
        failure = values["failure"] and _builder(Failure)(values["failure"])
        yield Filed(version=values["version"], article=article, findings=findings, failure=failure)


@cache
def _builder(kind: Any) -> Callable[[Any], Any]:
    """What makes a value of a kind of what Arrow gives."""
    kinds = _kinds(kind)
    first = kinds[0]
    if date in kinds and datetime in kinds:
        return lambda value: value and parse_when(value)
    if dataclasses.is_dataclass(first):
        makers = {name: _builder(inner) for name, inner in get_type_hints(first).items()}
        return lambda value: value and _record(first, value, makers)
    if get_origin(first) is tuple:
        make = _builder(get_args(first)[0])
        return lambda value: tuple(make(one) for one in value or ())
    return lambda value: value


def _record(kind: Any, values: Mapping[str, Any], makers: Mapping[str, Callable[[Any], Any]]) -> Any:
    return kind(**{name: make(values[name]) for name, make in makers.items() if name in values})
