"""Crude oil and trade in goods: columns by year, parts of a year, values that differ."""

import plotly.graph_objects as go
import pytest

from geodash import theme
from geodash.charts.trade import LAYERS, oil_and_trade
from geodash.charts.tradewords import GOODS, OIL, describe, note, table
from test_series import MARKUP, assert_readable, layer, marks, refs, row, shown, with_figures
from tiny import TABLES

BOTH_WAYS = "Chinese customs: by pipeline and by sea"
CUSTOMS = "goods, Chinese customs"
TONNES = [77.7, 83.57, 79.64, 86.2, 107.0, 108.5]
DOLLARS = [110.75, 107.76, 146.887, 190.27, 240.11, 244.81, 228.1]


def oil(id_, year, value, *, scope=BOTH_WAYS, **more):
    """Write an amount of oil."""
    return row(id_, OIL[0], year, value, measure=OIL[1], unit="Mt", scope=scope, **more)


def goods(id_, year, value, *, scope=CUSTOMS, **more):
    """Write a value of trade."""
    return row(id_, GOODS[0], year, value, measure=GOODS[1], unit="bn USD", scope=scope, **more)


PART = oil("part", 2025, 74.04, scope=f"{BOTH_WAYS}, January to September only")
YUAN = goods("yuan", 2025, 234, scope=f"{CUSTOMS}, converted from yuan", status="estimate")
ROWS = [
    *(oil(f"o{2019 + i}", 2019 + i, value) for i, value in enumerate(TONNES)),
    PART,
    *(goods(f"g{2019 + i}", 2019 + i, value) for i, value in enumerate(DOLLARS)),
    YUAN,
]


def case_of(folder, rows=ROWS, **tables):
    """Give the tiny case with these figures."""
    return with_figures(folder, *rows, **tables)


def columns(figure):
    """Give the columns of both panels: year, value, colour and pattern by refs."""
    found = {}
    for trace in figure.data:
        if trace.name == "columns":
            look = trace.marker
            found |= {
                one: (trace.x[i], trace.y[i], look.color[i], look.pattern.shape[i])
                for i, one in enumerate(trace.customdata)
            }
    return found


def of_trade(figure, name):
    """Give a trace of the second panel, None where there is none."""
    return next((one for one in figure.data if (one.name, one.xaxis) == (name, "x2")), None)


def test_columns_stand_in_their_years_as_high_as_their_values(tmp_path):
    found = columns(oil_and_trade(case_of(tmp_path)))
    assert found["figures/o2021"] == (2021, 79.64, theme.ACCENT, "")
    assert found["figures/g2025"] == (2025, 228.1, theme.ACCENT, "")
    assert len(found) == 14


def test_a_part_of_a_year_is_hatched_and_named_and_joined_with_nothing(tmp_path):
    figure = oil_and_trade(case_of(tmp_path))
    assert columns(figure)["figures/part"] == (2025, 74.04, theme.ACCENT, "/")
    assert figure.layout.xaxis.ticktext[-1] == "2025<br>Jan–Sep"
    assert figure.layout.xaxis2.ticktext[-1] == "2025"
    assert "▨ 2025: Chinese customs" in figure.layout.annotations[0].text
    # With the whole year known, the part is a mark beside its column.
    whole = oil_and_trade(case_of(tmp_path / "b", [*ROWS, oil("o2025", 2025, 100)]))
    assert columns(whole)["figures/o2025"][1] == 100
    assert "figures/part" not in columns(whole)
    assert marks(whole, "ends", "y", "customdata") == [(74.04, "figures/part")]
    assert layer(whole, "ranges").xaxis == "x2"
    assert whole.layout.xaxis.ticktext[-1] == "2025"


def test_values_that_differ_both_stand_joined_by_a_bar_never_averaged(tmp_path):
    figure = oil_and_trade(case_of(tmp_path))
    ends, ranges = of_trade(figure, "ends"), of_trade(figure, "ranges")
    assert (ends.x, ends.y) == ((2025,), (234,))
    assert ends.customdata == ("figures/g2025 figures/yuan",)
    assert "converted from yuan" in ends.hovertext[0].replace("<br>", " ")
    assert (ranges.x[:2], ranges.y[:2]) == ((2025, 2025), (228.1, 234))
    assert columns(figure)["figures/g2025"][1] == 228.1
    assert "228.1<br>or 234" in of_trade(figure, "words").text


def test_values_of_one_scope_that_differ_are_joined_too(tmp_path):
    figure = oil_and_trade(case_of(tmp_path, [*ROWS, oil("x", 2020, 90)]))
    assert columns(figure)["figures/o2020 figures/x"][1] == 83.57
    assert marks(figure, "ends", "x", "y") == [(2020, 90)]
    assert layer(figure, "ranges").y[:2] == (83.57, 90)


def test_an_estimate_is_hollow_wherever_it_stands(tmp_path):
    rows = [one.replace("actual", "estimate") if '"g2019"' in one else one for one in ROWS]
    figure = oil_and_trade(case_of(tmp_path, rows))
    assert columns(figure)["figures/g2019"][2] == theme.PAPER
    assert of_trade(figure, "ends").marker.color == (theme.PAPER,)
    assert "hollow: estimate" in figure.layout.annotations[0].text
    assert "○ 2025: goods" in figure.layout.annotations[0].text


