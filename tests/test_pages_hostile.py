"""Pages that were made to break a reader, or are no pages: each ends soon, with its text or with a cause."""

from __future__ import annotations

import gzip
import random
import time
from collections.abc import Callable

import pytest

from newsig.collect.decode import decode_html
from newsig.errors import ReadError
from newsig.read.article import read, reading
from newsig.records import Page

LEAD = "Shares of the kettle maker rose 3 percent on Tuesday after it raised its forecast for the year."
STORY = f"<article><h1>Kettles</h1><p>{LEAD}</p><p>Sales should reach 410 million dollars, it said.</p></article>"
SECONDS = 10
"""The deadline that a worker has for a page; the slowest of these takes four seconds on an idle machine."""


def page(body: str) -> str:
    return f"<html><head><title>Kettles</title></head><body>{body}</body></html>"


def many(pattern: str, count: int) -> str:
    return "".join(pattern.replace("#", str(place)) for place in range(count))


SENTENCE = "<p>Paragraph number # rose by # percent, he said on day #.</p>"
READ: dict[str, Callable[[], str]] = {
    "nested 250 deep": lambda: page("<div>" * 250 + STORY + "</div>" * 250),
    "nested 256 deep": lambda: page("<div>" * 256 + STORY + "</div>" * 256),
    "nested 1,000 deep": lambda: page("<div>" * 1000 + STORY + "</div>" * 1000),
    "nested 100,000 deep": lambda: page("<div>" * 100_000 + STORY + "</div>" * 100_000),
    "never closed": lambda: page("<b><i>" * 50_000 + STORY),
    "deep beside the story": lambda: page(STORY + "<div>" * 3000 + "x" + "</div>" * 3000),
    "50,000 attributes": lambda: page("<div " + many('a#="#" ', 50_000) + ">" + STORY + "</div>"),
    "50,000 links": lambda: page(STORY + many("<a href='/#'>Link number #</a> ", 50_000)),
    "just below the bounds": lambda: page(STORY + many("<span class='s'>a</span>", 19_000)),
    "an entity bomb": lambda: (
        '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa">' + many('<!ENTITY a# "&a;&a;&a;&a;">', 10) + "]>" + page(STORY)
    ),
    "an outer entity": lambda: '<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + page(STORY + "<p>&a;</p>"),
    "colspan": lambda: page(STORY + "<table><tr><td colspan='9000000000000000'>x</td></tr></table>"),
    "NULs": lambda: page(STORY.replace("kettle", "ket\0tle")).replace("ket\0tle", "kettle\0", 1),
    "control characters": lambda: page(STORY.replace("kettle", "kettle\x1b[2J\x9b")),
    "UTF-16 with its mark": lambda: decode_html(page(STORY).encode("utf-16")),
    "UTF-16 without": lambda: decode_html(page(STORY).encode("utf-16-le")),
    "UTF-16, the other way round": lambda: decode_html(page(STORY).encode("utf-16-be")),
    "unfinished scripts": lambda: page(STORY + "<script>" * 100_000),
    "deep JSON": lambda: page("<script type='application/ld+json'>" + "[" * 200_000 + "</script>" + STORY),
    "endless authors": lambda: page(f"<meta name='author' content='{'By Jane Roe and ' * 20_000}'>" + STORY),
    "five million blanks": lambda: page("<p>" + " " * 5_000_000 + "</p>" + STORY),
    "times upon times": lambda: page(
        "<p>Published July</p>" * 5000
        + STORY
        + "<p>Published July 17, 2024 8:02 AM EDT updated </p>" * 5000
        + f"<p>Published {'1 2024 July ' * 80}x</p>" * 50
    ),
    "open forms": lambda: page(STORY + "<form><p>" * 5000),
}
REFUSED: dict[str, tuple[Callable[[], str], str]] = {
    "20 MB of paragraphs": (lambda: page(many(SENTENCE, 320_000)), "too_large"),
    "5 MB of paragraphs": (lambda: page(many(SENTENCE, 80_000)), "too_large"),
    "links and nothing else": (lambda: page(many("<a href='/#'>Link number #</a> ", 50_000)), "too_large"),
    "deep, and nothing there": (lambda: page("<div>" * 5000 + "<a href='/'>Home</a>" + "</div>" * 5000), "too_deep"),
    "comments that never end": (lambda: page("<!--" * 300_000 + STORY), "no_story"),
    "a million signs": (lambda: page("<" * 1_000_001), "too_large"),
    "no page at all": (lambda: "", "empty"),
    "blanks": (lambda: " \n\t ", "empty"),
    "an empty page": (lambda: page(""), "no_story"),
    "random bytes": (lambda: decode_html(random.Random(7).randbytes(200_000)), "not_html"),
    "gzip": (lambda: decode_html(gzip.compress(page(STORY * 20).encode())), "not_html"),
    "a PDF": (lambda: decode_html(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<</Type/Catalog>>"), "not_html"),
    "an image": (lambda: decode_html(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(400)), "not_html"),
    "NULs alone": (lambda: "\0" * 5000, "not_html"),
}


@pytest.mark.parametrize("name", READ)
def test_a_hostile_page_is_read_in_time(name: str) -> None:
    html = READ[name]()
    before = time.process_time()
    article = read(Page(origin=name, html=html))
    assert time.process_time() - before < SECONDS
    assert LEAD.partition("kettle")[2][6:] in article.text
    assert not any(ord(char) < 32 and char != "\n" for char in article.text)
    assert "root:" not in article.text


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_says_why_in_time(name: str) -> None:
    html, cause = REFUSED[name][0](), REFUSED[name][1]
    before = time.process_time()
    with pytest.raises(ReadError) as caught:
        read(Page(origin=name, html=html))
    assert time.process_time() - before < SECONDS
    assert caught.value.cause == cause
    assert str(caught.value)


WAYS = [("nested 250 deep", "trafilatura"), ("nested 256 deep", "blocks"), ("50,000 links", "blocks")]


@pytest.mark.parametrize(("name", "way"), WAYS)
def test_the_way_that_was_taken_is_told(name: str, way: str) -> None:
    assert reading(Page(origin=name, html=READ[name]())).way == way
    assert reading(Page(origin=name, text=LEAD)).way == "given"


DECODED = [
    # bytes, the header, what they say
    ("café “so”".encode("cp1252"), None, "café “so”"),
    ("café “so”".encode(), None, "café “so”"),
    ("café “so”".encode(), "text/html; charset=iso-8859-1", "café “so”"),
    (b"<meta charset='utf-16'><p>" + "café".encode(), None, "café"),
    (b"<?xml version='1.0' encoding='iso-8859-2'?><p>" + "Łukasz".encode("iso-8859-2"), None, "Łukasz"),
    ("Łukasz".encode("iso-8859-2"), "text/html; charset=iso-8859-2", "Łukasz"),
    ("Zoë café naïve über façon ".encode() * 9 + b"\xff", None, "Zoë café naïve"),
    ("東京".encode("shift_jis"), "text/html; charset=Shift_JIS", "東京"),
    (b"cafe", "text/html; charset=zip", "cafe"),
    (b"cafe", "text/html; charset=rot13", "cafe"),
]


@pytest.mark.parametrize(("body", "header", "words"), DECODED)
def test_bytes_become_the_words_that_were_written(body: bytes, header: str | None, words: str) -> None:
    assert words in decode_html(body, header)
