"""Where prices, indices and yields stood: "to end at 12,565.53", "oil settled at $75.04 a barrel", "to yield 4.05
percent". A level belongs to the move that led there, or to the subject of a verb of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from newsig.extract.landmarks.amounts import Amount, find_amounts
from newsig.extract.landmarks.leads import ARTICLES, Lead, lead_of
from newsig.extract.landmarks.lexicon import CLOSING, CROSSED, INTRADAY, LATER, LEVEL_VERBS, NO_PRICE, NOT_SO, REACHED
from newsig.extract.landmarks.owners import belongs, dated, direction_before, elsewhen, mover
from newsig.extract.landmarks.pairs import per_dollar, priced_pair
from newsig.extract.landmarks.stage import Owner, Stage
from newsig.extract.landmarks.targets import find_target, names_target
from newsig.extract.numbers import Number
from newsig.extract.periods import DAY_KINDS
from newsig.records import Claim, Direction, Timing

WHOLE = frozenset({"week", "month", "quarter", "year"})
"""Kinds of periods that end with the session a story reports: "ended the week at 12,500"."""
_A_SHARE = re.compile(
    r"\s+(?:a|per)\s+share\b|\s+(?:in|of)\s+(?:cash|stock|profit|revenue|savings|charges)\b", re.IGNORECASE
)
_RANGE = re.compile(
    r"(?<!from)\s[$€£]?(?P<first>[\d.,]*\d(?:\s?(?P<rate>percent|pct|%))?)\s*(?:to|-|–)\s+$|\b(?:between|range)\b[^.;]{0,25}$",
    re.IGNORECASE,
)
_NOT_THE_END = re.compile(r"[^.;,]{0,20}\bbefore\s+\w+ing\b", re.IGNORECASE)
"""Something came after it: "had fallen to 40,800 before recovering"."""
_TURN = re.compile(r",\s|\b(?:after|before|from)\b", re.IGNORECASE)


def find_levels(stage: Stage) -> Iterator[Claim]:
    """The levels of one sentence, in order of appearance."""
    text, scene = stage.scene.text, stage.scene
    for amount in find_amounts(text, scene.start, scene.end):
        if amount.magnitude or _ranges(stage, amount):
            continue
        if names_target(stage, amount):
            yield from find_target(stage, amount)
            continue
        lead = lead_of(stage, amount)
        owner = _owner(stage, amount, lead) if lead is not None else None
        if lead is None or owner is None or NOT_SO.search(text, max(scene.start, lead.start - 50), lead.start):
            continue
        claim = _claim(stage, amount, lead, owner)
        if claim is not None:
            yield claim


def _ranges(stage: Stage, amount: Amount) -> bool:
    """Whether an amount is the end of a range: "$75 to $80", but not "rose 0.6 percent to 41,198"."""
    found = _RANGE.search(stage.scene.text, max(stage.scene.start, amount.left - 40), amount.left)
    if found is None or found["first"] is None:
        return found is not None
    if found["rate"]:
        return amount.unit == "percent_a_year" and not any(move.end == found.end("first") for move in stage.moves)
    return not any(move.end == found.end("first") for move in stage.moves)


def _owner(stage: Stage, amount: Amount, lead: Lead) -> Owner | None:
    """Whose level it is: of the move before it, of the verb before it, or of the name right before "at"."""
    scene = stage.scene
    move = mover(stage, lead.start)
    if move is not None and (owner := belongs(move)) is not None:
        return owner if _fits(amount, owner, _behind(stage, amount)) and not _sum(stage, amount, move.end) else None
    left = [c for c in scene.candidates if c.end <= lead.start and c.kind != "pronoun"]
    adjacent = bool(left) and not scene.text[left[-1].end : lead.start].strip(" ,)")
    if lead.how in ("to", "extreme") and lead.verb == "at" and adjacent:
        owner = stage.resolved(left[-1])
        at = left[-1].start
    else:
        verb = _verb(stage, lead)
        if verb is None:
            return None
        at = verb[0]
        owner = stage.owner(verb, amount.start)
    since = owner.span.end if owner is not None and owner.span.end <= amount.start else at
    if owner is None or not _fits(amount, owner, _behind(stage, amount)) or _sum(stage, amount, since):
        return None
    return owner


def _verb(stage: Stage, lead: Lead) -> tuple[int, int] | None:
    """The span of a level's verb, within the clause in front of it."""
    scene = stage.scene
    place = scene.index_before(lead.start)
    if lead.how in ("verb", "yield"):
        word = scene.words[place + 1]
        return word.start, word.end
    for step in range(9):
        at = place - step
        if at < 0 or scene.words[at].lower in (";", ":", "while", "but", "although"):
            return None
        word = scene.words[at]
        leader = scene.words[at - 1] if at else None
        noun = leader is not None and (leader.lower in ARTICLES or leader.possessive)
        if word.lower in LEVEL_VERBS and not noun and not any(c.start <= word.start < c.end for c in scene.candidates):
            return word.start, word.end
    return None


