"""The price of Russian gas: bars by year, status and scope, and what a plan is worth at it."""

import plotly.graph_objects as go
import pytest

from geodash import theme
from geodash.charts.prices import LAYERS, gas_prices
from geodash.charts.pricewords import CHINA, EUROPE, describe, note, table
from test_series import MARKUP, assert_readable, layer, marks, refs, row, shown, with_figures
from tiny import TABLES

EARLY, LATE = "Ministry's outlook of September 2023", "Ministry's outlook of 2025"


def price(id_, subject, period, value, status, *, scope=EARLY, unit="USD/1000 m³"):
    """Write a price."""
    return row(id_, subject, period, value, status=status, scope=scope, unit=unit, measure="price")


PLAN = row("plan", "The line", "", 50, measure="capacity", unit="bcm/yr", status="planned")
ROWS = [
    price("c22", CHINA, 2022, 277.1, "actual"),
    price("e22", EUROPE, 2022, 983.8, "actual"),
    price("c23", CHINA, 2023, 297.3, "forecast"),
    price("c24", CHINA, 2024, 271.6, "forecast"),
    price("e24", EUROPE, 2024, 481.7, "forecast"),
    price("c25", CHINA, 2025, 248.7, "estimate", scope=LATE),
    price("e25", EUROPE, 2025, 401.9, "estimate", scope=LATE),
    PLAN,
]


def case_of(folder, rows=ROWS, **tables):
    """Give the tiny case with these figures."""
    return with_figures(folder, *rows, **tables)


def words(figure):
    """Give what is written, from the top, without the spaces before and after."""
    found = marks(figure, "words", "y", "text")
    return [text.replace("\N{EN SPACE}", "") for _, text in sorted(found)]


def test_each_price_is_a_bar_of_its_size_below_its_year(tmp_path):
    figure = gas_prices(case_of(tmp_path))
    bars = {one: (x, y) for one, x, y in marks(figure, "bars", "customdata", "x", "y")}
    assert {one: x for one, (x, _) in bars.items()} == {
        **{"figures/c22": 277.1, "figures/e22": 983.8, "figures/c23": 297.3},
        **{"figures/c24": 271.6, "figures/e24": 481.7, "figures/c25": 248.7},
        "figures/e25": 401.9,
    }
    heads = {text[3:7]: y for y, text in marks(figure, "words", "y", "text") if "<b>20" in text}
    assert list(heads) == ["2022", "2023", "2024", "2025"]
    assert heads["2022"] < bars["figures/c22"][1] < bars["figures/e22"][1] < heads["2023"]
    assert heads["2025"] < bars["figures/c25"][1]


def test_actual_estimate_and_forecast_look_different_and_are_named(tmp_path):
    figure = gas_prices(case_of(tmp_path))
    found = marks(
        figure, "bars", "customdata", "marker.color", "marker.line.color", "marker.pattern.shape"
    )
    looks = {one: look for one, *look in found}
    assert looks["figures/c22"] == [theme.ACCENT, theme.ACCENT, ""]
    assert looks["figures/e22"] == [theme.MUTED, theme.MUTED, ""]
    assert looks["figures/c23"] == [theme.ACCENT, theme.ACCENT, "/"]
    assert looks["figures/c25"] == [theme.PAPER, theme.ACCENT, ""]
    said = words(figure)
    assert {"277.1, actual", "297.3, forecast", "248.7, estimate"} <= set(said)
    for symbol in ("■ actual", "□ estimate", "▨ forecast"):
        assert symbol in figure.layout.annotations[0].text


def test_each_year_says_whose_prices_it_has_where_they_are_not_all_the_same(tmp_path):
    assert f"<b>2025</b> {LATE}" in words(gas_prices(case_of(tmp_path)))
    one = words(gas_prices(case_of(tmp_path / "b", ROWS[:5])))
    assert f"<b>2022</b> {EARLY}" in one
    assert "<b>2023</b>" in one


