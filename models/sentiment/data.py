"""What the tone model learns from: labelled targets of others, read from outside the repository, and our own sentences.

Our own stand in ``sentences/``: one a line, each target in double brackets with its label behind it, as in
``[[Small caps]]+ rose while [[megacaps]]- fell.``; ``0`` is neutral. ``frames.txt`` has places that are filled from
``fillings.toml``. All companies and people in them are invented.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from newsig.records import LABELS

HERE = Path(__file__).parent
SENTENCES = HERE / "sentences"
CAPS = HERE / "caps.txt"
"""Two hundred sentences about market capitalisation, never trained on."""

SIGNS = {"-": LABELS.index("negative"), "0": LABELS.index("neutral"), "+": LABELS.index("positive")}
DEV_OF = 10
"""One text in so many is kept apart to tune on."""
FILLED = 5
"""How often each frame is filled."""
RARE = 12
"""Times that a name may occur to be taken for another one: markets and indices occur more often than companies."""

_MARKED = re.compile(r"\[\[(?P<target>.+?)\]\](?P<sign>[+0-])")
_PLACE = re.compile(r"\{([abcdin])\}")


@dataclass(frozen=True, slots=True)
class Example:
    """A text with its targets: start, end (code points) and label, a number of `LABELS`. ``origin`` is the set that
    it is from, or the file."""

    text: str
    origin: str
    targets: tuple[tuple[int, int, int], ...]


def is_dev(text: str) -> bool:
    """Whether a text belongs to the split that is tuned on: its sha256 modulo `DEV_OF` is 0."""
    return int(hashlib.sha256(text.encode()).hexdigest(), 16) % DEV_OF == 0


def labelled(path: Path) -> list[Example]:
    """The texts of a file of labelled targets: JSON Lines of text, start, end, gold and from; each text once."""
    found: defaultdict[tuple[str, str], dict[tuple[int, int], int]] = defaultdict(dict)
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        found[row["text"], row["from"]][row["start"], row["end"]] = LABELS.index(row["gold"])
    return [
        Example(text, origin, tuple((start, end, label) for (start, end), label in sorted(targets.items())))
        for (text, origin), targets in found.items()
    ]


def marked(line: str, origin: str) -> Example:
    """A sentence of ours.

    >>> marked("[[Small caps]]+ rose.", "caps")
    Example(text='Small caps rose.', origin='caps', targets=((0, 10, 2),))
    """
    text, at, targets = "", 0, []
    for match in _MARKED.finditer(line):
        text += line[at : match.start()]
        targets.append((len(text), len(text) + len(match["target"]), SIGNS[match["sign"]]))
        text, at = text + match["target"], match.end()
    return Example(text + line[at:], origin, tuple(targets))


def sentences(path: Path) -> Iterator[Example]:
    """The sentences of a file of ours; lines that begin with ``#`` are headings."""
    yield from (marked(line, path.stem) for line in _lines(path))


def framed(seed: int) -> Iterator[Example]:
    """The frames, each filled `FILLED` times."""
    fillings = tomllib.loads((SENTENCES / "fillings.toml").read_text(encoding="utf-8"))
    random = Random(seed)
    for frame in _lines(SENTENCES / "frames.txt"):
        for _ in range(FILLED if _PLACE.search(frame) else 1):
            yield marked(_filled(frame, fillings, random), "frames")


def _filled(frame: str, fillings: dict[str, list[str]], random: Random) -> str:
    parts, companies = random.sample(fillings["parts"], 2), random.sample(fillings["companies"], 2)
    fixed = {
        "a": parts[0],
        "b": parts[1],
        "c": companies[0],
        "d": companies[1],
        "i": random.choice(fillings["indices"]),
    }
    line = _PLACE.sub(lambda match: fixed.get(match[1]) or random.choice(fillings["numbers"]), frame)
    return line[:2] + line[2].upper() + line[3:] if line.startswith("[[") else line[0].upper() + line[1:]


def own(seed: int) -> list[Example]:
    """All sentences of ours that are trained on."""
    files = sorted(path for path in SENTENCES.glob("*.txt") if path.name != "frames.txt")
    return [*(example for path in files for example in sentences(path)), *framed(seed)]


def _lines(path: Path) -> Iterator[str]:
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    yield from (line for line in lines if line and not line.startswith("#"))


def rare_names(examples: Iterable[Example]) -> tuple[list[str], frozenset[str]]:
    """Capitalised targets that occur seldom, to put in each other's places; as a list and a set."""
    counts = Counter(example.text[start:end] for example in examples for start, end, _ in example.targets)
    names = sorted(name for name, count in counts.items() if count <= RARE and name[:1].isupper())
    return names, frozenset(names)


def renamed(example: Example, names: Sequence[str], rare: frozenset[str], random: Random) -> Example:
    """The text with other names in the places of its rare ones, so that no name comes to mean good or bad."""
    text, at, targets, chosen = "", 0, [], dict[str, str]()
    for start, end, label in sorted(example.targets):
        if start < at:  # one target inside another: leave them
            return example
        name = example.text[start:end]
        if name in rare:
            name = chosen.setdefault(name, random.choice(names))
        text += example.text[at:start]
        targets.append((len(text), len(text) + len(name), label))
        text, at = text + name, end
    return Example(text + example.text[at:], example.origin, tuple(targets))
