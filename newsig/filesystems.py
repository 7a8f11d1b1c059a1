"""Folders and files elsewhere: on S3 and other object stores, by their addresses.

pyarrow knows ``s3``, ``gs``, ``hdfs`` and ``file`` by itself; every other scheme is fsspec's, where it has the package
for it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from newsig.errors import StorageError

SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
"""How an address begins; one letter alone is a drive of Windows."""

BUCKETS = frozenset({"s3", "gcs", "abfs"})
"""What pyarrow calls stores that have no folders, where a file needs none to lie in."""

SECRETS = re.compile(r"(?<=://)[^/@]*@|\?.*$", re.DOTALL)
"""Where an address may hold what is nobody's business: a key before the host, and what follows a question mark."""


def is_address(path: object) -> bool:
    """Whether a path is an address of another store, not one of this machine's.

    >>> is_address("s3://news/2024/"), is_address("/news/2024"), is_address("C:/news")
    (True, False, False)
    """
    return SCHEME.match(str(path)) is not None


def shown_address(address: str) -> str:
    """An address as people may see it, without keys.

    >>> shown_address("s3://key:secret@news/2024?endpoint_override=localhost")
    's3://news/2024'
    """
    return SECRETS.sub("", address)


@lru_cache
def opened(address: str) -> tuple[Any, str]:
    """The pyarrow filesystem of an address or of a path on this machine, and the path within it.

    Raises:
        StorageError: nobody knows its scheme, or it cannot be opened.
    """
    import pyarrow
    from pyarrow import fs

    try:
        if not is_address(address):
            return fs.LocalFileSystem(), address
        try:
            return fs.FileSystem.from_uri(address)  # type: ignore[no-any-return]
        except pyarrow.ArrowInvalid:
            return _by_fsspec(address)
    except (ImportError, ValueError, OSError) as error:
        words = (str(error).splitlines() or [type(error).__name__])[0]
        raise StorageError(f"{shown_address(address)} cannot be opened: {words}") from error


def _by_fsspec(address: str) -> tuple[Any, str]:
    from fsspec.core import url_to_fs
    from pyarrow import fs

    found, path = url_to_fs(address)
    return fs.PyFileSystem(fs.FSSpecHandler(found)), path
