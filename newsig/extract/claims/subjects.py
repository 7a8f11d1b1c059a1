"""What moved: the subject of a move inside its sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from newsig.extract.claims.directions import Move
from newsig.extract.claims.scene import TRADED, Candidate, Scene
from newsig.extract.lexicon import COMPANY_NOUNS, NEUTRAL_VERBS, words
from newsig.extract.numbers import Number

OWNED = words("fundamental other price")
"""Kinds of what a possessor can own: "Apple's sales", "Goldman's stock"."""
NAMED = TRADED | {"name", "unlisted"}
TRANSITIVE = words("""
    cut cuts cutting raise raised raising raises hike hiked hiking lift lifted lifting boost boosted boosting reduce
    reduced reducing reduces lower lowered lowering slash slashed slashing trim trimmed trimming increase increased
    increasing expand expanded
""")
"""Verbs whose object is what moves: "cut its dividend by 10 percent"."""
CUT_OFF = words("despite amid after because on since and alone as when while but is was were are to")
"""Words that end the phrase in which a noun names what moved: "a gain of 5 percent on Friday in …"."""
AFFECTING = words("""
    led lead leads leading boosted boosting lifted lifting helped helping hurt hurting dragged dragging paced pacing
    weighed propelled
""")
PRICED = COMPANY_NOUNS | words("stock shares share index average fund futures")
"""Nouns that leave a possessor the subject: "Goldman's stock slipped" is about Goldman."""
CARRIED_PARTICIPLE = re.compile(r",\s+(?:\w+\s+)?$|\b(?:after|before|despite|while|by|since)\s+$", re.IGNORECASE)
LED_WITH = re.compile(
    r"\b(?:led|lead|leads|leading|push\w*|help\w*|drag\w*|lift\w*|boost\w*|drove|driving|pull\w*)\b[^.;]{0,300}"
    r"\b(?:with|by)\s+(?:an?\s+)?(?:[\w-]+\s+)?(?:of\s+)?$",
    re.IGNORECASE,
)
"""Who led an index "with a gain of 1.6 percent" gained it himself."""
_OF = words("in of for by from")
_VERBISH = NEUTRAL_VERBS | words("""
    also already now then still later even only just not sharply slightly again today yesterday more further modestly
    nearly almost
