"""Why a story was read as it was: each sentence with its claims, what placed each field, and what was refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from spacy.language import Language
from spacy.tokens import Doc

from newsig.extract.claims import Claims, Reading
from newsig.extract.pipeline import failed, prepared
from newsig.extract.sentences import text_of
from newsig.records import Article, Claim, Failure

BY_THE_CLAUSE = "by the words of its clause"
NOTHING_ELSE = "nothing says otherwise"


def explain(articles: Iterable[Article], nlp: Language) -> Iterator[list[str] | Failure]:
    """The lines that explain each article, one list for one article and in order; ``nlp`` as for `extract`."""
    component = nlp.get_pipe("newsig_claims")
    if not isinstance(component, Claims):
        raise TypeError("the pipeline's newsig_claims is another component")
    for article in articles:
        try:
            doc = next(nlp.pipe([prepared(article, nlp)]))
            yield [f"# {article.title or article.id}", *_lines(doc, component)]
        except Exception as error:
            yield failed(article, error)


def _lines(doc: Doc, component: Claims) -> Iterator[str]:
    readings = list(component.read(doc))
    if not readings and not doc._.claims:
        yield "No figures found."
    for number, group in groupby(readings, key=lambda reading: reading.scene.number):
        together = list(group)
        scene = together[0].scene
        yield ""
        yield f"{number + 1}. {' '.join(text_of(doc)[scene.start : scene.end].split())}"
        for reading in together:
            yield from _reading(reading)
    others = [claim for claim in doc._.claims if not _read(claim, readings)]
    if others:
        yield ""
        yield "Levels, ranks, streaks and market values:"
        for claim in others:
            yield f"   {claim.text!r}"
            yield from _fields(claim, {})


def _bounded(claim: Claim) -> str:
    if claim.hedge:
        return repr(claim.hedge)
    return "no hedge" if claim.comparator == "=" else "the words before it"


def _read(claim: Claim, readings: Sequence[Reading]) -> bool:
    return any(reading.claim is not None and reading.claim.start == claim.start for reading in readings)


def _reading(reading: Reading) -> Iterator[str]:
    if reading.claim is None:
        yield f"   {reading.number.text!r} refused: {reading.reason}"
        return
    yield f"   {reading.claim.text!r}"
    yield from _fields(reading.claim, reading.rules)


def _fields(claim: Claim, rules: Mapping[str, str]) -> Iterator[str]:
    """One line a field: its name, its value, and what placed it."""
    window = f"{claim.base_date or '?'} to {claim.end_date or '?'}" if claim.base_date or claim.end_date else "no dates"
    period = f"{claim.period.text!r}, " if claim.period else ""
    rows = (
        ("direction", claim.direction, rules.get("direction")),
        ("subject", claim.subject.text if claim.subject else None, rules.get("subject")),
        ("symbol", claim.symbol, rules.get("symbol")),
        ("measure", claim.measure, None),
        ("comparator", claim.comparator, _bounded(claim)),
        ("period", f"{period}{window}", ", ".join(filter(None, (claim.period_basis, rules.get("period"))))),
        ("modality", claim.modality, NOTHING_ELSE if claim.modality == "actual" else BY_THE_CLAUSE),
        ("timing", claim.timing, None),
        ("source", claim.source, "the statement it stands in" if claim.source else "the reporter's"),
    )
    for name, value, rule in rows:
        yield f"      {name:11} {value or 'none'}" + (f"  ({rule})" if rule else "")
