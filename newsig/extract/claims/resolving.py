"""What "it", "the index" or "the stock" stands for: a generic subject → the instrument named before it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from newsig.extract.claims.scene import TRADED, Candidate, Scene
from newsig.extract.lexicon import COMPANY_NOUNS, INDEX_NOUNS, words

MEMBERS = words("companies company firms members constituents components")
"""What follows an index whose companies, not its own level, a statistic is of."""
MACRO = words("""
    cpi ppi gdp inflation payrolls unemployment employment jobs claims economy imports exports wages starts permits
    productivity spending consumption
""")
"""Statistics of an economy: they belong to no company."""
DEFINITE = words("the this that its whole")
DESCRIBING = words("share stock benchmark main broad broader leading blue-chip key headline top")
"""Words before "index" that leave it the one that the story speaks of."""


def resolve(
    candidate: Candidate | None, scene: Scene, scenes: Sequence[Scene], last: Iterable[Candidate]
) -> Candidate | None:
    """The instrument that a generic subject stands for: "it", "the index", "the stock", "shares", "revenue".

    Looks left in the sentence, then through the sentences before it; ``last`` are the subjects of the claims before,
    newest first. Returns a candidate with a symbol or segment, or None where nothing fits.
    """
    if candidate is None or candidate.kind in TRADED or candidate.kind in ("segment", "name", "unlisted", "place"):
        return candidate
    wanted = _wanted(candidate)
    if not wanted or (candidate.kind == "price" and _unnamed_index(scene, candidate)):
        return None
    here = _in_sentence(candidate, scene, wanted)
    if here is not None:
        return here
    for earlier in reversed(scenes[max(0, scene.number - 3) : scene.number]):
        fitting = [
            c
            for c in earlier.candidates
            if (c.kind in wanted and c.symbol) or (c.kind == "unlisted" and "index" in wanted)
        ]
        if fitting:
            return _prominent(fitting)
        if earlier.paragraph != scene.paragraph and candidate.kind == "fundamental":
            return None
    return next((subject for subject in last if subject.kind in wanted), None)


def _in_sentence(candidate: Candidate, scene: Scene, wanted: frozenset[str]) -> Candidate | None:
    """What a generic subject stands for in its own sentence: mostly what was named before it."""
    before = [c for c in scene.candidates if c.end <= candidate.start]
    if candidate.kind == "fundamental":
        members = [c for c in before if c.kind == "index" and _has_members(scene, c)]
        if members:
            return members[-1]
    named = [c for c in before if c.kind in wanted and c.symbol]
    if candidate.kind == "pronoun":  # one that opens a sentence looks back to the one before
        return named[0] if named and candidate.start - scene.start > 40 else None
    if named:
        return named[-1]
    if candidate.kind == "fundamental":
        behind = [c for c in scene.candidates if candidate.end <= c.start <= candidate.end + 30 and c.kind == "stock"]
        if behind and scene.text[candidate.end : behind[0].start].strip().lower() in ("of", "at", "for", "from"):
            return behind[0]
    return None


def _has_members(scene: Scene, index: Candidate) -> bool:
    following = scene.between(index.end, scene.end)
    return bool(following) and following[0].lower in MEMBERS


def _unnamed_index(scene: Scene, candidate: Candidate) -> bool:
    """Whether "index" has a name of its own that the table does not know: "the emerging market index"."""
    if candidate.head not in INDEX_NOUNS:
        return False
    behind = scene.between(candidate.end, scene.end)
    if behind and behind[0].lower == "of":
        return True
    lead = scene.between(max(scene.start, candidate.start - 40), candidate.end)
    describing = [word.lower for word in lead[:-1]]
    for word in reversed(describing):
        if word in ("a", "an"):
            return True
        if word in DEFINITE or not word[0].isalpha():
            return False
        if word not in DESCRIBING:
            return True
    return False


def _wanted(candidate: Candidate) -> frozenset[str]:
    """The kinds of instruments that a generic subject can stand for."""
    head = candidate.head
    if candidate.kind == "pronoun":
        return TRADED - {"crypto"} if head in ("it", "its") else frozenset({"commodity"})
    if candidate.kind == "fundamental":
        return frozenset() if head in MACRO else frozenset({"stock"})
    if candidate.kind == "rate":
        return frozenset({"rate"})
    if candidate.kind != "price":
        return frozenset()
    if head in INDEX_NOUNS:
        return frozenset({"index"})
    if head == "currency":
        return frozenset({"currency"})
    if head == "fund":
        return frozenset({"etf"})
    if head in ("stock", "shares", "share") or head in COMPANY_NOUNS:
        return frozenset({"stock", "etf"}) if head == "shares" else frozenset({"stock"})
    return frozenset()


def _prominent(candidates: Sequence[Candidate]) -> Candidate:
    """Of several names in a sentence the first that stands as a subject, not as somebody's possessor."""
    return next((c for c in candidates if not c.possessive), candidates[0])
