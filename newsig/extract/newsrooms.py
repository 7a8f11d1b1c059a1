"""In whose zone a story's "Friday" is: the city of its dateline."""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo

from spacy.tokens import Doc

from newsig.extract.sentences import text_of
from newsig.furniture import find_credits

ZONES = {
    "America/New_York": "NEW YORK|WASHINGTON|BOSTON|ATLANTA|MIAMI|DETROIT|PHILADELPHIA|CHARLOTTE",
    "America/Chicago": "CHICAGO|HOUSTON|DALLAS",
    "America/Los_Angeles": "LOS ANGELES|SAN FRANCISCO|SEATTLE",
    "America/Toronto": "TORONTO|OTTAWA|MONTREAL",
    "America/Sao_Paulo": "SAO PAULO|RIO DE JANEIRO|BRASILIA",
    "America/Mexico_City": "MEXICO CITY",
    "America/Argentina/Buenos_Aires": "BUENOS AIRES",
    "Europe/London": "LONDON|EDINBURGH",
    "Europe/Dublin": "DUBLIN",
    "Europe/Paris": "PARIS",
    "Europe/Berlin": "FRANKFURT|BERLIN|MUNICH|DUESSELDORF",
    "Europe/Zurich": "ZURICH|GENEVA|DAVOS",
    "Europe/Madrid": "MADRID|BARCELONA",
    "Europe/Rome": "MILAN|ROME",
    "Europe/Amsterdam": "AMSTERDAM",
    "Europe/Brussels": "BRUSSELS",
    "Europe/Stockholm": "STOCKHOLM",
    "Europe/Oslo": "OSLO",
    "Europe/Copenhagen": "COPENHAGEN",
    "Europe/Helsinki": "HELSINKI",
    "Europe/Vienna": "VIENNA",
    "Europe/Warsaw": "WARSAW",
    "Europe/Athens": "ATHENS",
    "Europe/Istanbul": "ISTANBUL",
    "Europe/Moscow": "MOSCOW",
    "Asia/Dubai": "DUBAI|ABU DHABI",
    "Asia/Kolkata": "MUMBAI|NEW DELHI|BANGALORE|BENGALURU",
    "Asia/Singapore": "SINGAPORE",
    "Asia/Bangkok": "BANGKOK",
    "Asia/Jakarta": "JAKARTA",
    "Asia/Hong_Kong": "HONG KONG",
    "Asia/Shanghai": "SHANGHAI|BEIJING",
    "Asia/Taipei": "TAIPEI",
    "Asia/Seoul": "SEOUL",
    "Asia/Tokyo": "TOKYO|OSAKA",
    "Australia/Sydney": "SYDNEY|MELBOURNE|CANBERRA",
    "Pacific/Auckland": "WELLINGTON|AUCKLAND",
    "Africa/Johannesburg": "JOHANNESBURG",
}
_CITIES = {city: zone for zone, cities in ZONES.items() for city in cities.split("|")}
_CITY = re.compile(r"(?:" + "|".join(sorted(_CITIES, key=len, reverse=True)) + r")\b")
_DATELINE = re.compile(rf"(?:^|\n)[ \t]*(?P<city>{_CITY.pattern})[^\n]{{0,60}}?[-–—]", re.MULTILINE)
"""A line that opens with a city and goes on behind a dash, which is a dateline only to somebody who knows cities."""
OPENING = 2000


def newsroom_zone(text: str | Doc, otherwise: ZoneInfo) -> ZoneInfo:
    """The zone of the city in the dateline; ``otherwise`` where there is none, or an unknown city.

    A document has the dateline that reading took out of its text beside it, in ``doc._.dateline``.

    >>> newsroom_zone("TOKYO (Harbour Wire) - Shares fell.", ZoneInfo("America/New_York")).key
    'Asia/Tokyo'
    """
    split_off = None if isinstance(text, str) else text._.dateline
    words = text if isinstance(text, str) else text_of(text)
    return _zone_of(split_off) or _stated(words) or otherwise


def _zone_of(dateline: str | None) -> ZoneInfo | None:
    match = _CITY.match((dateline or "").upper())
    return ZoneInfo(_CITIES[match[0]]) if match else None


def _stated(text: str) -> ZoneInfo | None:
    datelines = (one.text for one in find_credits(text) if one.kind == "dateline" and one.start < OPENING)
    if (zone := _zone_of(next(datelines, None))) is not None:
        return zone
    match = _DATELINE.search(text, 0, OPENING)
    return ZoneInfo(_CITIES[match["city"]]) if match else None


if not Doc.has_extension("dateline"):
    Doc.set_extension("dateline", default=None)
