"""Foreign names of fields, mappings, dates and documents of services."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from newsig.collect.archives import Input, Notebook, Plan, inputs, read_mapping
from newsig.collect.archives.dating import stated
from newsig.errors import ReadError
from newsig.records import Failure, Page

MOMENT = datetime(2024, 7, 18, 2, 26, tzinfo=UTC)


def taken(path: Path, mapping: str | None = None, **plan: Any) -> tuple[list[Page], list[Failure], Notebook]:
    """What a file holds, read with the words of a mapping file."""
    names = None
    if mapping is not None:
        file = path.with_name("map.toml")
        file.write_text(mapping)
        names = read_mapping(file)
    (one,) = inputs([path])
    assert isinstance(one, Input)
    found = [met.found for met in one.read(Plan(mapping=names, **plan))]
    pages = [item for item in found if isinstance(item, Page)]
    return pages, [item for item in found if isinstance(item, Failure)], one.notes


def only(folder: Path, record: object, mapping: str | None = None, **plan: Any) -> Page:
    file = folder / "one.json"
    file.write_text(json.dumps(record))
    (page,), failures, _ = taken(file, mapping, **plan)
    assert not failures
    return page


TEXT = "Oil fell 2%, Orla Quillfeather said."
KNOWN = [
    # newsapi.org
    (
        {
            "source": {"id": None, "name": "Harbour Wire"},
            "author": "Marisol Petrakind",
            "title": "Oil falls",
            "url": "https://news.example/1",
            "publishedAt": "2024-07-18T02:26:00Z",
            "content": TEXT,
        },
        {"publisher": "Harbour Wire", "authors": ("Marisol Petrakind",), "title": "Oil falls", "published": MOMENT},
    ),
    # news-please
    (
        {
            "maintext": TEXT,
            "source_domain": "news.example",
            "date_publish": "2024-07-18 02:26:00",
            "authors": ["Orla Quillfeather"],
            "url": "https://news.example/1",
        },
        {"publisher": "news.example", "published": date(2024, 7, 18), "date_doubt": "no_zone"},
    ),
    # a service of market data
    (
        {"headline": "Oil falls", "body": TEXT, "published_utc": "2024-07-18 02:26:00", "publisher": {"name": "Wire"}},
        {"title": "Oil falls", "published": MOMENT, "publisher": "Wire"},
    ),
    # tables of news on Kaggle and Hugging Face
    ({"Article": TEXT, "Article_title": "Oil falls", "Date": "2024-07-18 02:26:00 UTC"}, {"published": MOMENT}),
    ({"text": TEXT, "headline": "Oil", "byline": "By Orla Quillfeather and Zoë Łukasz", "date": "July 18, 2024"},
     {"authors": ("Orla Quillfeather", "Zoë Łukasz"), "published": date(2024, 7, 18)}),
    # a search engine's dump, and a list of paragraphs
    ({"_id": "7", "_source": {"content": [TEXT, "Gold rose."], "title": "Oil"}}, {"title": "Oil"}),
    ({"webTitle": "Oil", "webPublicationDate": "2024-07-18T02:26:00Z", "fields": {"bodyText": TEXT}},
     {"title": "Oil", "published": MOMENT}),
    ({"text": TEXT, "datetime": "20240718T022600Z", "domain": "news.example"}, {"published": MOMENT}),
    ({"id": 5, "text": TEXT, "updated": "2024-07-18T02:26:00Z", "standing": "corrected"},
     {"id": "5", "updated": MOMENT, "standing": "corrected"}),
]  # fmt: skip


@pytest.mark.parametrize(("record", "expected"), KNOWN)
def test_records_of_data_sets_and_services_are_recognised(
    tmp_path: Path, record: dict[str, Any], expected: dict[str, Any]
) -> None:
    page = only(tmp_path, record)
    assert (page.text or "").startswith(TEXT)
    assert {name: getattr(page, name) for name in expected} == expected


def test_marked_up_text_under_a_foreign_name_is_html(tmp_path: Path) -> None:
    page = only(tmp_path, {"body": "<p>Oil fell.</p><p>Gold rose.</p>"})
    assert (page.text, page.html) == (None, "<p>Oil fell.</p><p>Gold rose.</p>")
    assert only(tmp_path, {"text": "<p>As it is.</p>"}).text == "<p>As it is.</p>"


WRAPPED: list[Any] = [
    {"status": "ok", "totalResults": 2, "articles": [{"content": "One."}, {"content": "Two."}]},
    {"response": {"results": [{"body": "One."}, {"body": "Two."}]}},
    {"data": [{"text": "One."}, {"text": "Two."}]},
    [{"text": "One."}, {"text": "Two."}],
]


@pytest.mark.parametrize("document", WRAPPED)
def test_a_list_of_articles_within_a_document(tmp_path: Path, document: Any) -> None:
    file = tmp_path / "a.json"
    file.write_text(json.dumps(document, indent=2))
    pages, failures, _ = taken(file)
    assert [page.text for page in pages] == ["One.", "Two."]
    assert [page.origin for page in pages] == [f"{file} item 1", f"{file} item 2"]
    assert not failures


def test_json_lines_under_the_name_of_json(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_text('\n{"text": "One."}\n\n{"text": "Two."}\n'.lstrip())
    pages, _, _ = taken(file)
    assert [page.origin for page in pages] == [f"{file} line 1", f"{file} line 3"]


def test_a_list_that_breaks_off_gives_what_came_before(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_text('[{"text": "One."}, {"text": "Two."}, {"text": "Th')
    pages, (failure,), _ = taken(file)
    assert [page.text for page in pages] == ["One.", "Two."]
    assert failure.reason == "no JSON: Unterminated string starting at character 47; nothing behind item 2 was read"


def test_a_long_list_is_never_held_whole(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    with file.open("w") as stream:
        stream.write("[")
        stream.writelines(f'{{"id": {n}, "text": "{"long " * 2000}"}},\n' for n in range(600))
        stream.write('{"text": "last"}]')
    pages, failures, _ = taken(file)
    assert (len(pages), pages[-1].text, failures) == (601, "last", [])


MAPPING = """
text = ["lead", "story.body"]
title = "kicker"
published = "when"
authors = ["writer", "people.name"]
url = "where.link"

