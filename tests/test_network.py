"""Who speaks of whom: lines between parties."""

import re
from itertools import pairwise
from types import SimpleNamespace

import pytest

from crowd import HEADER, MARKUP, case_with, crowd, position
from geodash.case import load
from geodash.charts.flows import ACTS, ROW
from geodash.charts.network import describe, relations, table
from geodash.geo.labels import text_size
from rectangles import overlaps
from tiny import TABLES, tiny


def lines(figure):
    """Give the lines by their refs."""
    return {
        trace.customdata[0]: trace
        for trace in figure.data
        if trace.type == "scatter" and trace.mode == "lines"
    }


def marks(figure):
    """Give the trace of the marks of the lines."""
    return next(
        trace for trace in figure.data if trace.type == "scatter" and trace.mode == "markers+text"
    )


def bars(figure):
    return next(trace for trace in figure.data if trace.type == "bar")


def sides(figure):
    """Give the names at the left and at the right: name, number, row."""
    drawn = figure.data[-1]
    found = {"middle left": [], "middle right": []}
    for text, y, side in zip(drawn.text, drawn.y, drawn.textposition, strict=True):
        name, number = re.fullmatch(r"(.*) <span [^>]*>(\d+)</span>", text).groups()
        found[side].append(SimpleNamespace(name=name, number=int(number), y=y))
    return found.values()


def boxes(figure, width):
    """Give the rectangle of each word, in pixels of a figure of a width."""
    layout = figure.layout
    margin, (left, right), (bottom, top) = layout.margin, layout.xaxis.range, layout.yaxis.range
    wide, tall = width - margin.l - margin.r, layout.height - margin.t - margin.b
    for trace in figure.data:
        if trace.type == "bar" or "text" not in trace.mode:
            continue
        # A word beside a symbol of 11 pixels stands that much further from its place.
        aside = 8 if "markers" in trace.mode else 0
        count = len(trace.text)
        at = [trace.textposition] * count if isinstance(trace.textposition, str) else None
        rows = zip(trace.text, trace.x, trace.y, at or trace.textposition, strict=False)
        for text, column, row, side in rows:
            # The estimate is of the widest letters; nine tenths of it hold the words all the same.
            w = text_size(re.sub("<.*?>", "", text), size=trace.textfont.size)[0] * 0.9
            x = margin.l + (column - left) / (right - left) * wide
            x += aside if side == "middle right" else -aside - w
            y = margin.t + (row - top) / (bottom - top) * tall
            yield x, y - 7, x + w, y + 7


def test_each_act_of_a_party_on_another_is_one_line(tmp_path):
    case = case_with(
        tmp_path,
        position("q1", "ann", to="bob", act="backs"),
        position("q2", "aland", to="bland", act="doubts"),
    )
    figure = relations(case)
    # Ann and Bob count as Aland and Bland.
    assert set(lines(figure)) == {"positions/p3", "positions/p4 positions/q1", "positions/q2"}
    left, right = sides(figure)
    assert [(end.name, end.number) for end in left] == [("Bland", 1), ("Aland", 3)]
    assert [(end.name, end.number) for end in right] == [("Aland", 1), ("Bland", 3)]


def test_a_line_runs_from_its_speaker_to_its_addressee(tmp_path):
    figure = relations(tiny(tmp_path))
    left, right = ({end.name: end.y for end in side} for side in sides(figure))
    line = lines(figure)["positions/p3"]
    mark = marks(figure)
    start, tip = (i for i, refs in enumerate(mark.customdata) if refs == "positions/p3")
    # The name of the speaker heads its rows.
    assert line.y[0] == mark.y[start] == left["Bland"] + 1
    assert mark.x[start] < line.x[0] < 0.05
    assert mark.text[start] == "urges"
    assert (line.x[-1], line.y[-1]) == (mark.x[tip], mark.y[tip])
    assert line.x[-1] > 0.9
    assert line.y[-1] == pytest.approx(right["Aland"])


