"""How big the pipelines are: bars of capacity, claims, deliveries."""

from itertools import pairwise

import plotly.graph_objects as go
import pytest

from gas import capacity, delivered, line, with_lines
from geodash import theme
from geodash.charts.capacity import LAYERS, SPACE, capacity_bars
from geodash.charts.capacitywords import describe, table
from geodash.geo.labels import text_size
from geodash.units import UNITS, in_unit
from tiny import TABLES, tiny

MARKUP = "<b>x</b>"


def layer(figure, name):
    """Give a trace by its name, None where there is none."""
    return next((trace for trace in figure.data if trace.name == name), None)


def marks(figure, name):
    """Give the marks of a trace by their refs: place in the trace and the trace itself."""
    trace = layer(figure, name)
    return {refs: i for i, refs in enumerate(trace.customdata)} if trace else {}


def written(figure, *, before=False):
    """Give x, y and words of all that is written into the chart, or before it, from the top."""
    texts = layer(figure, "words")
    found = zip(texts.x, texts.y, texts.text, texts.textposition, strict=True)
    return [
        (x, y, text.replace(SPACE, ""))
        for x, y, text, side in sorted(found, key=lambda one: one[1])
        if before == (x == 0 and side == "middle left")
    ]


def words(figure, *, before=False):
    """Give the words alone."""
    return [text for _, _, text in written(figure, before=before)]


def looks(figure):
    """Give pattern and colour of each bar by its refs."""
    bars = layer(figure, "bars").marker
    return {
        refs: (bars.pattern.shape[i], bars.color[i]) for refs, i in marks(figure, "bars").items()
    }


def test_a_planned_line_is_hatched_a_working_one_solid_and_a_stopped_one_hollow(tmp_path):
    lines = line("idle", "AAA BBB", "idle") + line("built", "AAA BBB", "construction")
    rows = capacity("g1", "idle", 33), capacity("g2", "built", 30)
    figure = capacity_bars(with_lines(tmp_path, *rows, lines=lines))
    assert looks(figure) == {
        "figures/f1": ("/", theme.ACCENT),
        "figures/g2": ("/", theme.MUTED),
        "figures/f3": ("", theme.NEUTRAL),
        "figures/g1": ("", theme.PAPER),
    }


def test_a_word_tells_the_status_beside_the_value_at_the_end_of_each_bar(tmp_path):
    lines = line("idle", "AAA BBB", "idle") + line("built", "AAA BBB", "construction")
    rows = capacity("g1", "idle", 33), capacity("g2", "built", 30)
    figure = capacity_bars(with_lines(tmp_path, *rows, lines=lines))
    ends = {text: x for x, _, text in written(figure)}
    assert ends["50, planned"] == 50
    assert ends["33, stopped (idle)"] == 33
    assert ends["30, under construction"] == 30
    # A line with a dot says which number is its capacity.
    assert ends["capacity 38, working"] == 38


def test_the_value_stands_behind_a_delivery_that_exceeds_the_capacity(tmp_path):
    figure = capacity_bars(with_lines(tmp_path, delivered("g1", "old", 2021, 39.5)))
    ends = {text: x for x, _, text in written(figure)}
    assert ends["capacity 38, working"] == 39.5


def test_lines_stand_in_groups_by_destination_the_widest_first(tmp_path):
    lines = (
        line("nord", "RUS DEU")
        + line("transit", "RUS UKR SVK")
        + line("blue", "RUS TUR")
        + line("small", "AAA BBB")
        + line("second", "AAA CCC")
        + line("part", "MNG")
    )
    rows = [
        capacity("g1", "blue", 40),  # wider than each to Cland, not than both together
        capacity("g2", "transit", 32),
        capacity("g6", "second", 20),
        capacity("g3", "nord", 55),
        capacity("g4", "small", 12),
        capacity("g5", "part", 90),
    ]
    figure = capacity_bars(with_lines(tmp_path, *rows, lines=lines))
    headings = [text for text in words(figure) if text.startswith("<b>")]
    assert headings == [
        "<b>To Bland</b>",  # where the planned line leads, by the case's own name of the country
        "<b>To Europe</b>",
        "<b>To CCC</b>",  # known neither to the case nor to the basemap
        "<b>To Türkiye</b>",
        "<b>Inside one country</b>",
    ]
    assert words(figure, before=True) == [
        *("The line", "Line small", "Line nord", "Line transit"),
        *("The old line", "Line second", "Line blue", "Line part"),
    ]
    # Each stands at the bar of its line.
    bars = layer(figure, "bars").y
    assert {y for _, y, _ in written(figure, before=True)} == set(bars)


