"""Who stands where: the matrix of holders and issues."""

from itertools import pairwise
from types import SimpleNamespace

import pytest

from crowd import MARKUP, case_with, crowd, position
from geodash import theme
from geodash.case import load
from geodash.charts.grids import SIDE_BY_SIDE
from geodash.charts.matrix import SORTS, describe, stance_matrix, table
from geodash.charts.squares import ROW
from geodash.geo.labels import text_size
from rectangles import overlaps
from tiny import TABLES, tiny


def trace(figure, name):
    """Give a trace by its name."""
    return next(trace for trace in figure.data if trace.name == name)


def squares(figure):
    """Give the squares by their refs: what is drawn, by Plotly's names."""
    drawn = trace(figure, "squares")
    columns = {
        "x": drawn.x,
        "y": drawn.y,
        "text": drawn.text,
        "hover": drawn.hovertext,
        "colour": drawn.marker.color,
        "border": drawn.marker.line.width,
        "ink": drawn.textfont.color,
    }
    rows = zip(*columns.values(), strict=True)
    return {
        refs: SimpleNamespace(**dict(zip(columns, row, strict=True)))
        for refs, row in zip(drawn.customdata, rows, strict=True)
    }


def words(figure):
    """Give the lines of words: text, place, side, size and weight."""
    drawn = trace(figure, "words")
    font = drawn.textfont
    columns = (drawn.text, drawn.x, drawn.y, drawn.textposition, font.size, font.weight)
    fields = ("text", "x", "y", "side", "size", "weight")
    return [
        SimpleNamespace(**dict(zip(fields, row, strict=True))) for row in zip(*columns, strict=True)
    ]


def heads(figure):
    """Give the names over the columns by their places, their lines joined."""
    lines = {}
    for word in sorted(words(figure), key=lambda word: word.y):
        if word.side == "middle center":
            lines.setdefault(word.x, []).append(word.text)
    return {x: " ".join(part) for x, part in lines.items()}


def holders(figure):
    """Give the words at the left of the rows, from the top."""
    beside = [word for word in words(figure) if word.side == "middle left" and word.y > -0.5]
    return sorted(beside, key=lambda word: word.y)


def names(figure):
    return [word.text for word in holders(figure)]


def key(figure):
    """Give the squares of the key with the words nearest below or right of each."""
    drawn = trace(figure, "key")
    known = []
    for symbol, colour, x, y in zip(drawn.text, drawn.marker.color, drawn.x, drawn.y, strict=True):
        own = [
            word.text
            for word in sorted(words(figure), key=lambda word: word.y)
            if 0 <= word.x - x < 0.5 and 0 <= word.y - y < 1.2
        ]
        known.append((symbol, colour, " ".join(own)))
    return known


def boxes(figure, width):
    """Give the rectangle of each line of words, in pixels of a figure of a width."""
    layout = figure.layout
    margin, (left, right), (bottom, top) = layout.margin, layout.xaxis.range, layout.yaxis.range
    wide, tall = width - margin.l - margin.r, layout.height - margin.t - margin.b
    for word in words(figure):
        # The estimate is of the widest letters; nine tenths of it hold the words all the same.
        w, h = text_size(word.text, size=word.size)[0] * 0.9, word.size
        x = margin.l + (word.x - left) / (right - left) * wide
        y = margin.t + (word.y - top) / (bottom - top) * tall
        x -= {"left": w, "center": w / 2, "right": 0}[word.side.split()[1]]
        yield x, y - h / 2, x + w, y + h / 2


def test_each_holder_has_a_square_for_each_issue_on_which_it_takes_a_stand(tmp_path):
    figure = stance_matrix(tiny(tmp_path))
    rows, columns = {word.y: word for word in holders(figure)}, heads(figure)
    assert {
        refs: (rows[square.y].text, rows[square.y].weight, columns[square.x])
        for refs, square in squares(figure).items()
    } == {
        "positions/p1": ("Aland", "bold", "The pipeline"),
        "positions/p2": ("Bland", "bold", "The pipeline"),
        "positions/p3": ("Birch", "normal", "Peace plan"),
        "positions/p4": ("Aster", "normal", "Peace plan"),
    }


