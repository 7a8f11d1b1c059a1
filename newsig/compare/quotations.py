"""What changed in what people say: their words, who they are, what only one text has."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from newsig.compare.changes import Change
from newsig.compare.copies import Telling
from newsig.compare.pairing import likeness, paired_quotes, unpaired
from newsig.compare.spelling import alike
from newsig.compare.wording import holds, keys, sentence_at, sentence_starts, words
from newsig.records import Quote, Span

TOLD_ALIKE = 0.5
"""The share of a reported statement's longer words that one sentence of the other text must have, to tell it, too."""

SAID_BY_ANOTHER = 0.8
"""The share of words in common from which a statement is one that is now said by another; with fewer it is another."""

LONG = 4
"""Letters from which a word counts as telling."""


def of_quotes(one: Telling, other: Telling) -> Iterator[Change]:
    """The changes of statements from one text to the other."""
    pairs = paired_quotes(one, other)
    for before, after in pairs:
        if "direct" in (before.kind, after.kind) and not _both_said(before, one, after, other):
            yield _reworded(before, after)
        yield from _speakers(before, one, after, other)
    for quote in unpaired(one.findings.quotes, [before for before, _ in pairs]):
        if not _stands(quote, other):
            yield Change(kind="dropped", of="quote", before=_span(quote), after=None, detail=_by(quote))
    for quote in unpaired(other.findings.quotes, [after for _, after in pairs]):
        if not _stands(quote, one):
            yield Change(kind="added", of="quote", before=None, after=_span(quote), detail=_by(quote))


def _both_said(before: Quote, one: Telling, after: Quote, other: Telling) -> bool:
    """Whether all the words of both are in quotation marks in both texts, however they are cut into pieces."""
    if before.kind == after.kind and keys(before.text) == keys(after.text):
        return True
    return holds(_said(other), keys(before.text)) and holds(_said(one), keys(after.text))


def _said(telling: Telling) -> list[str]:
    return [key for quote in telling.findings.quotes if quote.kind == "direct" for key in keys(quote.text)]


def _reworded(before: Quote, after: Quote) -> Change:
    marks = {
        ("direct", "indirect"): "no longer in quotation marks: ",
        ("indirect", "direct"): "now in quotation marks: ",
    }
    detail = marks.get((before.kind, after.kind), "") + word_diff(before.text, after.text)
    return Change(kind="quote", of="quote", before=_span(before), after=_span(after), detail=detail)


def word_diff(before: str, after: str) -> str:
    """Two texts as one, with the words that were taken out and put in marked as wdiff marks them.

    >>> word_diff("Chips were the whole story today,", "Chips were half the story today.")
    'Chips were {+half+} the [-whole-] story today'
    """
    ours, theirs = words(before), words(after)
    matcher = SequenceMatcher(None, [word.key for word in ours], [word.key for word in theirs], autojunk=False)
    pieces: list[str] = []
    for tag, start, end, first, last in matcher.get_opcodes():
        out = before[ours[start].start : ours[end - 1].end] if start < end else ""
        new = after[theirs[first].start : theirs[last - 1].end] if first < last else ""
        pieces += [out] if tag == "equal" else [f"[-{out}-]" if out else "", f"{{+{new}+}}" if new else ""]
    return " ".join(filter(None, pieces))


def _speakers(before: Quote, one: Telling, after: Quote, other: Telling) -> Iterator[Change]:
    """Another speaker, or another role or organisation of the same one. Who is not known is nobody else, and where the
    words that stand for the speaker stayed, extraction differs."""
    if before.speaker is None or after.speaker is None:
        return
    spans = _of_speaker(before, one.text), _of_speaker(after, other.text)
    if not _same(before.speaker, after.speaker):
        standing = [keys(quote.attribution.text) if quote.attribution else [] for quote in (before, after)]
        same_words = likeness(keys(before.text), keys(after.text)) >= SAID_BY_ANOTHER
        if same_words and standing[0] != standing[1] and not _spelt(before.speaker, after.speaker):
            detail = f"{before.speaker} → {after.speaker}"
            yield Change(kind="speaker", of="quote", before=spans[0], after=spans[1], detail=detail)
        return
    for name in ("role", "organisation"):
        was, now = getattr(before, name), getattr(after, name)
        if was and now and not _same(was, now) and not _spelt(was, now) and _replaced(was, one, now, other):
            detail = f"{after.speaker}, {name}: {was} → {now}"
            yield Change(kind="speaker", of="quote", before=spans[0], after=spans[1], detail=detail)


def _replaced(was: str, one: Telling, now: str, other: Telling) -> bool:
    """Whether each text has its words alone; else both have both, and only one was found to be the speaker's."""
    return not holds(keys(other.text), keys(was)) and not holds(keys(one.text), keys(now))


def _same(one: str, other: str) -> bool:
    """Whether two names are one, or one a short form of the other."""
    ours, theirs = ({key.removesuffix("'s") for key in keys(name)} for name in (one, other))
    return ours <= theirs or theirs <= ours


def _spelt(one: str, other: str) -> bool:
    """Whether two names, or one and a short form of the other, differ by their spelling, which is told as such."""
    fewer, more = sorted((keys(one), keys(other)), key=len)
    return all(any(key == word or alike(key, word) for word in more) for key in fewer)


def _of_speaker(quote: Quote, text: str) -> Span:
    """Where the text has the speaker: the full name where it stands there, else the words beside the statement."""
    name = quote.speaker or ""
    at = text.find(name)
    if name and at >= 0:
        return Span(start=at, end=at + len(name), text=name)
    return quote.attribution or _span(quote)


def _stands(quote: Quote, other: Telling) -> bool:
    """Whether the other text has the words as well: for words in quotation marks all of them, for others most of the
    longer ones, in one sentence."""
    if quote.kind == "direct":
        return holds(_said(other), keys(quote.text)) or holds(keys(other.text), keys(quote.text))
    told = {key for key in keys(quote.text) if len(key) >= LONG or key[0].isdigit()}
    sentences = ((start, sentence_at(other.text, start)[1]) for start in sentence_starts(other.text))
    return any(len(told & set(keys(other.text[a:b]))) >= TOLD_ALIKE * len(told) for a, b in sentences)


def _by(quote: Quote) -> str:
    return f"said by {quote.speaker}" if quote.speaker else "said by nobody who is named"


def _span(quote: Quote) -> Span:
    return Span(start=quote.start, end=quote.end, text=quote.text)
