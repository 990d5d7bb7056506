"""Who stands where: the matrix of holders and issues."""

from itertools import pairwise

import pytest

from crowd import MARKUP, case_with, crowd, position
from geodash import theme
from geodash.charts.matrix import SORTS, describe, stance_matrix, table
from geodash.charts.squares import ROW, SIDE_BY_SIDE
from tiny import TABLES, tiny


def squares(figure):
    """Give the squares by their refs: trace, text, column and row."""
    return {
        refs: (trace, trace.text[i], trace.x[i], trace.y[i])
        for trace in figure.data
        if trace.type == "scatter"
        for i, refs in enumerate(trace.customdata or ())
    }


def labels(axis):
    """Give the labels of an axis by their places."""
    return dict(zip(axis.tickvals, axis.ticktext, strict=True))


def holders(figure):
    """Give the names of the rows from the top, without markup."""
    return [
        label.split("<br>")[0].removeprefix("<b>").removesuffix("</b>")
        for label in figure.layout.yaxis.ticktext
    ]


def test_each_holder_has_a_square_for_each_issue_on_which_it_takes_a_stand(tmp_path):
    figure = stance_matrix(tiny(tmp_path))
    rows, columns = labels(figure.layout.yaxis), labels(figure.layout.xaxis)
    assert {refs: (rows[y], columns[x]) for refs, (_, _, x, y) in squares(figure).items()} == {
        "positions/p1": ("<b>Aland</b>", "The<br>pipeline"),
        "positions/p2": ("<b>Bland</b>", "The<br>pipeline"),
        "positions/p3": ("Birch", "Peace plan"),
        "positions/p4": ("Aster", "Peace plan"),
    }


@pytest.mark.parametrize("narrow", [False, True])
def test_only_cartesian_traces_are_drawn(tmp_path, narrow):
    figure = stance_matrix(tiny(tmp_path), narrow=narrow)
    assert {trace.type for trace in figure.data} <= {"scatter", "bar"}


def test_a_square_has_the_colour_and_the_symbol_of_its_mean_stance(tmp_path):
    case = case_with(tmp_path, position("q1", "ann", "line", -1), position("q2", "bob", "line", 0))
    found = squares(stance_matrix(case))
    for refs, stance in {
        "positions/p1": 2,
        "positions/p3": -2,
        "positions/p4": 1,
        "positions/q1": -1,
        "positions/q2": 0,
    }.items():
        trace, text, _, _ = found[refs]
        assert trace.marker.symbol == "square"
        assert trace.marker.color == theme.STANCE_COLOURS[stance]
        assert text == theme.STANCE_SYMBOLS[stance]


def test_strong_colours_carry_light_symbols(tmp_path):
    found = squares(stance_matrix(tiny(tmp_path)))
    assert found["positions/p1"][0].textfont.color == theme.PAPER
    assert found["positions/p4"][0].textfont.color == theme.INK


def test_several_statements_show_their_number_and_their_mean(tmp_path):
    case = case_with(tmp_path, position("q1", "ann", "peace", 2))
    trace, text, _, _ = squares(stance_matrix(case))["positions/p4 positions/q1"]
    assert trace.marker.color == theme.STANCE_COLOURS[2]
    assert text.endswith("▲▲</span><br>2")


def test_no_stance_is_hollow_and_neutral_is_not_and_no_statement_is_a_dot(tmp_path):
    case = case_with(tmp_path, position("q1", "ann", "line", ""), position("q2", "bob", "line", 0))
    figure = stance_matrix(case)
    found = squares(figure)
    hollow, text, _, _ = found["positions/q1"]
    assert (hollow.marker.color, hollow.marker.line.width, text) == (theme.PAPER, 1.5, "1")
    neutral, text, _, _ = found["positions/q2"]
    assert (neutral.marker.color, text) == (theme.STANCE_COLOURS[0], "●")
    dots = figure.data[0]
    # Two of the eight places of four holders and two issues are without a statement.
    assert (len(dots.x), dots.marker.size, dots.customdata) == (2, 3, None)


def test_statements_on_both_sides_do_not_pass_for_a_neutral_one(tmp_path):
    case = case_with(tmp_path, position("q1", "ann", "peace", -1))
    trace, text, x, y = squares(stance_matrix(case))["positions/p4 positions/q1"]
    assert "▼▲" in text
    assert "mixed" in trace.name
    hover = trace.hovertext[list(zip(trace.x, trace.y, strict=True)).index((x, y))]
    assert "Stances differ, from −1 to +1; mean 0: takes no side" in hover


