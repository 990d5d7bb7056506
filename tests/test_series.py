"""Yearly figures: scopes by themselves, one unit, words and room for them."""

from __future__ import annotations

import html
import re

import pytest

from geodash.charts import series
from geodash.charts.series import YearAxis
from geodash.geo.labels import text_size
from tiny import TABLES, tiny

HEAD = TABLES["figures"].splitlines()[0]
MARKUP = "<b>x</b>"


def row(id_, subject, period, value, **more):
    """Write a row of the figures table."""
    given = {"measure": "deliveries", "unit": "bcm", "status": "actual", "source": "paper"} | more
    given |= {"id": id_, "subject": subject, "period": period, "value": value}
    return ",".join(f'"{given.get(name, "")}"' for name in HEAD.split(","))


def with_figures(folder, *rows, **tables):
    """Give the tiny case with these figures alone."""
    return tiny(folder, figures="\n".join([HEAD, *rows, ""]), **tables)


def layer(figure, name):
    """Give a trace by its name, None where there is none."""
    return next((trace for trace in figure.data if trace.name == name), None)


def marks(figure, name, *properties):
    """Give properties of the marks of a trace, by Plotly's names with dots: marker.color."""
    trace = layer(figure, name)
    columns = [_found(trace, one.split(".")) for one in properties] if trace else [()]
    return list(zip(*columns, strict=True))


def shown(figure):
    """Give all that is written into a chart or its tooltips."""
    traces = [
        word for one in figure.data for words in (one.text, one.hovertext) for word in words or ()
    ]
    return [*traces, *(note.text for note in figure.layout.annotations)]


def refs(figure):
    """Give the refs of all marks."""
    found = [one for trace in figure.data for one in trace.customdata or ()]
    return {ref for one in found for ref in one.split(" ")}


def boxes(figure, width):
    """Give the rectangles of all words of a chart on a page of so many pixels."""
    margin = figure.layout.margin
    across, down = width - margin.l - margin.r, figure.layout.height - margin.t - margin.b
    found = {}
    for trace in figure.data:
        if trace.text is None:
            continue
        x_axis = figure.layout[(trace.xaxis or "x").replace("x", "xaxis")]
        y_axis = figure.layout[(trace.yaxis or "y").replace("y", "yaxis")]
        sides = trace.textposition
        for i, words in enumerate(trace.text):
            x = margin.l + _share(x_axis, trace.x[i]) * across
            y = margin.t + (1 - _share(y_axis, trace.y[i])) * down
            side = sides if isinstance(sides, str) else sides[i]
            away = (trace.marker.size or 0) / 2 if "markers" in trace.mode else 0
            found[trace.name, i, words] = _box(words, x, y, side, away=away)
    drawn = {(trace.xaxis or "x").replace("x", "xaxis") for trace in figure.data}
    for name in sorted(drawn):
        axis = figure.layout[name]
        anchor = figure.layout[(axis.anchor or "y").replace("y", "yaxis")]
        for tick, words in zip(
            axis.tickvals or (), axis.ticktext or (), strict=bool(axis.ticktext)
        ):
            x = margin.l + _share(axis, tick) * across
            y = margin.t + (1 - (anchor.domain or (0, 1))[0]) * down + 4
            size = axis.tickfont.size
            for line in words.split("<br>"):
                y += text_size(line, size=size)[1] / 2
                found[name, tick, line] = _box(line, x, y, "middle center", size)
                y += text_size(line, size=size)[1] / 2
    for note in figure.layout.annotations:
        wide, high = _size(note.text, 12)
        left = margin.l + (note.xshift or 0)
        top = margin.t + down - note.yshift
        found["note", 0, note.text] = (left, top, left + wide, top + high)
    return found


def assert_readable(figure, width):
    """Check that no words overlap others or leave the page."""
    found = boxes(figure, width)
    places = list(found.items())
    for i, (name, a) in enumerate(places):
        assert a[0] >= -1, name
        assert a[2] <= width + 1, name
        assert a[1] >= -1, name
        assert a[3] <= figure.layout.height + 1, name
        for other, b in places[i + 1 :]:
            apart = a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] + 1 or b[3] <= a[1] + 1
            assert apart, f"{name} lies on {other}"


def _found(trace, path):
    value = trace
    for step in path:
        value = value[step]
    return value


def _share(axis, value):
    low, high = axis.domain or (0, 1)
    begin, end = axis.range
    return low + (value - begin) / (end - begin) * (high - low)


