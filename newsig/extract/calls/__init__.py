"""What statements call: how each is meant, what it speaks of, and by when it should come true."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from spacy.language import Language
from spacy.tokens import Doc

from newsig.extract.calls.horizons import horizon
from newsig.extract.calls.stances import stance, stance_of
from newsig.extract.calls.topics import Topics
from newsig.extract.newsrooms import newsroom_zone
from newsig.extract.periods import Reference
from newsig.extract.sentences import sentence_spans, text_of
from newsig.records import Quote

__all__ = ["Calls", "make_calls", "stance_of"]


class Calls:
    """The spaCy component: ``doc._.quotes`` → the same with stance, topics and horizon.

    ``zone`` is the newsroom's zone for stories that carry no dateline.
    """

    def __init__(self, zone: ZoneInfo) -> None:
        self.zone = zone

    def __call__(self, doc: Doc) -> Doc:
        """Complete the statements and leave them on the document."""
        doc._.quotes = tuple(self.complete(doc))
        return doc

    def complete(self, doc: Doc) -> Iterator[Quote]:
        """The statements of a document in their order."""
        text = text_of(doc)
        sentences = list(sentence_spans(text))
        reference = Reference.of(doc._.published, newsroom_zone(doc, self.zone))
        topics = Topics(doc, text, sentences)
        done: list[Quote] = []
        for quote in doc._.quotes:
            claims = [claim for claim in doc._.claims if quote.start <= claim.start and claim.end <= quote.end]
            around = _around(quote, done)
            meant = stance(doc, text, quote, claims, around.stance if around is not None else None)
            at = max(0, bisect_right(sentences, quote.start, key=lambda span: span[0]) - 1)
            when = horizon(doc, text, quote, sentences[at], reference) if meant != "actual" else None
            done.append(
                replace(
                    quote,
                    stance=meant,
                    about=topics.of(quote, around),
                    horizon=when[0] if when is not None else None,
                    horizon_date=when[1] if when is not None else None,
                )
            )
        yield from done


def _around(quote: Quote, done: Sequence[Quote]) -> Quote | None:
    """The reported statement in which a quotation stands."""
    if quote.kind != "direct":
        return None
    return next(
        (
            other
            for other in reversed(done)
            if other.kind == "indirect" and other.start <= quote.start and quote.end <= other.end
        ),
        None,
    )


@Language.factory(
    "newsig_calls",
    default_config={"zone": "America/New_York"},
    assigns=["doc._.quotes"],
    requires=["doc._.quotes", "doc._.mentions", "doc._.claims", "token.dep", "token.tag"],
)
def make_calls(nlp: Language, name: str, zone: str) -> Calls:  # noqa: ARG001 (spaCy passes both)
    """Make the component. ``zone``: IANA name of the newsroom's zone where a story does not tell it."""
    return Calls(ZoneInfo(zone))
