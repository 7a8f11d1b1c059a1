"""Who is who across stories: which forms of a name are one source. Pure functions over the forms that were met.

Names are compared without titles, case, accents, full stops and middle initials, organisations without case, accents,
a leading "the" and legal endings; "ECB" is the one organisation with these initials. Whatever leaves a choice is left
apart: a form without organisation belongs to the source of its name only where there is exactly one. What comes out
depends on the forms, never on the order in which they came.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TITLES = _words("mr mrs ms miss mx dr prof professor sir dame lord lady baron baroness rev reverend")
"""Dropped before any name."""

OFFICES = _words("""
    president vice chairman chairwoman chair minister prime deputy former acting chancellor secretary treasurer governor
    gov senator sen representative rep congressman congresswoman commissioner judge justice general gen colonel col
    captain capt lieutenant lt sergeant sgt king queen prince princess pope sheikh
""")
"""Dropped before a given name with a surname, so that "General Motors" stays whole."""

AFTER_NAMES = _words("phd md cfa cpa esq mp obe cbe kbe")

LEGAL_ENDINGS = _words("""
    inc incorporated corp corporation co company cos companies ltd limited plc llc llp lp group ag sa se nv bv ab asa
    oyj spa gmbh kgaa kk pty pte sarl sas
""")
SMALL_WORDS = _words("a an and at de for in of on the to")
"""Words that initials mostly leave out."""

LEAST_INITIALS = 3
"""An organisation that speaks under fewer letters is matched with no full name: too many begin alike."""

NOT_DECOMPOSED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ı": "i"})
STRAIGHT = str.maketrans({"’": "'", "‘": "'", "‐": "-", "‑": "-"})

_ACCENTS = re.compile("[\u0300-\u036f]")
_INITIALS = re.compile(r"[^\W\d_](?:\.[^\W\d_])*\.?")
_ACRONYM = re.compile(r"(?=.*[A-Z].*[A-Z])[A-Z][A-Za-z]{0,4}[A-Z]")
_BETWEEN_WORDS = re.compile(r"[\s,;/()\"“”]+")

Kind = str
"""``person``, ``organisation``, ``unnamed``, or nothing where no story tells it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A name as it was met, with the organisation that was given with it.

    ``chosen`` is the source that a user gave it to.
    """

    id: int
    name: str
    organisation: str | None = None
    type: str | None = None
    chosen: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Forms that are one source: the one that a user chose for them, where that was done."""

    chosen: int | None
    forms: frozenset[int]


def plain(text: str) -> str:
    """A text without case and accents, its spaces single.

    >>> plain("Zoë  ŁUKASZ O’Neil")
    "zoe lukasz o'neil"
    """
    bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", text.translate(STRAIGHT))).casefold()
    return " ".join(bare.translate(NOT_DECOMPOSED).split())


def person_key(name: str) -> str:
    """What names of people are compared by.

    >>> person_key("Dr. Zoë B. Pell"), person_key("J. P. Marrow"), person_key("Prime Minister Ada Pell")
    ('zoe pell', 'jp marrow', 'ada pell')
    """
    words = [word for word in _BETWEEN_WORDS.split(plain(name)) if _bare(word)]
    while len(words) > 1 and (_bare(words[0]) in TITLES or (len(words) > 2 and _bare(words[0]) in OFFICES)):
        words.pop(0)
    while len(words) > 2 and _bare(words[-1]) in AFTER_NAMES:
        words.pop()
    if len(words) > 1 and words[0] == "the":
        words.pop(0)
    first = next((place for place, word in enumerate(words) if not _INITIALS.fullmatch(word)), len(words))
    opening, rest = words[:first], words[first:]
    middle = [word for word in rest[:-1] if not _INITIALS.fullmatch(word)]
    told = ["".join(map(_bare, opening)), *map(_bare, middle), *map(_bare, rest[-1:])]
    return " ".join(filter(None, told)) or plain(name)


def _bare(word: str) -> str:
    return word.replace(".", "")


def organisation_key(name: str) -> str:
    """What organisations are compared by.

    >>> organisation_key("The Pottlewick Holdings, Inc."), organisation_key("Pell & Co.")
    ('pottlewick holdings', 'pell')
    """
    return " ".join(_organisation_words(name)) or plain(name)


def _organisation_words(name: str) -> list[str]:
    words = [_bare(word) for word in _BETWEEN_WORDS.split(plain(name).replace("&", " and ")) if _bare(word)]
    if len(words) > 1 and words[0] == "the":
        words.pop(0)
    while len(words) > 1 and words[-1] in LEGAL_ENDINGS | {"and"}:
        words.pop()
    return words


def is_acronym(name: str) -> bool:
    """Whether a name is written as initials are.

    >>> is_acronym("ECB"), is_acronym("BoE"), is_acronym("Pell"), is_acronym("BlackRock")
    (True, True, False, False)
    """
    return _ACRONYM.fullmatch(_bare(name)) is not None


def initials(name: str) -> str | None:
    """The initials of an organisation: those of its words, or its own letters where it is written as initials.

    >>> initials("The European Central Bank"), initials("ECB"), initials("Bank of England"), initials("BoE")
    ('ecb', 'ecb', 'be', 'be')
    """
    if is_acronym(name):
        return "".join(letter for letter in _bare(name) if letter.isupper()).lower()
    words = [word for word in _organisation_words(name) if word not in SMALL_WORDS]
    return "".join(word[0] for word in words) if len(words) > 1 else None


def kind_of(name: str, type_: str | None) -> Kind:
    """What a form is: as the stories tell it, else as its name shows; nothing where neither does.

    >>> kind_of("analysts at Pell", None), kind_of("Pell Inc", None), kind_of("Ada Pell", None)
    ('unnamed', 'organisation', '')
    """
    if type_ is not None:
        return type_
    if name[:1].islower():
        return "unnamed"
    ending = _bare(plain(name)).rpartition(" ")
    return "organisation" if is_acronym(name) or (ending[0] and ending[2] in LEGAL_ENDINGS) else ""


