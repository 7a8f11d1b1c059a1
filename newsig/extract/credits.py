"""What surrounds a story in its text: bylines, datelines, credits, photo lines, corrections; nobody's statements."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from newsig.extract.sentences import text_of
from newsig.furniture import find_credits


@Language.component("newsig_credits", assigns=["doc._.credits"])
def credit_lines(doc: Doc) -> Doc:
    """The spaCy component: text → ``doc._.credits``, tuple of `newsig.records.Credit`."""
    doc._.credits = find_credits(text_of(doc))
    return doc


if not Doc.has_extension("credits"):
    Doc.set_extension("credits", default=())