""")


def find_subject(
    scene: Scene, number: Number, move: Move, earlier: Sequence[tuple[Number, Candidate]]
) -> Candidate | None:
    """The candidate that moved, or None.

    ``earlier`` are the claims of the same sentence that came before, with their subjects.
    """
    if move.how == "shared" and earlier:
        return earlier[-1][1]
    if (several := _respectively(scene, number, move)) is not None:
        return several
    if move.how == "listed" and (behind := _for_whom(scene, number)) is not None:
        return behind
    if move.how == "listed" and earlier:
        newer = [
            c
            for c in scene.candidates
            if earlier[-1][0].end <= c.start and c.end <= number.start and c.kind != "pronoun"
        ]
        return _named(newer, scene) or earlier[-1][1]
    if move.how == "noun":
        return _of_noun(scene, number, move, earlier)
    if move.how == "sign":
        return _nearest(scene, number.start)
    if scene.text[move.start : move.end].lower() in TRANSITIVE:
        objects = [c for c in scene.candidates if move.end <= c.start and c.end <= number.start and c.kind != "pronoun"]
        if objects:
            return objects[-1]
    return _first_of_pair(scene, _of_verb(scene, min(move.start, number.start), move, earlier))


def _for_whom(scene: Scene, number: Number) -> Candidate | None:
    """The subject behind a number of a comparison: "against 6.1 percent for the FTSE 100"."""
    for candidate in scene.candidates:
        if candidate.start >= number.end and candidate.kind in NAMED:
            return candidate if scene.text[number.end : candidate.start].split() in (["for"], ["for", "the"]) else None
    return None


def _respectively(scene: Scene, number: Number, move: Move) -> Candidate | None:
    """The subject of one of several numbers told apart by "respectively"."""
    run = [n for n in scene.numbers if n.unit == number.unit and n.start > move.end]
    if number not in run or "respectively" not in scene.text[run[-1].end : run[-1].end + 25].lower():
        return None
    named = [c for c in scene.candidates if c.end <= move.start and c.kind in NAMED | {"segment"}]
    return named[-len(run) :][run.index(number)] if len(named) >= len(run) else None


def _first_of_pair(scene: Scene, chosen: Candidate | None) -> Candidate | None:
    """Of "the Dow and the S&P are both up" the first, which stands for the pair."""
    if chosen is None or chosen.kind not in TRADED:
        return chosen
    place = list(scene.candidates).index(chosen)
    if not place or scene.candidates[place - 1].kind != chosen.kind or scene.candidates[place - 1].possessive:
        return chosen
    between = scene.text[scene.candidates[place - 1].end : chosen.start].split()
    return scene.candidates[place - 1] if between in (["and"], ["and", "the"]) else chosen


def _of_noun(scene: Scene, number: Number, move: Move, earlier: Sequence[tuple[Number, Candidate]]) -> Candidate | None:
    """ "The Dow's 344-point fall", "a 9% sell-off in China", "a rise of 22% in profits", "posted a gain of 5%"."""
    edge = min(number.start, move.start)
    owner = [c for c in scene.candidates if c.possessive and c.end <= edge and edge - c.end < 45]
    if owner and not any(
        word.lower in NEUTRAL_VERBS | {"with", "by", "after", ",", "and"} for word in scene.between(owner[-1].end, edge)
    ):
        return owner[-1]
    for after in (max(number.end, move.end), move.end):
        behind = scene.between(after, scene.end)
        if behind and behind[0].lower in _OF:
            within = [c for c in scene.candidates if after <= c.start <= after + 45 and c.kind != "pronoun"]
            gap = [word.lower for word in scene.between(after, within[0].start)] if within else []
            dated = any(after <= p.start <= after + 4 for p in scene.periods)
            if within and not dated and len(gap) <= 5 and "," not in gap and not CUT_OFF.intersection(gap):
                return _owned_by(within, within[0])
    if LED_WITH.search(scene.text, scene.start, edge):
        return _first(scene, edge)
    before = scene.index_before(edge)
    if before >= 0 and number.end <= move.start:  # "profit growth", "a 3 percent sales increase"
        inside = [c for c in scene.candidates if number.end <= c.start and c.end <= move.start]
        if inside:
            return inside[-1]
    if move.end <= number.start:
        prior = scene.words[scene.index_before(move.start)] if scene.index_before(move.start) >= 0 else None
        adjacent = [c for c in scene.candidates if prior is not None and c.start <= prior.start < c.end]
        if adjacent and adjacent[0].kind in ("fundamental", "other"):
            return adjacent[0]
    return _of_verb(scene, edge, move, earlier)


def _owned_by(within: Sequence[Candidate], first: Candidate) -> Candidate:
    """In "of crude oil prices" the thing itself, not the generic noun in front of it."""
    if first.kind == "price":
        for candidate in within[1:]:
            if candidate.kind in TRADED:
                return candidate
    return first


def _of_verb(scene: Scene, at: int, move: Move, earlier: Sequence[tuple[Number, Candidate]]) -> Candidate | None:
    """The subject of a verb or adverb: what stands before its verb group, parentheses skipped."""
    head = _group_start(scene, at)
    text = scene.text
    word = text[min(head, move.start) : move.end].lower()
    if CARRIED_PARTICIPLE.search(text, max(scene.start, head - 20), head) and word.split()[0].endswith("ing"):
        if earlier:
            return earlier[-1][1]
        return _first(scene, head)
    before = text[scene.start : head].rstrip()
    finite = head < move.start or move.how == "verb"  # a bare ", up 55 percent" belongs to the name before it
    if before.endswith((",", ")")) and finite and not word.split()[0].endswith("ing"):
        return _around_parenthesis(scene, head, before)
    return _nearest(scene, head)


def _group_start(scene: Scene, at: int) -> int:
    """Where the verb group begins that ends at a character: "has today gone | up"."""
    place = scene.index_before(at)
    start = at
    while (
        place >= 0
        and scene.words[place].lower in _VERBISH
        and not any(c.start <= scene.words[place].start < c.end for c in scene.candidates)
    ):
        start = scene.words[place].start
        place -= 1
    return start


def _around_parenthesis(scene: Scene, head: int, before: str) -> Candidate | None:
    """The subject where a comma or bracket stands right before the verb: "The S&P 500, a benchmark for large-cap
    stocks, is up". The words between the marks are skipped, unless they name what a generic noun outside only
    describes: "the main UK index, the FTSE 100, sank"."""
    close = scene.start + len(before) - 1
    mark = scene.text[close]
    if mark == ")":
        open_at = scene.text.rfind("(", scene.start, close)
        outer = _nearest(scene, open_at) if open_at > scene.start else None
        inside = [c for c in scene.candidates if open_at <= c.start and c.end <= close + 1 and c.symbol]
        if inside and (outer is None or not outer.symbol):
            return inside[-1]
        return outer or _nearest(scene, head)
    open_at = scene.text.rfind(",", scene.start, close)
    while open_at > scene.start and _inside_number(scene.text, open_at):
        open_at = scene.text.rfind(",", scene.start, open_at)
    if open_at <= scene.start:
        return _nearest(scene, head)
    inner = [c for c in scene.candidates if open_at < c.start and c.end <= close + 1 and c.kind in TRADED]
    outer = _nearest(scene, open_at)
    lead = scene.text[open_at + 1 : inner[0].start].split() if inner else []
    if outer is None or (outer.kind in ("price", "pronoun") and inner and len(lead) <= 1):
        return inner[0] if inner else outer
    if outer.kind in TRADED and inner and not lead:  # a list of names: "Apple, Microsoft, fell"
        return inner[0]
    return outer


def _inside_number(text: str, at: int) -> bool:
    return text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit()


def _nearest(scene: Scene, at: int) -> Candidate | None:
    """The nearest candidate to the left that can be a subject: no possessor, nothing that only qualifies another."""
    left = [c for c in scene.candidates if c.end <= at]
    for place in range(len(left) - 1, -1, -1):
        candidate = left[place]
        if candidate.possessive and place + 1 < len(left) and left[place + 1].kind in OWNED:
            continue
        if candidate.possessive and not _before_price_noun(scene, candidate, at):
            continue
        venue = place and left[place - 1].kind in ("stock", "price", "name", "etf", "commodity")
        if (venue and _exchange(scene, candidate)) or (place and _affected(scene, candidate, at)):
            continue
        if _qualifies(scene, candidate, left[:place]) or _within_of_phrase(scene, candidate, left[:place]):
            continue
        return candidate
    return left[-1] if left else None


def _before_price_noun(scene: Scene, candidate: Candidate, at: int) -> bool:
    """Whether a possessor owns only its shares: "Goldman's stock slipped"."""
    following = [word.lower for word in scene.between(candidate.end, at)]
    return not following or bool(PRICED.intersection(following))


def _qualifies(scene: Scene, candidate: Candidate, left: Sequence[Candidate]) -> bool:
    """Whether the candidate only qualifies a statistic before it: "sales at Apple rose" is about sales."""
    if not left or left[-1].kind not in ("fundamental", "other"):
        return False
    between = [word.lower for word in scene.between(left[-1].end, candidate.start)]
    behind = bool(between) and between[0] in ("at", "of", "in", "from", "for") and len(between) <= 3
    return behind and candidate.kind != "fundamental"


def _exchange(scene: Scene, candidate: Candidate) -> bool:
    """Whether a market is only where something else trades or belongs: "closed at $28.94 on Nasdaq", "the top gainer
    in the Dow"."""
    before = [word.lower for word in scene.between(max(scene.start, candidate.start - 20), candidate.start)]
    if before and before[-1] in ("the", "both"):
        before = before[:-1]
    return candidate.kind == "index" and bool(before) and before[-1] in ("on", "in", "among")


