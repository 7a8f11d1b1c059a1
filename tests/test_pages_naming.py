"""Title, writers, publisher and address as pages state them."""

from __future__ import annotations

import json

import pytest

from newsig.read import linked, naming
from newsig.read.outline import Outline, outline


def page(head: str = "", body: str = "") -> tuple[Outline, linked.Thing]:
    seen = outline(f"<html><head>{head}</head><body>{body}</body></html>")
    return seen, linked.story(seen, linked.things(seen))


def told(**fields: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **fields})}</script>'


def meta(name: str, content: str) -> str:
    return f'<meta name="{name}" content="{content}">'


TITLES = [
    ("<title>Kettles sell - Harbour Wire</title>", "<h1>Kettles sell</h1>", "Kettles sell"),
    ("<title>Kettles sell in spring | Harbour Wire</title>", "<h1>Harbour Wire</h1>", "Kettles sell in spring"),
    (told(headline="Kettles &amp; tin"), "", "Kettles & tin"),
    (told(headline="Kettles sell"), "<h1>Harbour Wire</h1><h1>Markets</h1>", "Kettles sell"),
    (meta("og:title", "Why everybody buys kettles"), "<h1>Kettles sell well, and everybody buys</h1>",
     "Kettles sell well, and everybody buys"),
    (meta("og:title", "CORRECTED-Kettles sell"), "<h1>CORRECTED-Kettles sell</h1>", "CORRECTED-Kettles sell"),
    ("", "", None),
]  # fmt: skip


@pytest.mark.parametrize(("head", "body", "title"), TITLES)
def test_the_title(head: str, body: str, title: str | None) -> None:
    assert next(iter(naming.titles(*page(head, body))), None) == title


ORLA, TAM, ZOE = "Orla Quillfeather", "Tam Brackwater", "Zoë Łukasz"
AUTHORS = [
    (told(author={"@type": "Person", "name": ORLA}), (ORLA,)),
    (told(author=[{"@type": "Person", "name": ORLA}, {"@type": "Person", "name": ZOE}]), (ORLA, ZOE)),
    (told(author={"@type": "Person", "name": [ORLA, TAM]}), (ORLA, TAM)),
    (told(author="By Orla Quillfeather and Tam Brackwater"), (ORLA, TAM)),
    (told(author=[{"@type": "Organization", "name": "Harbour Wire"}]), ()),
    (told(author={"@type": "Person", "name": "Reuters"}), ()),
    (told(author={"@type": "Person", "name": "山田 太郎"}), ("山田 太郎",)),
    (told(author={"@type": "Person", "name": "admin"}), ()),
    (told(author=7), ()),
    (meta("author", "Orla Quillfeather, Harbour Wire"), (ORLA,)),
    (meta("author", "Orla Quillfeather, Tam Brackwater and Zoë Łukasz"), (ORLA, TAM, ZOE)),
    (meta("author", "ORLA QUILLFEATHER"), (ORLA,)),
    (meta("author", "Harbour Wire Staff"), ()),
    (meta("article:author", "https://social.example/orla"), ()),
    (meta("author", "Reuters") + meta("byl", "By Tam Brackwater"), (TAM,)),
    ("<div class='byline'>By <a rel='author'>Orla Quillfeather</a>Monday, 3 p.m.</div>", (ORLA,)),
    ("<div class='byline'>By Orla Quillfeather</div><aside><p class='byline'>By Tam Brackwater</p></aside>", (ORLA,)),
    ("<span class='post-author'>Posted by Zoë Łukasz</span>", (ZOE,)),
    ("", ()),
]


@pytest.mark.parametrize(("markup", "names"), AUTHORS)
def test_the_writers(markup: str, names: tuple[str, ...]) -> None:
    assert naming.authors(*page(markup)) == names


PUBLISHERS = [
    (told(publisher={"@type": "Organization", "name": "Harbour Wire"}), "Harbour Wire"),
    (told(publisher="Harbour Wire") + meta("og:site_name", "Other"), "Harbour Wire"),
    (meta("og:site_name", "Harbour Wire | Markets"), "Harbour Wire"),
    (meta("application-name", "Harbour Wire"), "Harbour Wire"),
    (told(publisher={"name": "https://harbourwire.example"}), None),
    ("", None),
]


@pytest.mark.parametrize(("head", "name"), PUBLISHERS)
def test_the_publisher(head: str, name: str | None) -> None:
    seen, story = page(head)
    assert naming.publisher(seen, story, linked.things(seen)) == name


HOME = "https://www.harbourwire.example"
ADDRESSES = [
    # the page's own address, the canonical link, the address of the story
    (f"{HOME}/2024/kettles-sell-well-now/?utm_source=x", f"{HOME}/2024/kettles-sell-well-now/", True),
    (f"{HOME}/story-120045?src=rss", f"{HOME}/story-120045", True),
    (f"{HOME}/kettles/amp/", f"{HOME}/kettles/", True),
    (f"{HOME}/kettles/2", f"{HOME}/kettles", True),
    ("http://m.harbourwire.example/kettles", f"{HOME}/kettles", True),
    (f"{HOME}/kettles", "/business/kettles", True),
    (f"{HOME}/kettles", "https://elsewhere.example/kettles", False),
    ("https://orla.blogspot.com/kettles", "https://tam.blogspot.com/kettles", False),
    ("https://news.harbour.co.uk/kettles", "https://other.co.uk/kettles", False),
    (f"{HOME}/kettles", f"{HOME}/", False),
    (f"{HOME}/business/2024/kettles", f"{HOME}/business", False),
    (f"{HOME}/story.php?id=7", f"{HOME}/story.php", False),
    (f"{HOME}/?p=12", f"{HOME}/", False),
    (f"{HOME}/?p=12", f"{HOME}/kettles-sell", True),
    (f"{HOME}/kettles", "javascript:alert(1)", False),
    (f"{HOME}/kettles", "https://[broken", False),
    (f"{HOME}/kettles", "", False),
]


@pytest.mark.parametrize(("own", "canonical", "taken"), ADDRESSES)
def test_the_lasting_address(own: str, canonical: str, taken: bool) -> None:
    seen, _ = page(f'<link rel="canonical" href="{canonical}">')
    address = naming.address(seen, own)
    assert address == ((HOME + canonical if canonical.startswith("/") else canonical) if taken else own)
    assert naming.address(seen, None) is None
