"""A statement → the calls that it makes.

The direction comes, in this order, from a figure that the statement forecasts of the target, from its own words, and
from a clear tone towards what it says something of. Where the words settle nothing, the tone is not asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from newsig.compare.moves import INDICES, YIELDS, inverse
from newsig.compare.scorecard import lexicon as say
from newsig.compare.scorecard.chances import chance
from newsig.compare.scorecard.clauses import OTHER, TARGET, Clauses, clauses, marked, masked, tokens
from newsig.compare.scorecard.conditions import read_condition, size_of
from newsig.compare.scorecard.directions import TURNED, leads, overruled, told
from newsig.compare.scorecard.nouns import Call, Condition, Kind
from newsig.records import Claim, Direction, Statement, Topic

CLEAR = 0.8
"""The probability from which on a tone is clear."""
PRICED = ("price", "yield", "level")
"""The measures of claims that speak of where a price is going."""
KINDS: Mapping[str, Kind] = {"forecast": "forecast", "conditional": "conditional", "hope": "hope"}

_STANDS_FOR = re.compile(r"\b(?:it|they|them|the (?:stock|shares|index|currency|metal|price)|shares)\b", re.IGNORECASE)
_OWN = re.compile(r"(?:(?:the|its|their) )?(?:stock|shares?|index|currency|metal)", re.IGNORECASE)
"""Subjects of figures that stand for the thing alone, with "it" and "they" where a person speaks."""
_ENDS = re.compile(
    r"\b(?:(?:end|finish|close)(?:s|ing)?(?: out)? (?:the|this) (?:year|quarter|month|week)"
    r"|(?:by|at|before) (?:the )?(?:year|quarter|month|week)(?:[ -]|'s )end)\b",
    re.IGNORECASE,
)
"""Times that nobody may replace, though no day is known for them: "would end the year lower"."""
_PAST = re.compile(
    r"(?:(?:in|for|of|since) )?(?:(?:more than|over|almost|nearly|about|at least) )?"
    r"(?!(?:this|next|coming|late|early) )\w+ (?:year|decade|month|week|day)s?"
    r"|(?:in|for) (?:years|decades|months)",
    re.IGNORECASE,
)
_SUPERLATIVE = re.compile(
    r"\b(?!(?:inter|inv|t|r|w|midw|requ|harv|qu|conqu|for|arr|prot|cont|sugg)est\b)(?:\w{2,}est|most|least)"
    r"(?:[\s-]+\w+){0,3}?\s*$",
    re.IGNORECASE,
)
"""Before such a time it is the past that something is compared with: "the cheapest in 20 years"."""
_AT_MOST = re.compile(r"\bat (?:the )?(?:best|most)\b", re.IGNORECASE)
_NAMED = tuple[int, int, str | None, str | None]


def calls(statement: Statement, proxies: Mapping[str, str]) -> list[Call]:
    """The calls of a statement: one for each thing that it gives a direction; where there is none, one without.

    ``proxies`` gives for a segment the symbol of the index that measures it. A statement of fact makes no call.
    """
    kind = KINDS.get(statement.quote.stance or "")
    if kind is None:
        return []
    reader = _Reader(statement, proxies, kind)
    read = [reader.call(topic) for topic in reader.topics()]
    sided = {(call.symbol, call.direction): call for call in reversed(read) if call.sided}
    if sided:
        return list(reversed(sided.values()))
    return read[:1] or [reader.bare()]


class _Reader:
    """One statement, read for one target after the other."""

    def __init__(self, statement: Statement, proxies: Mapping[str, str], kind: Kind) -> None:
        self.statement, self.quote, self.proxies, self.kind = statement, statement.quote, proxies, kind
        self.text = self.quote.text.replace("’", "'")
        self.named = sorted(set(self._named()), key=str)
        self.guided = (self.quote.cue or "").lower() in say.GUIDING and self.quote.kind == "indirect"
        self.chance = chance(self.text)

    def topics(self) -> list[Topic]:
        """What the statement is about, without pairs of currencies that others turn over."""
        symbols = {topic.symbol for topic in self.quote.about}
        return [topic for topic in self.quote.about if inverse(topic.symbol or "") not in symbols - {None}]

    def bare(self, **fields: Any) -> Call:
        """The statement as a call, with what else is known of it."""
        horizon, words = self._horizon()
        return Call(
            quote_id=self.statement.quote_id,
            article_id=self.statement.article_id,
            source_id=self.statement.source_id,
            source=self.statement.source,
            published=self.statement.published,
            kind=self.kind,
            text=self.quote.text,
            horizon=horizon,
            horizon_words=words,
            **fields,
        )

    def _horizon(self) -> tuple[date | None, str | None]:
        """The last day of the time that the statement gives, and its words."""
        told = self.quote.horizon
        if told and not (_PAST.fullmatch(told.text) and _SUPERLATIVE.search(self.text[: max(0, self._at(told.start))])):
            return self.quote.horizon_date, told.text
        ends = _ENDS.search(self.text)
        return None, ends[0] if ends else None

    def call(self, topic: Topic) -> Call:
        """What the statement says of one thing."""
        symbol = topic.symbol or self.proxies.get(topic.segment or "")
        read = self._clauses(topic)
        condition = self._condition() if self.kind == "conditional" else None
        fields: dict[str, Any] = {
            "symbol": symbol,
            "segment": None if topic.symbol else topic.segment,
            "condition": condition,
        }
        fields |= self._figure(topic, symbol, condition) or self._way(topic, read)
        return self.bare(**_likely(fields, self.chance[0] if self.chance else None))

    def _clauses(self, topic: Topic) -> Clauses:
        ours = [(start, end) for start, end, *names in self.named if _same(topic, *names)]
        others = [(start, end) for start, end, *names in self.named if not _same(topic, *names)]
        text = marked(self.text, ours, others)
        if len(self.topics()) == 1 and OTHER not in text:
            if self.quote.speaker_type != "organisation":  # whose "it" is itself, and not its shares
                text = _STANDS_FOR.sub(TARGET, text)
            if self.guided and text.lower().startswith("to "):
                text = f"{TARGET} {text}"
        return clauses(text, guided=self.guided)

    def _way(self, topic: Topic, read: Clauses) -> dict[str, Any]:
        """The direction by words, else by tone."""
        way = told(read.points)
        if way in ("up", "down", "flat"):
            return {"direction": way, "basis": "words"}
        # The tone of "if yields jump, it will suffer" is that of the condition, too
        asked = way is None and self.kind != "conditional" and leads(read.points)
        toned = self._tone(topic) if asked else None
        return {"direction": toned, "basis": "tone"} if toned else {}

    def _tone(self, topic: Topic) -> Direction | None:
        ways: set[Direction | None] = {
            "up" if one.positive >= CLEAR else "down" if one.negative >= CLEAR else None
            for one in self.statement.sentiments
            if _same(topic, one.symbol, one.segment)
        }
        return ways.pop() if len(ways) == 1 else None

    def _figure(self, topic: Topic, symbol: str | None, condition: Condition | None) -> dict[str, Any] | None:
        """What the figures that the statement forecasts of the target say, null where there are none."""
        found = [claim for claim in self._claims(topic, condition) if _is_forecast(claim) and self._is_of(topic, claim)]
        moves = [claim for claim in found if claim.measure != "level"]
        levels = [claim for claim in found if claim.measure == "level" and _has_level(claim, symbol)]
        if not moves and not levels:
            return None
        ways = {claim.direction for claim in (*moves, *levels)} - ({"flat"} if levels else set())
        if len(ways) > 1 or any(overruled(self._before(one)) or self._is_bounded(one) for one in (*moves, *levels)):
            return {"direction": None}
        fields: dict[str, Any] = {"direction": next(iter(ways), None), "basis": "claim"}
        if moves and symbol:
            fields["size"], fields["unit"] = size_of(moves[0], symbol)
        if levels:
            event = {">": "above", ">=": "above", "<": "below", "<=": "below"}.get(levels[0].comparator, "move")
            fields |= {"event": event, "level": levels[0].value}
        return fields

    def _claims(self, topic: Topic, condition: Condition | None) -> Iterator[Claim]:
        for claim in self.statement.claims:
            inside = self.chance and self._at(claim.start) < self.chance[2] and self.chance[1] < self._at(claim.end)
            if _same(topic, claim.symbol, claim.segment) and not inside and not self._hangs(claim, condition):
                yield claim

    def _is_of(self, topic: Topic, claim: Claim) -> bool:
        """Whether the statement's own words give a figure to the target: what was read into them may be wrong."""
        mentions, subject = self.statement.mentions, claim.subject
        if any(_same(topic, one.symbol, one.segment) for one in mentions):
            return True
        if subject is None or subject.start < self.quote.start or subject.end > self.quote.end:
            return False
        if any(one.start < subject.end and subject.start < one.end for one in mentions):
            return True
        alone = self.quote.speaker_type != "organisation" and subject.text.lower() in ("it", "they")
        return alone or _OWN.fullmatch(subject.text) is not None

    def _hangs(self, claim: Claim, condition: Condition | None) -> bool:
        """Whether a figure stands in the condition."""
        first = self.text.find(condition.text) if condition and condition.text else -1
        return first >= 0 and first <= self._at(claim.start) < first + len(condition.text if condition else "")

    def _before(self, claim: Claim) -> Sequence[str]:
        """The words before a figure in its clause."""
        return tokens(re.split(r"[.;:!?]\s|\bbut\b", self.text[: self._at(claim.start)])[-1])

    def _is_bounded(self, claim: Claim) -> bool:
        """Whether a figure is only how far it would go: "to 9,400 at best"."""
        before, behind = self.text[: self._at(claim.start)], self.text[self._at(claim.end) :]
        return bool(_AT_MOST.search(before[-12:].rstrip(" ,")) or _AT_MOST.match(behind.lstrip(" ,")))

    def _condition(self) -> Condition:
        mask = masked(self.text, [(start, end) for start, end, *_ in self.named])
        plain = clauses(mask)
        first = -1 if plain.condition is None else mask.find(plain.condition)
        if plain.condition is None or first < 0:
            return Condition(text="")
        words = self.text[first : first + len(plain.condition)]
        if plain.several:
            return Condition(text=words, unless=(plain.opens or "") in say.UNLESS)
        about: dict[str, tuple[str, ...]] = {}
        for symbol, segment in sorted({(symbol, segment) for *_, symbol, segment in self.named}, key=str):
            read = self._clauses(Topic(symbol=symbol, segment=segment)).condition or ""
            if TARGET in read and (measures := self._measures(symbol, segment)):
                about[read] = measures
        if not about and len(self.topics()) == 1:
            (topic,) = self.topics()
            about[_STANDS_FOR.sub(TARGET, words)] = self._measures(topic.symbol, topic.segment)
        text, symbols = next(iter(about.items())) if len(about) == 1 else (words, ())
        inside = [claim for claim in self.statement.claims if self._hangs(claim, Condition(text=words))]
        return read_condition(words, text, symbols, inside, plain.opens or "")

    def _measures(self, symbol: str | None, segment: str | None) -> tuple[str, ...]:
        measure = symbol or self.proxies.get(segment or "")
        return (measure,) if measure else ()

    def _named(self) -> Iterator[_NAMED]:
        """Where in the statement what is named, or what stands for it."""
        for mention in self.statement.mentions:
            yield self._at(mention.start), self._at(mention.end), mention.symbol, mention.segment
        for one in self.statement.sentiments:
            yield self._at(one.target.start), self._at(one.target.end), one.symbol, one.segment
        for claim in self.statement.claims:
            subject = claim.subject
            if subject is None or say.FUNDAMENTALS.intersection(
                tokens(subject.text)
            ):  # "the earnings of its companies"
                continue
            if claim.measure in PRICED and self.quote.start <= subject.start and subject.end <= self.quote.end:
                yield self._at(subject.start), self._at(subject.end), claim.symbol, claim.segment

    def _at(self, place: int) -> int:
        return place - self.quote.start


