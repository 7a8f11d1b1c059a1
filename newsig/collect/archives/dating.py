"""A date as an archive writes it → what can be known of it, and why not more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo

from newsig.collect.dates import AHEAD, LONGEST, Reading, read_date
from newsig.records import DateDoubt

EARLIEST = date(1800, 1, 1)
"""Archives reach back further than feeds, but not to where a date is sure to be a slip."""

DIGITS = "%Y%m%d%H%M%S"
"""How fourteen digits are read; of other numbers only eight are a date."""

EPOCHS = {"epoch": 1.0, "epoch_ms": 1000.0}
"""Names in a mapping for seconds and milliseconds since 1970, which are in UTC by their nature."""


def stated(
    value: object,
    *,
    formats: Sequence[str] = (),
    zone: tzinfo | None = None,
    utc: bool = False,
    latest: datetime | None = None,
) -> Reading:
    """What a field says of a date, as `newsig.collect.dates.read_date` reads it.

    ``formats`` are those of `datetime.strptime`, or ``epoch`` and ``epoch_ms``. A time without a zone is in ``zone``
    where the user says so, in UTC where its field's name does (``utc``), and otherwise the day alone is known. What
    lies more than a day after ``latest`` cannot be.

    >>> stated("2024-07-18 02:26").doubt, stated("7/8/2024").doubt, stated("1721269560", formats=["epoch"]).when.hour
    ('no_zone', 'unreadable', 2)
    """
    if value is None or value == "":
        return Reading()
    text = "".join(sign for sign in str(value)[: LONGEST + 1].strip() if sign.isprintable())
    if isinstance(value, bool) or not isinstance(value, str | int | float | date):
        return Reading(text=text[:LONGEST], doubt="unreadable")
    zone = zone or (UTC if utc else None)
    try:
        when = value if isinstance(value, date) else next(_by_formats(text, formats), None)
        if when is None:
            return _placed_reading(text, zone, latest)
        when, doubt = _placed(when, zone)
        return Reading(text=text, when=when, doubt=doubt) if _possible(when, latest) else _impossible(text)
    except OverflowError:
        return _impossible(text)


def _impossible(text: str) -> Reading:
    return Reading(text=text, doubt="out_of_range")


def _by_formats(text: str, formats: Sequence[str]) -> Iterator[date | datetime]:
    for form in (*formats, *([DIGITS] if text.isdecimal() and len(text) == 14 else [])):
        try:
            if form in EPOCHS:
                yield datetime.fromtimestamp(0, UTC) + timedelta(seconds=float(text) / EPOCHS[form])
            else:
                when = datetime.strptime(text, form)
                yield when if "%H" in form or "%I" in form else when.date()
        except ValueError:
            continue


def _placed_reading(text: str, zone: tzinfo | None, latest: datetime | None) -> Reading:
    """A date in one of the usual forms, a time without a zone being in ``zone``."""
    found = read_date(text, latest, EARLIEST)
    if found.doubt != "no_zone" or zone is None:
        return found
    as_utc = (read_date(text + behind, None, EARLIEST).when for behind in (" +0000", "+0000"))
    clock = next((when for when in as_utc if isinstance(when, datetime)), None)
    if clock is None:
        return found
    when, doubt = _placed(clock.replace(tzinfo=None), zone)
    return Reading(text=text, when=when, doubt=doubt) if _possible(when, latest) else _impossible(text)


def _placed(when: date | datetime, zone: tzinfo | None) -> tuple[date | datetime, DateDoubt | None]:
    """A moment with its zone, else its day and what the zone lacks."""
    if not isinstance(when, datetime):
        return when, None
    if when.tzinfo is not None:
        when.astimezone(UTC)
        return when, None
    if zone is None:
        return when.date(), "no_zone"
    moment = when.replace(tzinfo=zone)
    if moment.utcoffset() != moment.replace(fold=1).utcoffset():  # the clock shows it twice, or never
        return when.date(), "ambiguous_zone"
    return moment, None


def _possible(when: date | datetime, latest: datetime | None) -> bool:
    day = when.date() if isinstance(when, datetime) else when
    if day < EARLIEST or latest is None:
        return day >= EARLIEST
    bound = latest.astimezone(UTC) + AHEAD
    return when <= bound if isinstance(when, datetime) else day <= bound.date()