def _affected(scene: Scene, candidate: Candidate, at: int) -> bool:
    """Whether an index only feels what another did: "Apple led the S&P 500 and climbed 6.3 percent"."""
    lead = scene.between(max(scene.start, candidate.start - 20), candidate.start)
    before = [word.lower for word in lead if word.lower != "the"]
    following = scene.between(candidate.end, at)
    felt = bool(before) and before[-1] in AFFECTING and bool(following) and following[0].lower in ("and", ",")
    return candidate.kind == "index" and felt


def _within_of_phrase(scene: Scene, candidate: Candidate, left: Sequence[Candidate]) -> bool:
    """Whether the candidate stands in an of-phrase of a name: "the FTSE 100 index of leading shares"."""
    if not left or left[-1].kind not in TRADED or candidate.kind in ("fundamental", "pronoun"):
        return False
    between = [word.lower for word in scene.between(left[-1].end, candidate.start)]
    return "of" in between[:2] and len(between) <= 5 and "," not in between


def _first(scene: Scene, at: int) -> Candidate | None:
    """The first candidate of the sentence that can stand as its subject."""
    left = [c for c in scene.candidates if c.end <= at]
    for candidate in left:
        venue = len(left) > 1 and _exchange(scene, candidate)
        if not candidate.possessive and candidate.kind != "pronoun" and not venue:
            return candidate
    return left[0] if left else None


def _named(candidates: Sequence[Candidate], scene: Scene) -> Candidate | None:
    """Of new names in a list the last one: "JP Morgan Chase by 25%"."""
    for candidate in reversed(candidates):
        if not candidate.possessive or _before_price_noun(scene, candidate, scene.end):
            return candidate
    return None
