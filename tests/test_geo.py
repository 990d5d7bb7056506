"""The basemap, the routes, the labels, and the map drawn from them."""

from __future__ import annotations

import itertools
import re

import geopandas as gpd
import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest
import shapely
from shapely.geometry import Point, box

import geodash
from geodash import theme
from geodash.case import Case
from geodash.charts import ground, route
from geodash.charts.countries import looks, standings
from geodash.charts.lines import labels, plan_of
from geodash.geo import routes
from geodash.geo.basemap import BORDERS_SENTENCE, basemap, country_names, outlines
from geodash.geo.frame import frame_around, land_in, room_for
from geodash.geo.labels import place_labels, text_size
from geodash.geo.projection import MAP, projected
from geodash.geo.routes import EARTH, add_up, length_by_country, sections

LINE = "power-of-siberia-2"

# Place, longitude (counted on beyond 180), latitude, country it is drawn in, marked area or "".
PLACES = [
    ("Sevastopol", 33.60, 44.62, "UKR", "Crimea and Sevastopol"),
    ("Simferopol", 34.10, 44.95, "UKR", "Crimea and Sevastopol"),
    ("Donetsk", 37.80, 48.00, "UKR", ""),
    ("Mariupol, inland", 37.60, 47.20, "UKR", ""),
    ("Kherson", 32.70, 46.75, "UKR", ""),
    ("Kyiv", 30.52, 50.45, "UKR", ""),
    ("Rostov-on-Don", 40.00, 47.50, "RUS", ""),
    ("Krasnodar", 38.98, 45.04, "RUS", ""),
    ("Taipei", 121.45, 24.90, "TWN", "Taiwan"),
    ("Iturup", 147.95, 45.10, "RUS", "Southern Kuril Islands"),
    ("Chukotka, east of 180 degrees", 185.00, 66.50, "RUS", ""),
    ("Chukotka, west of 180 degrees", 175.00, 66.50, "RUS", ""),
    ("Kaliningrad", 21.00, 54.65, "RUS", ""),
    ("Srinagar", 74.80, 34.08, "IND", ""),
    ("Gilgit", 74.30, 35.90, "PAK", ""),
    ("Aksai Chin", 79.60, 35.10, "CHN", ""),
    ("Itanagar", 93.60, 27.10, "IND", ""),
    ("Siachen", 77.10, 35.40, "IND", "Siachen Glacier"),
    ("Hong Kong", 114.15, 22.45, "CHN", ""),
    ("Sukhumi, inland", 41.30, 43.00, "GEO", ""),
    ("Tskhinvali", 43.97, 42.23, "GEO", ""),
    ("Tiraspol", 29.55, 46.87, "MDA", ""),
    ("Kyrenia, inland", 33.30, 35.27, "CYP", "Northern Cyprus"),
    ("Quneitra", 35.78, 33.05, "SYR", "Golan Heights"),
    ("Haifa, inland", 35.10, 32.75, "ISR", ""),
    ("Nablus", 35.26, 32.22, "PSE", "Palestine"),
    ("Laayoune, inland", -13.00, 27.00, "ESH", "Western Sahara west of the sand wall"),
    ("Pristina", 21.17, 42.66, "XKX", "Kosovo"),
    ("Ulaanbaatar", 106.88, 47.91, "MNG", ""),
    ("Beijing", 116.40, 39.91, "CHN", ""),
    ("Irkutsk", 104.29, 52.30, "RUS", ""),
    ("Vladivostok, inland", 132.20, 43.50, "RUS", ""),
    ("Astana", 71.45, 51.15, "KAZ", ""),
]

# Areas for which there is no shape: name, country they are drawn in.
POINTS = [
    ("Kashmir (Indian-administered)", "IND"),
    ("Kashmir (Pakistani-administered)", "PAK"),
    ("Aksai Chin", "CHN"),
    ("Arunachal Pradesh", "IND"),
    ("Abkhazia", "GEO"),
    ("South Ossetia", "GEO"),
    ("Transnistria", "MDA"),
]


