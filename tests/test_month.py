"""A month of polls against a plain model: no story lost, none doubled, its versions in order."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from newsig import run, store
from newsig.collect.http import Response
from newsig.errors import CollectError, CutShort, Refused, TooSlow
from newsig.records import Subscription

URL = "https://wire.example/feed"
START = datetime(2024, 7, 1, 6, tzinfo=UTC)
SHOWN = 12
"""Stories in the feed at a time."""

SYLLABLES = ("bar", "cor", "dun", "fel", "gra", "hol", "ken", "lim", "mor", "nes", "pol", "rud", "sil", "tor", "ven")


def words(seed: int, count: int) -> str:
    """Words that hardly any other seed has."""
    made = random.Random(seed)
    return " ".join("".join(made.choices(SYLLABLES, k=4)) for _ in range(count))


@dataclass
class Story:
    """A story as its publisher has it, and, in ``seen``, as a reader who polls met it."""

    number: int
    guid: str
    link: str
    edition: int = 0
    seen: list[tuple[str, str]] = field(default_factory=list)
    names: set[str] = field(default_factory=set)

    @property
    def recognisable(self) -> bool:
        """Whether a reader can know it again: not where guid, link and words are all new at once."""
        return not self.seen or bool(self.names & {self.guid, self.link}) or (self.title, self.text) in self.seen

    def meet(self) -> None:
        """A reader sees it as it is now."""
        self.names |= {self.guid, self.link}
        if self.seen[-1:] != [(self.title, self.text)]:
            self.seen.append((self.title, self.text))

    @property
    def title(self) -> str:
        return words(self.number, 5).capitalize()

    @property
    def text(self) -> str:
        changed = f" {words(1_000_000 + self.number * 100 + self.edition, 6)}." if self.edition else ""
        return f"{words(10_000 + self.number, 50)}.{changed}"

    def item(self) -> str:
        published = format_datetime(START + timedelta(minutes=self.number), usegmt=True)
        return (
            f"<item><guid isPermaLink='false'>{escape(self.guid)}</guid><link>{escape(self.link)}</link>"
            f"<title>{self.title}</title><pubDate>{published}</pubDate><description>{self.text}</description></item>"
        )


@dataclass
class Wire:
    """A publisher whose system plays all the tricks, and the only thing that a fetch can reach."""

    stories: list[Story] = field(default_factory=list)
    names: int = 0
    trouble: CollectError | None = None
    sent: list[tuple[str | None, bool]] = field(default_factory=list)

    def name(self) -> str:
        self.names += 1
        return str(self.names)

    def publish(self, guid: str | None = None) -> None:
        number = self.name()
        self.stories.append(Story(int(number), guid or f"g{number}", f"https://wire.example/{number}"))

    def play(self, trick: str, which: int) -> None:
        shown = self.stories[-SHOWN:]
        story = shown[which % len(shown)] if shown else None
        if trick == "publish" or story is None:
            self.publish()
            return
        before = story.guid, story.link, story.edition
        if trick == "edit":
            story.edition += 1
        elif trick == "take back the edit":
            story.edition = max(0, story.edition - 1)
        elif trick == "another guid":
            story.guid = f"g{self.name()}"
        elif trick == "another link":
            story.link = f"https://wire.example/moved/{self.name()}"
        elif trick == "post again":
            self.stories.remove(story)
            story.guid, story.link = f"g{self.name()}", f"https://wire.example/{self.name()}"
            self.stories.append(story)
        elif trick == "use a guid again" and len(self.stories) > SHOWN:
            self.publish(self.stories[which % (len(self.stories) - SHOWN)].guid)
        elif trick == "swap the order":
            self.stories[-SHOWN:] = reversed(shown)
        if not story.recognisable:
            story.guid, story.link, story.edition = before

    def body(self) -> bytes:
        items = "".join(story.item() for story in reversed(self.stories[-SHOWN:]))
        return f"<rss version='2.0'><channel><title>Wire</title>{items}</channel></rss>".encode()

    def fetch(
        self, url: str, *, etag: str | None = None, last_modified: str | None = None, private: bool = False
    ) -> Response:
        assert (url, last_modified, private) == (URL, None, False)
        if self.trouble:
            raise self.trouble
        tag = f'"{hash(self.body())}"'
        self.sent.append((etag, etag == tag))
        if etag == tag:
            return Response(url=url, status=304, body=b"", etag=tag, not_modified=True)
        return Response(url=url, status=200, body=self.body(), content_type="application/rss+xml", etag=tag)


TRICKS = (
    *("publish", "publish", "publish", "edit", "take back the edit", "another guid", "another link", "post again"),
    *("use a guid again", "swap the order"),
)
TROUBLES = (
    None,
    None,
    None,
    TooSlow(f"{URL}: no complete answer within 30 s"),
    CutShort(f"{URL}: broke off"),
    Refused(f"{URL}: answered 503", status=503, retry_after="60"),
)
POLLS = st.tuples(
    st.lists(st.tuples(st.sampled_from(TRICKS), st.integers(0, 1000)), max_size=3),
    st.sampled_from(TROUBLES),
    st.sampled_from([15, 15, 15, 120, 1440, -90]),
)


def live(polls: list[tuple[list[tuple[str, int]], CollectError | None, int]]) -> None:
    """Poll a wire again and again, and hold what is stored against what was to be seen."""
    wire, now = Wire(), [START]
    reach = run.Reach(fetch=wire.fetch, pause=0)
    with store.open_db(":memory:") as db:
        store.add_feed(db, Subscription(url=URL, added_at=START))
        desk = run.Desk(db=db, clock=lambda: now[0])
        for tricks, wire.trouble, passed in polls:
            for trick, which in tricks:
                wire.play(trick, which)
            now[0] += timedelta(minutes=passed)
            tally = run.collect(desk, reach, feeds=[URL])
            if wire.trouble is None and tally.counts["feeds"]:
                for story in wire.stories[-SHOWN:]:
                    story.meet()
        stored: dict[str, list[tuple[str, str]]] = {}
        rows = db.execute("SELECT article_id, title, text, version FROM article_versions ORDER BY article_id, version")
        for article, title, text, version in rows.fetchall():
            stored.setdefault(article, []).append((title, text))
            assert version == len(stored[article])
        current = db.execute("SELECT count(*), sum(current) FROM article_versions").fetchone()
        assert db.execute("SELECT count(*) FROM failures WHERE place <> ?", [URL]).fetchone() == (0,)
    assert sorted(stored.values()) == sorted(story.seen for story in wire.stories if story.seen)
    assert current[1] in (len(stored), None)


@settings(max_examples=60, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(st.lists(POLLS, max_size=25))
def test_any_days_of_polls(polls: list[tuple[list[tuple[str, int]], CollectError | None, int]]) -> None:
    live(polls)


@pytest.mark.parametrize("seed", range(3))
def test_a_month_of_polls(seed: int) -> None:
    made = random.Random(seed)
    polls = [
        (
            [(made.choice(TRICKS), made.randrange(1000)) for _ in range(made.choice((0, 0, 1, 2)))],
            made.choice(TROUBLES),
            made.choice((120, 120, 240, -60)),
        )
        for _ in range(360)
    ]
    live(polls)
