"""A date as an archive writes it → what can be known of it, and why not more."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from itertools import chain
from zoneinfo import ZoneInfo

from newsig.collect.dates import feed_date
from newsig.records import DateDoubt

FORMATS = (
    *("%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%d %b %Y", "%Y/%m/%d", "%Y.%m.%d"),
    *("%Y/%m/%d %H:%M", "%Y/%m/%d %H:%M:%S", "%Y-%m-%d %H:%M:%S UTC", "%Y-%m-%d %H:%M:%S %Z", "%Y-%m-%d %H:%M:%S %z"),
    *("%B %d, %Y %I:%M %p", "%b %d, %Y %I:%M %p", "%B %d, %Y, %I:%M %p", "%B %d, %Y %H:%M", "%b %d, %Y %H:%M"),
)
"""Ways of writing a date that can mean one day only; 7/8/2024 is none of them."""

DIGITS = {8: "%Y%m%d", 14: "%Y%m%d%H%M%S"}
"""How a date of digits alone is read, by their number; any other number of them is no date."""

EPOCHS = {"epoch": 1.0, "epoch_ms": 1000.0}
"""Names in a mapping for seconds and milliseconds since 1970, which are in UTC by their nature."""

EARLIEST = 1800
CLOCK = re.compile(r"\d:\d\d|T\d{4}")
NAMED_ZONE = re.compile(r"\d\s*[A-Z]{2,5}\s*$")
HALF_DAYS = re.compile(r"\d\s*[AP]M\s*$", re.IGNORECASE)
LONGEST = 100
"""Characters of a date as written that are kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A date: what is known, as it was written, and why ``when`` tells less than that; as in `newsig.records.Page`."""

    when: date | datetime | None = None
    text: str | None = None
    doubt: DateDoubt | None = None


def stated(
    value: object,
    *,
    formats: Sequence[str] = (),
    zone: ZoneInfo | None = None,
    utc: bool = False,
    latest: datetime | None = None,
) -> Stated:
    """What a field says of a date.

    ``formats`` are those of `datetime.strptime`, or ``epoch`` and ``epoch_ms``. A time without a zone is in ``zone``
    where the user says so, in UTC where its field's name does (``utc``), and otherwise the day alone is known. What
    lies more than a day after ``latest`` cannot be.

    >>> stated("2024-07-18 02:26").doubt, stated("7/8/2024").doubt, stated("1721269560", formats=["epoch"]).when.hour
    ('no_zone', 'unreadable', 2)
    """
    if value is None or value == "":
        return Stated()
    text = "".join(sign for sign in str(value)[:LONGEST].strip() if sign.isprintable())
    try:
        when = _parsed(value, text, formats)
        when, doubt = _placed(when, text, zone or (UTC if utc else None))
        if _impossible(when, latest):
            return Stated(text=text, doubt="out_of_range")
        return Stated(when=when, text=text, doubt=doubt)
    except OverflowError:
        return Stated(text=text, doubt="out_of_range")
    except ValueError:
        return Stated(text=text, doubt="unreadable")


def _parsed(value: object, text: str, formats: Sequence[str]) -> date | datetime:
    """The day or moment, a moment without its zone where none is certain."""
    if isinstance(value, datetime | date):
        return value
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ValueError("no date")
    when = next(chain(_by_formats(text, formats), _usual(text)), None)
    if when is None:
        raise ValueError("no date")
    return when


def _by_formats(text: str, formats: Sequence[str]) -> Iterator[date | datetime]:
    for written in formats:
        try:
            if written in EPOCHS:
                yield datetime.fromtimestamp(0, UTC) + timedelta(seconds=float(text) / EPOCHS[written])
            else:
                yield _day_alone(datetime.strptime(text, written), written)
        except ValueError:
            continue


def _usual(text: str) -> Iterator[date | datetime]:
    if text.isdecimal():
        yield from _by_formats(text, [DIGITS[len(text)]] if len(text) in DIGITS else [])
        return
    with suppress(ValueError):
        yield date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
    yield from _by_formats(text, FORMATS)
    try:
        when = feed_date(text)
    except ValueError:
        return
    if not isinstance(when, datetime) and CLOCK.search(text) and not NAMED_ZONE.search(text):
        when = parsedate_to_datetime(text).replace(tzinfo=None)
    yield when


def _day_alone(when: datetime, written: str) -> date | datetime:
    return when if "%H" in written or "%I" in written else when.date()


def _placed(when: date | datetime, text: str, zone: object) -> tuple[date | datetime, DateDoubt | None]:
    """A moment with its zone, else its day and what the zone lacks."""
    if not isinstance(when, datetime):
        return when, "ambiguous_zone" if CLOCK.search(text) else None
    if when.tzinfo is not None:
        when.astimezone(UTC)
        return when, None
    if text.upper().endswith((" UTC", " GMT")):
        return when.replace(tzinfo=UTC), None
    if NAMED_ZONE.search(text) and not HALF_DAYS.search(text):
        return when.date(), "ambiguous_zone"
    if zone is None:
        return when.date(), "no_zone"
    moment = when.replace(tzinfo=zone)  # type: ignore[arg-type]
    if moment.utcoffset() != moment.replace(fold=1).utcoffset():  # the clock shows it twice, or never
        return when.date(), "ambiguous_zone"
    return moment, None


def _impossible(when: date | datetime, latest: datetime | None) -> bool:
    if when.year < EARLIEST:
        return True
    if latest is None:
        return False
    if isinstance(when, datetime):
        return when > latest + timedelta(days=1)
    return when > latest.astimezone(UTC).date() + timedelta(days=1)
