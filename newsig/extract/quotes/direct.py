"""Quoted runs and who spoke them: a verb of saying beside the marks, or a statement that the run goes on with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from newsig.extract.lexicon import SAY_VERBS
from newsig.extract.quotes.cast import Cast, Speaker
from newsig.extract.quotes.stances import stance_of
from newsig.records import Quote

LONGEST = 2000
"""Code points that one quotation may have; an unclosed mark never runs away with the text."""
FEWEST_WORDS = 3
"""A quoted run of fewer words is a term, unless a verb of saying stands right beside it."""
GAP = 260
"""Code points that may lie between a run and the one that goes on with it."""

_SAY = "|".join(sorted(SAY_VERBS | {"asked", "asks", "replied", "recalled", "joked", "shouted", "chanted"}))
_STOPLESS = r"(?:[^.;“”\"\n]|(?<=\b[A-Z])\.|(?<=\bInc)\.|(?<=\bCo)\.|(?<=\bCorp)\.|(?<=\bMr)\.|(?<=\bMs)\.|(?<=\bDr)\.)"
"""What the words around a verb of saying are made of: no end of a sentence, and no mark of a quotation."""
_RUN = re.compile(
    rf"“[^“”\"\n]{{2,{LONGEST}}}[”\"]|«[^«»\n]{{2,{LONGEST}}}»"
    rf"|(?<![\w\"])\"(?=\S)[^\"“”\n]{{2,{LONGEST}}}[\"”](?!\w)"
    rf"|^“[^“”\"\n]{{2,{LONGEST}}}$(?=\n+“)",
    re.MULTILINE,
)
"""A run between marks; of a quotation of several paragraphs each is opened anew and only the last one closed."""
_BEHIND = re.compile(
    rf"^\s*,?\s*(?:(?P<cue>{_SAY})\s+(?P<who>{_STOPLESS}{{2,200}})"
    rf"|(?P<who2>(?:[A-Z]|he\b|she\b|they\b|it\b|the\b|a\b|an\b|one\b)(?:(?!\b(?:{_SAY})\b){_STOPLESS}){{0,160}}?),?\s+"
    rf"(?:has\s+|had\s+|also\s+|later\s+)?(?P<cue2>{_SAY})\b)"
)
_AHEAD = re.compile(
    rf"(?P<who>{_STOPLESS}{{2,200}}?),?\s+(?:has\s+|had\s+|also\s+|later\s+|then\s+|only\s+)?"
    rf"(?P<cue>{_SAY}|describ\w+|call(?:ed|ing)?)\b(?P<gap>{_STOPLESS}{{0,120}}?)[,:]?\s*$"
)
_HALVED = re.compile(rf"\s*(?:{_STOPLESS}){{3,160}},\s*")
"""What stands between the halves of one sentence of a speaker: " said … of …, "."""
_INSERTED = re.compile(r",\s+(?P<who>(?:he|she|they|it)|(?:[A-Z][\w.'’-]*\s?)+)$")
"""A short name or pronoun right before the verb, behind a comma: "Before she buys, she said, “…”"."""
_SPEAKING = re.compile(
    r"\b(?:commented|comments|spoke|speaking|addressed|addressing|explained|continued|reassure|pointed out|asked|told|"
    r"statement|speech|address|testimony|interview|remarks)\b",
    re.IGNORECASE,
)
"""What a sentence speaks of that introduces the quotation behind it without a verb of saying at its marks."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch between quotation marks, marks included."""

    start: int
    end: int
    text: str

    @property
    def long(self) -> bool:
        """Whether it is more than a quoted term."""
        return len(self.text.split()) >= FEWEST_WORDS


def find_runs(text: str) -> Iterator[Run]:
    """Every quoted run of a text, in order.

    >>> [run.text for run in find_runs('He said "it is over" and left the “old guard” there.')]
    ['"it is over"', '“old guard”']
    """
    for match in _RUN.finditer(text):
        yield Run(match.start(), match.end(), match[0])


def spoken(text: str, run: Run, cast: Cast, sentence: int) -> Quote | None:
    """The quotation of a run with a verb of saying right behind or right before it."""
    behind = _BEHIND.match(text[run.end : run.end + 260].split("\n")[0])
    group = "who" if behind is not None and behind["who"] else "who2"
    closing = r"[,?!.…-]\W*$" if group == "who" else r"(?:[,?!…-]|\.\.)\W*$"
    if behind is not None and re.search(closing, run.text[:-1]):
        speaker = cast.speaker(behind[group], run.end + behind.start(group))
        if speaker is not None:
            return quoted(run, speaker, behind["cue"] or behind["cue2"])
    lead = max(sentence, run.start - 320)
    lead += text[lead : run.start].rfind("\n") + 1
    return _announced(text, lead, run, cast)


def _announced(text: str, lead: int, run: Run, cast: Cast) -> Quote | None:
    """The quotation of a run whose speaker and verb stand before it in its sentence."""
    before = _AHEAD.search(text[lead : run.start])
    if before is None or not run.long:
        return None
    inserted = _INSERTED.search(before["who"])
    skip = inserted.start("who") if inserted else 0
    speaker = cast.speaker(before["who"][skip:], lead + before.start("who") + skip)
    return quoted(run, speaker, before["cue"]) if speaker is not None else None


def continued(text: str, previous: Quote | None, run: Run, sentence: int) -> Quote | None:
    """A run without a cue that goes on with the statement before it: it opens a sentence, right behind the one the
    speaker was named in."""
    if previous is None or not run.long or previous.end > run.start:
        return None
    gap = text[previous.end : run.start]
    if sentence != run.start and not (previous.kind == "direct" and _HALVED.fullmatch(gap)):
        return None
    other_paragraph = "\n" in gap and not (gap.strip() == "" and previous.text[-1] not in '”"»')
    if len(gap) > GAP or other_paragraph or gap.count(". ") > 1:
        return None
    return replace(
        previous,
        start=run.start,
        end=run.end,
        text=run.text,
        kind="direct",
        cue=None,
        stance=stance_of(run.text),
    )


def introduced(text: str, run: Run, cast: Cast, sentence: int) -> Quote | None:
    """A run that opens a sentence behind one that tells of somebody speaking: "She commented on the fall. “…”"."""
    if sentence != run.start or not run.long:
        return None
    before = text[max(0, run.start - 320) : run.start].rstrip()
    if "\n" in text[run.start - 2 : run.start]:
        return None
    told = re.split(r"(?<=[a-z0-9\"”)])\.\s", before)[-1]
    speaker = cast.subject_person(run.start - len(told) - 2, run.start)
    return quoted(run, speaker, None) if speaker is not None and _SPEAKING.search(told) else None


def quoted(run: Run, speaker: Speaker, cue: str | None) -> Quote:
    """The direct quotation of a speaker."""
    return Quote(
        start=run.start,
        end=run.end,
        text=run.text,
        kind="direct",
        speaker=speaker.name,
        speaker_type=speaker.kind,
        role=speaker.role,
        organisation=speaker.organisation,
        cue=cue,
        stance=stance_of(run.text),
    )
