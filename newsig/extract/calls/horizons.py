"""By when a forecast, a condition or a hope is to come true."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from spacy.tokens import Doc, Token

from newsig.extract.calls.clauses import meant
from newsig.extract.calls.dates import last_day
from newsig.extract.calls.expressions import find_ahead
from newsig.extract.calls.vocabulary import GUIDING, SUPPOSING
from newsig.extract.lexicon import words
from newsig.extract.periods import Reference
from newsig.extract.periods.expressions import Expression
from newsig.records import Quote, Span

OF_A_CUE = frozenset({"year", "next", "next_half", "part", "from_now"})
"""Kinds that count beside the words for the speaker as well: "For 2010, the company forecast"."""
DATED = frozenset({"part", "half_year", "date"})
"""Kinds without a year that have a last day unless it is over."""
MEANS = words("by after before while without")
"""Prepositions whose verb is another matter than the point: "by selling its plant next week, the firm will …"."""
CLIMB = 25
"""Steps up the parse at most from an expression to the verb that it dates."""


def horizon(
    doc: Doc, text: str, quote: Quote, sentence: tuple[int, int], reference: Reference | None
) -> tuple[Span, date | None] | None:
    """The words that say by when a statement should come true, and the last day of that time."""
    for found in (*_within(doc, text, quote), *_beside(text, quote, sentence)):
        if reference is not None and _is_past(found, reference.day):
            continue
        span = Span(start=found.start, end=found.end, text=text[found.start : found.end])
        return span, last_day(found, reference.day) if reference is not None else None
    return None


def _within(doc: Doc, text: str, quote: Quote) -> Iterator[Expression]:
    """The expressions of the statement itself that belong to its point; those of a clause that looks ahead first."""
    spare = []
    for found in find_ahead(text[quote.start : quote.end]):
        placed = Expression(
            start=quote.start + found.start, end=quote.start + found.end, kind=found.kind, parts=found.parts
        )
        dated = _dates_the_point(doc, placed, quote)
        if dated:
            yield placed
        elif dated is None:
            spare.append(placed)
    yield from spare


def _beside(text: str, quote: Quote, sentence: tuple[int, int]) -> Iterator[Expression]:
    """The expressions of the cue's own clause, where the cue looks ahead: "For 2010, the company forecast"."""
    if (quote.cue or "").lower() not in GUIDING:
        return
    for start, end in ((sentence[0], quote.start), (quote.end, sentence[1])):
        for found in find_ahead(text[start:end]):
            if found.kind in OF_A_CUE and not (found.part("lead") == "in" and found.kind != "part"):
                yield Expression(start=start + found.start, end=start + found.end, kind=found.kind, parts=found.parts)


def _dates_the_point(doc: Doc, expression: Expression, quote: Quote) -> bool | None:
    """Whether an expression stands in a clause that looks ahead; False in a condition, or in what somebody did in the
    past; None where the clauses do not tell."""
    span = doc.char_span(expression.start, expression.end, alignment_mode="expand")
    whole = doc.char_span(quote.start, quote.end, alignment_mode="expand")
    if span is None or whole is None:
        return None
    token, inside, ahead = span.root, {word.i for word in whole}, None
    for _ in range(CLIMB):
        if token.pos_ in ("VERB", "AUX"):
            if token.dep_ in ("relcl", "advcl", "acl") and (_past(token) or _supposes(token)):
                return False
            if token.dep_ == "pcomp" and token.head.lower_ in MEANS:
                return None
            ahead = ahead or meant(token, inside, reported=quote.kind == "indirect") != "actual" or None
        if token.head == token or token.head.i not in inside:
            break
        token = token.head
    return ahead


def _supposes(clause: Token) -> bool:
    return any(child.dep_ == "mark" and child.lower_ in SUPPOSING for child in clause.children)


def _past(verb: Token) -> bool:
    """Whether a clause beside the point tells what has been."""
    if any(child.dep_ in ("aux", "auxpass") and child.tag_ in ("MD", "TO") for child in verb.children):
        return False
    return verb.tag_ == "VBD" or any(child.tag_ == "VBD" for child in verb.children if child.dep_ == "aux")


def _is_past(expression: Expression, today: date) -> bool:
    """Whether an expression names a year that is over, or a quarter or day that is just over."""
    year = expression.part("year")
    if year is not None:
        return int(year) < today.year
    return expression.kind in DATED and last_day(expression, today) is None
