"""Collecting from real servers on loopback into a database."""

from __future__ import annotations

import threading
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from sqlite_utils import Database

from newsig import run, store
from newsig.apart import Apart
from newsig.collect.feeds import parse_feed
from newsig.collect.http import Limits, fetch
from newsig.errors import CollectError
from newsig.read.article import read as read_page
from newsig.records import Subscription
from newsig.run import visits
from tests.wires import STORY, Answer, Wire, content, item, page, rss, served

NOW = datetime(2024, 7, 18, 12, tzinfo=UTC)
TEASER = "<description>The Russell 2000 rose on Wednesday ...</description>"
OTHER = "<p>Gold closed at a record high after softer inflation figures sent the dollar lower.</p>"


class Desk:
    """A database, a wire, and a clock that a test moves on."""

    def __init__(self, db: Database, wire: Wire) -> None:
        self.db, self.wire, self.now = db, wire, NOW
        self.reach = run.Reach(fetch=partial(fetch, limits=Limits(seconds=10)), pause=0)

    def add(self, path: str = "/feed", **more: object) -> str:
        url = self.wire.address + path
        store.add_feed(self.db, Subscription(url=url, added_at=self.now, private=True, **more))  # type: ignore[arg-type]
        return url

    def collect(self, *feeds: str, full_text: bool = False, later: timedelta = timedelta(minutes=15)) -> run.Tally:
        self.now += later
        self.wire.asked.clear()
        desk = run.Desk(db=self.db, clock=lambda: self.now)
        return run.collect(desk, self.reach, feeds=feeds, full_text=full_text)

    def stories(self) -> list[tuple[str, int, str]]:
        sql = "SELECT title, version, text FROM article_versions ORDER BY id"
        return [tuple(row) for row in self.db.execute(sql).fetchall()]

    def failures(self) -> list[tuple[str, str]]:
        return [tuple(row) for row in self.db.execute("SELECT place, reason FROM failures ORDER BY id").fetchall()]

    def feed(self) -> Subscription:
        return store.list_feeds(self.db)[0]


@pytest.fixture
def desk() -> Iterator[Desk]:
    with served() as wire, store.open_db(":memory:") as db:
        yield Desk(db, wire)


def test_stories_come_in_with_all_that_the_feed_says_of_them(desk: Desk) -> None:
    told = f"<pubDate>Thu, 18 Jul 2024 02:26:00 BST</pubDate><author>Zoë Łukasz</author>{content(STORY)}"
    desk.wire.feed(item(1, f"{desk.wire.address}/1", told), etag='"1"')
    url = desk.add()
    tally = desk.collect()
    assert (dict(tally.counts), tally.failures) == ({"feeds": 1, "new": 1}, 0)
    (row,) = desk.db.query("SELECT v.*, a.url, a.publisher FROM article_versions AS v JOIN articles AS a")
    assert (row["title"], row["publisher"], row["url"]) == ("Story 1", "Example Wire", f"{desk.wire.address}/1")
    assert (row["published"], row["date_doubt"]) == ("2024-07-18", "ambiguous_zone")
    assert row["date_text"] == "Thu, 18 Jul 2024 02:26:00 BST"
    assert (row["feed"], row["from_page"], row["seen_at"]) == (url, 0, desk.now.isoformat())
    assert desk.wire.paths == ["/feed"]
    assert (desk.feed().etag, desk.feed().title, desk.feed().last_new_at) == ('"1"', "Example Wire", desk.now)


def test_without_full_text_a_teaser_is_the_story_and_no_page_is_asked_for(desk: Desk) -> None:
    desk.wire.feed(item(1, f"{desk.wire.address}/1", TEASER), item(2, f"{desk.wire.address}/2"))
    desk.add()
    tally = desk.collect()
    assert (desk.wire.paths, tally.counts["new"], tally.failures) == (["/feed"], 1, 1)
    ((place, reason),) = desk.failures()
    assert (place, "newsig collect --full-text" in reason) == (f"{desk.feed().url}: 'Story 2'", True)