@pytest.fixture(scope="module")
def case() -> Case:
    return geodash.load()


def _of(frame: gpd.GeoDataFrame, column: str, point: Point) -> list[str]:
    shapes = frame[frame.geometry.geom_type != "Point"]
    return list(shapes.loc[shapes.contains(point), column])


@pytest.mark.parametrize(("place", "lon", "lat", "iso3", "area"), PLACES)
def test_places_are_drawn_where_the_policy_says(place, lon, lat, iso3, area):
    point = Point(lon, lat)
    assert _of(basemap().countries, "iso3", point) == [iso3], place
    assert _of(basemap().areas, "name", point) == ([area] if area else []), place


@pytest.mark.parametrize(("name", "iso3"), POINTS)
def test_areas_without_a_shape_are_points_in_the_country_they_are_drawn_in(name, iso3):
    area = basemap().areas.set_index("name").loc[name]
    assert area["iso3"] == iso3
    assert _of(basemap().countries, "iso3", area.geometry) == [iso3]


def test_crimea_is_occupied_and_every_area_has_a_note_and_a_known_status():
    areas = basemap().areas.set_index("name")
    assert areas["status"]["Crimea and Sevastopol"] == "occupied"
    assert "68/262" in areas["note"]["Crimea and Sevastopol"]
    assert set(areas["status"]) == {"occupied", "disputed", "status"}
    assert areas["note"].str.len().min() > 10
    assert set(areas["iso3"]) <= set(country_names())


def test_countries_cover_the_land_without_overlaps_or_gaps():
    countries = basemap().countries
    assert countries["iso3"].is_unique
    assert shapely.coverage_is_valid(countries.geometry.values)
    land = shapely.get_parts(projected(countries).union_all())
    holes = [Point(ring.coords[0]) for part in land for ring in part.interiors]
    caspian = projected(gpd.GeoDataFrame(geometry=[Point(51, 42)], crs=4326)).geometry[0]
    assert len(holes) == 1, "only the Caspian Sea is a hole"
    assert holes[0].distance(caspian) < 1000


def test_russia_is_whole_across_180_degrees():
    russia = basemap().countries.set_index("iso3").geometry["RUS"]
    largest = max(shapely.get_parts(russia), key=lambda part: part.area)
    assert largest.bounds[2] > 189
    on_map = projected(basemap().countries).set_index("iso3").geometry["RUS"]
    ends = projected(
        gpd.GeoDataFrame(geometry=[Point(40, 56), Point(187, 66.5)], crs=4326)
    ).geometry
    mainland = max(shapely.get_parts(on_map), key=lambda part: part.area)
    assert all(mainland.contains(end) for end in ends)


def test_lines_of_control_and_disputed_borders_have_their_own_class():
    lines = projected(basemap().lines).set_index("class").geometry
    assert set(lines.index) == {"international", "disputed", "line_of_control", "occupation_line"}
    near = {
        "occupation_line": (34.0, 46.1),  # the isthmus of Perekop
        "line_of_control": (74.0, 33.6),  # Kashmir
        "disputed": (94.0, 28.9),  # the McMahon line
        "international": (36.6, 45.3),  # the Kerch Strait
    }
    places = gpd.GeoSeries.from_xy(*zip(*near.values(), strict=True), crs=4326).to_crs(MAP)
    for name, place in zip(near, places, strict=True):
        assert lines[name].distance(place) < 30, name
        assert lines.distance(place).idxmin() == name


def test_the_frames_know_their_crs_and_do_not_share_changes():
    layers = basemap()
    for frame in (layers.countries, layers.areas, layers.lines, layers.lakes):
        assert frame.crs == 4326
        assert projected(frame).crs == MAP
    layers.countries.loc[0, "name"] = "changed"
    assert "changed" not in set(basemap().countries["name"])


def test_lakes_are_there():
    assert {"Lake Baikal", "Lake Balkhash", "Khövsgöl Nuur"} <= set(basemap().lakes["name"])


