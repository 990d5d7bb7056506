"""How big the pipelines are, in words and as a table."""

from gas import capacity, delivered, line, with_lines
from geodash.charts.capacitywords import describe, note, table
from geodash.units import in_unit
from tiny import tiny


def test_the_words_compare_the_planned_line_with_the_widest_line_to_each_destination(tmp_path):
    lines = (
        line("twin", "RUS DEU", "mothballed")
        + line("nord", "RUS DEU", "mothballed")
        + line("small", "RUS DEU")
        + line("same", "RUS TUR")
    )
    rows = [
        capacity("g0", "twin", 55),  # as wide as the next one, which has deliveries to tell
        capacity("g1", "nord", 55),
        capacity("g2", "small", 10),
        capacity("g3", "same", 51),
        delivered("g4", "nord", 2021, 59.2, scope=""),
    ]
    text = describe(with_lines(tmp_path, *rows, lines=lines))
    assert text.startswith("The 50 bcm/yr of The line, planned, are about 91% of the 55 bcm/yr of ")
    assert "Line nord, stopped (mothballed), which delivered 59.2 bcm in 2021;" in text
    assert "about the same as the 51 bcm/yr of Line same, working" in text
    assert (
        "about 1.3 times the 38 bcm/yr of The old line, working, which delivered 15.5 bcm in 2022 "
        "(to Cland)"
    ) in text
    assert "Line small" not in text
    assert "Line twin" not in text


def test_the_words_name_disagreements_and_whose_claim_a_claim_is(tmp_path):
    text = describe(with_lines(tmp_path, capacity("g1", "line", 80, "planned")))
    assert "Sources differ on The line (50 or 80 bcm/yr)." in text
    assert text.endswith("Ann Aster claims 55 bcm/yr for The line.")


def test_without_a_planned_line_the_words_give_the_range(tmp_path):
    case = with_lines(tmp_path, capacity("g1", "new", 9), lines=line("new", "AAA BBB"))
    built = case.replace(figures=case.figures[case.figures["id"].isin(["f3", "g1"])])
    assert describe(built) == "2 gas pipelines of 9 to 38 bcm/yr."
    one = case.replace(figures=case.figures[case.figures["id"] == "f3"])
    assert describe(one) == "1 gas pipeline of 38 bcm/yr."


def test_a_planned_line_alone_is_compared_with_none(tmp_path):
    case = tiny(tmp_path)
    alone = case.replace(figures=case.figures[case.figures["id"] == "f1"])
    assert describe(alone) == (
        "The 50 bcm/yr of The line, planned, are shown without a line to compare with."
    )


def test_the_note_says_of_which_day_the_statuses_are_and_what_deliveries_include(tmp_path):
    assert note(tiny(tmp_path)) == (
        "Status of the lines on 21 March 2023. What the deliveries include: The old line: to Cland."
    )


def test_the_table_gives_every_figure_with_unit_status_and_source(tmp_path):
    rows = table(tiny(tmp_path))
    assert list(rows.columns) == [
        *("Subject", "Measure", "Value", "Period", "Status", "Scope", "Asserted by", "Source")
    ]
    assert rows.index.name == "ref"
    assert list(rows.loc["figures/f2"])[:7] == [
        *("The line", "capacity", "55 bcm/yr", "", "claimed", "", "Ann Aster")
    ]
    assert rows.loc["figures/f4", "Period"] == "2022"
    assert rows.loc["figures/f4", "Source"] == "The Tracker, “Pipelines of the world”, 2024"


def test_planned_growth_is_told_as_a_plan_and_not_as_a_disagreement(tmp_path):
    text = describe(with_lines(tmp_path, capacity("g1", "old", 44, "planned")))
    assert "The old line is planned to grow from 38 to 44 bcm/yr." in text
    assert "Sources differ" not in text
    assert "about 1.3 times the 38 bcm/yr of The old line" in text


def test_words_and_table_follow_the_unit_of_the_case_and_the_note_says_by_what(tmp_path):
    case = in_unit(tiny(tmp_path), "TWh")
    text = describe(case)
    assert (
        "about 1.3 times the 380 TWh/yr of The old line, working, which delivered 155 TWh" in text
    )
    assert "bcm" not in text
    assert table(case).loc["figures/f1", "Value"] == "500 TWh/yr"
    assert note(case).startswith(note(tiny(tmp_path)))
    assert "36 PJ or 10 TWh" in note(case)
