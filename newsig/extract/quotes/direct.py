"""Who spoke a quoted run: the verb of saying beside it, the line that announces it, or the statement it goes on with.

A sentence is looked at with all its runs. What stands behind a run ("…,” said X of Y") speaks for it before what stands
in front does ("X said: “…"); a run with neither goes on with the run before it in the sentence, else with the last
statement, if nobody else came in between; else it belongs to whom the next sentence names. What is left has no speaker.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from newsig.extract.lexicon import SAY_VERBS, words
from newsig.extract.quotes.cast import Cast
from newsig.extract.quotes.clauses import FEWEST_WORDS, Reading, clause_start
from newsig.extract.quotes.grammar import subject_of, words_of
from newsig.extract.quotes.marks import Run
from newsig.extract.quotes.speaker import Speaker, told
from newsig.records import Quote, Span

LOOK_BACK = 360
"""Code points before a run within which the sentence before it is looked for."""
GAP = 300
"""Code points that may lie between a run and the statement that it goes on with."""
_SPOKEN = SAY_VERBS | words("""
    asked asks replied recalled recalls joked shouted chanted stressed stresses emphasized emphasised cautioned
    observed admitted confirmed tweeted responded responds concluded agreed agrees countered lamented testified
    quoted recounted reiterated mused continued continues pleaded retorted texted emailed e-mailed exclaimed
    screamed yelled argued blogged complained adds boasted hinted answered saying telling adding writing noting
    ruled alleges alleged asserted contends contended admits acknowledges confirms revealed remembered found feared
    arguing warning explaining reasoned opined pointed insists insisted maintained
