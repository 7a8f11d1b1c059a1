"""The pages a newcomer reads, as things that can be run: their console blocks, links and tables.

``python -m tests.pages`` runs every console block and writes anew what has changed, and with it ``docs/cli.md`` and the
dates of ``docs/periods.md``. A line ``...`` in a block stands for lines left out; where a block with such a line no
longer holds, its place is named, since only a person knows what was worth showing.
"""

from __future__ import annotations

import atexit
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import click
from click.testing import CliRunner

from newsig.cli import main

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.glob("*.md")))
SHOWN = (ROOT / "README.md", DOCS / "tutorial.md", DOCS / "why-a-claim.md")
"""The pages whose console blocks are run."""

DEMO = "newsig demo"
WIDTH = 80
LEFT_OUT = "..."
PORT = re.compile(r"(?<=127\.0\.0\.1:)\d+")
"""The demo's server takes a free port, another one each time."""

PUBLISHED = datetime.fromisoformat("2024-07-17T17:12-04:00")
NEW_YORK = ZoneInfo("America/New_York")

_FENCE = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_PERIOD = re.compile(r"^\| “(?P<words>[^”]+)” \| (?P<base>\S+) \| (?P<end>\S+) \|(?P<remark>[^|]*)\|$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Command:
    """A command of a console block with the lines that it is shown to print, and the line it stands on."""

    line: int
    words: str
    output: tuple[str, ...]


def commands(page: str) -> Iterator[Command]:
    """The commands of a page's console blocks: after ``$``, going on after ``>``."""
    for block in _FENCE.finditer(page):
        line = page[: block.start()].count("\n") + 2
        for part in _typed(block[1]):
            first, *rest = part.splitlines()
            words = [first.removeprefix("$ ")]
            while rest and rest[0].startswith(("> ", ">\n")):
                words.append(rest.pop(0)[2:])
            yield Command(line, "\n".join(words), tuple(rest))
            line += part.count("\n")


def _typed(block: str) -> list[str]:
    """The parts of a block, a command each."""
    return re.split(r"^(?=\$ )", block, flags=re.MULTILINE)[1:]


def agree(shown: Sequence[str], printed: Sequence[str]) -> bool:
    """Whether what a page shows is what was printed, but for what it leaves out.

    >>> agree(["a", "...", "d"], ["a", "b", "c", "d"]), agree(["a", "..."], ["b"]), agree([], ["a"])
    (True, False, False)
    """
    pattern = "".join(r"(?:.*\n)*?" if line == LEFT_OUT else f"{re.escape(line)}\n" for line in shown)
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in printed)) is not None


class Reader:
    """Somebody who follows a page in an empty folder, with ``newsig`` installed and nothing set."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environ = {name: value for name, value in os.environ.items() if not name.startswith("NEWSIG_")}
        scripts = folder / ".bin"
        scripts.mkdir()
        newsig = scripts / "newsig"
        newsig.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m newsig "$@"\n', encoding="utf-8")
        newsig.chmod(0o755)
        path = os.pathsep.join([str(scripts), str(Path(sys.executable).parent), os.environ["PATH"]])
        self.environ |= {"PATH": path, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "COLUMNS": str(WIDTH), "LC_ALL": "C"}
        self.environ |= {"HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}

    def types(self, words: str) -> tuple[str, ...]:
        """What a command prints, standard error included."""
        if words == DEMO:
            folder, printed = demonstration()
            shutil.copy(folder / "newsig-demo.db", self.folder)
            return printed
        return self._run(words)

    def _run(self, words: str) -> tuple[str, ...]:
        done = subprocess.run(  # noqa: S603 - the words stand in our own pages
            [bash(), "-c", words],
            cwd=self.folder,
            env=self.environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        return tuple(PORT.sub("49152", line.rstrip()) for line in done.stdout.splitlines())


@cache
def demonstration() -> tuple[Path, tuple[str, ...]]:
    """The folder of one demo, run once for all pages, and what it printed."""
    folder = Path(tempfile.mkdtemp(prefix="newsig-pages-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder, Reader(folder)._run(DEMO)


def bash() -> str:
    """The shell that the pages are written for; empty where there is none."""
    return shutil.which("bash") or ""


def every_command(group: click.Group = main, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The words of every command, groups before their members."""
    for name, command in group.commands.items():
        yield (*path, name)
        if isinstance(command, click.Group):
            yield from every_command(command, (*path, name))