def test_the_policy_says_in_words_what_no_line_shows():
    assert "68/262" in BORDERS_SENTENCE
    assert "parts of mainland Ukraine are under Russian occupation" in BORDERS_SENTENCE
    assert route.note(geodash.load()) == BORDERS_SENTENCE


def test_the_whole_map_travels_in_250_kb():
    numbers = [
        np.concatenate(outlines(shape)).astype("float32").nbytes
        for layer in ("countries", "lines", "lakes")
        for shape in projected(getattr(basemap(), layer)).geometry
    ]
    assert sum(numbers) * 4 / 3 < 250_000, "base64, as Plotly writes arrays"


def test_outlines_part_shapes_by_nan_and_turn_holes_the_other_way():
    # Both rings the same way round, which Shapely allows.
    ring = shapely.Polygon(box(0, 0, 9, 9).exterior, [box(3, 3, 6, 6).exterior])
    x, y = outlines(shapely.MultiPolygon([ring, box(20, 0, 21, 1)]))
    gaps = np.flatnonzero(np.isnan(x))
    assert len(gaps) == 2
    assert np.isnan(y[gaps]).all()
    shell, hole, _ = np.split(np.column_stack([x, y]), gaps)
    assert shapely.is_ccw(shapely.linearrings(shell)) != shapely.is_ccw(
        shapely.linearrings(hole[1:])
    )
    assert outlines(shapely.GeometryCollection())[0].size == 0


def test_sections_join_the_places_in_order(case):
    drawn = sections(case, LINE)
    places = route_of(case)
    assert list(drawn["start"]) == list(places["id"])[:-1]
    assert list(drawn["end"]) == list(places["id"])[1:]
    assert drawn.crs == 4326
    ends = [line.coords[-1] for line in drawn.geometry]
    assert np.allclose(ends, shapely.get_coordinates(places.geometry.values)[1:])


def route_of(case: Case) -> gpd.GeoDataFrame:
    return routes.route(case, LINE)


def test_a_section_is_known_as_well_as_the_weaker_of_its_places(case):
    basis = route_of(case).set_index("id")["basis"]
    rank = {"published": 0, "supplied": 1, "approximate": 2}
    for section in sections(case, LINE).itertuples():
        worse = max(basis[section.start], basis[section.end], key=rank.__getitem__)
        assert section.basis == worse


def test_lengths_by_country_are_sane(case):
    km = length_by_country(case, LINE).set_index("iso3")["computed_km"]
    assert list(km.index) == ["RUS", "MNG", "CHN"]
    # Published for the Mongolian section: 958.6 to 962.9 km; from town to town it is a little less.
    assert km["MNG"] == pytest.approx(905, abs=15)
    assert km["RUS"] == pytest.approx(3270, abs=30)
    assert km.sum() == pytest.approx(sections(case, LINE)["km"].sum())


def _drawn(start: tuple, end: tuple, *, kinds: tuple[str, str]) -> gpd.GeoDataFrame:
    (first, *a), (last, *b) = start, end
    line = shapely.LineString([a, b])
    row = {"start_iso3": first, "end_iso3": last, "start_kind": kinds[0], "end_kind": kinds[1]}
    return gpd.GeoDataFrame([row | {"km": EARTH.geometry_length(line) / 1000}], geometry=[line])


def test_a_section_from_a_border_crossing_lies_beyond_it():
    start, end = ("RUS", 106.1, 50.38), ("MNG", 106.2, 50.23)
    from_crossing = add_up(_drawn(start, end, kinds=("border_crossing", "town")))
    to_crossing = add_up(_drawn(start, end, kinds=("town", "border_crossing")))
    assert list(from_crossing["iso3"]) == ["MNG"]
    assert list(to_crossing["iso3"]) == ["RUS"]


def test_another_section_is_split_at_the_border():
    # Irkutsk to Ulaanbaatar; the border lies near 50.3 degrees north.
    section = _drawn(("RUS", 104.29, 52.3), ("MNG", 106.88, 47.91), kinds=("town", "town"))
    km = add_up(section).set_index("iso3")["computed_km"]
    assert km["RUS"] / km.sum() == pytest.approx((52.3 - 50.3) / (52.3 - 47.91), abs=0.07)
    assert add_up(section)["country"].tolist() == ["Russia", "Mongolia"]


