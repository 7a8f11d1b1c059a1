"""Page → Article: the text as given, or the story within a page of HTML."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from hashlib import sha256

from newsig.errors import ReadError
from newsig.read import linked, naming
from newsig.read.dates import published_in, updated_in
from newsig.read.edges import without_links
from newsig.read.extracting import Way, refuse_unreadable, story_in
from newsig.read.gates import gate
from newsig.read.outline import Outline, outline
from newsig.read.splitting import Split, split_off
from newsig.read.standing import standing_of
from newsig.read.written import Written
from newsig.records import Article, Page, Standing

UNUSABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\u202a-\u202e\u2066-\u2069]")
"""What no text needs and much cannot bear: control characters, halves of characters, marks that turn text round."""
BROKEN = re.compile("[\x00\ud800-\udfff]")
"""Those that stand for a letter which was lost."""
WHOLE_PAGE = re.compile(r"<(?:html|body|head)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reading:
    """An article, and by which ``way`` its text was had."""

    article: Article
    way: Way


def read(page: Page, *, published: date | datetime | None = None, now: datetime | None = None) -> Article:
    """The article of a page.

    A page's own text is taken as it is. From HTML the story is taken without what surrounds it, its paragraphs
    separated by blank lines; title, authors and date come from the HTML where the page has none of its own. Its
    dateline and the lines around it, such as credits, are kept beside the text. ``published`` is the date of a page
    that carries none anywhere. A date that a page states for a time more than a day after ``now`` is not believed.

    Raises:
        ReadError: there is no text, or what stands there is no article; ``cause`` tells why in one word. The sentence
            does not repeat the page's origin.
    """
    return reading(page, published=published, now=now).article


def reading(page: Page, *, published: date | datetime | None = None, now: datetime | None = None) -> Reading:
    """As `read`, telling also which way the text was had."""
    if page.text is None:
        return _read_html(page, published, now)
    if not page.text.strip():
        raise ReadError("it has no text", cause="empty")
    when = Written(page.published or published, page.date_text, page.date_doubt)
    article = _article(page, page.text, page.title, page.authors, when)
    return Reading(replace(article, standing=page.standing or standing_of(page.title, (), page.text)), "given")


def _read_html(page: Page, published: date | datetime | None, now: datetime | None) -> Reading:
    html = str(page.html or "")
    if not html.strip():
        raise ReadError("the page is empty", cause="empty")
    whole = WHOLE_PAGE.search(html) is not None
    refuse_unreadable(html)
    html = BROKEN.sub("\ufffd", html)
    if not whole:  # a feed's content: all of it is the story
        html = f"<html><body><article>{html}</article></body></html>"
    seen = outline(html)
    paragraphs, way = story_in(html, seen, whole=whole)
    described = linked.things(seen)
    story = linked.story(seen, described)
    paragraphs = [line for line in (UNUSABLE.sub("", line).strip() for line in paragraphs) if line]
    if whole and (closed := gate(seen, paragraphs, described, story)):
        raise ReadError(closed.sentence, cause=closed.cause)
    if not paragraphs:
        raise ReadError("no story was found in the page", cause="no_story")
    if whole:
        paragraphs = without_links(paragraphs, seen.blocks)
    return Reading(_told(page, seen, story, described, paragraphs, published, now), way)


def _told(
    page: Page,
    seen: Outline,
    story: linked.Thing,
    described: Sequence[linked.Thing],
    paragraphs: list[str],
    published: date | datetime | None,
    now: datetime | None,
) -> Article:
    """The article of a page whose story was found."""
    named = [_clean(title) for title in naming.titles(seen, story)]
    title = page.title or (named[0] if named else None)
    split = split_off(paragraphs, [page.title, seen.title, *named])
    if len(paragraphs) > 1 and paragraphs[0] == title:
        paragraphs = paragraphs[1:]
    own = tuple(name for name in page.authors if name.casefold() not in naming.OFFICES)
    writers = own or tuple(map(_clean, naming.authors(seen, story))) or split.authors
    # a page without an address is known by all its paragraphs, so that no rule for splitting makes it another article
    article = _article(page, "\n\n".join(paragraphs), title, writers, _when(page, seen, story, published, now))
    return replace(
        article,
        text=split.text,
        dateline=split.dateline,
        credits=split.credits,
        url=naming.address(seen, page.url),
        publisher=_clean(naming.publisher(seen, story, described) or "") or page.publisher,
        updated=page.updated or updated_in(seen, story, now).when,
        standing=page.standing or _standing(title, split, story),
    )


def _when(
    page: Page, seen: Outline, story: linked.Thing, published: date | datetime | None, now: datetime | None
) -> Written:
    """When the story was published: as the page came, by the page itself, else as it was given for all."""
    given = Written(page.published, page.date_text, page.date_doubt)
    if isinstance(page.published, datetime):
        return given
    stated = published_in(seen, story, now)
    if page.published is None:
        return stated if stated.when is not None or published is None else Written(published)
    # a feed that tells the day alone is made more precise, never contradicted
    near = isinstance(stated.when, datetime) and abs(stated.when.date() - page.published) <= timedelta(days=1)
    return stated if near else given


def _standing(title: str | None, split: Split, story: linked.Thing) -> Standing | None:
    found = standing_of(title, split.credits, split.text)
    return found or ("corrected" if story.get("correction") else None)


def _clean(words: str) -> str:
    return UNUSABLE.sub("", words)


def _article(page: Page, text: str, title: str | None, authors: tuple[str, ...], when: Written) -> Article:
    return Article(
        id=page.id or sha256((page.url or text).encode("utf-8", "surrogatepass")).hexdigest()[:16],
        text=text,
        title=title,
        published=when.when,
        url=page.url,
        publisher=page.publisher,
        authors=authors,
        origin=page.origin,
        updated=page.updated,
        date_text=when.text,
        date_doubt=when.doubt,
        feed=page.feed,
        guid=page.guid,
        standing=page.standing,
    )
