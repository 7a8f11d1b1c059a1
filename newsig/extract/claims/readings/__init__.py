"""How a claim is meant: fact or forecast, mid-session or close, market price or statistic."""

from newsig.extract.claims.readings.measures import measure_of
from newsig.extract.claims.readings.modality import modality_of
from newsig.extract.claims.readings.timings import timing_of

__all__ = ["measure_of", "modality_of", "timing_of"]
