"""The basemap, the routes and the labels."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely
from shapely.geometry import Point, box

import geodash
from geodash.case import Case
from geodash.charts import routewords
from geodash.geo import routes
from geodash.geo.basemap import BORDERS_SENTENCE, basemap, country_names, outlines
from geodash.geo.frame import coarser, frame_around, land_in, room_for
from geodash.geo.labels import place_labels, text_size
from geodash.geo.projection import MAP, projected
from geodash.geo.routes import EARTH, add_up, length_by_country, sections
from rectangles import overlaps
from tiny import tiny

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
    assert routewords.note(geodash.load()) == BORDERS_SENTENCE


def test_the_whole_map_travels_in_250_kb():
    numbers = [
        np.concatenate(outlines(shape)).astype("float32").nbytes
        for layer in ("countries", "lines", "lakes")
        for shape in projected(getattr(basemap(), layer)).geometry
    ]
    assert sum(numbers) * 4 / 3 < 250_000, "base64, as Plotly writes arrays"


def test_a_small_map_leaves_out_details_but_no_gaps():
    whole = land_in((-4000, -3000, 4000, 3000))
    rough = coarser(whole, 60)
    points = [
        shapely.get_num_coordinates(layer.geometry.values).sum()
        for layer in (rough.countries, whole.countries)
    ]
    assert points[0] < 0.5 * points[1]
    shapes = rough.countries.geometry
    assert shapes.union_all().area == pytest.approx(shapes.area.sum(), rel=1e-6)
    assert rough.countries.crs == MAP
    assert len(rough.lakes) < len(whole.lakes)


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
    places = places[places["basis"] != routes.OTHER_READING]
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
    row = {"start_iso3": first, "end_iso3": last, "at_sea": False}
    row |= {"start_kind": kinds[0], "end_kind": kinds[1]}
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


def test_a_line_without_places_is_empty(tmp_path):
    case = tiny(tmp_path)
    assert sections(case, "old").empty
    assert length_by_country(case, "old").empty


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
    assert not overlaps(boxes)
    assert not [pair for pair in overlaps([*boxes, *map(tuple, obstacles)]) if pair[0] in boxes]
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


def test_a_leg_at_sea_is_a_curve_towards_its_point_and_no_countrys(tmp_path):
    rows = """\
id,infrastructure,order,place,kind,iso3,lon,lat,basis,note,source
r1,line,1,Vyborg,town,RUS,28.7,60.7,published,,tracker
r2,line,2,Baltic Sea,sea,RUS,21.0,59.6,approximate,,tracker
r3,line,3,Lubmin,town,DEU,13.6,54.1,published,,tracker
r4,line,4,Berlin,town,DEU,13.4,52.5,approximate,,tracker
r5,line,5,Elsewhere,market,AUT,16.4,48.2,other_reading,,tracker
"""
    drawn = sections(tiny(tmp_path, routes=rows), "line")
    assert list(drawn["start"]) == ["r1", "r3"]
    assert list(drawn["end"]) == ["r3", "r4"]
    assert list(drawn["at_sea"]) == [True, False]
    curve = drawn.geometry[0]
    middle = curve.interpolate(0.5, normalized=True)
    assert 56 < middle.y < 59.6
    straight = EARTH.geometry_length(shapely.LineString([curve.coords[0], curve.coords[-1]])) / 1000
    assert straight < drawn["km"][0] < 1.3 * straight
    km = length_by_country(tiny(tmp_path, routes=rows), "line")
    assert list(km["country"]) == ["at sea", "Germany"]
    assert km["iso3"][0] == ""
