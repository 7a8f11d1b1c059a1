"""The spaCy pipeline that extracts: an English model, checked by its weights, with newsig's components on it."""

from __future__ import annotations

import hashlib
import importlib
import re
from functools import cache
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from newsig import __version__, instruments
from newsig.errors import ModelError
from newsig.extract.wrapping import unwrapped
from newsig.records import Article, Failure
from newsig.settings import MODELS, Settings

# Importing an extractor registers its factory with spaCy.
from newsig.extract import calls, choosing, claims, credits, mentions, quotes, sentences  # noqa: A004, F401 isort: skip
from newsig.extract import encoders, entities, forms, sentiments, syntax  # isort: skip

PACKAGED = MODELS[0]
PINNED = "0df26c902e5906a75bae173fa2a2c568775d98d130f796931ae07ecc8730f105"
"""sha256 over the weights of the packaged model, a re-upload of the official en_core_web_sm 3.8.0: a package of that
name with other weights is refused."""
FIRST = ("newsig_sentences", "newsig_credits", "newsig_mentions", "newsig_choice")
"""The components that need no parse; the last of them chooses what is to be parsed."""
COMPONENTS = ("newsig_quotes", "newsig_claims", "newsig_calls", "newsig_sentiments")
"""Those that stand behind the model's."""
LONGEST_RUN = 500
"""Characters without a blank that are tokenised at once: more than any address or table line has."""
_RUN = re.compile(rf"\S{{{LONGEST_RUN}}}(?=\S)")
ZONED = frozenset({"newsig_claims", "newsig_calls"})
"""Those of them that date what they read, by the newsroom's zone."""


def load(settings: Settings) -> Language:
    """The pipeline that `newsig.extract.extract` runs; takes about a second.

    Raises:
        ModelError: the model is not installed, or the packaged one has other weights than those pinned.
        SettingsError: the user's instruments or segments cannot be used.
    """
    if settings.model == PACKAGED and weights(settings.model) != PINNED:
        raise ModelError(
            f"the package {PACKAGED} holds other weights than the ones newsig was made with; "
            "reinstall it, or choose an official pipeline with the setting `model`"
        )
    try:
        nlp: Language = (
            importlib.import_module(settings.model).load() if settings.model == PACKAGED else spacy.load(settings.model)
        )
    except (ImportError, OSError) as error:
        raise ModelError(f"the language model {settings.model} is not installed: {error}") from error
    instruments.choose(settings.instruments, settings.segments)
    _quicken(nlp)
    for name in reversed(FIRST if nlp.has_pipe("newsig_syntax") else FIRST[:-1]):
        nlp.add_pipe(name, first=True)
    for name in COMPONENTS:
        nlp.add_pipe(name, config=_config(name, settings))
    return nlp


def _quicken(nlp: Language) -> None:
    """Put in the place of spaCy's components those that do the same in less time, where they know the model's build."""
    if syntax.can_read(nlp):
        nlp.add_pipe("newsig_syntax", after="parser")
        for name in ("tok2vec", "tagger", "parser"):
            nlp.remove_pipe(name)
    if forms.can_form(nlp):
        nlp.add_pipe("newsig_forms", after="lemmatizer")
        nlp.remove_pipe("attribute_ruler")
        nlp.remove_pipe("lemmatizer")
    if "ner" in nlp.pipe_names and entities.can_read(nlp.get_pipe("ner")):
        nlp.add_pipe("newsig_entities", after="ner")
        nlp.remove_pipe("ner")
    encoders.quicken(nlp)


def _config(name: str, settings: Settings) -> dict[str, str]:
    if name == "newsig_sentiments":
        return {"model": settings.tone_model}
    return {"zone": settings.zone} if name in ZONED else {}


def prepared(article: Article, nlp: Language) -> Doc:
    """The article as a document that the pipeline can read: its text, in which lines broken to a width are joined, when
    it was published, its title, and the dateline that reading took out of it."""
    doc = tokenised(unwrapped(article.text), nlp)
    doc._.published = article.published
    doc._.dateline = article.dateline
    doc._.title = article.title
    return doc


def tokenised(text: str, nlp: Language) -> Doc:
    """The tokens of a text, the model's own unless it has a run without blanks of more than `LONGEST_RUN` characters.

    Of those the tokeniser takes off one sign at a time and looks through the rest each time: sixteen thousand opening
    brackets would keep it for half a minute. They are tokenised piece by piece.
    """
    cuts = [0, *(run.end() for run in _RUN.finditer(text)), len(text)]
    if len(cuts) == 2:
        return nlp.make_doc(text)
    pieces = [nlp.make_doc(text[start:end]) for start, end in pairwise(cuts)]
    tokens = [token for piece in pieces for token in piece]
    return Doc(nlp.vocab, words=[token.text for token in tokens], spaces=[bool(token.whitespace_) for token in tokens])


def failed(article: Article, error: Exception) -> Failure:
    """The failure that an article is which a model or rule broke on."""
    first = (str(error).splitlines() or [""])[0]
    reason = f"article {article.id}: {type(error).__name__}: {first}"[:320]
    return Failure(stage="extract", place=article.origin or article.id, reason=reason)


@cache
def weights(model: str) -> str:
    """sha256 (hex) over the files of an installed model's data folder, names included.

    Raises:
        ModelError: the model is not installed.
    """
    try:
        root = Path(importlib.import_module(model).__file__ or "").parent
    except ImportError as error:
        package = model.replace("_", "-")
        raise ModelError(
            f"the language model {model} is not installed; install it with `python -m pip install {package}`"
        ) from error
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        if path.is_file() and path.suffix not in (".py", ".pyc", ".md") and not path.name.startswith("LICENSE"):
            digest.update(path.relative_to(root).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def details(settings: Settings) -> dict[str, str]:
    """What made a finding, part by part: program, model, rules, alias table, calendars and the newsroom's zone."""
    return {
        "newsig": __version__,
        "model": f"{settings.model} {weights(settings.model)[:16]}",
        "tone": f"{settings.tone_model} {sentiments.weights(settings.tone_model)}",
        "rules": _rules(),
        "instruments": instruments.fingerprint(settings.instruments, settings.segments),
        "calendar": f"exchange_calendars {version('exchange_calendars')}",
        "zone": settings.zone,
    }


def fingerprint(settings: Settings) -> str:
    """Sixteen hexadecimal digits over `details`: findings of equal fingerprints were made by the same thing."""
    return hashlib.sha256(repr(sorted(details(settings).items())).encode()).hexdigest()[:16]


@cache
def _rules() -> str:
    """A digest of the extractors' source and of what they rest on, so that no edited rule passes for the old one."""
    digest = hashlib.sha256()
    here = Path(__file__).parent
    shared = here.parent
    for path in sorted((*here.rglob("*.py"), *(shared / "furniture").rglob("*.py"), shared / "sessions.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
