"""Who said what: direct quotations and reported statements, each with its speaker.

A direct quotation is a run between quotation marks with a verb of saying beside it, or one that goes on with a
statement (`direct`); a reported statement is the clause of a verb of saying or expecting, or of "according to"
(`reported`). Whom a name, a pronoun or "the company" stands for, `cast` knows. A run inside a reported clause is a
direct quotation within it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from newsig.extract.quotes.cast import Cast
from newsig.extract.quotes.clauses import Reading
from newsig.extract.quotes.direct import Run, continued, find_runs, introduced, spoken
from newsig.extract.quotes.reported import statements
from newsig.extract.quotes.stances import stance_of
from newsig.extract.sentences import dateline_spans, furniture_spans, sentence_spans
from newsig.records import Quote

__all__ = ["Quotes", "make_quotes", "stance_of"]


class Quotes:
    """The spaCy component: parse, entities, mentions and marks → ``doc._.quotes``, tuple of `Quote`."""

    def __call__(self, doc: Doc) -> Doc:
        """Find the statements and leave them on the document."""
        doc._.quotes = tuple(sorted(set(self.find(doc)), key=lambda quote: (quote.start, -quote.end, quote.kind)))
        return doc

    def find(self, doc: Doc) -> Iterator[Quote]:
        """The statements of a document; none rests on a byline or a credit line."""
        text = doc.text  # spaCy joins it anew from the tokens each time
        cast = Cast(doc)
        sentences = list(_spoken_sentences(text))
        runs = list(find_runs(text))
        previous: Quote | None = None
        spoken_so_far: list[Quote] = []
        before: tuple[int, int] | None = None
        for start, end in sentences:  # in the order of the text, so that "he" is who spoke last
            inside = [run for run in runs if start <= run.start < end]
            reading = Reading(doc, text, start, end)
            found = list(_direct(reading, inside, cast, previous))
            spoken_so_far += found
            found += _reported(reading, inside, cast, before, spoken_so_far[-4:])
            yield from found
            previous = max(found, key=lambda quote: quote.end, default=previous)
            before = (start, end)


def _spoken_sentences(text: str) -> Iterator[tuple[int, int]]:
    """The sentences that can say something, without bylines, credits and the dateline before the first."""
    silent = furniture_spans(text)
    datelines = dateline_spans(text)
    for start, end in sentence_spans(text):
        if any(a <= start < b for a, b in silent):
            continue
        first = next((b for a, b in datelines if a <= start < b), start)
        if first < end:
            yield first, end


def _direct(reading: Reading, runs: Sequence[Run], cast: Cast, previous: Quote | None) -> Iterator[Quote]:
    """The quotations that begin in a sentence."""
    for run in runs:
        quote = spoken(reading.text, run, cast, reading.start) or _uncued(reading, run, cast, previous)
        if quote is not None:
            yield quote
            previous = quote


def _reported(
    reading: Reading, runs: Sequence[Run], cast: Cast, before: tuple[int, int] | None, direct: Sequence[Quote]
) -> Iterator[Quote]:
    """What a sentence reports outside its quotations, and the runs inside that."""
    reported = [
        quote
        for quote in statements(reading, cast, before)
        if not any(_inside(quote, other) or quote.start == other.start for other in direct)
    ]
    yield from reported
    for run in runs:
        around = next((quote for quote in reported if quote.start <= run.start and run.end <= quote.end), None)
        if around is not None and run.long and not any(quote.start == run.start for quote in direct):
            yield replace(
                around, start=run.start, end=run.end, text=run.text, kind="direct", stance=stance_of(run.text)
            )


def _uncued(reading: Reading, run: Run, cast: Cast, last: Quote | None) -> Quote | None:
    """A run without a verb of saying: it goes on with the last one, unless a sentence in between brings in another."""
    new = introduced(reading.text, run, cast, reading.start)
    same = continued(reading.text, last, run, reading.start)
    closed = last is not None and last.text.rstrip('”"»').endswith((".", "?", "!"))
    return (new or same) if closed or same is None else same


def _inside(quote: Quote, other: Quote) -> bool:
    return other.start <= quote.start and quote.end <= other.end


@Language.factory(
    "newsig_quotes", assigns=["doc._.quotes"], requires=["doc.ents", "doc._.mentions", "token.dep", "token.tag"]
)
def make_quotes(nlp: Language, name: str) -> Quotes:  # noqa: ARG001 (spaCy passes both)
    """Make the component."""
    return Quotes()


if not Doc.has_extension("quotes"):
    Doc.set_extension("quotes", default=())