def test_full_text_asks_robots_once_and_each_page_once(desk: Desk) -> None:
    for number in (1, 2):
        desk.wire.pages[f"/{number}"] = Answer(page(STORY.replace("Wednesday", f"day {number}")))
    whole = item(3, f"{desk.wire.address}/3", content(OTHER * 20))
    desk.wire.feed(*(item(number, f"{desk.wire.address}/{number}", TEASER) for number in (1, 2)), whole, etag='"1"')
    desk.add()
    assert desk.collect(full_text=True).counts["new"] == 3
    assert sorted(desk.wire.paths) == ["/1", "/2", "/feed", "/robots.txt"]
    assert all("..." not in text for _, _, text in desk.stories())
    assert desk.collect(full_text=True).counts == {"feeds": 1, "not_modified": 1}
    assert desk.wire.paths == ["/feed"]


def test_robots_are_heeded_for_pages_and_kept_for_a_day(desk: Desk) -> None:
    desk.wire.pages["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /closed/\n", "text/plain")
    desk.wire.pages["/open/1"] = Answer(page())
    links = [f"{desk.wire.address}/open/1", f"{desk.wire.address}/closed/2"]
    desk.wire.feed(*(item(number, link) for number, link in enumerate(links)))
    desk.add()
    assert desk.collect(full_text=True).counts["new"] == 1
    assert "/closed/2" not in desk.wire.paths
    assert "robots.txt" in desk.failures()[0][1]
    desk.wire.feed(item(3, f"{desk.wire.address}/open/1", guid="another"), item(4, f"{desk.wire.address}/closed/4"))
    desk.collect(full_text=True, later=timedelta(hours=23))
    assert "/robots.txt" not in desk.wire.paths
    desk.wire.feed(item(5, f"{desk.wire.address}/closed/5"))
    desk.collect(full_text=True, later=timedelta(hours=2))
    assert "/robots.txt" in desk.wire.paths


def test_where_robots_cannot_be_had_no_page_is_asked_for_now(desk: Desk) -> None:
    desk.wire.pages["/robots.txt"] = Answer(status=503)
    desk.wire.pages["/1"] = Answer(page())
    desk.wire.feed(item(1, f"{desk.wire.address}/1"), etag='"1"')
    desk.add()
    assert desk.collect(full_text=True).failures == 1
    del desk.wire.pages["/robots.txt"]  # 404: nothing is forbidden
    assert desk.collect(full_text=True, later=timedelta(hours=2)).counts["new"] == 1


def test_a_page_that_cannot_be_had_is_tried_again_ever_later_and_then_given_up(desk: Desk) -> None:
    desk.wire.feed(item(1, f"{desk.wire.address}/1"), etag='"1"')
    desk.wire.pages["/1"] = Answer(status=503)
    desk.add()
    asked = []
    for _ in range(40):
        desk.collect(full_text=True, later=timedelta(hours=1))
        asked.append(desk.wire.paths.count("/1"))
    assert asked[:16] == [1, 1, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1]
    assert sum(asked) == 5
    assert desk.feed().etag == '"1"'  # given up: the server need not send it all any more


def test_a_story_whose_page_fails_is_taken_from_the_feed_until_the_page_comes(desk: Desk) -> None:
    desk.wire.feed(item(1, f"{desk.wire.address}/1", TEASER), etag='"1"')
    desk.wire.pages["/1"] = Answer(status=503)
    desk.add()
    tally = desk.collect(full_text=True)
    assert (tally.counts["new"], tally.failures, desk.feed().etag) == (1, 1, None)
    desk.wire.pages["/1"] = Answer(page())
    assert desk.collect(full_text=True, later=timedelta(hours=2)).counts["revised"] == 1
    assert [version for _, version, _ in desk.stories()] == [1, 2]
    assert desk.feed().etag == '"1"'
    desk.wire.feed(item(1, f"{desk.wire.address}/1", TEASER.replace("rose", "gained")), etag='"2"')
    assert desk.collect().counts["unchanged"] == 1  # a teaser takes no page's place


def test_one_broken_feed_costs_nobody_else_anything_and_keeps_its_bytes(desk: Desk) -> None:
    desk.wire.pages["/bad"] = Answer(b"<p>no feed</p>", "text/html")
    desk.wire.feed(item(1, None, content(STORY)))
    desk.add("/bad")
    desk.add("/feed")
    desk.add("/none")
    tally = desk.collect()
    assert (tally.counts["feeds"], tally.counts["new"], tally.failures) == (3, 1, 2)
    ((size, body),) = desk.db.execute("SELECT size, body FROM failed_bodies").fetchall()
    assert (size, zlib.decompress(body)) == (14, b"<p>no feed</p>")