def test_scopes_of_one_year_stand_apart_and_are_not_joined(tmp_path):
    rows = [*ROWS, price("x24", CHINA, 2024, 260, "estimate", scope=LATE)]
    figure = gas_prices(case_of(tmp_path, rows))
    bars = {one: x for one, x in marks(figure, "bars", "customdata", "x")}
    assert (bars["figures/c24"], bars["figures/x24"]) == (271.6, 260)
    assert layer(figure, "ranges") is None
    heads = [text[:11] for text in words(figure) if text.startswith("<b>20")]
    assert heads.count("<b>2024</b>") == 2


def test_values_of_one_scope_that_differ_are_joined_never_averaged(tmp_path):
    rows = [*ROWS, price("x24", CHINA, 2024, 260, "forecast")]
    figure = gas_prices(case_of(tmp_path, rows))
    both = "figures/c24 figures/x24"
    bars = {one: x for one, x in marks(figure, "bars", "customdata", "x")}
    assert bars[both] == 271.6
    assert {x for x, one in marks(figure, "ends", "x", "customdata") if one == both} == {260, 271.6}
    assert layer(figure, "ranges").x[:2] == (260, 271.6)
    assert "260 or 271.6, forecast" in words(figure)
    assert "Sources differ on China in 2024 (260 or 271.6)." in describe(case_of(tmp_path, rows))


@pytest.mark.parametrize(
    ("capacity", "price_unit"),
    [
        *(("bcm/yr", "USD/1000 m³"), ("TWh/yr", "USD/MWh")),
        *(("Mt LNG/yr", "USD/t LNG"), ("PJ/yr", "USD/GJ")),
    ],
)
def test_the_plan_is_worth_capacity_times_price_in_every_pair_of_units(
    tmp_path, capacity, price_unit
):
    rows = [one.replace("USD/1000 m³", price_unit).replace("bcm/yr", capacity) for one in ROWS]
    figure = gas_prices(case_of(tmp_path, rows))
    worth = dict(marks(figure, "worth", "customdata", "text"))
    assert worth["figures/c25 figures/plan"].endswith("12.4 bn USD")
    assert worth["figures/e22 figures/plan"].endswith("49.2 bn USD")
    assert figure.layout.xaxis.title.text == price_unit


def test_the_worth_is_marked_as_arithmetic(tmp_path):
    figure = gas_prices(case_of(tmp_path))
    assert "<b>50 bcm/yr</b><br>at this price" in words(figure)
    assert "arithmetic, not a forecast" in figure.layout.annotations[0].text.replace("<br>", " ")
    text = layer(figure, "worth").hovertext[0].replace("<br>", " ")
    assert "Arithmetic, not a forecast. 50 bcm/yr × 277.1 USD/1000 m³ = about 13.9 bn USD" in text


@pytest.mark.parametrize(
    "plan", ["", PLAN.replace("bcm/yr", "TWh/yr"), PLAN.replace("planned", "actual")]
)
def test_without_a_plan_in_a_matching_unit_nothing_is_multiplied(tmp_path, plan):
    case = case_of(tmp_path, [*ROWS[:-1], *filter(None, [plan])])
    assert layer(gas_prices(case), "worth") is None
    assert "arithmetic" not in describe(case) + note(case)
    assert not [name for name in table(case).columns if "arithmetic" in name]


def test_the_words_compare_prices_and_give_the_arithmetic(tmp_path):
    assert describe(case_of(tmp_path)) == (
        "In 2022 the price to China was 277.1 USD per 1,000 m³ (actual), 28% of the 983.8 (actual) "
        "to Europe and Türkiye. In 2025 the price to China was 248.7 USD per 1,000 m³ (estimate), "
        "62% of the 401.9 (estimate) to Europe and Türkiye. By arithmetic alone, 50 bcm/yr at "
        "248.7 USD per 1,000 m³ (the price of 2025 to China) would be worth about 12.4 bn USD a "
        "year and 50 bcm/yr at 401.9 USD per 1,000 m³ (the price of 2025 to Europe and Türkiye) "
        "would be worth about 20.1 bn USD a year; this is not a forecast."
    )


