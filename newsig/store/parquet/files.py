"""Blocks of articles ↔ files: a block is what one worker works on, and becomes one file of one partition."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256

from newsig.errors import StorageError
from newsig.records import Article, Failure, Findings
from newsig.store.parquet.folder import STAGED, Folder, digest, partition
from newsig.store.parquet.manifest import Written
from newsig.store.parquet.shape import Filed, from_table, to_table

COMPRESSION = "zstd"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Articles of one ``day`` that belong into one file; ``number`` is its place among the blocks of a reading."""

    day: date | None
    filed: tuple[Filed, ...]
    number: int = 0

    @property
    def articles(self) -> list[tuple[int, Article]]:
        """Those that wait for their findings, with their places."""
        return [(n, one.article) for n, one in enumerate(self.filed) if one.article is not None and one.failure is None]

    @property
    def failures(self) -> tuple[Failure, ...]:
        """Why there are no findings of some."""
        return tuple(one.failure for one in self.filed if one.failure is not None)

    def path(self, fingerprint: str) -> str:
        """Its file within the folder: the same articles, worked on by the same thing, have the same name."""
        names = b"".join(key(one) for one in self.filed)
        return f"{partition(self.day)}/{sha256(fingerprint.encode() + names).hexdigest()[:32]}.parquet"

    def answered(self, found: Sequence[tuple[int, Findings | Failure]]) -> Block:
        """The block with what came of its articles, by their places."""
        filed = list(self.filed)
        for place, one in found:
            told = {"failure": one} if isinstance(one, Failure) else {"findings": one}
            filed[place] = replace(filed[place], **told)
        return replace(self, filed=tuple(filed))


def key(filed: Filed) -> bytes:
    """What tells one row from all others of a fingerprint: which article it is, and which version; 16 bytes."""
    return _key(filed.article.id if filed.article else None, filed.version)


def _key(article: str | None, version: str) -> bytes:
    return sha256(f"{article or ''}\0{version}".encode()).digest()[:16]


def write_block(folder: Folder, block: Block, fingerprint: str) -> Written:
    """Write the file of a block that is answered.

    Raises:
        StorageError: it cannot be written.
    """
    data = to_bytes(block.filed, fingerprint)
    folder.write(block.path(fingerprint), data)
    return written(block, data, fingerprint)


def written(block: Block, data: bytes, fingerprint: str, at: datetime | None = None) -> Written:
    """What a manifest says of the file of a block, whose bytes are ``data``."""
    return Written(
        path=block.path(fingerprint),
        sha256=digest(data),
        rows=len(block.filed),
        failures=len(block.failures),
        fingerprint=fingerprint,
        at=at,
        number=block.number,
    )


def block_of(data: bytes, path: str) -> tuple[Block, str]:
    """The block of a file, and the fingerprint of its rows; ``path`` ends in its partition and its name.

    Raises:
        StorageError: the file is damaged, or none of ours.
    """
    filed, fingerprint = from_bytes(data, path)
    day = path.split("/")[-2]
    known = None if day == partition(None) else date.fromisoformat(day.removeprefix("day="))
    return Block(day=known, filed=filed), fingerprint


def stage_block(folder: Folder, block: Block, fingerprint: str) -> str:
    """Lay a block ready for a worker elsewhere; gives the path within the folder by which `staged_block` finds it.

    Raises:
        StorageError: it cannot be written.
    """
    path = f"{STAGED}/{block.number:08}/{block.path(fingerprint)}"
    folder.write(path, to_bytes(block.filed, fingerprint))
    return path


def staged_block(folder: Folder, path: str) -> Block:
    """The block that was laid ready.

    Raises:
        StorageError: it cannot be read.
    """
    block, _ = block_of(folder.read(path) or b"", path)
    return replace(block, number=int(path.split("/")[-3]))


def to_bytes(filed: Sequence[Filed], fingerprint: str) -> bytes:
    """A Parquet file; every page of it has a checksum."""
    import pyarrow.parquet

    sink = io.BytesIO()
    table = to_table(filed, fingerprint)
    pyarrow.parquet.write_table(table, sink, compression=COMPRESSION, write_page_checksum=True)
    return sink.getvalue()


def from_bytes(data: bytes, place: str) -> tuple[tuple[Filed, ...], str]:
    """What a file holds, the checksums of its pages verified, and the fingerprint of its rows.

    Raises:
        StorageError: it is damaged, or none of ours.
    """
    import pyarrow
    import pyarrow.parquet

    try:
        table = pyarrow.parquet.read_table(io.BytesIO(data), page_checksum_verification=True, partitioning=None)
        (fingerprint,) = table["fingerprint"].unique().to_pylist()
        return tuple(from_table(table)), fingerprint
    except (pyarrow.ArrowException, OSError, ValueError, KeyError, TypeError) as error:
        raise _unreadable(place, error) from error


def keys_in(data: bytes, place: str) -> list[bytes]:
    """The `key` of every row of a file.

    Raises:
        StorageError: as for `from_bytes`.
    """
    import pyarrow
    import pyarrow.parquet

    try:
        table = pyarrow.parquet.read_table(
            io.BytesIO(data), columns=["id", "version"], page_checksum_verification=True, partitioning=None
        )
        return [_key(row["id"], row["version"]) for row in table.to_pylist()]
    except (pyarrow.ArrowException, OSError, ValueError, KeyError) as error:
        raise _unreadable(place, error) from error


def _unreadable(place: str, error: Exception) -> StorageError:
    words = (str(error).splitlines() or [type(error).__name__])[0]
    return StorageError(f"{place} holds no findings that can be read: {words}")
