"""Over which sessions: the expression of time that belongs to a claim, or the one it inherits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from newsig import instruments, sessions
from newsig.extract.claims.expressions import (
    CARRIED,
    HOME,
    Figure,
    Placed,
    is_aside,
    is_distance,
    lead_day,
    opening_expression,
    opens_aside,
    own_expression,
    trailing,
)
from newsig.extract.claims.scene import Scene
from newsig.extract.periods import DAY_KINDS, UNKNOWN, Expression, Reference, Window, basis_of, day_window, resolve

__all__ = ["Figure", "Placed", "Placer"]

_CLOSED = re.compile(r"\b(?:closed|ended|finished|settled|session|on\s+the\s+day)\b", re.IGNORECASE)
_OF_THE_DAY = re.compile(r"(?:on|for|of|in|ending|ended|finish\w*)\s+the\s+(?:day|session)\b", re.IGNORECASE)
_WHEN = re.compile(r"(?:['’]s)?(?:\s+\w+){0,2},?\s+when\b[^,;]*$")
_FROM_THERE = re.compile(
    r"\s+(?:(?:after|since|from|before)\s+(?:touching|hitting|reaching|setting|bottoming|plumbing|peaking)\b"
    r"|(?:from|above|below|since)\s+(?:that|those|this|these)\b|in\s+the\s+(?:last|first|final)\s+(?:half\s+)?(?:hour|minutes)\b)"
)
"""Behind a figure: words that say from where, or in which part of a session, but not when."""
NEAR = 3
"""Days within which a date without a year is taken for one of the same year as a date that has it."""
_LEVEL = re.compile(r"[\s,]*(?:to|at|or|\()", re.IGNORECASE)
_ANOTHER_TIME = re.compile(
    r"\bwhen\b|\b(?:19|20)\d\d['’]s\b|\bha(?:s|ve|d)\s+since\b"
    r"|\b(?:rack|pil)(?:ed|ing)\s+up\b|-(?:day|week|month|year)\s+(?:rally|slide|run|slump|decline|advance|surge|streak|rebound)\b"
)


class Placer:
    """Places claims in time for one story: knows the day its lead names, and the moment it was published."""

    def __init__(self, scenes: Sequence[Scene], reference: Reference | None) -> None:
        self.scenes = scenes
        self.reference = reference
        self.last: tuple[Figure, Placed] | None = None

    @cached_property
    def lead(self) -> Expression | None:
        """The day that the story's first sentences report."""
        return lead_day(self.scenes, self.reference)

    @cached_property
    def reported(self) -> Reference | None:
        """The moment from which the story looks back over longer windows."""
        return _reported(self.lead, self.reference)

    def place(self, figure: Figure) -> Placed:
        """The period of one claim; the claims of a story come in order of appearance."""
        placed = self._placed(figure)
        self.last = (figure, placed)
        if figure.dated:
            return placed
        if placed.expression is not None and placed.basis in ("stated", "event"):
            return replace(placed, window=UNKNOWN)
        return Placed(rule="no sessions: not of a price, or not of what happened")

    def _placed(self, figure: Figure) -> Placed:
        """The period that the sentence gives a claim, else the one it inherits."""
        scene, number = figure.scene, figure.number
        market = _market(figure.symbol)
        if figure.move.how == "shared" and figure.placed:
            return figure.placed[-1]
        own = own_expression(figure)
        if is_distance(scene, number, figure.move):
            return Placed(expression=own, basis="stated" if own else None, rule="a distance, of no session")
        if self._elsewhen(figure, own):
            return Placed(rule="of another time")
        if own is not None and own.kind == "same":
            antecedent = self._antecedent(scene, own)
            window = self._window(antecedent, market) if antecedent else UNKNOWN
            return Placed(expression=own, basis="event", window=window, rule="points back to a period named before")
        if own is None and (recalled := _recalled(figure)) is not None:
            window = self._window(recalled, market)
            return Placed(expression=recalled, basis="stated", window=window, rule="of the day named before 'when'")
        if (
            own is not None
            and own.kind == "today"
            and self.lead is not None
            and _OF_THE_DAY.match(scene.text, own.start)
        ):
            window = self._window(self.lead, market)
            return Placed(expression=own, basis="stated", window=window, rule="the day that the lead names")
        if own is not None:
            return Placed(expression=own, basis=basis_of(own), window=self._window(own, market), rule="its own words")
        donated, rule = self._donated(figure)
        if donated is not None:
            window = self._donors(scene, donated, market)
            if _is_index(figure.symbol) and not _is_future(figure.symbol) and self._yet_to_open(window, market):
                window, rule = resolve(None, self.reference, market), f"{rule}, whose session was yet to open"
            return Placed(expression=donated, basis="inherited", window=window, rule=rule)
        window = self._ahead(market) if _is_future(figure.symbol) else resolve(None, self.reference, market)
        rule = "the session that the story reports" if window.end else "the story has no date"
        return Placed(basis="assumed" if window.end else None, window=window, rule=rule)

    def _yet_to_open(self, window: Window, market: str) -> bool:
        """Whether a window ends with a session that had not opened when the story appeared, as New York's in a morning
        story from Tokyo."""
        moment = self.reference.moment if self.reference is not None else None
        if moment is None or window.end is None:
            return False
        opening = sessions.opens_at(market, window.end)
        return opening is not None and opening > moment

    def _ahead(self, market: str) -> Window:
        """The session that a future looks to: the story's own day, open yet or not."""
        session = sessions.on_or_after(market, self.reference.day) if self.reference is not None else None
        return day_window(market, session)

    def _elsewhen(self, figure: Figure, own: Expression | None) -> bool:
        """Whether a figure is of a stretch that the words name without dating it: "… since 2008, when it fell 22.6
        percent", "a rally of eight months that has pushed it 75 percent higher", "34 percent after touching a low"."""
        scene, number = figure.scene, figure.number
        since = own.end if own is not None and own.end <= number.start else figure.after
        ahead = own is None or own.end <= number.start
        if ahead and _ANOTHER_TIME.search(scene.text, since, number.start):
            return True
        if own is None and _FROM_THERE.match(scene.text, number.end):
            return True
        before = figure.placed[-1] if figure.placed else None
        return own is None and before is not None and before.rule == "of another time"

    def _donors(self, scene: Scene, donated: Expression, market: str) -> Window:
        """What an inherited expression means, "over that time" by what it points back to."""
        meant = self._antecedent(scene, donated) if donated.kind == "same" else donated
        return self._window(meant, market) if meant is not None else UNKNOWN

    def _antecedent(self, scene: Scene, expression: Expression) -> Expression | None:
        """The longer period before it that "in that time" points back to."""
        near = self.scenes[max(0, scene.number - 2) : scene.number + 1]
        earlier = [p for each in near for p in each.periods if p.end <= expression.start]
        return next((p for p in reversed(earlier) if p.kind not in DAY_KINDS and p.kind != "same"), None)

    def _donated(self, figure: Figure) -> tuple[Expression | None, str]:
        """The expression that a claim without one of its own inherits, from the nearest donor, and who that is."""
        if not figure.placed and _is_index(figure.symbol) and (carried := self._carried(figure)) is not None:
            return carried, "goes on with the sentence before"
        if not figure.placed and (after_hours := self._after_hours(figure)) is not None:
            return after_hours, "after the close, as the sentence before"
        if (shared := trailing(figure)) is not None:
            return shared, "at the end of the list it stands in"
        if figure.placed and figure.placed[-1].expression is not None and not self._after_aside(figure):
            return figure.placed[-1].expression, "from the figure before"
        if (opening := opening_expression(figure.scene)) is not None:
            return opening, "opens the sentence"
        return self.lead, "the day that the lead names"

    def _after_hours(self, figure: Figure) -> Expression | None:
        """The words for after-hours trading of the sentence before, where this one goes on with a share's: an index, or
        words of a close, speak of the session again."""
        scene = figure.scene
        before = self.scenes[scene.number - 1] if scene.number else None
        same = before is not None and any(c.symbol == figure.symbol for c in before.candidates)
        dated = any(p.start < figure.number.end for p in scene.periods)
        if before is None or not same or dated or _is_index(figure.symbol) or figure.symbol is None:
            return None
        words_of_close = _CLOSED.search(scene.text, scene.start, figure.number.end)
        return next((p for p in before.periods if p.kind == "extended"), None) if words_of_close is None else None

    def _with_year(self, expression: Expression) -> Expression:
        """The date with the year that the story gives for it elsewhere."""
        for scene in self.scenes:
            for other in scene.periods:
                if other.part("year") and _same_days(other, expression):
                    return replace(expression, parts=(*expression.parts, ("year", other.part("year") or "")))
        return expression

    def _after_aside(self, figure: Figure) -> bool:
        """Whether the period before was given only in passing: "IBM, up 12 percent this year, fell 4.7 percent"."""
        if self.last is None or self.last[0].scene is not figure.scene:
            return False
        earlier, placed = self.last
        return is_aside(earlier, placed.expression) and not opens_aside(figure)

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
        """What an expression means; "so far this month" ends with the session that the story reports, and a date whose
        year the story has given once keeps it."""
        if expression is not None and expression.kind == "date" and expression.part("year") is None:
            expression = self._with_year(expression)
        days = expression is not None and expression.kind in DAY_KINDS
        return resolve(expression, self.reference if days else self.reported, market)


