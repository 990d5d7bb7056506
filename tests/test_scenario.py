"""What could the planned line replace? The chart, its words and its table."""

import re
from itertools import pairwise

import plotly.graph_objects as go
import pytest

import geodash
from gas import capacity, line, lost, to_china
from geodash import theme
from geodash.charts.capacitywords import table as figures_table
from geodash.charts.scenario import SPACE, scenario
from geodash.charts.scenariowords import describe, note, table
from geodash.charts.volumes import choosable
from geodash.geo.labels import text_size
from geodash.units import UNITS, in_unit
from rectangles import overlaps
from tiny import TABLES, tiny

FORECAST = re.compile(r"(not a )?forecast")


def layer(figure, name):
    """Give a trace by its name, None where there is none."""
    return next((trace for trace in figure.data if trace.name == name), None)


def heights(figure, name):
    """Give foot and top of the bars of a layer by year."""
    trace = layer(figure, name)
    bars = zip(trace.x, trace.base, trace.y, strict=True)
    return {x: (base, base + y) for x, base, y in bars}


def labels(figure):
    """Give the words beside the plot, from its foot."""
    trace = layer(figure, "labels")
    found = sorted(zip(trace.y, trace.text, strict=True))
    return [re.sub("<[^>]+>", " ", text.replace(SPACE, "")).strip() for _, text in found]


def rectangles(figure, page):
    """Give where words stand on a page of so many pixels."""
    layout = figure.layout
    margin, height = layout.margin, layout.height
    width = page - margin.l - margin.r
    tall = height - margin.t - margin.b
    (left, right), (low, high) = layout.xaxis.range, layout.yaxis.range
    found = []
    for name in ("labels", "words"):
        trace = layer(figure, name)
        for x, y, text in zip(trace.x, trace.y, trace.text, strict=True):
            bold = text.startswith("<b>")
            wide, high_ = text_size(re.sub("</?b>", "", text), size=12, bold=bold)
            at = margin.l + (x - left) / (right - left) * width
            middle = margin.t + (high - y) / (high - low) * tall
            bottom = middle + high_ / 2 if name == "labels" else middle
            found.append((at, bottom - high_, at + wide, bottom))
    return found


def test_known_years_are_solid_and_later_ones_hatched_one_upon_the_other(tmp_path):
    figure = scenario(to_china(tmp_path))
    assert heights(figure, "delivered") == {2021: (0, 8), 2022: (0, 20)}
    assert layer(figure, "delivered").marker.pattern.shape is None
    assert heights(figure, "line works")[2023] == (0, 38)
    assert heights(figure, "line works")[2040] == (0, 38)
    assert heights(figure, "line near")[2027] == (38, 39)
    assert heights(figure, "line near")[2036] == (38, 48)
    assert heights(figure, "line big")[2031] == pytest.approx((47, 52))
    assert heights(figure, "line big")[2036] == (48, 98)
    assert min(heights(figure, "line big")) == 2031
    for id_ in ("works", "near", "big"):
        assert layer(figure, f"line {id_}").marker.pattern.shape == "/"


def test_where_sources_differ_both_ends_are_drawn(tmp_path):
    figure = scenario(to_china(tmp_path))
    assert heights(figure, "ranges") == {2021: (8, 10)}
    assert layer(figure, "ranges").customdata == ("figures/d1 figures/d2",)
    between = heights(figure, "between")
    assert between[2036] == (98, 100)
    assert min(between) == 2027
    assert set(layer(figure, "between").customdata) == {"figures/g3 figures/g4"}
    alone = scenario(to_china(tmp_path), lines=["big"])
    assert layer(alone, "between") is None


def test_what_europe_lost_lies_across_as_a_band(tmp_path):
    case = to_china(tmp_path)
    band = layer(scenario(case), "lost")
    assert (min(band.y), max(band.y)) == (150, 160)
    assert (min(band.x), max(band.x)) == (2020.5, 2040.5)
    assert labels(scenario(case))[-1] == "lost in Europe, 2021 to 2023: 150 to 160 bcm"
    case = case.replace(figures=case.figures[case.figures["id"] != "e3"])
    assert layer(scenario(case), "lost") is None


def test_words_beside_the_bars_name_lines_and_sum(tmp_path):
    figure = scenario(to_china(tmp_path))
    assert labels(figure)[:-1] == [
        "Line works: 38",
        "Line near: 10 or 12",
        "Line big: 50",
        "98 or 100 bcm/yr from 2036",
    ]
    trace = layer(figure, "labels")
    colours = dict(zip(labels(figure), trace.textfont.color, strict=True))
    assert colours["Line big: 50"] == theme.ACCENT
    refs = dict(zip(labels(figure), trace.customdata, strict=True))
    assert refs["98 or 100 bcm/yr from 2036"].split() == [f"figures/g{i}" for i in (2, 3, 4, 1)]


