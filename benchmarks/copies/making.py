"""The labelled pairs: stories of our own with what desks make of them, and with the stories that they must not be taken
for."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, cycle, islice
from pathlib import Path

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Pair:
    """Two texts, whether one is a copy of the other, and in what way it is or is not."""

    one: str
    other: str
    copy: bool
    kind: str


@dataclass(frozen=True)
class Story:
    """A story, and who sent it."""

    title: str
    publisher: str
    text: str


def pairs() -> list[Pair]:
    """All labelled pairs: copies made by hand and as desks make them, and stories that are none."""
    events = _events("stories.toml")
    return [*_by_hand(events), *_as_desks_do(_all(events)), *_different(events), *_from_templates("templates.toml")]


def _events(name: str) -> list[dict[str, Story]]:
    raw = tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))["event"]
    return [{role: Story(**found) for role, found in event.items() if isinstance(found, dict)} for event in raw]


def _all(events: Sequence[Mapping[str, Story]]) -> list[Story]:
    return [event[role] for event in events for role in ("base", "own", "next")]


def _by_hand(events: Sequence[Mapping[str, Story]]) -> Iterator[Pair]:
    for event in events:
        yield Pair(event["base"].text, event["edited"].text, True, "edited by hand")


def _different(events: Sequence[Mapping[str, Story]]) -> Iterator[Pair]:
    for event in events:
        base, own, later = event["base"], event["own"], event["next"]
        yield Pair(base.text, own.text, False, "another desk's report")
        yield Pair(base.text, later.text, False, "the next report")
        yield Pair(own.text, later.text, False, "the next report by another desk")
        yield Pair(_first(base.text, 1), _first(later.text, 1), False, "teasers of the next report")
        yield Pair(_first(own.text, 1), base.text, False, "a teaser of another desk's report")
        yield Pair(_tail(base), _tail(own), False, "the same lines around another report")
    for event, other in zip(events, [*events[1:], events[0]], strict=True):
        yield Pair(event["base"].text, other["base"].text + event["own"].text, False, "a wrap without it")


def _from_templates(name: str) -> Iterator[Pair]:
    for template in tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))["template"]:
        filled = [template["text"].format(**filling).strip() for filling in template["fillings"]]
        for one, other in combinations(filled, 2):
            yield Pair(one, other, False, template["kind"])


def _as_desks_do(stories: Sequence[Story]) -> Iterator[Pair]:
    """Four of the ways for each story, in turns."""
    ways = cycle(WAYS.items())
    for number, story in enumerate(stories):
        for kind, way in islice(ways, 4):
            yield Pair(story.text, way(story, stories[(number + 5) % len(stories)]), True, kind)


def _paragraphs(text: str) -> list[str]:
    return [paragraph for paragraph in text.strip().split("\n\n") if paragraph]


def _first(text: str, paragraphs: int) -> str:
    return "\n\n".join(_paragraphs(text)[:paragraphs])


def _share(story: Story, _: Story) -> str:
    """Cut in the middle of a sentence after a third of the words, as pages behind a wall are."""
    words = story.text.split(" ")
    return " ".join(words[: max(30, len(words) // 3)]) + "…\n\nRead more: subscribe to our newsletter"


def _lead(story: Story, _: Story) -> str:
    return _first(story.text, 1)


def _two_paragraphs(story: Story, _: Story) -> str:
    return f"{story.title}\n\n{_first(story.text, 2)}"


STYLES = (
    (r" percent\b", "%"),
    (r"(\d) (million|billion)\b", lambda found: found[1] + {"million": "m", "billion": "bn"}[found[2]]),
    (r"U\.S\.", "US"),
    (r"(\d),(\d{3})\b", r"\1\2"),
    (r"\bthree\b", "3"),
    (r"[“”\"]", "'"),
    (r", said (\w+ \w+)", r", \1 told reporters"),
    (r"\bcentre", "center"),
    (r"(\d+) (July|August|December)", r"\2 \1"),
)


def _house_style(story: Story, _: Story) -> str:
    text = story.text
    for pattern, by in STYLES:
        text = re.sub(pattern, by, text)
    return text


NAMES = (("Quillfeather", "Quilfeather"), ("Łukasz", "Lukasz"), ("Wrenfield", "Renfield"), ("Aldous", "Aldus"))
NAMES += (("Marchbanks", "Marchbank"), ("Osgood", "Osgoode"), ("Holloway", "Hollway"), ("Tamsin", "Tamsyn"))
NAMES += (("Achterberg", "Achterburg"), ("Rusk", "Rusck"), ("Brindle", "Bryndle"), ("Petrakind", "Petrakindt"))


def _misspelt(story: Story, other: Story) -> str:
    """Names spelt otherwise, and two places put in other words."""
    text = _house_style(story, other)
    for name, spelt in NAMES:
        text = text.replace(name, spelt)
    return text.replace(" because ", " as ").replace(" more than ", " over ").replace(" said that ", " said ")


def _headed(story: Story, _: Story) -> str:
    """With a heading, a byline, a dateline, the agency's credits and the paper's own lines."""
    return (
        "Markets today: what moved\n\nBy Isolde Farrow\n\n"
        f"LONDON, July 16 ({story.publisher}) - {story.text.strip()}\n\n"
        "(Reporting by Isolde Farrow in London; Editing by Piers Oakhanger)\n\n© 2024 The Saltmarsh Courier. "
        "All rights reserved.\n\nSign up for our newsletter to get the best of our journalism every morning."
    )


def _tail(story: Story) -> str:
    return (
        f"{story.text.strip()}\n\nPrices are delayed by at least 15 minutes. Nothing on this page is advice to buy or "
        "to sell. Our journalists may own shares in companies that they write about, which they tell their editors. "
        "For questions about this story write to the desk, and for others to our customer service in Lowestoft."
    )


def _with_tail(story: Story, _: Story) -> str:
    return _tail(story)


def _cut_inside(story: Story, _: Story) -> str:
    found = _paragraphs(story.text)
    return "\n\n".join(paragraph for number, paragraph in enumerate(found) if number not in (1, 3))


def _merged(story: Story, other: Story) -> str:
    """Put together with another story, each a little shortened."""
    return f"{_first(other.text, 3)}\n\nELSEWHERE\n\n{_first(story.text, 4)}"


def _background(story: Story, other: Story) -> str:
    """Sent again by the same desk with two paragraphs more: an update that keeps what it had."""
    return (
        f"UPDATE 2-{story.title}\n\n{story.text.strip()}\n\nA spokeswoman declined to say more on the matter than what "
        f"had been told before.\n\n{_paragraphs(other.text)[-1]}"
    )


WAYS: dict[str, Callable[[Story, Story], str]] = {
    "cut after a third": _share,
    "house style": _house_style,
    "first paragraph": _lead,
    "lines around it": _headed,
    "names misspelt": _misspelt,
    "two paragraphs, other heading": _two_paragraphs,
    "tail added": _with_tail,
    "paragraphs left out": _cut_inside,
    "merged wrap": _merged,
    "update with more": _background,
}


def second() -> list[Pair]:
    """The pairs that were written after the rules were fixed."""
    sets = tomllib.loads((FOLDER / "second.toml").read_text(encoding="utf-8"))["set"]
    return [Pair(one["one"], other["text"], other["copy"], other["kind"]) for one in sets for other in one["others"]]
