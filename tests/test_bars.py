"""The bar on a terminal."""

from __future__ import annotations

import os
import re
import sys

import pytest

BAR = """
from newsig.cli.printing import progress
from newsig.records import Failure
with progress("Processing") as bar:
    bar.expect(200)
    bar(50)
    bar.fail(Failure(stage="process", place="line 2", reason="no text"))
    bar(50)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")
def test_a_bar_tells_how_much_is_done_and_failed() -> None:
    import pty

    ours, theirs = pty.openpty()
    pid = os.posix_spawn(
        sys.executable,
        [sys.executable, "-c", BAR],
        os.environ | {"COLUMNS": "120", "TERM": "xterm"},
        file_actions=[(os.POSIX_SPAWN_DUP2, theirs, 2), (os.POSIX_SPAWN_CLOSE, ours)],
    )
    os.close(theirs)
    said = b""
    try:
        while piece := os.read(ours, 4096):
            said += piece
    except OSError:  # how Linux says that nobody is left at the other end
        pass
    os.close(ours)
    assert os.waitpid(pid, 0)[1] == 0
    told = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", said.decode())
    assert "line 2: no text" in told
    assert re.search(r"Processing .* 100/200 .* 1 failed", told)
