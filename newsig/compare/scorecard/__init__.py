"""Who has been right: statements → calls → grades → the score of a source.

`reading` makes calls of a statement (`lexicon`, `clauses`, `directions`, `conditions` and `chances` read its words),
`merging` counts what was copied once, `grading` holds a call against the closes, `scoring` sums up a source.
"""

from newsig.compare.scorecard.grading import grade, needed
from newsig.compare.scorecard.merging import STORIES_WITHIN, merged
from newsig.compare.scorecard.nouns import Call, Condition, Grade
from newsig.compare.scorecard.reading import calls
from newsig.compare.scorecard.scoring import Score, score

__all__ = ["STORIES_WITHIN", "Call", "Condition", "Grade", "Score", "calls", "grade", "merged", "needed", "score"]
