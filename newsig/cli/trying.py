"""The verb for trying newsig out: demo."""

from __future__ import annotations

from pathlib import Path

import click

from newsig import settings
from newsig.cli.options import example
from newsig.cli.printing import end, note, page_width, print_failure, print_text
from newsig.report import digest

NEXT = """
Next, for instance:
  newsig claims --db {db} --verdict refuted
  newsig verdicts --db {db} --format csv
  newsig today --db {db} --date 2024-07-18 --tz America/New_York
  echo "The Dow rose 0.6 percent on Wednesday." | newsig extract - --published 2024-07-17T21:00Z
"""


@click.command(epilog=example("newsig demo"))
def demo() -> None:
    """Run the whole line on a sample and print its digest.

    Writes newsig-demo.db in the working directory. Nothing is fetched from elsewhere than this computer.
    """
    from newsig import demo as sample

    path = Path(sample.DATABASE)
    stories, failed = sample.demonstrate(path, settings.load(), note=note, on_failure=print_failure)
    told = digest.digest(sample.DAY, sample.ZONE, stories, "table", page_width())
    print_text([told, NEXT.format(db=path)])
    end(failed, failed + len(stories), "stories or rows of the sample could not be taken in", str(path))
