"""Who said what: direct quotations and reported statements, each with its speaker.

`marks` finds the quoted runs, `direct` who spoke them; `reported` finds the clauses that a verb of saying or expecting
gives to somebody, `clauses` where they begin and end. Whom a name, a pronoun or "the company" stands for, `cast` knows
from the article's `names` and `people`, whose `roles` stand anywhere in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from newsig.extract.quotes.cast import Cast
from newsig.extract.quotes.clauses import Reading
from newsig.extract.quotes.direct import Tag, goes_on, going_on, halved, introduced, quoted, tag_of
from newsig.extract.quotes.marks import Run, find_runs
from newsig.extract.quotes.reported import cues_of, statements
from newsig.extract.sentences import dateline_spans, furniture_spans, sentence_spans, text_of
from newsig.records import Quote

__all__ = ["Quotes", "make_quotes"]


_PARTNERS = {"“": "”", '"': '"', "«": "»", "‘": "’"}
"""Marks that open a title, with those that close it."""
_SAID = re.compile(
    r"(?<=[,!?][”\"’'»])\s+(?:(?:said|says|added|replied|asked)\b|(?:he|she|they|[A-Z]\w+)\s+(?:said|says|added|replied)\b)"
)
"""What makes a run in capitals an answer and no title: "“Yes,” she said"."""
_LEAD_IN = re.compile(r"\W*(?:(?:But|And|Yet|So|Still|However|Meanwhile),?\s+)?")
"""What opens a sentence and is no part of what is said in it."""


class Quotes:
    """The spaCy component: parse, entities, mentions and marks → ``doc._.quotes``, tuple of `Quote`."""

    def __call__(self, doc: Doc) -> Doc:
        """Find the statements and leave them on the document."""
        text = text_of(doc)
        # no set, in which those of one place would stand in another order each time
        found = dict.fromkeys(_in_words(_with_marks(quote, text), text) for quote in self.find(doc))
        doc._.quotes = tuple(sorted(found, key=lambda quote: (quote.start, -quote.end, quote.kind)))
        return doc

    def find(self, doc: Doc) -> Iterator[Quote]:
        """The statements of a document; none rests on a byline or a credit line."""
        text = text_of(doc)
        found_runs = find_runs(text)
        titles = {run for run in found_runs if run.title and _stands_apart(text, run) and not _answers(text, run)}
        runs = [run for run in found_runs if run not in titles]
        text = _without_marks(text, titles)
        cast = Cast(doc, text)
        cues = [(cue, cue.idx) for cue in cues_of(doc)]
        spoken: list[Quote] = []
        unspoken: list[Run] = []
        previous: Quote | None = None
        before: tuple[int, int] | None = None
        for start, end in _spoken_sentences(text, runs):  # in the order of the text, so that "he" is who spoke last
            reading = Reading(doc, text, start, end, [cue for cue, at in cues if start < at + len(cue) and at < end])
            inside = [run for run in runs if start <= run.start < end]
            direct, left = _direct(reading, inside, runs, cast, previous)
            reported = list(_reported(reading, inside, cast, before, (*spoken[-4:], *direct)))
            found = [q for q in direct if q.kind == "direct" or not any(_meets(q, other) for other in reported)]
            found += reported
            unspoken += [run for run in left if not any(_around(quote, run) for quote in found)]
            spoken += found
            previous = max(found, key=lambda quote: quote.end, default=previous)
            before = (start, end)
        yield from spoken
        yield from _late(text, unspoken, spoken)


def _late(text: str, unspoken: Sequence[Run], spoken: Sequence[Quote]) -> Iterator[Quote]:
    """The runs that no words before them give to anybody: they belong with the quotation that follows at once, else to
    a speaker who is not known."""
    following = {quote.start: quote for quote in spoken if quote.kind == "direct"}
    for run in reversed(unspoken):
        behind = following.get(run.end + len(text[run.end :]) - len(text[run.end :].lstrip()))
        if behind is not None and run.whole:
            following[run.start] = going_on(behind, run) if behind.speaker else quoted(run, None, None, text)
        elif run.whole and (run.closed or run.reopened):
            following[run.start] = quoted(run, None, None, text)
        else:
            continue
        yield following[run.start]


def _stands_apart(text: str, run: Run) -> bool:
    """Whether both marks of a run are there, and no word touches them from outside."""
    return (
        run.closed
        and not text[max(0, run.start - 1) : run.start].isalnum()
        and not text[run.end : run.end + 1].isalnum()
    )


def _answers(text: str, run: Run) -> bool:
    """Whether a run in capitals is what somebody says: it opens a sentence or clause, with a verb of saying behind."""
    opens = text[max(0, run.start - 40) : run.start].rstrip()[-1:] in ("", *'.,:!?”"') or text[run.start - 1] == "\n"
    return opens and _SAID.match(text, run.end) is not None


def _with_marks(quote: Quote, text: str) -> Quote:
    """A reported clause with both marks of a title that it begins with."""
    opening = text[max(0, quote.start - 1) : quote.start]
    closing = _PARTNERS.get(opening)
    words = text[quote.start : quote.end]
    if quote.kind == "direct" or closing is None or closing not in words:
        return quote
    alone = opening not in words[: words.index(closing)] if opening != closing else words.count(closing) % 2
    return replace(quote, start=quote.start - 1) if alone else quote


def _in_words(quote: Quote, text: str) -> Quote:
    """A statement with the text's own words at its places, marks around titles included."""
    own = text[quote.start : quote.end]
    said = quote.attribution
    named = replace(said, text=text[said.start : said.end]) if said is not None else None
    return replace(quote, text=own, attribution=named)