def test_a_feed_that_does_not_answer_holds_up_no_other(desk: Desk) -> None:
    hung = threading.Event()
    desk.wire.pages["/hung"] = Answer(wait=hung)
    with served() as elsewhere:
        elsewhere.feed(item(1, None, content(STORY)))
        store.add_feed(desk.db, Subscription(url=f"{elsewhere.address}/feed", added_at=NOW, private=True))
        desk.add("/hung", title="Hung")
        done: list[int] = []

        def on_done(count: int) -> None:
            done.append(count)
            if len(done) == 1:
                (count,) = desk.db.execute("SELECT count(*) FROM articles").fetchone()
                done.append(count)
            hung.set()

        run.collect(run.Desk(db=desk.db, clock=lambda: NOW, on_done=on_done), desk.reach)
    assert done == [1, 1, 1]  # the first feed that was done is the other one, its story stored


def test_a_parser_that_hangs_or_dies_is_one_recorded_failure(desk: Desk) -> None:
    desk.wire.feed(item(1, None, content(STORY)))
    desk.wire.pages["/deep"] = Answer(b"<rss><channel>" + b"<a>" * 3_000_000, "application/rss+xml")
    desk.add("/deep")
    desk.add("/feed")
    with Apart(seconds=1, preload=["newsig.collect.feeds", "feedparser"]) as apart:
        parse = lambda *given, **named: apart.call(parse_feed, *given, **named)  # noqa: E731
        desk.reach = replace(desk.reach, parse=parse)
        tally = desk.collect()
    assert (tally.counts["new"], tally.failures) == (1, 1)
    assert desk.db.execute("SELECT size FROM failed_bodies").fetchall() == [(9_000_014,)]


def test_what_a_server_asks_for_is_remembered(desk: Desk) -> None:
    desk.wire.pages["/feed"] = Answer(status=503, headers={"Retry-After": "7200"})
    url = desk.add()
    assert desk.collect().failures == 1
    for later in (timedelta(minutes=15), timedelta(minutes=90)):
        tally = desk.collect(url, later=later)
        assert (desk.wire.paths, tally.counts["waiting"]) == ([], 1)
        assert "asked to be left alone until 2024-07-18 14:15 UTC" in tally.notes[0]
    desk.wire.feed(item(1, None, content(STORY)))
    assert desk.collect().counts["new"] == 1


def test_a_host_that_is_asked_too_much_is_left_alone_by_all_feeds(desk: Desk) -> None:
    desk.wire.pages["/busy"] = Answer(status=429, headers={"Retry-After": "3600"})
    desk.wire.feed(item(1, None, content(STORY)))
    busy, other = desk.add("/busy"), desk.add("/feed")
    desk.collect(busy)
    tally = desk.collect(other)
    assert (desk.wire.paths, "asked to be left alone until" in tally.notes[0]) == ([], True)
    assert desk.collect(other, later=timedelta(hours=1)).counts["new"] == 1


def test_a_feed_that_is_gone_is_asked_no_more_until_it_is_added_again(desk: Desk) -> None:
    desk.wire.pages["/feed"] = Answer(status=410)
    url = desk.add()
    desk.collect()
    tally = desk.collect(url, later=timedelta(days=30))
    assert (desk.wire.paths, "gone for good" in tally.notes[0]) == ([], True)
    desk.wire.feed(item(1, None, content(STORY)))
    desk.add()
    assert desk.collect().counts["new"] == 1


def test_a_move_for_good_is_followed_after_three_visits_and_its_stories_stay_the_same(desk: Desk) -> None:
    desk.wire.feed(item(1, f"{desk.wire.address}/1", content(STORY)), path="/new")
    desk.wire.pages["/feed"] = Answer(status=301, headers={"Location": "/new"})
    url = desk.add()
    for _ in range(3):
        desk.collect()
        assert desk.wire.paths == ["/feed", "/new"]
    assert desk.collect().counts["unchanged"] == 1
    assert (desk.wire.paths, desk.feed().url, desk.feed().address) == (["/new"], url, f"{desk.wire.address}/new")
    assert len(desk.stories()) == 1


def test_after_a_week_the_server_must_send_all(desk: Desk) -> None:
    desk.wire.feed(item(1, None, content(STORY)), etag='"stuck"')
    desk.add()
    desk.collect()
    desk.wire.feed(item(2, None, content(OTHER * 9)), etag='"stuck"')
    assert desk.collect().counts["not_modified"] == 1
    assert desk.collect(later=timedelta(days=7)).counts["new"] == 1


