"""The whole line on the sample that ships with newsig: served on this computer, collected like any feed, checked.

Nothing here is a shortcut: the sample becomes an RSS feed and web pages, and comes back through the fetcher, the feed
reader and the page reader.
"""

from __future__ import annotations

import threading
import tomllib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from email.utils import format_datetime
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from newsig.errors import NewsigError
from newsig.records import Failure, Subscription
from newsig.settings import Settings

if TYPE_CHECKING:
    from newsig.report.digest import Story

DATABASE = "newsig-demo.db"
DAY = date(2024, 7, 17)
ZONE = "America/New_York"
"""The sample's day, and whose day it is."""

FEED = "/feed.xml"
FEED_TITLE = "newsig sample wire"
TEASER = 160
"""Characters of a story that its feed shows: a taste, so that the page must be fetched."""

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleStory:
    """A story of the sample; ``path`` is where the server offers its page, ``paragraphs`` its text."""

    id: str
    title: str
    published: datetime
    publisher: str
    authors: tuple[str, ...]
    path: str
    paragraphs: tuple[str, ...]


def sample_folder(package: Path = HERE) -> Path:
    """The folder that holds the sample's ``articles`` and ``prices.csv``: in the package, or beside it in a checkout.

    Raises:
        NewsigError: it is in neither.
    """
    for folder in (package / "sample", package.parent / "fixtures"):
        if (folder / "articles").is_dir() and (folder / "prices.csv").is_file():
            return folder
    raise NewsigError(f"the sample is missing from {package}: install newsig again")


def sample_stories(folder: Path) -> list[SampleStory]:
    """The sample's stories, latest first, as feeds have them.

    Raises:
        NewsigError: a file of the sample is damaged.
    """
    stories = [_story(path) for path in sorted((folder / "articles").glob("*.toml"))]
    return sorted(stories, key=lambda story: story.published, reverse=True)


def _story(path: Path) -> SampleStory:
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
        return SampleStory(
            **{name: told[name] for name in ("id", "title", "published", "publisher")},
            authors=tuple(told["authors"]),
            path=told["url_path"],
            paragraphs=tuple(told["text"].split("\n\n")),
        )
    except (tomllib.TOMLDecodeError, KeyError) as error:
        raise NewsigError(f"{path} is damaged ({error}): install newsig again") from error


def feed_xml(stories: Sequence[SampleStory], address: str) -> str:
    """The stories as an RSS 2.0 feed of a server at ``address``, each with a link and its first words."""
    items = "".join(_item(story, address) for story in stories)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>\n'
        f"<title>{escape(FEED_TITLE)}</title><link>{address}/</link>"
        f"<description>Stories written for newsig.</description>\n{items}</channel></rss>\n"
    )


def _item(story: SampleStory, address: str) -> str:
    authors = "".join(f"<dc:creator>{escape(author)}</dc:creator>" for author in story.authors)
    taste = story.paragraphs[0][:TEASER].rsplit(" ", 1)[0]
    return (
        f"<item><title>{escape(story.title)}</title><link>{address}{escape(story.path)}</link>"
        f'<guid isPermaLink="false">{escape(story.id)}</guid>'
        f"<pubDate>{format_datetime(story.published.astimezone(UTC), usegmt=True)}</pubDate>{authors}"
        f"<description>{escape(taste)} ...</description></item>\n"
    )


def page_html(story: SampleStory) -> str:
    """The web page of a story, with all that stands around a story on a page."""
    published = story.published.isoformat()
    about = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.title,
        "datePublished": published,
        "author": [{"@type": "Person", "name": author} for author in story.authors],
        "publisher": {"@type": "Organization", "name": story.publisher},
    }
    linked = dumps(about, ensure_ascii=False).replace("<", "\\u003c")
    body = "\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in story.paragraphs)
    title, publisher = escape(story.title), escape(story.publisher)
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{title} | {publisher}</title>
<meta property="og:type" content="article">
<meta property="article:published_time" content="{published}">
<script type="application/ld+json">{linked}</script>
</head>
<body>
<header><nav><ul><li><a href="/">Front page</a></li><li><a href="/markets">Markets</a></li></ul></nav></header>
<main>
<article>
<h1>{title}</h1>
{body}
</article>
</main>
<aside><h2>Most read</h2><ul><li><a href="/ferry">Ferry timetable for the summer</a></li></ul></aside>
<footer><p>All stories by {publisher}. Subscribe to our newsletter. Terms of use. Privacy.</p></footer>
</body>
</html>
"""


@contextmanager
def served(stories: Sequence[SampleStory]) -> Iterator[str]:
    """Serve the feed and the pages on a free port of this computer, for nobody else; gives the feed's address."""
    with _Server(("127.0.0.1", 0), _Handler) as server:
        address = f"http://127.0.0.1:{server.server_port}"
        server.pages[FEED] = ("application/rss+xml; charset=utf-8", feed_xml(stories, address).encode())
        server.pages.update({story.path: ("text/html; charset=utf-8", page_html(story).encode()) for story in stories})
        thread = threading.Thread(target=server.serve_forever, name="newsig sample server")
        thread.start()
        try:
            yield address + FEED
        finally:
            server.shutdown()
            thread.join()


class _Server(ThreadingHTTPServer):
    def __init__(self, address: tuple[str, int], handler: type[BaseHTTPRequestHandler]) -> None:
        super().__init__(address, handler)
        self.pages: dict[str, tuple[str, bytes]] = {}


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        kind, body = self.server.pages.get(self.path, ("", b""))
        if not kind:
            self.send_error(404)
            return
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing of each request."""


def demonstrate(
    path: Path, settings: Settings, *, note: Callable[[str], None], on_failure: Callable[[Failure], None]
) -> tuple[list[Story], int]:
    """Run the line on the sample into a fresh database at ``path``; gives the stories of `DAY` and counts failures.

    ``note`` is told what is going on, step by step.

    Raises:
        NewsigError: the sample is not there, or the line cannot run.
    """
    from newsig import run, store

    folder = sample_folder()
    sample = sample_stories(folder)
    if _removed(path):
        note(f"Replacing the {path} of an earlier demo.")
    with run.open_database(path) as db, served(sample) as feed:
        desk = run.Desk(db=db, on_failure=on_failure)
        note(f"Collecting {len(sample)} sample stories from {feed}")
        store.add_feed(db, Subscription(url=feed, added_at=run.now(), private=True))
        with run.reach(replace(settings, pause=0)) as reach:  # nobody else's server is asked
            collected = run.collect(desk, reach, full_text=True)
        note("Importing the sample's prices")
        imported = run.import_prices(desk, [folder / "prices.csv"])
        note("Reading the stories (the language model takes a few seconds)")
        processed = run.process(desk, settings)
        note(f"Checking {processed.counts['claims']} claims against {imported.counts['prices']} closes")
        run.check(desk)
        stories, _ = run.stories(db, DAY, ZoneInfo(ZONE))
    return stories, collected.failures + imported.failures + processed.failures


def _removed(path: Path) -> bool:
    """Whether there was a database; it goes together with the files that SQLite keeps beside it."""
    there = path.exists()
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    return there
