"""The narrative index above a price, with marks where claims held or did not, as SVG that needs no script and no style.

Lines and marks differ in shape, never in colour alone. Its colours are the sheet's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from newsig.report.charts import Chart, Point

WIDTH, HEIGHT = 720, 380
LEFT, RIGHT = 52, 8
ABOVE, BELOW = (32, 160), (208, 350)
"""Where both pictures begin and end, from the top."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Values to places on the paper."""

    low: float
    high: float
    first: float
    last: float

    def __call__(self, value: float) -> float:
        """The place of a value; in the middle where all are one."""
        share = (value - self.low) / (self.high - self.low) if self.high > self.low else 0.5
        return round(self.first + share * (self.last - self.first), 1)


def picture(chart: Chart) -> Markup:
    """The picture of a chart; None of its words are anything but words."""
    days = [point.day for point in chart.points] + [day for day, _ in chart.prices]
    if not days:
        return Markup("")
    across = Scale(low=min(days).toordinal(), high=max(days).toordinal(), first=LEFT, last=WIDTH - RIGHT)
    parts = [
        *_index(chart, across),
        *_prices(chart, across),
        _words(LEFT, HEIGHT - 6, str(min(days))),
        _words(WIDTH - RIGHT, HEIGHT - 6, str(max(days)), "end"),
    ]
    told = f"{chart.title}: {chart.index_name} above, {chart.price_name} below, {min(days)} to {max(days)}"
    return Markup(
        '<svg class="chart" viewBox="0 0 {} {}" role="img" aria-label="{}" xmlns="http://www.w3.org/2000/svg">{}</svg>'
    ).format(WIDTH, HEIGHT, told, Markup("").join(parts))


def _index(chart: Chart, across: Scale) -> Iterator[Markup]:
    up = Scale(low=-1.0, high=1.0, first=ABOVE[1], last=ABOVE[0])
    yield _words(0, ABOVE[0] - 16, chart.index_name)
    for value in (-1, 0, 1):
        yield _line("rule", LEFT, up(value), WIDTH - RIGHT, up(value))
        yield _words(LEFT - 6, up(value) + 4, f"{value:+d}" if value else "0", "end")
    known = [(across(point.day.toordinal()), point) for point in chart.points if point.index is not None]
    for x, point in known:
        if point.low is not None and point.high is not None:
            yield _line("interval", x, up(point.low), x, up(point.high))
    yield _path("index", [(x, up(point.index or 0.0)) for x, point in known])
    for x, point in known:
        yield Markup('<circle class="dot" cx="{}" cy="{}" r="3"/>').format(x, up(point.index or 0.0))


def _prices(chart: Chart, across: Scale) -> Iterator[Markup]:
    yield _words(0, BELOW[0] - 16, chart.price_name if chart.prices else f"{chart.price_name}: no prices")
    values = [value for _, value in chart.prices]
    if values:
        up = Scale(low=min(values), high=max(values), first=BELOW[1] - 24, last=BELOW[0])
        for value in dict.fromkeys((min(values), max(values))):
            yield _line("rule", LEFT, up(value), WIDTH - RIGHT, up(value))
            yield _words(LEFT - 6, up(value) + 4, f"{value:.1f}", "end")
        yield _path("price", [(across(day.toordinal()), up(value)) for day, value in chart.prices])
    yield from _marks(chart.points, across)


def _marks(points: Sequence[Point], across: Scale) -> Iterator[Markup]:
    """Triangles under the price: up and filled where claims of that day held, down and hollow where they did not."""
    for point in points:
        x = across(point.day.toordinal())
        if point.supported:
            yield _mark("held", f"M{x - 5} {BELOW[1]} h10 l-5 -9 z", f"{point.day}: {point.supported} supported")
        if point.refuted:
            yield _mark("failed", f"M{x - 5} {BELOW[1] + 4} h10 l-5 9 z", f"{point.day}: {point.refuted} refuted")


def _mark(kind: str, path: str, told: str) -> Markup:
    return Markup('<path class="{}" d="{}"><title>{}</title></path>').format(kind, path, told)


def _path(kind: str, places: Sequence[tuple[float, float]]) -> Markup:
    return Markup('<polyline class="{}" points="{}"/>').format(kind, " ".join(f"{x},{y}" for x, y in places))


def _line(kind: str, x: float, y: float, to_x: float, to_y: float) -> Markup:
    return Markup('<line class="{}" x1="{}" y1="{}" x2="{}" y2="{}"/>').format(kind, x, y, to_x, to_y)


def _words(x: float, y: float, words: str, anchor: str = "start") -> Markup:
    return Markup('<text x="{}" y="{}" text-anchor="{}">{}</text>').format(x, y, anchor, words)


def day_of(moment: str) -> date:
    """The day of a stored moment or day."""
    return date.fromisoformat(moment[:10])