@pytest.mark.parametrize("key", list(UNITS))
@pytest.mark.parametrize(("narrow", "pages"), [(False, (600, 1216)), (True, (340, 640))])
@pytest.mark.parametrize("hard", [False, True])
def test_words_find_room(tmp_path, key, narrow, pages, hard):
    rows = [lost("e4", 2021, 1900), capacity("h1", "a-b-c", 3, "planned")] if hard else []
    lines = line("a-b-c", "RUS CHN", "proposed") if hard else ""
    case = in_unit(to_china(tmp_path, *rows, lines=lines), key)
    assumed = {"start": 2040, "ramp": 10, "utilisation": 0.5} if hard else {}
    figure = scenario(case, narrow=narrow, **assumed)
    for page in pages:
        found = rectangles(figure, page)
        assert not overlaps(found)
        assert min(left for left, *_ in found) >= 0
        assert max(right for _, _, right, _ in found) <= page
        assert min(top for _, top, *_ in found) >= 0
        foot = figure.layout.height - figure.layout.margin.b
        assert max(bottom for *_, bottom in found) <= foot + 1


@pytest.mark.parametrize("narrow", [False, True])
def test_words_of_the_default_case_find_room_whatever_is_assumed(narrow):
    case = geodash.load()
    for lines in ([id_] for id_ in choosable(case)):
        figure = scenario(case, lines=lines, utilisation=0.5, narrow=narrow)
        assert not overlaps(rectangles(figure, 340 if narrow else 600))
    figure = scenario(case, lines=list(choosable(case)), start=2040, ramp=10, narrow=narrow)
    assert not overlaps(rectangles(figure, 340 if narrow else 600))
    assert len(scenario(case, narrow=narrow).to_json()) < 25_000
    assert len(figure.to_json()) < 26_000


def test_named_years_keep_apart(tmp_path):
    for assumed in ({}, {"start": 2040, "ramp": 10}):
        figure = scenario(to_china(tmp_path), narrow=True, **assumed)
        axis, margin = figure.layout.xaxis, figure.layout.margin
        year = (340 - margin.l - margin.r) / (axis.range[1] - axis.range[0])
        for earlier, later in pairwise(axis.tickvals):
            assert (later - earlier) * year > text_size("2025", size=12)[0]


@pytest.mark.parametrize("narrow", [False, True])
def test_every_mark_opens_its_rows_and_all_is_bars_and_scatters_in_house_colours(tmp_path, narrow):
    figure = scenario(to_china(tmp_path), narrow=narrow)
    # Plotly checks every property.
    go.Figure(figure.to_dict())
    assert {trace.type for trace in figure.data} == {"bar", "scatter"}
    for trace in figure.data:
        if trace.hoverinfo != "skip":
            assert all(refs.startswith("figures/") for refs in trace.customdata)
            assert len(trace.customdata) == len(trace.hovertext) == len(trace.x)
    colours = re.findall(r"#[0-9a-f]{6}", str([trace.to_plotly_json() for trace in figure.data]))
    assert set(colours) <= {*theme.DARK, theme.NEUTRAL}


def test_a_tooltip_gives_the_arithmetic_of_a_year(tmp_path):
    trace = layer(scenario(to_china(tmp_path), utilisation=0.5), "line near")
    told = dict(zip(trace.x, trace.hovertext, strict=True))
    assert told[2027] == "0.5 or 0.6 bcm/yr, 5% of 10 or 12"
    assert told[2036] == "5 or 6 bcm/yr, 50% of 10 or 12"
    assert trace.hovertemplate.startswith("<b>Line near, %{x}</b>")


def test_markup_in_the_tables_shows_as_characters(tmp_path):
    case = to_china(tmp_path)
    marked = case.figures.assign(subject=case.figures["subject"].str.replace("Line", "<i>L</i>"))
    case = case.replace(figures=marked)
    text = str(scenario(case).to_dict())
    assert "<i>L" not in text
    assert "&lt;i&gt;L" in text


def test_the_words_spell_out_the_arithmetic(tmp_path):
    assert describe(to_china(tmp_path)) == (
        "38 (Line works) + 10 or 12 (Line near) + 50 (Line big) = 98 or 100 bcm/yr from 2036, "
        "if Line big starts in 2031, Line near starts in 2027 as planned and each of them takes "
        "5 years to fill and then runs at 100%. "
        # 98 of 160 and 100 of 150; 50 of 160 and 50 of 150.
        "That is 61 to 67% of the 150 to 160 bcm a year by which Russian pipeline gas to Europe "
        "fell from 2021 to 2023. Line big alone would be 31 to 33%. "
        "This is arithmetic on published capacities, not a forecast."
    )