def test_the_first_planned_line_of_the_figures_is_carried_across_and_named(tmp_path):
    case = with_lines(
        tmp_path, capacity("g1", "wide", 90, "planned"), lines=line("wide", "AAA BBB", "proposed")
    )
    figure = capacity_bars(case)
    across = layer(figure, "across")
    assert set(across.x) == {50}
    assert across.line.dash == "dash"
    assert words(figure)[0] == "The line: 50 bcm/yr"
    assert looks(figure)["figures/g1"] == ("/", theme.MUTED)


def test_without_a_planned_line_nothing_is_carried_across(tmp_path):
    case = tiny(tmp_path)
    figure = capacity_bars(case.replace(figures=case.figures[case.figures["id"] == "f3"]))
    assert layer(figure, "across") is None
    assert words(figure) == ["<b>To CCC</b>", "38, working"]


def test_a_claim_is_a_thin_hatched_outline_with_its_owners_name_and_no_capacity(tmp_path):
    figure = capacity_bars(tiny(tmp_path))
    claims = layer(figure, "claims")
    assert list(claims.customdata) == ["figures/f2"]
    assert list(claims.x) == [55]
    assert claims.marker.pattern.shape == "\\"
    assert claims.width < layer(figure, "bars").width
    assert "55 claimed by Ann Aster" in words(figure)
    assert "figures/f2" not in marks(figure, "bars")
    # It makes no disagreement of sources.
    assert layer(figure, "ranges") is None


@pytest.mark.parametrize("narrow", [False, True])
def test_a_line_with_nothing_but_a_claim_has_no_bar(tmp_path, narrow):
    case = tiny(tmp_path)
    claimed = case.replace(figures=case.figures[case.figures["id"] == "f2"])
    figure = capacity_bars(claimed, narrow=narrow)
    assert layer(figure, "bars") is None
    assert list(layer(figure, "claims").customdata) == ["figures/f2"]
    assert "55 claimed by Ann Aster" in words(figure)


def test_values_that_differ_all_stand_joined_by_a_thin_bar(tmp_path):
    rows = [capacity(f"g{i}", "line", value, "planned") for i, value in enumerate((80, 60, 50))]
    figure = capacity_bars(with_lines(tmp_path, *rows))
    behind = "figures/f1 figures/g0 figures/g1 figures/g2"
    at = marks(figure, "bars")[behind]
    assert layer(figure, "bars").x[at] == 50
    ranges = layer(figure, "ranges")
    assert (ranges.customdata, ranges.base, ranges.x) == ((behind,), (50,), (30,))
    ends = layer(figure, "ends")
    assert dict(zip(ends.customdata, ends.x, strict=True)) == {"figures/g0": 80, "figures/g1": 60}
    assert "50 or 60 or 80, planned" in words(figure)


def test_what_is_planned_beyond_an_actual_capacity_is_a_hatched_piece_of_its_bar(tmp_path):
    figure = capacity_bars(with_lines(tmp_path, capacity("g1", "old", 44, "planned")))
    bars, places = layer(figure, "bars"), marks(figure, "bars")
    built, grown = places["figures/f3"], places["figures/g1"]
    assert (bars.base[built], bars.x[built]) == (0, 38)
    assert (bars.base[grown], bars.x[grown]) == (38, 6)
    assert bars.y[grown] == bars.y[built]
    assert looks(figure)["figures/f3"] == ("", theme.NEUTRAL)
    assert looks(figure)["figures/g1"] == ("/", theme.MUTED)
    ends = {text: x for x, _, text in written(figure)}
    assert ends["capacity 38, working; 44 planned"] == 44
    # It is no disagreement of sources.
    assert layer(figure, "ranges") is None
    assert layer(figure, "ends") is None
    assert len({*words(figure, before=True)}) == 2


