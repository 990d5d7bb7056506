"""Charts as plain data: their values are those of the tables."""

from __future__ import annotations

import pytest

from gas import capacity, line, lost, to_china, with_lines
from geodash.briefing.plots.data import Cell, Grid
from geodash.briefing.plots.registry import plots_of
from geodash.charts import CHARTS
from hostile import hostile_tables
from tiny import TABLES, tiny

CHART = {chart.name: chart for chart in CHARTS}


def plots(case, name, **settings):
    chart = CHART[name]
    return plots_of(chart, case, {**chart.settings(case), **settings})


def bars(plot):
    """Give label, series and value of each bar."""
    return [
        (label, one.name, value)
        for at, label in enumerate(plot.categories)
        for one in plot.series
        if (value := one.values[at]) is not None
    ]


def money(*rows, subject="Price of Russian pipeline gas to China", unit="USD/1000 m³"):
    measure = "price" if "Price" in subject else "value"
    return "".join(
        f"m{order},{subject},,,{measure},{period},{value},{unit},{status},{scope},,,paper,\n"
        for order, (period, value, status, scope) in enumerate(rows)
    )


def words(grid):
    return [[cell.words for cell in row] for row in grid.rows]


def test_maps_and_networks_are_no_plots(tmp_path):
    case = tiny(tmp_path)
    assert plots(case, "route") is None
    assert plots(case, "relations") is None


def test_the_matrix_has_a_word_in_every_cell(tmp_path):
    (grid,) = plots(tiny(tmp_path), "stances")
    assert isinstance(grid, Grid)
    assert grid.columns == ("Holder", "Peace plan", "The pipeline")
    assert words(grid) == [
        ["Aland", "–", "▲▲ +2"],
        ["Aster (Aland)", "▲ +1", "–"],
        ["Bland", "–", "▲▲ +2"],
        ["Birch (Bland)", "▼▼ −2", "–"],
    ]
    assert grid.rows[3][1] == Cell("▼▼ −2", "#b35806")
    assert grid.rows[0][1] == Cell("–")


def test_the_matrix_counts_statements_and_tells_mixed_and_missing_stances(tmp_path):
    more = (
        "q1,x,2023-03-21,day,bob,bob,,,peace,1,Mild.,,direct_quote,paper,paper,3\n"
        "q2,y,2023-03-21,day,aland,ann,,,peace,,Nothing.,,direct_quote,paper,paper,3\n"
    )
    case = tiny(tmp_path, positions=TABLES["positions"] + more)
    (grid,) = plots(case, "stances")
    told = {row[0]: row[1] for row in words(grid)}
    assert told["Birch (Bland)"] == "▼▲ mixed, −0.5 (2)"
    assert told["Aland"] == "not stated"


def test_the_matrix_is_sorted_as_the_chart_is(tmp_path):
    (grid,) = plots(tiny(tmp_path), "stances", sort="stance")
    assert [row[0] for row in words(grid)][-1] == "Birch (Bland)"


def test_capacities_are_bars_with_claims_and_deliveries_of_their_own(tmp_path):
    (plot,) = plots(tiny(tmp_path), "figures")
    assert plot.kind == "bar"
    assert "(bcm/yr)" in plot.unit
    assert bars(plot) == [
        ("The line", "Planned", 50),
        ("The line, claimed by Ann Aster", "Claimed", 55),
        ("The old line", "Working", 38),
        ("The old line in 2022", "Delivered in one year", 15.5),
    ]
    looks = {(one.colour, one.look) for one in plot.series}
    assert len(looks) == len(plot.series)


def test_sources_that_differ_have_a_bar_each_and_no_mean(tmp_path):
    case = with_lines(tmp_path, capacity("f9", "line", 80, "planned"))
    (plot,) = plots(case, "figures")
    assert ("The line, another value", "Planned", 80) in bars(plot)
    assert 65 not in [value for _, _, value in bars(plot)]


def test_many_pipelines_go_into_several_plots(tmp_path):
    ids = [f"n{number}" for number in range(20)]
    case = with_lines(
        tmp_path,
        *(capacity(f"c{id_}", id_, 10) for id_ in ids),
        lines="".join(line(id_, "AAA BBB") for id_ in ids),
    )
    parts = plots(case, "figures")
    assert len(parts) == 2
    assert all(len(part.categories) <= 14 for part in parts)
    assert sum(len(part.categories) for part in parts) == 24


