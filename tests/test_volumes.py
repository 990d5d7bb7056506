"""The arithmetic of the scenario, checked by hand."""

import math

import pytest

from gas import ROWS, TO_CHINA, capacity, delivered, line, lost, to_china, with_lines
from geodash.charts.volumes import (
    LINES,
    RAMPS,
    STARTS,
    UTILISATIONS,
    choosable,
    lines_at_first,
    work_out,
)
from geodash.units import in_unit
from tiny import TABLES, tiny

ASSUMED = {"start": 2031, "ramp": 5, "utilisation": 1.0, "lines": None}


def worked(case, **assumed):
    return work_out(case, **(ASSUMED | assumed))


def carried(found):
    """Give what each line carries when all are full, by id."""
    return {share.line.id: found.carried(share, found.full) for share in found.shares}


def test_lines_to_choose_lead_from_russia_to_china_and_have_a_capacity(tmp_path):
    lines = (
        line("home", "CHN")
        + line("away", "RUS DEU")
        + line("other", "AAA CHN")
        + line("claimed", "RUS CHN", "proposed")
        + line("unknown", "RUS CHN", "proposed")
        + line("oil", "RUS CHN").replace(",gas,", ",oil,")
    )
    rows = [capacity(f"h{id_}", id_, 9) for id_ in ("home", "away", "other", "oil")]
    rows.append(capacity("h9", "claimed", 9, "claimed", who="ann"))
    case = to_china(tmp_path, *rows, lines=lines)
    assert choosable(case) == {"big": "Line big", "works": "Line works", "near": "Line near"}


def test_what_works_comes_first_then_what_starts_first(tmp_path):
    found = worked(to_china(tmp_path))
    starts = {share.line.id: share.start for share in found.shares}
    assert list(starts.items()) == [("works", None), ("near", 2027), ("big", 2031)]
    assert [share.line.id for share in found.shares if share.assumed] == ["big"]
    assert found.focus is found.shares[2]


def test_the_sum_is_a_range_where_sources_differ_and_never_their_mean(tmp_path):
    found = worked(to_china(tmp_path))
    assert carried(found) == {"works": [38], "near": [10, 12], "big": [50]}
    assert found.sums(2036) == [98, 100]
    assert found.either(found.sums(2036)) == "98 or 100"
    more = to_china(tmp_path, capacity("h1", "big", 56, "planned"))
    assert worked(more).sums(2036) == [98, 100, 104, 106]
    assert found.either(worked(more).sums(2036)) == "98 to 106"


def test_a_line_fills_evenly_and_a_year_counts_with_its_mean(tmp_path):
    found = worked(to_china(tmp_path), lines=["big"])
    (share,) = found.shares
    parts = [found.part(share, year) for year in range(2029, 2039)]
    assert parts == pytest.approx([0, 0, 0.1, 0.3, 0.5, 0.7, 0.9, 1, 1, 1])
    assert found.full == 2036
    # Over the years of filling, half of the capacity is carried on the mean.
    assert sum(parts[2:7]) == pytest.approx(2.5)
    quick = worked(to_china(tmp_path), lines=["big"], ramp=1)
    assert [quick.part(share, year) for year in (2030, 2031, 2032)] == [0, 0.5, 1]


def test_new_lines_alone_are_used_less_what_works_stays_at_its_capacity(tmp_path):
    found = worked(to_china(tmp_path), utilisation=0.5)
    assert carried(found) == {"works": [38], "near": [5, 6], "big": [25]}
    assert found.sums(2036) == [68, 69]
    assert found.sums(2023) == [38]


def test_actual_deliveries_are_known_and_arithmetic_begins_after_them(tmp_path):
    case = to_china(
        tmp_path,
        delivered("d4", "works", 2024, 30).replace("actual", "forecast"),
        delivered("d5", "works", "2023-06", 3),
    )
    found = worked(case)
    known = found.shares[0].known
    assert {year: [row["value"] for row in rows] for year, rows in known.items()} == {
        2021: [8, 10],
        2022: [20],
    }
    assert (found.first, found.now, found.end) == (2021, 2022, 2040)


def test_without_deliveries_arithmetic_begins_with_the_first_line(tmp_path):
    found = worked(to_china(tmp_path), lines=["near", "big"])
    assert (found.first, found.now) == (2027, 2026)
    assert found.sums(2027) == [1, 1.2]


def test_two_full_years_are_shown_at_least(tmp_path):
    found = worked(to_china(tmp_path), start=2040, ramp=10)
    assert (found.full, found.end) == (2050, 2052)


