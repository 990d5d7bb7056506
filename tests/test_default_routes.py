"""The shipped case: where its pipelines run."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geodash.case import load
from geodash.geo.basemap import basemap


@pytest.fixture(scope="module")
def case():
    return load()


def places(case, line):
    return case.routes[case.routes["infrastructure"] == line]


def test_every_line_runs_through_places(case):
    counts = case.routes["infrastructure"].value_counts()
    assert set(counts.index) == set(case.infrastructure["id"])
    assert counts.min() >= 3
    # Rows of one line stand together, in the order of the pipelines.
    assert list(case.routes["infrastructure"].drop_duplicates()) == list(case.infrastructure["id"])
    for line in counts.index:
        assert list(places(case, line)["order"]) == list(range(1, counts[line] + 1))


def test_every_line_passes_its_countries_in_the_direction_of_flow(case):
    # The Mongolian section starts in Russia, at the border.
    more = {"soyuz-vostok": ["RUS"]}
    for line in case.infrastructure.itertuples():
        passed = list(places(case, line.id)["iso3"].drop_duplicates())
        assert passed == [*more.get(line.id, []), *line.countries.split(" ")], line.id


def test_power_of_siberia_2_has_two_ends(case):
    ends = places(case, "power-of-siberia-2").iloc[-2:]
    columns = ["place", "kind", "iso3", "basis", "source"]
    assert ends[columns].to_numpy().tolist() == [
        ["Beijing–Tianjin–Hebei", "market", "CHN", "approximate", "chinetnews-2022-07-18"],
        ["Xinjiang", "market", "CHN", "other_reading", "tass-2025-09"],
    ]
    # Ürümqi, as GeoNames has it.
    assert ends[["lon", "lat"]].iloc[1].tolist() == [87.6, 43.801]
    assert "most sources say" in ends["note"].iloc[0].casefold()
    assert case.routes["basis"].eq("other_reading").sum() == 1


def test_lines_that_share_places_name_the_same_ones(case):
    where = ["place", "kind", "iso3", "lon", "lat", "basis"]

    def of(line):
        return places(case, line)[where].to_numpy().tolist()

    assert of("central-asia-china-a") == of("central-asia-china-b") == of("central-asia-china-c")
    assert of("nord-stream-1")[-1] == of("nord-stream-2")[-1]
    assert of("power-of-siberia-1")[-1] == of("china-russia-east")[0]
    whole = of("power-of-siberia-2")
    start = whole.index(of("soyuz-vostok")[0])
    assert of("soyuz-vostok") == whole[start : start + len(of("soyuz-vostok"))]


#: The coasts on both sides of each leg at sea, and the most of it that crosses land.
SEA = {
    "nord-stream-1": ("Vyborg", "Lubmin", 0.05),
    "nord-stream-2": ("Ust-Luga", "Lubmin", 0.1),
    "turkstream": ("Anapa", "Kıyıköy", 0.02),
    "blue-stream": ("Dzhubga", "Samsun", 0.03),
    # From the east of Sakhalin, across the island.
    "far-eastern-route": ("Nogliki", "Lazarev", 0.75),
}
#: What a place is called here, where its point is another town.
POINTS = {"Sakhalin shelf": "Nogliki"}


def test_a_leg_at_sea_bends_towards_one_point_between_two_coasts(case):
    land = basemap().countries.union_all()
    coast = gpd.GeoSeries([land], crs=4326).to_crs(3857).boundary.iloc[0]
    sea = case.routes[case.routes["kind"] == "sea"]
    assert sorted(sea["infrastructure"]) == sorted(SEA)
    assert set(sea["source"]) == {"geodash"}
    assert set(sea["basis"]) == {"approximate"}
    for point in sea.itertuples():
        line = places(case, point.infrastructure).set_index("order")
        sides = line.loc[[point.order - 1, point.order + 1]]
        assert "sea" not in set(sides["kind"])
        assert point.iso3 == sides["iso3"].iloc[0]
        names = tuple(POINTS.get(place, place) for place in sides["place"])
        *coasts, most = SEA[point.infrastructure]
        assert list(names) == coasts
        ends = gpd.GeoSeries.from_xy(sides["lon"], sides["lat"], crs=4326).to_crs(3857)
        # 60 km in this projection are at most 46 km on the ground here.
        assert (ends.distance(coast) < 60_000).all(), names
        bend = gpd.GeoSeries.from_xy([point.lon], [point.lat], crs=4326)
        assert not bend.intersects(land).any(), point.infrastructure
        t = np.linspace(0, 1, 400)
        x, y = (
            (1 - t) ** 2 * first + 2 * t * (1 - t) * control + t**2 * last
            for (first, last), control in (
                (sides["lon"], point.lon),
                (sides["lat"], point.lat),
            )
        )
        assert shapely.contains_xy(land, x, y).mean() < most, point.infrastructure


def test_every_place_lies_in_its_country(case):
    countries = basemap().countries.set_index("iso3").geometry
    rows = case.routes[case.routes["kind"] != "sea"]
    points = gpd.GeoSeries.from_xy(rows["lon"], rows["lat"], index=rows["id"], crs=4326)
    for row in rows.itertuples():
        # Around each place in turn, distances are those on the ground.
        own = f"+proj=aeqd +lon_0={row.lon} +lat_0={row.lat}"
        country = countries.loc[[row.iso3]].clip(points[row.id].buffer(5)).to_crs(own)
        here = points.loc[[row.id]].to_crs(own)
        assert country.union_all().distance(here.iloc[0]) < 30_000, (row.id, row.place)
