"""How a statement is meant: a fact or opinion, a forecast, a condition, a hope.

Each sentence of a statement is read by itself, clause by clause; the statement is what at least half of them are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from newsig.extract.calls.clauses import helpers, meant, points
from newsig.extract.calls.vocabulary import (
    ASIDES,
    BUT,
    ESTIMATING,
    GUIDING,
    NO_CONDITION,
    NO_IF,
    WAS,
    WISHING,
    WITHOUT,
    WOULD,
)
from newsig.records import Claim, Quote, Stance

STANCES: tuple[tuple[Stance, re.Pattern[str]], ...] = (
    ("hope", re.compile(r"\b(?:hopes?|hoping|hopefully|wish)\b", re.IGNORECASE)),
    ("conditional", re.compile(r"\b(?:if|unless|provided that)\b", re.IGNORECASE)),
    (
        "forecast",
        re.compile(r"\b(?:will|expects?|expected|could|likely|forecasts?|going to|should|may|might)\b", re.IGNORECASE),
    ),
)
RANKS: tuple[Stance, ...] = ("hope", "conditional", "forecast", "actual")
"""Which of several readings of one sentence counts: the earlier ones win."""
FINITE = ("MD", "VBZ", "VBP", "VBD")
_WITHOUT = re.compile(r"\b(?:" + "|".join(map(re.escape, WITHOUT)) + r")\b", re.IGNORECASE)
_OPENING_IF = re.compile(
    r"\W*(?:(?:but|and|still|so|now),?\s+)?(?!(?:"
    + "|".join(map(re.escape, NO_CONDITION))
    + r")\b)(?:if|unless)\b(?!\s+so\b)",
    re.IGNORECASE,
)
"""A condition that opens a sentence."""
_LEADING_IF = re.compile(
    r"(?:^|[.,;!?][\"”]?\s+)(?:But\s+)?(?:If|Unless|if|unless)\b[^.;:”\"]*,\s+[^,.;”\"]{2,60},?\s*$"
)
"""A condition before the words for the speaker: "If rates fall, she said, “…”"."""


def stance_of(words: str) -> Stance:
    """How a statement is meant by its words alone, for pieces that are no sentence.

    >>> stance_of("I hope the autumn brings more"), stance_of("The weather has turned")
    ('hope', 'actual')
    """
    return next((stance for stance, pattern in STANCES if pattern.search(words)), "actual")


def stance(doc: Doc, text: str, quote: Quote, claims: Sequence[Claim], whole: Stance | None) -> Stance:
    """How a statement is meant; ``whole`` is how the reported statement around a quotation is."""
    read = [reading for piece in _pieces(doc, quote) if (reading := _sentence(piece, quote)) is not None]
    own = _together(read)
    if own is None:
        return whole or _fragment(quote, claims)
    if own == "actual" and (quote.cue or "").lower() in GUIDING and quote.kind == "indirect":
        own = "forecast"
    if (quote.cue or "").lower() in WISHING and quote.kind == "indirect":
        return "hope"
    lead = text[max(0, quote.start - 200) : quote.start]
    return "conditional" if quote.kind == "direct" and own != "hope" and _LEADING_IF.search(lead) else own


def _fragment(quote: Quote, claims: Sequence[Claim]) -> Stance:
    """How words without a verb are meant: by what gives them away, else by their figures and by themselves."""
    cue = (quote.cue or "").lower()
    if cue in WISHING:
        return "hope"
    if cue in GUIDING | ESTIMATING:
        return "forecast"
    modalities = {claim.modality for claim in claims}
    if "conditional" in modalities:
        return "conditional"
    return "forecast" if "forecast" in modalities else stance_of(quote.text)


def _pieces(doc: Doc, quote: Quote) -> Iterator[list[Token]]:
    """The words of a statement, sentence by sentence."""
    span = doc.char_span(quote.start, quote.end, alignment_mode="contract")
    piece: list[Token] = []
    for token in span or ():
        if token.is_sent_start and piece:
            yield piece
            piece = []
        piece.append(token)
    if piece:
        yield piece


def _sentence(piece: Sequence[Token], quote: Quote) -> Stance | None:
    """How one sentence is meant; None where it has no verb to tell by."""
    inside = {token.i for token in piece}
    heads = _heads(piece, inside)
    if not any(_finite(head) for head in heads):
        return None
    verbs = [verb for _, verb in sorted({p.i: p for head in heads for p in points(head) if p.i in inside}.items())]
    meanings = [(verb, meant(verb, inside, reported=quote.kind == "indirect")) for verb in verbs]
    readings = set(_behind_but(meanings, piece))
    words = "".join(token.text_with_ws for token in piece)
    if readings & {"forecast", "actual"} and (_OPENING_IF.match(words) or _hangs(piece, inside)):
        return "conditional"
    if _WITHOUT.search(words) and "forecast" in readings:
        return "conditional"
    return next(stance for stance in RANKS if stance in readings)


def _hangs(piece: Sequence[Token], inside: set[int]) -> bool:
    """Whether an "if" anywhere in a sentence leads up to its point: behind the last "but", and in no aside."""
    buts = [token.i for token in piece if token.lower_ in BUT and token.dep_ == "cc"]
    for mark in piece:
        if mark.lower_ not in ("if", "unless") or mark.dep_ != "mark" or mark.head.dep_ != "advcl":
            continue
        if mark.i and mark.nbor(-1).lower_ in NO_IF:
            continue
        clause = mark.head
        if not any(clause.i < but for but in buts) and _leads_up(clause.head, inside):
            return True
    return False


def _leads_up(token: Token, inside: set[int]) -> bool:
    """Whether nothing on the way from a word up to the head of its sentence begins an aside or a question."""
    while True:
        opened = {child.lower_ for child in token.children if child.dep_ in ("mark", "advmod")}
        if token.dep_ == "relcl" or opened & ASIDES:
            return False
        if token.head == token or token.head.i not in inside:
            return True
        token = token.head


def _heads(piece: Sequence[Token], inside: set[int]) -> list[Token]:
    """The topmost verbs of a sentence, or of the part of it that is the statement."""
    tops = [token for token in piece if (token.head == token or token.head.i not in inside) and not token.is_punct]
    verbs = [token for token in tops if _predicates(token)]
    main = [token for token in verbs if token.dep_ not in ("relcl", "advcl", "acl")] or verbs
    if main:
        return main
    finite = [token for token in piece if token.tag_ in FINITE and token.dep_ not in ("relcl", "advcl")]
    return [token.head if token.dep_ in ("aux", "auxpass") else token for token in finite[:1]]


def _predicates(token: Token) -> bool:
    if token.pos_ in ("VERB", "AUX"):
        return True
    return any(child.dep_ in ("aux", "cop") for child in token.children)


def _finite(head: Token) -> bool:
    """Whether a verb or its auxiliaries carry a tense, which "pushing on a string" and "to rise" do not."""
    return (
        head.tag_ in FINITE
        or any(helper.tag_ in FINITE for helper in helpers(head))
        or head.lower_ in ("going", "gonna")
    )


def _behind_but(meanings: Sequence[tuple[Token, Stance]], piece: Sequence[Token]) -> Iterator[Stance]:
    """The meanings of the clauses behind the last "but" between two of them: they make the point of the sentence.

    What comes before counts as well where it is more than granted: "may rise, but", not "will rise, but".
    """
    buts = [token.i for token in piece if token.lower_ in BUT and token.dep_ == "cc"]
    but = next((i for i in reversed(buts) if meanings[0][0].i < i < meanings[-1][0].i), -1)
    for verb, stance in meanings:
        granted = any(helper.lower_ in WOULD | WAS for helper in helpers(verb))
        if verb.i > but or (stance == "forecast" and not granted):
            yield stance


def _together(read: Sequence[Stance]) -> Stance | None:
    """What a statement of several sentences is: what most of those are that are no facts, if they are half of all."""
    if not read:
        return None
    ahead = Counter(stance for stance in read if stance != "actual")
    if not ahead or 2 * sum(ahead.values()) < len(read):
        return "actual"
    return max(ahead, key=lambda stance: (ahead[stance], -RANKS.index(stance)))
