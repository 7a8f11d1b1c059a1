"""Who said what: direct quotations and reported statements with a speaker of the same sentence.

A first version by rule. A direct quotation is a run between quotation marks with a verb of saying beside it, or one
that goes on right after such a run; a reported statement is a clause with "said", or "according to".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from newsig.extract.lexicon import SAY_VERBS, SAY_WITH_THAT
from newsig.extract.quotes.cast import Cast, Speaker
from newsig.extract.sentences import furniture_spans, sentence_spans
from newsig.records import Quote, Stance

LONGEST = 2000
"""Code points that one quotation may have; an unclosed mark never runs away with the text."""
FEWEST_WORDS = 3
"""A quoted run of fewer words is a term, unless a verb of saying stands right beside it."""
STANCES: tuple[tuple[Stance, re.Pattern[str]], ...] = (
    ("hope", re.compile(r"\b(?:hopes?|hoping|hopefully|wish)\b", re.IGNORECASE)),
    ("conditional", re.compile(r"\b(?:if|unless|provided that)\b", re.IGNORECASE)),
    (
        "forecast",
        re.compile(r"\b(?:will|expects?|expected|could|likely|forecasts?|going to|should|may|might)\b", re.IGNORECASE),
    ),
)

_SAY = "|".join(sorted(SAY_VERBS))
_PLAIN = r"[^.;“”\"]"
"""What the words around a verb of saying are made of: no stop, and no mark of a quotation."""
_QUOTED = re.compile(
    rf"“[^“”\n]{{2,{LONGEST}}}”|«[^«»\n]{{2,{LONGEST}}}»"
    rf"|(?<![\w\"])\"(?=\S)[^\"\n]{{2,{LONGEST}}}(?<=\S)\"(?!\w)"
)
_NAME = r"(?:[A-Z][\w.'’&-]*(?:\s+(?:of|de|von|van|the|&|and\s+(?=[A-Z]\w+\s+Co))\s*)?\s*){1,6}"
_AFTER = re.compile(
    rf"^\s*,?\s*(?:(?P<cue>{_SAY})\s+(?P<who>[^.;“\"]{{2,160}})"
    rf"|(?P<who2>[^.,;“\"]{{2,80}}?)\s+(?P<cue2>{_SAY})\b)"
)
_BEFORE = re.compile(
    rf"(?P<who>{_PLAIN}{{2,160}}?),?\s+(?:has\s+|had\s+|also\s+)?"
    rf"(?P<cue>{_SAY})\b{_PLAIN}{{0,60}}?[,:]?\s*(?:that\s+)?$"
)
_ACCORDING = re.compile(
    r",?\s{0,20}\b(?P<cue>[Aa]ccording to)\s+(?:the\s+|data\s+from\s+|figures\s+from\s+|a\s+report\s+by\s+)?"
    rf"(?P<who>{_NAME})(?:data|figures)?,?"
)
_SAID_THAT = re.compile(
    rf"^(?P<who>{_PLAIN}{{2,120}}?)\s+(?P<cue>{_SAY})\s+(?:(?:on|late|early|in)\s+\w+\s+)?(?:that\s+)?"
    r"(?P<content>(?!to\b|a\b|an\b|the\b\s+\w+\s*$)\w[^\n]{12,}?)[.]?$"
)
_CONTENT_SAID = re.compile(
    rf"^(?P<content>[^“”\"]{{15,}}?),\s+(?:(?P<cue>{_SAY})\s+(?P<who>[A-Z]{_PLAIN}{{2,140}}?)"
    rf"|(?P<who2>[A-Z][^,.;“”\"]{{2,60}}?|he|she|they)\s+(?P<cue2>{_SAY}))[.]?$"
)


class Quotes:
    """The spaCy component: entities and marks → ``doc._.quotes``, tuple of `Quote`."""

    def __call__(self, doc: Doc) -> Doc:
        """Find the statements and leave them on the document."""
        doc._.quotes = tuple(sorted(self.find(doc), key=lambda quote: (quote.start, quote.end)))
        return doc

    def find(self, doc: Doc) -> Iterator[Quote]:
        """The statements of a document; none rests on a byline or a credit line."""
        text = doc.text  # spaCy joins it anew from the tokens each time
        cast = Cast(doc)
        silent = furniture_spans(text)
        sentences = [span for span in sentence_spans(text) if not any(a <= span[0] < b for a, b in silent)]
        marks = list(_QUOTED.finditer(text))
        previous: Quote | None = None
        done = 0
        for start, end in sentences:  # in the order of the text, so that "he" is who spoke last
            for match in (mark for mark in marks if start <= mark.start() < end):
                quote = _spoken(text, match, cast) or _continued(text, previous, match, start)
                if quote is not None:
                    yield quote
                    previous, done = quote, quote.end
            if start >= done and (quote := _indirect(text, start, end, cast)) is not None:
                yield quote


def _continued(text: str, previous: Quote | None, match: re.Match[str], sentence: int) -> Quote | None:
    """A run without a cue that goes on with the statement before it."""
    if previous is None or not _goes_on(text, previous, match, sentence):
        return None
    return replace(previous, start=match.start(), end=match.end(), text=match[0], cue=None, stance=stance_of(match[0]))


def _spoken(text: str, match: re.Match[str], cast: Cast) -> Quote | None:
    """A quoted run with a verb of saying right behind or right before it."""
    after = _AFTER.match(text[match.end() : match.end() + 220].split("\n")[0])
    if after is not None and re.search(r"[,?!.…]\W*$", match[0][:-1] + ","):
        speaker = cast.speaker(after["who"] or after["who2"])
        if speaker is not None:
            return _quote(match, speaker, after["cue"] or after["cue2"])
    lead = re.split(r"\n|(?<=[a-z”\"])[.;]\s", text[max(0, match.start() - 220) : match.start()])[-1]
    before = _BEFORE.search(lead)
    if before is not None and len(match[0].split()) >= FEWEST_WORDS:
        speaker = cast.speaker(before["who"])
        if speaker is not None:
            return _quote(match, speaker, before["cue"])
    return None


def _quote(match: re.Match[str], speaker: Speaker, cue: str) -> Quote:
    """The direct quotation of a speaker."""
    return Quote(
        start=match.start(),
        end=match.end(),
        text=match[0],
        kind="direct",
        speaker=speaker.name,
        speaker_type=speaker.kind,
        role=speaker.role,
        organisation=speaker.organisation,
        cue=cue,
        stance=stance_of(match[0]),
    )


def _goes_on(text: str, previous: Quote, match: re.Match[str], sentence: int) -> bool:
    """Whether a run without a cue continues the statement before it: it opens a sentence, right after the one the
    speaker was named in."""
    opens = sentence == match.start()
    gap = text[previous.end : match.start()]
    return (
        opens and len(gap) < 260 and "\n" not in gap and gap.count(". ") <= 1 and len(match[0].split()) >= FEWEST_WORDS
    )


def _indirect(text: str, start: int, end: int, cast: Cast) -> Quote | None:
    sentence = text[start:end]
    according = _ACCORDING.search(sentence)
    if according is not None:
        speaker = cast.speaker(re.sub(r"\s+(?:data|figures)$", "", according["who"].strip()))
        content = (0, according.start()) if according.start() > 15 else (according.end(), len(sentence))
        return _statement(text, start, content, speaker, according["cue"])
    match = _CONTENT_SAID.match(sentence)
    if match is None:
        match = _SAID_THAT.match(sentence)
    if match is None:
        return None
    groups = match.groupdict()
    who = groups.get("who") or groups.get("who2") or ""
    cue = groups.get("cue") or ""
    if match.re is _SAID_THAT and cue in SAY_WITH_THAT and not re.match(r"\s+that\b", sentence[match.end("cue") :]):
        return None
    if groups.get("who2") is None and match.re is _SAID_THAT and not re.search(r"[A-Z]|^(?:he|she|they)$", who):
        return None
    return _statement(
        text, start, match.span("content"), cast.speaker(who), groups.get("cue") or groups.get("cue2") or ""
    )


def _statement(text: str, offset: int, content: tuple[int, int], speaker: Speaker | None, cue: str) -> Quote | None:
    if speaker is None:
        return None
    piece = text[offset + content[0] : offset + content[1]]
    start = offset + content[0] + len(piece) - len(piece.lstrip(" ,"))
    words = piece.strip(" ,.")
    if len(words.split()) < FEWEST_WORDS:
        return None
    return Quote(
        start=start,
        end=start + len(words),
        text=text[start : start + len(words)],
        kind="indirect",
        speaker=speaker.name,
        speaker_type=speaker.kind,
        role=speaker.role,
        organisation=speaker.organisation,
        cue=cue,
        stance=stance_of(words),
    )


def stance_of(words: str) -> Stance:
    """How a statement is meant, by its own words.

    >>> stance_of("I hope the autumn brings more"), stance_of("The weather has turned")
    ('hope', 'actual')
    """
    return next((stance for stance, pattern in STANCES if pattern.search(words)), "actual")


@Language.factory("newsig_quotes", assigns=["doc._.quotes"], requires=["doc.ents"])
def make_quotes(nlp: Language, name: str) -> Quotes:  # noqa: ARG001 (spaCy passes both)
    """Make the component."""
    return Quotes()


if not Doc.has_extension("quotes"):
    Doc.set_extension("quotes", default=())
