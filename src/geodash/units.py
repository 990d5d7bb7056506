"""In which unit amounts of gas are told, and by what heating value they are converted.

A case counts gas in billion cubic metres (bcm). What a cubic metre holds differs from field to
field and with the temperature at which it is counted, so that each conversion is approximate; it
is stated wherever a converted number is shown, and a case may name its own (`gas` in its
datapackage.json, see `geodash.case.GAS`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from urllib.parse import parse_qs, urlencode

import numpy as np
import pandas as pd

from geodash.case import Case
from geodash.wording import listed, number

#: Significant digits of converted numbers: no more than the heating value has.
DIGITS = 3

#: What pint does not know. A cubic metre of gas counts as its energy; pint's Gm**3 is 10²⁷ m³,
#: hence our own bcm.
DEFINITIONS = (
    "cubic_metre_of_gas = {heating_value} MJ",
    "bcm = 1e9 cubic_metre_of_gas",
    "tonne_of_lng = {metres_per_tonne} cubic_metre_of_gas",
)


@dataclass(frozen=True)
class Unit:
    """A unit in which amounts of gas can be told.

    Attributes
    ----------
    key
        Its word in the page's address.
    amount, rate, price
        The units of an amount, of an amount a year and of a price, as the tables write them.
    name
        The amount in plain English, with its short form.
    """

    key: str
    amount: str
    rate: str
    price: str
    name: str

    @property
    def words(self) -> str:
        """The amount in plain English alone."""
        return self.name.partition(" (")[0]

    @property
    def rate_name(self) -> str:
        """The rate in plain English, with its short form."""
        return f"{self.words} a year ({self.rate})"


#: The units by their keys; the first is that of the tables.
UNITS: Mapping[str, Unit] = MappingProxyType(
    {
        unit.key: unit
        for unit in (
            Unit("bcm", "bcm", "bcm/yr", "USD/1000 m³", "billion cubic metres (bcm)"),
            Unit("TWh", "TWh", "TWh/yr", "USD/MWh", "terawatt-hours (TWh)"),
            Unit(
                "LNG",
                "Mt LNG",
                "Mt LNG/yr",
                "USD/t LNG",
                "million tonnes of liquefied natural gas (Mt LNG)",
            ),
            Unit("PJ", "PJ", "PJ/yr", "USD/GJ", "petajoules (PJ)"),
        )
    }
)
BCM = UNITS["bcm"]

#: The units as pint reads them: amount, and what a price is for.
_IN_PINT: Mapping[str, tuple[str, str]] = {
    "bcm": ("bcm", "1000 * cubic_metre_of_gas"),
    "TWh": ("TWh", "MWh"),
    "LNG": ("1e6 * tonne_of_lng", "tonne_of_lng"),
    "PJ": ("PJ", "GJ"),
}


def in_unit(case: Case, key: str) -> Case:
    """Convert the amounts and prices of gas of a case from bcm to another unit.

    Figures in other units than bcm, bcm/yr and USD/1000 m³ stay as they are, and so does all else.

    Parameters
    ----------
    key
        A key of `UNITS`.

    Returns
    -------
    Case
        The same case if the unit is bcm. Converted values have three significant digits.

    Raises
    ------
    ValueError
        If there is no such unit.
    """
    if key not in UNITS:
        raise ValueError(f"a unit of gas must be one of {', '.join(UNITS)}; found “{key}”")
    if key == BCM.key:
        return case
    amount, price = _factors(key, case.gas["heatingValue"], case.gas["lng"])
    unit = UNITS[key]
    frame = case.figures
    names, values = frame["unit"].to_numpy(object).copy(), frame["value"].to_numpy().copy()
    for old, new, factor in (
        (BCM.amount, unit.amount, amount),
        (BCM.rate, unit.rate, amount),
        (BCM.price, unit.price, price),
    ):
        here = names == old
        values[here] = [rounded(value * factor) for value in values[here]]
        names[here] = new
    units = pd.Series(names, index=frame.index, dtype=frame["unit"].dtype)
    return case.replace(figures=frame.assign(value=values, unit=units))


def unit_of(case: Case) -> Unit:
    """Give the unit in which the amounts of gas of a case are told; bcm if there are none."""
    found = set(case.figures["unit"].unique())
    used = (unit for unit in UNITS.values() if found & {unit.amount, unit.rate, unit.price})
    return next(used, BCM)


def to_query(query: str, key: str) -> str:
    """Add a unit to the query of an address: `country=CHN&unit=TWh`; bcm goes without saying."""
    return query if key == BCM.key else "&".join(filter(None, (query, urlencode({"unit": key}))))


def from_query(query: str) -> tuple[str, list[str]]:
    """Read the unit from the query of an address.

    Returns
    -------
    key
        That of bcm if the query names none that is known.
    problems
        A sentence for a unit that is not known.
    """
    asked = parse_qs(query.removeprefix("?")).get("unit", [BCM.key])[-1]
    if asked in UNITS:
        return asked, []
    return BCM.key, [f"The link asks for gas in “{asked}”; it can be in {listed(list(UNITS))}."]


def sentence(case: Case) -> str:
    """State by what the amounts of gas of a case were converted; empty if they are in bcm."""
    if unit_of(case) == BCM:
        return ""
    gas = case.gas
    taken = [
        f"{number(rounded(_factors(key, gas['heatingValue'], gas['lng'])[0]))} {UNITS[key].amount}"
        for key in ("PJ", "TWh")
    ]
    return (
        f"1 bcm (billion cubic metres) is taken as {' or '.join(taken)} "
        f"({number(gas['heatingValue'])} MJ/m³, {gas['basis']} calorific value, counted at "
        f"{number(gas['temperature'])} °C and {gas['pressure']:g} mbar) and as "
        f"{number(gas['lng'])} Mt of LNG (liquefied natural gas); approximate, by {gas['source']}."
    )


def rounded(value: float) -> float:
    """Round a converted number to the digits that mean something."""
    return float(f"{value:.{DIGITS}g}") if np.isfinite(value) else value


@cache
def _factors(key: str, heating_value: float, lng: float) -> tuple[float, float]:
    """Give by what an amount in bcm, and a price in USD/1000 m³, are multiplied."""
    # It takes longer to load than a case, and who stays with bcm needs none of it.
    import pint

    registry: pint.UnitRegistry[float] = pint.UnitRegistry()
    for words in DEFINITIONS:
        registry.define(words.format(heating_value=heating_value, metres_per_tonne=1e3 / lng))
    (bcm, thousand), (amount, per) = (
        [registry.parse_expression(words).to("MJ").magnitude for words in _IN_PINT[name]]
        for name in (BCM.key, key)
    )
    return bcm / amount, per / thousand
