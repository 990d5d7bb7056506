"""How countries look on a map: their stance on an issue, and their part of the lines."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from geodash import theme
from geodash.case import Case
from geodash.charts.ground import Look
from geodash.geo.basemap import country_names
from geodash.parties import party_keys
from geodash.stances import cells
from geodash.wording import counted, number

#: Lengths of schematic lines are given to this many kilometres.
ROUNDED_KM = 10


def schematic_km(km: float) -> str:
    """Write the length of a schematic line, rounded: 3,270 km."""
    return f"{number(round(km / ROUNDED_KM) * ROUNDED_KM)} km"


def standings(case: Case, issue: str | None) -> pd.DataFrame:
    """Sum up each country's positions, its persons' and offices' included.

    Parameters
    ----------
    issue
        Only on this issue; on every one if None.

    Returns
    -------
    pandas.DataFrame
        Indexed by ISO 3166-1 alpha-3 code: `refs` (with spaces between), `statements`, and `mean`
        stance (−2 to +2; NaN without an issue, or where no statement carries a stance).
    """
    rows = case.positions if issue is None else case.positions[case.positions["issue"] == issue]
    keys = party_keys(case)
    by_country = ("positions/" + rows["id"]).groupby(rows["holder"].map(keys))
    found = pd.DataFrame({"refs": by_country.agg(" ".join), "statements": by_country.size()})
    if issue is None:
        return found.assign(mean=float("nan"))
    means = cells(case.replace(positions=rows), by="party")
    return found.assign(mean=means.set_index(means["actor"].map(keys))["mean"])


def looks(case: Case, km: Mapping[str, float], *, issue: str | None) -> dict[str, Look]:
    """Say how countries look: those on the lines, and those with positions.

    Parameters
    ----------
    km
        Kilometres in each country of the line that the map is about, by ISO 3166-1 alpha-3 code.
    issue
        Colour by the mean stance on this issue; None for plain land.
    """
    found = standings(case, issue)
    name = "" if issue is None else str(case.issues.set_index("id")["name"][issue])
    known = [iso3 for iso3 in country_names() if iso3 in km or iso3 in found.index]
    return {iso3: _look(iso3, found, km, issue=name) for iso3 in known}


def _look(iso3: str, found: pd.DataFrame, km: Mapping[str, float], *, issue: str) -> Look:
    none = {"statements": 0, "mean": float("nan"), "refs": ""}
    count, mean, refs = (found[column].get(iso3, none[column]) for column in none)
    on_line, stated = iso3 in km, not pd.isna(mean)
    length = f"about {schematic_km(km[iso3])} of the line" if on_line else ""
    stance = _stance(mean) if stated else "no stance in what is said" if count else "no statement"
    name = country_names()[iso3]
    return Look(
        plain=theme.LAND if on_line else theme.LAND_QUIET,
        colour=theme.stance_colour(mean) if stated else "",
        hatched=bool(issue) and on_line and not stated,
        name=theme.text(name),
        below=stance if issue and (on_line or stated) else length,
        hover=theme.hover(
            name,
            f"{issue}: {stance}" if issue else "",
            f"{counted(count, 'statement')} in this case" if not issue else "",
            f"mean of {counted(count, 'statement')}" if issue and stated else "",
            f"{length}, as drawn here" if on_line else "",
        ),
        refs=refs,
        main=on_line or stated,
    )


def _stance(mean: float) -> str:
    sign = "−" if mean < 0 else "+" if mean > 0 else ""
    return f"{theme.stance_symbol(mean)} {sign}{number(round(abs(mean), 1))}"
