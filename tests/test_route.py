"""The map drawn from basemap, routes and labels."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest
from shapely.geometry import Point, box

import geodash
from geodash import theme
from geodash.case import Case
from geodash.charts import ground, route
from geodash.charts.countries import looks, standings
from geodash.charts.lines import labels, plan_of
from geodash.geo.basemap import outlines
from geodash.geo.frame import frame_around, land_in
from geodash.geo.labels import text_size
from rectangles import overlaps


@pytest.fixture(scope="module")
def case() -> Case:
    return geodash.load()


@pytest.mark.parametrize("sheet", [route.WIDE, route.NARROW])
def test_the_labels_of_the_real_line_do_not_overlap(case, sheet):
    plan = plan_of(case)
    frame = frame_around(
        tuple(plan.drawn.total_bounds),
        width=sheet.width,
        height=sheet.height,
        padding=sheet.padding,
    )
    shown = looks(case, plan.km.groupby("iso3")["computed_km"].sum(), issue=None)
    names, taken = ground.names(
        frame, shown, widest=sheet.widest, content=sheet.content, lines=plan.drawn.union_all()
    )
    notes, leaders = labels(
        plan, frame, taken=taken, font=sheet.font, size=sheet.symbol, reach=sheet.reach
    )
    boxes = _boxes(notes, frame)
    assert not overlaps([*boxes, *taken])
    for left, _, right, _ in boxes:
        assert left >= 0
        assert right <= frame.width
    # Each leader line ends at the edge of a label.
    ends = frame.pixels(np.column_stack([leaders["x"], leaders["y"]]))[1::3]
    assert all(min(box(*one).exterior.distance(Point(end)) for one in boxes) < 1 for end in ends)
    assert [name for name in names["text"] if name.startswith(("Russia", "China", "Mongolia"))]
    words = " ".join(notes["text"])
    for name in ("Bovanenkovo", "Naushki", "Zamyn-Uud", "Beijing", "Power of Siberia 2"):
        assert name in words
    if sheet is route.WIDE:
        assert len(boxes) == 1 + len(plan.places)


def _boxes(notes: dict, frame) -> list[tuple[float, float, float, float]]:
    """Where words stand, worked out from what Plotly is told."""
    places = frame.pixels(np.column_stack([notes["x"], notes["y"]]))
    boxes = []
    for (x, y), text, side in zip(places, notes["text"], notes["textposition"], strict=True):
        width, height = text_size(text, size=notes["textfont"]["size"])
        vertical, horizontal = side.split(" ")
        left = x - {"right": 0, "center": width / 2, "left": width}[horizontal]
        top = y - {"bottom": 0, "middle": height / 2, "top": height}[vertical]
        boxes.append((left, top, left + width, top + height))
    return boxes


@pytest.fixture(scope="module")
def wide(case) -> go.Figure:
    return route.route_map(case)


def test_the_map_is_of_scatters_with_one_scale_and_no_title(wide):
    assert {trace.type for trace in wide.data} == {"scatter"}
    assert wide.layout.xaxis.scaleanchor == "y"
    assert wide.layout.xaxis.fixedrange
    assert wide.layout.yaxis.fixedrange
    assert wide.layout.title.text is None
    assert wide.layout.template.layout.font.family == theme.FONT


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("issue", [None, "pipeline"])
def test_the_map_travels_in_120_kb(case, narrow, issue):
    assert len(route.route_map(case, issue=issue, narrow=narrow).to_json()) < 120_000


def test_every_place_is_marked_with_its_ref_and_the_symbol_of_its_basis(case, wide):
    symbols = {
        ref: look
        for trace in wide.data
        if trace.mode == "markers" and "routes/" in (trace.customdata or ("",))[0]
        for ref, *look in zip(
            trace.customdata, trace.marker.symbol, trace.marker.color, strict=True
        )
    }
    assert sorted(symbols) == sorted("routes/" + case.routes["id"])
    for place in case.routes.itertuples():
        symbol, colour = symbols[f"routes/{place.id}"]
        assert (colour == theme.PAPER) == (place.basis == "approximate")
        assert (symbol == "square") == (place.kind == "border_crossing")
        if place.kind != "border_crossing":
            assert (symbol == "diamond") == (place.basis == "supplied")


def test_the_planned_line_is_dashed_and_the_guessed_course_dotted(case, wide):
    drawn = [trace for trace in wide.data if trace.mode == "lines" and trace.fill != "toself"]
    dashes = {trace.line.dash for trace in drawn if trace.line.color == theme.ACCENT}
    assert len(dashes) == 2
    assert "solid" not in dashes
    built = case.replace(infrastructure=case.infrastructure.assign(status="operating"))
    solid = route.route_map(built)
    assert "solid" in {t.line.dash for t in solid.data if t.line.color == theme.ACCENT}


def test_countries_carry_their_positions_and_take_the_colour_of_their_stance(case):
    figure = route.route_map(case, issue="pipeline")
    found = standings(case, "pipeline")
    coloured = {
        trace.customdata[0]: trace.fillcolor
        for trace in figure.data
        if trace.fill == "toself" and trace.fillcolor in theme.STANCE_COLOURS.values()
    }
    stated = found.dropna(subset=["mean"])
    assert len(stated)
    for iso3, row in stated.iterrows():
        if row["refs"] in coloured:
            assert coloured[row["refs"]] == theme.stance_colour(row["mean"]), iso3
    assert stated["refs"]["RUS"] in coloured
    issue_of = case.positions.set_index("id")["issue"]
    refs = " ".join(coloured).split(" ")
    assert {issue_of[ref.removeprefix("positions/")] for ref in refs} == {"pipeline"}


def test_a_country_of_the_line_that_says_nothing_is_hatched_and_says_so(case):
    silent = case.positions[case.positions["issue"] != "pipeline"]
    figure = route.route_map(case.replace(positions=silent), issue="pipeline")
    hatched = [t for t in figure.data if t.fillpattern.bgcolor == theme.LAND]
    assert len(hatched) == 3
    names = next(trace for trace in figure.data if trace.mode == "text")
    assert sum("no statement" in name for name in names.text) >= 2


def test_text_of_the_tables_is_text(case):
    rows = case.routes
    rows.loc[rows["id"] == "r04", "place"] = "<b>x</b><script>"
    figure = route.route_map(case.replace(routes=rows))
    assert "<script>" not in figure.to_json()
    assert any("&lt;script&gt;" in text for text in _labels(figure).text)


def test_an_unknown_issue_is_refused(case):
    with pytest.raises(ValueError, match=r"issue must be one of .*; found “nonsense”"):
        route.route_map(case, issue="nonsense")


def test_without_places_there_is_a_sentence(case):
    empty = case.replace(routes=case.routes[:0])
    assert route.describe(empty) in route.route_map(empty).layout.annotations[0].text.replace(
        "<br>", " "
    )
    assert route.table(empty).empty


def test_the_map_in_words_and_as_a_table(case):
    words = route.describe(case)
    assert "Power of Siberia 2" in words
    assert "21 March 2023" in words
    assert "in Mongolia" in words
    table = route.table(case)
    assert list(table.index) == list("routes/" + case.routes.sort_values("order")["id"])
    assert not table.isna().any().any()
    assert isinstance(table, pd.DataFrame)


@pytest.mark.parametrize("narrow", [False, True])
def test_names_and_labels_stay_where_they_are_whatever_the_issue(case, narrow):
    plain = route.route_map(case, narrow=narrow)
    coloured = route.route_map(case, issue="pipeline", narrow=narrow)
    assert _labels(plain) == _labels(coloured)
    first, second = (
        {
            name.split("<br>")[0]: (x, y)
            for name, x, y in zip(trace.text, trace.x, trace.y, strict=True)
        }
        for trace in (_names(plain), _names(coloured))
    )
    for country in ("Russia", "China", "Mongolia"):
        assert first[country] == second[country]


def _names(figure: go.Figure) -> go.Scatter:
    return next(trace for trace in figure.data if trace.mode == "text")


def _labels(figure: go.Figure) -> go.Scatter:
    """Give the names of places and lines."""
    _, labels_ = (trace for trace in figure.data if trace.mode == "text")
    return labels_


def test_the_key_explains_the_symbols_and_dashes_that_occur(case):
    def words(shown: Case) -> str:
        (note,) = route.route_map(shown).layout.annotations
        plain = re.sub("<span[^>]*>|</span>", "", note.text)
        return plain.replace("\N{NO-BREAK SPACE}", " ").replace("<br>", " ")

    assert words(case) == (
        "Places: ● named in a source ◆ to be supplied ○ our approximation ■ border crossing "
        "Line: – – planned ···· course approximate"
    )
    known = case.routes[case.routes["basis"] == "published"]
    towns = known[known["kind"] != "border_crossing"]
    built = case.infrastructure.assign(status="operating")
    assert words(case.replace(routes=towns, infrastructure=built)) == "Places: ● named in a source"


def test_the_sea_is_the_ground_and_countries_lie_where_the_basemap_has_them(case, wide):
    assert wide.layout.plot_bgcolor == theme.WATER
    plan = plan_of(case)
    frame = frame_around(
        tuple(plan.drawn.total_bounds),
        width=route.WIDE.width,
        height=route.WIDE.height,
        padding=route.WIDE.padding,
    )
    seen = land_in(frame.window(width=route.WIDE.widest)).countries
    drawn = [trace for trace in wide.data if trace.fill == "toself" and trace.customdata]
    for shape, trace in zip(seen.geometry, drawn, strict=True):
        x, y = outlines(shape)
        gaps = np.isnan(np.asarray(trace.y, float))
        assert (gaps == np.isnan(y)).all()
        away = np.hypot(np.asarray(trace.x, float) - x, trace.y - y)[~gaps]
        # A fifth of a pixel cannot be seen.
        assert away.max() * frame.px_per_km < 0.2


def test_borders_stand_out_between_coloured_countries(case):
    for issue, colour in ((None, theme.BORDER), ("pipeline", theme.MUTED)):
        lines = {t.line.color for t in route.route_map(case, issue=issue).data if t.fill == "none"}
        assert lines == {colour}
