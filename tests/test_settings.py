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
