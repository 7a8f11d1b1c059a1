"""Zip and tar: their members are read as streams, one after the other, and never written anywhere.

A member's name is only ever shown, and looked at for its ending.
"""

from __future__ import annotations

import struct
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import BinaryIO, cast

from newsig.collect.archives.formats import FORMATS, ending, format_of, guarded, read_part
from newsig.collect.archives.parts import Found, Met, Part, failure, named, shown
from newsig.collect.archives.streams import UNREADABLE, Metered, Slice, TooLong, buffered
from newsig.errors import ReadError
from newsig.records import Mark

RATIO = 250
"""How many times its size a member or archive may inflate to beyond `FREE`; text stays far below."""

FREE = 64 * 1024 * 1024
MEMBERS = 1_000_000
ARCHIVES = (".zip", ".tar", ".tgz", ".tbz2", ".txz")
TAR_PACKED = {".tgz": ".gz", ".tbz2": ".bz2", ".txz": ".xz"}
BROKEN = (*UNREADABLE, zipfile.BadZipFile, NotImplementedError, RuntimeError, struct.error, ValueError, OverflowError)
"""What `zipfile` raises for members that are damaged, encrypted, or packed in a way that it does not know."""


@dataclass(frozen=True, slots=True)
class Member:
    """A member: its name, and its stream or why it has none."""

    name: str
    open: Callable[[], BinaryIO] | None
    refused: str = ""


def is_archive(name: str) -> bool:
    """Whether a file of this name holds others."""
    return ending(name)[0] in ARCHIVES


def zip_archive(part: Part) -> Found:
    """The articles of a zip archive's members, in its order."""
    try:
        archive = zipfile.ZipFile(part.stream)
    except BROKEN as error:
        raise ReadError(f"no zip archive that can be read ({error}): get it anew") from error
    with archive:
        if len(archive.infolist()) > MEMBERS:
            raise ReadError(f"it has more than {MEMBERS:,} members: unpack it first")
        yield from _members(part, (_zipped(archive, info) for info in archive.infolist() if not info.is_dir()))


def _zipped(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Member:
    if info.flag_bits & 1:
        return Member(info.filename, None, "is encrypted")
    if (info.external_attr >> 16) & 0o170000 == 0o120000:
        return Member(info.filename, None, "is a link")
    limit = FREE + RATIO * info.compress_size
    return Member(info.filename, lambda: buffered(Metered(cast("BinaryIO", archive.open(info)), limit)))


def tar_archive(part: Part) -> Found:
    """The articles of a tar archive's members, in its order; ``part.stream`` is decompressed already."""
    limit = FREE + RATIO * part.size if part.size is not None else FREE * RATIO
    stream = Metered(part.stream, limit)
    try:
        with tarfile.TarFile(fileobj=stream) as archive:
            yield from _members(part, _tarred(archive, stream))
    except tarfile.TarError as error:
        raise ReadError(f"no tar archive that can be read from here on ({error}): get it anew") from error


def _tarred(archive: tarfile.TarFile, stream: Metered) -> Iterator[Member]:
    for count, info in enumerate(iter(archive.next, None)):
        archive.members = []  # type: ignore[attr-defined] # else it remembers every member that it passed
        if count >= MEMBERS:
            raise ReadError(f"it has more than {MEMBERS:,} members: unpack it first")
        if info.issym() or info.islnk():
            yield Member(shown(info.name), None, "is a link")
        elif info.isreg() and not info.issparse():
            yield Member(shown(info.name), partial(_contents, stream, info))
        elif not info.isdir():
            yield Member(shown(info.name), None, "is a sparse file" if info.isreg() else "is a device or pipe")
    if stream.last != bytes(tarfile.BLOCKSIZE):  # a damaged header ends it in silence, and so does the end of the file
        raise ReadError(f"cut or damaged at byte {archive.offset:,}: nothing behind it was read: get it anew")


def _contents(stream: Metered, info: tarfile.TarInfo) -> BinaryIO:
    # not tarfile's own: it gives what is left of a member that is cut for the whole
    stream.seek(info.offset_data)
    return buffered(Slice(cast("BinaryIO", stream), info.size))


def _members(part: Part, members: Iterator[Member]) -> Found:
    """The articles of members from the start on; those that were passed over are one failure, at the end."""
    number = part.start.number - part.start.within
    passed: list[str] = []
    place = count = 0
    for count, member in enumerate(members, 1):
        place = count - 1
        if _is_hidden(member.name):
            continue
        why = _passed_over(member)
        if why:
            passed.append(f"{member.name} ({why})" if len(passed) < 5 else "")
            continue
        if place < part.start.offset:
            continue
        within = part.start.within if place == part.start.offset else 0
        taken = 0
        for taken, met in enumerate(guarded(f"{part.place}: {member.name}", partial(_read, part, member)), 1):
            if taken > within:
                mark = Mark(offset=place, within=taken, number=number + taken)
                yield replace(met, mark=mark)
        number += taken
    if passed and part.start.offset <= count:
        mark = Mark(offset=count + 1, number=number + 1)
        yield Met(found=failure(part.place, f"not read: {named(passed)}"), mark=mark)


def _is_hidden(name: str) -> bool:
    """Whether a member is hidden, as those are that Macs add, or a folder as some programs of Windows write it."""
    parts = name.replace("\\", "/").split("/")
    return not parts[-1] or any(one == "__MACOSX" or (one.startswith(".") and one.strip(".")) for one in parts)


def _passed_over(member: Member) -> str:
    if member.open is None:
        return member.refused
    if is_archive(member.name):
        return "is an archive within an archive: unpack it first"
    return "" if format_of(member.name) else f"is none of {', '.join(FORMATS)}"


def _read(part: Part, member: Member) -> Found:
    try:
        stream = member.open() if member.open else None
    except BROKEN as error:
        raise ReadError(f"cannot be read ({error})") from error
    if stream is None:
        raise ReadError("cannot be read")
    with stream:
        inner = replace(
            part,
            stream=stream,
            place=f"{part.place}: {member.name}",
            name=member.name.rpartition("/")[2],
            start=Mark(),
            direct=False,
            size=None,
        )
        try:
            yield from read_part(inner)
        except TooLong:
            raise
        except (zipfile.BadZipFile, tarfile.TarError, NotImplementedError, RuntimeError, struct.error) as error:
            raise ReadError(f"it is damaged ({error}): get the archive anew") from error
