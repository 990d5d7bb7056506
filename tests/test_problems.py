from __future__ import annotations

from geodash.problems import CaseError, Problem


def test_a_problem_reads_as_one_sentence():
    problem = Problem("figures", 4, "unit", "must not be empty", "an empty cell", "give its unit")
    assert str(problem) == (
        "figures, row 4, column unit: must not be empty; found an empty cell. "
        "To mend it, give its unit."
    )


def test_a_problem_of_a_whole_file_names_no_row():
    problem = Problem("figures", 0, "", "must be there", "none", "add it")
    assert problem.place == "figures"


def test_an_error_counts_what_it_does_not_spell_out():
    problems = [Problem("actors", row, "id", "r", "f", "m") for row in range(2, 10)]
    error = CaseError(problems)
    assert str(error).count("actors, row") == 5
    assert "3 more: `geodash check` lists them all" in str(error)
    assert error.problems == tuple(problems)
