"""Amounts of gas in other units, by a heating value that the case may name."""

import json
import subprocess
import sys

import pytest

import geodash
from geodash.case import load
from geodash.units import BCM, UNITS, in_unit, sentence, unit_of
from tiny import TABLES, tiny, write_case

OTHERS = [key for key in UNITS if key != "bcm"]
PRICE = "f5,Gas from Aland,,,price,2023,277.1,USD/1000 m³,estimate,,,,tracker,\n"
LENGTH = "f6,The line,line,,length,,2594,km,planned,,,,tracker,\n"


def priced(folder):
    """Give the tiny case with a price and a length."""
    return tiny(folder, figures=TABLES["figures"] + PRICE + LENGTH)


def values(case):
    """Give values with units by the ids of figures."""
    rows = case.figures
    return dict(zip(rows["id"], zip(rows["value"], rows["unit"], strict=True), strict=True))


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        # 50 × 10⁹ m³ of 36 MJ are 1,800 PJ, and at 3.6 PJ in a TWh 500 TWh; a thousand cubic
        # metres are 10 MWh, 36 GJ and 0.735 t.
        ("TWh", {"f1": (500, "TWh/yr"), "f4": (155, "TWh"), "f5": (27.7, "USD/MWh")}),
        ("LNG", {"f1": (36.8, "Mt LNG/yr"), "f4": (11.4, "Mt LNG"), "f5": (377, "USD/t LNG")}),
        ("PJ", {"f1": (1800, "PJ/yr"), "f4": (558, "PJ"), "f5": (7.7, "USD/GJ")}),
    ],
)
def test_amounts_rates_and_prices_are_converted_to_three_digits(tmp_path, key, expected):
    found = values(in_unit(priced(tmp_path), key))
    assert {id_: found[id_] for id_ in expected} == expected


def test_in_bcm_the_case_is_the_same_one(tmp_path):
    case = priced(tmp_path)
    assert in_unit(case, "bcm") is case


@pytest.mark.parametrize("key", OTHERS)
def test_all_else_stays_as_it_is(tmp_path, key):
    case = priced(tmp_path)
    # A filter leaves gaps in the index.
    case = case.replace(figures=case.figures.drop(index=1))
    found = in_unit(case, key)
    changed = ["value", "unit"]
    assert found.figures.drop(columns=changed).equals(case.figures.drop(columns=changed))
    assert found.figures.dtypes.equals(case.figures.dtypes)
    assert values(found)["f6"] == (2594, "km")
    assert values(case)["f1"] == (50, "bcm/yr")
    for table in case.tables:
        if table != "figures":
            assert getattr(found, table).equals(getattr(case, table))


@pytest.mark.parametrize("key", OTHERS)
def test_what_a_capacity_is_worth_at_a_price_is_the_same_in_all_units(tmp_path, key):
    before, after = values(priced(tmp_path)), values(in_unit(priced(tmp_path), key))
    worth = before["f1"][0] * before["f5"][0]
    assert after["f1"][0] * after["f5"][0] == pytest.approx(worth, rel=0.005)


def test_the_unit_of_a_case_is_that_of_its_gas(tmp_path):
    case = priced(tmp_path)
    for key, unit in UNITS.items():
        converted = in_unit(case, key)
        assert unit_of(converted) is unit
        for id_ in ("f3", "f4", "f5"):
            rows = converted.figures
            assert unit_of(converted.replace(figures=rows[rows["id"] == id_])) is unit
    rows = case.figures
    assert unit_of(case.replace(figures=rows.head(0))) is BCM
    assert unit_of(case.replace(figures=rows[rows["id"] == "f6"])) is BCM


def test_an_unknown_unit_is_refused(tmp_path):
    with pytest.raises(ValueError, match="must be one of bcm, TWh, LNG, PJ; found “cubits”"):
        in_unit(tiny(tmp_path), "cubits")


def test_a_case_may_name_its_own_heating_value(tmp_path):
    file = write_case(tmp_path) / "datapackage.json"
    gas = {"heatingValue": 40, "basis": "gross", "lng": 0.8, "source": "The Lab, 2023"}
    package = json.loads(file.read_text("utf-8"))
    file.write_text(json.dumps(package | {"gas": gas}), "utf-8")
    case = load(tmp_path)
    assert values(in_unit(case, "PJ"))["f1"] == (2000, "PJ/yr")
    assert values(in_unit(case, "LNG"))["f1"] == (40, "Mt LNG/yr")
    assert sentence(in_unit(case, "PJ")) == (
        "1 bcm (billion cubic metres) is taken as 40 PJ or 11.1 TWh (40 MJ/m³, gross calorific "
        "value, counted at 15 °C and 1013 mbar) and as 0.8 Mt of LNG (liquefied natural gas); "
        "approximate, by The Lab, 2023."
    )


def test_what_was_converted_says_by_what(tmp_path):
    case = tiny(tmp_path)
    assert sentence(case) == ""
    for key in OTHERS:
        told = sentence(in_unit(case, key))
        assert "36 PJ or 10 TWh (36 MJ/m³, net calorific value" in told
        assert "0.735 Mt of LNG" in told
        assert "Statistical Review" in told


def test_each_unit_has_a_name_in_plain_english():
    assert list(UNITS) == ["bcm", "TWh", "LNG", "PJ"]
    for unit in UNITS.values():
        assert unit.name.endswith(f"({unit.amount})")
        assert unit.rate == f"{unit.amount}/yr"
    assert UNITS["bcm"].rate_name == "billion cubic metres a year (bcm/yr)"


def test_pint_is_loaded_by_a_conversion_only():
    script = (
        "import sys, geodash; from geodash import units; case = geodash.load(); "
        "units.in_unit(case, 'bcm'); print('pint' in sys.modules); "
        "units.in_unit(case, 'PJ'); print('pint' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["False", "True"]


def test_the_default_case_says_by_what_its_gas_is_converted():
    package = json.loads((geodash.load().path / "datapackage.json").read_text("utf-8"))
    assert set(package["gas"]) == set(geodash.load().gas)
