"""The zone that the reader lives in, as far as this computer tells."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

LINK = Path("/etc/localtime")
"""On Unix, a link into the zone database."""

ROOT = "zoneinfo/"


def local_zone(note: Callable[[str], None], environ: Mapping[str, str] = os.environ, link: Path = LINK) -> ZoneInfo:
    """The zone that ``TZ`` or else the system names; UTC where neither does, which is said through ``note``."""
    for name in _names(environ, link):
        try:
            return ZoneInfo(name)
        except (ValueError, KeyError, OSError):  # no name of a zone, an unknown one, or a folder of zones
            continue
    note("the zone of this computer is not known, so the day is that of UTC: choose another with --tz")
    return ZoneInfo("UTC")


def _names(environ: Mapping[str, str], link: Path) -> Iterator[str]:
    yield environ.get("TZ", "").removeprefix(":").rpartition(ROOT)[2]
    yield str(link.resolve()).rpartition(ROOT)[2]
