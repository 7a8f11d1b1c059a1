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
SHORT = 120
"""Words below which a page can be nothing but a gate."""
LISTED, LISTED_SHARE = 4, 0.5
"""Lines that are links, and their share of all lines, from which a page is a list."""
ENTRIES = 2
"""Entries from which a live blog is one."""

_CLOSED = re.compile(r"[.!?][\"'”’)\]*]{0,3}$")
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
    count = sum(len(line.split()) for line in told)
    if count < SHORT and (guard := _guard(page, count)):
        return guard
    if _asks_consent(page, paragraphs, count):
        return "consent"
    if _is_walled(page, told, story):
        return "paywall"
    if _is_live(page, described):
        return "live_blog"
    return "list" if _is_list(page, paragraphs, described) else None


def _is_of_gate(line: str) -> bool:
    return len(line) < 600 and (phrases.WALL.search(line) is not None or phrases.CONSENT.search(line) is not None)


def _names(page: Outline) -> list[str]:
    return [folded(name) for name in (page.title, *page.headings[:2]) if name]


def _guard(page: Outline, count: int) -> NoStory | None:
    """What a page of few words is by its title and its phrases."""
    names = _names(page)
    text = folded(" \n".join(block.text for block in page.blocks))[:20_000]
    tests: tuple[tuple[NoStory, re.Pattern[str], re.Pattern[str]], ...] = (
        ("bot_check", phrases.TITLED_BOT, phrases.BOT),
        ("not_found", phrases.TITLED_GONE, phrases.GONE),
        ("login", phrases.TITLED_LOGIN, phrases.LOGIN),
    )
    for cause, titled, phrase in tests:
        named = any(titled.search(name) for name in names)
        said = len({found[0] for found in phrase.finditer(text)})
        if cause == "login":
            said += page.passwords > 0
        if (named and (said or count < 40)) or (said >= 2 and count < 60):
            return cause
        if said and count < 12 and cause != "login":
            return cause
    return None


def _asks_consent(page: Outline, paragraphs: Sequence[str], count: int) -> bool:
    """Whether more of the text asks for consent than tells anything."""
    asking = [line for line in map(folded, paragraphs) if phrases.CONSENT.search(line)]
    asked = sum(len(line.split()) for line in asking)
    different = {found[0] for line in asking for found in phrases.CONSENT.finditer(line)}
    titled = any(phrases.TITLED_CONSENT.search(name) for name in _names(page))
    if len(different) + 2 * titled < 3:
        return False
    every = asked + sum(len(line.split()) for line in paragraphs if not phrases.CONSENT.search(folded(line)))
    return 2 * asked >= every or (titled and count < 2 * SHORT)


def _is_walled(page: Outline, told: Sequence[str], story: Thing) -> bool:
    prose = [line for line in told if not phrases.BOX.search(folded(line)) or len(line) > 200]
    count = sum(len(line.split()) for line in prose)
    if count >= LONG_STUB:
        return False
    free = _is_free(page, story)
    broken = bool(prose) and (_CUT.search(prose[-1]) is not None or not _CLOSED.search(prose[-1]))
    cut = bool(prose) and _CUT.search(prose[-1]) is not None
    less = _is_less(count, story)
    asks = _asks(page)
    if free is True:
        return asks >= 2 and cut and count < STUB
    if asks >= 2:
        return count < STUB or cut or less
    if free is False:
        return less or cut or count < SHORT or (count < STUB and (broken or asks > 0))
    return asks == 1 and count < STUB and cut


def _asks(page: Outline) -> int:
    """How plainly the page asks for a subscription: 2 where it keeps the story back, 1 where it has a box for it."""
    asked = 0
    for block in page.blocks:
        if len(block.text) > 600 or block.tag == "title":
            continue
        text = folded(block.text)
        if phrases.WALL.search(text) and not text.startswith(('"', "“")):
            return 2
        if asked == 0 and phrases.BOX.search(text):
            asked = 1
        if block.wall and phrases.BOX.search(text):
            return 2
    return asked


def _is_free(page: Outline, story: Thing) -> bool | None:
    told = story.get("isAccessibleForFree")
    if isinstance(told, str):
        told = {"true": True, "false": False}.get(told.strip().lower().rsplit("/", 1)[-1])
    if told is None and (tier := page.values("article:content_tier")):
        return {"free": True, "locked": False}.get(tier[0].strip().lower())
    return told if isinstance(told, bool) else None


def _is_less(count: int, story: Thing) -> bool:
    """Whether the page has less than half of the words that it says its story has."""
    stated = story.get("wordCount")
    body = said(story.get("articleBody"))
    try:
        whole = int(str(stated)) if stated is not None else len(body.split())
    except ValueError:
        return False
    return 2 * count < whole < 100_000


def _is_live(page: Outline, described: Sequence[Thing]) -> bool:
    blogs = [thing for thing in described if "LiveBlogPosting" in kinds(thing)]
    updates = [thing.get("liveBlogUpdate") for thing in blogs]
    entries = max((len(one) for one in updates if isinstance(one, list)), default=0)
    return entries >= ENTRIES or (page.live_entries >= ENTRIES and len(page.times) >= ENTRIES)


def _is_list(page: Outline, paragraphs: Sequence[str], described: Sequence[Thing]) -> bool:
    """Whether most lines are wholly links: headlines that lead to the stories."""
    if any(is_story(thing) for thing in described) and len(paragraphs) < 2 * LISTED:
        return False
    links = {block.text for block in page.blocks if block.linked >= len(block.text) * 0.9 and len(block.text) >= 15}
    listed = sum(line.lstrip("-• ") in links for line in paragraphs)
    return listed >= LISTED and listed >= LISTED_SHARE * len(paragraphs)