@pytest.mark.parametrize("narrow", [False, True])
def test_every_column_has_its_value_written_above_it(tmp_path, narrow):
    figure = oil_and_trade(case_of(tmp_path), narrow=narrow)
    found = marks(figure, "words", "x", "y", "text")
    over = {text: (x, y) for x, y, text in found if text[0].isdigit()}
    assert len(over) == 7
    assert over["108.5"][0] == 2024
    assert over["108.5"][1] > 108.5
    assert over["74.04"][0] == 2025


@pytest.mark.parametrize(
    ("narrow", "width"), [(False, 600), (False, 1216), (True, 340), (True, 640)]
)
@pytest.mark.parametrize("first", [2019, 2000])
def test_words_overlap_nothing_and_stay_on_the_page(tmp_path, narrow, width, first):
    longer = [goods(f"h{year}", year, 50 + year % 7) for year in range(first, 2019)]
    figure = oil_and_trade(case_of(tmp_path, [*ROWS, *longer]), narrow=narrow)
    assert_readable(figure, width)
    assert len(figure.to_json()) < 25_000


def test_panels_stand_side_by_side_and_on_a_phone_one_above_the_other(tmp_path):
    case = case_of(tmp_path)
    wide, narrow = oil_and_trade(case).layout, oil_and_trade(case, narrow=True).layout
    assert wide.xaxis.domain[1] < wide.xaxis2.domain[0]
    assert wide.yaxis.domain == wide.yaxis2.domain
    # Their highest columns are equally high, although more is written above one of them.
    taller = oil_and_trade(case_of(tmp_path / "b", [*ROWS, goods("x", 2025, 244.8)])).layout
    assert 108.5 / taller.yaxis.range[1] == pytest.approx(244.81 / taller.yaxis2.range[1])
    assert narrow.xaxis.domain == narrow.xaxis2.domain
    assert narrow.yaxis.domain[0] > narrow.yaxis2.domain[1]


@pytest.mark.parametrize("narrow", [False, True])
def test_every_mark_carries_refs_and_plotly_knows_every_property(tmp_path, narrow):
    figure = oil_and_trade(case_of(tmp_path), narrow=narrow)
    go.Figure(figure.to_dict())
    assert {trace.type for trace in figure.data} == {"bar", "scatter"}
    assert {trace.name for trace in figure.data} == set(LAYERS)
    assert refs(figure) == {f"figures/{one.split(',')[0][1:-1]}" for one in ROWS}
    for trace in figure.data:
        if trace.hoverinfo != "skip":
            assert len(trace.customdata) == len(trace.hovertext) == len(trace.x)
    assert set(LAYERS["columns"]["marker"]) == {"line", "pattern"}


def test_each_panel_has_its_own_unit(tmp_path):
    rows = [one.replace('"Mt"', '"barrels"') for one in ROWS]
    case = case_of(tmp_path, rows)
    below = [text for (text,) in marks(oil_and_trade(case), "words", "text") if "a year" in text]
    assert below[0].startswith("barrels a year")
    assert "77.7 barrels in 2019" in describe(case)
    assert "228.1 bn USD in 2025" in describe(case)


@pytest.mark.parametrize("narrow", [False, True])
def test_markup_in_the_tables_shows_as_characters(tmp_path, narrow):
    rows = [one.replace("goods, Chinese", MARKUP).replace("bn USD", MARKUP) for one in ROWS]
    sources = TABLES["sources"].replace("The Paper", MARKUP)
    figure = oil_and_trade(case_of(tmp_path, rows, sources=sources), narrow=narrow)
    assert not [text for text in shown(figure) if MARKUP in text]
    assert any("&lt;b&gt;x&lt;/b&gt; a year" in text for text in shown(figure))


def test_the_words_give_growth_disagreement_and_parts_from_the_rows(tmp_path):
    assert describe(case_of(tmp_path)) == (
        "Russian crude oil to China: 77.7 Mt in 2019, 108.5 Mt in 2024, 40% more. "
        "Of a part of a year: Jan–Sep 2025: 74.04 Mt. "
        "Trade between Russia and China: 110.8 bn USD in 2019, 228.1 bn USD in 2025, 106% more. "
        "Values differ for 2025 (228.1 or 234 bn USD)."
    )


def test_the_note_says_what_is_included_and_that_no_average_is_taken(tmp_path):
    text = note(case_of(tmp_path))
    assert f"Russian crude oil to China: {BOTH_WAYS}" in text
    assert text.endswith("no average is taken.")
    assert "average" not in note(case_of(tmp_path / "b", ROWS[:7]))


def test_one_panel_alone_fills_the_page(tmp_path):
    case = case_of(tmp_path, ROWS[7:])
    figure = oil_and_trade(case)
    assert {trace.xaxis for trace in figure.data} == {"x"}
    assert figure.layout.xaxis.domain == (0, 1)
    assert describe(case).startswith("Trade between Russia and China")


def test_an_empty_case_says_so_in_one_sentence(tmp_path):
    case = case_of(tmp_path)
    empty = case.replace(figures=case.figures.head(0))
    figure = oil_and_trade(empty)
    assert not figure.data
    assert figure.layout.annotations[0].text.replace("<br>", " ") == describe(empty)
    assert len(table(empty)) == 0
    assert note(empty) == ""


def test_the_table_has_every_row_with_unit_status_and_scope(tmp_path):
    rows = table(case_of(tmp_path))
    assert len(rows) == len(ROWS)
    assert rows.loc["figures/yuan"].tolist()[:6] == [
        *("Trade between Russia and China", "value", "234 bn USD", "2025", "estimate"),
        f"{CUSTOMS}, converted from yuan",
    ]
