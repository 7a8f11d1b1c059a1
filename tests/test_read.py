"""Pages → articles."""

from __future__ import annotations

import contextlib
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsig.errors import ReadError
from newsig.read.article import read
from newsig.read.splitting import split_off
from newsig.records import Article, Page

MOMENT = datetime(2024, 7, 18, 2, 26, tzinfo=UTC)
DAY = date(2024, 7, 18)

STORY = """<article><h1>Small caps jump</h1><p>The Russell 2000 rose <b>3%</b> on Tuesday &amp; closed higher.</p>
<p>“I think it lasts,” said Ann Lee, a strategist at Birch &amp; Sons, on the floor of the exchange.</p>
<ul><li>Apple up 2%</li></ul></article>"""


def web_page(head: str = "", story: str = STORY) -> str:
    menu = "<nav><a href='/'>Home</a> <a href='/markets'>Markets</a></nav>"
    return f"<html><head>{head}</head><body>{menu}{story}<footer>Copyright 2019 Example</footer></body></html>"


def html(markup: str) -> Page:
    return Page(origin="a.html", html=markup)


def test_text_is_taken_as_it_is() -> None:
    page = Page(
        origin="a.jsonl line 1",
        id="a",
        url="https://example.org/1",
        title="T",
        published=MOMENT,
        publisher="P",
        authors=("Ann Lee",),
        text=" one\r\n\n\ttwo ",
    )
    assert read(page, published=DAY) == Article(
        id="a",
        text=" one\r\n\n\ttwo ",
        title="T",
        published=MOMENT,
        url="https://example.org/1",
        publisher="P",
        authors=("Ann Lee",),
        origin="a.jsonl line 1",
    )


def test_a_story_is_taken_out_of_its_page() -> None:
    head = "<title>Small caps jump - Example</title><meta name='author' content='Ann Lee'>"
    article = read(html(web_page(head)))
    assert article.text == (
        "The Russell 2000 rose 3% on Tuesday & closed higher.\n\n"
        "“I think it lasts,” said Ann Lee, a strategist at Birch & Sons, on the floor of the exchange.\n\n"
        "- Apple up 2%"
    )
    assert (article.title, article.authors, article.published) == ("Small caps jump", ("Ann Lee",), None)


def test_what_the_feed_says_goes_before_the_page() -> None:
    head = "<title>Other</title><meta property='article:published_time' content='2020-01-01T00:00:00Z'>"
    page = Page(origin="feed", id="i", title="Mine", published=DAY, authors=("Bo Ek",), html=web_page(head))
    article = read(page, published=MOMENT)
    assert (article.id, article.title, article.published, article.authors) == ("i", "Mine", DAY, ("Bo Ek",))


WRITTEN = """<article><h1>Small caps jump</h1>
<p>By Orla Quillfeather and Tam Brackwater, Harbour Wire</p>
<p>Photo by Ingmar Tolvarsen</p>
<p>(Corrects day in paragraph 2)</p>
<p>LONDON, July 17 (Harbour Wire) – The Russell 2000 rose <b>3%</b> on Tuesday &amp; closed higher.</p>
<p>By Friday it had gained 9 percent, an article by Ann Lee in the Millbrook Courier said.</p>
<p>“I think it lasts,” said Bo Ek. (Additional reporting by Basil Oxenholme; editing by Percy Quillfeather)</p>
<p>© 2024 Harbour Wire. All rights reserved.</p></article>"""
TOLD = (
    "The Russell 2000 rose 3% on Tuesday & closed higher.\n\n"
    "By Friday it had gained 9 percent, an article by Ann Lee in the Millbrook Courier said.\n\n"
    "“I think it lasts,” said Bo Ek."
)
AROUND = (
    "By Orla Quillfeather and Tam Brackwater, Harbour Wire",
    "Photo by Ingmar Tolvarsen",
    "(Corrects day in paragraph 2)",
    "(Additional reporting by Basil Oxenholme; editing by Percy Quillfeather)",
    "© 2024 Harbour Wire. All rights reserved.",
)


def test_what_surrounds_the_story_is_kept_beside_it() -> None:
    article = read(html(web_page("<title>Small caps jump - Example</title>", WRITTEN)))
    assert (article.title, article.text, article.credits) == ("Small caps jump", TOLD, AROUND)
    assert (article.dateline, article.authors) == (
        "LONDON, July 17 (Harbour Wire) –",
        ("Orla Quillfeather", "Tam Brackwater"),
    )


