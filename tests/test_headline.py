"""The numbers with which a case introduces itself."""

from geodash.headline import Fact, headline
from tiny import TABLES, tiny


def test_each_number_says_what_it_counts_and_who_says_so(tmp_path):
    assert headline(tiny(tmp_path)) == [
        Fact("5 positions", "Who says what", "of 3 parties, from 1 report"),
        Fact(
            "50 bcm/yr",
            "The line, capacity, planned",
            "The Paper, “Two leaders meet”, 22 March 2023",
        ),
        Fact("Peace plan", "Furthest apart", "Bland and Aland: 3 of 4 steps"),
    ]


def test_a_case_without_figures_or_disagreement_has_fewer(tmp_path):
    header = TABLES["figures"].splitlines()[0]
    issues = TABLES["positions"].replace(",peace,-2,", ",peace,,")
    case = tiny(tmp_path, figures=header + "\n", positions=issues)
    assert [fact.label for fact in headline(case)] == ["Who says what"]
