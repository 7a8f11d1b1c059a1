"""Why a story was read as it was: each sentence with its claims, what placed each field, and what was refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from spacy.language import Language
from spacy.tokens import Doc

from newsig.extract.claims import Claims, Reading
from newsig.extract.parts import in_parts, moved
from newsig.extract.pipeline import failed, prepared
from newsig.extract.sentences import sentence_spans, text_of
from newsig.extract.wrapping import in_own_words
from newsig.records import Article, Claim, Failure, Span

BY_THE_CLAUSE = "by the words of its clause"
NOTHING_ELSE = "nothing says otherwise"


@dataclass(frozen=True, slots=True, kw_only=True)
class Traced:
    """How one claim of a story is read.

    ``claim`` is the one that today's rules find at its place, null where they find none; ``sentences`` are all of the
    story. ``rules`` and ``places`` are those of `newsig.extract.claims.Reading`, empty for levels, ranks, streaks and
    market values, which have none.
    """

    claim: Claim | None
    sentences: tuple[tuple[int, int], ...]
    rules: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, Span] = field(default_factory=dict)


def trace(article: Article, nlp: Language, claim: Claim) -> Traced:
    """Read a story again, without its tone, and tell how a claim of it came about; ``nlp`` as for `extract`.

    All spans are of the story's own text.
    """
    component = nlp.get_pipe("newsig_claims")
    if not isinstance(component, Claims):
        raise TypeError("the pipeline's newsig_claims is another component")
    start, part = [(start, part) for start, part in in_parts(article) if start <= claim.start][-1]
    with nlp.select_pipes(disable="newsig_sentiments"):
        doc = next(nlp.pipe([prepared(part, nlp)]))
    told = Traced(
        claim=_at([one for one in doc._.claims if one.start == claim.start - start], claim),
        sentences=tuple((start + first, start + last) for first, last in sentence_spans(text_of(doc))),
    )
    read = next((one for one in component.read(doc) if one.claim is not None and one.claim == told.claim), None)
    places = (
        {name: in_own_words(moved(span, start), article.text) for name, span in read.places.items()} if read else {}
    )
    again = in_own_words(moved(told.claim, start), article.text) if told.claim else None
    return replace(told, claim=again, rules=read.rules if read else {}, places=places)


def _at(found: Sequence[Claim], claim: Claim) -> Claim | None:
    """Of the claims that start at a place the one of the same measure, else the first."""
    return next((one for one in found if one.measure == claim.measure), found[0] if found else None)


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
    for name, value, rule in fields_of(claim, rules):
        yield f"      {name:11} {value or 'none'}" + (f"  ({rule})" if rule else "")


def fields_of(claim: Claim, rules: Mapping[str, str]) -> list[tuple[str, str | None, str | None]]:
    """A claim's fields as a reader would say them: name, value, and what placed it.

    ``rules`` are those of its `newsig.extract.claims.Reading`; null where there is nothing, or nothing to say.
    """
    window = f"{claim.base_date or '?'} to {claim.end_date or '?'}" if claim.base_date or claim.end_date else "no dates"
    period = f"{claim.period.text!r}, " if claim.period else ""
    return [
        ("direction", claim.direction, rules.get("direction")),
        ("subject", claim.subject.text if claim.subject else None, rules.get("subject")),
        ("symbol", claim.symbol, rules.get("symbol")),
        ("measure", claim.measure, None),
        ("comparator", claim.comparator, _bounded(claim)),
        ("period", f"{period}{window}", ", ".join(filter(None, (claim.period_basis, rules.get("period"))))),
        ("modality", claim.modality, NOTHING_ELSE if claim.modality == "actual" else BY_THE_CLAUSE),
        ("timing", claim.timing, None),
        ("source", claim.source, "the statement it stands in" if claim.source else "the reporter's"),
    ]
