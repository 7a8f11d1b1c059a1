"""The subject of a verb or adverb: what stands before its verb group, insertions skipped."""

from __future__ import annotations

import re
from collections.abc import Sequence

from newsig.extract.claims.directions import Move
from newsig.extract.claims.scene import TRADED, Candidate, Scene
from newsig.extract.claims.subjects.vocabulary import AFFECTING, NAMED, OWNED, PRICED, VERB_GROUP
from newsig.extract.lexicon import words
from newsig.extract.numbers import Number

_CARRIED = re.compile(r",\s+(?:\w+\s+)?$|\b(?:after|before|despite|while|by|since)\s+$", re.IGNORECASE)
_AGAINST = re.compile(r"\b(?:against|versus)\s+(?:both\s+)?(?:the\s+)?(?:\w+\s+and\s+(?:the\s+)?)?$")
_DESCRIBED = re.compile(r"(?:\s*\([^)]*\))?\s*,\s+(?:an?|the|its|one\s+of\s+the)\s+(?:[\w’'-]+\s+){0,5}")
VENUES = words("Nasdaq NYSE Amex Euronext Xetra Comex Nymex")
_ON = re.compile(
    r"\b(?:on|in|among)\s+(?:both\s+)?(?:the\s+)?(?:(?:Dow|S&P|Nasdaq|blue-chip)[\w\s&]{0,25}?\s(?:and|or)\s+(?:the\s+)?)?$",
    re.IGNORECASE,
)


def of_verb(scene: Scene, at: int, move: Move, earlier: Sequence[tuple[Number, Candidate]]) -> Candidate | None:
    """The subject of a verb or adverb: what stands before its verb group, parentheses skipped."""
    head = _group_start(scene, at)
    text = scene.text
    word = text[min(head, move.start) : move.end].lower()
    if _CARRIED.search(text, max(scene.start, head - 20), head) and word.split()[0].endswith("ing"):
        return _of_participle(scene, head, move, earlier)
    before = text[scene.start : head].rstrip()
    finite = head < move.start <= at or move.how == "verb"  # a bare ", up 55 percent" belongs to the name before it
    if before.endswith((",", ")", " --", " –", "—")) and finite and not word.split()[0].endswith("ing"):
        return _around_parenthesis(scene, head, before)
    return nearest(scene, head)


def _of_participle(
    scene: Scene, head: int, move: Move, earlier: Sequence[tuple[Number, Candidate]]
) -> Candidate | None:
    """The subject of ", falling 3 percent" or "after rising 2 percent": that of the clause it hangs on, which is a new
    one where somebody else was named since the figure before: "Boeing fell 3 percent and Ford hit a low, losing 4"."""
    since = earlier[-1][0].end if earlier else scene.start
    newer = [c for c in scene.candidates if since <= c.start and c.end <= head and c.kind in NAMED]
    if earlier and not _opens_clause(scene, since, newer):
        return earlier[-1][1]
    span = scene.subject_at(move.start)
    if span is not None:
        meant = [c for c in scene.candidates if c.start < span[1] and span[0] < c.end <= head and not c.possessive]
        if meant and (not earlier or meant[-1] in newer):
            return meant[-1]
    if earlier:
        return newer[0]
    return first(scene, head)


def _opens_clause(scene: Scene, since: int, newer: Sequence[Candidate]) -> bool:
    """Whether the first name since a figure is the subject of a clause of its own, joined by "and" or "while"."""
    if not newer or newer[0].possessive:
        return False
    lead = {word.lower for word in scene.between(since, newer[0].start)}
    return bool(lead & {"and", "while", "but", ";"}) and not lead & {"after", "as", "when", "because", "on", "that"}


