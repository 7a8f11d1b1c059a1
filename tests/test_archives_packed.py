"""Zip and tar: streamed, bounded, and never written anywhere."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import os
import stat
import subprocess
import sys
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pyarrow
import pytest

from newsig.collect.archives import Input, inputs
from newsig.collect.archives.parts import Plan
from newsig.records import Failure, Page
from tests.archive_files import json_lines, story, warc, zipped
from tests.test_archives_fields import taken

STORY = json_lines([{"id": "a", "text": story(1)}, {"id": "b", "text": story(2)}])
MEMBERS = {
    "__MACOSX/one/._a.jsonl": b"\0\5\x16\7",
    "one/.DS_Store": b"\0\0\0\1Bud1",
    "one\\": b"",
    "./one/a.jsonl": STORY,
    "b.txt": story(3).encode(),
    "c.html": b"<p>Oil fell.</p>",
    "d.warc": warc(2, packed=True),
}


def tarred(members: dict[str, bytes], *odd: tarfile.TarInfo) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for info in odd:
            archive.addfile(info)
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return packed.getvalue()


ARCHIVES: dict[str, Callable[[dict[str, bytes]], bytes]] = {
    "a.zip": zipped,
    "a.tar": tarred,
    "a.tar.gz": lambda members: gzip.compress(tarred(members)),
    "a.tgz": lambda members: gzip.compress(tarred(members)),
    "a.tar.bz2": lambda members: bz2.compress(tarred(members)),
    "a.tar.xz": lambda members: lzma.compress(tarred(members)),
    "a.tar.zst": lambda members: pyarrow.compress(tarred(members), codec="zstd", asbytes=True),
}


@pytest.mark.parametrize("name", ARCHIVES)
def test_members_are_read_as_files_are(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_bytes(ARCHIVES[name](MEMBERS))
    pages, failures, _ = taken(file)
    assert not failures
    places = ["./one/a.jsonl line 1", "./one/a.jsonl line 2", "b.txt", "c.html"]
    assert [page.origin for page in pages[:4]] == [f"{file}: {place}" for place in places]
    assert [page.url for page in pages[4:]] == ["https://news.example/0", "https://news.example/1"]


@pytest.mark.parametrize("name", ["a.zip", "a.tar.gz"])
def test_reading_goes_on_within_a_member(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_bytes(ARCHIVES[name](MEMBERS | {"e.pdf": b"%PDF"}))
    (one,) = inputs([file])
    assert isinstance(one, Input)
    met = list(one.read(Plan()))
    assert len(met) == 7
    for place, item in enumerate(met):
        assert [rest.found for rest in one.read(Plan(), item.mark)] == [rest.found for rest in met[place + 1 :]]


def odd(name: str, kind: bytes, link: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, link
    return info


EVIL_NAMES = ["../../escaped.txt", "/tmp/escaped.txt", "C:\\escaped.txt", "a/../../b.txt", "nul\x01l.txt"]  # noqa: S108


def everything(folder: Path) -> set[tuple[str, int]]:
    return {(str(path), path.lstat().st_size) for path in folder.rglob("*")}


def test_names_that_lead_elsewhere_are_names_only(tmp_path: Path) -> None:
    members = {name: story(n).encode() for n, name in enumerate(EVIL_NAMES)}
    inside = tmp_path / "deep" / "down"
    inside.mkdir(parents=True)
    (inside / "a.zip").write_bytes(zipped(members))
    links = (odd("link.txt", tarfile.SYMTYPE, "/etc/passwd"), odd("hard.txt", tarfile.LNKTYPE, "../../x"))
    devices = (odd("null.txt", tarfile.CHRTYPE), odd("pipe.txt", tarfile.FIFOTYPE))
    (inside / "a.tar").write_bytes(tarred(members, *links, *devices))
    before = everything(tmp_path)
    for name in ("a.zip", "a.tar"):
        pages, failures, _ = taken(inside / name)
        assert [page.text for page in pages] == [story(n) for n in range(len(members))]
    assert everything(tmp_path) == before
    links_told = "link.txt (is a link), hard.txt (is a link)"
    devices_told = "null.txt (is a device or pipe), pipe.txt (is a device or pipe)"
    assert [failure.reason for failure in failures] == [f"not read: {links_told}, {devices_told}"]


def test_links_encrypted_and_nested_members_are_told(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    file = tmp_path / "a.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(link, "/etc/passwd")
        archive.writestr("inner.zip", zipped({"a.txt": b"hidden"}))
        archive.writestr("inner.tar.gz", b"")
        archive.writestr("secret.txt", "hidden")
        archive.writestr("a.txt", "Oil fell.")
    data = bytearray(file.read_bytes())
    for mark in (b"PK\x01\x02", b"PK\x03\x04"):  # the flag that says that a member is encrypted
        start = 0
        while (at := data.find(mark, start)) >= 0:
            name_at = at + (46 if mark == b"PK\x01\x02" else 30)
            if data[name_at : name_at + 6] == b"secret":
                data[at + (8 if mark == b"PK\x01\x02" else 6)] |= 1
            start = at + 4
    file.write_bytes(data)
    pages, (failure,), _ = taken(file)
    assert [page.text for page in pages] == ["Oil fell."]
    nested = "is an archive within an archive: unpack it first"
    assert failure.reason == (
        f"not read: link.txt (is a link), inner.zip ({nested}), inner.tar.gz ({nested}), secret.txt (is encrypted)"
    )


BOUNDED = """
import resource, sys
from newsig.collect.archives import Plan, inputs
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
(one,) = inputs([sys.argv[1]])
found = [type(met.found).__name__ for met in one.read(Plan())]
after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(found.count("Page"), found.count("Failure"), (after - before) // 1024)
"""


def read_apart(file: Path) -> tuple[int, int, int]:
    """Pages, failures, and the megabytes of memory that reading took at most, in a process of its own."""
    done = subprocess.run([sys.executable, "-c", BOUNDED, str(file)], capture_output=True, check=True, text=True)  # noqa: S603
    pages, failures, size = map(int, done.stdout.split())
    return pages, failures, size


def zeros(name: str) -> bytes:
    size = 200 * 1024 * 1024
    if name.endswith(".zip"):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("a.jsonl", "w") as member:
            for _ in range(size // (1 << 20)):
                member.write(bytes(1 << 20))
        return packed.getvalue()
    info = tarfile.TarInfo("a.jsonl")
    info.size = size
    compressor = zlib.compressobj(9, zlib.DEFLATED, 31)
    pieces = [compressor.compress(info.tobuf())]
    pieces += [compressor.compress(bytes(1 << 20)) for _ in range(size >> 20)]
    return b"".join((*pieces, compressor.compress(bytes(1024)), compressor.flush()))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no resource module")
@pytest.mark.parametrize("name", ["a.zip", "a.tar.gz"])
def test_zeros_without_end_cost_little_memory(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_bytes(zeros(name))
    assert file.stat().st_size < 250_000
    pages, failures, megabytes = read_apart(file)
    assert (pages, failures) == (0, 1 if name == "a.zip" else 2)  # of tar the member, and what is behind it
    assert megabytes < 120


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no resource module")
def test_a_hundred_thousand_members(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "a.tar", "w") as archive:
        for number in range(100_000):
            info = tarfile.TarInfo(f"{number}.txt" if number % 100 == 0 else f"{number}.bin")
            info.size = 1
            archive.addfile(info, io.BytesIO(b"x"))
    pages, failures, megabytes = read_apart(tmp_path / "a.tar")
    assert (pages, failures) == (1000, 1)
    assert megabytes < 60


def test_a_header_that_wants_gigabytes_is_refused(tmp_path: Path) -> None:
    info = tarfile.TarInfo("x")
    info.type, info.size = tarfile.XHDTYPE, 4 << 30
    (tmp_path / "a.tar").write_bytes(info.tobuf() + bytes(2048))
    pages, (failure,), _ = taken(tmp_path / "a.tar")
    assert (pages, failure.place) == ([], str(tmp_path / "a.tar"))


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tar.gz"])
@pytest.mark.parametrize("share", [0.1, 0.25, 0.5, 0.7, 0.9])
def test_a_cut_archive_is_told(tmp_path: Path, name: str, share: float) -> None:
    data = ARCHIVES[name]({f"{n}.txt": story(n).encode() * 50 for n in range(40)})
    file = tmp_path / name
    file.write_bytes(data[: int(len(data) * share)])
    pages, failures, _ = taken(file)
    assert len(pages) < 40
    assert failures


def test_sizes_that_lie_are_damage(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": story(1).encode() * 20, "b.txt": story(2).encode()}))
    central = data.index(b"PK\x01\x02")
    data[central + 24 : central + 28] = (0xFFFFFFF0).to_bytes(4, "little")
    (tmp_path / "a.zip").write_bytes(data)
    pages, failures, _ = taken(tmp_path / "a.zip")
    assert "b.txt" in pages[-1].origin
    assert len(pages) + len(failures) == 2


def test_flipped_bits_in_a_zip_archive_are_never_silent(tmp_path: Path) -> None:
    members = {f"{n}.txt": story(n).encode() for n in range(20)}
    data = zipped(members)
    file = tmp_path / "a.zip"
    whole = [story(n) for n in range(20)]
    for place in range(0, len(data) * 8, 97):
        flipped = bytearray(data)
        flipped[place // 8] ^= 1 << place % 8
        file.write_bytes(flipped)
        pages, failures, _ = taken(file)
        assert failures or [page.text for page in pages] == whole


def test_an_archive_of_every_kind_of_nonsense_ends_in_sentences(tmp_path: Path) -> None:
    for name in ("a.zip", "a.tar", "a.tgz", "a.tar.zst", "a.tar.xz", "a.parquet", "a.warc.gz", "a.xml"):
        for data in (b"", b"nonsense" * 100, os.urandom(2000)):
            (tmp_path / name).write_bytes(data)
            pages, failures, _ = taken(tmp_path / name)
            assert (pages, len(failures)) == ([], 1), (name, data[:10])


def test_members_in_json_say_the_same_as_files(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps([{"text": "One."}]))
    (tmp_path / "b.zip").write_bytes(zipped({"a.json": (tmp_path / "a.json").read_bytes()}))
    (alone,), _, _ = taken(tmp_path / "a.json")
    (packed,), _, _ = taken(tmp_path / "b.zip")
    assert isinstance(alone, Page | Failure)
    assert (alone.id, alone.text) == (packed.id, packed.text)
