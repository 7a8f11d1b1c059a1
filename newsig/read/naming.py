"""What a page says of its story in its head: the title, who wrote it, who published it, and its lasting address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from urllib.parse import SplitResult, urljoin, urlsplit

from newsig.furniture import people
from newsig.furniture.words import words
from newsig.read.linked import Thing, names, said
from newsig.read.outline import Outline

SITE = re.compile(r"\s[|–—·»-]\s")
LONGEST_NAME = 80
POSTED = re.compile(r"^(?:Posted|Written|Published|Story)\s(?=by\b)")
DATED = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|\d|(?:Published|Posted|Updated)\b"
    r"|(?:Jan|Febr)uary|(?:March|April|May|June|July|August) \d|(?:Septem|Octo|Novem|Decem)ber"
)
OFFICES = words("""
    reuters ap afp upi dpa bloomberg staff admin administrator editor editors editorial newsroom newsdesk
    webmaster author unknown anonymous agencies agency press news null none guest contributor
""")
"""What stands in the place of a writer's name and names nobody."""
AUTHORS = (
    "author", "article:author", "parsely-author", "sailthru.author", "byl", "dc.creator", "dcterms.creator",
    "citation_author", "cxenseparse:author",
)  # fmt: skip
PUBLISHERS = ("og:site_name", "application-name", "dc.publisher", "publisher")
TITLES = ("og:title", "twitter:title", "dc.title", "title")
COMMON = frozenset({"co", "com", "org", "net", "gov", "ac", "edu", "gob", "go", "or", "ne", "in"})
"""Second parts of addresses under which anyone may have a site, in countries: "co.uk"."""
SHARED = words("""
    blogspot.com wordpress.com substack.com medium.com tumblr.com github.io gitlab.io pages.dev netlify.app
    vercel.app ghost.io wixsite.com squarespace.com typepad.com livejournal.com herokuapp.com web.app
    blogspot.co.uk amazonaws.com cloudfront.net weebly.com beehiiv.com
""")
"""Sites on which each name before the first dot is somebody else's."""
SLUG = re.compile(r"(?:\w-\w[^-]*){3}|\d{5}")
"""What a path holds that names one story by itself, whatever its query adds."""
SAME_STORY = frozenset({"amp", "amp.html", "print", "printable", "index.html", "index.htm", "all", "full", "single"})
"""Last parts of an address that lead to another form of the same story."""


def titles(page: Outline, story: Thing) -> list[str]:
    """The titles that a page gives its story, the likeliest first.

    The one heading of the first order is what readers see; it must share words with another title, since sites set
    their own names as headings, too.
    """
    stated = [said(story.get("headline")), *page.values(*TITLES), without_site(page.title or "")]
    stated = [" ".join(title.split()) for title in stated if title.strip()]
    headings = list(dict.fromkeys(page.headings))
    if len(headings) == 1 and (not stated or _alike(headings[0], stated)):
        stated.insert(0, headings[0])
    return list(dict.fromkeys(stated))


def without_site(title: str) -> str:
    """A title without the name of the site behind it, or before it."""
    parts = SITE.split(title)
    if len(parts) == 1:
        return title
    longest = max(parts, key=len)
    kept = title[: title.rindex(parts[-1])].rstrip(" |–—·»-") if len(parts[-1]) <= LONGEST_NAME / 2 else title
    return kept if longest in kept else longest


def authors(page: Outline, story: Thing) -> tuple[str, ...]:
    """Who wrote the story, as the page says: persons only."""
    linked = [name for kind, name in names(story.get("author")) if kind != "Organization"]
    persons = [name for kind, name in names(story.get("author")) if kind == "Person"]
    # the marked lines of a page come last: those behind the first may name the writers of other stories
    visible = next((line for line in map(_undated, page.writers) if writers(line)), "")
    for stated in (linked, *(page.values(name) for name in AUTHORS), [visible]):
        found = [name for one in stated for name in writers(one, person=one in persons)]
        if found:
            return tuple(dict.fromkeys(found))
    return ()


def _undated(line: str) -> str:
    """A line of writers without the time that follows, which may stand close to the last name."""
    return DATED.split(POSTED.sub("", line), maxsplit=1)[0]


def writers(stated: str, *, person: bool = False) -> list[str]:
    """The persons named in a statement of authors; one that is said to be a ``person`` may have any name.

    >>> writers("By Orla Quillfeather and Tam Brackwater, Harbour Wire"), writers("Reuters")
    (['Orla Quillfeather', 'Tam Brackwater'], [])
    """
    stated = " ".join(stated.split())
    if len(stated) > 300 or "://" in stated:
        return []
    found = list(people(stated))
    if not found and person and stated.casefold().removeprefix("by ") not in OFFICES and stated[:1].isalpha():
        named = stated if len(stated) <= LONGEST_NAME and "@" not in stated and " " in stated else ""
        found = [named] if named and not OFFICES & set(named.casefold().split()) else []
    return found


def publisher(page: Outline, story: Thing, described: Iterable[Thing]) -> str | None:
    """Who published the page, as it says itself; an address is no name."""
    linked = [name for thing in (story, *described) for _, name in names(thing.get("publisher"))]
    stated = [" ".join(name.split(" | ")[0].split()) for name in (*linked, *page.values(*PUBLISHERS))]
    return next((name for name in stated if name and len(name) <= LONGEST_NAME and "://" not in name), None)


def address(page: Outline, url: str | None) -> str | None:
    """The lasting address of the story, which the page states; its own where that leads elsewhere.

    A canonical link counts on the same site only, and not where it leads to the site's front page or to a section
    above the story, as it does on sites that set one link for all their pages.
    """
    if url is None:
        return None
    for stated in (page.canonical, *page.values("og:url")[:1]):
        try:
            told = urljoin(url, (stated or "").strip())
            if stated and _same_story(urlsplit(url), urlsplit(told)):
                return told
        except ValueError:
            continue
    return url


def site(host: str) -> str:
    """The registrable part of a host's name, by rule of thumb.

    >>> site("www.harbourwire.example"), site("news.harbourwire.co.uk"), site("orla.blogspot.com")
    ('harbourwire.example', 'harbourwire.co.uk', 'orla.blogspot.com')
    """
    parts = host.lower().rstrip(".").split(".")
    length = 2
    if len(parts) > 2 and (".".join(parts[-2:]) in SHARED or (len(parts[-1]) == 2 and parts[-2] in COMMON)):
        length = 3
    elif len(parts) > 3 and ".".join(parts[-3:]) in SHARED:
        length = 4
    return ".".join(parts[-length:])


def _same_story(own: SplitResult, told: SplitResult) -> bool:
    if told.scheme not in ("http", "https") or site(own.hostname or "") != site(told.hostname or ""):
        return False
    here, there = _parts(own.path), _parts(told.path)
    if not there and not told.query:
        return not here and not own.query
    if here == there and own.query and not told.query:
        return SLUG.search(own.path) is not None
    beyond = here[len(there) :]
    if here[: len(there)] == there and beyond:
        return set(beyond) <= SAME_STORY or (len(beyond) == 1 and beyond[0].isdigit() and len(beyond[0]) <= 2)
    return True


def _parts(path: str) -> list[str]:
    return [part for part in path.split("/") if part]


def _alike(title: str, others: Sequence[str]) -> bool:
    own = set(re.findall(r"\w+", title.casefold()))
    return (
        any(2 * len(own & set(re.findall(r"\w+", other.casefold()))) >= len(own) for other in others) and len(own) > 1
    )