@pytest.mark.parametrize("width", [700, 900, 1216])
@pytest.mark.parametrize("sort", SORTS)
def test_words_are_not_cut_and_do_not_overlap(width, sort):
    figure = stance_matrix(load(), sort=sort)
    drawn = list(boxes(figure, width))
    assert len(drawn) > 30
    for left, top, right, bottom in drawn:
        assert 0 <= left < right <= width
        assert 0 <= top < bottom <= figure.layout.height
    assert not overlaps(drawn)


@pytest.mark.parametrize("narrow", [False, True])
def test_only_scatters_and_bars_are_drawn(tmp_path, narrow):
    figure = stance_matrix(tiny(tmp_path), narrow=narrow)
    assert {trace.type for trace in figure.data} <= {"scatter", "bar"}


def test_a_square_has_the_colour_and_the_symbol_of_its_mean_stance(tmp_path):
    case = case_with(tmp_path, position("q1", "ann", "line", -1), position("q2", "bob", "line", 0))
    figure = stance_matrix(case)
    assert trace(figure, "squares").marker.symbol == "square"
    for refs, stance in {
        "positions/p1": 2,
        "positions/p3": -2,
        "positions/p4": 1,
        "positions/q1": -1,
        "positions/q2": 0,
    }.items():
        square = squares(figure)[refs]
        assert square.colour == theme.STANCE_COLOURS[stance]
        assert square.text == theme.STANCE_SYMBOLS[stance]


def test_strong_colours_carry_light_symbols(tmp_path):
    found = squares(stance_matrix(tiny(tmp_path)))
    assert found["positions/p1"].ink == theme.PAPER
    assert found["positions/p4"].ink == theme.INK


def test_several_statements_show_their_number_and_their_mean(tmp_path):
    case = case_with(tmp_path, position("q1", "ann", "peace", 2))
    square = squares(stance_matrix(case))["positions/p4 positions/q1"]
    assert square.colour == theme.STANCE_COLOURS[2]
    assert square.text.endswith("▲▲</span><br>2")


def test_no_stance_is_hollow_and_neutral_is_not_and_no_statement_is_a_dot(tmp_path):
    case = case_with(tmp_path, position("q1", "ann", "line", ""), position("q2", "bob", "line", 0))
    figure = stance_matrix(case)
    found = squares(figure)
    hollow, neutral = found["positions/q1"], found["positions/q2"]
    assert (hollow.colour, hollow.border, hollow.text) == (theme.PAPER, 1.5, "1")
    assert (neutral.colour, neutral.border, neutral.text) == (theme.STANCE_COLOURS[0], 0, "●")
    (dots,) = figure.layout.shapes
    starts = [dot.partition("V")[0].split(",") for dot in dots.path.removeprefix("M").split("M")]
    # Two of the eight places of four holders and two issues are without a statement.
    taken = {(square.x, square.y) for square in found.values()}
    rows = {word.y for word in holders(figure)}
    free = {(x, y) for x in (0, 1) for y in rows} - taken
    assert len(free) == 2
    assert sorted(free) == [(int(x), pytest.approx(float(y), abs=0.1)) for x, y in sorted(starts)]


def test_statements_on_both_sides_do_not_pass_for_a_neutral_one(tmp_path):
    case = case_with(tmp_path, position("q1", "ann", "peace", -1))
    figure = stance_matrix(case)
    square = squares(figure)["positions/p4 positions/q1"]
    assert "▼▲" in square.text
    assert "mixed" in {word.text for word in words(figure)}
    assert "Stances differ, from −1 to +1; mean 0: takes no side" in square.hover


@pytest.mark.parametrize("narrow", [False, True])
def test_the_key_gives_the_whole_scale_and_only_what_else_occurs(tmp_path, narrow):
    scale = ["−2", "−1", "0", "+1", "+2"]
    figure = stance_matrix(tiny(tmp_path), narrow=narrow)
    assert key(figure) == [
        (theme.STANCE_SYMBOLS[stance], theme.STANCE_COLOURS[stance], words_)
        for stance, words_ in zip(range(-2, 3), scale, strict=True)
    ]
    drawn = trace(figure, "key")
    assert (drawn.hoverinfo, drawn.customdata) == ("skip", None)
    # Above all squares.
    assert max(drawn.y) < min(square.y for square in squares(figure).values()) - 0.5
    case = case_with(tmp_path, position("q1", "paper", "line", ""))
    assert key(stance_matrix(case, narrow=narrow))[-1] == ("", theme.PAPER, "no stance")


