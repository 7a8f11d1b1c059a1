"""Verdicts and their reasons, as a reader would say them."""

from __future__ import annotations

MARKS = {"supported": "✓", "consistent": "≈", "refuted": "✗", "undecided": "?"}
UNCHECKED = "·"

REASONS = {
    "forecast": "a forecast",
    "conditional": "said of a case that may not come",
    "historical": "said of other times",
    "not_checkable": "not a matter of prices",
    "no_symbol": "not listed",
    "no_period": "its sessions are left open",
    "no_prices": "no prices for these days",
    "symbol_reused": "the symbol is another company's today",
    "intraday": "from before the close, it seems",
    "ambiguous_period": "other days may be meant",
    "needs_history": "prices reach back too little",
    "proxy_price": "another price may be meant",
    "ambiguous_unit": "percent or percentage points",
}
"""Why a claim is undecided, as a reader would say it; a reason that is not listed is shown as it stands."""

RUNGS = {"intraday": "prices of the day fit", "window": "if these sessions are meant"}
COMPARATORS = {"=": "", ">": "more than ", ">=": "at least ", "<": "less than ", "<=": "as much as ", "~": "about "}
