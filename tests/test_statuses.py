"""The status of pipelines on a day."""

from datetime import date

import pytest

from geodash.statuses import days, status_on
from tiny import tiny

LATER = """\
id,infrastructure,date,date_precision,status,note,source
s2,old,2025-06-01,month,retired,Taken out.,paper
s1,old,2025-01-01,day,idle,,tracker
"""


@pytest.fixture
def case(tmp_path):
    return tiny(tmp_path, statuses=LATER)


def test_the_days_begin_with_the_one_on_which_every_line_has_a_status(case):
    assert days(case) == [date(2023, 3, 21), date(2025, 1, 1), date(2025, 6, 1)]


@pytest.mark.parametrize(
    ("day", "status"),
    [
        (None, "operating"),
        (date(2023, 3, 21), "operating"),
        (date(2024, 12, 31), "operating"),
        (date(2025, 1, 1), "idle"),
        (date(2026, 1, 1), "retired"),
    ],
)
def test_a_status_holds_until_the_next(case, day, status):
    found = status_on(case, day)
    assert list(found.index) == ["line", "old"]
    assert found.loc["old", "status"] == status
    assert found.loc["line", "status"] == "proposed"


def test_a_status_brings_its_day_note_and_source(case):
    now = status_on(case, date(2026, 1, 1)).loc["old"]
    assert (now["date"].date(), now["date_precision"]) == (date(2025, 6, 1), "month")
    assert (now["note"], now["source"], now["ref"]) == ("Taken out.", "paper", "statuses/s2")
    first = status_on(case).loc["old"]
    assert (first["source"], first["ref"]) == ("tracker", "infrastructure/old")


def test_a_case_without_the_table_has_the_day_of_its_lines(tmp_path):
    case = tiny(tmp_path)
    assert days(case) == [date(2023, 3, 21)]
    assert list(status_on(case)["status"]) == ["proposed", "operating"]