def test_a_line_without_places_is_empty(case):
    assert sections(case, "nord-stream-1").empty
    assert length_by_country(case, "nord-stream-1").empty


def _overlaps(boxes: list[tuple[float, float, float, float]]) -> list[tuple]:
    return [
        (a, b)
        for a, b in itertools.combinations(boxes, 2)
        if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
    ]


@pytest.mark.parametrize("seed", range(12))
def test_labels_never_overlap_nor_leave_the_map_nor_cover_obstacles(seed):
    random = np.random.default_rng(seed)
    count = int(random.integers(2, 40))
    points = random.uniform(0, 400, (count, 2))
    sizes = np.column_stack([random.uniform(20, 140, count), np.full(count, 17)])
    corner = random.uniform(0, 360, (5, 2))
    obstacles = np.concatenate([corner, corner + 40], axis=1)
    placed = place_labels(points, sizes, (0, 0, 400, 300), obstacles=obstacles)
    again = place_labels(points.copy(), sizes, (0, 0, 400, 300), obstacles=obstacles)
    boxes = [label.box for label in placed if label]
    assert placed == again
    assert boxes
    assert not _overlaps(boxes)
    assert not [pair for pair in _overlaps([*boxes, *map(tuple, obstacles)]) if pair[0] in boxes]
    for left, top, right, bottom in boxes:
        assert left >= 0
        assert top >= 0
        assert right <= 400
        assert bottom <= 300


def test_where_one_label_has_to_go_the_less_important_one_goes():
    points = np.array([[50.0, 10.0], [50.0, 10.0]])
    first, second = place_labels(points, np.full((2, 2), [38.0, 17.0]), (0, 0, 100, 20), reach=8)
    assert first is not None
    third = place_labels(
        np.repeat(points[:1], 3, axis=0), np.full((3, 2), [38.0, 17.0]), (0, 0, 100, 20), reach=8
    )
    assert second is not None
    assert [label is not None for label in third] == [True, True, False]


def test_a_label_stands_at_its_anchor():
    (label,) = place_labels(np.array([[50.0, 50.0]]), np.array([[40.0, 16.0]]), (0, 0, 200, 200))
    assert label is not None
    assert (label.side, label.leader) == ("middle right", False)
    assert label.box == (50 + label.dx, 50 - 8, 50 + label.dx + 40, 50 + 8)


def test_no_labels_need_no_room():
    assert place_labels(np.empty((0, 2)), np.empty((0, 2)), (0, 0, 10, 10)) == []


def test_text_takes_the_widest_of_its_lines():
    one, two = text_size("Irkutsk", size=13), text_size("Irkutsk<br>a", size=13)
    assert two == (one[0], 2 * one[1])
    assert text_size("WWW", size=13)[0] > text_size("iii", size=13)[0]


def test_a_name_stands_in_the_roomiest_part_or_nowhere():
    land = box(0, 0, 10, 10).union(box(100, 0, 200, 40))
    at = room_for(land, (60, 15))
    assert at is not None
    assert box(100, 0, 200, 40).contains(box(at.x - 30, at.y - 7.5, at.x + 30, at.y + 7.5))
    assert room_for(land, (120, 15)) is None


def test_a_wider_chart_keeps_the_scale_and_shows_more_to_the_sides():
    frame = frame_around((0, 0, 1000, 500), width=600, height=400, padding=(0, 50, 100, 50))
    assert frame.px_per_km == pytest.approx(0.5)
    assert frame.pixels(np.array([0, 250])) == pytest.approx([0, 200])
    left, bottom, right, top = frame.window(width=1200)
    assert (right - left, top - bottom) == pytest.approx((2400, 800))
    assert land_in((-500, -500, 500, 500)).countries.total_bounds == pytest.approx(
        [-500, -500, 500, 500]
    )


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
    assert not _overlaps([*boxes, *taken])
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


def test_the_map_is_cartesian_with_one_scale_and_no_title(wide):
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
