"""Pages that stand in the place of a story: paywalls, consent, bot checks, logins, soft 404s, lists, live blogs.

None of them may pass for an article. Each is told by several signs at once, since stories speak of paywalls, cookies
and subscribers, too, and whole stories have a subscribe box below them: what counts is how much story is there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from newsig.errors import NoStory
from newsig.read import phrases
from newsig.read.edges import is_link
from newsig.read.linked import Thing, is_story, kinds, said
from newsig.read.outline import Outline
from newsig.read.phrases import folded

SENTENCES = {
    "paywall": "the page shows only the beginning of its story, and asks for a subscription for the rest",
    "consent": "the page asks for consent to cookies, in the place of a story",
    "bot_check": "the page is a check for robots or an error of the server, in the place of a story",
    "login": "the page asks to log in, in the place of a story",
    "not_found": "the page says that what was asked for is not there",
    "list": "the page is a list of headlines, not one story",
    "live_blog": "the page is a live blog: many entries of different times, which one date cannot stand for",
}
"""What a gate is, as one sentence for a person."""

STUB = 200
"""Words of story below which a page that asks for money keeps the rest back."""
LONG_STUB = 700
"""Words below which it does where the story also breaks off, or where less is there than the page says."""
FEW = 60
"""Words of sentences below which a page of a gate's title and phrases is that gate."""
LONGEST_LINE, LONGEST_BOX = 600, 200
"""Characters beyond which a line is the story's, whatever it asks for."""
LABEL = 8
"""Words below which a line may be a label, not the last sentence of a story."""
QUOTED = ('"', "“", "'")
SHORT = 120
"""Words below which a page can be nothing but a gate."""
LISTED, LISTED_SHARE = 4, 0.5
"""Lines that are links, and their share of all lines, from which a page is a list."""
ENTRIES = 2
"""Entries from which a live blog is one."""

_CLOSED = re.compile(r"[.!?][\"'”’)\]*]{0,3}$")
_PARTS = re.compile(r"\s[|–—-]\s|:\s")
_CUT = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\])[\"'”’)\]]{0,2}$")


@dataclass(frozen=True, slots=True)
class Gate:
    """Why a page is no article: the cause in one word, and a sentence."""

    cause: NoStory
    sentence: str


def gate(page: Outline, paragraphs: Sequence[str], described: Sequence[Thing], story: Thing) -> Gate | None:
    """What stands in the place of a story, null where the ``paragraphs`` found in the page are one."""
    cause = _cause(page, paragraphs, described, story)
    return None if cause is None else Gate(cause, SENTENCES[cause])


def _cause(page: Outline, paragraphs: Sequence[str], described: Sequence[Thing], story: Thing) -> NoStory | None:
    told = [line for line in paragraphs if not _is_of_gate(folded(line))]
    if guard := _guard(page, told):
        return guard
    if _asks_consent(page, paragraphs, told):
        return "consent"
    if _is_walled(page, paragraphs, told, story):
        return "paywall"
    if _is_live(page, described):
        return "live_blog"
    return "list" if _is_list(page, paragraphs, described) else None


def _is_of_gate(line: str) -> bool:
    if len(line) > LONGEST_LINE or line.startswith(QUOTED):
        return False
    return phrases.WALL.search(line) is not None or len(_different(phrases.CONSENT, line)) > 1


def _is_label(line: str) -> bool:
    return len(line.split()) < LABEL or phrases.BOX.search(folded(line)) is not None


def _different(phrase: re.Pattern[str], text: str) -> set[str]:
    return {found[0] for found in phrase.finditer(text)}


def _count(lines: Sequence[str]) -> int:
    return sum(len(line.split()) for line in lines)


def _names(page: Outline) -> list[str]:
    """What the page calls itself: its title, the parts of that between the site's marks, and its headings."""
    named = [page.title or "", *page.headings[:2]]
    return [folded(name).strip() for whole in named for name in (whole, *_PARTS.split(whole)[1:]) if name]


def _guard(page: Outline, told: Sequence[str]) -> NoStory | None:
    """What a page of few words is by its title and its phrases."""
    count = _count(told)
    if count >= SHORT:
        return None
    names = _names(page)
    text = folded(" \n".join(block.text for block in page.blocks if block.tag != "title"))[:20_000]
    tests: tuple[tuple[NoStory, re.Pattern[str], re.Pattern[str]], ...] = (
        ("bot_check", phrases.TITLED_BOT, phrases.BOT),
        ("not_found", phrases.TITLED_GONE, phrases.GONE),
        ("login", phrases.TITLED_LOGIN, phrases.LOGIN),
    )
    for cause, titled, phrase in tests:
        said = len(_different(phrase, text)) + (cause == "login" and page.passwords > 0)
        few = FEW if cause != "bot_check" or said < 2 else SHORT
        heads = [_behind(titled, name) for name in names]
        if any(rest is not None and count < (few if said else 30 if rest == "" else 15) for rest in heads):
            return cause
        if (said > 1 and count < FEW) or (said and count < 12 and cause != "login"):
            return cause
    return None