@pytest.mark.parametrize("width", [700, 900, 1216])
def test_words_are_not_cut_and_do_not_overlap(width):
    figure = relations(load())
    drawn = list(boxes(figure, width))
    assert len(drawn) > 40
    for left, top, right, bottom in drawn:
        assert 0 <= left < right <= width
        assert 0 <= top < bottom <= figure.layout.height
    assert not overlaps(drawn)


def test_lines_stay_clear_of_words():
    figure = relations(load())
    first = min(min(line.x) for line in lines(figure).values())
    # The words stand left of their symbols and the names left of the lines.
    assert marks(figure).textposition == "middle left"
    assert first > max(marks(figure).x[: len(lines(figure))])


def test_width_tells_the_number_of_statements_and_the_words_say_it(tmp_path):
    more = [position(f"q{i}", "ann", to="bland", act="backs") for i in range(3)]
    figure = relations(case_with(tmp_path, *more))
    four = next(line for refs, line in lines(figure).items() if refs.startswith("positions/p4"))
    assert four.line.width == 4 * lines(figure)["positions/p3"].line.width
    assert "backs ×4" in marks(figure).text
    assert "urges" in marks(figure).text


def test_a_hundred_statements_do_not_make_a_line_thicker_than_its_row(tmp_path):
    more = [position(f"q{i}", "ann", to="bland", act="backs") for i in range(99)]
    widths = [line.line.width for line in lines(relations(case_with(tmp_path, *more))).values()]
    assert max(widths) < ROW / 2
    assert min(widths) >= 1


def test_each_act_has_its_own_words_dash_and_symbol(tmp_path):
    case = case_with(tmp_path, *(position(f"q-{act}", "ann", to="bob", act=act) for act in ACTS))
    figure = relations(case)
    mark = marks(figure)
    half = len(mark.x) // 2  # the other half are the tips of the lines
    starts = {
        refs: (text, symbol)
        for refs, text, symbol in zip(
            mark.customdata[:half], mark.text, mark.marker.symbol[:half], strict=True
        )
    }
    for trait in ("words", "dash", "symbol"):
        assert len({getattr(act, trait) for act in ACTS.values()}) == len(ACTS)
    for name, act in ACTS.items():
        refs = "positions/p4 positions/q-backs" if name == "backs" else f"positions/q-{name}"
        assert starts[refs][0].split(" ×")[0] == act.words
        assert starts[refs][1] == act.symbol
        assert lines(figure)[refs].line.dash == act.dash


def test_every_mark_carries_the_refs_of_its_rows_and_says_them(tmp_path):
    figure = relations(tiny(tmp_path))
    mark = marks(figure)
    assert list(mark.customdata) == ["positions/p3", "positions/p4"] * 2
    assert mark.hoverinfo == "text"
    assert mark.hovertext[0].split("<br>") == [
        "<b>Bland urges Aland: 1 statement</b>",
        "Held by Bob Birch",
        "• Birch asks Aland to drop the plan.",
    ]
    ends = bars(figure)
    assert list(ends.customdata) == ["positions/p3", "positions/p4"] * 2
    assert list(ends.hovertext) == [
        "<b>Bland speaks of others in 1 statement</b>",
        "<b>Aland speaks of others in 1 statement</b>",
        "<b>Aland is spoken of in 1 statement</b>",
        "<b>Bland is spoken of in 1 statement</b>",
    ]
    assert [base < 0.5 for base in ends.base] == [True, True, False, False]


def test_the_tooltip_names_the_person_spoken_of(tmp_path):
    case = case_with(tmp_path, position("q1", "aland", to="bob", act="doubts"))
    mark = marks(relations(case))
    hover = dict(zip(mark.customdata, mark.hovertext, strict=True))["positions/q1"]
    assert "About Bob Birch" in hover
    assert "Held by" not in hover