def test_plans_of_growth_that_differ_are_joined_and_one_that_is_none_has_no_piece(tmp_path):
    rows = [capacity(f"g{value}", "old", value, "planned") for value in (30, 44, 46)]
    figure = capacity_bars(with_lines(tmp_path, *rows))
    bars, ranges = layer(figure, "bars"), layer(figure, "ranges")
    at = marks(figure, "bars")["figures/g44 figures/g46"]
    assert (bars.base[at], bars.x[at]) == (38, 6)
    assert (ranges.base, ranges.x) == ((44,), (2,))
    assert "capacity 38, working; 30 or 44 or 46 planned" in words(figure)


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize(("key", "factor"), [("bcm", 1), ("TWh", 10), ("LNG", 0.735), ("PJ", 36)])
def test_bars_words_axis_and_tooltips_follow_the_unit_of_the_case(tmp_path, key, factor, narrow):
    case = in_unit(with_lines(tmp_path, capacity("g1", "old", 44, "planned")), key)
    unit = UNITS[key]
    figure = capacity_bars(case, narrow=narrow)
    bars = layer(figure, "bars")
    at = marks(figure, "bars")["figures/f1"]
    assert bars.x[at] == pytest.approx(50 * factor, rel=0.005)
    assert f"{unit.rate}, planned" in bars.hovertext[at]
    (dot,) = layer(figure, "deliveries").x
    assert dot == pytest.approx(15.5 * factor, rel=0.005)
    assert words(figure)[0].endswith(f" {unit.rate}")
    title = figure.layout.xaxis.title.text.replace("<br>", " ")
    assert title == f"{unit.rate_name}; ● {unit.amount} delivered in a year"
    others = {other.rate for other in UNITS.values()} - {unit.rate}
    shown = " ".join([*words(figure), *bars.hovertext])
    assert not [rate for rate in others if f" {rate}" in shown.replace(unit.rate, "")]


def test_deliveries_are_dots_on_the_bar_with_value_and_year(tmp_path):
    figure = capacity_bars(tiny(tmp_path))
    dots = layer(figure, "deliveries")
    assert (dots.customdata, dots.x) == (("figures/f4",), (15.5,))
    at = marks(figure, "bars")["figures/f3"]
    assert dots.y[0] == layer(figure, "bars").y[at]
    ((x, y),) = [(x, y) for x, y, text in written(figure) if text == "15.5 bcm in 2022"]
    assert x == 15.5
    assert y > dots.y[0]


def test_the_last_year_ended_on_the_day_of_the_status_and_the_largest_are_drawn(tmp_path):
    years = {2019: 4, 2021: 10, 2023: 22, 2025: 37, 2024: 31}
    rows = [delivered(f"g{year}", "old", year, value) for year, value in years.items()]
    figure = capacity_bars(with_lines(tmp_path, *rows))
    assert set(layer(figure, "deliveries").customdata) == {"figures/f4", "figures/g2025"}
    # The larger value has its words above, so that no leader line runs through them.
    below = [text for text in words(figure) if " bcm in " in text]
    assert below == ["37 bcm in 2025", "15.5 bcm in 2022"]


def test_deliveries_that_differ_are_both_drawn_and_joined_and_scopes_are_kept_apart(tmp_path):
    rows = [
        delivered("g1", "old", 2022, 15.4, scope="to Cland"),
        delivered("g2", "old", 2022, 20, scope="to all"),
    ]
    figure = capacity_bars(with_lines(tmp_path, *rows))
    dots = layer(figure, "deliveries")
    both = "figures/f4 figures/g1"
    assert sorted(zip(dots.customdata, dots.x, strict=True)) == [
        (both, 15.4),
        (both, 15.5),
        ("figures/g2", 20),
    ]
    ranges = layer(figure, "ranges")
    assert ranges.customdata == ("figures/f4 figures/g1",)
    assert ranges.x[0] == pytest.approx(0.1)
    assert {"15.4 or 15.5 bcm in 2022", "20 bcm in 2022"} <= set(words(figure))


