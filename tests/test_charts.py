"""What holds for every chart."""

import plotly.graph_objects as go
import pytest

import geodash
from geodash.charts import CHARTS
from geodash.units import in_unit


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.name)
def test_plotly_finds_the_figure_valid(chart, narrow):
    figure = chart.draw(geodash.load(), narrow=narrow)
    go.Figure(figure.to_dict())


@pytest.mark.parametrize("name", ["route", "figures", "pivot", "scenario", "prices"])
def test_converted_gas_is_told_with_its_heating_value(name):
    (chart,) = (chart for chart in CHARTS if chart.name == name)
    case = geodash.load()
    _, before = chart.words(case)
    assert "calorific value" not in before
    converted = in_unit(case, "TWh")
    _, note = chart.words(converted)
    assert "1 bcm (billion cubic metres) is taken as 36 PJ or 10 TWh" in note
    assert "calorific value" in note
    assert "bcm" not in " ".join(chart.rows(converted).get("Value", []))


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.name)
def test_settings_that_are_left_out_stay_as_they_are_at_first(chart):
    case = geodash.load()
    first = chart.settings(case)
    assert set(first) == {control.name for control in chart.controls}
    for control in chart.controls:
        chosen = (
            first[control.name].split(" ") if control.kind == "several" else [first[control.name]]
        )
        assert set(chosen) <= set(control.choices(case))
    assert chart.draw(case, first) == chart.draw(case)
