"""The verb that holds two runs against each other: diff."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

import click

from newsig.cli.options import article_path, example, formatted
from newsig.cli.printing import page_width, print_text, speak_utf8
from newsig.report import differing
from newsig.report.tables import as_json

if TYPE_CHECKING:
    from newsig.run.differing import Run


@click.command(epilog=example("newsig diff before.db after.db"))
@click.argument("run_a", metavar="RUN_A", type=article_path)
@click.argument("run_b", metavar="RUN_B", type=article_path)
@formatted("table", "json")
def diff(run_a: str, run_b: str, format_: Literal["table", "json"]) -> None:
    """Tell what another model or rule changed.

    Of the articles that are in both runs: the claims, quotes, tones and others that appeared, vanished or changed, with
    the fields in which they did; the counts first, and a few of each as examples. With --format json all of them.

    RUN_A and RUN_B are databases, or JSON Lines that `newsig extract` printed. A database keeps one run, the latest:
    `newsig process` replaces what was found before. So copy it first (`newsig backup before.db`), or keep what
    `newsig extract` printed. Verdicts are compared where both are databases.
    """
    from newsig.run.differing import diff as find
    from newsig.run.differing import differences, opened_runs

    with opened_runs(run_a, run_b) as (one, other):
        if format_ == "json":
            speak_utf8()
            print_text(_json(one, other))
            return
        found = differences(one, other)
        few: dict[tuple[str, str], list[differing.Example]] = {}
        for example_ in find(one, other, found):
            some = few.setdefault((example_.kind, example_.became), [])
            if len(some) < differing.EXAMPLES:
                some.append(example_)
        print_text(differing.told(found, [one for some in few.values() for one in some], page_width()))


def _json(one: Run, other: Run) -> Iterator[str]:
    """The counts, then all that differs: found twice, so that it need not be held in memory."""
    from newsig.run.differing import diff as find
    from newsig.run.differing import differences

    found = differences(one, other)
    for _ in find(one, other, found):
        pass
    counts = as_json(differing.as_row(found))
    yield f'{counts[:-1]}, "changes": ['
    between = "\n  "
    for example_ in find(one, other, differences(one, other)):
        yield f"{between}{as_json(differing.example_row(example_))}"
        between = ",\n  "
    yield "\n]}\n" if between != "\n  " else "]}\n"