def _same(topic: Topic, symbol: str | None, segment: str | None) -> bool:
    """Whether something found is the topic itself; a segment's instruments are not the segment."""
    if topic.symbol is not None:
        return symbol == topic.symbol
    return symbol is None and segment == topic.segment


def _is_forecast(claim: Claim) -> bool:
    return claim.modality in ("forecast", "conditional") and claim.measure in PRICED


def _has_level(claim: Claim, symbol: str | None) -> bool:
    """Whether a level can be held against closes: shares' cannot, since later splits change theirs."""
    if symbol is None or claim.symbol != symbol:
        return False
    if symbol in YIELDS:
        return claim.unit == "percent_a_year"
    return symbol.startswith("^") or symbol in INDICES or symbol.endswith(("=X", "=F", "-USD"))


def _likely(fields: dict[str, Any], share: float | None) -> dict[str, Any]:
    """A call with its probability: below one half its contrary is called, at one half nothing is."""
    if share is None or not (fields.get("direction") or fields.get("level")):
        return fields
    if share > 0.5:
        return fields | {"probability": share}
    plain = fields.get("size") is None and fields.get("level") is None and fields["direction"] in ("up", "down")
    if share < 0.5 and plain:
        return fields | {"probability": 1 - share, "direction": TURNED[fields["direction"]]}
    return {name: fields[name] for name in ("symbol", "segment", "condition")}