def test_deliveries_of_other_scopes_share_no_line_and_gaps_stay(tmp_path):
    rows = (
        lost("e1", 2019, 170),
        lost("e2", 2021, 150),
        lost("e3", 2021, 140),
        lost("e4", 2022, 60, "estimate"),
        lost("e5", 2020, 160, scope="EU-27"),
    )
    (plot,) = plots(with_lines(tmp_path, *rows), "pivot")
    assert plot.categories == ("2019", "2020", "2021", "2022")
    assert plot.unit == "bcm (billion cubic metres) a year"
    found = {one.name: one for one in plot.series}
    assert found["Europe: all of it"].values == (170, None, 150, 60)
    assert found["Europe: all of it"].look == "joined"
    assert found["Europe: all of it"].unsure == {3}
    assert found["Europe: all of it, another value"].values == (None, None, 140, None)
    assert found["Europe: EU-27"].values == (None, 160, None, None)
    assert found["Europe: EU-27"].look == "apart"
    assert "estimate" in plot.title


def test_the_scenario_stacks_what_was_delivered_and_what_follows(tmp_path):
    case = to_china(tmp_path)
    (plot,) = plots(case, "scenario", start="2031", ramp="5", lines="works near big")
    at = {year: place for place, year in enumerate(plot.categories)}
    found = {one.name: one for one in plot.series}
    delivered = found["Line works, delivered"]
    assert (delivered.values[at["2021"]], delivered.values[at["2022"]]) == (8, 20)
    assert delivered.values[at["2023"]] is None
    assert found["Line works, arithmetic"].values[at["2023"]] == 38
    big = found["Line big, arithmetic"].values
    assert [big[at[year]] for year in ("2030", "2031", "2036")] == [None, 5, 50]
    differ = found["More, where sources differ"].values
    assert (differ[at["2021"]], differ[at["2022"]], differ[at["2036"]]) == (2, None, 2)
    assert plot.title == "Lost in Europe, 2021 to 2023: 150 to 160 bcm a year"


def test_prices_tell_their_status_by_series(tmp_path):
    rows = money((2022, 277, "actual", ""), (2024, 271, "forecast", ""), (2024, 280, "claimed", ""))
    (plot,) = plots(tiny(tmp_path, figures=TABLES["figures"] + rows), "prices")
    assert plot.unit == "USD/1000 m³"
    assert bars(plot) == [
        ("2022 China", "China: actual", 277),
        ("2024 China", "China: forecast", 271),
        ("2024 China, another value", "China: claimed", 280),
    ]


def test_oil_and_money_never_share_an_axis(tmp_path):
    trade = "Trade between Russia and China"
    oil = "o1,Russian crude oil to China,,,deliveries,2022,86,Mt,actual,,,,paper,\n"
    rows = money(
        (2024, 245, "actual", ""),
        (2025, 228, "actual", ""),
        (2025, 234, "estimate", ""),
        (2026, 60, "actual", "January to March only"),
        subject=trade,
        unit="bn USD",
    )
    first, second = plots(tiny(tmp_path, figures=TABLES["figures"] + oil + rows), "trade")
    assert (first.title, first.unit) == ("Russian crude oil to China", "Mt a year")
    assert (second.title, second.unit) == (trade, "bn USD a year")
    assert bars(first) == [("2022", "Actual", 86)]
    assert bars(second) == [
        ("2024", "Actual", 245),
        ("2025", "Actual", 228),
        ("2025, another value", "Estimate", 234),
        ("2026 (Jan–Mar)", "Part of a year (actual)", 60),
    ]


def test_the_timeline_names_events_and_counts_positions_by_date(tmp_path):
    (grid,) = plots(tiny(tmp_path), "timeline")
    assert words(grid) == [
        ["February 2023", "1 position", "Aland (1)"],
        ["21 March 2023", "The meeting", "Ann Aster; Bob Birch"],
        ["21 March 2023", "3 positions", "Bland (2) and Aland (1)"],
        ["22 March 2023", "1 position", "The Paper (1)"],
    ]
    (week,) = plots(tiny(tmp_path), "timeline", show="week")
    assert week.rows == grid.rows[1:]


@pytest.mark.parametrize(
    "name", ["stances", "figures", "pivot", "scenario", "prices", "trade", "timeline"]
)
def test_where_nothing_is_left_there_is_no_plot(tmp_path, name):
    empty = {
        table: TABLES[table].splitlines()[0] + "\n"
        for table in ("positions", "events", "event_actors", "figures")
    }
    assert plots(tiny(tmp_path, **empty), name) == ()


def test_every_series_has_a_value_or_none_for_each_category(tmp_path):
    case = tiny(tmp_path, **hostile_tables())
    for name in ("figures", "pivot", "scenario", "prices", "trade"):
        for plot in plots(case, name):
            assert {len(one.values) for one in plot.series} == {len(plot.categories)}