def _without_marks(text: str, titles: Iterable[Run]) -> str:
    """The text with the marks around titles blanked out, so that a title reads as the name that it is."""
    letters = list(text)
    for run in titles:
        inner = run.text.find(run.words)
        for place in (*range(run.start, run.start + inner), *range(run.start + inner + len(run.words), run.end)):
            letters[place] = " "
    return "".join(letters)


def _spoken_sentences(text: str, runs: Sequence[Run]) -> Iterator[tuple[int, int]]:
    """The sentences that can say something, without bylines, credits and the dateline before the first.

    Sentences that end inside a run go on to the end of the sentence in which the run is closed.
    """
    silent = furniture_spans(text)
    datelines = dateline_spans(text)
    inner = iter(run for run in runs if run.closed or run.reopened)
    run = next(inner, None)
    opened: int | None = None
    last = 0
    for start, end in sentence_spans(text):
        if any(a <= start < b for a, b in silent):
            continue
        first = next((b for a, b in datelines if a <= start < b), start)
        if first >= end:
            continue
        while run is not None and run.end <= end:
            run = next(inner, None)
        opened, last = (first if opened is None else opened), end
        if run is not None and run.start < end < run.end:
            continue
        yield opened, end
        opened = None
    if opened is not None:
        yield opened, last


def _direct(
    reading: Reading, runs: Sequence[Run], every: Sequence[Run], cast: Cast, previous: Quote | None
) -> tuple[list[Quote], list[Run]]:
    """The quotations that begin in a sentence, and the runs in it that nobody is known to speak; ``every`` run of the
    article is there to be looked back at."""
    text, found, left = reading.text, [], []
    tagged: Tag | None = None
    for place, run in enumerate(runs):
        tag = tag_of(reading, runs, place, cast)
        if tag is None and tagged is not None and halved(text, runs[place - 1], run) and (run.long or run.whole):
            tag = replace(tagged, cue=None)
        if tag is not None:
            found += _with_its_clause(reading, runs, place, quoted(run, tag.speaker, tag.cue, text), tag.clause)
        elif (quote := _uncued(text, run, every, cast, found[-1] if found else previous, reading.start)) is not None:
            found.append(quote)
        else:
            left.append(run)
        tagged = tag
    return found, left


def _with_its_clause(reading: Reading, runs: Sequence[Run], place: int, quote: Quote, start: int | None) -> list[Quote]:
    """A quotation, and around it the clause that it completes: "Higher rates are a “headwind for small caps,” says X".

    ``start`` is where a clause behind the verb begins.
    """
    run = runs[place]
    said_before = quote.attribution is not None and quote.attribution.start < run.start
    alone = all(not other.long for other in runs[:place])
    if start is None and alone and not (run.words[:1].isupper() or run.text[-2:-1] not in ",.?!" or said_before):
        opening = _LEAD_IN.match(reading.text, reading.start, run.start)
        start = opening.end() if opening else reading.start
    if start is None or not re.search(r"\w\s*$", reading.text[start : run.start]):
        return [quote]
    clause = replace(quote, start=start, end=run.end, text=reading.text[start : run.end], kind="indirect")
    return [clause, quote] if run.long else [clause]


def _uncued(text: str, run: Run, runs: Sequence[Run], cast: Cast, last: Quote | None, sentence: int) -> Quote | None:
    """A run without a tag: it goes on with the last one, unless a sentence in between brings in another."""
    same = last if goes_on(text, last, run, sentence) else None
    if same is not None and (
        not text[same.end : run.start].strip() or (same.attribution and same.attribution.start >= same.end)
    ):
        return going_on(same, run) if same.speaker else None
    new = introduced(text, run, runs, cast, sentence)
    if new is not None and (same is None or same.speaker != new.name):
        return quoted(run, new, None, text)
    return going_on(same, run) if same is not None and same.speaker else None


def _reported(
    reading: Reading, runs: Sequence[Run], cast: Cast, before: tuple[int, int] | None, direct: Sequence[Quote]
) -> Iterator[Quote]:
    """What a sentence reports outside its quotations, and the runs inside that."""
    reported = [
        _with_its_end(quote, runs)
        for quote in statements(reading, cast, before)
        if not any(_inside(quote, other) or quote.start == other.start for other in direct if other.kind == "direct")
    ]
    yield from reported
    for run in runs:
        around = next((quote for quote in reported if _around(quote, run)), None)
        if around is not None and run.long and not any(quote.start == run.start for quote in direct):
            yield replace(around, start=run.start, end=run.end, text=run.text, kind="direct")


def _with_its_end(quote: Quote, runs: Sequence[Run]) -> Quote:
    """A reported clause with all of the quotation that it goes over into, unless that is by far the longer."""
    over = next((run for run in runs if quote.start < run.start < quote.end < run.end and run.closed), None)
    if over is None or over.end - quote.end > 2 * (quote.end - quote.start):
        return quote
    return replace(quote, end=over.end)


def _around(quote: Quote, run: Run) -> bool:
    return quote.start <= run.start and run.end <= quote.end


def _meets(quote: Quote, other: Quote) -> bool:
    return other.kind == "indirect" and other.start < quote.end and quote.start < other.end


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
