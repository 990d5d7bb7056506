from __future__ import annotations

import pandas as pd
import pytest

from geodash.filters import Filters
from geodash.stances import agreement, cells, divergence
from tiny import TABLES, tiny

MORE = """\
p6,more,2023-03-21,day,ann,ann,,,peace,2,Aster backs the plan.,,indirect_speech,paper,paper,6
p7,last,2023-03-21,day,ann,ann,,,peace,,Aster speaks of the plan.,,indirect_speech,paper,paper,7
p8,mood,2023-03-21,day,paper,paper,,,line,,The paper on the line.,,outlet_wording,paper,paper,8
p9,doubt,2023-03-21,day,paper,paper,,,peace,0,The paper is in doubt.,,outlet_wording,paper,paper,9
"""


@pytest.fixture
def case(tmp_path):
    return tiny(tmp_path, positions=TABLES["positions"] + MORE)


def test_each_holder_has_a_mean_with_the_statements_behind_it(case):
    found = cells(case).set_index(["actor", "issue"])
    peace = found.loc[("ann", "peace")]
    assert peace[["mean", "lowest", "highest"]].tolist() == [1.5, 1, 2]
    assert peace[["statements", "coded"]].tolist() == [3, 2]
    assert peace["refs"] == "positions/p4 positions/p6 positions/p7"
    assert found.loc[("bland", "line"), "mean"] == 2
    assert ("bob", "line") not in found.index


def test_statements_without_a_stance_are_counted_but_have_no_mean(case):
    line = cells(case).set_index(["actor", "issue"]).loc[("paper", "line")]
    assert pd.isna(line["mean"])
    assert line[["statements", "coded"]].tolist() == [1, 0]


def test_positions_without_an_issue_are_in_no_cell(case):
    refs = " ".join(cells(case)["refs"]).split()
    assert len(refs) == 8
    assert "positions/p5" not in refs


def test_persons_count_for_their_party(case):
    found = cells(case, by="party").set_index(["actor", "issue"])
    assert found.loc[("aland", "peace"), "mean"] == 1.5
    assert found.loc[("bland", "peace"), "mean"] == -2
    assert "ann" not in found.index.get_level_values("actor")


def test_divergence_is_the_distance_of_the_outermost_parties(case):
    found = divergence(case)
    assert list(found) == ["issue", "distance", "low", "high", "lowest", "highest"]
    assert found.to_numpy().tolist() == [
        ["peace", 3.5, "bland", "aland", -2, 1.5],
        ["line", 0, "aland", "bland", 2, 2],
    ]


def test_agreement_is_one_for_the_same_stances_and_falls_with_distance(case):
    # Aland and Bland share two issues: 3.5 and 0 of 4 steps apart, so 1 − 1.75 / 4.
    assert agreement(case).to_dict("records") == [
        {"first": "aland", "second": "paper", "agreement": 0.625, "issues": 1},
        {"first": "aland", "second": "bland", "agreement": 0.5625, "issues": 2},
        {"first": "bland", "second": "paper", "agreement": 0.5, "issues": 1},
    ]


def test_nothing_to_measure_gives_empty_tables(case):
    none = Filters(words="nothing at all").apply(case)
    assert cells(none).empty
    assert divergence(none).empty
    assert agreement(none).empty
    assert list(agreement(none)) == ["first", "second", "agreement", "issues"]
