"""The shipped case: sound, quoted sparingly, and saying what the article says."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from geodash.case import data_folder, load
from geodash.checks import check
from geodash.evidence import all_refs, evidence
from geodash.filters import Filters

ARTICLE = "al-jazeera-2023-03-21"


@pytest.fixture(scope="module")
def case():
    return load()


def stances(case, issue):
    rows = case.positions[case.positions["issue"] == issue].dropna(subset=["stance"])
    return {holder: set(group["stance"]) for holder, group in rows.groupby("holder")}


def test_it_has_no_problem():
    assert [str(problem) for problem in check()] == []


def test_it_conforms_to_the_data_package_standard():
    import frictionless

    report = frictionless.Package(str(data_folder() / "datapackage.json")).validate()
    assert report.valid, report.to_summary()


def test_every_claim_of_the_article_is_a_row(case):
    tables = (case.positions, case.events, case.documents, case.figures, case.infrastructure)
    rows = pd.concat([table[table["source"] == ARTICLE] for table in tables])
    assert len(rows) >= 65
    # The article has 33 paragraphs; three of them are subheadings.
    assert set(rows["paragraph"]) == set(range(1, 34)) - {10, 21, 27}


def test_every_row_can_be_shown_as_evidence(case):
    shown = evidence(case, all_refs(case))
    assert len(shown) == len(all_refs(case))
    assert (shown["Source"] != "").all()
    assert (shown["Statement"] != "").all()


def test_the_article_plans_50_bcm_a_year(case):
    figures = case.figures[case.figures["source"] == ARTICLE]
    planned = figures[(figures["value"] == 50) & (figures["unit"] == "bcm/yr")]
    assert planned["status"].tolist() == ["planned"]
    assert planned["infrastructure"].tolist() == ["power-of-siberia-2"]
    pipelines = case.infrastructure.set_index("id")
    assert pipelines.loc["power-of-siberia-2", "status"] == "proposed"
    assert pipelines.loc["power-of-siberia-2", "countries"] == "RUS MNG CHN"


def test_the_chinese_paper_has_12_points(case):
    paper = case.documents.set_index("id").loc["china-paper"]
    assert paper["points"] == 12
    issuers = case.document_issuers[case.document_issuers["document"] == "china-paper"]
    assert issuers["actor"].tolist() == ["china"]


def test_the_warrant_is_of_17_march_2023(case):
    warrant = case.documents[case.documents["kind"] == "warrant"].iloc[0]
    assert warrant["date"] == pd.Timestamp("2023-03-17")
    assert warrant["source"] != ARTICLE  # which leaves the date out
    issuers = case.document_issuers[case.document_issuers["document"] == warrant["id"]]
    assert issuers["actor"].tolist() == ["icc"]


def test_a_joint_statement_is_found_under_russia_and_under_china(case):
    found = [
        set(Filters(countries=(code,)).apply(case).positions["statement"])
        for code in ("RUS", "CHN")
    ]
    joint = case.positions[case.positions["statement_type"] == "joint_statement"]
    assert len(joint) >= 6
    assert set(joint["statement"]) <= found[0] & found[1]


def test_what_tass_reports_is_told_from_what_al_jazeera_reports(case):
    third = case.positions[case.positions["statement_type"] == "third_outlet"]
    assert set(third["reported_by"]) == {"tass"}
    assert set(third["source"]) == {ARTICLE}


@pytest.mark.parametrize(
    ("issue", "low", "high"),
    [
        # Who is ready for peace?
        ("readiness", "vladimir-putin", "volodymyr-zelenskyy"),
        # What would a ceasefire do?
        ("ceasefire", "united-states", "china"),
        # Is China neutral?
        ("impartiality", "united-states", "xi-jinping"),
        # Is this an alliance?
        ("alliance", "samuel-ramani", "china"),
        # Are all agreements reached?
        ("pipeline", "al-jazeera", "vladimir-putin"),
    ],
)
def test_the_disagreements_of_the_article_are_visible(case, issue, low, high):
    held = stances(case, issue)
    assert max(held[low]) < min(held[high])


def test_what_putin_claims_is_his_claim(case):
    claims = case.positions[case.positions["summary"].str.contains("agreement", case=False)]
    reached = claims[claims["stance"].eq(2) & claims["issue"].eq("pipeline")]
    assert set(reached["holder"]) == {"vladimir-putin"}


def test_quotations_are_a_few_words(case):
    assert case.positions["quotation"].str.split().str.len().max() <= 10


def test_quotations_stand_in_their_column_only(case):
    quoted = case.positions["quotation"].dropna()
    long = [words for words in quoted if len(words.split()) >= 5]
    assert long
    texts = pd.concat(
        [
            table[column].dropna()
            for table in (case.positions, case.events, case.documents, case.figures)
            for column in ("title", "summary", "note", "scope")
            if column in table
        ]
    )
    for words in long:
        assert not texts.str.contains(re.escape(words), case=False).any(), words


def test_each_issue_with_stances_has_its_scale_in_words(case):
    coded = case.positions.dropna(subset=["stance"])["issue"]
    scales = case.issues.set_index("id").loc[coded.unique(), ["minus2", "zero", "plus2"]]
    assert (scales.map(len) > 3).all(axis=None)
