"""The map drawn from basemap, routes and labels."""

from __future__ import annotations

import re
from datetime import date

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest
from shapely.geometry import Point, box

import geodash
from geodash import theme
from geodash.case import Case
from geodash.charts import ground, mapviews, route, routewords
from geodash.charts.countries import standings
from geodash.charts.lines import COLOURS, DASHES
from geodash.charts.maplabels import broken
from geodash.charts.plan import plan_of
from geodash.geo.basemap import outlines
from geodash.geo.frame import Frame, coarser, land_in
from geodash.geo.labels import text_size
from rectangles import overlaps
from tiny import tiny


@pytest.fixture(scope="module")
def case() -> Case:
    return geodash.load()


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("view", mapviews.VIEWS)
def test_words_on_the_map_do_not_overlap(case, view, narrow):
    figure = route.route_map(case, view=view, narrow=narrow)
    sheet = mapviews.NARROW if narrow else mapviews.WIDE
    frame = _frame(case, view, narrow=narrow)
    names, notes = (trace for trace in figure.data if trace.mode == "text")
    boxes = _boxes(notes, frame)
    assert not overlaps([*boxes, *_boxes(names, frame)])
    for left, _, right, _ in boxes:
        assert left >= 0
        assert right <= sheet.width
    leaders = figure.data[-1]
    # Each leader line ends at the edge of a label.
    ends = frame.pixels(np.column_stack([leaders.x, leaders.y]))[1::3]
    assert all(min(box(*one).exterior.distance(Point(end)) for one in boxes) < 1 for end in ends)


@pytest.mark.parametrize("narrow", [False, True])
def test_the_corridor_names_its_line_and_places(case, narrow):
    figure = route.route_map(case, narrow=narrow)
    words = " ".join(_labels(figure).text)
    for name in ("Bovanenkovo", "Naushki", "Zamyn-Uud", "Beijing", "Power of Siberia 2"):
        assert name in words
    if not narrow:
        own = case.routes[case.routes["infrastructure"] == "power-of-siberia-2"]
        frame = _frame(case, "corridor", narrow=False)
        inside = box(*frame.window())
        places = plan_of(case).places
        seen = places[places.within(inside) & places["id"].isin(own["id"])]
        for place in seen["place"]:
            assert broken(place) in _labels(figure).text
    for country in ("Russia", "China", "Mongolia"):
        assert [name for name in _names(figure).text if name.startswith(country)]


def _frame(case: Case, view: str, *, narrow: bool) -> Frame:
    part = mapviews.VIEWS[view]
    plan = plan_of(case, part.crs)
    return mapviews.frame_of(plan, part, mapviews.NARROW if narrow else mapviews.WIDE)


def _boxes(words: go.Scatter, frame: Frame) -> list[tuple[float, float, float, float]]:
    """Where words stand, worked out from what Plotly is told."""
    places = frame.pixels(np.column_stack([words.x, words.y]))
    sides = words.textposition or ["middle center"] * len(words.x)
    boxes = []
    for (x, y), text, side, size in zip(
        places, words.text, sides, words.textfont.size, strict=True
    ):
        width, height = text_size(re.sub("<(?!br)[^>]*>", "", text), size=size)
        if "<span" in text:
            # The second line has smaller letters.
            first, second = re.sub("<(?!br)[^>]*>", "", text).split("<br>")
            width = max(text_size(first, size=size)[0], text_size(second, size=12)[0])
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
def test_the_map_travels_in_200_kb(case, narrow, issue):
    assert len(route.route_map(case, issue=issue, narrow=narrow).to_json()) < 200_000


def _marks(figure: go.Figure) -> dict[str, tuple[str, str]]:
    """Give symbol and colour of each place by its ref."""
    (trace,) = (t for t in figure.data if "routes/" in str((t.customdata or ("",))[0]))
    looks = zip(trace.customdata, trace.marker.symbol, trace.marker.color, strict=True)
    return {ref: (symbol, colour) for refs, symbol, colour in looks for ref in refs.split(" ")}


def test_every_place_is_marked_and_those_of_the_line_tell_how_they_are_known(case, wide):
    marks = _marks(wide)
    seen = case.routes[case.routes["kind"] != "sea"]
    assert sorted(marks) == sorted("routes/" + seen["id"])
    own = seen[seen["infrastructure"] == "power-of-siberia-2"]
    assert set(own["basis"]) == {"published", "supplied", "approximate", "other_reading"}
    for place in own.itertuples():
        symbol, colour = marks[f"routes/{place.id}"]
        assert (colour == theme.PAPER) == (place.basis in {"approximate", "other_reading"})
        assert (symbol == "square") == (place.kind == "border_crossing")
        if place.kind != "border_crossing":
            assert (symbol == "diamond") == (place.basis == "supplied")
            assert (symbol == "triangle-up") == (place.basis == "other_reading")


ROUTES = """\
id,infrastructure,order,place,kind,iso3,lon,lat,basis,note,source
r1,line,1,Atown,field,RUS,103.9,52.6,published,,tracker
r2,line,2,Gate,border_crossing,MNG,106.2,50.3,supplied,,tracker
r3,line,3,Btown,market,CHN,116.4,39.9,approximate,,tracker
r4,old,1,West,town,RUS,60.0,56.0,published,,tracker
r5,old,2,Bay,sea,RUS,50.0,58.0,approximate,,tracker
r6,old,3,Far West,town,DEU,13.4,54.1,published,,tracker
"""
LATER = """\
id,infrastructure,date,date_precision,status,note,source
s1,old,2025-01-01,day,idle,Nothing flows.,tracker
"""


@pytest.fixture
def two(tmp_path) -> Case:
    return tiny(tmp_path, routes=ROUTES, statuses=LATER)


