"""The line on one machine: the only place where the steps meet.

`bringing` brings articles and prices into the database, `working` finds and checks what they say, `telling` reads it
back for the digest and `toning` sums up its tone, which `comparing` and `studying` hold beside prices; `judging` needs
no database; `naming` extends the user's table of instruments. Each public function is one command's work, most at a
`Desk`: what goes wrong with one article, feed or row is told, in the database stored as a failure, and never stops the
others.
"""

from newsig.run.bringing import collect, import_prices, ingest, read_articles
from newsig.run.comparing import compare, divergence_rows, period_rows
from newsig.run.desks import Desk, Tally, now, open_database
from newsig.run.drawing import draw
from newsig.run.hearing import Asked
from newsig.run.judging import judge, read_passages
from newsig.run.naming import add_instrument, fetched, import_instruments, opened, sync_instruments
from newsig.run.studying import figure_rows, study
from newsig.run.telling import failures, last_run, stories
from newsig.run.toning import tones
from newsig.run.working import check, explain, extract, process

__all__ = [
    "Asked",
    "Desk",
    "Tally",
    "add_instrument",
    "check",
    "collect",
    "compare",
    "divergence_rows",
    "draw",
    "explain",
    "extract",
    "failures",
    "fetched",
    "figure_rows",
    "import_instruments",
    "import_prices",
    "ingest",
    "judge",
    "last_run",
    "now",
    "open_database",
    "opened",
    "period_rows",
    "process",
    "read_articles",
    "read_passages",
    "stories",
    "study",
    "sync_instruments",
    "tones",
]
