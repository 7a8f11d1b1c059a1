"""Expressions of time and the sessions they mean: "so far this year" → the closes to measure from and to.

Everything looks back from the day a story was written. What the text alone cannot settle ("in five days", "since last
week", "its 2021 peak") keeps its span and has no dates: a wrong date is worse than none.
"""

from newsig.extract.periods.expressions import DAY_KINDS, Expression, find_periods
from newsig.extract.periods.readers import basis_of, resolve
from newsig.extract.periods.windows import UNKNOWN, Reference, Window, day_window, session_of

__all__ = [
    "DAY_KINDS",
    "UNKNOWN",
    "Expression",
    "Reference",
    "Window",
    "basis_of",
    "day_window",
    "find_periods",
    "resolve",
    "session_of",
]
