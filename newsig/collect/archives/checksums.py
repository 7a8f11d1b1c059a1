"""What a file is by its bytes: its sha256, what it began as, and whether it is what a list of checksums says."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path, PurePosixPath

LISTS = ("SHA256SUMS", "SHA256SUMS.txt", "sha256sums.txt", "sha256sum.txt")
"""Lists of checksums that stand for their folder; a list for one file has its name with ``.sha256``."""

LINE = re.compile(r"([0-9a-fA-F]{64})(?:\s+\*?(.+))?")
PIECE = 1024 * 1024
LONGEST = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """The bytes of a file: how many, their sha256, and those of its beginnings of certain sizes."""

    size: int
    digest: str
    beginnings: dict[int, str]


def content_of(path: Path, sizes: Iterable[int] = ()) -> Content:
    """Read a file through, for its sha256 and that of its first bytes, as many as each of ``sizes`` says.

    Raises:
        OSError: it cannot be read.
    """
    wanted = deque(sorted(set(sizes)))
    whole, size, beginnings = sha256(), 0, {}
    with path.open("rb") as file:
        while True:
            while wanted and wanted[0] <= size:
                beginnings[size] = whole.hexdigest()
                wanted.popleft()
            data = file.read(min(PIECE, wanted[0] - size) if wanted else PIECE)
            if not data:
                break
            whole.update(data)
            size += len(data)
    return Content(size=size, digest=whole.hexdigest(), beginnings=beginnings)


def is_checksums(path: Path) -> bool:
    """Whether a file is a list of checksums."""
    return path.name in LISTS or path.suffix.lower() == ".sha256"


def listed_digest(path: Path) -> tuple[str, str] | None:
    """The sha256 that a list beside a file gives for it, with the name of that list."""
    for name in (f"{path.name}.sha256", f"{path.stem}.sha256", *LISTS):
        beside = path.with_name(name)
        if beside != path and beside.is_file():
            digests = _digests(beside, beside.stat().st_mtime_ns)
            if name not in LISTS:  # it is of one file, wherever that stood when the list was made
                digests = {PurePosixPath(listed).name: digest for listed, digest in digests.items()}
            if digest := digests.get(path.name) or (digests.get("") if name not in LISTS else None):
                return digest, name
    return None


@lru_cache(maxsize=16)
def _digests(beside: Path, _changed: int) -> dict[str, str]:
    """The digests of a list by the paths of files, seen from it; under no name where the list is of one file."""
    with beside.open("rb") as file:
        lines = file.read(LONGEST).decode("utf-8", "replace").splitlines()
    found = [match for line in lines if (match := LINE.fullmatch(line.strip()))]
    return {(match[2] or "").replace("\\", "/").removeprefix("./"): match[1].lower() for match in found}