def _behind(stage: Stage, amount: Amount) -> str:
    return stage.scene.text[amount.end : min(stage.scene.end, amount.end + 40)]


def _fits(amount: Amount, owner: Owner, behind: str) -> bool:
    """Whether the amount is in the unit that such a thing is quoted in; ``behind`` are the words that follow it."""
    if owner.kind == "rate":
        return amount.unit == "percent_a_year"
    if amount.unit == "percent_a_year":
        return False
    if owner.kind == "index" or (owner.kind in ("name", "unlisted") and amount.unit == "index"):
        return amount.unit in (None, "index") and (amount.value >= 100 or "." in amount.text)
    if owner.kind == "currency":
        return amount.unit != "index" and (amount.unit is not None or _pair_like(amount) or per_dollar(behind))
    return amount.unit not in (None, "index") and owner.kind != "segment"


def _pair_like(amount: Amount) -> bool:
    return len(amount.text.partition(".")[2]) == 4


def _sum(stage: Stage, amount: Amount, since: int) -> bool:
    """Whether the words around an amount make it an offer, earnings or another sum that is no price."""
    text = stage.scene.text
    return bool(NO_PRICE.search(text, since, amount.start) or _A_SHARE.match(text, amount.end))


def _claim(stage: Stage, amount: Amount, lead: Lead, owner: Owner) -> Claim | None:
    scene = stage.scene
    move = owner.move
    direction = move.direction if move is not None else direction_before(scene, lead.start)
    if lead.how == "yield" and (move is None or move.measure != "yield"):
        direction = "flat"  # a note that rose yields less
    if move is None and lead.how == "verb" and lead.verb in CROSSED:
        direction = "up" if direction == "flat" else direction
    symbol, unit = priced_pair(owner.symbol, amount.unit, owner.kind, _behind(stage, amount))
    if unit is None:
        return None
    number = amount.number()
    modality = move.modality if move is not None else stage.modality(lead.start)
    claim = Claim(
        start=amount.start,
        end=amount.end,
        text=amount.text,
        value=amount.value,
        unit=unit,
        comparator=lead.comparator or amount.comparator,
        hedge=amount.hedge,
        direction=_turned(direction, owner.symbol, symbol),
        measure="level",
        modality=modality,
        subject=owner.span,
        symbol=symbol,
        segment=owner.segment,
        timing=_timing(stage, amount, lead, move) if modality == "actual" else None,
        source=stage.speaker(number),
    )
    return _on_its_day(stage, claim, number, lead, move)


def _turned(direction: Direction, own: str | None, priced: str | None) -> Direction:
    """The direction of the level: "the yen fell to 118.20 per dollar" is a dollar that rose."""
    if own != priced and own == "JPYUSD=X" and direction != "flat":
        return "down" if direction == "up" else "up"
    return direction


def _timing(stage: Stage, amount: Amount, lead: Lead, move: Claim | None) -> Timing | None:
    """Whether the level is one of the close or of some hour of the session."""
    text, scene = stage.scene.text, stage.scene
    start = move.end if move is not None else max(scene.start, lead.start - 60)
    if _NOT_THE_END.match(text, amount.end):
        return "intraday"
    if LATER.search(text, max(scene.start, lead.start - 90), min(scene.end, amount.end + 60)):
        return "intraday"
    turns = [match.end() for match in _TURN.finditer(text, start, lead.start)]
    led = text[turns[-1] if turns else start : amount.start]
    if lead.how == "extreme" and lead.verb.lower() not in ("close", "finish", "settlement"):
        return None if CLOSING.search(led) else "intraday"
    if CLOSING.search(led):
        return "close"
    if lead.verb in REACHED or (move is None and INTRADAY.search(led)):
        return "intraday"
    if move is not None:
        return move.timing
    return None


def _on_its_day(stage: Stage, claim: Claim, number: Number, lead: Lead, move: Claim | None) -> Claim:
    """The claim with the session of the level: that of its move, else the one day that the words name."""
    if claim.modality != "actual":
        return claim
    if move is not None and elsewhen(stage, lead.start, claim.end):
        return claim
    if move is not None and move.end_date is not None:
        return replace(claim, period=move.period, period_basis=move.period_basis, end_date=move.end_date)
    if move is not None and move.period is not None:
        return replace(claim, period=move.period, period_basis=move.period_basis)
    placed = stage.day(number, claim.direction, claim.symbol)
    claim = replace(dated(claim, placed, stage.scene.text), base_date=None)
    kind = placed.expression.kind if placed.expression is not None else None
    if kind is not None and kind not in DAY_KINDS and not (kind in WHOLE and claim.timing == "close"):
        return replace(claim, end_date=None)
    return claim