""")
_SAY = "|".join(sorted(_SPOKEN, key=len, reverse=True))
_CALL = (
    "called|calls|calling|described|describes|describing|dubbed|termed|labelled|labeled|branded|deemed|characterized"
)
_WORD = (
    r"(?:[^.;“”\"\n]|(?<=\b[A-Z])\.|(?<=\bInc)\.|(?<=\bCo)\.|(?<=\bCorp)\.|(?<=\bLtd)\.|(?<=\b[MDS]r)\.|(?<=\b[MD]rs)\."
    r"|(?<=\bMs)\.|(?<=\bSt)\.|(?<=\b(?:Sen|Rep|Gov|Gen))\.|\.(?=\w))"
)
"""What the words around a verb of saying are made of: no end of a sentence, and no mark of a quotation."""
_AUX = (
    r"(?:(?:has|had|have|also|later|then|only|once|recently|often|always|quickly|still|simply|has\s+also|would|will"
    r"|\w+ly)\s+)*"
)
_BEHIND = re.compile(
    rf"^\s*[,–—-]*\s*(?:(?:as|and|was\s+how)\s+)?(?:(?P<cue>{_SAY})\s+(?P<who>{_WORD}{{2,220}})"
    rf"|(?P<who2>(?:[A-ZÀ-Þ0-9]|he\b|she\b|they\b|it\b|the\b|a\b|an\b|one\b|its\b|his\b|her\b|another\b|two\b"
    rf"|(?:(?!(?:{_SAY})\b)[a-z][\w-]*\s+){{1,5}}(?=[A-Z]))"
    rf"(?:(?!\b(?:{_SAY})\b){_WORD}){{0,180}}?),?\s+{_AUX}(?P<cue2>{_SAY})\b)"
)
_ACCORDING = re.compile(rf"^\s*,?\s*(?P<cue>according to|in the words of)\s+(?P<who>{_WORD}{{2,160}})", re.IGNORECASE)
_DASHED = re.compile(r"^\s*[-–—―]{1,2}\s*(?P<who>[A-ZÀ-Þ][^“”\"\n]{2,120}?)\.?\s*$")
_SIGNED = re.compile(
    r"^\s*[-–—―]{1,2}\s*(?P<who>[A-ZÀ-Þ][\w.’'-]*(?:\s(?:[A-ZÀ-Þ][\w.’'-]*|von|van|de|der)){1,3}(?:,[^“”\"\n]{2,100}?)?)\.?\s*$"
)
"""A name signed behind a quotation that ends its sentence: "“…” – Orla Quillfeather, strategist"."""
_AHEAD = re.compile(
    rf"(?P<who>{_WORD}{{1,240}}?),?\s+{_AUX}(?P<cue>{_SAY}|{_CALL})\b(?P<gap>{_WORD}{{0,140}}?)[,:]?\s*(?:[-–—]+\s*)?$"
)
_COLON = re.compile(r"(?P<who>[A-ZÀ-Þ][^“”\"\n]{1,160}?):\s*$")
_INSERTED = re.compile(r",\s+(?P<who>(?:he|she|they|it)|(?:[A-Z][\w.'’-]*\s?)+)$")
"""A short name or pronoun right before the verb, behind a comma: "Before she buys, she said, “…”"."""
_PASSIVE = re.compile(r"\b(?:is|was|were|are|been|be|being|so-)\s*(?:\w+ly\s+)?$")
_SPEAKING = re.compile(
    r"\b(?:commented|comments?|spoke|speaking|addressed|addressing|explained|continued|reassure|pointed out|asked|told|"
    r"statement|speech|address|testimony|interview|remarks|note|letter|warned|argued|agreed|disagreed|upbeat|cautious|"
    r"said|says|blamed|praised|criticized|criticised|dismissed|rejected|defended|announced|issued|wrote|responded|reacted)\b",
    re.IGNORECASE,
)
"""What a sentence speaks of that introduces the quotation behind it without a verb of saying at its marks."""
_HALVES = re.compile(r"(?:[,:;–—-]|\b(?:and|but|that|adding|or))\s*$")
"""How the words between the two halves of a quotation end: " said X of Y, "."""
_ADDED = re.compile(r"^\W*(?:and|but|while|or|yet|then)?\W*$")
"""Words between two runs that say nothing of their own."""


@dataclass(frozen=True, slots=True)
class Tag:
    """Who is said to speak beside a run, and by which verb; nobody where words stand there that may mean several.

    ``clause`` is where the statement begins that the run completes: "said problems would “go away in time”".
    """

    speaker: Speaker | None
    cue: str | None
    clause: int | None = None


def tag_of(reading: Reading, runs: Sequence[Run], place: int, cast: Cast) -> Tag | None:
    """The tag of one of the runs of a sentence."""
    run = runs[place]
    before = runs[place - 1].end if place else reading.start
    behind = runs[place + 1].start if place + 1 < len(runs) else reading.end
    return _tag_behind(reading.text, run, max(behind, run.end), cast) or _tag_before(reading, before, run, cast)


def _tag_behind(text: str, run: Run, end: int, cast: Cast) -> Tag | None:
    """What stands behind a run: "said X", "X of Y said", "according to X", "– X"."""
    words = text[run.end : end].split("\n")[0][:320]
    dashed = _DASHED.match(words) or _SIGNED.match(text[run.end :].split("\n")[0][:160])
    if dashed is not None and run.long:
        return _tag(dashed, run, "who", cast, None)
    match = _BEHIND.match(words)
    if match is not None:
        group = "who" if match["who"] else "who2"
        inverted = group == "who"
        closing = r"[,?!.…–—-]\W*$" if inverted else r"(?:[,?!…–—-]|\.\.)\W*$"
        loose = inverted and run.closed and not run.text[-2:-1].isspace() and run.long
        if re.search(closing, run.text[:-1] if run.closed else run.text) or loose:
            return _tag(match, run, group, cast, match["cue"] or match["cue2"])
    match = _ACCORDING.match(words)
    return _tag(match, run, "who", cast, match["cue"]) if match is not None else None


def _tag_before(reading: Reading, start: int, run: Run, cast: Cast) -> Tag | None:
    """What stands in front of a run in its sentence: "X said: ", "X called it ", "X: "."""
    text = reading.text
    announced = cast.people.announced(run.start)
    if announced is not None:
        return Tag(cast.heard(told(announced[1]), announced[0], run.start), None)
    start = max(start, run.start - 360)
    start += text[start : run.start].rfind("\n") + 1
    words = text[start : run.start]
    match = _AHEAD.search(words)
    if match is not None and not _PASSIVE.search(words[: match.start("cue")]):
        calling = re.fullmatch(_CALL, match["cue"]) is not None
        if run.long or (calling and not match["gap"].count(" ") > 6) or match["gap"].strip(" ,:") == "":
            speaker = _before_verb(reading, match, start, cast)
            if speaker is None:
                return None
            clause = (
                None if calling or match["cue"].startswith("quot") else _clause(reading, start + match.end("cue"), run)
            )
            return Tag(speaker, match["cue"], clause)
    colon = _COLON.search(words)
    if colon is not None and run.long:
        who = re.split(r"[.!?]\s+(?=[A-Z])", colon["who"])[-1]
        speaker = cast.speaker(who.split(",")[0] if who.isupper() else who, start + colon.end("who") - len(who))
        return Tag(speaker, None) if speaker is not None else None
    return None


def _clause(reading: Reading, behind: int, run: Run) -> int | None:
    """Where the clause between a verb of saying and a run begins; None where the run is all that is said."""
    start = clause_start(reading, behind, run.start)
    if len(reading.text[start : run.start].split()) < FEWEST_WORDS or run.words[:1].isupper():
        return None
    tokens = reading.doc.char_span(start, run.start, alignment_mode="contract")
    return (
        start if tokens is not None and any(token.dep_ in ("nsubj", "nsubjpass", "expl") for token in tokens) else None
    )


def _before_verb(reading: Reading, match: re.Match[str], offset: int, cast: Cast) -> Speaker | None:
    """Who is the subject of a verb in front of a run: a short name right before it, else by parse, else by place."""
    who, at = match["who"], offset + match.start("who")
    inserted = _INSERTED.search(who)
    if inserted is not None and (speaker := cast.speaker(inserted["who"], at + inserted.start("who"))) is not None:
        return speaker
    verb = reading.doc.char_span(offset + match.start("cue"), offset + match.end("cue"), alignment_mode="expand")
    subject = subject_of(verb.root) if verb is not None else None
    if verb is not None and subject is not None and at <= subject.idx < offset + match.start("cue"):
        named = words_of(reading, subject, verb.root)
        if (speaker := cast.speaker(*named)) is not None:
            return speaker
    for cut in (_clause_start(who), who.rfind(", ") + 2 if ", " in who else 0, 0):
        if (speaker := cast.speaker(who[cut:], at + cut)) is not None:
            return speaker
    return None


def _clause_start(who: str) -> int:
    """Where the clause of the verb begins: behind a conjunction, "Stocks fell after X"."""
    cuts = list(
        re.finditer(r"\b(?:after|but|and|while|as|when|because|although|though)\s+(?=[A-Z]|(?:he|she|the|it)\b)", who)
    )
    cuts = [cut for cut in cuts if not re.match(r"and\s[A-Z]\w+(?:\s[A-Z]\w+)?$", who[cut.start() :])]
    return cuts[-1].end() if cuts and cuts[-1].end() < len(who) - 1 else 0


def _tag(match: re.Match[str], run: Run, group: str, cast: Cast, cue: str | None) -> Tag | None:
    """The tag of words that begin where a run ends."""
    speaker = cast.speaker(match[group], run.end + match.start(group), apart=(run.start, run.end))
    return Tag(speaker, cue) if speaker is not None or cast.means_somebody(match[group].strip(" ,.")) else None


def halved(text: str, previous: Run, run: Run) -> bool:
    """Whether two runs of one sentence are the halves of what one speaker says: "“…,” said X, “…”"."""
    between = text[previous.end : run.start]
    return _HALVES.search(between) is not None or _ADDED.match(between) is not None


def goes_on(text: str, previous: Quote | None, run: Run, sentence: int) -> bool:
    """Whether a run without a tag goes on with the last statement: it opens a sentence, right behind the one the
    speaker was named in, or the paragraph behind that one's."""
    if previous is None or not run.long or previous.end > run.start or sentence != run.start:
        return False
    gap = text[previous.end : run.start]
    if len(gap) > GAP or gap.count("\n\n") > 1 + gap.startswith("\n"):
        return False
    between = gap.split("\n")[0] if "\n" in gap else gap
    return len(re.findall(r"[.!?][\"”’]?\s+(?=[A-Z“\"‘])", between)) <= 1 and (
        not gap.strip("\n ") or "\n" not in gap.strip()
    )


