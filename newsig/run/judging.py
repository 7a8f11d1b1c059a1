"""The tone of passages that are given with their targets, without any database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import groupby, tee
from typing import Any

from newsig.collect.passages import Asked, read_passages
from newsig.records import Failure
from newsig.settings import Settings

__all__ = ["judge", "read_passages"]

MOST = 64
"""Targets of one passage that are judged together."""


def judge(asked: Iterable[Asked | Failure], settings: Settings) -> Iterator[dict[str, Any] | Failure]:
    """Each line with ``label``, ``positive``, ``neutral`` and ``negative`` added; failures pass through in place.

    Lines of one text that follow each other are judged in one pass, with the same result as apart.

    Raises:
        ModelError: the tone model cannot be used.
    """
    from newsig.extract import sentiments

    judge = sentiments.judge(settings.tone_model)
    groups, same = tee(_together(asked))
    passages = (
        sentiments.Passage(group[0].text, tuple((item.start, item.end) for item in group))
        for group in same
        if not isinstance(group, Failure)
    )
    judged = judge.judge(passages)
    for group in groups:
        if isinstance(group, Failure):
            yield group
            continue
        for item, tone in zip(group, next(judged), strict=True):
            yield item.line | {"label": tone.label} | asdict(tone)


def _together(asked: Iterable[Asked | Failure]) -> Iterator[list[Asked] | Failure]:
    """Lines of one text that follow each other, at most `MOST`."""
    for text, group in groupby(asked, key=lambda item: item.text if isinstance(item, Asked) else None):
        if text is None:
            yield from (item for item in group if isinstance(item, Failure))
            continue
        waiting = [item for item in group if isinstance(item, Asked)]
        yield from (waiting[first : first + MOST] for first in range(0, len(waiting), MOST))
