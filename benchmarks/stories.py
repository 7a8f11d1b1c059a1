"""Stories to measure with: invented by rule, of any number, the same for the same seed.

Every name, firm and figure in them is made up. One story in five is of the market; the others tell of a town, with
people who say something, and name nothing that trades.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random

from newsig.records import Article


def words(text: str) -> tuple[str, ...]:
    """The words of a text."""
    return tuple(text.split())


MARKET = 5
"""One story in so many is of the market."""
FIRST_DAY = datetime(2006, 1, 2, 14, tzinfo=UTC)
DAYS = 7000

FIRST = words(
    "Orla Zoë Tamsin Bram Ilse Corin Jory Maud Pell Anselm Birgit Casimir Delphine Evander Freya Gideon Hesper"
)
LAST = words("Quillfeather Łukasz Thackwray Vandermolen Osgathorpe Penhallow Ravensdale Stroemberg Tidewell Umberslade")
UP, DOWN = words("rose climbed gained advanced added"), words("fell dropped slid lost declined")
WEEK = words("Monday Tuesday Wednesday Thursday Friday")
HOUSES = ("Petrakind Partners", "Halden Ridge Capital", "Mossgrove Asset Management", "Tarn & Weir Securities")
OFFICES = ("strategist", "head of research", "portfolio manager", "chief economist", "analyst")
INDICES = ("S&P 500", "Nasdaq Composite", "Russell 2000", "Dow Jones industrial average", "FTSE 100", "Nikkei")
FIRMS = ("Apple", "Microsoft", "General Electric", "Ford Motor", "Intel", "Boeing", "Pfizer", "Chevron")
TOWN = ("council", "library", "ferry company", "school board", "museum", "harbour master", "football club")
THINGS = ("the old bridge", "the swimming pool", "the summer timetable", "the market square", "the north pier")
DOINGS = ("will stay closed until spring", "is to be painted again", "opens an hour earlier", "needs a new roof")
SAYINGS = (
    "Nobody had expected so many people to come",
    "We are glad that it is over",
    "It took longer than we thought, and it was worth it",
    "There is still a lot to do before the winter",
)
OUTLOOKS = (
    "earnings will hold up better than many fear",
    "small caps are due for a rest",
    "the rally has further to go",
    "rates will stay where they are until the autumn",
)


def stories(*, seed: int = 1, market: int = MARKET) -> Iterator[Article]:
    """Stories without end, one in ``market`` of them of the market, one a few minutes after the other."""
    for number in count():
        made = Random(f"{seed} {number}")
        tell = _market if number % market == 0 else _town
        title, text = tell(made)
        published = FIRST_DAY + timedelta(days=number * 7 % DAYS, minutes=made.randrange(600))
        yield Article(id=f"invented-{seed}-{number}", title=title, text=text, published=published)


def _person(made: Random) -> str:
    return f"{made.choice(FIRST)} {made.choice(LAST)}"


def _market(made: Random) -> tuple[str, str]:
    index, other = made.sample(INDICES, 2)
    sentences = []
    for _ in range(made.randint(4, 9)):
        sentences.append(
            f"The {made.choice((index, other))} {made.choice(UP + DOWN)} {made.uniform(0.1, 4):.1f} percent on "
            f"{made.choice(WEEK)}, after a {made.choice(('quiet', 'busy', 'nervous'))} day in which "
            f"{made.choice(FIRMS)} {made.choice(UP + DOWN)} {made.uniform(0.5, 9):.1f} percent."
        )
        sentences.append(
            f"“{made.choice(OUTLOOKS).capitalize()},” said {_person(made)}, {made.choice(OFFICES)} at "
            f"{made.choice(HOUSES)}."
        )
        sentences.append(f"{_person(made)} of {made.choice(HOUSES)} expects that {made.choice(OUTLOOKS)}.")
    return f"{index} {made.choice(UP)} on {made.choice(WEEK)}", _paragraphs(sentences)


def _town(made: Random) -> tuple[str, str]:
    body = made.choice(TOWN)
    sentences = []
    for _ in range(made.randint(5, 12)):
        sentences.append(
            f"{made.choice(THINGS).capitalize()} {made.choice(DOINGS)}, and the {body} has put up a notice beside the "
            f"{made.choice(('door', 'gate', 'path', 'landing'))} that tells as much in large letters."
        )
        if made.random() < 0.4:
            sentences.append(f"“{made.choice(SAYINGS)},” said {_person(made)}, who works for the {body}.")
        else:
            sentences.append("Most of those who came by in the morning had heard of it from a neighbour and went on.")
    return f"{made.choice(THINGS).capitalize()} {made.choice(DOINGS)}", _paragraphs(sentences)


def _paragraphs(sentences: list[str]) -> str:
    return "\n\n".join(" ".join(sentences[at : at + 2]) for at in range(0, len(sentences), 2))