def introduced(text: str, run: Run, runs: Sequence[Run], cast: Cast, sentence: int) -> Speaker | None:
    """Who speaks a run that opens a sentence behind one that tells of somebody speaking: "She commented. “…”".

    Of ``runs`` none inside that sentence names the speaker: they are what somebody says.
    """
    if sentence != run.start or not run.long:
        return None
    end = len(text[: run.start].rstrip())
    start = _sentence_start(text, end)
    sentence_before = text[start:end]
    speaks = _SPEAKING.search(sentence_before) is not None or sentence_before.endswith(":")
    opens = "\n" in text[end : run.start] and run.whole and cast.people.at(start) is not None
    if not speaks and not opens:
        return None
    return cast.acting_person(start, run.start, [(other.start, other.end) for other in runs if start <= other.start])


def _sentence_start(text: str, end: int) -> int:
    """Where the sentence that ends at an offset begins."""
    first = max(0, end - LOOK_BACK)
    stops = list(re.finditer(r"(?<=[a-z0-9\"”)%])[.!?][\"”]?\s+|\n+", text[first : max(first, end - 1)]))
    return first + stops[-1].end() if stops else first


def quoted(run: Run, speaker: Speaker | None, cue: str | None, text: str) -> Quote:
    """The direct quotation of a speaker; of nobody where none is known."""
    words = run.text
    if speaker is None:
        return Quote(start=run.start, end=run.end, text=words, kind="direct", cue=cue)
    return Quote(
        start=run.start,
        end=run.end,
        text=words,
        kind="direct",
        speaker=speaker.name,
        speaker_type=speaker.kind,
        role=speaker.role,
        organisation=speaker.organisation,
        cue=cue,
        attribution=Span(start=speaker.start, end=speaker.end, text=text[speaker.start : speaker.end]),
    )


def going_on(previous: Quote, run: Run) -> Quote:
    """A run spoken by whom the last statement is from."""
    return replace(previous, start=run.start, end=run.end, text=run.text, kind="direct", cue=None)
