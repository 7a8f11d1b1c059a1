"""Pages that stand in the place of a story are refused with their cause, and stories never are."""

from __future__ import annotations

import pytest

from newsig.errors import ReadError
from newsig.read.article import read
from newsig.records import Page
from tests.shapes import STORIES, STUBS


def cause_of(html: str) -> str | None:
    try:
        read(Page(origin="page.html", url="https://harbourwire.example/story", html=html))
    except ReadError as error:
        return error.cause
    return None


@pytest.mark.parametrize(("cause", "html"), [case[1:] for case in STORIES], ids=[case[0] for case in STORIES])
def test_a_story_is_read(cause: str | None, html: str) -> None:
    assert cause_of(html) is cause is None


@pytest.mark.parametrize(("cause", "html"), [case[1:] for case in STUBS], ids=[case[0] for case in STUBS])
def test_what_stands_in_its_place_is_refused(cause: str | None, html: str) -> None:
    assert cause_of(html) == cause