def test_a_body_that_may_be_cut_leaves_no_marks(desk: Desk) -> None:
    desk.wire.pages["/feed"] = Answer(rss(item(1, None, content(STORY)))[:-6], "application/rss+xml", etag='"1"')
    answer = desk.reach.fetch
    desk.add()
    desk.reach = replace(desk.reach, fetch=lambda *given, **named: replace(answer(*given, **named), whole=False))
    assert desk.collect().counts["new"] == 1
    assert desk.feed().etag is None
    desk.reach = replace(desk.reach, fetch=answer)
    assert desk.collect().counts["unchanged"] == 1
    assert desk.feed().etag == '"1"'


def test_private_addresses_are_refused_unless_permitted(desk: Desk) -> None:
    desk.wire.feed(item(1, None, content(STORY)))
    store.add_feed(desk.db, Subscription(url=f"{desk.wire.address}/feed", added_at=NOW))
    assert desk.collect().failures == 1
    assert desk.wire.paths == []
    desk.add()
    assert desk.collect().counts["new"] == 1


def test_a_private_feed_permits_pages_on_its_own_host_only(desk: Desk) -> None:
    with served() as elsewhere:
        elsewhere.pages["/1"] = Answer(page())
        desk.wire.pages["/2"] = Answer(page())
        desk.wire.feed(item(1, f"{elsewhere.address}/1"), item(2, f"{desk.wire.address}/2"))
        desk.add()
        tally = desk.collect(full_text=True)
        assert (tally.counts["new"], tally.failures, elsewhere.paths) == (1, 1, [])


def test_edits_are_versions_and_two_feeds_share_a_story_by_its_link(desk: Desk) -> None:
    link = f"{desk.wire.address}/1"
    desk.wire.feed(item(1, link, content(STORY)))
    desk.wire.feed(item(9, f"{link}?utm_source=markets", TEASER, title="Story 1"), path="/markets")
    desk.add()
    desk.add("/markets")
    desk.collect()
    assert len({row[0] for row in desk.stories()}) == 1
    assert desk.db.execute("SELECT count(*) FROM articles").fetchone() == (1,)
    for edit in (STORY.replace("3 percent", "4 percent"), STORY):
        desk.wire.feed(item(1, link, content(edit)))
        assert desk.collect().counts == {"feeds": 2, "revised": 1, "unchanged": 1}
    assert [version for _, version, _ in desk.stories()][-2:] == [desk.stories()[-1][1] - 1, desk.stories()[-1][1]]


def test_what_another_feed_says_of_a_story_changes_nothing_of_it(desk: Desk) -> None:
    link = f"{desk.wire.address}/1"
    desk.wire.feed(item(1, link, content(STORY)))
    desk.add()
    desk.collect()
    with served() as stranger:
        stranger.feed(item(7, link, content(STORY + OTHER * 9), title="Story 1"))
        store.add_feed(desk.db, Subscription(url=f"{stranger.address}/feed", added_at=NOW, private=True))
        desk.collect()
        stranger.feed(item(8, link, content(OTHER * 9), title="Story 1"))
        desk.collect()
    (first, other) = desk.db.execute("SELECT text, current FROM article_versions ORDER BY id").fetchall()
    assert ("Gold" in first[0], "Gold" in other[0], first[1], other[1]) == (False, True, 1, 1)


def test_pages_of_a_host_that_asks_to_be_left_alone_wait_and_come_later(desk: Desk) -> None:
    desk.wire.pages["/0"] = Answer(status=429, headers={"Retry-After": "3600"})
    desk.wire.pages |= {f"/{number}": Answer(page(STORY.replace("3", str(number)))) for number in range(1, 5)}
    desk.wire.feed(*(item(number, f"{desk.wire.address}/{number}") for number in reversed(range(5))), etag='"1"')
    desk.add()
    tally = desk.collect(full_text=True)
    assert (desk.wire.paths, tally.failures, desk.feed().etag) == (["/feed", "/robots.txt", "/0"], 1, None)
    desk.wire.pages["/0"] = Answer(page())
    assert desk.collect(full_text=True, later=timedelta(minutes=30)).counts["waiting"] == 1
    assert desk.collect(full_text=True, later=timedelta(hours=2)).counts["new"] == 5


