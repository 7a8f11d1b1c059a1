"""The names of time zones as pages print them, and which of them leave no doubt."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

AT_SEA = {"utc": 0, "gmt": 0, "ut": 0, "z": 0}
"""Names of the same offset all year."""
SEASONAL = {
    "est": (-5, "America/New_York"), "edt": (-4, "America/New_York"),
    "cdt": (-5, "America/Chicago"),
    "mst": (-7, "America/Phoenix"), "mdt": (-6, "America/Denver"),
    "pst": (-8, "America/Los_Angeles"), "pdt": (-7, "America/Los_Angeles"),
    "cet": (1, "Europe/Paris"), "cest": (2, "Europe/Paris"), "eest": (3, "Europe/Athens"), "eet": (2, "Europe/Athens"),
    "jst": (9, "Asia/Tokyo"), "kst": (9, "Asia/Seoul"), "hkt": (8, "Asia/Hong_Kong"), "sgt": (8, "Asia/Singapore"),
    "msk": (3, "Europe/Moscow"), "aest": (10, "Australia/Brisbane"), "aedt": (11, "Australia/Sydney"),
    "nzst": (12, "Pacific/Auckland"), "nzdt": (13, "Pacific/Auckland"),
}  # fmt: skip
"""Names with hours east of Greenwich, and a place whose clocks must agree: "EST" in July is somebody's slip, and nobody
can tell whether the clock or the name is wrong. BST, IST and CST mean several zones each, so they are not here."""
LOCAL = {
    "et": "America/New_York", "eastern": "America/New_York", "eastern time": "America/New_York",
    "us/eastern": "America/New_York", "pt": "America/Los_Angeles", "pacific time": "America/Los_Angeles",
    "central european time": "Europe/Paris", "eastern daylight time": "America/New_York",
    "coordinated universal time": "UTC", "greenwich mean time": "UTC",
}  # fmt: skip
"""Names of a place's own time, whatever the season."""


def zone_of(name: str, clock: datetime) -> tzinfo | None:
    """The zone that a name means at a local time, null where it may mean another.

    >>> july = datetime(2024, 7, 17, 8, 2)
    >>> zone_of("EDT", july).utcoffset(None), zone_of("EST", july), zone_of("BST", july)
    (datetime.timedelta(days=-1, seconds=72000), None, None)
    """
    name = " ".join(name.lower().strip(" ()").split())
    if name in AT_SEA:
        return UTC
    if name in SEASONAL:
        hours, place = SEASONAL[name]
        offset = timedelta(hours=hours)
        return timezone(offset) if offset in _offsets(place, clock) else None
    if name in LOCAL:
        offsets = _offsets(LOCAL[name], clock)
        return timezone(offsets.pop()) if len(offsets) == 1 else None
    return None


def _offsets(place: str, clock: datetime) -> set[timedelta]:
    """The offsets that the clocks of a place may have had at a local time: two in the hour that is there twice."""
    try:
        zone = ZoneInfo(place)
    except ZoneInfoNotFoundError:
        return set()
    found = (clock.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1))
    return {offset for offset in found if offset is not None}
