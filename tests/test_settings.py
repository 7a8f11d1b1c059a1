"""What a settings file and the environment may say, and what they are told where they may not."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsig import settings
from newsig.errors import SettingsError
from newsig.settings import Settings

TAKEN = [
    # the file, the environment, what is set
    ("", {}, Settings()),
    ('segments = "mine.toml"\n', {}, Settings(segments="mine.toml")),
    ("", {"NEWSIG_SEGMENTS": ""}, Settings(segments="")),
    ('segments = "mine.toml"\n', {"NEWSIG_SEGMENTS": "other.toml"}, Settings(segments="other.toml")),
    ('[sentiment]\nmodel = "ProsusAI/finbert"\n', {}, Settings(tone_model="ProsusAI/finbert")),
    ('sentiment.model = "models/mine"\n', {}, Settings(tone_model="models/mine")),
    ("[sentiment]\n", {}, Settings()),
    ("", {"NEWSIG_SENTIMENT_MODEL": "models/mine"}, Settings(tone_model="models/mine")),
    (
        'model = "en_core_web_lg"\n[sentiment]\nmodel = "one"\n',
        {"NEWSIG_SENTIMENT_MODEL": "another"},
        Settings(model="en_core_web_lg", tone_model="another"),
    ),
    ("timeout = 5\n", {"NEWSIG_ZONE": "Europe/London"}, Settings(timeout=5, zone="Europe/London")),
    ("[collect]\ntimeout = 5\n", {}, Settings(timeout=5)),
    ("timeout = 5\n", {"NEWSIG_COLLECT_TIMEOUT": "7.5"}, Settings(timeout=7.5)),
    ("[collect]\ntimeout = 5\n", {"NEWSIG_TIMEOUT": "7.5"}, Settings(timeout=7.5)),
    (
        "[collect]\nmax_bytes = 1_000_000\nmax_redirects = 0\npause = 0\nat_once = 1\nfull_every_days = 30\n",
        {"NEWSIG_COLLECT_AT_ONCE": "4", "NEWSIG_COLLECT_PAUSE": "0.5"},
        Settings(max_bytes=1_000_000, max_redirects=0, pause=0.5, at_once=4, full_every_days=30),
    ),
    (
        "[process]\nseconds = 5\nworkers = 3\n",
        {"NEWSIG_PROCESS_MEMORY": "512"},
        Settings(seconds=5.0, workers=3, memory=512),
    ),
]

REFUSED = [
    ('colour = "red"\n', {}, "there is no setting 'colour'; there are db, model, zone"),
    ('tone_model = "newsig"\n', {}, "there is no setting 'tone_model'"),
    ('[sentiment]\nname = "newsig"\n', {}, "there is no setting 'sentiment.name'; there are .*sentiment.model"),
    (
        'sentiment = "newsig"\n',
        {},
        r"sentiment is 'newsig', but must be a table: write its settings below \[sentiment\]",
    ),
    ("[sentiment]\nmodel = 5\n", {}, "sentiment.model is 5, but must be newsig, a Hugging Face id or a folder"),
    ('[[sentiment]]\nmodel = "newsig"\n', {}, "must be a table"),
    ("[sentiment]\nmodel = true\n", {}, "sentiment.model is True, but must be"),
    ("", {"NEWSIG_SENTIMENT_MODEL": " "}, "sentiment.model is ' ', but must be"),
    ('[model]\nname = "newsig"\n', {}, "model is .*, but must be one of"),
    ("timeout = 0\n", {}, "timeout is 0, but must be a number of seconds above 0, at most 86,400"),
    ("timeout = inf\n", {}, "timeout is inf, but must be a number of seconds above 0"),
    ("timeout = nan\n", {}, "timeout is nan, but must be a number of seconds above 0"),
    ("timeout = true\n", {}, "timeout is True, but must be a number of seconds"),
    ("[collect]\ntimeout = -1\n", {}, "collect.timeout is -1, but must be a number of seconds above 0"),
    ("", {"NEWSIG_COLLECT_TIMEOUT": "soon"}, "collect.timeout is 'soon', but must be a number of seconds above 0"),
    ("timeout = 5\n[collect]\ntimeout = 6\n", {}, "timeout and collect.timeout are one setting: keep collect.timeout"),
    ("collect = 8\n", {}, r"collect is 8, but must be a table: write its settings below \[collect\]"),
    ("[collect]\nat_once = 2.5\n", {}, "collect.at_once is 2.5, but must be a whole number from 1 to 64"),
    ("[collect]\nat_once = 0\n", {}, "collect.at_once is 0, but must be"),
    ("[collect]\nmax_bytes = 100\n", {}, "collect.max_bytes is 100, but must be a whole number of bytes from 1,024"),
    ("[collect]\nmax_bytes = '15 MB'\n", {}, "collect.max_bytes is '15 MB', but must be a whole number of bytes"),
    ("[collect]\nmax_header = 200_000\n", {}, "collect.max_header is 200000, but must be .* to 102,400"),
    ("[collect]\nmax_redirects = 21\n", {}, "collect.max_redirects is 21, but must be a whole number from 0 to 20"),
    ("[collect]\npause = -1\n", {}, "collect.pause is -1, but must be a number of seconds from 0 to 3,600"),
    ("[collect]\nfull_every_days = 0\n", {}, "collect.full_every_days is 0, but must be a whole number of days"),
    ("[process]\nworkers = -1\n", {}, "process.workers is -1, but must be a whole number from 0 to 256"),
    ("[process]\nseconds = 0\n", {}, "process.seconds is 0, but must be a number of seconds from 0.1"),
    ("[process]\nmemory = 100\n", {}, "process.memory is 100, but must be a whole number of megabytes from 256"),
    ("[collect]\ncolour = 1\n", {}, "there is no setting 'collect.colour'; there are .*collect.timeout"),
    ('[sentiment\nmodel = "newsig"\n', {}, "cannot be read as settings: .*line 1"),
]


def loaded(folder: Path, text: str, environ: dict[str, str]) -> Settings:
    path = folder / "newsig.toml"
    path.write_text(text, encoding="utf-8")
    return settings.load({"NEWSIG_CONFIG": str(path), **environ})


@pytest.mark.parametrize(("text", "environ", "expected"), TAKEN)
def test_what_is_set_counts(text: str, environ: dict[str, str], expected: Settings, tmp_path: Path) -> None:
    assert loaded(tmp_path, text, environ) == expected


@pytest.mark.parametrize(("text", "environ", "sentence"), REFUSED)
def test_what_cannot_be_used_is_refused(text: str, environ: dict[str, str], sentence: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=sentence) as refused:
        loaded(tmp_path, text, environ)
    assert "newsig.toml: " in str(refused.value)
