"""The pages of sources, instruments and segments, and the picture of a narrative beside a price."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from newsig import store
from newsig.report.charts import Chart, Point
from newsig.serve.answering import AbsentError, Site, answer
from newsig.serve.pictures import HEIGHT, WIDTH, picture
from newsig.serve.things import thing
from newsig.serve.voices import source
from tests import serving

NOW = datetime(2024, 8, 1, tzinfo=UTC)
DAY = date(2024, 7, 17)


def number_of(db: Database, name: str) -> int:
    return int(db.execute("SELECT id FROM sources WHERE name = ?", (name,)).fetchone()[0])


def test_a_source_has_its_own_statements_alone(db: Database) -> None:
    assert len(source(db, number_of(db, "=Zoë"), NOW).statements) == len(serving.TITLES)
    assert source(db, number_of(db, "Zoë"), NOW).statements == ()


def test_the_list_leads_to_each_source(db: Database, site: Site) -> None:
    page = answer(site, "/sources", {}).body
    for one in store.sources(db):
        assert f'href="/source/{one["source_id"]}"' in page
    assert "Nobody of that name" in answer(site, "/sources", {"name": "nobody"}).body


@pytest.mark.parametrize(("asked", "claims"), [({"symbol": "^rut"}, 5), ({"segment": "small_caps"}, 10)])
def test_a_thing_has_its_claims_statements_and_picture(asked: dict[str, str], claims: int, db: Database) -> None:
    told = thing(db, asked)
    assert (len(told.claims), told.why_not) == (claims, "")
    (session,) = told.periods
    assert (session["last"], round(session["return"], 6)) == ("2024-07-17", 11.5)
    assert '<path class="held"' in told.picture


@pytest.mark.parametrize("path", ["/symbol/NONE", "/segment/none", "/source/0", "/source/x", "/source/" + "9" * 30])
def test_what_is_not_known_is_said(path: str, site: Site, db: Database) -> None:
    assert answer(site, path, {}).status == 404
    with pytest.raises(AbsentError):
        thing(db, {"symbol": "NONE"})


@pytest.mark.parametrize("path", ["/sources", "/symbol/^RUT", "/segment/small_caps", "/source/1", "/source/2"])
def test_stories_that_mean_harm_stay_words(path: str, site: Site) -> None:
    got = answer(site, path, {})
    assert got.status == 200
    for harm in ("<script", "<img", "javascript:", "\x1b", "\u202e"):
        assert harm not in got.body


INDEX = st.none() | st.floats(-1, 1)
POINTS = st.builds(
    Point,
    day=st.integers(0, 200).map(lambda days: DAY + timedelta(days=days)),
    index=INDEX,
    low=INDEX,
    high=INDEX,
    supported=st.integers(0, 3),
    refuted=st.integers(0, 3),
)
PRICES = st.tuples(st.integers(0, 200).map(lambda days: DAY + timedelta(days=days)), st.floats(0.01, 1e6))


@given(st.lists(POINTS, max_size=5), st.lists(PRICES, max_size=5), st.sampled_from(["x", "<b>\"'&", "^RUT"]))
def test_a_picture_is_sound_and_keeps_within_its_frame(
    points: list[Point], prices: list[tuple[date, float]], name: str
) -> None:
    drawn = picture(Chart(title=name, index_name=name, price_name=name, points=points, prices=prices))
    if not points and not prices:
        assert drawn == ""
        return
    root = ET.fromstring(drawn)  # noqa: S314 - our own
    marks = [len([one for one in root.iter() if one.get("class") == kind]) for kind in ("held", "failed", "dot")]
    assert marks == [
        sum(point.supported > 0 for point in points),
        sum(point.refuted > 0 for point in points),
        sum(point.index is not None for point in points),
    ]
    for one in root.iter():
        for places in filter(None, (one.get("points"),)):
            for place in places.split():
                x, y = map(float, place.split(","))
                assert (0 <= x <= WIDTH, 0 <= y <= HEIGHT) == (True, True)
