"""Routes of pipelines: places, the sections between them, and their length by country."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from functools import lru_cache
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from pyproj import Geod
from shapely.geometry import LineString

from geodash.case import Case
from geodash.geo.basemap import basemap, country_names
from geodash.geo.projection import GEOGRAPHIC, MAP, projected

#: Figure of the Earth on which lengths are computed.
EARTH = Geod(ellps="WGS84")
#: How well a place on the line is known, from best to worst.
BASES = ("published", "supplied", "approximate")
#: The basis of an end that another source names: no course to it is known, so no line leads there.
OTHER_READING = "other_reading"
#: Points of a curve at sea.
CURVE = 24
#: What stands for a country where a line lies at sea.
SEA, AT_SEA = "", "at sea"
#: Kilometres between the points of a section as it is drawn: close enough to look like a curve.
DRAWN_STEP_KM = 100
#: Kilometres between the points at which a section is asked in which country it lies.
ASKED_STEP_KM = 1


def route(case: Case, infrastructure: str) -> gpd.GeoDataFrame:
    """Give the places on a line, in the direction of flow.

    Parameters
    ----------
    infrastructure
        Id of a row of the infrastructure table.

    Returns
    -------
    geopandas.GeoDataFrame
        The columns of the routes table, with points in EPSG:4326; empty if no place is known.
    """
    rows = case.routes
    rows = rows[rows["infrastructure"] == infrastructure].sort_values("order", ignore_index=True)
    points = gpd.points_from_xy(rows["lon"], rows["lat"])
    return gpd.GeoDataFrame(rows, geometry=points, crs=GEOGRAPHIC)


def sections(case: Case, infrastructure: str) -> gpd.GeoDataFrame:
    """Give the sections of a line between consecutive places: geodesics, and curves at sea.

    A leg at sea is a quadratic Bézier curve that bends towards the point at sea between its ends
    (Farin 2002, Curves and Surfaces for CAGD, chapter 4). It is a plain curve, not a survey.

    Parameters
    ----------
    infrastructure
        Id of a row of the infrastructure table.

    Returns
    -------
    geopandas.GeoDataFrame
        One row per section: `infrastructure`, `start` and `end` (ids of the routes table),
        `basis` (the weaker of its two places: published, supplied or approximate), `start_iso3`,
        `end_iso3`, `start_kind`, `end_kind`, `at_sea`, `km`, and a line in EPSG:4326.
    """
    places = route(case, infrastructure)
    found = list(_legs(places[places["basis"] != OTHER_READING].to_dict("records")))
    columns = [*("infrastructure", "start", "end", "basis", "start_iso3", "end_iso3")]
    columns += ["start_kind", "end_kind", "at_sea", "km"]
    rows = pd.DataFrame([leg for leg, _ in found], columns=columns)
    return gpd.GeoDataFrame(rows, geometry=[line for _, line in found], crs=GEOGRAPHIC)


def _legs(places: list[dict[Hashable, Any]]) -> Iterator[tuple[dict[str, Any], LineString]]:
    """Join each place to the next; points at sea only bend the line."""
    for at, first in enumerate(places[:-1]):
        if first["kind"] == "sea":
            continue
        at_sea = places[at + 1]["kind"] == "sea"
        last = places[at + 1 + at_sea]
        points = [(place["lon"], place["lat"]) for place in places[at : at + 2 + at_sea]]
        line = _curve(*points) if at_sea else _geodesic(*points, step_km=DRAWN_STEP_KM)
        leg = {
            "infrastructure": first["infrastructure"],
            "start": first["id"],
            "end": last["id"],
            "basis": max(first["basis"], last["basis"], key=BASES.index),
            "start_iso3": first["iso3"],
            "end_iso3": last["iso3"],
            "start_kind": first["kind"],
            "end_kind": last["kind"],
            "at_sea": at_sea,
            "km": EARTH.geometry_length(line) / 1000,
        }
        yield leg, line


def _curve(
    start: tuple[float, float], bend: tuple[float, float], end: tuple[float, float]
) -> LineString:
    t = np.linspace(0, 1, CURVE)[:, None]
    a, b, c = (np.array(point) for point in (start, bend, end))
    return LineString((1 - t) ** 2 * a + 2 * t * (1 - t) * b + t**2 * c)


def length_by_country(case: Case, infrastructure: str) -> pd.DataFrame:
    """Compute how long a line is in each country, as it is drawn here.

    Lengths are geodesic on WGS 84 (Karney 2013, Algorithms for geodesics, Journal of Geodesy 87,
    43–55), from place to place, so a real pipeline is longer. A section that starts or ends at a
    border crossing lies on the other place's side of it; any other section between two countries
    is split where it comes nearer to the second one on the basemap. Legs at sea are no country's.

    Parameters
    ----------
    infrastructure
        Id of a row of the infrastructure table.

    Returns
    -------
    pandas.DataFrame
        One row per country, in the direction of flow: `iso3`, `country` (its name on the basemap),
        `computed_km`. For what lies at sea `iso3` is empty and `country` is “at sea”.
    """
    return add_up(sections(case, infrastructure))


def add_up(drawn: gpd.GeoDataFrame) -> pd.DataFrame:
    """Add up sections by country; see `length_by_country`.

    Parameters
    ----------
    drawn
        Sections, as `sections` gives them.
    """
    km: dict[str, float] = {}
    for section in drawn.to_dict("records"):
        for iso3, share in _shares(section).items():
            km[iso3] = km.get(iso3, 0.0) + share * section["km"]
    known = {SEA: AT_SEA, **country_names()}
    names = [known.get(iso3, iso3) for iso3 in km]
    return pd.DataFrame({"iso3": list(km), "country": names, "computed_km": list(km.values())})


def _shares(section: Mapping[str, Any]) -> dict[str, float]:
    first, last = section["start_iso3"], section["end_iso3"]
    if section["at_sea"]:
        return {SEA: 1.0}
    if first == last or section["start_kind"] == "border_crossing":
        return {last: 1.0}
    if section["end_kind"] == "border_crossing":
        return {first: 1.0}
    start, *_, end = section["geometry"].coords
    dense = _geodesic(start, end, step_km=ASKED_STEP_KM)
    points = gpd.GeoSeries.from_xy(*dense.xy, crs=GEOGRAPHIC)
    points = points.to_crs(MAP)
    land = projected(basemap().countries).set_index("iso3").geometry
    in_first = float((points.distance(land[first]) <= points.distance(land[last])).mean())
    return {first: in_first, last: 1 - in_first}


@lru_cache(maxsize=1024)
def _geodesic(
    start: tuple[float, float], end: tuple[float, float], *, step_km: float
) -> LineString:
    metres = EARTH.inv(*start, *end)[2]
    points = EARTH.inv_intermediate(
        *start,
        *end,
        npts=2 + int(metres / 1000 / step_km),
        initial_idx=0,
        terminus_idx=0,
        return_back_azimuth=False,
    )
    return LineString(zip(points.lons, points.lats, strict=True))