def test_authors_that_are_named_already_stay() -> None:
    page = Page(origin="feed", title="Other words", authors=("Bo Ek",), html=web_page(story=WRITTEN))
    assert (read(page).authors, read(page).text) == (("Bo Ek",), TOLD)


SURROUNDED = [
    # the page, the story, its dateline, its authors, the other lines
    (
        "<p>By Orla Quillfeather</p><p>Stocks fell.</p>",
        ("Stocks fell.", None, ("Orla Quillfeather",), ("By Orla Quillfeather",)),
    ),
    (
        "<p>By Orla Quillfeather TOKYO (Harbour Wire) - Stocks fell.</p>",
        ("Stocks fell.", "TOKYO (Harbour Wire) -", ("Orla Quillfeather",), ("By Orla Quillfeather",)),
    ),
    (
        "<p>NEW&nbsp;YORK (Reuters)&nbsp;-&nbsp;Stocks will rise 3 percent.</p>",
        ("Stocks will rise 3 percent.", "NEW YORK (Reuters) -", (), ()),
    ),
    (
        "<p>Sales rose (The report was revised) and orders (Photo: the maker said they rose) fell.</p>",
        ("Sales rose (The report was revised) and orders (Photo: the maker said they rose) fell.", None, (), ()),
    ),
    ("<p>MILLBROOK – The bell rang.</p>", ("The bell rang.", "MILLBROOK –", (), ())),
    (
        "<p>Stocks (Photo by Bo Ek) fell. (Editing by Bo Ek)</p><p>Bonds rose.</p>",
        ("Stocks fell.\n\nBonds rose.", None, (), ("(Photo by Bo Ek)", "(Editing by Bo Ek)")),
    ),
    (
        "<p>Chips lead</p><p>Makers glad</p><p>By Bo Ek</p><p>Stocks rose.</p>",
        ("Stocks rose.", None, ("Bo Ek",), ("Chips lead", "Makers glad", "By Bo Ek")),
    ),
    ("<p>By Friday stocks had lost 3%.</p>", ("By Friday stocks had lost 3%.", None, (), ())),
    ("<p>(Editing by Bo Ek)</p>", ("(Editing by Bo Ek)", None, (), ())),
]


@pytest.mark.parametrize(("markup", "split"), SURROUNDED)
def test_a_page_is_split(markup: str, split: tuple[object, ...]) -> None:
    article = read(html(markup))
    assert (article.text, article.dateline, article.authors, article.credits) == split


TITLES = [
    ("Small caps jump", ["Small caps jump", "Up."], "Up."),
    ("Small caps jump | Harbour Wire", ["SMALL CAPS JUMP", "Up."], "Up."),
    ("“Small caps” jump", ["By Bo Ek", "Small caps jump", "Up."], "Up."),
    ("Small caps jump", ["Small caps jump further", "Up."], "Small caps jump further\n\nUp."),
    ("Up.", ["Up."], "Up."),
    (None, ["Small caps jump", "Up."], "Small caps jump\n\nUp."),
]


@pytest.mark.parametrize(("title", "paragraphs", "text"), TITLES)
def test_a_title_at_the_top_is_no_part_of_the_story(title: str | None, paragraphs: list[str], text: str) -> None:
    assert split_off(paragraphs, [title]).text == text


def test_text_that_was_given_is_never_split() -> None:
    text = f"Kettles sell\n\nBy Bo Ek\n\nLONDON (Harbour Wire) - {TOLD} (Editing by Bo Ek)"
    article = read(Page(origin="a.txt", text=text))
    assert (article.text, article.dateline, article.authors, article.credits) == (text, None, (), ())


def test_a_page_without_an_address_keeps_its_id() -> None:
    """The id is that of all the paragraphs, as it was before anything was split off."""
    whole = Page(origin="x", text="By Bo Ek\n\nStocks fell.")
    assert read(html("<p>By Bo Ek</p><p>Stocks fell.</p>")).id == read(whole).id


