"""WARC, whole, cut and flipped."""

from __future__ import annotations

import base64
import gzip
import hashlib
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from newsig.collect.archives import Input, inputs
from newsig.collect.archives.captures import UNVERIFIED
from newsig.collect.archives.parts import Notebook, Plan
from newsig.records import Failure, Page
from tests.archive_files import record, story, warc
from tests.test_archives_fields import taken

PACKED = {"a.warc.gz": True, "a.warc": False}
COUNT = 100


def boundaries(packed: bool) -> set[int]:
    """Where one record ends and the next begins."""
    ends, at = {0}, 0
    for number in range(COUNT):
        at += len(gzip.compress(record(number), mtime=0)) if packed else len(record(number))
        ends.add(at)
    return ends


@pytest.mark.parametrize("name", PACKED)
def test_pages_with_their_addresses(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_bytes(warc(3, packed=PACKED[name]))
    pages, failures, _ = taken(file)
    assert not failures
    assert pages[1] == Page(
        origin=pages[1].origin,
        url="https://news.example/1",
        html=f"<html><body><p>{story(1)}</p></body></html>",
        updated=datetime(2024, 7, 18, 2, 26, tzinfo=UTC),
    )
    assert pages[1].origin.startswith(f"{file} record 2 (byte ")


def answer(headers: bytes, body: bytes, status: bytes = b"200 OK") -> bytes:
    block = b"HTTP/1.1 " + status + b"\r\n" + headers + b"\r\n\r\n" + body
    head = (
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://news.example/1\r\nContent-Type: application/http"
    )
    return f"{head}\r\nContent-Length: {len(block)}\r\n\r\n".encode() + block + b"\r\n\r\n"


CAFE = "<p>café “so”</p>"
HTML = b"Content-Type: text/html; charset=utf-8"
CHUNKED = b"5\r\n<p>Oi\r\n9;x=y\r\nl fell.</\r\n2\r\np>\r\n0\r\n\r\n"
ANSWERS = [
    (HTML, CAFE.encode(), CAFE),
    (b"content-type: text/html; charset=windows-1252", CAFE.encode("windows-1252"), CAFE),
    (b"Content-Type: text/html", CAFE.encode("windows-1252"), CAFE),
    (HTML + b"\r\nContent-Encoding: gzip", gzip.compress(CAFE.encode(), mtime=0), CAFE),
    (HTML + b"\r\nContent-Encoding: gzip", CAFE.encode(), CAFE),  # some crawlers undo it and keep the header
    (HTML + b"\r\nTransfer-Encoding: chunked", CHUNKED, "<p>Oil fell.</p>"),
    (HTML + b"\r\nTransfer-Encoding: chunked", CHUNKED.partition(b"2\r\n")[0], "<p>Oil fell.</"),
    (HTML + b"\r\nTransfer-Encoding: chunked", CHUNKED[:-8], "<p>Oil fell.</p"),
    (HTML + b"\r\nTransfer-Encoding: chunked", b"-6\r\n" + CAFE.encode(), f"-6\r\n{CAFE}"),
    (HTML + b"\r\nTransfer-Encoding: chunked", CAFE.encode(), CAFE),
    (HTML + b"\r\n: odd\r\nX: 1\r\nno colon", CAFE.encode(), CAFE),
]


@pytest.mark.parametrize(("headers", "body", "html"), ANSWERS)
def test_an_answer_tells_how_to_read_it(tmp_path: Path, headers: bytes, body: bytes, html: str) -> None:
    (tmp_path / "a.warc").write_bytes(answer(headers, body))
    (page,), failures, _ = taken(tmp_path / "a.warc")
    assert (page.html, failures) == (html, [])


PASSED_OVER = [
    (answer(HTML, b"<p>Gone.</p>", b"404 Not Found"), "an answer other than 200, passed over"),
    (answer(b"Content-Type: image/png", b"x"), "a record that is neither HTML nor plain text, passed over"),
    (record(1, kind="request"), "a record of type request, passed over"),
    (record(1, kind="warcinfo"), "a record of type warcinfo, passed over"),
]


@pytest.mark.parametrize(("one", "what"), PASSED_OVER)
def test_what_is_no_story_is_passed_over_and_counted(tmp_path: Path, one: bytes, what: str) -> None:
    (tmp_path / "a.warc").write_bytes(one + record(2))
    (page,), failures, notes = taken(tmp_path / "a.warc")
    assert (page.url, failures, notes.counts[what]) == ("https://news.example/2", [], 1)


BAD = [
    (answer(HTML + b"\r\nContent-Encoding: br", b"x"), "it is encoded as br, which is not read"),
    (
        answer(HTML + b"\r\nContent-Encoding: gzip", gzip.compress(CAFE.encode(), mtime=0)[:20]),
        "its gzip body is damaged",
    ),
    (
        answer(HTML + b"\r\nContent-Encoding: gzip", gzip.compress(bytes(25 << 20), mtime=0)),
        "it is longer than 20,971,520 bytes",
    ),
    (answer(HTML, b""), "no text"),
    (record(1, headers="WARC-Truncated: length\r\n"), "the crawler cut it (WARC-Truncated: length), and half a story"),
    (record(1, kind="rumour"), "its type is 'rumour', which no record has"),
    (record(1, headers="WARC-Block-Digest: sha1:AAAA\r\n"), "it does not fit its own checksum: it is damaged"),
    (record(1).replace(b"HTTP/1.1 200", b"GOPHER 2.0 2"), "it holds no HTTP answer"),
]


@pytest.mark.parametrize(("one", "reason"), BAD, ids=[reason[:30] for _, reason in BAD])
def test_a_record_that_cannot_be_read_costs_itself_alone(tmp_path: Path, one: bytes, reason: str) -> None:
    (tmp_path / "a.warc").write_bytes(record(0) + one + record(2))
    pages, (failure,), _ = taken(tmp_path / "a.warc")
    assert [page.url for page in pages] == ["https://news.example/0", "https://news.example/2"]
    assert failure.place == f"{tmp_path / 'a.warc'} record 2 (byte {len(record(0)):,})"
    assert failure.reason.startswith(reason)


def test_resources_and_plain_text(tmp_path: Path) -> None:
    text = record(2, kind="conversion", body=b"Oil fell.").replace(b"text/html", b"text/plain")
    (tmp_path / "a.warc").write_bytes(record(1, kind="resource") + text)
    pages, failures, _ = taken(tmp_path / "a.warc")
    assert (pages[0].text, pages[1].html, failures) == (None, None, [])
    assert pages[1].text == "Oil fell."


def test_a_digest_of_its_own_makes_a_record_verified(tmp_path: Path) -> None:
    block = record(1).partition(b"\r\n\r\n")[2][:-4]
    digest = base64.b32encode(hashlib.sha1(block, usedforsecurity=False).digest()).decode()
    (tmp_path / "a.warc").write_bytes(record(1, headers=f"WARC-Block-Digest: sha1:{digest}\r\n") + record(2))
    _, _, notes = taken(tmp_path / "a.warc")
    assert notes.counts[UNVERIFIED] == 1


def accounted(file: Path) -> tuple[int, int, bool]:
    """Records read, records skipped, and whether the file is marked as cut or as damaged to its end."""
    pages, failures, notes = taken(file)
    return len(pages), *skipped_of(failures, notes)


def skipped_of(failures: list[Failure], notes: Notebook) -> tuple[int, bool]:
    cut = [failure for failure in failures if "is cut" in failure.reason or "nothing behind" in failure.reason]
    passed = sum(notes.counts[what] for what in notes.counts if "passed over" in what)
    return len(failures) - len(cut) + passed, bool(cut)


@pytest.mark.parametrize(
    ("name", "step"),
    [
        ("a.warc.gz", 71),
        ("a.warc", 71),
        pytest.param("a.warc.gz", 1, marks=pytest.mark.slow),
        pytest.param("a.warc", 1, marks=pytest.mark.slow),
    ],
)
def test_a_cut_file_is_marked_and_what_came_before_is_read(tmp_path: Path, name: str, step: int) -> None:
    data, ends = warc(COUNT, packed=PACKED[name]), boundaries(PACKED[name])
    file = tmp_path / name
    for size in range(0, len(data), step):
        file.write_bytes(data[:size])
        read, skipped, cut = accounted(file)
        before = sum(0 < end <= size for end in ends)
        if size in ends and size:  # nothing in the file tells that it once was longer
            assert (read, skipped, cut) == (before, 0, False)
        elif size:
            assert (cut, skipped) == (True, 0)
            assert before <= read <= before + 1


@pytest.mark.parametrize("name", PACKED)
def test_of_a_flipped_bit_every_record_is_accounted_for(tmp_path: Path, name: str) -> None:
    data = warc(COUNT, packed=PACKED[name])
    file = tmp_path / name
    rng = Random(23)
    whole = {story(number) for number in range(COUNT)}
    lost = 0
    for _ in range(600):
        flipped = bytearray(data)
        flipped[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
        file.write_bytes(flipped)
        pages, failures, notes = taken(file)
        skipped, cut = skipped_of(failures, notes)
        assert len(pages) + skipped == COUNT or cut
        assert len(pages) >= COUNT - 2
        lost += len(pages) < COUNT
        if PACKED[name]:  # its members have checksums, so that nothing can be read wrongly
            assert {(page.html or "")[15:-18] for page in pages} <= whole
    assert lost > 30


def test_all_records_in_one_gzip_member(tmp_path: Path) -> None:
    data = gzip.compress(warc(COUNT, packed=False), mtime=0)
    file = tmp_path / "a.warc.gz"
    file.write_bytes(data)
    assert accounted(file) == (COUNT, 0, False)
    file.write_bytes(data[: len(data) // 2])
    read, _, cut = accounted(file)
    assert cut
    assert 30 < read < COUNT
    damaged = bytearray(data)
    damaged[-6] ^= 1  # in the checksum: any of them may be wrong
    file.write_bytes(damaged)
    assert accounted(file)[0] == 0


@pytest.mark.parametrize("name", [*PACKED, "one.warc.gz"])
def test_reading_goes_on_at_any_record(tmp_path: Path, name: str) -> None:
    data = warc(8, packed=PACKED.get(name, False))
    file = tmp_path / name
    file.write_bytes(gzip.compress(data) if name == "one.warc.gz" else data)
    (one,) = inputs([file])
    assert isinstance(one, Input)
    met = list(one.read(Plan()))
    assert len(met) == 8
    for place, item in enumerate(met):
        rest = [later.found for later in one.read(Plan(), item.mark)]
        assert [found.origin for found in rest if isinstance(found, Page)] == [
            later.found.origin for later in met[place + 1 :] if not isinstance(later.found, Failure)
        ]
