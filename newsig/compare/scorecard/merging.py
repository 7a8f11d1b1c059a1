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
        groups = known[call.source_id, call.symbol, call.segment, call.direction, call.level, call.kind]
        words, at = bare(call.text), _moment(call.published)
        group = next((one for one in groups if _is_copy(call, words, at, one)), None)
        if group is None:
            group = _Told(first=call, last=at, words=[words], copies=call.copies)
            groups.append(group)
            kept.append(group)
        else:
            group.last, group.copies = at, group.copies + 1 + call.copies
            group.words.append(words)
    return [replace(one.first, copies=one.copies) for one in kept]


def _is_copy(call: Call, words: str, at: datetime, of: _Told) -> bool:
    if call.published is None or of.first.published is None:
        if call.article_id != of.first.article_id:
            return False
    elif at - of.last > COPIED_WITHIN:
        return False
    return any(_same(words, other) for other in of.words)


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