FRAGMENTS = [
    ("<p>One 5% move.</p><p>Two.</p>", "One 5% move.\n\nTwo."),
    ("Oil fell 2%.<br><br>Gold rose.", "Oil fell 2%.\n\nGold rose."),
    ("plain words", "plain words"),
    ("<p>Up.</p><p>Up.</p><p>Down.</p>", "Up.\n\nUp.\n\nDown."),
]


@pytest.mark.parametrize(("markup", "text"), FRAGMENTS)
def test_all_of_a_feeds_content_is_the_story(markup: str, text: str) -> None:
    assert read(html(markup)).text == text


def linked(data: str) -> str:
    return f'<script type="application/ld+json">{data}</script>'


def meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


LOCAL = datetime(2024, 7, 17, 22, 26, tzinfo=timezone(-timedelta(hours=4)))
STATED = [
    (linked('{"@type": "NewsArticle", "datePublished": "2024-07-17T22:26:00-04:00"}'), LOCAL),
    (linked('{"@graph": [{"@type": ["ReportageNewsArticle"], "datePublished": "2024-07-18T02:26Z"}]}'), MOMENT),
    (linked('{"@type": "NewsArticle", "datePublished": "2024-07-18"}'), DAY),
    (linked('{"@type": "NewsArticle", "datePublished": "2024-07-18T02:26:00"}'), DAY),
    (linked('{"@type": "Organization", "datePublished": "2024-07-18"}'), None),
    (
        linked('[{"@type": "Article", "datePublished": "2024-07-18"}, {"@type": "Article", "datePublished": "2023"}]'),
        None,
    ),
    (linked('{"@type": "ItemList", "itemListElement": [{"@type": "Article", "datePublished": "2024-07-18"}]}'), None),
    (linked("{broken"), None),
    (meta("article:published_time", "2024-07-18T02:26:00+00:00"), MOMENT),
    (meta("article:published_time", "2024-07-18 02:26:00"), DAY),
    (meta("article:published_time", "last Thursday"), None),
    (meta("article:published_time", "9999-12-31T23:59-14:00"), None),
    (meta("article:modified_time", "2024-07-18T02:26:00Z"), None),
    (
        linked('{"@type": "Article", "datePublished": "2024-07-18"}')
        + meta("article:published_time", "2024-07-18T02:26Z"),
        MOMENT,
    ),
    ('<meta itemprop="datePublished" content="2024-07-18T02:26Z">', MOMENT),
    ('<meta name="date" content="2024-07-18">', DAY),
    ("", None),
]


@pytest.mark.parametrize(("head", "published"), STATED)
def test_the_date_is_what_the_page_states(head: str, published: date | None) -> None:
    found = read(html(web_page(head))).published
    assert (found, type(found)) == (published, type(published))


def test_the_date_given_is_for_pages_without_one() -> None:
    assert read(html(web_page()), published=MOMENT).published == MOMENT
    assert read(html(web_page(meta("article:published_time", "2024-01-02"))), published=MOMENT).published == date(
        2024, 1, 2
    )


EMPTY = [
    (Page(origin="x", text=" \n"), "it has no text"),
    (Page(origin="x"), "the page is empty"),
    (html(" \n "), "the page is empty"),
    (html("<html><body></body></html>"), "no story was found"),
    (html("<html><body>" + "<div>" * 400 + "<a href='/'>Home</a>" + "</div>" * 400), "nests its elements 403 deep"),
]


@pytest.mark.parametrize(("page", "reason"), EMPTY)
def test_a_page_without_text_says_why(page: Page, reason: str) -> None:
    with pytest.raises(ReadError, match=reason):
        read(page)


def test_ids_are_made_of_the_address_else_of_the_text() -> None:
    one, two = (read(Page(origin=origin, text="Up.")) for origin in ("x", "y"))
    assert one.id == two.id != read(Page(origin="x", text="Down.")).id
    addressed = [read(Page(origin="x", url="https://example.org/1", text=text)).id for text in ("a", "b")]
    assert addressed[0] == addressed[1] != one.id


@settings(deadline=None)
@given(st.text(st.sampled_from("<>/pdivahtmlbody=\"' &;#x0\ud800\x00 5%é\n")) | st.text())
def test_any_markup_is_an_article_or_a_read_error(markup: str) -> None:
    with contextlib.suppress(ReadError):
        article = read(html(markup))
        assert article.text.strip()
        assert article.text.encode()
