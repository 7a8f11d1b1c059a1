"""Whether the tone of the news goes before prices, with them or behind them, and how surely one can tell.

A `Figure` is one result with its interval, its p-value and, once all are there, its q-value: `lead_lag` sets the index
beside the returns of the sessions around it, `event_study` asks what came after days of remarkable tone, and
`corrected` accounts for how many figures were looked at. Every random choice has a fixed seed: the same data give the
same figures.

Pure: sessions, indices and returns in, figures out. numpy, statsmodels and arch are imported where they are used.
"""

from newsig.compare.study.chance import corrected, shuffled
from newsig.compare.study.events import HISTORY, HORIZONS, event_study
from newsig.compare.study.figures import Figure, Grid
from newsig.compare.study.leads import LAGS, lead_lag

__all__ = ["HISTORY", "HORIZONS", "LAGS", "Figure", "Grid", "corrected", "event_study", "lead_lag", "shuffled"]
