"""What the page on operations tells to install: it can be parsed, and every command in it is one."""

from __future__ import annotations

import configparser
import re
import shlex
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import click
import pytest

from newsig import store
from newsig.cli import main
from newsig.records import Article
from newsig.run import clocks
from newsig.run.scheduling import LONGEST, SHORTEST

PAGE = (Path(__file__).parent.parent / "docs" / "operations.md").read_text(encoding="utf-8")
NOW = datetime(2024, 7, 18, 6, tzinfo=UTC)


def fenced(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, flags=re.MULTILINE | re.DOTALL)


UNITS = fenced("ini")
CRON = fenced("text")[0].splitlines()
COMMANDS = [
    *(line for unit in UNITS for line in re.findall(r"^ExecStart=(.+)$", unit, flags=re.MULTILINE)),
    *(re.sub(r" >> .*", "", line.partition("&& ")[2]) for line in CRON),
    *re.findall(r'/TR "C:\\newsig\\Scripts\\(.+?)"', PAGE),
    *re.findall(r"`(newsig [a-z][^`]*)`", PAGE),
]


def parsed(unit: str) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(strict=False, interpolation=None, delimiters="=")
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(unit)
    return parser


def test_there_are_services_and_a_timer() -> None:
    sections = [parsed(unit).sections() for unit in UNITS]
    assert sections == [
        ["Unit", "Service", "Install"],
        ["Unit", "Service"],
        ["Unit", "Timer", "Install"],
        ["Unit", "Service", "Install"],
    ]
    for unit in map(parsed, (UNITS[0], UNITS[3])):
        assert unit["Service"]["KillMode"] == "mixed"
        assert unit["Service"]["RestartPreventExitStatus"] == "2"
    assert parsed(UNITS[2])["Timer"]["OnCalendar"] == "Mon..Fri 23:15 UTC"


@pytest.mark.parametrize("words", COMMANDS)
def test_every_command_is_one(words: str) -> None:
    typed = shlex.split(words, posix="\\" not in words)
    start = next(number for number, word in enumerate(typed) if re.fullmatch(r".*\bnewsig(\.exe)?", word))
    command: click.Command = main
    given = typed[start + 1 :]
    context = click.Context(main)
    while isinstance(command, click.Group) and given and given[0] in command.commands:
        command, given = command.commands[given[0]], given[1:]
        context = click.Context(command, parent=context)
    assert command is not main
    command.make_context(None, [*given], parent=context.parent, resilient_parsing=True)
    options, rest, _ = command.make_parser(context).parse_args([*given])
    assert rest == []
    assert set(options) <= {parameter.name for parameter in command.params}


FIELDS = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))


@pytest.mark.parametrize("line", CRON)
def test_a_line_for_cron_has_five_fields_in_their_bounds(line: str) -> None:
    fields = line.split(None, 5)
    assert len(fields) == 6
    for field, (low, high) in zip(fields, FIELDS, strict=False):
        assert re.fullmatch(r"\*(/\d+)?|\d+(-\d+)?", field)
        assert all(low <= int(number) <= high for number in re.findall(r"\d+", field))
    assert "%" not in fields[5]  # cron would take it for a new line


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd here")
def test_systemd_knows_what_the_units_say(tmp_path: Path) -> None:
    names = ("newsig.service", "newsig-prices.service", "newsig-prices.timer")
    for name, unit in zip(names, UNITS, strict=False):
        there = unit.replace("/srv/newsig/bin/newsig", sys.executable).replace("User=newsig", "User=root")
        (tmp_path / name).write_text(there, encoding="utf-8")
    said = subprocess.run(  # noqa: S603 - our own page
        [str(shutil.which("systemd-analyze")), "verify", "--man=no", *(str(tmp_path / name) for name in names)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    ours = [line for line in (said.stdout + said.stderr).splitlines() if str(tmp_path) in line or "newsig" in line]
    assert ours == []
    when = parsed(UNITS[2])["Timer"]["OnCalendar"]
    told = subprocess.run(  # noqa: S603 - our own page
        [str(shutil.which("systemd-analyze")), "calendar", when], capture_output=True, encoding="utf-8", check=False
    )
    assert (told.returncode, "Mon..Fri" in told.stdout) == (0, True)


@pytest.mark.skipif(shutil.which("sqlite3") is None, reason="there is no sqlite3 here")
def test_the_commands_that_copy_do(tmp_path: Path) -> None:
    (copying,) = fenced("sh")
    with store.open_db(tmp_path / "newsig.db") as db:
        store.save_article(db, Article(id="a", text="one"), NOW)
        for line in copying.splitlines():
            subprocess.run(shlex.split(line), cwd=tmp_path, check=True)  # noqa: S603 - our own page
    for name in ("backup.db", "compact.db"):
        with store.open_db(tmp_path / name, create=False) as db:
            assert [article.id for _, article in store.unprocessed(db, "f")] == ["a"]


def test_the_bounds_are_those_in_force() -> None:
    assert (SHORTEST, LONGEST) == (60, 7 * 24 * 3600)
    assert "The beat is 1 minute to a week" in PAGE
    assert (clocks.SLACK.total_seconds(), clocks.BELIEVED.total_seconds()) == (60, 86_400)
