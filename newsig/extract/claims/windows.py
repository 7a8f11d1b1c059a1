"""Over which sessions: the expression of time that belongs to a claim, or the one it inherits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from newsig import instruments
from newsig.extract.claims.directions import Move
from newsig.extract.claims.scene import Scene
from newsig.extract.lexicon import words
from newsig.extract.numbers import Number
from newsig.extract.periods import DAY_KINDS, UNKNOWN, Expression, Reference, Window, basis_of, resolve
from newsig.records import PeriodBasis, Span

LEAD_SENTENCES = 5
"""How far into a story its day is looked for."""
HOME = "XNYS"
"""The market whose calendar dates a thing without a symbol."""
_LEVEL = re.compile(r"[\s,]*(?:to|at|or|\()", re.IGNORECASE)
_OPENING = re.compile(r"^[\s\"“'‘(]*(?:(?:But|And|Meanwhile|However|Still),?\s+)?$")
_SUPERLATIVE = re.compile(
    r"\b(?:biggest|largest|best|worst|steepest|sharpest|highest|lowest|most|first|record|first time)\b[^.,;]{0,40}$",
    re.IGNORECASE,
)
PERFORMANCE = words("weekly monthly quarterly")
"""Kinds that tell a move's period by what it was: "its best weekly showing"."""
CARRIED = PERFORMANCE | {"week", "month", "quarter", "year"}
"""Kinds of a sentence without figures that the next sentence goes on with."""
_ANOTHER_TIME = re.compile(r"\bwhen\b|\b(?:19|20)\d\d['’]s\b")
_SUBORDINATE = re.compile(
    r";|\b(?:after|before|as|because|that|which|who|whose|when|ahead of|following|where|if|although|though)\b",
    re.IGNORECASE,
)
"""Words that open a clause of their own: a day named in it dates that clause, not the move before it."""
_RELATIVE = re.compile(r"\b(?:which|who|whose|that|where)\b[^,;]*$", re.IGNORECASE)
_JOINT = re.compile(r"\b(?:and|but|while|after|before)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A claim's period: the expression it rests on, how it got it, and the window it means."""

    expression: Expression | None = None
    basis: PeriodBasis | None = None
    window: Window = UNKNOWN

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


class Placer:
    """Places claims in time for one story: knows the day its lead names, and the moment it was published."""

    def __init__(self, scenes: Sequence[Scene], reference: Reference | None) -> None:
        self.scenes = scenes
        self.reference = reference
        self.lead = _lead_day(scenes)
        self.reported = _reported(self.lead, reference)
        self.last: tuple[Figure, Placed] | None = None

    def place(self, figure: Figure) -> Placed:
        """The period of one claim; the claims of a story come in order of appearance."""
        placed = self._placed(figure)
        self.last = (figure, placed)
        if figure.dated:
            return placed
        stated = placed.expression is not None and placed.basis in ("stated", "event")
        return Placed(expression=placed.expression if stated else None, basis=placed.basis if stated else None)

    def _placed(self, figure: Figure) -> Placed:
        """The period that the sentence gives a claim, else the one it inherits."""
        scene, number = figure.scene, figure.number
        market = _market(figure.symbol)
        if figure.move.how == "shared" and figure.placed:
            return figure.placed[-1]
        own = _own_expression(figure)
        if _is_distance(scene, number, figure.move):
            return Placed(expression=own, basis="stated" if own else None)
        if own is not None and own.kind == "same":
            antecedent = self._antecedent(scene, own)
            window = self._window(antecedent, market) if antecedent else UNKNOWN
            return Placed(expression=own, basis="event", window=window)
        if own is not None:
            return Placed(expression=own, basis=basis_of(own), window=self._window(own, market))
        if _ANOTHER_TIME.search(scene.text, figure.after, number.start):
            return Placed()  # "… since 2008, when it fell 22.6 percent", "1931's drop of 47.1 percent"
        donated = self._donated(figure)
        if donated is not None:
            return Placed(expression=donated, basis="inherited", window=self._window(donated, market))
        window = resolve(None, self.reference, market)
        return Placed(basis="assumed" if window.end else None, window=window)

    def _antecedent(self, scene: Scene, expression: Expression) -> Expression | None:
        """The longer period before it that "in that time" points back to."""
        near = self.scenes[max(0, scene.number - 2) : scene.number + 1]
        earlier = [p for each in near for p in each.periods if p.end <= expression.start]
        return next((p for p in reversed(earlier) if p.kind not in DAY_KINDS and p.kind != "same"), None)

    def _donated(self, figure: Figure) -> Expression | None:
        """The expression that a claim without one of its own inherits, from the nearest donor."""
        if not figure.placed and _is_index(figure.symbol):
            carried = self._carried(figure)
            if carried is not None:
                return carried
        if figure.placed and figure.placed[-1].expression is not None:
            return figure.placed[-1].expression
        return _opening_expression(figure.scene) or self.lead

    def _carried(self, figure: Figure) -> Expression | None:
        """The longer period of the sentence before, where this one goes on with it: "The Nasdaq lost 2.1 percent
        for the week. The Dow shed 3 percent." A level behind the figure starts the day's report anew."""
        scene, number = figure.scene, figure.number
        if scene.periods or number.unit != "percent" or _LEVEL.match(scene.text[number.end : number.end + 40]):
            return None
        before = self.scenes[scene.number - 1] if scene.number else None
        if before is None or before.paragraph != scene.paragraph:
            return None
        if not before.numbers:
            return next((p for p in reversed(before.periods) if p.kind in CARRIED and p.part("month") is None), None)
        if self.last is None or self.last[0].scene.number != before.number:
            return None
        earlier, placed = self.last
        same_market = _market(earlier.symbol) == _market(figure.symbol)
        if placed.expression is None or placed.expression.kind in DAY_KINDS or earlier.number.unit != "percent":
            return None
        return placed.expression if same_market else None

    def _window(self, expression: Expression | None, market: str) -> Window:
        """What an expression means; "so far this month" ends with the session that the story reports."""
        days = expression is not None and expression.kind in DAY_KINDS
        return resolve(expression, self.reference if days else self.reported, market)


def _reported(lead: Expression | None, reference: Reference | None) -> Reference | None:
    """The reference for longer windows: where the lead names an earlier day than that of publication, that day."""
    if reference is None or lead is None or lead.kind != "weekday":
        return reference
    end = resolve(lead, reference, HOME).end
    return Reference(day=end) if end is not None and end < reference.day else reference


def _market(symbol: str | None) -> str:
    return instruments.market(symbol) if symbol else HOME


def _is_index(symbol: str | None) -> bool:
    known = instruments.instruments().get(symbol or "")
    return known is not None and known.kind == "index"


def _is_distance(scene: Scene, number: Number, move: Move) -> bool:
    """Whether the figure is a distance from a peak or average, not a move of the session: "8% below its 2021 peak"."""
    return (
        move.how == "adverb"
        and move.start > number.start
        and scene.text[move.start : move.end].lower() in ("below", "above", "off")
    )


def _own_expression(figure: Figure) -> Expression | None:
    """The expression that belongs to a number: behind it before the next number's clause, else between the number
    before and this one. A fiscal quarter dates no price, and "in one day" says how long, not when."""
    scene, number = figure.scene, figure.number
    taken = [placed.expression for placed in figure.placed]
    following = next((n.start for n in scene.numbers if n.start >= number.end and n is not number), scene.end)
    usable = [
        p for p in scene.periods if p.kind not in ("one_day", "hours") and not (figure.dated and p.kind == "fiscal")
    ]
    behind = [p for p in usable if number.end <= p.start and p.end <= following]
    for expression in behind:
        gap = scene.text[number.end : expression.start]
        if (_SUPERLATIVE.search(gap) and expression.kind not in PERFORMANCE) or _SUBORDINATE.search(gap):
            break
        if expression.kind == "peak" and re.search(r"\d|,", gap):
            continue
        if following < scene.end and _next_clause(scene, number.end, expression):
            break
        return expression
    ahead = [p for p in usable if figure.after <= p.start and p.end <= number.start and p.kind != "peak"]
    ahead = [p for p in ahead if p not in taken and not _SUPERLATIVE.search(scene.text[scene.start : p.start])]
    return ahead[-1] if ahead and not _cut_off(scene, ahead[-1], number) else None


def _cut_off(scene: Scene, expression: Expression, number: Number) -> bool:
    """Whether an expression ahead of a number dates another clause: "opened the day badly and later …",
    "after data on Thursday, …" do not; ", whose results are expected …" does."""
    lead = scene.text[scene.start : expression.start]
    return _RELATIVE.search(lead) is not None and "," in scene.text[expression.end : number.start]


def _next_clause(scene: Scene, start: int, expression: Expression) -> bool:
    """Whether an expression between two numbers belongs to the second: "rose 7 percent and on Friday fell 2"."""
    return _JOINT.search(scene.text[start : expression.start]) is not None


def _opening_expression(scene: Scene) -> Expression | None:
    """An expression that opens the sentence holds for all of it: "For the day, …"."""
    if scene.periods and _OPENING.match(scene.text[scene.start : scene.periods[0].start]):
        return scene.periods[0]
    return None


def _lead_day(scenes: Sequence[Scene]) -> Expression | None:
    """The day that the story's first sentences name."""
    for place, scene in enumerate(scenes[:LEAD_SENTENCES]):
        for expression in scene.periods:
            if expression.part("weekday") in ("saturday", "sunday"):
                continue
            if expression.kind in ("weekday", "today") or (expression.kind == "yesterday" and place == 0):
                return expression
    return None
