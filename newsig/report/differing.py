"""What differs between two runs, for people: the counts first, examples after."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from newsig.report.tables import render, shown

KINDS = ("mentions", "claims", "quotes", "sentiments", "credits")
BECAME = ("appeared", "vanished", "changed")
SIGNS = {"appeared": "+", "vanished": "-", "changed": "~"}
EXAMPLES = 5
"""How many records of each kind are shown that became the same."""

LONGEST = 160
"""Characters that a value takes at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One record that differs: ``kind`` one of `KINDS`, ``became`` one of `BECAME`, ``record`` as plain JSON values.

    ``fields`` are those that changed, with what they were and are.
    """

    article_id: str
    kind: str
    became: str
    record: Mapping[str, Any]
    fields: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Side:
    """One of the two runs: how many articles, records by kind, and by what fingerprints."""

    name: str
    articles: int = 0
    records: Counter[str] = field(default_factory=Counter)
    fingerprints: dict[str, None] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Differences:
    """The counts.

    ``both`` articles are in both runs; of those ``reworded`` have other words and were not compared. ``counts`` are by
    kind and what became of them, ``fields`` by kind and field; ``makers`` are the parts of the fingerprints that
    differ.
    """

    one: Side
    other: Side
    both: int = 0
    reworded: int = 0
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    fields: Counter[tuple[str, str]] = field(default_factory=Counter)
    makers: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)


def as_row(found: Differences) -> dict[str, Any]:
    """The counts as plain JSON values."""
    return {
        "a": _side(found.one),
        "b": _side(found.other),
        "articles_in_both": found.both,
        "articles_reworded": found.reworded,
        "made_by": {name: list(pair) for name, pair in found.makers.items()},
        "counts": {kind: {became: found.counts[kind, became] for became in BECAME} for kind in KINDS},
        "fields": {kind: _fields(found, kind) for kind in KINDS},
    }


def _side(side: Side) -> dict[str, Any]:
    return {
        "name": side.name,
        "articles": side.articles,
        "fingerprints": list(side.fingerprints),
        **{kind: side.records[kind] for kind in KINDS},
    }


def _fields(found: Differences, kind: str) -> dict[str, int]:
    return {name: count for (of, name), count in found.fields.most_common() if of == kind}


def example_row(example: Example) -> dict[str, Any]:
    """An example as plain JSON values."""
    return {
        "article_id": example.article_id,
        "kind": example.kind,
        "became": example.became,
        "fields": {name: list(pair) for name, pair in example.fields.items()},
        "record": example.record,
    }


def told(found: Differences, examples: Sequence[Example], width: int) -> Iterator[str]:
    """The page to read, as lines with their ends; of the ``examples`` the first `EXAMPLES` of each."""
    for letter, side in (("A", found.one), ("B", found.other)):
        made = ", ".join(side.fingerprints) or "nothing"
        yield shown(f"{letter}  {side.name}: articles {side.articles:,}, read by {made}") + "\n"
    for name, (was, now) in found.makers.items():
        yield shown(f"   {name}: {_value(was)} → {_value(now)}") + "\n"
    yield "1 article is in both." if found.both == 1 else f"{found.both:,} articles are in both."
    yield f" Not compared, since they have other words in B: {found.reworded:,}.\n" if found.reworded else "\n"
    yield from render(list(_table(found)), "table", ("", "A", "B", *BECAME), width)
    for kind in KINDS:
        if fields := _fields(found, kind):
            words = ", ".join(f"{name} {count:,}" for name, count in fields.items())
            yield from _lines(f"Fields of {kind} that changed: {words}", width)
    for kind in KINDS:
        for became in BECAME:
            some = [one for one in examples if (one.kind, one.became) == (kind, became)][:EXAMPLES]
            if some:
                number = found.counts[kind, became]
                shown_here = "" if number <= len(some) else f", the first {len(some)}"
                yield f"\n{kind} that {became} ({number:,}{shown_here})\n"
                for one in some:
                    yield from _lines(f"{SIGNS[became]} {one.article_id} {_words(one)}", width)


def _table(found: Differences) -> Iterator[dict[str, Any]]:
    for kind in KINDS:
        counts = {became: found.counts[kind, became] for became in BECAME}
        yield {"": kind, "A": found.one.records[kind], "B": found.other.records[kind], **counts}


def _lines(text: str, width: int) -> Iterator[str]:
    lines = textwrap.wrap(shown(text), width, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False)
    return (f"{line}\n" for line in lines)


def _words(example: Example) -> str:
    """A record in a line."""
    record = example.record
    start = record["start"]
    if example.became == "changed":
        changed = "; ".join(f"{name} {_value(was)} → {_value(now)}" for name, (was, now) in example.fields.items())
        return f"at {start} {_value(record)}: {changed}"
    told = {
        "claims": ("direction", "symbol", "subject", "base_date", "end_date"),
        "quotes": ("speaker", "kind"),
        "sentiments": ("target", "label"),
        "mentions": ("symbol", "segment"),
        "credits": ("kind",),
    }[example.kind]
    rest = ", ".join(_value(record[name]) for name in told if record.get(name) is not None)
    return f"at {start} {_value(record)}" + (f" ({rest})" if rest else "")


def _value(value: Any) -> str:
    """A field's value in few words: of words in the text these, of a record its own."""
    if isinstance(value, Mapping):
        value = repr(value["text"]) if "text" in value else value.get("symbol") or value.get("segment")
    if isinstance(value, list | tuple):
        value = ", ".join(_value(one) for one in value) or "none"
    text = "none" if value is None else " ".join(str(value).split())
    return textwrap.shorten(text, LONGEST, placeholder=" …")
