"""NewsML-G2 and NITF."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from newsig.records import Failure, Page
from tests.test_archives_fields import taken

XHTML = """<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>Oil</title>
</head><body><p>Oil <b>fell</b> 2%.</p><table><tr><td>Brent</td><td>80</td></tr></table><p>Gold rose.</p></body></html>
</inlineXML>"""


def item(
    content: str = XHTML,
    *,
    status: str = "stat:usable",
    kind: str = "ninat:text",
    version: str = "1",
    made: str = "2024-07-18T02:30:00Z",
    extra: str = "",
) -> str:
    return f"""<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:newsml:wire.example:7"
    version="{version}" standard="NewsML-G2"><itemMeta><itemClass qcode="{kind}"/>
    <provider literal="wire"><name>Harbour Wire</name></provider>
    <versionCreated>{made}</versionCreated><pubStatus qcode="{status}"/>{extra}</itemMeta>
    <contentMeta><contentCreated>2024-07-17T22:26:00-04:00</contentCreated><headline>Oil falls</headline>
    <by>By Orla Quillfeather and Zoë Łukasz</by></contentMeta><contentSet>{content}</contentSet></newsItem>"""


def message(*items: str) -> str:
    return f'<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>{"".join(items)}</itemSet></newsMessage>'


def read(folder: Path, xml: str) -> tuple[list[Page], list[Failure], list[str]]:
    file = folder / "a.xml"
    file.write_text(xml, encoding="utf-8")
    pages, failures, notes = taken(file)
    return pages, failures, list(notes.told())


def test_every_field_of_a_news_item(tmp_path: Path) -> None:
    (page,), failures, _ = read(tmp_path, item())
    assert not failures
    assert page == Page(
        origin=str(tmp_path / "a.xml"),
        id="urn:newsml:wire.example:7",
        title="Oil falls",
        published=datetime(2024, 7, 17, 22, 26, tzinfo=timezone(-timedelta(hours=4))),
        publisher="Harbour Wire",
        authors=("Orla Quillfeather", "Zoë Łukasz"),
        text="Oil fell 2%.\n\nBrent\n\n80\n\nGold rose.",
        updated=datetime(2024, 7, 18, 2, 30, tzinfo=UTC),
        date_text="2024-07-17T22:26:00-04:00",
    )


NITF_BODY = "<nitf><body><body.content><p>Oil fell.</p><p>Gold rose.</p></body.content></body></nitf>"
CONTENTS = [
    (f'<inlineXML contenttype="application/nitf+xml">{NITF_BODY}</inlineXML>', "Oil fell.\n\nGold rose."),
    ('<inlineData contenttype="text/plain">Oil fell.\n\nGold rose.</inlineData>', "Oil fell.\n\nGold rose."),
    ('<inlineData contenttype="text/html">&lt;p&gt;Oil fell.&lt;/p&gt;</inlineData>', "Oil fell."),
    ('<remoteContent href="x.jpg"/><inlineData>Oil fell.</inlineData>', "Oil fell."),
]


@pytest.mark.parametrize(("content", "text"), CONTENTS)
def test_content_however_it_is_written(tmp_path: Path, content: str, text: str) -> None:
    (page,), failures, _ = read(tmp_path, item(content))
    assert (page.text, failures) == (text, [])


STANDINGS = [
    (item(), None),
    (item(status="stat:canceled"), "withdrawn"),
    (item(extra='<signal qcode="sig:correction"/>'), "corrected"),
    (item(extra='<signal qcode="sig:update"/>'), None),
]


@pytest.mark.parametrize(("xml", "standing"), STANDINGS)
def test_what_the_sender_says_of_the_story(tmp_path: Path, xml: str, standing: str | None) -> None:
    (page,), _, _ = read(tmp_path, xml)
    assert page.standing == standing


def test_a_story_that_is_withdrawn_without_its_text(tmp_path: Path) -> None:
    (page,), _, _ = read(tmp_path, item("", status="stat:canceled", extra="<edNote>Kill: wrong firm.</edNote>"))
    assert (page.standing, page.text) == ("withdrawn", "Kill: wrong firm.")


def test_a_message_of_several_items(tmp_path: Path) -> None:
    package = '<packageItem guid="p"><itemMeta/></packageItem>'
    picture = item("", kind="ninat:picture")
    xml = message(item(), picture, package, item("", version="2"), item(status="stat:withheld"))
    pages, failures, notes = read(tmp_path, xml)
    assert [page.origin for page in pages] == [f"{tmp_path / 'a.xml'} item 1"]
    assert [failure.reason for failure in failures] == ["no text", "its sender holds it back (withheld)"]
    assert [failure.place for failure in failures] == [f"{tmp_path / 'a.xml'} item {n}" for n in (2, 3)]
    assert notes == [
        "1 × a newsItem of class picture, passed over",
        "1 × a packageItem, passed over, since it holds no story itself",
    ]


NITF = """<?xml version="1.0" encoding="iso-8859-1"?>
<!DOCTYPE nitf SYSTEM "nitf-3-4.dtd">
<nitf><head><title>Oil</title><docdata management-status="{status}"><doc-id id-string="w-7"/>
<date.issue norm="{norm}"/>{extra}</docdata></head><body><body.head><hedline><hl1>Oil falls</hl1></hedline>
<byline>By <person>Orla Quillfeather</person></byline><distributor>Harbour Wire</distributor>
<dateline><location>LONDON</location>, <story.date>July 18</story.date> (Harbour Wire) -</dateline></body.head>
<body.content><media><media-caption>A rig.</media-caption></media><p>Caf\xe9s <em>rose</em>.</p><p>Gold fell.</p>
</body.content></body></nitf>"""


def nitf(folder: Path, status: str = "usable", norm: str = "20240718T022600Z", extra: str = "") -> Path:
    file = folder / "a.nitf"
    file.write_bytes(NITF.format(status=status, norm=norm, extra=extra).encode("iso-8859-1"))
    return file


def test_every_field_of_nitf(tmp_path: Path) -> None:
    (page,), failures, _ = taken(nitf(tmp_path))
    assert not failures
    assert page == Page(
        origin=str(tmp_path / "a.nitf"),
        id="w-7",
        title="Oil falls",
        published=datetime(2024, 7, 18, 2, 26, tzinfo=UTC),
        publisher="Harbour Wire",
        authors=("Orla Quillfeather",),
        text="LONDON, July 18 (Harbour Wire) - Cafés rose.\n\nGold fell.",
        date_text="20240718T022600Z",
    )


ISSUED = [
    ("20240717T222600-0400", datetime(2024, 7, 18, 2, 26, tzinfo=UTC), None),
    ("20240718T022600", date(2024, 7, 18), "no_zone"),
    ("20240718", date(2024, 7, 18), None),
    ("yesterday", None, "unreadable"),
]


@pytest.mark.parametrize(("norm", "when", "doubt"), ISSUED)
def test_dates_of_nitf(tmp_path: Path, norm: str, when: date | None, doubt: str | None) -> None:
    (page,), _, _ = taken(nitf(tmp_path, norm=norm))
    assert (page.published, page.date_doubt) == (when, doubt)


def test_standings_of_nitf(tmp_path: Path) -> None:
    assert taken(nitf(tmp_path, "canceled"))[0][0].standing == "withdrawn"
    assert taken(nitf(tmp_path, extra="<correction/>"))[0][0].standing == "corrected"
    assert taken(nitf(tmp_path, "embargoed"))[1][0].reason == "its sender holds it back (embargoed)"


LOLS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
REFUSED = [
    (f'<!DOCTYPE nitf [<!ENTITY a0 "lol">{LOLS}]><nitf>&a11;</nitf>', "no XML that can be read: "),
    ('<!DOCTYPE nitf [<!ENTITY x SYSTEM "file:///etc/passwd">]><nitf>&x;</nitf>', "it declares entities of its own"),
    ('<!DOCTYPE nitf [<!ENTITY % x SYSTEM "http://127.0.0.1/x">%x;]><nitf/>', "it declares entities of its own"),
    ("<nitf><body>", "no XML that can be read: "),
    ("", "no XML that can be read: "),
    ("<a>" * 100_000, "no XML that can be read: "),
    ("<rss/>", "it is a feed, which is collected from its address: `newsig feeds add URL`"),
    ("<recipe/>", "it is XML of another kind, a recipe: NewsML-G2 and NITF are read"),
    ("<nitf/>", "no text"),
    (message(), ""),
]


@pytest.mark.parametrize(("xml", "reason"), REFUSED, ids=range(len(REFUSED)))
def test_what_is_refused(tmp_path: Path, xml: str, reason: str) -> None:
    pages, failures, _ = read(tmp_path, xml)
    assert pages == []
    assert [failure.reason[: len(reason)] for failure in failures] == ([reason] if reason else [])


def test_text_that_is_nested_deeply_is_read(tmp_path: Path) -> None:
    deep = "<div>" * 200 + "<p>Oil fell.</p>" + "</div>" * 200
    (page,), _, _ = read(tmp_path, item(XHTML.replace("<p>Gold rose.</p>", deep)))
    assert (page.text or "").endswith("Oil fell.")
