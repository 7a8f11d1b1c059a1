"""What changed from one text of a story to another one: from version to version, or to a copy.

============ =========================================================================================================
``number``   the value, unit or direction of a figure
``hedge``    the words that say how exact it is: "nearly 18 percent", "about 18 percent"
``period``   the sessions that it is of
``quote``    words inside quotation marks
``speaker``  who said it, or what that person is and for whom
``name``     the spelling of a name
``added``    a claim or statement that only the later text has
``dropped``  one that only the earlier text has
============ =========================================================================================================

Claims and statements are held against their counterparts (`newsig.compare.pairing`), names word by word
(`newsig.compare.spelling`). A finding without a counterpart whose very words stand in the other text is not reported:
there extraction differs, not the story.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from newsig.compare.changes import Change, credited
from newsig.compare.copies import Telling, fact
from newsig.compare.figures import NEARLY
from newsig.compare.pairing import agree, paired_claims, unpaired
from newsig.compare.quotations import of_quotes
from newsig.compare.spelling import spelt_otherwise
from newsig.compare.wording import holds, keys, sentence_at, within, words
from newsig.records import LANDMARKS, Claim, Span

AROUND = 3
"""Words on either side of a figure that make it the same one."""

TILL_NOW = timedelta(days=4)
"""How long before a story appeared a window may end that runs until then: a weekend with a holiday."""


def drift(one: Telling, other: Telling) -> list[Change]:
    """What changed from the earlier text ``one`` to the later text ``other``, in the order of the earlier one.

    Of a text against itself that is nothing; with the two swapped it is the same, but for what was added and dropped.
    """
    found = [*_of_claims(one, other), *of_quotes(one, other), *_of_names(one, other)]
    return credited(sorted(found, key=_place), other)


def _place(change: Change) -> tuple[int, str]:
    span = change.before or change.after
    return (span.start if span else 0, change.kind)


def _of_names(one: Telling, other: Telling) -> Iterator[Change]:
    for before, after in spelt_otherwise(one.story(), other.story()):
        yield Change(kind="name", of="name", before=before, after=after, detail=f"{before.text} → {after.text}")


def _of_claims(one: Telling, other: Telling) -> Iterator[Change]:
    pairs = paired_claims(one, other)
    moved: set[tuple[int, int]] = set()
    for before, after in pairs:
        if _sentence(before, one) != _sentence(after, other):
            yield from _figures(before, one, after, other)
        if _other_window(before, one, after, other):
            spans = before.period or _figure(before, one.text), after.period or _figure(after, other.text)
            if (places := (spans[0].start, spans[1].start)) not in moved:  # many figures inherit one expression of time
                moved.add(places)
                detail = f"{_about(before)}: {_window(before)} → {_window(after)}"
                yield Change(kind="period", of="claim", before=spans[0], after=spans[1], detail=detail)
    for claim in _once(unpaired(one.findings.claims, [before for before, _ in pairs])):
        if not _stands(claim, one, other):
            span = _figure(claim, one.text)
            yield Change(kind="dropped", of="claim", before=span, after=None, detail=_told(claim))
    for claim in _once(unpaired(other.findings.claims, [after for _, after in pairs])):
        if not _stands(claim, other, one):
            span = _figure(claim, other.text)
            yield Change(kind="added", of="claim", before=None, after=span, detail=_told(claim))


def _once(claims: Iterable[Claim]) -> Iterator[Claim]:
    """Claims without those that state again what one of them did."""
    told = set()
    for claim in claims:
        known = fact(claim) or claim.start
        if known not in told:
            told.add(known)
            yield claim


def _figures(before: Claim, one: Telling, after: Claim, other: Telling) -> Iterator[Change]:
    was, now = _figure(before, one.text), _figure(after, other.text)
    if (before.value, before.unit, before.direction) != (after.value, after.unit, after.direction):
        rounded = " (rounded)" if agree(before, after) else ""
        detail = f"{_about(before)}: {_size(before)} → {_size(after)}{rounded}"
        yield Change(kind="number", of="claim", before=was, after=now, detail=detail)
    elif _exactness(before) != _exactness(after):
        detail = f"{_about(before)}: {before.hedge or 'no hedge'} → {after.hedge or 'no hedge'}"
        yield Change(kind="hedge", of="claim", before=was, after=now, detail=detail)


def _exactness(claim: Claim) -> tuple[str, bool]:
    """How a hedge bounds a figure; "nearly" and "almost" are one, "nearly" and "less than" two."""
    return claim.comparator, any(word in (claim.hedge or "").lower() for word in NEARLY)


def _other_window(before: Claim, one: Telling, after: Claim, other: Telling) -> bool:
    """Whether the words say other sessions: words that stayed mean the same, though a later story may read otherwise,
    and "this year" ends a day later in a copy of the next day."""
    windows = [(claim.base_date, claim.end_date) for claim in (before, after)]
    if before.end_date is None or after.end_date is None or windows[0] == windows[1]:
        return False
    said = [keys(claim.period.text) if claim.period else [] for claim in (before, after)]
    published = [_day(telling.findings.published) for telling in (one, other)]
    if said[0] == said[1] or ("assumed" in (before.period_basis, after.period_basis) and published[0] != published[1]):
        return False
    if before.base_date is None or before.base_date != after.base_date:
        return True
    return not (_till_now(before, published[0]) and _till_now(after, published[1]) and published[0] != published[1])


def _day(published: date | datetime | None) -> date | None:
    return published.date() if isinstance(published, datetime) else published


def _till_now(claim: Claim, published: date | None) -> bool:
    return bool(published and claim.end_date and timedelta(0) <= published - claim.end_date <= TILL_NOW)


def _stands(claim: Claim, own: Telling, other: Telling) -> bool:
    """Whether the other text tells the same, elsewhere or in words that were not read as a claim there."""
    known = fact(claim)
    if known and any(fact(one) == known for one in other.findings.claims):
        return True
    start, end = sentence_at(own.text, claim.start)
    found = words(own.text)
    before = [word.key for word in within(found, start, claim.start)][-AROUND:]
    behind = [word.key for word in within(found, claim.end, end)][:AROUND]
    return holds(keys(other.text), [*before, *keys(claim.text), *behind])


def _sentence(claim: Claim, telling: Telling) -> list[str]:
    start, end = sentence_at(telling.text, claim.start)
    return keys(telling.text[start : max(end, claim.end)])


def _figure(claim: Claim, text: str) -> Span:
    """The figure with the hedge before it."""
    start = claim.start
    if claim.hedge:
        head = text[:start].rstrip()
        if head.lower().endswith(claim.hedge.lower()):
            start = len(head) - len(claim.hedge)
    return Span(start=start, end=claim.end, text=text[start : claim.end])


def _about(claim: Claim) -> str:
    return claim.subject.text if claim.subject else claim.symbol or claim.segment or "a figure"


def _size(claim: Claim) -> str:
    figure = f"{claim.hedge} {claim.text}" if claim.hedge and claim.hedge not in claim.text else claim.text
    return figure if claim.measure in LANDMARKS or claim.text.isalpha() else f"{claim.direction} {figure}"


def _told(claim: Claim) -> str:
    return f"{_about(claim)}: {_size(claim)}"


def _window(claim: Claim) -> str:
    return " to ".join(day.isoformat() for day in (claim.base_date, claim.end_date) if day)
