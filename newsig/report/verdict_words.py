"""Verdicts and their reasons, as a reader would say them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from newsig.records import LANDMARKS

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

OF_OUTCOMES = {
    "supported": "prices bear the words out",
    "consistent": "prices do not rule the words out",
    "refuted": "the story says over which sessions the figure runs, and no price that may be meant gives it",
    "undecided": "prices cannot answer it",
}
OF_RUNGS = {
    "close": "the closes give the figure",
    "rounding": "the closes give the figure but for its last printed place, as rounding or a correction may explain",
    "intraday": "prices traded within the session make the figure true, its close does not",
    "window": "another window than the one read makes the figure true",
}
OF_REASONS = {
    "not_checkable": "it is no move or level of a price or yield, or none that closes can tell",
    "forecast": "it is said of the future",
    "conditional": "it is said of a case that may not come",
    "historical": "it is said of other times in general",
    "no_symbol": "it is of nothing that is listed",
    "no_period": "its sessions are not known, and the words leave too many possible",
    "intraday": "it is, or may be, a figure from before the close, and no price of the session settles it",
    "symbol_reused": "in those days the symbol belonged to another company than today",
    "no_prices": "the close of its first or its last session is missing: `newsig prices` brings prices in",
    "needs_history": "prices do not reach back far enough",
    "ambiguous_unit": "it does not fit as percent of the yield, and percentage points may be meant",
    "ambiguous_period": "it does not fit, or fits by chance, and the story does not pin the sessions",
    "proxy_price": "it does not fit, but another price than ours may be meant",
}


def because(outcome: str, rung: str | None = None, reason: str | None = None) -> str:
    """Why a verdict is what it is, in a clause; a reason without words of its own is named as it stands.

    >>> because("undecided", reason="forecast"), because("supported", "close")
    ('it is said of the future', 'the closes give the figure')
    """
    if reason:
        return OF_REASONS.get(reason, reason)
    return OF_RUNGS.get(rung or "", OF_OUTCOMES[outcome])


def size(claim: Mapping[str, Any]) -> str:
    """A claim's figure as a reader would say it: "up 3 percent", "at 12,565.53", "biggest loss of the year"; the claim
    is a row of plain JSON values.

    >>> size({"text": "11.5 percent", "direction": "up", "measure": "price"})
    'up 11.5 percent'
    """
    if claim["measure"] == "level":
        return f"at {claim.get('text') or format(claim['value'], ',.10g')}"
    figure = str(claim.get("text") or f"{claim['value']:g} {claim['unit']}")
    if claim["measure"] in LANDMARKS:
        return figure
    return figure if figure.isalpha() else f"{claim['direction']} {figure}"  # "doubled" says its direction itself