def test_the_key_gives_the_whole_scale_and_only_what_else_occurs(tmp_path):
    figure = stance_matrix(tiny(tmp_path))
    key = [trace.name for trace in figure.data if trace.showlegend is not False]
    assert figure.layout.showlegend
    assert key == ["▼▼ −2", "▼ −1", "● 0", "▲ +1", "▲▲ +2"]
    # Plotly leaves a trace without points out of its key.
    assert all(len(trace.x) for trace in figure.data)
    case = case_with(tmp_path, position("q1", "ann", "line", ""))
    assert stance_matrix(case).data[-2].name == "no stance"


def test_a_party_stands_above_its_persons_joined_by_a_stripe(tmp_path):
    figure = stance_matrix(tiny(tmp_path))
    assert holders(figure) == ["Aland", "Aster", "Bland", "Birch"]
    places = figure.layout.yaxis.tickvals
    stripes = figure.data[-1]
    assert stripes.type == "bar"
    assert list(stripes.marker.color) == ["#8c6bb1", "#b8860b"]
    assert list(stripes.y) == [(places[0] + places[1]) / 2, (places[2] + places[3]) / 2]
    assert list(stripes.width) == pytest.approx([1.8, 1.8])
    assert list(stripes.customdata) == ["positions/p1 positions/p4", "positions/p2 positions/p3"]
    # More space between parties than inside one.
    assert places[2] - places[1] > places[1] - places[0]


def test_a_person_without_its_party_above_is_named_with_it(tmp_path):
    figure = stance_matrix(tiny(tmp_path), sort="stance")
    assert figure.layout.yaxis.ticktext[0] == "<b>Aland</b>"
    last = figure.layout.yaxis.ticktext[-1]
    assert last.startswith("Birch<br>")
    assert last.endswith(">Bland</span>")


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("country", ["Aland", "Aster", "Bland", "Birch"]),
        ("statements", ["Birch", "Aland", "Aster", "Bland"]),
        ("stance", ["Aland", "Bland", "Aster", "Birch"]),
    ],
)
def test_holders_can_be_sorted(tmp_path, sort, order):
    case = case_with(tmp_path, position("q1", "bob", "line", ""))
    assert sort in SORTS
    assert holders(stance_matrix(case, sort=sort)) == order


def test_holders_without_a_stance_come_last_by_stance(tmp_path):
    case = case_with(tmp_path, position("q1", "paper", "line", ""))
    assert holders(stance_matrix(case, sort="stance"))[-1] == "The Paper"


def test_an_unknown_order_is_refused_with_the_known_ones(tmp_path):
    with pytest.raises(ValueError, match="country, statements, stance; found “size”"):
        stance_matrix(tiny(tmp_path), sort="size")


def test_the_tooltip_says_who_what_was_asked_and_what_was_answered(tmp_path):
    trace, _, _, _ = squares(stance_matrix(tiny(tmp_path)))["positions/p3"]
    assert trace.hoverinfo == "text"
    assert trace.hovertext[0].split("<br>") == [
        "<b>Bob Birch (Bland): Peace plan</b>",
        "Should the plan be the basis of peace?",
        "Stance −2: rejects it",
        "• Birch asks Aland to drop the plan.",
    ]


def test_the_tooltip_gives_three_statements_and_counts_the_rest(tmp_path):
    more = [position(f"q{i}", "ann", "peace", 1, f"Statement {i}.") for i in range(4)]
    trace = next(
        trace
        for refs, (trace, _, _, _) in squares(stance_matrix(case_with(tmp_path, *more))).items()
        if refs.startswith("positions/p4")
    )
    lines = trace.hovertext[0].split("<br>")
    assert lines[2] == "Stance +1: towards “backs it”"
    assert lines[-2:] == ["• Statement 1.", "and 2 more"]


def test_on_a_phone_parties_stand_beside_the_issues(tmp_path):
    figure = stance_matrix(tiny(tmp_path), narrow=True)
    rows = labels(figure.layout.yaxis)
    columns = {note.x: note.text for note in figure.layout.annotations if note.textangle == -90}
    assert {refs: (rows[y], columns[x]) for refs, (_, _, x, y) in squares(figure).items()} == {
        "positions/p1": ("The pipeline", "Aland"),
        "positions/p4": ("Peace plan", "Aland"),
        "positions/p2": ("The pipeline", "Bland"),
        "positions/p3": ("Peace plan", "Bland"),
    }


def test_on_a_phone_the_key_is_a_row_of_squares(tmp_path):
    figure = stance_matrix(tiny(tmp_path), narrow=True)
    key = [trace for trace in figure.data[1:] if trace.customdata is None]
    assert [trace.text[0] for trace in key] == ["▼▼", "▼", "●", "▲", "▲▲"]
    words = [note.text for note in figure.layout.annotations if not note.textangle]
    assert words == ["−2", "−1", "0", "+1", "+2"]
    assert {trace.hoverinfo for trace in key} == {"skip"}


