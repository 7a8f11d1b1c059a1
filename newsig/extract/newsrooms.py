"""In whose zone a story's "Friday" is: the city of its dateline."""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo

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
_DATELINE = re.compile(
    r"(?:^|\n)[ \t]*(?P<city>" + "|".join(sorted(_CITIES, key=len, reverse=True)) + r")\b[^\n]{0,60}?[-–—]",
    re.MULTILINE,
)


def newsroom_zone(text: str, otherwise: ZoneInfo) -> ZoneInfo:
    """The zone of the city in the dateline; ``otherwise`` where there is none, or an unknown city.

    >>> newsroom_zone("TOKYO (Harbour Wire) - Shares fell.", ZoneInfo("America/New_York")).key
    'Asia/Tokyo'
    """
    match = _DATELINE.search(text, 0, 2000)
    return ZoneInfo(_CITIES[match["city"]]) if match else otherwise