def test_deliveries_beyond_the_capacity_say_what_they_count(tmp_path):
    rows = [delivered("g1", "old", 2020, 55.8, scope="all gas through Aland and Bland")]
    figure = capacity_bars(with_lines(tmp_path, *rows))
    found = [text.replace("<br>", " ") for text in words(figure) if " bcm in " in text]
    assert found == ["55.8 bcm in 2020 (all gas through Aland and Bland)", "15.5 bcm in 2022"]


def test_other_units_and_deliveries_of_no_line_are_in_the_table_only(tmp_path):
    rows = [
        capacity("g1", "line", 80, unit="Mt/yr"),
        "g2,Gas to all,,line,deliveries,2022,63,bcm,actual,,,,paper,",
        "g3,The line,line,line,length,,2594,km,planned,,,,paper,",
    ]
    case = with_lines(tmp_path, *rows)
    figure = capacity_bars(case)
    drawn = {
        ref for trace in figure.data for refs in trace.customdata or () for ref in refs.split()
    }
    assert drawn == {"figures/f1", "figures/f2", "figures/f3", "figures/f4"}
    assert list(table(case).index) == [f"figures/{id_}" for id_ in case.figures["id"]]
    assert table(case).loc["figures/g3", "Value"] == "2,594 km"


def test_a_capacity_of_several_lines_together_is_no_bar_but_in_the_table(tmp_path):
    row = "g1,All lines,,line,capacity,,100,bcm/yr,planned,both lines together,,,paper,2"
    case = with_lines(tmp_path, row)
    figure = capacity_bars(case)
    assert set(marks(figure, "bars")) == {"figures/f1", "figures/f3"}
    assert "All lines" not in describe(case)
    assert table(case).loc["figures/g1", "Value"] == "100 bcm/yr"


def test_on_a_phone_names_stand_above_the_bars(tmp_path):
    figure = capacity_bars(tiny(tmp_path), narrow=True)
    assert not words(figure, before=True)
    above = {text: y for _, y, text in written(figure)}
    bars = layer(figure, "bars")
    places = dict(zip(bars.customdata, bars.y, strict=True))
    # The words end where the bar begins.
    assert above["The line: 50, planned"] + 8 <= places["figures/f1"] - 9
    assert above["The old line: 38, working"] + 8 <= places["figures/f3"] - 9
    assert figure.layout.height > capacity_bars(tiny(tmp_path)).layout.height


@pytest.mark.parametrize("narrow", [False, True])
def test_lines_of_text_keep_apart(tmp_path, narrow):
    rows = [delivered("g1", "old", 2010, 44, scope="all gas through Aland and Bland")]
    figure = capacity_bars(with_lines(tmp_path, *rows), narrow=narrow)
    for before in (False, True):
        places = [
            (y, 15 * (1 + text.count("<br>")) / 2) for _, y, text in written(figure, before=before)
        ]
        for (upper, above), (lower, below) in pairwise(places):
            assert lower - below >= upper + above


def test_names_have_room_before_the_bars(tmp_path):
    long = TABLES["figures"].replace("The old line", "The old line from Atown to Ctown")
    for rows in (TABLES["figures"], long):
        figure = capacity_bars(tiny(tmp_path / str(len(rows)), figures=rows))
        widest = max(text_size(name, size=12)[0] for name in words(figure, before=True))
        assert widest < figure.layout.margin.l < widest + 20


