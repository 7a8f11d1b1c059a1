"""A picture of the narrative index above what measures its target, readable in grey.

Lines, markers and hatches tell things apart, never colours alone. The same data give the same file.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SIZE = (10.0, 6.0)
DOTS = 150
TICKS = 9
"""Inches, dots of a PNG to the inch, and the most dates along the bottom."""

MARKERS = {"supported": ("^", "full", 0.04), "refuted": ("v", "none", 0.09)}
"""Triangles up, filled, and down, hollow; and how high they stand in the picture of prices, from 0 to 1."""

STYLE: dict[Any, Any] = {
    "svg.hashsalt": "newsig",
    "font.size": 9.0,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "grid.color": "0.9",
}
NO_DATES: dict[str, dict[str, Any]] = {".svg": {"Date": None}, ".pdf": {"CreationDate": None}, ".png": {}}


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """The index of one day with the bounds of its interval, where it has one, and the verdicts of that day."""

    day: date
    index: float | None
    low: float | None = None
    high: float | None = None
    supported: int = 0
    refuted: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """What is drawn: the index by day, and the prices, which begin at 100."""

    title: str
    index_name: str
    price_name: str
    points: Sequence[Point]
    prices: Sequence[tuple[date, float]]


def draw(chart: Chart, path: Path) -> None:
    """Draw a chart into a file, as its ending says: ``.png``, ``.svg`` or ``.pdf``. matplotlib is needed.

    Raises:
        OSError: the file cannot be written.
    """
    import matplotlib as mpl
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.dates import AutoDateLocator, DateFormatter
    from matplotlib.figure import Figure

    with mpl.rc_context(STYLE):
        figure = Figure(figsize=SIZE, layout="constrained")
        FigureCanvasAgg(figure)
        above, below = figure.subplots(2, 1, sharex=True)
        figure.suptitle(chart.title)
        _draw_index(above, chart)
        _draw_prices(below, chart)
        locator = AutoDateLocator(maxticks=TICKS, interval_multiples=False)  # type: ignore[no-untyped-call]
        below.xaxis.set_major_locator(locator)
        below.xaxis.set_major_formatter(DateFormatter("%Y-%m-%d"))  # type: ignore[no-untyped-call]
        figure.savefig(path, dpi=DOTS, metadata=NO_DATES[path.suffix.lower()])


def _draw_index(axes: Axes, chart: Chart) -> None:
    known = [(point.day, point.index) for point in chart.points if point.index is not None]
    sure = [point for point in chart.points if point.index is not None and None not in (point.low, point.high)]
    axes.axhline(0.0, color="0.5", linewidth=0.8, linestyle=":")
    if sure:
        down = [(point.index or 0.0) - (point.low or 0.0) for point in sure]
        up = [(point.high or 0.0) - (point.index or 0.0) for point in sure]
        axes.errorbar(
            _days(point.day for point in sure),
            [point.index or 0.0 for point in sure],
            yerr=[down, up],
            fmt="none",
            ecolor="0.55",
            elinewidth=0.9,
            capsize=2,
            label="95 % interval",
        )
    if known:
        axes.plot(
            _days(day for day, _ in known),
            [value for _, value in known],
            "o-",
            color="black",
            markersize=3,
            linewidth=0.9,
            label="index",
        )
        axes.legend(loc="upper left", frameon=False)
    axes.set_ylabel(chart.index_name)


def _draw_prices(axes: Axes, chart: Chart) -> None:
    days, values = [day for day, _ in chart.prices], [value for _, value in chart.prices]
    axes.plot(_days(days), values, "--", color="black", linewidth=1.1)
    for outcome, (marker, fill, height) in MARKERS.items():
        marked = [point.day for point in chart.points if getattr(point, outcome)]
        if marked:
            axes.plot(
                _days(marked),
                [height] * len(marked),
                marker,
                color="black",
                fillstyle=fill,
                markersize=6,
                transform=axes.get_xaxis_transform(),
                label=f"claims {outcome}",
            )
    if axes.get_legend_handles_labels()[0]:
        axes.legend(loc="upper left", frameon=False)
    axes.set_ylabel(chart.price_name)


def _days(days: Iterable[date]) -> Any:
    """matplotlib takes dates as they are; its types do not tell so."""
    return list(days)