def test_a_round_asks_for_some_pages_of_a_feed_and_the_next_for_more(desk: Desk) -> None:
    count = visits.MOST_PAGES + 3
    for number in range(count):
        desk.wire.pages[f"/{number}"] = Answer(page(STORY.replace("Wednesday", f"day {number}")))
    desk.wire.feed(*(item(number, f"{desk.wire.address}/{number}") for number in range(count)), etag='"1"')
    desk.add()
    assert desk.collect(full_text=True).counts["new"] == visits.MOST_PAGES
    assert desk.collect(full_text=True).counts["new"] == 3
    assert desk.collect(full_text=True).counts["not_modified"] == 1


ODD_LINKS = ["http://xn--a/", "http://[broken/", "http://a..b/", "http://" + "a" * 300 + ".example/", "http://a:99999/"]


@pytest.mark.parametrize("link", ODD_LINKS)
def test_an_odd_link_costs_its_own_story_only(desk: Desk, link: str) -> None:
    desk.wire.feed(item(1, link), item(2, None, content(STORY)))
    desk.add()
    assert desk.collect(full_text=True).counts["new"] == 1
    store.add_feed(desk.db, Subscription(url=link, added_at=NOW))
    assert desk.collect(link).failures == 1


def test_a_story_without_text_is_told_once_and_its_page_is_asked_for_later(desk: Desk) -> None:
    desk.wire.pages["/1"] = Answer(page())
    desk.wire.feed(item(1, f"{desk.wire.address}/1"))
    desk.add()
    assert [desk.collect().failures for _ in range(7)] == [1, 0, 0, 0, 0, 0, 0]
    assert desk.collect(full_text=True).counts["new"] == 1


def test_a_page_that_will_never_come_leaves_the_feed_its_marks(desk: Desk) -> None:
    desk.wire.feed(item(1, f"{desk.wire.address}/1"), etag='"1"')
    desk.add()
    desk.collect(full_text=True)
    assert desk.feed().etag == '"1"'


def test_markup_and_dates_that_change_at_every_visit_change_nothing(desk: Desk) -> None:
    desk.add()
    for visit in range(3):
        dated = f"<pubDate>Thu, 18 Jul 2024 0{visit}:00:00 GMT</pubDate>"
        desk.wire.feed(item(1, None, dated + content(f"{STORY}<img src='https://count.example/{visit}.gif'>")))
        desk.collect()
    assert [version for _, version, _ in desk.stories()] == [1]


def test_markup_without_end_is_read_in_time(desk: Desk) -> None:
    desk.wire.feed(item(1, None, content("<a " * 30_000 + STORY)))
    desk.add()
    with Apart(seconds=10, preload=["newsig.collect.feeds", "newsig.read.article"]) as apart:
        parse = lambda *given, **named: apart.call(parse_feed, *given, **named)  # noqa: E731
        read = lambda *given, **named: apart.call(read_page, *given, **named)  # noqa: E731
        desk.reach = replace(desk.reach, parse=parse, read=read)
        tally = desk.collect()
        assert tally.counts["new"] + tally.failures == 1


def test_what_a_user_changes_during_a_visit_stands(desk: Desk) -> None:
    desk.wire.feed(item(1, None, content(STORY)))
    url = desk.add()
    before = desk.feed()
    store.add_feed(desk.db, replace(before, private=False))
    store.save_feed(desk.db, replace(before, title="After the visit"))
    assert (desk.feed().private, desk.feed().title, desk.feed().url) == (False, "After the visit", url)


@pytest.mark.parametrize("guid", ["tag:1", "http://example.org/1"])
def test_a_story_that_is_taken_back_says_nothing_any_more(desk: Desk, guid: str) -> None:
    atom = """<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0">
        <title>Wire</title>{}</feed>"""
    entry = f"""<entry><id>{guid}</id><title>Story</title><updated>2024-07-18T02:26:00Z</updated>
        <content type="html">{STORY.replace("<", "&lt;")}</content></entry>"""
    stone = f'<at:deleted-entry ref="{guid}" when="2024-07-18T09:00:00Z"/>'
    desk.wire.pages["/feed"] = Answer(atom.format(entry).encode(), "application/atom+xml")
    desk.add()
    desk.collect()
    desk.wire.pages["/feed"] = Answer(atom.format(stone).encode(), "application/atom+xml")
    assert desk.collect().counts["revised"] == 1
    assert desk.collect().counts["revised"] == 0
    standing = desk.db.execute("SELECT version, standing FROM article_versions ORDER BY version").fetchall()
    assert standing == [(1, None), (2, "withdrawn")]
    assert list(store.unprocessed(desk.db, "none")) == []