@pytest.mark.parametrize("narrow", [False, True])
def test_the_line_across_runs_through_no_words(tmp_path, narrow):
    long = "that-leads-from-a-to-b"
    lines = line(long, "AAA BBB") + line("far", "AAA BBB")
    rows = capacity("g1", long, 45), capacity("g2", "far", 70)
    figure = capacity_bars(with_lines(tmp_path, *rows, lines=lines), narrow=narrow)
    ys = list(layer(figure, "across").y)
    pieces = list(zip(ys[0::3], ys[1::3], strict=True))
    assert all(upper < lower for upper, lower in pieces)
    # The words of the line of 45 lie across the line at 50, wherever they stand.
    (at,) = [y for _, y, text in written(figure) if text.endswith("45, working")]
    assert not [piece for piece in pieces if piece[0] < at < piece[1]]
    bar = layer(figure, "bars").y[marks(figure, "bars")["figures/g2"]]
    assert [piece for piece in pieces if piece[0] < bar < piece[1]]
    # It goes down to the axis.
    assert ys[-2] == figure.layout.yaxis.range[0]


@pytest.mark.parametrize("narrow", [False, True])
def test_every_mark_carries_its_refs_and_only_scatters_and_bars_and_house_colours_are_used(
    tmp_path, narrow
):
    rows = capacity("g1", "line", 80, "planned"), delivered("g2", "old", 2022, 12)
    figure = capacity_bars(with_lines(tmp_path, *rows), narrow=narrow)
    # Plotly checks every property.
    go.Figure(figure.to_dict())
    assert {trace.name for trace in figure.data} == set(LAYERS)
    assert {trace.type for trace in figure.data} == {"bar", "scatter"}
    for trace in figure.data:
        if trace.hoverinfo != "skip":
            assert all(refs.startswith("figures/") for refs in trace.customdata)
            assert len(trace.customdata) == len(trace.hovertext) == len(trace.x)
    house = {theme.INK, theme.MUTED, theme.NEUTRAL, theme.PAPER, theme.ACCENT}
    assert {*layer(figure, "bars").marker.color, layer(figure, "claims").marker.color} <= house


def test_drawing_leaves_the_looks_of_marks_as_they_are(tmp_path):
    capacity_bars(tiny(tmp_path))
    # Columns of values go into traces, never into what all charts share.
    assert set(LAYERS["bars"]["marker"]) == {"line", "pattern"}
    assert set(LAYERS["bars"]["marker"]["line"]) == {"width"}


def test_a_tooltip_gives_value_status_scope_and_source(tmp_path):
    figure = capacity_bars(tiny(tmp_path))
    (text,) = layer(figure, "deliveries").hovertext
    for part in ("The old line: deliveries", "15.5 bcm in 2022, actual: to Cland", "Pipelines of"):
        assert part in text
    (text,) = layer(figure, "claims").hovertext
    assert "55 bcm/yr, claimed, says Ann Aster" in text


@pytest.mark.parametrize("narrow", [False, True])
def test_markup_in_the_tables_shows_as_characters(tmp_path, narrow):
    actors = TABLES["actors"].replace("Ann Aster", MARKUP).replace("Bland,Bland", f"Bland,{MARKUP}")
    rows = TABLES["figures"].replace("The line", MARKUP).replace("to Cland", MARKUP)
    sources = TABLES["sources"].replace("The Tracker", MARKUP)
    case = tiny(tmp_path, actors=actors, figures=rows, sources=sources)
    figure = capacity_bars(case, narrow=narrow)
    shown = [
        *(text for trace in figure.data for text in trace.hovertext or ()),
        *words(figure),
        *words(figure, before=True),
    ]
    assert not [text for text in shown if MARKUP in text]
    assert any("&lt;b&gt;x&lt;/b&gt;" in text for text in shown)


def test_an_empty_case_says_so_in_one_sentence(tmp_path):
    case = tiny(tmp_path)
    empty = case.replace(figures=case.figures.head(0))
    assert describe(empty) == "No capacity of a gas pipeline is shown."
    assert not capacity_bars(empty).data
    assert len(table(empty)) == 0


def test_figures_without_a_capacity_say_so_in_one_sentence(tmp_path):
    case = tiny(tmp_path)
    others = case.replace(figures=case.figures[case.figures["id"] == "f4"])
    (sentence,) = (note.text for note in capacity_bars(others).layout.annotations)
    assert sentence.replace("<br>", " ") == describe(others)
    assert describe(others) == "No capacity of a gas pipeline is shown, but 1 other figure."