def _recalled(figure: Figure) -> Expression | None:
    """The day of "the record it set at Tuesday's close, when it gained 1.8 percent"."""
    scene = figure.scene
    days = [p for p in scene.periods if p.end <= figure.number.start and p.kind in DAY_KINDS]
    if not days or not _WHEN.match(scene.text[days[-1].end : figure.number.start]):
        return None
    return days[-1]


def _same_days(one: Expression, other: Expression) -> bool:
    """Whether two dates are of one month and a few days apart: "October 19, 1987 … on October 20"."""
    days = (one.part("day"), other.part("day"))
    near = all(days) and abs(int(days[0] or 0) - int(days[1] or 0)) <= NEAR
    return near and one.part("month") == other.part("month")


def _reported(lead: Expression | None, reference: Reference | None) -> Reference | None:
    """The reference for longer windows: where the lead names an earlier day than that of publication, that day."""
    if reference is None or lead is None or lead.kind != "weekday":
        return reference
    end = resolve(lead, reference, HOME).end
    return Reference(day=end) if end is not None and end < reference.day else reference


def _market(symbol: str | None) -> str:
    return instruments.market(symbol) if symbol else HOME


def _is_future(symbol: str | None) -> bool:
    return _is_index(symbol) and symbol is not None and symbol.endswith("=F")


def _is_index(symbol: str | None) -> bool:
    known = instruments.instruments().get(symbol or "")
    return known is not None and known.kind == "index"
