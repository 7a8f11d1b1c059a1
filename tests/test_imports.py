"""What must not be imported before a command needs it."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {
    *("spacy", "torch", "transformers", "sqlite_utils", "pandas", "numpy", "feedparser", "httpx", "rich", "pyarrow"),
    *("trafilatura", "exchange_calendars", "arch", "matplotlib", "statsmodels"),
}


@pytest.mark.parametrize("module", ["newsig", "newsig.cli", "newsig.__main__"])
def test_heavy_libraries_wait_until_they_are_needed(module: str) -> None:
    code = f"import sys, {module}; print(*(name for name in sys.modules if '.' not in name))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    loaded = set(done.stdout.split())
    assert "newsig" in loaded
    assert not loaded & HEAVY
