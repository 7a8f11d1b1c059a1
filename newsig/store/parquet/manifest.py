"""The list of a folder's files with their checksums: what is not in it, or not as it says, is not taken for whole."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime

from newsig.errors import StorageError
from newsig.store.parquet.folder import Folder, digest

NAME = "_manifest.json"

FORMAT = 1
"""Raised by one when files written before can no longer be read."""

AGAIN = "run the same `newsig batch` again, which goes on where it was cut"


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A file: its ``path`` within the folder, checksum, and how many ``rows`` it has, ``failures`` among them.

    ``at`` is when the command began that its articles came in with, ``number`` where they stood in what that read.
    """

    path: str
    sha256: str
    rows: int
    failures: int
    fingerprint: str
    at: datetime | None = None
    number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The files of a folder by their paths, and what each fingerprint among them stands for, the latest last."""

    files: Mapping[str, Written] = field(default_factory=dict)
    fingerprints: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def in_order(self) -> list[Written]:
        """The files in the order in which their articles came."""
        return sorted(self.files.values(), key=lambda one: (one.at.isoformat() if one.at else "", one.number))


def read_manifest(folder: Folder) -> Manifest | None:
    """The list of a folder; None where it has none.

    Raises:
        StorageError: it cannot be read, is damaged, or was written by a newer newsig.
    """
    data = folder.read(NAME)
    if data is None:
        return None
    try:
        told = json.loads(data)
        if told["format"] > FORMAT:
            raise StorageError(f"{folder.shown} was written by a newer newsig: upgrade newsig")
        files = [replace(Written(**one), at=datetime.fromisoformat(one["at"])) for one in told["files"]]
        return Manifest(files={one.path: one for one in files}, fingerprints=dict(told["fingerprints"]))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise StorageError(
            f"{folder.shown}/{NAME} is damaged: restore it from a copy, or remove it and {AGAIN}"
        ) from error


def write_manifest(folder: Folder, manifest: Manifest) -> None:
    """Write the list of a folder, in place of what is there.

    Raises:
        StorageError: it cannot be written.
    """
    files = [asdict(one) | {"at": one.at and one.at.isoformat()} for one in manifest.in_order()]
    told = {"format": FORMAT, "fingerprints": manifest.fingerprints, "files": files}
    folder.write(NAME, (json.dumps(told, indent=1, ensure_ascii=False) + "\n").encode())


def checked(folder: Folder, listed: Written) -> bytes:
    """The bytes of a file of a list.

    Raises:
        StorageError: it is not there, cannot be read, or is not what the list says.
    """
    data = folder.read(listed.path)
    if data is None:
        raise StorageError(f"{folder.shown}/{listed.path} is in the manifest, but not there: {AGAIN}")
    if digest(data) != listed.sha256:
        raise StorageError(
            f"{folder.shown}/{listed.path} is damaged: its sha256 is not what the manifest says; remove it and {AGAIN}"
        )
    return data


def verified(folder: Folder) -> Manifest:
    """The list of a folder that is whole: all its files are there as it says, and no others.

    Raises:
        StorageError: it is not; the first thing that is wrong.
    """
    manifest = read_manifest(folder)
    if manifest is None:
        raise StorageError(f"there is no {NAME} in {folder.shown}: name a folder of `newsig batch`, or {AGAIN}")
    unlisted = [path for path in folder.paths() if path not in manifest.files]
    if unlisted:
        raise StorageError(f"{folder.shown}/{unlisted[0]} is not in the manifest: {AGAIN}")
    for one in manifest.files.values():
        checked(folder, one)
    return manifest
