"""The same call in copies of a story, or in a quotation within a reported clause, counts once."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from newsig.compare.scorecard.nouns import Call
from newsig.compare.wording import keys

COPIED_WITHIN = timedelta(days=3)
"""How long after the last copy the same words are still one call."""
STORIES_WITHIN = timedelta(days=7)
"""How far apart copies of one story appear at most."""
ALIKE = 0.6
"""The share of its words that the shorter of two calls must have from the other, to be one in copies of a story."""
TELLING = 20
"""Letters and digits that words need so that others which hold them are the same call."""
NOON = time(12, tzinfo=UTC)
NEVER = datetime.max.replace(tzinfo=UTC)
_NOT_BARE = re.compile(r"[\W_]+")


@dataclass(slots=True)
class _Told:
    """A call with all the words that it was told in, and when it was last."""

    first: Call
    last: datetime
    words: list[str]
    stories: set[str]
    copies: int = 0


def merged(calls: Iterable[Call], stories: Mapping[str, Sequence[str]] | None = None) -> list[Call]:
    """The calls, earliest first, without the later ones of the same source and target the same way in the same words.

    Words are the same where one text's letters and digits hold the other's, in whatever case; in copies of one story
    also where they are alike. ``stories`` are the originals of the articles that are copies or have some, by the
    article's id. Each kept call tells its ``copies``. Calls of unknown date are merged only within their article.
    """
    known: defaultdict[tuple[object, ...], list[_Told]] = defaultdict(list)
    kept: list[_Told] = []
    for call in sorted(calls, key=lambda call: (_moment(call.published), call.quote_id)):
        within = call.article_id if call.published is None else None
        key = (call.source_id, call.symbol, call.segment, call.direction, call.level, call.kind, within)
        words, at = bare(call.text), _moment(call.published)
        told_in = set((stories or {}).get(call.article_id, ()))
        # Calls come in the order of their days: to what is too old for this one no later one belongs either
        groups = known[key] = [one for one in known[key] if at - one.last <= STORIES_WITHIN]
        group = next((one for one in groups if _is_told(one, call, words, at, told_in)), None)
        if group is None:
            group = _Told(first=call, last=at, words=[words], stories=told_in, copies=call.copies)
            groups.append(group)
            kept.append(group)
        else:
            group.last, group.copies = at, group.copies + 1 + call.copies
            group.words.append(words)
            group.stories |= told_in
    return [replace(one.first, copies=one.copies) for one in kept]


def _is_told(one: _Told, call: Call, words: str, at: datetime, stories: set[str]) -> bool:
    """Whether a call is the one told before: soon after it in the same words, or in a copy in like ones."""
    if at - one.last <= COPIED_WITHIN and any(_same(words, other) for other in one.words):
        return True
    return not stories.isdisjoint(one.stories) and one.first.article_id != call.article_id and _alike(one.first, call)


def _alike(one: Call, other: Call) -> bool:
    mine, theirs = set(keys(one.text)), set(keys(other.text))
    return len(mine & theirs) >= ALIKE * max(1, min(len(mine), len(theirs)))


def _same(words: str, other: str) -> bool:
    short, long = sorted((words, other), key=len)
    return words == other or (len(short) >= TELLING and short in long)


def bare(text: str) -> str:
    """The letters and digits of a text.

    >>> bare("“Small caps WILL rise,”") == bare("small caps will rise")
    True
    """
    return _NOT_BARE.sub("", unicodedata.normalize("NFKC", text).casefold())


def _moment(published: date | datetime | None) -> datetime:
    if published is None:
        return NEVER
    return published if isinstance(published, datetime) else datetime.combine(published, NOON)
