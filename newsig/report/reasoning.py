"""Why a claim is what it is: its words lit, what they were taken for, the arithmetic of its verdict, and its maker."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from newsig.records import Article, Claim, Span, Split, Verdict, row
from newsig.report.arithmetic import moment, reckoned
from newsig.report.lighting import Lit, legend, lighted
from newsig.report.tables import as_json, shown
from newsig.report.wrapping import wrapped

LABEL = 12
"""The columns of a row's name."""

OF_DONORS = {
    "subject": "The subject stands for a name in another sentence:",
    "period": "The period is taken from another sentence:",
    "attribution": "Who says so is named in another sentence:",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Donor:
    """Words of another sentence that a claim took something from: ``kind`` is what, ``sentence`` where they stand."""

    kind: str
    words: Span
    sentence: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Maker:
    """What found a claim: the run and its fingerprint.

    ``today`` is the fingerprint of this newsig with its settings, ``changed`` the parts that differ, with what they
    were and are. ``differing`` are the fields that today's rules read otherwise; null where they find no such claim.
    """

    run_id: int
    started_at: str
    fingerprint: str
    today: str
    changed: Mapping[str, tuple[Any, Any]]
    differing: Mapping[str, tuple[Any, Any]] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """All that stands behind one claim.

    ``name`` is the instrument's; ``lit`` are the words of the sentence that make the claim, ``read`` its fields with
    what placed them. ``room`` is the tolerance with room for rounding, null where there is none; ``splits`` are those
    of a share since the window began, which its closes are adjusted for.
    """

    claim_id: int
    claim: Claim
    article: Article
    version: int
    current: bool
    sentence: Span
    lit: tuple[Lit, ...]
    donors: tuple[Donor, ...]
    read: tuple[tuple[str, str | None, str | None], ...]
    maker: Maker
    name: str | None = None
    verdict: Verdict | None = None
    room: tuple[float, float] | None = None
    splits: tuple[Split, ...] = ()
    price_source: str | None = None
    checked_at: str | None = None


def reasoning(why: Why, format: str = "table", width: int = 80, *, colour: bool = False) -> str:  # noqa: A002
    """The text to read, or with ``json`` one object; ``width`` in columns. Without ``colour`` it says the same."""
    if format == "json":
        return f"{as_json(as_row(why), indent=2)}\n"
    return "".join(f"{line.rstrip()}\n" for line in _page(why, width, colour=colour))


def as_row(why: Why) -> dict[str, Any]:
    """The same as plain JSON values."""
    article = why.article
    return {
        "claim_id": why.claim_id,
        "claim": row(why.claim),
        "instrument": why.name,
        "article": {
            "id": article.id,
            "title": article.title,
            "publisher": article.publisher,
            "published": article.published.isoformat() if article.published else None,
            "url": article.url,
            "version": why.version,
            "current": why.current,
        },
        "sentence": row(why.sentence),
        "lit": [{"kind": one.kind, **row(one.words)} for one in why.lit],
        "donors": [{"kind": one.kind, **row(one.words), "sentence": row(one.sentence)} for one in why.donors],
        "read": [{"field": name, "value": value, "because": rule} for name, value, rule in why.read],
        "verdict": row(why.verdict) if why.verdict else None,
        "reckoning": [{"name": name, "words": words} for name, words in reckoned(why)],
        "tolerance_with_rounding": why.room,
        "splits": [row(split) for split in why.splits],
        "price_source": why.price_source,
        "checked_at": why.checked_at,
        "maker": row(why.maker),
    }


def _page(why: Why, width: int, *, colour: bool) -> Iterator[str]:
    yield from wrapped(f"Claim {why.claim_id} · {why.article.title or '(no title)'}", width)
    yield from wrapped(_origin(why), width)
    yield ""
    yield from lighted(why.sentence, why.lit, width, colour=colour)
    yield ""
    yield from wrapped(legend(why.lit), width, "  ")
    for donor in why.donors:
        yield from ("", f"  {OF_DONORS[donor.kind]}")
        yield from lighted(donor.sentence, [Lit(kind=donor.kind, words=donor.words)], width, "    ", colour=colour)
    yield from ("", "Read as")
    yield from _rows(_told(why), width)
    yield from ("", "Verdict")
    yield from _rows(reckoned(why), width)
    yield from ("", "Made by")
    yield from _rows(_made(why.maker), width)


def _origin(why: Why) -> str:
    article = why.article
    published = article.published.isoformat() if article.published else "of unknown date"
    version = "" if why.current else f"version {why.version}, which is not the current one"
    return " · ".join(part for part in (article.publisher, published, version, article.url) if part)


def _rows(told: Iterable[tuple[str, str]], width: int) -> Iterator[str]:
    for name, words in told:
        yield from wrapped(f"{name:{LABEL}}{words}", width, "  ", " " * (LABEL + 2))


def _told(why: Why) -> list[tuple[str, str]]:
    rows = []
    for name, value, rule in why.read:
        named = f"{value}, {why.name}" if name == "symbol" and value and why.name else value or "none"
        rows.append((name, f"{named} ({rule})" if rule else named))
    return rows


def _made(maker: Maker) -> Iterator[tuple[str, str]]:
    yield "run", f"{maker.run_id}, begun {moment(maker.started_at)}"
    yield "fingerprint", maker.fingerprint
    if maker.fingerprint == maker.today:
        yield "today", "the same: this newsig with its present settings made it"
    else:
        parts = ", ".join(f"{name} {_was(was)} → {_was(now)}" for name, (was, now) in maker.changed.items())
        yield "today", f"another one, {maker.today}: {parts or 'in what the run does not tell'}"
    if maker.differing is None:
        yield "read again", "today's rules find no claim there: `newsig process` replaces it"
    elif maker.differing:
        parts = ", ".join(f"{name} {_was(was)} → {_was(now)}" for name, (was, now) in maker.differing.items())
        yield "read again", f"today's rules read it otherwise: {parts}"
    elif maker.fingerprint != maker.today:
        yield "read again", "today's rules read it the same"


def _was(value: Any) -> str:
    if isinstance(value, Mapping) and "text" in value:
        value = value["text"]
    return "none" if value is None else shown(str(value))
