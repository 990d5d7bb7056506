"""What holds for every chart."""

import plotly.graph_objects as go
import pytest

import geodash
from geodash.charts import CHARTS


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.name)
def test_plotly_finds_the_figure_valid(chart, narrow):
    figure = chart.draw(geodash.load(), narrow=narrow)
    go.Figure(figure.to_dict())