def help_of(path: Sequence[str]) -> str:
    """What a command's ``--help`` prints on a terminal of `WIDTH` columns."""
    done = CliRunner().invoke(main, [*path, "--help"], prog_name="newsig", env={"COLUMNS": str(WIDTH)})
    return done.stdout.rstrip()


def cli_page() -> str:
    """``docs/cli.md``, whole."""
    opening = (
        "# Commands\n\n"
        "One verb each. "
        "This page is written by `python -m tests.pages` from the commands themselves; a test compares them.\n\n"
        "Everywhere: rows and records go to standard output; progress, failures and notes to standard error. "
        "`--db` may stand before the verb or behind it. "
        "A table for readers has fewer columns than `jsonl`, `json` and `csv`, which carry everything. "
        "`NEWSIG_DEBUG=1` shows where an unexpected error happened.\n\n"
    )
    parts = [((), "newsig"), *((path, f"newsig {' '.join(path)}") for path in every_command())]
    return opening + "\n".join(f"## {title}\n\n```text\n{help_of(path)}\n```\n" for path, title in parts)


def periods(page: str) -> dict[str, tuple[str, str]]:
    """The expressions of the table of ``docs/periods.md`` with the two days that it gives them."""
    return {match["words"]: (match["base"], match["end"]) for match in _PERIOD.finditer(page)}


def window(words: str) -> tuple[str, str]:
    """The two days that an expression means in a New York story of Wednesday 17 July 2024, after the close.

    Raises:
        ValueError: it is not read as one expression of time.
    """
    from newsig.extract.periods import Reference, find_periods, resolve

    sentence = f"The index rose 2 percent {words}."
    found = find_periods(sentence)
    if [sentence[one.start : one.end] for one in found] != [words]:
        raise ValueError(f"{words!r} is read as {[sentence[one.start : one.end] for one in found]}")
    meant = resolve(found[0], Reference.of(PUBLISHED, NEW_YORK), "XNYS")
    return str(meant.base or "–"), str(meant.end or "–")


def rewritten(page: str, folder: Path, name: str) -> str:
    """A page with its console blocks as they come out today."""
    reader = Reader(folder)
    today = (_today(command, reader, name) for command in list(commands(page)))
    return _FENCE.sub(lambda block: f"```console\n{''.join(next(today) for _ in _typed(block[1]))}```", page)


def _today(command: Command, reader: Reader, name: str) -> str:
    printed = reader.types(command.words)
    if agree(command.output, printed):
        printed = command.output
    elif LEFT_OUT in command.output:
        print(f"{name}:{command.line}: mend by hand, `{command.words}` prints other lines now")
        printed = command.output
    words = "\n> ".join(command.words.splitlines())
    return "".join(f"{line}\n" for line in (f"$ {words}", *printed))


def write() -> None:
    """Write anew whatever has changed."""
    (DOCS / "cli.md").write_text(cli_page(), encoding="utf-8")
    for path in SHOWN:
        with tempfile.TemporaryDirectory() as folder:
            page = rewritten(path.read_text(encoding="utf-8"), Path(folder), path.name)
        path.write_text(page, encoding="utf-8")
    path = DOCS / "periods.md"
    dated = _PERIOD.sub(_dated, path.read_text(encoding="utf-8"))
    path.write_text(dated, encoding="utf-8")


def _dated(row: re.Match[str]) -> str:
    base, end = window(row["words"])
    return f"| “{row['words']}” | {base} | {end} |{row['remark']}|"


if __name__ == "__main__":
    write()
