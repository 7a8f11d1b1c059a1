"""Where things stand, besides how they moved: levels, market values, superlatives and streaks, as claims of their own
measures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from newsig.extract.claims.scene import Scene
from newsig.extract.claims.windows import Placer
from newsig.extract.landmarks.caps import find_caps
from newsig.extract.landmarks.levels import find_levels
from newsig.extract.landmarks.stage import Stage
from newsig.extract.landmarks.streaks import find_streaks
from newsig.extract.landmarks.superlatives import find_superlatives
from newsig.records import Claim, Quote

LONGEST = 3000
"""No sentence of prose has more characters: what has is a table, or a text without any full stops."""
FINDERS: tuple[Callable[[Stage], Iterator[Claim]], ...] = (find_levels, find_caps, find_superlatives, find_streaks)


def find_landmarks(
    scenes: Sequence[Scene], placer: Placer, moves: Sequence[Claim], quotes: Sequence[Quote]
) -> Iterator[Claim]:
    """The levels, market values, superlatives and streaks of a story.

    Args:
        scenes: its sentences.
        placer: what places claims in time; asked only after all moves have been placed.
        moves: the claims found so far, in order of appearance.
        quotes: its quoted statements.
    """
    for scene in scenes:
        if scene.end - scene.start > LONGEST:
            continue
        inside = [move for move in moves if scene.start <= move.start and move.end <= scene.end]
        stage = Stage(scene=scene, scenes=scenes, placer=placer, moves=inside, quotes=quotes)
        for finder in FINDERS:
            yield from finder(stage)