[constants]
publisher = "Harbour Wire"

[dates]
format = "%d/%m/%Y %H.%M"
zone = "America/New_York"
"""


def test_a_mapping_names_joins_and_places_in_time(tmp_path: Path) -> None:
    record = {
        "lead": "Oil fell.",
        "story": {"body": ["It did.", "Twice."]},
        "kicker": "Oil",
        "when": "17/07/2024 22.26",
        "writer": "Orla Quillfeather",
        "people": [{"name": "Zoë Łukasz"}, {"name": "Marisol Petrakind"}],
        "where": {"link": "https://news.example/1"},
    }
    page = only(tmp_path, record, MAPPING)
    assert (page.text, page.title) == ("Oil fell.\n\nIt did.\n\nTwice.", "Oil")
    assert page.authors == ("Orla Quillfeather", "Zoë Łukasz", "Marisol Petrakind")
    assert (page.published, page.publisher, page.url) == (MOMENT, "Harbour Wire", "https://news.example/1")
    assert (page.date_text, page.date_doubt) == ("17/07/2024 22.26", None)


BAD_MAPPINGS = [
    ("text = ", "is no TOML"),
    ("title = 'a'", 'it must say which field holds the text, such as text = "body"'),
    ("text = 5", "text must be a name, or a list of names"),
    ("text = 'a'\nbody = 'b'", "'body' is none of id, text, html"),
    ("text = 'a'\n[dates]\nzone = 'Mars'", "dates.zone is 'Mars', which is no time zone: write it as America/New_York"),
    ("text = 'a'\n[dates]\nfrom = 'x'", "dates.from is none of format, zone"),
    ("text = 'a'\n[csv]\nencoding = 'rot13'", "csv.encoding is 'rot13', but must be one of utf-8"),
    ("text = 'a'\n[csv]\ndelimiter = ';;'", "csv.delimiter is ';;', but must be one character"),
    ("text = 'a'\n[csv]\nheader = -1", "csv.header is the number of the line with the names"),
    ("text = 'a'\ncsv = 1", "csv must be a table: write it as [csv]"),
]


@pytest.mark.parametrize(("words", "reason"), BAD_MAPPINGS)
def test_a_mapping_that_cannot_be_followed_says_what_to_write(tmp_path: Path, words: str, reason: str) -> None:
    (tmp_path / "map.toml").write_text(words)
    with pytest.raises(ReadError) as raised:
        read_mapping(tmp_path / "map.toml")
    assert str(raised.value).startswith(f"the mapping {tmp_path / 'map.toml'}")
    assert reason in str(raised.value)


def test_without_a_known_text_the_fields_and_the_way_out_are_told(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text('{"kopf": "Oil", "rumpf": "Oil fell."}\n')
    _, (failure,), _ = taken(file)
    assert failure.reason == (
        "no text: none of its fields (kopf, rumpf) is known to hold one; say which does in a file, such as "
        'text = "body", and give that with --mapping'
    )
    _, (failure,), _ = taken(file, 'text = "corps"')
    assert failure.reason == "no text: the mapping names corps, but the fields are kopf, rumpf"


def test_fields_that_are_not_used_are_told_once(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text('{"body": "One.", "mood": 1, "tickers": []}\n' * 3)
    _, _, notes = taken(file)
    assert list(notes.told()) == ["fields not used: mood, tickers (text from body)"]


DATES = [
    ("2024-07-18T02:26:00Z", MOMENT, None),
    ("20240718T022600Z", MOMENT, None),
    ("2024-07-17T22:26:00-04:00", MOMENT, None),
    ("Thu, 18 Jul 2024 02:26:00 GMT", MOMENT, None),
    ("2024-07-18 02:26:00 UTC", MOMENT, None),
    ("2024-07-18 02:26:00 +0000", MOMENT, None),
    ("2024-07-18", date(2024, 7, 18), None),
    ("20240718", date(2024, 7, 18), None),
    (20240718, date(2024, 7, 18), None),
    ("July 18, 2024", date(2024, 7, 18), None),
    ("18 Jul 2024", date(2024, 7, 18), None),
    ("2024/07/18", date(2024, 7, 18), None),
    (date(2024, 7, 18), date(2024, 7, 18), None),
    (MOMENT, MOMENT, None),
    ("2024-07-18T02:26:00", date(2024, 7, 18), "no_zone"),
    ("20240718022600", date(2024, 7, 18), "no_zone"),
    ("Thu, 18 Jul 2024 02:26:00", date(2024, 7, 18), "no_zone"),
    ("July 18, 2024 2:26 AM", date(2024, 7, 18), "no_zone"),
    (datetime(2024, 7, 18, 2, 26), date(2024, 7, 18), "no_zone"),
    ("Thu, 18 Jul 2024 02:26:00 IST", date(2024, 7, 18), "ambiguous_zone"),
    ("2031-01-01", None, "out_of_range"),
    ("1066-10-14", None, "out_of_range"),
    ("9999-12-31T23:59-14:00", None, "out_of_range"),
    ("7/8/2024", None, "unreadable"),
    ("soon", None, "unreadable"),
    (1721269560, None, "unreadable"),
    (True, None, "unreadable"),
    (["2024-07-18"], None, "unreadable"),
    ("", None, None),
    (None, None, None),
]


@pytest.mark.parametrize(("written", "when", "doubt"), DATES)
def test_dates_tell_what_is_certain(written: object, when: date | None, doubt: str | None) -> None:
    found = stated(written, latest=datetime(2024, 8, 1, tzinfo=UTC))
    assert (found.when, found.doubt) == (when, doubt)
    assert found.text == (str(written) if written not in (None, "") else None)


IN_ZONES = [
    ("2024-07-17 22:26", "America/New_York", MOMENT, None),
    ("2024-11-03 01:30", "America/New_York", date(2024, 11, 3), "ambiguous_zone"),  # shown twice
    ("2024-03-10 02:30", "America/New_York", date(2024, 3, 10), "ambiguous_zone"),  # never shown
    ("2024-07-18T02:26Z", "America/New_York", MOMENT, None),
]


@pytest.mark.parametrize(("written", "zone", "when", "doubt"), IN_ZONES)
def test_a_zone_of_the_mapping_places_times_without_one(
    tmp_path: Path, written: str, zone: str, when: date, doubt: str | None
) -> None:
    page = only(tmp_path, {"t": TEXT, "d": written}, f'text = "t"\npublished = "d"\n[dates]\nzone = "{zone}"')
    assert (page.published, page.date_doubt) == (when, doubt)


def test_seconds_since_1970_are_a_moment_where_the_mapping_says_so(tmp_path: Path) -> None:
    mapping = 'text = "t"\npublished = "d"\n[dates]\nformat = "epoch"'
    assert only(tmp_path, {"t": TEXT, "d": 1721269560}, mapping).published == MOMENT
    assert only(tmp_path, {"t": TEXT, "d": 1721269560000}, mapping.replace("epoch", "epoch_ms")).published == MOMENT
