from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from geodash.case import dictionary
from geodash.wording import counted, listed, number, plain, short_date, written_date


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (date(2023, 3, 21), "21 March 2023"),
        (pd.Timestamp("2023-12-01"), "1 December 2023"),
        ("2023-03-01", "1 March 2023"),
        ("2023-03", "March 2023"),
        ("2023", "2023"),
        ("unknown", "unknown"),
        ("", ""),
        # No date, though it looks like one: it stays as it is.
        ("2023-13", "2023-13"),
        ("2023-3-1", "2023-3-1"),
        ("²", "²"),
        (None, ""),
        (pd.NaT, ""),
        (float("nan"), ""),
    ],
)
def test_dates_are_written_out(value, written):
    assert written_date(value) == written


@pytest.mark.parametrize(
    ("precision", "written"),
    [("day", "1 February 2023"), ("month", "February 2023"), ("year", "2023")],
)
def test_a_date_says_no_more_than_is_known(precision, written):
    assert written_date(date(2023, 2, 1), precision) == written


def test_a_day_on_an_axis_is_short():
    assert short_date(date(2023, 3, 21)) == "21 Mar 2023"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (50.0, "50"),
        (0.38, "0.38"),
        (2594, "2,594"),
        (15.5, "15.5"),
        (-2, "-2"),
        (2e11, "200,000,000,000"),
    ],
)
def test_numbers_have_no_needless_digits(value, written):
    assert number(value) == written


def test_words_are_listed_as_in_a_sentence():
    assert listed([]) == ""
    assert listed(["A"]) == "A"
    assert listed(["A", "B"]) == "A and B"
    assert listed(["A", "B", "C"]) == "A, B and C"
    assert listed(["A", "B", "C"], most=2) == "A, B and 1 other"
    assert listed(["A", "B", "C", "D"], most=2) == "A, B and 2 others"
    assert listed(["A", "B"], most=2) == "A and B"


def test_things_are_counted_in_words():
    assert counted(0, "position") == "no position"
    assert counted(1, "position") == "1 position"
    assert counted(1200, "position") == "1,200 positions"
    assert counted(2, "party", "parties") == "2 parties"


def test_the_words_of_the_tables_are_said_in_plain_english():
    assert plain("third_outlet") == "as reported by another outlet"
    assert plain("proposed") == "proposed"
    words = [
        word
        for resource in dictionary().values()
        for field in resource["schema"]["fields"]
        for word in field.get("constraints", {}).get("enum", [])
    ]
    assert not [word for word in words if "_" in plain(word)]
