"""JSON Lines of passages with a target each: what is read, what is refused, and what `newsig tone` gives back."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from newsig.cli import main
from newsig.collect.passages import Asked, read_passages
from newsig.records import LABELS, Failure

BOTH = "Small caps rose while megacaps fell."
REFUSED = [
    ("{", "no JSON: "),
    ("[1]", "no passage: a JSON object with text, start and end is needed"),
    ('{"start": 0, "end": 1}', "no text"),
    ('{"text": " ", "start": 0, "end": 1}', "no text"),
    ('{"text": "a \\ud800 b", "start": 0, "end": 1}', "the text holds half a character or U+0000"),
    ('{"text": "abc", "end": 1}', "start is None, but must be a whole number of code points"),
    ('{"text": "abc", "start": 0, "end": "1"}', "end is '1', but must be a whole number"),
    ('{"text": "abc", "start": true, "end": 1}', "start is True, but must be a whole number"),
    ('{"text": "abc", "start": 2, "end": 4}', "start 2 and end 4 name no part of a text of 3 code points"),
    ('{"text": "abc", "start": 1, "end": 1}', "start 1 and end 1 name no part"),
    ('{"text": "a, b", "start": 1, "end": 3}', "the target ', ', from 1 to 3, holds no word"),
    ('{"text": "abc", "start": 0, "end": 3, "weight": 1e400}', "a number in it is infinite or NaN"),
    ('{"text": "abc", "start": 0, "end": 3, "weight": NaN}', "a number in it is infinite or NaN"),
]


def asked(start: int, end: int, text: str = BOTH, **more: object) -> str:
    return json.dumps({"text": text, "start": start, "end": end} | more)


@pytest.mark.parametrize(("line", "reason"), REFUSED)
def test_a_line_that_cannot_be_used_says_why(line: str, reason: str) -> None:
    given = io.BytesIO(f"{asked(0, 10)}\n\n{line}\n{asked(22, 30)}\n".encode())
    first, refused, last = read_passages(["-"], given)
    assert isinstance(first, Asked)
    assert isinstance(last, Asked)
    assert isinstance(refused, Failure)
    assert refused.place == "standard input:3"
    assert refused.reason.startswith(reason)


def test_files_are_read_plain_and_packed(tmp_path: Path) -> None:
    plain, packed = tmp_path / "a.jsonl", tmp_path / "b.jsonl.gz"
    plain.write_text(asked(0, 10), encoding="utf-8")
    packed.write_bytes(gzip.compress(asked(22, 30).encode()))
    found = list(read_passages([str(plain), str(packed)]))
    assert [(one.start, one.end) for one in found if isinstance(one, Asked)] == [(0, 10), (22, 30)]


def test_each_line_comes_back_in_its_place() -> None:
    lines = [asked(0, 10, note="é"), asked(22, 30, label="?"), "{", asked(0, 9, "The stock slumped."), asked(0, 10)]
    done = CliRunner().invoke(main, ["tone", "-"], input="\n".join(lines))
    assert done.exit_code == 1
    assert "standard input:3: no JSON" in done.stderr
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(one["start"], one["end"], one["label"]) for one in told] == [
        (0, 10, "positive"),
        (22, 30, "negative"),
        (0, 9, "negative"),
        (0, 10, "positive"),
    ]
    assert told[0]["note"] == "é"
    assert sum(told[1][label] for label in LABELS) == pytest.approx(1, abs=1e-9)
    assert {**told[3], "note": "é"} == told[0]  # the same, judged beside another target or alone
