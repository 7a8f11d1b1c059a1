"""The verb that asks who has been right: scorecard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from newsig.cli.asking import since, until
from newsig.cli.options import NUMBER, database, example, formatted, text, with_neighbours
from newsig.cli.options import day as to_day
from newsig.cli.printing import FOR_READERS, counted, note, note_copies, print_rows
from newsig.report.tables import Format

if TYPE_CHECKING:
    from newsig.run import Scored

COLUMNS = (
    *("source_id", "source", "calls", "graded", "hits", "pending", "ungraded", "rate", "low", "high"),
    *("based", "base_rate", "excess", "p", "stated", "brier", "base_brier", "few"),
)
BRIEF_COLUMNS = ("source", "graded", "hits", "rate", "95 %", "base rate", "excess", "p", "brier", "remark")
CALL_COLUMNS = (
    *("quote_id", "article_id", "source_id", "source", "published", "kind", "target", "symbol", "segment"),
    *("direction", "basis", "event", "level", "size", "unit", "probability", "horizon", "horizon_words", "assumed"),
    *("condition", "result", "reason", "start", "end", "sessions", "moved", "reached", "base_rate", "event_rate"),
    *("formula", "copies", "text"),
)
BRIEF_CALL_COLUMNS = ("day", "source", "call", "until", "result", "formula", "text")
NO_CALL = ("no_target", "no_direction", "hope")
"""Why a statement says nothing of a price that could be graded, whatever the prices were."""
TOO_FEW = "too few calls to tell"
FIGURES = ("rate", "low", "high", "base_rate", "excess", "p", "brier", "base_brier", "event_rate", "moved")


@click.command(epilog=example("newsig scorecard petrakind --horizon 21"))
@click.argument("name", required=False, type=text)
@since
@until
@click.option(
    "--horizon",
    metavar="SESSIONS",
    type=NUMBER,
    help="Grade calls that give no time after so many sessions (default: leave them ungraded).",
)
@click.option(
    "--as-of",
    metavar="DATE",
    type=to_day,
    callback=with_neighbours,
    help="Only what was published, and only closes, up to the end of this day in UTC.",
)
@click.option("--calls", is_flag=True, help="List every source's calls instead of its score.")
@database
@formatted()
def scorecard(db: str, format_: Format, name: str | None, calls: bool, **asked: Any) -> None:
    """Tell who has been right.

    Holds what sources said would happen against the closes, and how often each was right against how often anybody
    would have been. With NAME, a part of a name, lists the calls of those who bear it, with what came of each.
    """
    from newsig import run

    with run.read_database(db) as opened:
        found = run.scorecard(opened, now=run.now(), name=name, **asked)
    if calls or name is not None:
        rows = (_call(row, format_) for one in found for row in one.call_rows())
        print_rows(rows, format_, CALL_COLUMNS, BRIEF_CALL_COLUMNS)
        for one in found if name is not None else ():
            note(_sentence(one))
        note_copies(_copies(found))
        return
    calling = [one for one in found if any(grade.reason not in NO_CALL for _, grade in one.calls)]
    print_rows((_score(one.row(), format_) for one in calling), format_, COLUMNS, BRIEF_COLUMNS)
    note_copies(_copies(calling))
    if left := len(found) - len(calling):
        note(f"{counted(left, 'source')} without a call on a price left out: `newsig scorecard --calls` lists them")


def _copies(found: Sequence[Scored]) -> int:
    return sum(call.copies for one in found for call, _ in one.calls)


def _score(row: dict[str, Any], format_: Format) -> dict[str, Any]:
    if format_ not in FOR_READERS:
        return _rounded(row)
    return {
        "source": row["source"],
        "graded": row["graded"],
        "hits": row["hits"],
        "rate": _percent(row["rate"]),
        "95 %": _interval(row["low"], row["high"]),
        "base rate": _percent(row["base_rate"]),
        "excess": _percent(row["excess"], signed=True),
        "p": None if row["p"] is None else f"{row['p']:.3f}",
        "brier": _brier(row),
        "remark": TOO_FEW if row["few"] else None,
    }


def _call(row: dict[str, Any], format_: Format) -> dict[str, Any]:
    if format_ not in FOR_READERS:
        return _rounded(row)
    until = row["horizon"] or (row["end"] and f"{row['end']} (assumed)") or row["horizon_words"]
    return {
        "day": row["published"] and row["published"][:10],
        "source": row["source"],
        "call": _said(row),
        "until": until,
        "result": _came(row),
        "formula": row["formula"],
        "text": row["text"],
    }


def _came(row: Mapping[str, Any]) -> str:
    """What came of a call in short: "hit, not reached", "ungraded: no prices"."""
    if row["reason"]:
        return f"{row['result']}: {row['reason'].replace('_', ' ')}"
    reached = {True: ", reached", False: ", not reached", None: ""}[row["reached"]]
    return f"{row['result']}{reached}"


def _said(row: Mapping[str, Any]) -> str | None:
    """A call in short: "^RUT up 5 percent, if rates fall"."""
    if row["target"] is None:
        return None
    size = row["size"] and f"{row['size']:g} {row['unit']}"
    level = row["level"] and f"{'to' if row['event'] == 'move' else row['event']} {row['level']:,.10g}"
    chance = row["probability"] and f"({row['probability']:.0%})"
    words = " ".join(part for part in (row["target"], row["direction"], size, level, chance) if part)
    return f"{words}, on a condition" if row["condition"] is not None else words


def _sentence(one: Scored) -> str:
    """A source's score in words, for those who read its calls."""
    score = one.score
    told = f"{one.source}: {score.hits} of {counted(score.graded, 'graded call')} right"
    if score.rate is not None:
        told += f", {score.rate:.0%} (95 % interval {_interval(score.low, score.high)})"
    if score.base_rate is not None:
        told += f"; anybody would have been in {score.base_rate:.0%}"
    if score.graded and score.few:
        told += f"; {TOO_FEW}"
    return told


def _interval(low: float | None, high: float | None) -> str | None:
    return None if low is None or high is None else f"{low:.0%} to {high:.0%}"


def _percent(share: float | None, *, signed: bool = False) -> str | None:
    """A share to whole percent; more would feign a precision that no source's calls have."""
    return None if share is None else f"{share:{'+' if signed else ''}.0%}"


def _brier(row: Mapping[str, Any]) -> str | None:
    """The Brier score with that of the base rates beside it."""
    if row["brier"] is None:
        return None
    return f"{row['brier']:.3f}" + (f" (base {row['base_brier']:.3f})" if row["base_brier"] is not None else "")


def _rounded(row: Mapping[str, Any]) -> dict[str, Any]:
    """The row with its figures to four decimals."""
    return {
        name: round(value, 4) + 0.0 if name in FIGURES and value is not None else value for name, value in row.items()
    }
