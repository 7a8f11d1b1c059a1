"""The picture of a comparison."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from newsig.errors import CompareError
from newsig.report import charts
from newsig.run.comparing import Compared


def draw(compared: Compared, path: Path) -> None:
    """Draw the periods into a file.

    Raises:
        CompareError: matplotlib is missing.
        OSError: the file cannot be written.
    """
    if find_spec("matplotlib") is None:
        raise CompareError("a picture needs matplotlib: python -m pip install 'newsig[study]'")
    pair = len(compared.measures) > 1
    points = [
        charts.Point(
            day=one.spell.last,
            index=one.index,
            low=one.low,
            high=one.high,
            supported=one.supported,
            refuted=one.refuted,
        )
        for one in compared.periods
    ]
    days = f", {points[0].day} to {points[-1].day}" if points else ""
    ratio = " / ".join(one.symbol for one in compared.measures)
    charts.draw(
        charts.Chart(
            title=f"{compared.target}{days}",
            index_name="difference of the indices" if pair else "narrative index",
            price_name=f"{ratio}, start = 100",
            points=points,
            prices=compared.prices,
        ),
        path,
    )
