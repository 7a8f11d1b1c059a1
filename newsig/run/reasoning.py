"""Why a claim is what it is: what is stored of it, and how today's rules read its story again."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from newsig import instruments, store
from newsig.compare.answering import bands, signed
from newsig.compare.differing import differing
from newsig.compare.figures import LEAST_SLACK
from newsig.records import Claim, Quote, Span, Split, row
from newsig.report.lighting import Lit
from newsig.report.reasoning import Donor, Maker, Why
from newsig.settings import Settings

if TYPE_CHECKING:
    from spacy.language import Language
    from sqlite_utils import Database

    from newsig.extract.explaining import Traced


def why(db: Database, claim_id: int, settings: Settings, nlp: Language | None = None) -> Why:
    """All that stands behind the claim of that number. Its story is read again, which stores nothing.

    ``nlp`` is the pipeline of these settings where it is loaded already.

    Raises:
        StoreError: there is no such claim.
        ModelError: the language model cannot be used.
    """
    known = store.origin(db, claim_id)
    from newsig import extract as extraction

    again = extraction.trace(known.article, nlp or extraction.load(settings), known.claim)
    changed = {} if again.claim is None else differing(row(known.claim), row(again.claim))
    same = again.claim is not None and not changed
    ends = _Sentences(known.article.text, again.sentences)
    quote = _statement(store.findings_of(db, known.version_id).quotes, known.claim)
    parts = list(_parts(known.claim, again if same else None, quote))
    sentence = ends.around(known.claim)
    listed = instruments.instruments().get(known.claim.symbol or "")
    return Why(
        claim_id=claim_id,
        claim=known.claim,
        article=known.article,
        version=known.version,
        current=known.current,
        sentence=sentence,
        lit=tuple(part for part in parts if _within(part.words, sentence)),
        donors=tuple(
            Donor(kind=part.kind, words=part.words, sentence=ends.around(part.words))
            for part in parts
            if not _within(part.words, sentence)
        ),
        read=tuple(extraction.fields_of(known.claim, again.rules if same else {})),
        maker=_maker(known, settings, None if again.claim is None else changed),
        name=listed.name if listed else None,
        verdict=known.verdict,
        room=_room(known),
        splits=tuple(_splits(db, known)),
        price_source=known.price_source,
        checked_at=known.checked_at,
    )


class _Sentences:
    """Finds the sentence that words stand in."""

    def __init__(self, text: str, spans: Sequence[tuple[int, int]]) -> None:
        self._text, self._spans = text, spans

    def around(self, words: Claim | Span) -> Span:
        """The sentences that the words reach over; where there is none, as in a line of figures, their own line."""
        first = bisect_right(self._spans, words.start, key=lambda span: span[0]) - 1
        last = bisect_right(self._spans, words.end - 1, key=lambda span: span[0]) - 1
        if first >= 0 and words.end <= self._spans[last][1]:
            start, end = self._spans[first][0], self._spans[last][1]
        else:
            start = self._text.rfind("\n", 0, words.start) + 1
            end = self._text.find("\n", words.end)
            end = len(self._text) if end < 0 else end
        return Span(start=start, end=end, text=self._text[start:end])


def _within(words: Span, sentence: Span) -> bool:
    return sentence.start <= words.start and words.end <= sentence.end


def _statement(quotes: Sequence[Quote], claim: Claim) -> Quote | None:
    """The statement that a claim with a source stands in."""
    around = (quote for quote in quotes if quote.start <= claim.start and claim.end <= quote.end)
    return next((quote for quote in around if quote.attribution), None) if claim.source else None


def _parts(claim: Claim, again: Traced | None, quote: Quote | None) -> Iterator[Lit]:
    """The words that make a claim; of the same words those come first that show."""
    yield Lit(kind="figure", words=Span(start=claim.start, end=claim.end, text=claim.text))
    places = again.places if again else {}
    named = places.get("symbol")
    for kind, words in (
        ("subject", claim.subject),
        ("period", claim.period),
        ("move", places.get("direction")),
        ("subject", named if named != claim.subject else None),
        ("attribution", quote.attribution if quote else None),
    ):
        if words is not None:
            yield Lit(kind=kind, words=words)


def _maker(known: store.Origin, settings: Settings, changed: Mapping[str, tuple[Any, Any]] | None) -> Maker:
    from newsig import extract as extraction

    return Maker(
        run_id=known.run_id,
        started_at=known.started_at,
        fingerprint=known.fingerprint,
        today=extraction.fingerprint(settings),
        changed=differing(known.details, extraction.details(settings)),
        differing=changed,
    )


def _room(known: store.Origin) -> tuple[float, float] | None:
    """The tolerance of a move with room for rounding, as the verdict has it."""
    claim, verdict = known.claim, known.verdict
    if verdict is None or not verdict.bars or claim.measure not in ("price", "yield") or claim.unit not in LEAST_SLACK:
        return None
    return signed(claim, bands(claim, verdict.bars[0].close)[1])


def _splits(db: Database, known: store.Origin) -> list[Split]:
    """The splits of a share since the window of its verdict began."""
    if known.verdict is None or not known.verdict.bars:
        return []
    bar = known.verdict.bars[0]
    return [split for split in store.splits(db, bar.symbol) if bar.day < split.day]
