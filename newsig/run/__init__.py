"""The line on one machine: the only place where the steps meet.

`bringing` brings articles and prices into the database, `working` finds and checks what they say, `telling` reads it
back for the digest. Each public function is one command's work at a `Desk`: what goes wrong with one article, feed or
row is stored as a failure, told, and never stops the others.
"""

from newsig.run.bringing import collect, import_prices, ingest, read_articles
from newsig.run.desks import Desk, Tally, now, open_database
from newsig.run.telling import failures, last_run, stories
from newsig.run.working import check, extract, process

__all__ = [
    "Desk",
    "Tally",
    "check",
    "collect",
    "extract",
    "failures",
    "import_prices",
    "ingest",
    "last_run",
    "now",
    "open_database",
    "process",
    "read_articles",
    "stories",
]