def _courses(figure: go.Figure) -> list[go.Scatter]:
    return [t for t in figure.data if t.line.color in COLOURS.values()]


def test_dash_and_width_of_a_line_tell_its_status_on_a_day_and_its_capacity(two):
    looks = {t.line.dash: t.line.width for t in _courses(route.route_map(two))}
    planned, working, stopped = (DASHES[look][0] for look in ("planned", "working", "stopped"))
    # 50 and 38 bcm/yr: both more than two thirds of the widest.
    assert looks == {planned: 4, working: 4}
    later = route.route_map(two, on=date(2025, 1, 1))
    assert {t.line.dash for t in _courses(later)} == {planned, stopped}
    less = two.figures.assign(value=two.figures["value"].replace(38.0, 20.0))
    narrower = {
        t.line.dash: t.line.width for t in _courses(route.route_map(two.replace(figures=less)))
    }
    assert narrower == {planned: 4, working: 2.75}


def test_oil_has_a_colour_of_its_own_and_the_key_says_so(two):
    lines = two.infrastructure.assign(commodity=["gas", "oil"])
    figure = route.route_map(two.replace(infrastructure=lines))
    assert {t.line.color for t in _courses(figure)} == {theme.ACCENT, theme.OIL}
    assert f'color:{theme.OIL}">▬</span>' in figure.layout.annotations[0].text


def test_the_tooltip_of_a_line_says_all_that_is_known_of_it(two):
    figure = route.route_map(two, on=date(2025, 1, 1))
    (trace,) = (t for t in figure.data if t.meta)
    texts = dict(zip(trace.customdata, trace.hovertemplate, strict=True))
    # The row that says so stands behind it.
    assert texts["infrastructure/old statuses/s1"].startswith("%{meta[1]}")
    for words in ("The old line", "idle on 1 January 2025", "Nothing flows.", "Atown – Ctown"):
        assert words in trace.meta[1]
    for words in ("Start: 2010", "38 bcm/yr (actual)", "as drawn here", "The Tracker"):
        assert words in trace.meta[1]


def test_a_view_shows_its_part_of_the_map(two):
    assert list(mapviews.views(two)) == ["corridor", "eurasia", "europe"]
    for view in mapviews.VIEWS:
        frame = _frame(two, view, narrow=False)
        plan = plan_of(two, mapviews.VIEWS[view].crs)
        seen = {
            line["id"]: box(*frame.window()).contains(plan.course(line["id"]).union_all())
            for line in plan.lines
        }
        assert (
            seen
            == {
                "corridor": {"line": True, "old": False},
                "eurasia": {"line": True, "old": True},
                "europe": {"line": False, "old": False},
            }[view]
        )


def test_a_case_with_one_line_has_one_view(tmp_path):
    assert list(mapviews.views(tiny(tmp_path))) == ["corridor"]


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


@pytest.mark.parametrize("setting", [{"issue": "nonsense"}, {"view": "nonsense"}])
def test_what_is_unknown_is_refused(case, setting):
    with pytest.raises(ValueError, match=r"must be one of .*; found “nonsense”"):
        route.route_map(case, **setting)


def test_without_places_there_is_a_sentence(case):
    empty = case.replace(routes=case.routes[:0])
    assert routewords.describe(empty) in route.route_map(empty).layout.annotations[0].text.replace(
        "<br>", " "
    )
    assert routewords.table(empty).empty


def test_the_map_in_words(two):
    words = routewords.describe(two)
    assert words.startswith("The line was proposed on 21 March 2023: about ")
    assert "in Russia" in words
    assert words.endswith("Of the 2 lines, 1 was planned and 1 was working on 21 March 2023.")
    later = routewords.describe(two, on=date(2025, 1, 1))
    assert later.endswith("1 was planned and 1 was stopped on 1 January 2025.")


def test_the_table_has_lines_places_and_marked_areas(two):
    table = routewords.table(two)
    assert not table.isna().any().any()
    refs = [f"infrastructure/{id_}" for id_ in ("line", "old")]
    assert list(table.index[:8]) == [*refs, *(f"routes/r{at}" for at in range(1, 7))]
    areas = table[table.index == ""]
    assert {"Crimea and Sevastopol", "Taiwan", "Kosovo"} <= set(areas["Name"])
    assert all(areas["Note"])
    # Computed lengths stand beside the published ones.
    length = "960 km (planned, middle part)"
    figure = two.figures.iloc[:1].assign(
        measure="length", value=960.0, unit="km", scope="middle part"
    )
    with_length = two.replace(figures=pd.concat([two.figures, figure.assign(id="f9")]))
    found = routewords.table(with_length).loc["infrastructure/line", "Length"]
    assert found.startswith(f"{length}; as drawn here: about ")
    assert "at sea" in table.loc["infrastructure/old", "Length"]


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


def test_the_key_explains_the_symbols_and_dashes_that_occur(two):
    def words(shown: Case, **settings: object) -> str:
        (note,) = route.route_map(shown, **settings).layout.annotations
        plain = re.sub("<span[^>]*>|</span>", "", note.text)
        return plain.replace("\N{NO-BREAK SPACE}", " ").replace("<br>", " ")

    assert words(two) == (
        "Places: ● named in a source ◆ to be supplied ○ our approximation ■ border crossing "
        "Lines: —— working – – planned (wider: more capacity)"
    )
    assert words(two, view="eurasia") == "Lines: —— working – – planned (wider: more capacity)"


def test_the_sea_is_the_ground_and_countries_lie_where_the_basemap_has_them(case, wide):
    assert wide.layout.plot_bgcolor == theme.WATER
    frame = _frame(case, "corridor", narrow=False)
    seen = land_in(frame.window(width=mapviews.WIDE.widest))
    seen = coarser(seen, ground.FINE / frame.px_per_km).countries
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