def test_a_party_stands_above_its_persons_joined_by_a_stripe(tmp_path):
    figure = stance_matrix(tiny(tmp_path))
    assert names(figure) == ["Aland", "Aster", "Bland", "Birch"]
    places = [word.y for word in holders(figure)]
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
    assert names(figure) == ["Aland", "Bland", "Aster", "Aland", "Birch", "Bland"]
    person, party = holders(figure)[-2:]
    assert person.size > party.size
    assert party.y - person.y < 0.5
    assert (person.y + party.y) / 2 == squares(figure)["positions/p3"].y


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("country", ["Aland", "Aster", "Bland", "Birch"]),
        ("statements", ["Birch", "Bland", "Aland", "Aster", "Bland"]),
        ("stance", ["Aland", "Bland", "Aster", "Aland", "Birch", "Bland"]),
    ],
)
def test_holders_can_be_sorted(tmp_path, sort, order):
    case = case_with(tmp_path, position("q1", "bob", "line", ""))
    assert sort in SORTS
    assert names(stance_matrix(case, sort=sort)) == order


def test_holders_without_a_stance_come_last_by_stance(tmp_path):
    case = case_with(tmp_path, position("q1", "paper", "line", ""))
    assert names(stance_matrix(case, sort="stance"))[-1] == "The Paper"


def test_an_unknown_order_is_refused_with_the_known_ones(tmp_path):
    with pytest.raises(ValueError, match="country, statements, stance; found “size”"):
        stance_matrix(tiny(tmp_path), sort="size")


def test_the_tooltip_says_who_what_was_asked_and_what_was_answered(tmp_path):
    figure = stance_matrix(tiny(tmp_path))
    assert trace(figure, "squares").hoverinfo == "text"
    assert squares(figure)["positions/p3"].hover.split("<br>") == [
        "<b>Bob Birch (Bland): Peace plan</b>",
        "Should the plan be the basis of peace?",
        "Stance −2: rejects it",
        "• Birch asks Aland to drop the plan.",
    ]


def test_the_tooltip_gives_three_statements_and_counts_the_rest(tmp_path):
    more = [position(f"q{i}", "ann", "peace", 1, f"Statement {i}.") for i in range(4)]
    found = squares(stance_matrix(case_with(tmp_path, *more)))
    (lines,) = (
        square.hover.split("<br>")
        for refs, square in found.items()
        if refs.startswith("positions/p4")
    )
    assert lines[2] == "Stance +1: towards “backs it”"
    assert lines[-2:] == ["• Statement 1.", "and 2 more"]


def test_on_a_phone_parties_stand_beside_the_issues(tmp_path):
    figure = stance_matrix(tiny(tmp_path), narrow=True)
    rows = {word.y: word.text for word in holders(figure)}
    columns = {note.x: note.text for note in figure.layout.annotations if note.textangle == -90}
    assert {
        refs: (rows[square.y], columns[square.x]) for refs, square in squares(figure).items()
    } == {
        "positions/p1": ("The pipeline", "Aland"),
        "positions/p4": ("Peace plan", "Aland"),
        "positions/p2": ("The pipeline", "Bland"),
        "positions/p3": ("Peace plan", "Bland"),
    }


def test_on_a_phone_words_are_not_cut():
    figure = stance_matrix(load(), narrow=True)
    for left, top, right, bottom in boxes(figure, 358):
        assert 0 <= left < right <= 358
        assert 0 <= top < bottom <= figure.layout.height


def test_on_a_phone_many_parties_go_into_blocks(tmp_path):
    figure = stance_matrix(crowd(tmp_path), narrow=True)
    upright = [note for note in figure.layout.annotations if note.textangle == -90]
    assert len(upright) == 20
    assert max(note.x for note in upright) == SIDE_BY_SIDE - 1
    # Three blocks of two issues, and the key.
    assert names(figure) == ["Stance", *["Peace plan", "The pipeline"] * 3]
    refs = " ".join(squares(figure)).split(" ")
    assert sorted(refs) == sorted(f"positions/q{k}" for k in range(500))


@pytest.mark.parametrize("sort", SORTS)
def test_many_holders_make_it_taller_and_not_tighter(tmp_path, sort):
    figure = stance_matrix(crowd(tmp_path), sort=sort)
    places = sorted({square.y for square in squares(figure).values()})
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