def test_the_words_follow_what_is_assumed(tmp_path):
    case = to_china(tmp_path)
    text = describe(case, start=2035, ramp=1, utilisation=0.7)
    assert text.startswith(
        "38 (Line works) + 70% of 10 or 12 (Line near) + 70% of 50 (Line big) = 80 or 81.4 bcm/yr "
        "from 2036, if Line big starts in 2035, Line near starts in 2027 as planned and each of "
        "them takes 1 year to fill and then runs at 70%."
    )
    assert describe(case, lines=["big"]).startswith(
        "50 (Line big) = 50 bcm/yr from 2036, if Line big starts in 2031 and it takes 5 years"
    )
    assert describe(case, lines=["works"]).startswith("38 (Line works) = 38 bcm/yr. That is 24 to")


def test_the_words_of_the_default_case():
    text = describe(geodash.load())
    assert "= 98 or 100 bcm/yr from 2036, if Power of Siberia 2 starts in 2031" in text
    assert "62 to 64% of the 157 bcm a year" in text


def test_converted_sums_are_said_to_be_about(tmp_path):
    text = describe(in_unit(to_china(tmp_path), "TWh"))
    assert "= about 980 or 1,000 TWh/yr from 2036" in text
    assert "61 to 67% of the 1,500 to 1,600 TWh" in text
    assert "36 PJ or 10 TWh" in note(in_unit(to_china(tmp_path), "TWh"))


def test_no_word_passes_arithmetic_off_as_a_forecast(tmp_path):
    case = to_china(tmp_path)
    figure = scenario(case)
    words = [describe(case), note(case), str(figure.to_dict())]
    for text in words:
        assert {found[1] for found in FORECAST.finditer(text)} <= {"not a "}
        assert "predict" not in text
    for trace in figure.data:
        if trace.hovertemplate:
            assert "not a forecast" in trace.hovertemplate


def test_the_note_says_what_was_lost_and_what_is_not_counted(tmp_path):
    sources = TABLES["sources"].replace("The Tracker", "The Paper")
    rows = [
        capacity("h1", "works", 44, "planned"),
        capacity("h2", "big", 55, "planned").replace(",paper,2", ",tracker,"),
    ]
    assert note(to_china(tmp_path, *rows, sources=sources)) == (
        "A new line fills evenly, and each year counts with its mean. "
        "Line works is taken at its capacity from 2023 on. "
        "Lost in Europe, all of it: 170 or 180 bcm in 2021 less 20 bcm (estimate) in 2023. "
        "Not counted: the planned growth of Line works to 44 bcm/yr. "
        "Not counted, as its publisher has given another value since: 50 bcm/yr for Line big."
    )


def test_sums_that_sources_name_stand_beside_those_of_the_summit_lines():
    case = geodash.load()
    assert "Sources name 98 or 100 bcm/yr for these lines together." in note(case)
    assert "Sources name" not in note(case, lines=["power-of-siberia-2"])


def test_the_table_tells_what_each_figure_was_used_for(tmp_path):
    case = to_china(tmp_path)
    rows = table(case)
    assert dict(rows["Used for"]) == {
        "figures/g1": "capacity of Line big in the sum",
        "figures/g2": "capacity of Line works in the sum",
        "figures/g3": "capacity of Line near in the sum",
        "figures/g4": "capacity of Line near in the sum",
        "figures/d1": "delivered in 2021",
        "figures/d2": "delivered in 2021",
        "figures/d3": "delivered in 2022",
        "figures/e1": "Europe before the loss",
        "figures/e2": "Europe before the loss",
        "figures/e3": "Europe after the loss",
    }
    rest = figures_table(case).loc[rows.index]
    assert rows.drop(columns="Used for").equals(rest)
    assert list(table(case, lines=["big"]).index) == [
        f"figures/{id_}" for id_ in ("g1", "e1", "e2", "e3")
    ]


def test_nothing_to_show_is_told_in_one_sentence(tmp_path):
    none = tiny(tmp_path / "none")
    assert describe(none) == "No capacity of a gas pipeline from Russia to China is shown."
    case = to_china(tmp_path / "some")
    assert describe(case, lines=[]) == (
        "No line is chosen; there are Line big, Line works and Line near."
    )
    for given, lines in ((none, None), (case, [])):
        figure = scenario(given, lines=lines)
        (sentence,) = (one.text.replace("<br>", " ") for one in figure.layout.annotations)
        assert sentence == describe(given, lines=lines)
        assert not figure.data
        assert note(given, lines=lines) == ""


def test_a_wrong_assumption_is_refused_by_chart_and_words(tmp_path):
    case = to_china(tmp_path)
    for make in (scenario, describe, note, table):
        with pytest.raises(ValueError, match="start must be a year"):
            make(case, start=1999)