def test_lines_have_the_colour_of_their_speaker(tmp_path):
    figure = relations(tiny(tmp_path))
    assert lines(figure)["positions/p3"].line.color == "#b8860b"
    assert lines(figure)["positions/p4"].line.color == "#8c6bb1"
    assert bars(figure).marker.color == ("#b8860b", "#8c6bb1", "#8c6bb1", "#b8860b")


def test_a_bar_is_as_long_as_its_lines_need(tmp_path):
    more = [position(f"q-{act}", "ann", to="bob", act=act) for act in ACTS]
    figure = relations(case_with(tmp_path, *more))
    drawn = bars(figure)
    starts = [line.y[0] for refs, line in lines(figure).items() if refs != "positions/p3"]
    at = drawn.hovertext.index("<b>Aland speaks of others in 7 statements</b>")
    assert drawn.y[at] - drawn.width[at] / 2 < min(starts)
    assert drawn.y[at] + drawn.width[at] / 2 > max(starts)
    assert drawn.width[at] < len(starts)


def test_a_joint_statement_counts_for_each_of_its_holders(tmp_path):
    case = case_with(
        tmp_path,
        position("q1", "aland", to="paper", act="accuses"),
        position("q2", "bland", to="paper", act="accuses"),
    )
    assert {"positions/q1", "positions/q2"} <= set(lines(relations(case)))


def test_the_order_of_both_sides_keeps_lines_from_crossing(tmp_path):
    actors = TABLES["actors"] + "".join(f"{x},{x},{x},state,,,,#123456\n" for x in "cdefgh")
    # As the rows stand, each line crosses each other.
    case = tiny(
        tmp_path,
        actors=actors,
        positions=HEADER
        + "".join(
            position(f"q{i}", a, to=b, act="backs")
            for i, (a, b) in enumerate(["cf", "dg", "eh", "ch", "df", "cf"])
        ),
    )
    figure = relations(case)
    drawn = [(line.y[0], line.y[-1]) for line in lines(figure).values()]
    crossings = sum((a - c) * (b - d) < 0 for i, (a, b) in enumerate(drawn) for c, d in drawn[:i])
    assert crossings == 0


