"""How many planted errors are still supported: what a `supported` verdict is worth.

::

    python -m benchmarks.planted DATABASE

DATABASE holds checked articles and their prices. From 300 supported moves each kind of error is made, one at a time,
with the rest of the article as it is: the value off by 10 to 50 percent and printed as before, the other direction,
another instrument of the same article or of the same kind, the window a session later or earlier.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from newsig import instruments, run, sessions, store
from newsig.compare.solving import check_together
from newsig.records import Claim
from newsig.run.working import asked

if TYPE_CHECKING:
    from sqlite_utils import Database

SAMPLE = 300
OTHERS = ("^GSPC", "^DJI", "^IXIC", "^N225", "^FTSE", "^RUT")
"""Indices that have bars of their own."""

Plant = Callable[[Claim, random.Random], Claim | None]


def other_value(claim: Claim, drawn: random.Random) -> Claim | None:
    """The figure off by 10 to 50 percent, printed to the same place; None where that leaves it as it is."""
    decimals = len(match[1]) if (match := re.search(r"\d\.(\d+)", claim.text)) else 0
    factor = 1 + drawn.choice((-1, 1)) * drawn.uniform(0.1, 0.5)
    value = round(claim.value * factor, decimals)
    number = re.search(r"\d[\d,.]*\d|\d", claim.text)
    if value == claim.value or value <= 0 or number is None or claim.direction == "flat":
        return None
    text = claim.text[: number.start()] + f"{value:.{decimals}f}" + claim.text[number.end() :]
    return replace(claim, value=value, text=text)


def other_direction(claim: Claim, drawn: random.Random) -> Claim | None:  # noqa: ARG001 - one shape for all
    """A fall for a rise, a rise for a fall."""
    if claim.direction == "flat":
        return None
    return replace(claim, direction="down" if claim.direction == "up" else "up")


def other_instrument(claim: Claim, drawn: random.Random) -> Claim | None:
    """The same figure of another index."""
    return replace(claim, symbol=drawn.choice([symbol for symbol in OTHERS if symbol != claim.symbol]))


def other_window(claim: Claim, drawn: random.Random) -> Claim | None:
    """Both ends of the window a session earlier or later."""
    if claim.base_date is None or claim.end_date is None or claim.symbol is None:
        return None
    by, market = drawn.choice((-1, 1)), instruments.market(claim.symbol)
    base, end = sessions.shifted(market, claim.base_date, by), sessions.shifted(market, claim.end_date, by)
    return None if base is None or end is None else replace(claim, base_date=base, end_date=end)


PLANTS: dict[str, Plant] = {
    "value": other_value,
    "direction": other_direction,
    "instrument": other_instrument,
    "window": other_window,
}


def supported(db: Database) -> Iterator[tuple[Sequence[store.ToCheck], int]]:
    """The articles with the place of each of their claims that is supported."""
    moves = {row["claim_id"] for row in store.verdicts(db, outcome="supported")}
    for _, some in groupby(store.claims_to_check(db), key=lambda one: one.version_id):
        article = list(some)
        yield from ((article, at) for at, one in enumerate(article) if one.claim_id in moves)


def planted(db: Database, seed: int = 1) -> dict[str, Counter[str]]:
    """The outcomes of each kind of error."""
    drawn = random.Random(seed)
    cases = list(supported(db))
    found: dict[str, Counter[str]] = {}
    for kind, plant in PLANTS.items():
        found[kind] = Counter()
        for article, at in drawn.sample(cases, len(cases)):
            wrong = plant(article[at].claim, drawn)
            if wrong is not None:
                claims = [replace(one, claim=wrong) if number == at else one for number, one in enumerate(article)]
                verdicts = check_together([asked(db, one.claim, one.published) for one in claims])
                found[kind][verdicts[at].outcome] += 1
            if found[kind].total() == SAMPLE:
                break
    return found


def main() -> None:
    """Plant and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.planted", description=__doc__.splitlines()[0])
    parser.add_argument("database", type=Path, help="a database with checked articles and their prices")
    with run.open_database(parser.parse_args().database, create=False) as db:
        for kind, outcomes in planted(db).items():
            total = outcomes.total()
            shares = "  ".join(
                f"{outcome} {outcomes[outcome] / total:6.1%}"
                for outcome in ("supported", "consistent", "refuted", "undecided")
            )
            print(f"{kind:11} {total:4}  {shares}")


if __name__ == "__main__":
    main()
