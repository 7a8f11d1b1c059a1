"""Running text fitted to a width, harmless to the terminal."""

from __future__ import annotations

import textwrap

from newsig.report.tables import shown


def wrapped(text: str, width: int, first: str = "", rest: str | None = None) -> list[str]:
    """The text as lines of at most ``width`` characters where its words allow; controls are made visible.

    ``first`` stands before the first line, ``rest`` before the others, as ``first`` where it is not given.
    """
    indent = first if rest is None else rest
    return textwrap.wrap(
        shown(text.replace("\n", " ")),
        width,
        initial_indent=first,
        subsequent_indent=indent,
        break_on_hyphens=False,
        break_long_words=False,
    )
