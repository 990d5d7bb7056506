"""Where the lines of a case run: their places, courses and lengths, projected for a map."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import geopandas as gpd
import pandas as pd
from pyproj import CRS

from geodash.case import Case, Part
from geodash.charts.countries import schematic_km
from geodash.geo.projection import MAP, projected
from geodash.geo.routes import add_up, route, sections
from geodash.sources import citations

#: A row of a table.
Row = Mapping[Hashable, Any]


@dataclass(frozen=True, eq=False)
class Plan:
    """Where the lines of a case run; as the key of a cache it is equal to itself only.

    Attributes
    ----------
    lines
        Rows of the infrastructure table of which places are known. The case is about the first.
    places, drawn
        Places and sections of the lines, projected.
    km
        `infrastructure`, `iso3`, `country`, `computed_km`: length as drawn, in the direction of
        flow.
    citations
        Citation of each source, by its id.
    """

    lines: Sequence[Row]
    places: gpd.GeoDataFrame
    drawn: gpd.GeoDataFrame
    km: pd.DataFrame
    citations: pd.Series[str]

    @cached_property
    def _courses(self) -> dict[str, gpd.GeoDataFrame]:
        return dict(list(self.drawn.groupby("infrastructure", sort=False)))

    @cached_property
    def _lengths(self) -> dict[str, pd.DataFrame]:
        return {str(line): km for line, km in self.km.groupby("infrastructure", sort=False)}

    @property
    def focus(self) -> str:
        """The id of the line that the case is about."""
        return str(self.lines[0]["id"])

    def course(self, line: str) -> gpd.GeoDataFrame:
        """Give the sections of a line, by its id."""
        return self._courses.get(line, self.drawn[:0])

    def lengths(self, line: str) -> pd.DataFrame:
        """Give the length of a line by country, by its id."""
        return self._lengths.get(line, self.km[:0])

    def length(self, line: str) -> str:
        """Write the length of a line as drawn, by its id."""
        return f"about {schematic_km(self.lengths(line)['computed_km'].sum())}"


def plan_of(case: Case, crs: CRS = MAP) -> Plan | None:
    """Gather where the lines of a case run; None where no place is known."""
    return _plan_of(Part(case, "infrastructure", "routes", "sources"), crs)


@lru_cache(maxsize=16)
def _plan_of(part: Part, crs: CRS) -> Plan | None:
    case = part.case
    lines = case.infrastructure[case.infrastructure["id"].isin(case.routes["infrastructure"])]
    if lines.empty:
        return None
    ids = list(lines["id"])
    drawn = pd.concat([sections(case, line) for line in ids], ignore_index=True)
    lengths = [
        add_up(own).assign(infrastructure=line)
        for line, own in drawn.groupby("infrastructure", sort=False)
    ]
    return Plan(
        lines=lines.to_dict("records"),
        places=projected(pd.concat([route(case, line) for line in ids], ignore_index=True), crs),
        drawn=projected(drawn, crs),
        km=pd.concat(lengths, ignore_index=True),
        citations=citations(case),
    )
