"""What comes of the claims of trusted copy: shares of outcomes with reasons, and every refuted claim with its words.

::

    python -m benchmarks.verdicts ARTICLES.jsonl PRICES.csv

Agency copy is nearly always right. So a refuted claim is nearly always our own mistake, in reading it or in dating it:
read its words, find the rule that went wrong, add a row to that rule's test table, mend it, run this again.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

REFUTED = """
SELECT title, published, symbol, direction, text, base_date, end_date, formula, context
FROM verdicts_view WHERE outcome = 'refuted' ORDER BY claim_id
"""
COUNTED = "SELECT outcome, reason, count(*) AS claims FROM verdicts_view GROUP BY outcome, reason ORDER BY claims DESC"


def checked(articles: Sequence[Path], prices: Path) -> tuple[list[Mapping[str, Any]], list[Mapping[str, Any]], int]:
    """Counts by outcome and reason, the refuted claims, and how many articles or price rows failed."""
    from newsig import run, settings
    from newsig.store.schema import rows

    with tempfile.TemporaryDirectory() as folder, run.open_database(Path(folder) / "verdicts.db") as db:
        desk = run.Desk(db=db, on_failure=lambda failure: print(f"{failure.place}: {failure.reason}"))
        tallies = (
            run.ingest(desk, articles),
            run.import_prices(desk, [prices]),
            run.process(desk, settings.load()),
            run.check(desk),
        )
        return list(rows(db, COUNTED)), list(rows(db, REFUTED)), sum(tally.failures for tally in tallies)


def report(counts: Sequence[Mapping[str, Any]], refuted: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """The lines to print."""
    total = sum(row["claims"] for row in counts)
    outcomes: Counter[str] = Counter()
    for row in counts:
        outcomes[row["outcome"]] += row["claims"]
    yield f"{total} claims"
    for outcome, claims in outcomes.most_common():
        yield f"  {outcome:12} {claims:6}  {claims / total:6.1%}"
        for row in counts:
            if row["outcome"] == outcome and row["reason"]:
                yield f"    {row['reason']:18} {row['claims']:6}"
    decided = total - outcomes["undecided"]
    if decided:
        yield f"refuted among the decided: {outcomes['refuted']} of {decided} ({outcomes['refuted'] / decided:.1%})"
    for row in refuted:
        yield f"\n{row['title'] or '(no title)'}  [{row['published'] or 'no date'}]"
        yield f"  {row['symbol']} {row['direction']} {row['text']}, {row['base_date']} to {row['end_date']}"
        yield f"  {row['formula']}"
        yield f"  {row['context']}"


def main() -> None:
    """Check and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.verdicts", description=__doc__.splitlines()[0])
    parser.add_argument("articles", type=Path, nargs="+", help="articles as `newsig ingest` takes them")
    parser.add_argument("prices", type=Path, help="daily bars as `newsig prices import` takes them")
    asked = parser.parse_args()
    counts, refuted, failures = checked(asked.articles, asked.prices)
    print("\n".join(report(counts, refuted)))
    if failures:
        print(f"\n{failures} articles or rows could not be used, named above")


if __name__ == "__main__":
    main()