def test_on_a_phone_many_parties_go_into_blocks(tmp_path):
    figure = stance_matrix(crowd(tmp_path), narrow=True)
    names = [note for note in figure.layout.annotations if note.textangle == -90]
    assert len(names) == 20
    assert max(note.x for note in names) == SIDE_BY_SIDE - 1
    # Three blocks of two issues, and the key.
    assert len(figure.layout.yaxis.tickvals) == 3 * 2 + 1
    refs = " ".join(squares(figure)).split(" ")
    assert sorted(refs) == sorted(f"positions/q{k}" for k in range(500))


@pytest.mark.parametrize("sort", SORTS)
def test_many_holders_make_it_taller_and_not_tighter(tmp_path, sort):
    figure = stance_matrix(crowd(tmp_path), sort=sort)
    places = figure.layout.yaxis.tickvals
    assert len(places) == 60
    assert figure.layout.height >= ROW * (max(places) + 1)
    assert min(b - a for a, b in pairwise(places)) > 0.99
    assert len(" ".join(squares(figure)).split(" ")) == 500


def test_a_single_holder_is_drawn_at_the_left(tmp_path):
    header = TABLES["positions"].splitlines()[0] + "\n"
    case = tiny(tmp_path, positions=header + position("q1", "ann", "line", 1))
    figure = stance_matrix(case)
    assert list(squares(figure)) == ["positions/q1"]
    assert figure.layout.xaxis.range[1] > 5
    assert list(squares(stance_matrix(case, narrow=True))) == ["positions/q1"]
    assert describe(case) == "1 position of 1 holder on 1 issue."


def test_nothing_left_is_said_in_a_sentence(tmp_path):
    case = tiny(tmp_path)
    empty = case.replace(positions=case.positions[case.positions["issue"].isna()])
    for narrow in (False, True):
        figure = stance_matrix(empty, narrow=narrow)
        assert not figure.data
        assert figure.layout.annotations[0].text.replace("<br>", " ") == describe(empty)
    assert describe(empty) == "There is no position on an issue to show."
    assert table(empty).empty


@pytest.mark.parametrize("narrow", [False, True])
def test_markup_in_the_tables_shows_as_characters(tmp_path, narrow):
    case = tiny(
        tmp_path,
        actors=TABLES["actors"]
        .replace("Aland,Aland", f"{MARKUP},<i>A</i>")
        .replace("Ann Aster,Aster", f"{MARKUP},<i>B</i>"),
        issues=TABLES["issues"].replace("Peace plan", "<i>P</i>").replace("Should", MARKUP),
        positions=TABLES["positions"].replace("Aster finds the plan useful.", MARKUP),
    )
    text = str(stance_matrix(case, narrow=narrow).to_dict())
    for markup in ("<script", "<b>x", "<i>"):
        assert markup not in text
    for shown in ("&lt;script", "&lt;b&gt;x", "&lt;i&gt;A", "&lt;i&gt;P"):
        assert shown in text


def test_words_say_how_many_who_stands_apart_and_who_says_most(tmp_path):
    case = case_with(tmp_path, position("q1", "bob", "line", ""))
    assert describe(case) == (
        "5 positions of 4 holders on 2 issues. The parties stand furthest apart on “Peace plan”: "
        "Bland at −2 and Aland at +1, where −2 is “rejects it” and +2 “backs it”. "
        "Most come from Birch (2)."
    )


def test_words_name_every_issue_on_which_parties_are_furthest_apart(tmp_path):
    case = case_with(
        tmp_path, position("q1", "paper", "line", -2), position("q2", "paper", "peace", 2)
    )
    assert "furthest apart on “The pipeline” and “Peace plan”. On “The pipeline”, " in describe(
        case
    )


def test_words_are_silent_on_distance_where_all_agree(tmp_path):
    case = tiny(tmp_path)
    agreed = case.replace(positions=case.positions[case.positions["issue"] == "line"])
    assert describe(agreed) == "2 positions of 2 holders on 1 issue."


def test_the_table_has_a_row_for_each_position_on_an_issue(tmp_path):
    case = case_with(tmp_path, position("q1", "ann", "line", ""))
    shown = table(case)
    assert list(shown.index) == [f"positions/{id_}" for id_ in ("p1", "p2", "p3", "p4", "q1")]
    assert list(shown.loc["positions/p4"].items()) == [
        ("Holder", "Ann Aster"),
        ("Issue", "Peace plan"),
        ("Stance", "+1: towards “backs it”"),
        ("Statement", "Aster finds the plan useful."),
        ("How", "reported speech"),
        ("Date", "February 2023"),
        ("Source", "The Paper, “Two leaders meet”, 22 March 2023"),
    ]
    assert shown.loc["positions/q1", "Stance"] == "not stated"