def _size(words, size):
    plain = [html.unescape(re.sub("</?b>", "", line)) for line in words.split("<br>")]
    bold = ["".join(re.findall("<b>(.*?)</b>", line)) for line in words.split("<br>")]
    # Bold letters are wider; what they need more is all that is added.
    wide = [
        text_size(line, size=size)[0]
        + text_size(strong, size=size, bold=True)[0]
        - text_size(strong, size=size)[0]
        for line, strong in zip(plain, bold, strict=True)
    ]
    return max(wide), text_size("<br>".join(plain), size=size)[1]


def _box(words, x, y, side, size=12, away=0):
    wide, high = _size(words, size)
    left = {"right": x + away, "center": x - wide / 2, "left": x - away - wide}[side.split(" ")[1]]
    return left, y - high / 2, left + wide, y + high / 2


def test_scopes_stand_by_themselves_the_one_with_most_years_first(tmp_path):
    case = with_figures(
        tmp_path,
        row("a", "Gas", 2021, 5, scope="few"),
        row("b", "Gas", 2022, 7, scope="many"),
        row("c", "Gas", 2021, 6, scope="many"),
        row("d", "Other", 2021, 6),
    )
    many, few = series.by_scope(series.read(case, "deliveries", "Gas"))
    assert (many.scope, list(many.years), few.scope) == ("many", [2021, 2022], "few")
    assert (many.at(2021), few.at(2021)) == (6, 5)


def test_only_the_most_frequent_unit_and_whole_years_are_read(tmp_path):
    case = with_figures(
        tmp_path,
        row("a", "Gas", 2021, 5, unit="Mt"),
        row("b", "Gas", 2022, 7, unit="TWh"),
        row("c", "Gas", 2023, 6, unit="TWh"),
        row("d", "Gas", "2023-03", 6, unit="TWh"),
        row("e", "Gas", "", 6, unit="TWh"),
        row("f", "Gas", 2023, 6, unit="TWh", measure="capacity"),
    )
    assert series.refs(series.read(case, "deliveries", "Gas")) == "figures/b figures/c"
    assert list(series.table(case, "deliveries", "Gas")["Value"]) == [
        *("5 Mt", "7 TWh", "6 TWh", "6 TWh", "6 TWh")
    ]


def test_a_tooltip_gives_value_status_who_scope_and_source(tmp_path):
    who = row("a", "Gas", 2021, 5.25, scope="to Cland", status="claimed", asserted_by="ann")
    text = series.hover(series.read(with_figures(tmp_path, who), "deliveries", "Gas"))
    for part in (
        "<b>Gas: deliveries</b>",
        "5.25 bcm in 2021, claimed, says Ann Aster: to Cland",
        "The Paper, “Two leaders meet”, 22 March 2023",
    ):
        assert part in text


@pytest.mark.parametrize(
    ("value", "words"),
    [(146.887, "146.9"), (0.38, "0.38"), (179, "179"), (1888.45, "1,888"), (12345.6, "12,346")],
)
def test_labels_have_four_digits_or_all_before_the_point(value, words):
    assert series.brief(value) == words


@pytest.mark.parametrize(
    ("most", "ticks"),
    [(179, [0, 50, 100, 150, 200]), (200, [0, 50, 100, 150, 200]), (0.9, [0, 0.25, 0.5, 0.75, 1])],
)
def test_ticks_are_round_and_reach_the_largest_value(most, ticks):
    assert series.ticks(most) == pytest.approx(ticks)


def test_what_comes_later_stands_below_what_it_would_cross_and_returns_to_the_top(tmp_path):
    spans = [(0, 100, 17), (50, 120, 34), (110, 130, 17), (140, 200, 17)]
    assert series.staggered(spans) == [0, 17, 51, 0]


def test_the_axis_leaves_words_their_room_and_shortens_years_that_have_little():
    axis = YearAxis(2019, 2026, [(2025.5, 120)], page=500)
    assert axis.at(2025.5) == pytest.approx(380)
    assert axis.words[0] == "2019"
    assert YearAxis(2000, 2026, [(2000, 900)], page=500).words[0] == "’00"


def test_words_give_both_ends_and_the_change(tmp_path):
    rows = [row("a", "Gas", 2021, 9), row("b", "Gas", 2023, 4, status="estimate", scope="")]
    (one,) = series.by_scope(series.read(with_figures(tmp_path, *rows), "deliveries", "Gas"))
    assert (
        series.changed(one)
        == "Gas fell from 9 bcm in 2021 to an estimated 4 bcm in 2023, by 5 bcm."
    )
