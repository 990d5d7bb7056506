from __future__ import annotations

import pandas as pd
import pytest

from geodash.sources import citations, cite, refs_of, rows, sources_of
from tiny import tiny


def test_a_ref_names_a_row(tmp_path):
    assert refs_of(tiny(tmp_path), "routes").tolist() == ["routes/r1", "routes/r2", "routes/r3"]


def test_rows_come_table_by_table_in_the_order_asked_for(tmp_path):
    found = rows(tiny(tmp_path), ["positions/p3", "figures/f1", "positions/p1", "positions/p3"])
    assert {name: frame["id"].tolist() for name, frame in found.items()} == {
        "positions": ["p3", "p1"],
        "figures": ["f1"],
    }


@pytest.mark.parametrize(
    "ref", ["figures/none", "nothing/p1", "event_actors/meet", "", "positions"]
)
def test_refs_that_the_case_does_not_have_are_passed_over(tmp_path, ref):
    case = tiny(tmp_path)
    assert rows(case, [ref]) == {}
    assert sources_of(case, [ref]).empty


def test_sources_are_those_of_exactly_these_rows_in_order_of_first_appearance(tmp_path):
    case = tiny(tmp_path)
    found = sources_of(case, ["figures/f3", "positions/p1", "routes/r1", "events/meet"])
    assert found["id"].tolist() == ["tracker", "paper"]
    assert sources_of(case, ["positions/p1", "actors/ann"])["id"].tolist() == ["paper"]


@pytest.mark.parametrize(
    ("published", "citation"),
    [
        ("2023-03-22", "The Paper, “Two meet”, 22 March 2023"),
        ("2024", "The Paper, “Two meet”, 2024"),
        ("unknown", "The Paper, “Two meet”, undated"),
    ],
)
def test_a_source_is_cited_with_its_date_as_far_as_it_is_known(published, citation):
    source = pd.Series({"publisher": "The Paper", "title": "Two meet", "published": published})
    assert cite(source) == citation


def test_citations_follow_the_sources_of_the_case(tmp_path):
    case = tiny(tmp_path)
    assert citations(case)["paper"] == "The Paper, “Two leaders meet”, 22 March 2023"
    renamed = case.replace(sources=case.sources.assign(publisher="The Sheet"))
    assert citations(renamed)["paper"].startswith("The Sheet")
    assert citations(case)["paper"].startswith("The Paper")