def test_the_loss_is_that_of_the_scope_with_most_years_from_end_to_end(tmp_path):
    case = to_china(
        tmp_path,
        lost("l1", 2022, 60),
        lost("l2", 2024, 30, "forecast"),
        *(lost(f"m{year}", year, 90, scope="a part") for year in (2021, 2023)),
    )
    loss = worked(case).loss
    assert (loss.scope, loss.year) == ("all of it", 2023)
    assert (loss.low, loss.high) == (150, 160)


@pytest.mark.parametrize(
    "rows",
    [
        [lost("l1", 2020, 100), lost("l2", 2023, 10)],
        [lost("l1", 2021, 100)],
        [lost("l1", 2021, 100), lost("l2", 2023, 90), lost("l3", 2023, 110)],
    ],
)
def test_without_two_years_to_compare_or_a_sure_loss_there_is_none(tmp_path, rows):
    case = with_lines(tmp_path, *ROWS[:7], *rows, lines=TO_CHINA)
    assert worked(case).loss is None


def test_a_publisher_that_gives_another_value_later_is_not_two_sources(tmp_path):
    sources = TABLES["sources"].replace("The Tracker", "The Paper")
    row = capacity("h1", "big", 80, "planned")
    newer = capacity("h2", "big", 55, "planned").replace(",paper,2", ",tracker,")
    apart = worked(to_china(tmp_path / "apart", row, newer))
    assert carried(apart)["big"] == [50, 55, 80]
    found = worked(to_china(tmp_path / "one", row, newer, sources=sources))
    assert carried(found)["big"] == [55]
    assert [row["value"] for row in found.shares[2].superseded] == [50, 80]


def test_planned_growth_of_a_working_line_is_not_counted(tmp_path):
    found = worked(to_china(tmp_path, capacity("h1", "works", 44, "planned")))
    assert carried(found)["works"] == [38]


def test_the_lines_at_first_are_those_of_the_summit_if_the_case_has_them(tmp_path):
    case = to_china(tmp_path)
    assert lines_at_first(case) == ["big", "works", "near"]
    assert len(worked(case).shares) == 3
    assert lines_at_first(tiny(tmp_path)) == []
    lines = line(LINES[2], "RUS MNG CHN", "proposed")
    case = to_china(tmp_path, capacity("h1", LINES[2], 50, "planned"), lines=lines)
    assert [share.line.id for share in worked(case).shares] == [LINES[2]]


def test_a_line_whose_capacity_is_filtered_out_adds_nothing(tmp_path):
    case = to_china(tmp_path)
    case = case.replace(figures=case.figures[case.figures["infrastructure"] != "big"])
    found = worked(case, lines=["works", "big"])
    assert [share.line.id for share in found.shares] == ["works"]


def test_numbers_are_in_the_unit_of_the_case(tmp_path):
    found = worked(in_unit(to_china(tmp_path), "PJ"))
    assert carried(found) == {"works": [1370], "near": [360, 432], "big": [1800]}
    assert found.either(found.sums(2036)) == "3,530 or 3,600"
    assert (found.loss.low, found.loss.high) == (6120 - 720, 6480 - 720)


@pytest.mark.parametrize(
    ("assumed", "words"),
    [
        ({"start": 2027}, "start must be a year from 2028 to 2040; found “2027”"),
        ({"start": 2041}, "found “2041”"),
        ({"start": "2031"}, "found “2031”"),
        ({"ramp": 0}, "ramp must be a number of years from 1 to 10; found “0”"),
        ({"ramp": 2.5}, "found “2.5”"),
        ({"utilisation": 0.4}, "utilisation must be a share from 0.5 to 1; found “0.4”"),
        ({"utilisation": 70}, "found “70”"),
        ({"utilisation": math.nan}, "found “nan”"),
        (
            {"lines": ["works", "old", "x"]},
            "pipelines from Russia to China, any of works, near, big; found “old” and “x”",
        ),
    ],
)
def test_what_cannot_be_assumed_is_refused(tmp_path, assumed, words):
    with pytest.raises(ValueError, match=words):
        worked(to_china(tmp_path), **assumed)


def test_all_that_can_be_chosen_can_be_assumed(tmp_path):
    case = to_china(tmp_path)
    for start in (STARTS[0], STARTS[-1]):
        for ramp in (RAMPS[0], RAMPS[-1]):
            for utilisation in UTILISATIONS:
                found = worked(case, start=start, ramp=ramp, utilisation=utilisation)
                assert found.sums(found.end) == found.sums(found.full)


def test_a_case_without_such_lines_has_no_scenario(tmp_path):
    assert choosable(tiny(tmp_path)) == {}
    assert worked(tiny(tmp_path)).shares == []