SITES = [
    (b"<link rel='alternate' type='application/rss+xml' href='/feed' title='All'>", "/feed"),
    (b"<a href='/feed'>RSS</a>", "/feed"),
]


@pytest.mark.parametrize(("head", "path"), SITES)
def test_the_feed_of_a_site_is_found(desk: Desk, head: bytes, path: str) -> None:
    desk.wire.feed(item(1, None, content(STORY)))
    desk.wire.pages["/"] = Answer(b"<html><head>" + head + b"</head><body>News</body></html>")
    added = run.subscribe(run.Desk(db=desk.db), desk.reach, f"{desk.wire.address}/", private=True)
    assert (added.url, added.title, added.new) == (desk.wire.address + path, "Example Wire", True)
    again = run.subscribe(run.Desk(db=desk.db), desk.reach, desk.wire.address + path, private=True)
    assert (again.new, desk.feed().private, desk.feed().title) == (False, True, "Example Wire")


NO_FEEDS = [
    (b"<p>no feeds here</p>", "is no feed, and names none"),
    (b"<link rel=alternate type=application/rss+xml href=/page>", "which is none"),
    (
        b"<link rel=alternate type=application/rss+xml href=/a><link rel=alternate type=application/rss+xml href=/b>",
        "names 2 feeds, add the one that you mean",
    ),
]


@pytest.mark.parametrize(("body", "words"), NO_FEEDS)
def test_a_site_without_the_one_feed_is_refused(desk: Desk, body: bytes, words: str) -> None:
    desk.wire.pages |= {"/": Answer(body), "/page": Answer(page())}
    with pytest.raises(CollectError, match=words):
        run.subscribe(run.Desk(db=desk.db), desk.reach, f"{desk.wire.address}/", private=True)
    assert store.list_feeds(desk.db) == []


def test_a_feed_that_does_not_answer_now_is_added_with_a_word_and_a_wrong_one_is_not(desk: Desk) -> None:
    desk.wire.pages["/feed"] = Answer(status=503)
    added = run.subscribe(run.Desk(db=desk.db), desk.reach, f"{desk.wire.address}/feed", private=True)
    assert "503" in str(added.doubt)
    with pytest.raises(CollectError, match="404"):
        run.subscribe(run.Desk(db=desk.db), desk.reach, f"{desk.wire.address}/none", private=True)
    assert len(store.list_feeds(desk.db)) == 1


def test_lists_of_feeds_come_and_go(desk: Desk) -> None:
    opml = b"""<opml version="2.0"><body><outline text="Markets"><outline text="Wire" xmlUrl="https://a.example/feed"/>
        <outline text="File" xmlUrl="file:///etc/passwd"/></outline></body></opml>"""
    here = run.Desk(db=desk.db, clock=lambda: NOW)
    tally = run.import_feeds(here, opml, "list.opml")
    assert (tally.counts, tally.failures) == ({"added": 1}, 1)
    assert run.import_feeds(here, run.export_feeds(desk.db, NOW), "again.opml").counts == {"known": 1}


def test_how_the_feeds_are(desk: Desk) -> None:
    desk.wire.feed(item(1, None, content(STORY)))
    desk.wire.pages |= {"/gone": Answer(status=410), "/busy": Answer(status=503, headers={"Retry-After": "60"})}
    desk.wire.pages["/bad"] = Answer(rss("")[:30])
    for path in ("/feed", "/gone", "/busy", "/bad"):
        desk.add(path)
    desk.collect()
    desk.now += timedelta(seconds=1)
    desk.add("/later")
    states = {row["url"].rpartition("/")[2]: row for row in run.feed_states(desk.db, desk.now)}
    assert {name: row["state"] for name, row in states.items()} == {
        "feed": "ok",
        "gone": "gone",
        "busy": "waiting",
        "bad": "failing",
        "later": "new",
    }
    assert (states["feed"]["articles"], states["bad"]["articles"]) == (1, 0)
    assert states["busy"]["next_at"] == "2024-07-18T12:16:00+00:00"