def _group_start(scene: Scene, at: int) -> int:
    """Where the verb group begins that ends at a character: "has today gone | up"."""
    place = scene.index_before(at)
    start = at
    while (
        place >= 0
        and scene.words[place].lower in VERB_GROUP
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
    if mark in "-–—":  # "future orders -- a key gauge of growth -- rose"
        opened = re.search(r"\s[-–—]{1,2}\s[^–—]*$", scene.text[scene.start : close - 1])
        return nearest(scene, scene.start + opened.start()) if opened else nearest(scene, head)
    if mark == ")":
        open_at = scene.text.rfind("(", scene.start, close)
        outer = nearest(scene, open_at) if open_at > scene.start else None
        inside = [c for c in scene.candidates if open_at <= c.start and c.end <= close + 1 and c.symbol]
        if inside and (outer is None or not outer.symbol):
            return inside[-1]
        return outer or nearest(scene, head)
    open_at = scene.text.rfind(",", scene.start, close)
    while open_at > scene.start and _inside_number(scene.text, open_at):
        open_at = scene.text.rfind(",", scene.start, open_at)
    if open_at <= scene.start:
        return nearest(scene, head)
    inner = [c for c in scene.candidates if open_at < c.start and c.end <= close + 1 and c.kind in TRADED]
    outer = nearest(scene, open_at)
    lead = scene.text[open_at + 1 : inner[0].start].split() if inner else []
    if outer is None or (outer.kind in ("price", "pronoun") and inner and lead in ([], ["the"])):
        return inner[0] if inner else outer
    if outer.kind in TRADED and inner and not lead:  # a list of names: "Apple, Microsoft, fell"
        return inner[0]
    return outer


def _inside_number(text: str, at: int) -> bool:
    return text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit()


def nearest(scene: Scene, at: int) -> Candidate | None:
    """The nearest candidate to the left that can be a subject: no possessor, nothing that only qualifies another."""
    left = [c for c in scene.candidates if c.end <= at]
    for place in range(len(left) - 1, -1, -1):
        candidate = left[place]
        if candidate.possessive and place + 1 < len(left) and left[place + 1].kind in OWNED:
            continue
        if candidate.possessive and not _before_price_noun(scene, candidate, at):
            continue
        venue = any(c.kind in ("stock", "price", "name", "etf", "commodity") for c in left[:place])
        if candidate.kind == "currency" and place and _AGAINST.search(scene.text[scene.start : candidate.start]):
            continue
        if (venue and _exchange(scene, candidate)) or (place and _affected(scene, candidate, at)):
            continue
        if place and _only_describes(scene, candidate, left[place - 1]):
            continue
        if _qualifies(scene, candidate, left[:place]) or _within_of_phrase(scene, candidate, left[:place]):
            continue
        return candidate
    return left[-1] if left else None


def _only_describes(scene: Scene, candidate: Candidate, before: Candidate) -> bool:
    """Whether a generic noun only says what the name before it is: "Larkmoor Foods, a maker of biscuits, up 7 %"."""
    lead = scene.text[before.end : candidate.start]
    return candidate.kind == "price" and before.kind in TRADED and _DESCRIBED.fullmatch(lead) is not None


def _before_price_noun(scene: Scene, candidate: Candidate, at: int) -> bool:
    """Whether a possessor owns only its shares: "Goldman's stock slipped"."""
    following = [word.lower for word in scene.between(candidate.end, at)]
    return not following or bool(PRICED.intersection(following))


def _qualifies(scene: Scene, candidate: Candidate, left: Sequence[Candidate]) -> bool:
    """Whether the candidate only qualifies a statistic before it: "sales at Apple rose" is about sales."""
    owners = len(left)
    while owners and left[owners - 1].possessive:  # "sales of Astra's heart drug"
        owners -= 1
    left = left[:owners]
    if not left or left[-1].kind not in ("fundamental", "other"):
        return False
    between = [word.lower for word in scene.between(left[-1].end, candidate.start)]
    behind = bool(between) and between[0] in ("at", "of", "in", "from", "for") and "," not in between
    verbs = [word for word in scene.between(left[-1].end, candidate.start) if word.start in scene.verbs]
    short = len(between) <= 3 or all(word.lower.endswith("ing") for word in verbs)  # "the countries using the euro"
    return behind and short and candidate.kind != "fundamental"


def _exchange(scene: Scene, candidate: Candidate) -> bool:
    """Whether a market is only where something else trades or belongs: "closed at $28.94 on Nasdaq", "the top gainer
    in the Dow", "a drag on the Dow and the S&P 500"."""
    venue = candidate.kind == "index" or candidate.head in VENUES
    return venue and _ON.search(scene.text[scene.start : candidate.start]) is not None


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


def first(scene: Scene, at: int) -> Candidate | None:
    """The first candidate of the sentence that can stand as its subject."""
    left = [c for c in scene.candidates if c.end <= at]
    for candidate in left:
        venue = len(left) > 1 and _exchange(scene, candidate)
        if not candidate.possessive and candidate.kind != "pronoun" and not venue:
            return candidate
    return left[0] if left else None


def last_named(candidates: Sequence[Candidate], scene: Scene) -> Candidate | None:
    """Of new names in a list the last one: "JP Morgan Chase by 25%"."""
    for candidate in reversed(candidates):
        if not candidate.possessive or _before_price_noun(scene, candidate, scene.end):
            return candidate
    return None
