"""The same call in copies of a story, or in a quotation within a reported clause, counts once."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from newsig.compare.scorecard.nouns import Call

COPIED_WITHIN = timedelta(days=3)
"""How long after the last copy the same words are still one call."""
TELLING = 20
"""Letters and digits that words need so that others which hold them are the same call."""
NOON = time(12, tzinfo=UTC)
NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(slots=True)
class _Told:
    """A call with all the words that it was told in, and when it was last."""

    first: Call
    last: datetime
    words: list[str]
    copies: int = 0


def merged(calls: Iterable[Call]) -> list[Call]:
    """The calls, earliest first, without the later ones of the same source and target the same way in the same words.

    Words are the same where one text's letters and digits hold the other's, in whatever case. Each kept call tells its
    ``copies``. Calls of unknown date are merged only within their article.
    """
    known: defaultdict[tuple[object, ...], list[_Told]] = defaultdict(list)
    kept: list[_Told] = []
    for call in sorted(calls, key=lambda call: (_moment(call.published), call.quote_id)):
        within = call.article_id if call.published is None else None
        key = (call.source_id, call.symbol, call.segment, call.direction, call.level, call.kind, within)
        words, at = bare(call.text), _moment(call.published)
        # Calls come in the order of their days: to what is too old for this one no later one belongs either
        groups = known[key] = [one for one in known[key] if at - one.last <= COPIED_WITHIN]
        group = next((one for one in groups if any(_same(words, other) for other in one.words)), None)
        if group is None:
            group = _Told(first=call, last=at, words=[words], copies=call.copies)
            groups.append(group)
            kept.append(group)
        else:
            group.last, group.copies = at, group.copies + 1 + call.copies
            group.words.append(words)
    return [replace(one.first, copies=one.copies) for one in kept]


def _same(words: str, other: str) -> bool:
    short, long = sorted((words, other), key=len)
    return words == other or (len(short) >= TELLING and short in long)


def bare(text: str) -> str:
    """The letters and digits of a text.

    >>> bare("“Small caps WILL rise,”") == bare("small caps will rise")
    True
    """
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).casefold() if sign.isalnum())


def _moment(published: date | datetime | None) -> datetime:
    if published is None:
        return NEVER
    return published if isinstance(published, datetime) else datetime.combine(published, NOON)
