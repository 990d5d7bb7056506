"""A pipeline or a year more is a row in a table: no code."""

import pandas as pd
import pytest

from geodash.charts import CHARTS
from tiny import TABLES, tiny

CHART = {chart.name: chart for chart in CHARTS}
DELIVERED = (
    "{id},Russian pipeline gas to Europe,,line,deliveries,{year},{value},bcm,actual,Europe,,,"
    "tracker,\n"
)


@pytest.fixture
def case(tmp_path):
    """The tiny case with a pipeline and years more, as text of its tables."""
    return tiny(
        tmp_path,
        infrastructure=TABLES["infrastructure"]
        + "new,The new line,gas,Xtown,,Ytown,KAZ CHN,unknown,construction,2023-03-21,,,tracker,\n",
        routes=TABLES["routes"]
        + "n1,new,1,Xtown,town,KAZ,75.0,47.0,published,,tracker\n"
        + "n2,new,2,Ytown,town,CHN,87.6,43.8,published,,tracker\n",
        figures=TABLES["figures"]
        + "n3,The new line,new,line,capacity,,25,bcm/yr,planned,,,,tracker,\n"
        + DELIVERED.format(id="n4", year=2025, value=18)
        + DELIVERED.format(id="n5", year=2026, value=12),
    )


def refs_of(figure):
    """Give the refs of all marks of a figure."""
    marks = [refs for trace in figure.data for refs in trace.customdata or ()]
    return {ref for refs in marks for ref in str(refs).split(" ")}


def test_a_pipeline_is_on_the_map_in_the_capacities_and_in_both_tables(case):
    chart = CHART["route"]
    figure = chart.draw(case, {"view": "eurasia"})
    assert {"infrastructure/new", "routes/n1", "routes/n2"} <= refs_of(figure)
    assert any("The new line" in (trace.text or ()) for trace in figure.data)
    row = chart.rows(case).loc["infrastructure/new"]
    assert (row["Name"], row["Capacity"]) == ("The new line", "25 bcm/yr (planned)")
    assert row["Status"] == "construction on 21 March 2023"
    assert "figures/n3" in refs_of(CHART["figures"].draw(case))
    assert CHART["figures"].rows(case).loc["figures/n3", "Value"] == "25 bcm/yr"


def test_a_year_is_in_its_chart_words_and_table(case):
    chart = CHART["pivot"]
    assert {"figures/n4", "figures/n5"} <= refs_of(chart.draw(case))
    assert "2026" in chart.words(case)[0]
    assert isinstance(chart.rows(case).loc["figures/n5"], pd.Series)