def _behind(titled: re.Pattern[str], name: str) -> str | None:
    """What a title says behind the words of a gate, the site's name apart; null where it has none."""
    found = titled.search(name)
    return None if found is None else name[found.end() :].partition("|")[0].strip(" .!…-–—")


def _asks_consent(page: Outline, paragraphs: Sequence[str], told: Sequence[str]) -> bool:
    """Whether more of the text asks for consent than tells anything."""
    asking = [line for line in map(folded, paragraphs) if phrases.CONSENT.search(line)]
    different = {words for line in asking for words in _different(phrases.CONSENT, line)}
    titled = any(phrases.TITLED_CONSENT.search(name) for name in _names(page))
    if len(different) + 2 * titled < 3:
        return False
    return 2 * _count(asking) >= _count(paragraphs) or (titled and _count(told) < FEW)


def _is_walled(page: Outline, paragraphs: Sequence[str], told: Sequence[str], story: Thing) -> bool:
    prose = [line for line in told if len(line) > LONGEST_BOX or not _is_label(line)]
    count = _count(prose)
    if count >= LONG_STUB:
        return False
    cut = bool(prose) and _CUT.search(prose[-1]) is not None
    whole, asks, free = _whole(story), _asks(page, paragraphs, prose), _is_free(page, story)
    less = 2 * count < whole < 100_000
    if free is True:
        return asks > 1 and cut and count < STUB
    if asks > 1:
        return count < STUB or cut or less
    if free is False:
        broken = bool(prose) and not _CLOSED.search(prose[-1])
        return less or cut or (count < 0.9 * whole) or (count < STUB and (broken or asks > 0 or not whole))
    return asks > 0 and count < STUB and cut


def _asks(page: Outline, paragraphs: Sequence[str], prose: Sequence[str]) -> int:
    """How plainly the page asks for a subscription: 2 where it keeps the story back, 1 where it has a box for it.

    What stands within the story, with more of it to follow, is told by the story.
    """
    within = set(paragraphs[: paragraphs.index(prose[-1])]) if prose else set()
    asked = 0
    for block in page.blocks:
        if len(block.text) > LONGEST_LINE or block.tag == "title":
            continue
        text = folded(block.text)
        if not text.startswith(QUOTED) and (block.wall or block.text not in within):
            if phrases.WALL.search(text):
                return 2
            if phrases.BOX.search(text):
                asked = max(asked, 2 if block.wall else 1)
    return asked


def _is_free(page: Outline, story: Thing) -> bool | None:
    told = story.get("isAccessibleForFree")
    if isinstance(told, str):
        told = {"true": True, "false": False}.get(told.strip().lower().rsplit("/", 1)[-1])
    if told is None and (tier := page.values("article:content_tier")):
        return {"free": True, "locked": False}.get(tier[0].strip().lower())
    return told if isinstance(told, bool) else None


def _whole(story: Thing) -> int:
    """How many words the page says that its story has, 0 where it does not say."""
    stated = story.get("wordCount")
    try:
        return int(str(stated)) if stated is not None else len(said(story.get("articleBody")).split())
    except ValueError:
        return 0


def _is_live(page: Outline, described: Sequence[Thing]) -> bool:
    blogs = [thing for thing in described if "LiveBlogPosting" in kinds(thing)]
    updates = [thing.get("liveBlogUpdate") for thing in blogs]
    entries = max((len(one) for one in updates if isinstance(one, list)), default=0)
    return entries >= ENTRIES or (page.live_entries >= ENTRIES and len(page.times) >= ENTRIES)


def _is_list(page: Outline, paragraphs: Sequence[str], described: Sequence[Thing]) -> bool:
    """Whether most lines are wholly links: headlines that lead to the stories."""
    if any(is_story(thing) for thing in described) and len(paragraphs) < 2 * LISTED:
        return False
    if len(paragraphs) < LISTED:
        return False
    links = {block.text for block in page.blocks if is_link(block)}
    lines = [line.lstrip("-• ") for line in paragraphs]
    listed = [line for line in lines if any(line.startswith(link) and len(line) < 2 * len(link) for link in links)]
    share = max(len(listed) / len(lines), sum(map(len, listed)) / sum(map(len, lines)))
    return len(listed) >= LISTED and share >= LISTED_SHARE
