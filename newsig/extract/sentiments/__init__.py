"""Tone of a sentence towards each target that it holds, by a model.

- `targets` says which targets a sentence holds, `general` knows the words for parts of the market, `standing` those
  that stand for something named before;
- `judging` says what a judge is, `packaged` is the model that ships, `checkpoints` takes any other one;
- `tokens` cuts passages for a model, `network` is our own network for torch.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice

from spacy.language import Language
from spacy.tokens import Doc

from newsig.extract.mentions import Mentions
from newsig.extract.sentences import text_of
from newsig.extract.sentiments import checkpoints, packaged
from newsig.extract.sentiments.general import Target
from newsig.extract.sentiments.judging import Judge, Passage, Tone
from newsig.extract.sentiments.targets import Sentence, named_in, sentences_with_targets
from newsig.records import Mention, Quote, Sentiment, Span

__all__ = ["Passage", "Sentiments", "Tone", "judge"]

BATCH = 16
"""Documents that are judged together where nobody says how many."""


@cache
def judge(model: str = packaged.NAME) -> Judge:
    """The judge of a name: newsig's own, or the model in a folder or of a name on Hugging Face.

    Raises:
        ModelError: it is not there, or cannot be used.
    """
    return packaged.load() if model == packaged.NAME else checkpoints.load(model)


def weights(model: str) -> str:
    """Sixteen hexadecimal digits that tell the weights behind a name from others.

    Raises:
        ModelError: there are none.
    """
    return packaged.fingerprint() if model == packaged.NAME else checkpoints.fingerprint(model)


class Sentiments:
    """The spaCy component: mentions and quotes → ``doc._.sentiments``, tuple of `Sentiment`."""

    def __init__(self, nlp: Language, model: str) -> None:
        self.nlp = nlp
        self.judge = judge(model)

    def __call__(self, doc: Doc) -> Doc:
        """Judge the sentences and leave their tones on the document."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], batch_size: int = BATCH) -> Iterator[Doc]:
        """Judge documents, ``batch_size`` of them at a time: sentences of equal length go through the model together.

        What is found in one document does not depend on the others; an error in one is raised for its whole batch.
        """
        waiting = iter(stream)
        while docs := list(islice(waiting, batch_size)):
            for doc, found in zip(docs, self._found(docs), strict=True):
                doc._.sentiments = tuple(found)
            yield from docs

    def _found(self, docs: Sequence[Doc]) -> Iterator[list[Sentiment]]:
        """The records of each document: one for each target of each sentence; a target named twice in a sentence counts
        once."""
        read = [self._read(doc) for doc in docs]
        tones = self.judge.judge(_passage(text, sentence) for text, sentences, _ in read for sentence in sentences)
        for doc, (text, sentences, titled) in zip(docs, read, strict=True):
            yield [
                _sentiment(text, sentence, target, tone, self.judge.name, doc._.quotes, titled)
                for sentence, own in zip(sentences, islice(tones, len(sentences)), strict=True)
                for target, tone in zip(sentence.targets, own, strict=True)
            ]

    def _read(self, doc: Doc) -> tuple[str, list[Sentence], set[str | None]]:
        """A document's text, its sentences that hold a target, and the targets of its title."""
        text = text_of(doc)
        sentences = list(sentences_with_targets(doc, text, self.mentions))
        titled = {target.symbol or target.segment for target in named_in(doc._.title or "", self.mentions)}
        for sentence in sentences:
            if sentence.place == "headline":
                titled |= {target.symbol or target.segment for target in sentence.targets}
        return text, sentences, titled

    def mentions(self, words: str) -> Sequence[Mention]:
        """The mentions in words that stand outside the story: its title, a headline."""
        if not words.strip():
            return ()
        finder = self.nlp.get_pipe("newsig_mentions")
        return tuple(finder.find(self.nlp.make_doc(words))) if isinstance(finder, Mentions) else ()


def _passage(text: str, sentence: Sentence) -> Passage:
    return Passage(
        text[sentence.start : sentence.end],
        tuple((target.start - sentence.start, target.end - sentence.start) for target in sentence.targets),
    )


def _sentiment(
    text: str,
    sentence: Sentence,
    target: Target,
    tone: Tone,
    basis: str,
    quotes: Sequence[Quote],
    titled: set[str | None],
) -> Sentiment:
    return Sentiment(
        start=sentence.start,
        end=sentence.end,
        text=text[sentence.start : sentence.end],
        target=Span(start=target.start, end=target.end, text=text[target.start : target.end]),
        symbol=target.symbol,
        segment=target.segment,
        label=tone.label,
        positive=tone.positive,
        neutral=tone.neutral,
        negative=tone.negative,
        holder=holder(sentence, target, quotes),
        place=sentence.place,
        in_title=(target.symbol or target.segment) in titled,
        basis=basis,
    )


def holder(sentence: Sentence, target: Target, quotes: Sequence[Quote]) -> str | None:
    """Whose view a sentence gives of a target: who makes the statement that the target stands in, or the target itself
    where it makes a statement there. Null for the reporter, and for those who are not named."""
    for quote in quotes:
        if quote.start <= target.start and target.end <= quote.end:
            return _named(quote)
    for quote in quotes:
        said = quote.attribution
        beside = sentence.start < quote.end and quote.start < sentence.end
        if said is not None and beside and said.start < target.end and target.start < said.end:
            return _named(quote)
    return None


def _named(quote: Quote) -> str | None:
    return None if quote.speaker_type == "unnamed" else quote.speaker


@Language.factory(
    "newsig_sentiments",
    assigns=["doc._.sentiments"],
    requires=["doc._.mentions", "doc._.quotes"],
    default_config={"model": packaged.NAME},
)
def make_sentiments(nlp: Language, name: str, model: str) -> Sentiments:  # noqa: ARG001 (spaCy passes the name)
    """Make the component; ``model`` is what `judge` takes."""
    return Sentiments(nlp, model)


if not Doc.has_extension("sentiments"):
    Doc.set_extension("sentiments", default=())
    Doc.set_extension("title", default=None)
