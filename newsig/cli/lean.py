"""Keeping the program small."""

from __future__ import annotations

import importlib
import sys


def without(heavy: str, module: str) -> None:
    """Import a module that takes a heavy one in wherever that is installed, but does without it where it is not.

    sqlite-utils does so with pandas, to know its moments, which no row of ours is: pandas and what it brings are half
    of the memory and more than half of the start of a small command. spaCy does so with torch, for the one pipeline
    that is made with it. Only for a program of our own: in somebody else's, who may well store a data frame, the module
    would lack what it was written with.
    """
    if module in sys.modules or heavy in sys.modules:
        return
    sys.modules[heavy] = None  # type: ignore[assignment]  # how Python marks what cannot be imported
    try:
        importlib.import_module(module)
    finally:
        del sys.modules[heavy]
