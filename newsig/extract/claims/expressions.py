"""Which expression of time belongs to a figure: its own, or one that stands by."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from newsig.extract.claims.directions import Move
from newsig.extract.claims.scene import Scene
from newsig.extract.lexicon import FUNDAMENTALS, words
from newsig.extract.numbers import Number
from newsig.extract.periods import DAY_KINDS, UNKNOWN, Expression, Reference, Window, resolve
from newsig.records import PeriodBasis, Span

LEAD_SENTENCES = 5
"""How far into a story its day is looked for."""
HOME = "XNYS"
"""The market whose calendar dates a thing without a symbol."""
_OPENING = re.compile(r"^[\s\"“'‘(]*(?:(?:But|And|Meanwhile|However|Still),?\s+)?$")
_SUPERLATIVE = re.compile(
    r"\b(?:best|worst|most|least|first|record|(?!interest|forest|invest|rest|west|test|latest|request|midwest)[a-z]{2,}est)\b"
    r"[^.,;]{0,40}$",
    re.IGNORECASE,
)
PERFORMANCE = words("weekly monthly quarterly")
"""Kinds that tell a move's period by what it was: "its best weekly showing"."""
CARRIED = PERFORMANCE | {"week", "month", "quarter", "year"}
"""Kinds of a sentence without figures that the next sentence goes on with."""
BOOKED = FUNDAMENTALS | words("estimates forecasts forecast expectations outlook results loss losses")
_RESTATED = re.compile(r"[\s,(]*(?:or\s+)?(?:about\s+|nearly\s+)?", re.IGNORECASE)
_LEVEL_LED_TO = re.compile(r"[\s,)]*(?:to|at)\s+(?:about\s+|around\s+)?(?:an?\s+)?", re.IGNORECASE)
_NEW_CLAUSE = re.compile(r",\s+(?:but\b|\w+ing\b)|\b(?:territory|black|red)\b", re.IGNORECASE)
"""What comes between a day's figure and words of a longer stretch: ", marking a move into the black for the year"."""
COMPARED = words("in_year last_week week weekday today yesterday hours one_day extended")
"""Kinds that say when, even behind "its best week in years"; others say since when it was the best."""
_SUBORDINATE = re.compile(
    r";|\s--?\s|\b(?:after|before|as|because|that|which|who|whose|when|ahead of|following|where|if|although|though)\b",
    re.IGNORECASE,
)
"""Words that open a clause of their own: a day named in it dates that clause, not the move before it."""
_RELATIVE = re.compile(r"\b(?:which|who|whose|that|where)\b[^,;]*$", re.IGNORECASE)
_DRIVEN = re.compile(r",\s+(?:driving|sending|pushing|lifting|dragging|pulling|knocking|helping)\b")
_LISTED = re.compile(r",|\band\b|\bwhile\b")
_PRESENT = re.compile(
    r"\b(?:starts?|begins?|kicks?\s+off|leads?\s+off|meets?|opens|reports|releases?|publish(?:es)?)\b[^.;]{0,50}$"
)
"""A plain present before a day says what is still to come: "when the reports start on Wednesday"."""
_JOINT = re.compile(r"\b(?:and|but|while|after|before)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A claim's period: the expression it rests on, how it got it, the window it means, and which rule placed it."""

    expression: Expression | None = None
    basis: PeriodBasis | None = None
    window: Window = UNKNOWN
    rule: str = ""

    def span(self, text: str) -> Span | None:
        """The words of the period, the donor's where it is inherited."""
        if self.expression is None:
            return None
        return Span(
            start=self.expression.start, end=self.expression.end, text=text[self.expression.start : self.expression.end]
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A claim to be placed in time, and what its sentence has said before it.

    ``placed`` are the periods of the claims before it in the sentence, ``after`` is where the last of them ends;
    ``dated`` says whether its kind of claim has sessions at all.
    """

    scene: Scene
    number: Number
    move: Move
    symbol: str | None
    dated: bool
    after: int
    placed: Sequence[Placed]


def opens_aside(figure: Figure) -> bool:
    """Whether a figure is given in passing: "IBM, up 12 percent this year, …"."""
    before = figure.scene.text[figure.scene.start : min(figure.move.start, figure.number.start)].rstrip()
    return figure.move.how == "adverb" and before.endswith((",", "(", "–", "—"))


def is_aside(figure: Figure, expression: Expression | None) -> bool:
    """Whether figure and period stand between two commas, with the verb of the sentence still to come."""
    if expression is None or expression.kind in DAY_KINDS or expression.start < figure.number.end:
        return False
    return opens_aside(figure) and figure.scene.text[expression.end :].lstrip().startswith((",", ")", "–", "—"))


def trailing(figure: Figure) -> Expression | None:
    """A longer period at the end of a list that holds for all of it: "The Dow lost 4 percent and the Nasdaq 6
    this week". A level behind a figure makes it the day's."""
    scene, number = figure.scene, figure.number
    later = [n for n in scene.numbers if n.start >= number.end]
    if number.unit != "percent" or not later or any(n.unit != "percent" for n in later):
        return None
    last = later[-1]
    gap = scene.text[number.end : last.start]
    behind = [p for p in scene.periods if number.end <= p.start]
    if not behind or behind[0].start < last.end or scene.text[last.end : behind[0].start].strip():
        return None
    another = any(number.end <= c.start and c.end <= last.start for c in scene.candidates)
    listed = (
        another and _LISTED.search(gap) is not None and not _SUBORDINATE.search(gap) and not re.search(r"\d{3}|\$", gap)
    )
    return behind[0] if listed and behind[0].kind in CARRIED else None


def is_distance(scene: Scene, number: Number, move: Move) -> bool:
    """Whether the figure is a distance from a peak or average, not a move of the session: "8% below its 2021 peak"."""
    word = scene.text[move.start : move.end].lower()
    behind = move.start > number.start and word in ("below", "above", "off")
    return move.how == "adverb" and (behind or word == "within")


def own_expression(figure: Figure) -> Expression | None:
    """The expression that belongs to a number: behind it before the next number's clause, else between the number
    before and this one. A fiscal quarter dates no price, and "in one day" says how long, not when."""
    scene, number = figure.scene, figure.number
    taken = [placed.expression for placed in figure.placed]
    following = _following(scene, number)
    usable = [
        p for p in scene.periods if p.kind not in ("one_day", "hours") and not (figure.dated and p.kind == "fiscal")
    ]
    behind = [p for p in usable if number.end <= p.start and p.end <= following]
    for expression in behind:
        if _is_heading(figure, expression):
            continue
        gap = scene.text[number.end : expression.start]
        if (_SUPERLATIVE.search(gap) and expression.kind not in PERFORMANCE) or _SUBORDINATE.search(gap):
            break
        if expression.kind not in DAY_KINDS and (_is_possessive(scene, expression) or _NEW_CLAUSE.search(gap)):
            continue  # "pulling away from last week's low"
        if expression.kind == "peak" and re.search(r"\d|,", gap):
            continue
        if following < scene.end and _next_clause(scene, number.end, expression):
            break
        return expression
    ahead = [p for p in usable if p not in taken and _can_stand_ahead(figure, p)]
    return ahead[-1] if ahead and not _cut_off(scene, ahead[-1], number) else None


def _is_heading(figure: Figure, expression: Expression) -> bool:
    """Whether an expression is of a heading in capitals that was run into the sentence: "FOURTH WEEKLY SLIDE"."""
    text = figure.scene.text
    return (
        text[expression.start : expression.end].isupper()
        and not text[max(figure.scene.start, figure.number.start - 20) : figure.number.start].isupper()
    )


def _can_stand_ahead(figure: Figure, expression: Expression) -> bool:
    """Whether an expression in front of a number can date it: neither a peak, nor what a superlative compares with,
    nor the quarter that a company's books are of."""
    scene = figure.scene
    if not figure.after <= expression.start or expression.end > figure.number.start or expression.kind == "peak":
        return False
    if figure.dated and _of_books(scene, expression):
        return False
    lead = scene.text[scene.start : expression.start]
    return expression.kind in COMPARED | PERFORMANCE or _SUPERLATIVE.search(lead) is None


def _following(scene: Scene, number: Number) -> int:
    """Where the next figure begins that is a move of its own: neither this one in another unit nor the level that it
    led to."""
    end = number.end
    for other in scene.numbers:
        if other.start < number.end or other is number:
            continue
        between = scene.text[end : other.start]
        told_apart = between.strip() in ("and", ",", ", and") and _respectively(scene, other)
        if not (_RESTATED.fullmatch(between) or _LEVEL_LED_TO.fullmatch(between) or told_apart):
            return other.start
        end = other.end
    return scene.end


def _respectively(scene: Scene, number: Number) -> bool:
    return "respectively" in scene.text[number.end : min(scene.end, number.end + 40)].lower()


def _is_possessive(scene: Scene, expression: Expression) -> bool:
    return scene.text[expression.end : expression.end + 2] in ("'s", "’s")


def _of_books(scene: Scene, expression: Expression) -> bool:
    """Whether an expression dates what stands in a company's books: "topped estimates for the quarter"."""
    if expression.kind not in CARRIED | {"part"}:
        return False
    lead = scene.between(max(scene.start, expression.start - 40), expression.start)[-3:]
    return bool(BOOKED.intersection(word.lower for word in lead))


def _cut_off(scene: Scene, expression: Expression, number: Number) -> bool:
    """Whether an expression ahead of a number dates another clause: "opened the day badly and later …",
    "after data on Thursday, …" do not; ", whose results are expected …" does."""
    lead = scene.text[scene.start : expression.start]
    if expression.kind not in DAY_KINDS and _DRIVEN.match(scene.text, expression.end):
        return True  # "fell to a low in October, driving the Dow up 10.9 percent"
    return _RELATIVE.search(lead) is not None and "," in scene.text[expression.end : number.start]


def _next_clause(scene: Scene, start: int, expression: Expression) -> bool:
    """Whether an expression between two numbers belongs to the second: "rose 7 percent and on Friday fell 2"."""
    return _JOINT.search(scene.text[start : expression.start]) is not None


def opening_expression(scene: Scene) -> Expression | None:
    """An expression that opens the sentence holds for all of it: "For the day, …"."""
    if scene.periods and _OPENING.match(scene.text[scene.start : scene.periods[0].start]):
        return scene.periods[0]
    return None


def lead_day(scenes: Sequence[Scene], reference: Reference | None) -> Expression | None:
    """The day that the story's first sentences report: the day of publication where they name it, else the first
    one of the days before."""
    named = []
    for place, scene in enumerate(scenes[:LEAD_SENTENCES]):
        for expression in scene.periods:
            if expression.part("weekday") in ("saturday", "sunday") or _still_to_come(scene, expression):
                continue
            if expression.kind in ("weekday", "today") or (expression.kind == "yesterday" and place == 0):
                named.append(expression)
    if reference is None:
        return named[0] if named else None
    today = (e for e in named if resolve(e, reference, HOME).end == reference.day)
    return next(today, named[0] if named else None)


def _still_to_come(scene: Scene, expression: Expression) -> bool:
    return _PRESENT.search(scene.text, max(scene.start, expression.start - 60), expression.start) is not None