def test_prices_to_china_alone_are_told_without_a_comparison(tmp_path):
    assert describe(case_of(tmp_path, ROWS[2:3])) == (
        "The price of Russian pipeline gas: China 297.3 USD per 1,000 m³ in 2023 (forecast)."
    )


@pytest.mark.parametrize(
    ("narrow", "width"), [(False, 600), (False, 1216), (True, 340), (True, 640)]
)
@pytest.mark.parametrize("doubted", [False, True])
def test_words_overlap_nothing_and_stay_on_the_page(tmp_path, narrow, width, doubted):
    rows = [*ROWS, price("x22", EUROPE, 2022, 999.9, "estimate")] if doubted else ROWS
    figure = gas_prices(case_of(tmp_path, rows), narrow=narrow)
    assert_readable(figure, width)
    assert len(figure.to_json()) < 25_000


@pytest.mark.parametrize("narrow", [False, True])
def test_no_bar_runs_under_the_words_after_the_bars(tmp_path, narrow):
    figure = gas_prices(case_of(tmp_path), narrow=narrow)
    assert set(layer(figure, "worth").x) == {figure.layout.xaxis.range[1]}
    assert max(layer(figure, "bars").x) <= figure.layout.xaxis.range[1]


@pytest.mark.parametrize("narrow", [False, True])
def test_every_mark_carries_refs_and_plotly_knows_every_property(tmp_path, narrow):
    rows = [*ROWS, price("x24", CHINA, 2024, 260, "claimed")]
    figure = gas_prices(case_of(tmp_path, rows), narrow=narrow)
    go.Figure(figure.to_dict())
    assert {trace.type for trace in figure.data} == {"bar", "scatter"}
    assert {trace.name for trace in figure.data} == set(LAYERS)
    assert refs(figure) == {f"figures/{one.split(',')[0][1:-1]}" for one in rows}
    for trace in figure.data:
        if trace.hoverinfo != "skip":
            assert len(trace.customdata) == len(trace.hovertext) == len(trace.x)
    assert set(LAYERS["bars"]["marker"]) == {"line", "pattern"}


@pytest.mark.parametrize("narrow", [False, True])
def test_markup_in_the_tables_shows_as_characters(tmp_path, narrow):
    rows = [one.replace(LATE, MARKUP).replace("The line", MARKUP) for one in ROWS]
    sources = TABLES["sources"].replace("The Paper", MARKUP)
    figure = gas_prices(case_of(tmp_path, rows, sources=sources), narrow=narrow)
    assert not [text for text in shown(figure) if MARKUP in text]
    assert "<b>2025</b> &lt;b&gt;x&lt;/b&gt;" in words(figure)


def test_an_empty_case_says_so_in_one_sentence(tmp_path):
    empty = case_of(tmp_path, [PLAN])
    figure = gas_prices(empty)
    assert not figure.data
    assert figure.layout.annotations[0].text.replace("<br>", " ") == describe(empty)
    assert len(table(empty)) == 0
    assert note(empty) == ""


def test_the_table_has_the_prices_the_plan_and_the_arithmetic(tmp_path):
    rows = table(case_of(tmp_path))
    assert list(rows.columns) == [
        *("Subject", "Measure", "Value", "Worth of 50 bcm/yr at this price (arithmetic)"),
        *("Period", "Status", "Scope", "Asserted by", "Source"),
    ]
    assert rows.loc["figures/c25"].tolist()[2:6] == [
        *("248.7 USD/1000 m³", "12.4 bn USD a year", "2025", "estimate")
    ]
    assert rows.loc["figures/plan"].tolist()[:4] == ["The line", "capacity", "50 bcm/yr", ""]


def test_the_note_names_the_scopes_and_the_arithmetic(tmp_path):
    text = note(case_of(tmp_path))
    assert text.startswith(f"Prices as in: {EARLY}; {LATE}. Worth of 50 bcm/yr: the planned")
    assert text.endswith("arithmetic, not a forecast.")
