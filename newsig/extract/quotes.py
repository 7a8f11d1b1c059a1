"""Who said what: direct quotations and reported statements with a speaker of the same sentence.

A first version by rule. A direct quotation is a run between quotation marks with a verb of saying beside it, or one
that goes on right after such a run; a reported statement is a clause with "said", or "according to".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.language import Language
from spacy.tokens import Doc

from newsig.extract.lexicon import ROLE_WORDS, SAY_VERBS, SAY_WITH_THAT
from newsig.extract.sentences import furniture_spans, sentence_spans
from newsig.records import Quote, SpeakerType, Stance

LONGEST = 2000
"""Code points that one quotation may have; an unclosed mark never runs away with the text."""
FEWEST_WORDS = 3
"""A quoted run of fewer words is a term, unless a verb of saying stands right beside it."""
PRONOUNS = frozenset({"he", "she", "they"})
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
    r"(?P<content>(?!to\b|a\b|an\b|the\b\s+\w+\s*$)\w[^“”\"]{12,}?)[.]?$"
)
_CONTENT_SAID = re.compile(
    rf"^(?P<content>[^“”\"]{{15,}}?),\s+(?:(?P<cue>{_SAY})\s+(?P<who>[A-Z]{_PLAIN}{{2,140}}?)"
    rf"|(?P<who2>[A-Z][^,.;“”\"]{{2,60}}?|he|she|they)\s+(?P<cue2>{_SAY}))[.]?$"
)
_HOUSE = r"(?:the\s+)?(?P<organisation>[A-Z][\w&.'’-]*(?:\s+(?:[A-Z&][\w&.'’-]*|of|and|the))*)"
_ROLE_AT = (
    re.compile(rf"^,?\s*(?:an?\s+|the\s+)?(?P<role>[a-z][^;:.“”\"]{{2,70}}?)\s+(?:at|with|for)\s+{_HOUSE}"),
    re.compile(rf"^,?\s*(?:an?\s+|the\s+)?(?P<role>[a-z][\w\s,/&-]*?)\s+(?:of|in)\s+{_HOUSE}"),
)
_ROLE = re.compile(r"\b(?:" + "|".join(sorted(ROLE_WORDS)) + r")\b", re.IGNORECASE)
_EMPLOYER = re.compile(r"^\s+(?:of|at|from)\s+(?:the\s+)?(?P<name>[A-Z][\w&.'’-]*(?:\s+[A-Z&][\w&.'’-]*)*)")
_ROLE_ALONE = re.compile(r"^,\s*(?:an?\s+|the\s+)?(?P<role>[a-z][\w\s-]{3,60})(?:,|$)")
_GROUP = re.compile(
    r"^(?P<who>(?:[Aa]nalysts?|[Ss]trategists?|[Ee]conomists?|[Tt]raders?|[Aa]\s+spokes\w+|[Ss]ources|[Oo]fficials?)"
    r"\s+(?:at|for|with|from)\s+(?:the\s+)?(?P<organisation>[A-Z][\w&.'’ -]+))"
)
_ORGANISATION = re.compile(r"(?:[A-Z][\w&.'’-]*)(?:\s+(?:[A-Z&][\w&.'’-]*|of|for|and))*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """A speaker as the article gives him: full name, kind, role and organisation."""

    name: str
    kind: SpeakerType
    role: str | None = None
    organisation: str | None = None


class Quotes:
    """The spaCy component: entities and marks → ``doc._.quotes``, tuple of `Quote`."""

    def __call__(self, doc: Doc) -> Doc:
        """Find the statements and leave them on the document."""
        doc._.quotes = tuple(sorted(self.find(doc), key=lambda quote: (quote.start, quote.end)))
        return doc

    def find(self, doc: Doc) -> Iterator[Quote]:
        """The statements of a document; none rests on a byline or a credit line."""
        cast = _Cast(doc)
        silent = furniture_spans(doc.text)
        sentences = [span for span in sentence_spans(doc.text) if not any(a <= span[0] < b for a, b in silent)]
        direct = list(_direct(doc.text, sentences, cast))
        yield from direct
        for start, end in sentences:
            if not any(start < quote.end and quote.start < end for quote in direct):
                quote = _indirect(doc.text, start, end, cast)
                if quote is not None:
                    yield quote


class _Cast:
    """The persons and organisations of one article, and who spoke last."""

    def __init__(self, doc: Doc) -> None:
        self.text = doc.text
        self.people = [(ent.start_char, re.sub(r"['’]s$", "", ent.text)) for ent in doc.ents if ent.label_ == "PERSON"]
        self.organisations = [re.sub(r"^the\s+|['’]s$", "", ent.text) for ent in doc.ents if ent.label_ == "ORG"]
        self.known: dict[str, Speaker] = {}
        self.last: Speaker | None = None

    def speaker(self, words: str) -> Speaker | None:
        """Who is meant by the words beside a verb of saying; None where nobody can be made out."""
        words = words.strip(" ,")
        if words.lower() in PRONOUNS:
            return self.last
        found = self._person(words) or self._group(words) or self._organisation(words)
        if found is not None:
            self.last = found
        return found

    def _person(self, words: str) -> Speaker | None:
        bare = re.sub(r"^(?:Mr|Ms|Mrs|Dr)\.?\s+", "", words)
        known = next((name for name in self.known if name.split()[-1] == bare), None)
        if known is not None:
            return self.known[known]
        names = [
            name
            for _, name in self.people
            if name in words and len(name) > 2 and not re.search(rf"(?:of|at)\s+{re.escape(name)}", words)
        ]
        if not names:
            return None
        short = max(names, key=len)
        full = next(
            (name for _, name in self.people if name.split()[-1] == short.split()[-1] and len(name.split()) > 1), short
        )
        if full in self.known and self.known[full].role:
            return self.known[full]
        at = words.find(short) + len(short)
        role, organisation = _role_after(words[at:])
        if role is None:
            role, organisation = _role_before(words[: words.find(short)], self.organisations)
        self.known[full] = Speaker(name=full, kind="person", role=role, organisation=organisation)
        return self.known[full]

    def _group(self, words: str) -> Speaker | None:
        match = _GROUP.match(words)
        if not match:
            return None
        return Speaker(
            name=match["who"].strip(),
            kind="unnamed",
            role=match["who"].split(" at ")[0].strip(),
            organisation=match["organisation"].strip(),
        )

    def _organisation(self, words: str) -> Speaker | None:
        words = re.sub(r"^(?:[Tt]he|[Dd]ata from)\s+", "", words)
        for name in self.organisations:
            if words.startswith(name):
                return Speaker(name=name, kind="organisation")
        match = _ORGANISATION.fullmatch(words)
        return Speaker(name=words, kind="organisation") if match and len(words) > 2 else None


def _role_after(words: str) -> tuple[str | None, str | None]:
    """Role and organisation out of ", chief investment officer at North Star"."""
    match = next(
        (found for pattern in _ROLE_AT if (found := pattern.match(words)) and _ROLE.search(found["role"])), None
    )
    if match:
        return match["role"].strip(" ,"), re.split(r",| which| who", match["organisation"])[0].strip()
    organisation = _EMPLOYER.match(words)
    if organisation:
        return None, organisation["name"]
    role = _ROLE_ALONE.match(words)
    return (role["role"].strip(), None) if role and _ROLE.search(role["role"]) else (None, None)


def _role_before(words: str, organisations: Sequence[str]) -> tuple[str | None, str | None]:
    """Role and organisation out of "Uralsib analyst " and "the firm's chief strategist "."""
    words = re.sub(r"^(?:[Tt]he|[Aa]n?)\s+", "", words.strip(" ,"))
    if not words or not _ROLE.search(words):
        return None, None
    organisation = next((name for name in organisations if words.startswith(name)), None)
    role = words[len(organisation) :].strip(" ,'’s") if organisation else words
    return role or None, organisation


def _direct(text: str, sentences: Sequence[tuple[int, int]], cast: _Cast) -> Iterator[Quote]:
    previous: Quote | None = None
    for match in _QUOTED.finditer(text):
        quote = _spoken(text, match, cast)
        if quote is None and previous is not None and _goes_on(text, previous, match, sentences):
            quote = replace(
                previous, start=match.start(), end=match.end(), text=match[0], cue=None, stance=stance_of(match[0])
            )
        if quote is not None:
            yield quote
            previous = quote


def _spoken(text: str, match: re.Match[str], cast: _Cast) -> Quote | None:
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


def _goes_on(text: str, previous: Quote, match: re.Match[str], sentences: Sequence[tuple[int, int]]) -> bool:
    """Whether a run without a cue continues the statement before it: it opens a sentence, right after the one the
    speaker was named in."""
    opens = any(start == match.start() for start, _ in sentences)
    gap = text[previous.end : match.start()]
    return (
        opens and len(gap) < 260 and "\n" not in gap and gap.count(". ") <= 1 and len(match[0].split()) >= FEWEST_WORDS
    )


def _indirect(text: str, start: int, end: int, cast: _Cast) -> Quote | None:
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

    >>> stance_of("I hope this is just the beginning"), stance_of("The landscape has changed")
    ('hope', 'actual')
    """
    return next((stance for stance, pattern in STANCES if pattern.search(words)), "actual")


@Language.factory("newsig_quotes", assigns=["doc._.quotes"], requires=["doc.ents"])
def make_quotes(nlp: Language, name: str) -> Quotes:  # noqa: ARG001 (spaCy passes both)
    """Make the component."""
    return Quotes()


if not Doc.has_extension("quotes"):
    Doc.set_extension("quotes", default=())