def test_rows_and_names_never_share_a_line(tmp_path):
    figure = relations(crowd(tmp_path))
    mark = marks(figure)
    rows = sorted(mark.y[: len(mark.y) // 2])
    assert min(b - a for a, b in pairwise(rows)) > 0.99
    left, right = sides(figure)
    # The names at the left have rows of their own.
    assert min(b - a for a, b in pairwise(sorted([*rows, *(end.y for end in left)]))) > 0.99
    assert min(b.y - a.y for a, b in pairwise(right)) >= 0.7
    assert figure.layout.height >= ROW * len(rows)


def test_names_at_the_right_are_at_least_a_row_apart(tmp_path):
    # One line each, and the rows of one speaker: as close as they can come.
    case = case_with(
        tmp_path,
        position("q1", "ann", to="paper", act="accuses"),
        position("q2", "ann", to="aland", act="doubts"),
    )
    rows = case.positions
    _, right = sides(relations(case.replace(positions=rows[rows["holder"] == "ann"])))
    assert len(right) == 3
    assert min(b.y - a.y for a, b in pairwise(right)) > 0.99
    assert -0.6 < right[0].y < right[-1].y < 2.6


def test_all_of_many_statements_are_drawn(tmp_path):
    case = crowd(tmp_path)
    for narrow in (False, True):
        figure = relations(case, narrow=narrow)
        refs = lines(figure) if not narrow else figure.data[0].customdata
        assert len(" ".join(refs).split(" ")) == 500


def test_on_a_phone_it_is_bars_under_each_speaker(tmp_path):
    case = case_with(tmp_path, position("q1", "ann", to="bob", act="backs"))
    figure = relations(case, narrow=True)
    (bars,) = figure.data
    labels = dict(zip(figure.layout.yaxis.tickvals, figure.layout.yaxis.ticktext, strict=True))
    assert list(labels.values()) == ["<b>Bland</b>", "urges Aland", "<b>Aland</b>", "backs Bland"]
    assert [labels[y] for y in bars.y] == ["urges Aland", "backs Bland"]
    assert list(bars.x) == [1, 2]
    assert list(bars.customdata) == ["positions/p3", "positions/p4 positions/q1"]
    assert list(bars.marker.color) == ["#b8860b", "#8c6bb1"]


def test_on_a_phone_labels_have_room_beside_the_bars():
    layout = relations(load(), narrow=True).layout
    widths = (
        text_size(re.sub("<.*?>", "", label), size=layout.font.size or 13)[0]
        for label in layout.yaxis.ticktext
    )
    assert max(widths) < layout.margin.l < 358 / 2


def test_positions_without_addressee_or_act_are_left_out(tmp_path):
    case = case_with(
        tmp_path, position("q1", "ann", to="bob", act=""), position("q2", "ann", to="", act="backs")
    )
    assert set(lines(relations(case))) == {"positions/p3", "positions/p4"}
    assert list(table(case).index) == ["positions/p3", "positions/p4"]


def test_nothing_left_is_said_in_a_sentence(tmp_path):
    case = tiny(tmp_path)
    empty = case.replace(positions=case.positions[case.positions["act"].isna()])
    for narrow in (False, True):
        figure = relations(empty, narrow=narrow)
        assert not figure.data
        assert figure.layout.annotations[0].text.replace("<br>", " ") == describe(empty)
    assert describe(empty) == "There is no statement of one party about another to show."
    assert table(empty).empty


@pytest.mark.parametrize("narrow", [False, True])
def test_a_single_statement_is_drawn(tmp_path, narrow):
    case = tiny(tmp_path)
    one = case.replace(positions=case.positions[case.positions["id"] == "p3"])
    traces = relations(one, narrow=narrow).data
    refs = [ref for trace in traces for ref in trace.customdata or ()]
    assert set(refs) == {"positions/p3"}
    assert describe(one) == "1 statement by 1 party about 1 party."


@pytest.mark.parametrize("narrow", [False, True])
def test_markup_in_the_tables_shows_as_characters(tmp_path, narrow):
    case = tiny(
        tmp_path,
        actors=TABLES["actors"]
        .replace("Aland,Aland", f"{MARKUP},<i>A</i>")
        .replace("Bob Birch", MARKUP),
        positions=TABLES["positions"].replace("Birch asks Aland to drop the plan.", MARKUP),
    )
    text = str(relations(case, narrow=narrow).to_dict())
    for markup in ("<script", "<b>x", "<i>"):
        assert markup not in text
    for shown in ("&lt;script", "&lt;b&gt;x", "&lt;i&gt;A"):
        assert shown in text


def test_words_say_who_speaks_of_whom_most_who_accuses_and_who_waits(tmp_path):
    case = case_with(
        tmp_path,
        position("q1", "ann", to="bob", act="accuses"),
        position("q2", "aland", to="paper", act="accuses"),
        position("q3", "bland", to="aland", act="awaits"),
        position("q4", "aland", to="bland", act="backs"),
    )
    assert describe(case) == (
        "6 statements by 2 parties about 3 parties. Most come from Aland (4). "
        "Most are about Bland (3). Aland accuses Bland and The Paper. Bland waits for Aland."
    )


def test_words_name_only_some_of_many_who_accuse(tmp_path):
    case = crowd(tmp_path)
    rows = case.positions
    accused = describe(case.replace(positions=rows.assign(act="accuses")))
    assert "; and 15 others do so too." in accused


def test_the_table_has_a_row_for_each_statement(tmp_path):
    shown = table(tiny(tmp_path))
    assert list(shown.loc["positions/p3"].items()) == [
        ("Who", "Bob Birch"),
        ("Does what", "urges"),
        ("To whom", "Aland"),
        ("Statement", "Birch asks Aland to drop the plan."),
        ("How", "quoted directly"),
        ("Date", "21 March 2023"),
        ("Source", "The Paper, “Two leaders meet”, 22 March 2023"),
    ]
