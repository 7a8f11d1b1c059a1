"""Tone of a sentence towards each instrument or segment it names, by a plain rule.

The rule counts words of gain and loss in the clause that the target stands in, and takes the direction of a claim
about the target where there is one; money that flows out of a target speaks against it. Every record says
``basis: rule``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from newsig.extract.lexicon import DOWN_NOUNS, DOWN_VERBS, UP_NOUNS, UP_VERBS, words
from newsig.extract.sentences import dateline_spans, furniture_spans, sentence_spans
from newsig.records import Claim, Label, Mention, Quote, Sentiment, Span

POSITIVE = (
    UP_VERBS
    | UP_NOUNS
    | words("""
    beat beats upbeat strong stronger strength bullish optimistic optimism benefit benefited benefits boost record
    outperform outperformed tailwind darling favourite favorite rally upgrade upgraded winner winners led opportunity
    encouraging profit inflows inflow attractive cheap resilient positive
""")
) - {"put", "hike", "hiked", "raise", "raised", "cut"}
NEGATIVE = (
    DOWN_VERBS
    | DOWN_NOUNS
    | words("""
    miss missed misses weak weaker weakness bearish pessimistic worry worries fear fears concern concerns headwind
    risk risks disappoint disappointed disappointing downgrade downgraded lag lagged lagging languish languished
    falter faltered struggle struggled pressure hurt outflow outflows overvalued stretched expensive negative drag
    dragged warning warned loser losers bubble selling
""")
) - {"cut", "cuts", "cutting", "lower", "gave", "given", "slow", "reduce", "ease", "eases", "eased", "easing"}
NEGATIONS = words("not no never hardly without neither despite fails failed unlikely less")
_OUT_OF = re.compile(
    r"\b(?:out of|away from|exit(?:ed|ing)?|fled|dumped|from)\s+(?:the\s+)?(?:\w+\s+)?$", re.IGNORECASE
)
_INTO = re.compile(r"\b(?:into|towards?|in favou?r of|to)\s+(?:the\s+)?(?:\w+\s+)?$", re.IGNORECASE)
_AGAINST = re.compile(
    r"\b(?:headwind|drag|pressure|burden|risk|threat)s?\s+(?:for|on|to)\s+(?:the\s+)?$", re.IGNORECASE
)
_FOR = re.compile(r"\b(?:tailwind|boost|support|boon|help)s?\s+(?:for|to)\s+(?:the\s+)?$", re.IGNORECASE)
_FLOW = re.compile(r"\b(?:money|flows?|flowed|flowing|rotat\w+|migrat\w+|shift\w*|switch\w*|mov\w+)\b", re.IGNORECASE)
_BOUNDARY = re.compile(
    r"[;:]|,\s+(?:while|but|and|as|which|whereas)\b|\b(?:while|whereas|but|although)\b", re.IGNORECASE
)


class Sentiments:
    """The spaCy component: mentions, claims and quotes → ``doc._.sentiments``, tuple of `Sentiment`."""

    def __call__(self, doc: Doc) -> Doc:
        """Judge the sentences and leave their tones on the document."""
        doc._.sentiments = tuple(self.find(doc))
        return doc

    def find(self, doc: Doc) -> Iterator[Sentiment]:
        """One record for each target of each sentence; a target named twice in a sentence counts once."""
        text = doc.text  # spaCy joins it anew from the tokens each time
        silent = [*furniture_spans(text), *dateline_spans(text)]
        for start, end in sentence_spans(text):
            if any(a <= start < b for a, b in silent):
                continue
            seen: set[tuple[str | None, str | None]] = set()
            for mention in doc._.mentions:
                target = (mention.symbol, mention.segment if mention.symbol is None else None)
                if start <= mention.start and mention.end <= end and target not in seen:
                    seen.add(target)
                    yield _sentiment(text, start, end, mention, doc._.claims, doc._.quotes)


def _sentiment(
    text: str, start: int, end: int, mention: Mention, claims: Sequence[Claim], quotes: Sequence[Quote]
) -> Sentiment:
    positive, neutral, negative = probabilities(_weight(text, start, end, mention, claims))
    label: Label = "positive" if positive > max(neutral, negative) else "negative" if negative > neutral else "neutral"
    holder = next(
        (quote.speaker for quote in quotes if quote.start <= mention.start and mention.end <= quote.end), None
    )
    return Sentiment(
        start=start,
        end=end,
        text=text[start:end],
        target=Span(start=mention.start, end=mention.end, text=mention.text),
        symbol=mention.symbol,
        segment=mention.segment,
        label=label,
        positive=positive,
        neutral=neutral,
        negative=negative,
        holder=holder,
    )


def _weight(text: str, start: int, end: int, mention: Mention, claims: Sequence[Claim]) -> int:
    """Above zero where the words speak for the target, below where they speak against it."""
    own = [
        claim for claim in claims if start <= claim.start < end and claim.measure == "price" and _about(claim, mention)
    ]
    if own:
        return sum({"up": 2, "down": -2, "flat": 0}[claim.direction] for claim in own)
    lead = text[max(start, mention.start - 40) : mention.start]
    if _AGAINST.search(lead):
        return -2
    if _FOR.search(lead):
        return 2
    if _FLOW.search(text, start, mention.start):
        if _OUT_OF.search(lead):
            return -2
        if _INTO.search(lead):
            return 2
    left, right = _clause(text, start, end, mention)
    return sum(_polarity(words_before, word) for words_before, word in _with_context(text[left:right]))


def _about(claim: Claim, mention: Mention) -> bool:
    """Whether a claim is about a target: by its symbol, else by standing where the claim's subject does."""
    if claim.subject is None:
        return False
    if mention.symbol:
        return claim.symbol == mention.symbol
    return claim.subject.start <= mention.start < claim.subject.end


def _clause(text: str, start: int, end: int, mention: Mention) -> tuple[int, int]:
    """The clause of a sentence that the target stands in."""
    cuts = list(_BOUNDARY.finditer(text, start, end))
    left = max((cut.end() for cut in cuts if cut.end() <= mention.start), default=start)
    right = min((cut.start() for cut in cuts if cut.start() >= mention.end), default=end)
    return left, right


def _with_context(clause: str) -> Iterator[tuple[list[str], str]]:
    tokens = re.findall(r"[a-z]+(?:-[a-z]+)*", clause.lower())
    for place, token in enumerate(tokens):
        yield tokens[max(0, place - 3) : place], token


def _polarity(before: list[str], word: str) -> int:
    value = (word in POSITIVE) - (word in NEGATIVE)
    return -value if value and NEGATIONS.intersection(before) else value


def probabilities(weight: int) -> tuple[float, float, float]:
    """Positive, neutral and negative of a weight, by a softmax over (w, 0.5, -w); they sum to 1.

    >>> probabilities(0)
    (0.2741, 0.4519, 0.2741)
    """
    scores = [math.exp(min(3, max(-3, weight))), math.exp(0.5), math.exp(min(3, max(-3, -weight)))]
    positive, negative = (round(scores[i] / sum(scores), 4) for i in (0, 2))
    return positive, round(1 - positive - negative, 4) if weight else round(scores[1] / sum(scores), 4), negative


@Language.factory(
    "newsig_sentiments", assigns=["doc._.sentiments"], requires=["doc._.mentions", "doc._.claims", "doc._.quotes"]
)
def make_sentiments(nlp: Language, name: str) -> Sentiments:  # noqa: ARG001 (spaCy passes both)
    """Make the component."""
    return Sentiments()


if not Doc.has_extension("sentiments"):
    Doc.set_extension("sentiments", default=())