def keys(name: str, type_: str | None) -> tuple[str, str | None]:
    """The key of a form and, of an organisation, its initials: forms that share neither are never one source."""
    kind = kind_of(name, type_)
    if kind == "organisation":
        return organisation_key(name) or name, initials(name)
    return (name if kind == "unnamed" else person_key(name) or name), None


@dataclass(frozen=True, slots=True)
class _Node:
    """Forms that differ in nothing that is compared."""

    kind: Kind
    key: str
    organisation: str | None


def groups(forms: Iterable[Form]) -> list[Group]:
    """The forms, each in one group: a group is a source.

    What a user chose stands; the other forms follow their likes to the source chosen for these, unless they were given
    to several.
    """
    nodes: defaultdict[_Node, list[Form]] = defaultdict(list)
    for form in forms:
        nodes[_node(form)].append(form)
    found: defaultdict[Hashable, set[int]] = defaultdict(set)
    labels = _labels(nodes)
    for node, members in nodes.items():
        for form in members:
            found[labels[node] if form.chosen is None else form.chosen].add(form.id)
    return [
        Group(chosen=label if isinstance(label, int) else None, forms=frozenset(members))
        for label, members in found.items()
    ]


def _node(form: Form) -> _Node:
    kind = kind_of(form.name, form.type)
    key, _ = keys(form.name, form.type)
    if kind == "unnamed":  # a phrase is itself and nothing else
        return _Node(kind, key, form.organisation or None)
    own = organisation_key(form.organisation or "") or None
    return _Node(kind, key, None if kind == "organisation" and own == key else own)


def _labels(nodes: Mapping[_Node, Collection[Form]]) -> dict[_Node, Hashable]:
    """What the forms of each node that no user gave away belong to; nodes with one label are one source."""
    buckets = _buckets(nodes)
    own = {node: _choices(forms) for node, forms in nodes.items()}
    shared: defaultdict[_Node, set[Hashable]] = defaultdict(set)
    for node, bucket in buckets.items():
        shared[bucket] |= own[node]
    labels = {node: _label(node, bucket, own[node] or shared[bucket]) for node, bucket in buckets.items()}
    employed: defaultdict[tuple[Kind, str], set[Hashable]] = defaultdict(set)
    for node, bucket in buckets.items():
        if bucket.organisation is not None and bucket.kind != "unnamed":
            employed[bucket.kind, bucket.key] |= {labels[node]} | own[node]
    for node, bucket in buckets.items():
        candidates = employed[bucket.kind, bucket.key]
        if bucket.organisation is None and labels[node] == bucket and len(candidates) == 1:
            labels[node] = next(iter(candidates))
    return labels


def _choices(forms: Iterable[Form]) -> set[Hashable]:
    return {form.chosen for form in forms if form.chosen is not None}


def _label(node: _Node, bucket: _Node, chosen: Collection[Hashable]) -> Hashable:
    """The bucket, or the source that a user chose for its forms; apart from all where several were chosen."""
    if not chosen:
        return bucket
    return next(iter(chosen)) if len(chosen) == 1 else ("apart", node)


def _buckets(nodes: Mapping[_Node, Collection[Form]]) -> dict[_Node, _Node]:
    """The nodes that are one by the rules share a bucket: initials stand for the one full name that fits them."""
    kinds: defaultdict[str, set[Kind]] = defaultdict(set)
    for node in nodes:
        if node.kind not in ("", "unnamed"):
            kinds[node.key].add(node.kind)
    speaking = [node for node in nodes if node.kind == "organisation"]
    names = {form.name for node in speaking for form in nodes[node]}
    full = _full_names(name for name in names if not is_acronym(name) or len(_bare(name)) >= LEAST_INITIALS)
    named = {
        node: (
            node.kind or (next(iter(kinds[node.key])) if len(kinds[node.key]) == 1 else ""),
            full.get(node.key, node.key) if node.kind == "organisation" else node.key,
        )
        for node in nodes
    }
    given: defaultdict[tuple[Kind, str], set[str]] = defaultdict(set)
    for node, name in named.items():
        given[name] |= {form.organisation for form in nodes[node] if form.organisation}
    fuller = {name: _full_names(organisations) for name, organisations in given.items()}
    return {node: _bucket(node, named[node], fuller[named[node]]) for node in nodes}


def _bucket(node: _Node, name: tuple[Kind, str], full: Mapping[str, str]) -> _Node:
    kind, key = name
    organisation = node.organisation
    if organisation is not None and kind != "unnamed":
        organisation = full.get(organisation, organisation)
    return _Node(kind, key, None if kind == "organisation" and organisation == key else organisation)


def _full_names(names: Iterable[str]) -> dict[str, str]:
    """The keys of those names that are initials, with the key of the one other name that has them."""
    short, long = _by_initials(names)
    return {
        key: next(iter(long[letters]))
        for letters, acronyms in short.items()
        for key in acronyms
        if len(long[letters]) == 1
    }


def _by_initials(names: Iterable[str]) -> tuple[Mapping[str, set[str]], Mapping[str, set[str]]]:
    found: tuple[Any, Any] = defaultdict(set), defaultdict(set)
    for name in names:
        letters = initials(name)
        if letters:
            found[0 if is_acronym(name) else 1][letters].add(organisation_key(name))
    return found


def anchors(forms: Collection[Form]) -> Iterator[Form]:
    """The forms that tell a source from others: those with an organisation; all of them where there is none."""
    told = [form for form in forms if form.organisation]
    yield from told or forms
