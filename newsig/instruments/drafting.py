"""A user's table while it is being changed: what a new row adds, changes, or finds there already."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from newsig.instruments import checking
from newsig.instruments.aliases import Alias, aliases_of
from newsig.instruments.own import Own, listed, parts_of
from newsig.instruments.rows import Key, Row
from newsig.records import Instrument

What = Literal["instruments", "aliases"]
Change = Literal["added", "changed", "unchanged"]


@dataclass(slots=True)
class Draft:
    """The rows of a user's table to be, what they mean together with the packaged ones, the ids of segments that they
    may name, and remarks for the user.

    A row that says what the tables say already leaves the draft as it is, and so does one that is refused.
    """

    rows: dict[Key, Row]
    things: dict[str, Instrument]
    named: dict[Key, Alias]
    segments: Collection[str]
    notes: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, own: Own) -> Draft:
        """The draft that changes nothing yet."""
        named: dict[Key, Alias] = {_key(alias): alias for alias in aliases_of(own)}
        return cls(dict(own.rows), dict(listed(own)), named, parts_of(own).segments)

    def put(self, row: Row, calendar: checking.Calendar = checking.calendar_name) -> list[tuple[What, Change]]:
        """Take in a row and say what became of it: of the instrument and, where that has a new name, of the alias
        which the name becomes; or of the alias that the row gives.

        Raises:
            ValueError: the row cannot be used, or an alias is of an instrument that nobody knows.
        """
        if row.alias:
            return [("aliases", self._alias(row))]
        known = self.things.get(checking.symbol_of(row.symbol))
        changes: list[tuple[What, Change]] = [("instruments", self._thing(row, calendar))]
        thing = self.things[checking.symbol_of(row.symbol)]
        if not known or known.name != thing.name:
            changes += [("aliases", change) for change in self._name(thing.symbol, thing.name)]
        return changes

    def _thing(self, row: Row, calendar: checking.Calendar) -> Change:
        known = self.things.get(checking.symbol_of(row.symbol))
        whole = checking.thing(row, known, self.segments, calendar)
        if checking.instrument(whole) == known:
            return "unchanged"
        self.rows[whole.key] = whole
        self.things[whole.symbol] = checking.instrument(whole)
        return "changed" if known else "added"

    def _alias(self, row: Row) -> Change:
        """What means something else so far is taken from it, with a remark."""
        whole = checking.alias(row)
        exact = whole.rule == "exact"
        if whole.symbol and whole.symbol not in self.things:
            raise ValueError(f"{whole.symbol}, which {whole.alias!r} is to name, is not in the table: give its name")
        same, means = self.named.get(whole.key), self.bearer(whole.alias, exact=exact)
        if means and _says(means, whole):
            return "unchanged"
        checking.check_words(row.alias, exact=exact)
        if means and not whole.symbol and not same:
            raise ValueError(f"{whole.alias!r} names {_named(means)} whatever its capitals: give it the rule lower")
        if means and (means.symbol or means.segment) and (means.symbol or "") != whole.symbol:
            self.notes.append(f"{whole.alias} named {_named(means)} so far; it names {whole.symbol or 'nobody'} now")
        if same and not (whole.not_before or whole.not_after):
            neighbours = {"not_before": "|".join(same.not_before), "not_after": "|".join(same.not_after)}
            whole = replace(whole, **neighbours)
        before = self.rows.get(whole.key)
        self.rows[whole.key] = whole
        self.named[whole.key] = _alias(whole)
        return "changed" if before else "added"

    def _name(self, symbol: str, name: str) -> Iterator[Change]:
        """A name becomes an alias, with its capitals, where it can hardly mean anything else."""
        means = self.bearer(name, exact=True)
        if means and means.symbol == symbol:
            return
        if means:
            why = f"means {_named(means)} already"
        elif checking.is_plain(name) or not checking.is_name(name):
            why = "may well mean something else"
        else:
            yield self._alias(Row(symbol=symbol, alias=name, rule="exact"))
            return
        self.notes.append(f"the name {name} {why}: to find {symbol} by it, give it as an alias with its capitals")

    def bearer(self, words: str, *, exact: bool) -> Alias | None:
        """What the words mean so far, with these capitals or whatever they are."""
        lower = self.named.get(("lower", words.lower()))
        if exact:
            return self.named.get(("exact", words)) or lower
        spelt = (a for (rule, text), a in self.named.items() if rule == "exact" and text.lower() == words.lower())
        return lower or next(spelt, None)


def _key(alias: Alias) -> Key:
    return ("exact", alias.text) if alias.exact else ("lower", alias.text)


def _alias(row: Row) -> Alias:
    return Alias(
        text=row.alias,
        symbol=row.symbol or None,
        segment=None,
        exact=row.rule == "exact",
        not_before=tuple(filter(None, row.not_before.split("|"))),
        not_after=tuple(filter(None, row.not_after.split("|"))),
    )


def _says(means: Alias, row: Row) -> bool:
    """Whether an alias says all that a row would."""
    same = means.symbol == row.symbol if row.symbol else not means.symbol and not means.segment
    neighbours = "|".join(means.not_before), "|".join(means.not_after)
    return same and (not (row.not_before or row.not_after) or neighbours == (row.not_before, row.not_after))


def _named(alias: Alias) -> str:
    """What an alias names, for people."""
    return alias.symbol or (f"the segment {alias.segment}" if alias.segment else "something without a symbol")
