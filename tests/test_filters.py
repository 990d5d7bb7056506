from __future__ import annotations

from datetime import date

import pytest

from geodash.filters import Filters, choices
from tiny import TABLES, tiny


def kept(case, table="positions", **fields):
    return getattr(Filters(**fields).apply(case), table)["id"].tolist()


@pytest.fixture
def case(tmp_path):
    return tiny(tmp_path)


def test_no_filters_keep_everything(case):
    shown = Filters().apply(case)
    assert all(getattr(shown, name).equals(getattr(case, name)) for name in case.tables)


def test_a_country_brings_its_persons_and_joint_statements(case):
    # p1 is Aland's part of the joint statement, p4 is said by its president.
    assert kept(case, countries=("AAA",)) == ["p1", "p4"]
    assert kept(case, countries=("BBB",)) == ["p2", "p3"]
    assert kept(case, countries=("AAA", "BBB")) == ["p1", "p2", "p3", "p4"]


def test_a_country_brings_its_offices(tmp_path):
    actors = TABLES["actors"] + "palace,The Palace,The Palace,office,AAA,aland,,\n"
    actors += "clerk,Cleo Clerk,Clerk,person,AAA,palace,,\n"
    positions = TABLES["positions"].replace("ann,ann,bland,backs", "palace,clerk,bland,backs")
    positions = positions.replace("bob,bob,aland,urges", "clerk,clerk,aland,urges")
    case = tiny(tmp_path, actors=actors, positions=positions)
    assert kept(case, countries=("AAA",)) == ["p1", "p3", "p4"]


def test_a_newspaper_does_not_stand_for_its_country(case):
    assert kept(case, countries=("CCC",)) == []
    assert kept(case, countries=("paper",)) == ["p5"]


def test_issue_kind_and_type_are_kept_by_their_words(case):
    assert kept(case, issues=("peace",)) == ["p3", "p4"]
    assert kept(case, actor_kinds=("state",)) == ["p1", "p2"]
    assert kept(case, actor_kinds=("person", "outlet")) == ["p3", "p4", "p5"]
    assert kept(case, statement_types=("direct_quote", "outlet_wording")) == ["p3", "p5"]
    assert kept(case, countries=("AAA",), actor_kinds=("person",)) == ["p4"]


def test_first_and_last_day_are_kept(case):
    assert kept(case, since=date(2023, 3, 21)) == ["p1", "p2", "p3", "p5"]
    assert kept(case, until=date(2023, 3, 21)) == ["p1", "p2", "p3", "p4"]
    assert kept(case, since=date(1, 1, 1), until=date(9999, 12, 31)) == [
        "p1",
        "p2",
        "p3",
        "p4",
        "p5",
    ]


def test_words_are_found_in_any_order_and_case(case):
    assert kept(case, words="PLAN drop") == ["p3"]
    assert kept(case, words="plan") == ["p3", "p4"]
    assert kept(case, words="plan nonsense") == []
    assert kept(case, words="   ") == ["p1", "p2", "p3", "p4", "p5"]


def test_words_are_found_in_quotations_and_names_too(case):
    assert kept(case, words="birch") == ["p2", "p3"]  # speaker of p2, holder of p3
    assert kept(case, words="bland") == ["p2", "p4"]  # holder of p2, addressee of p4
    assert kept(case, words="drop the plan") == ["p3"]


@pytest.mark.parametrize("words", ["(", "[a-z]+", ".*", "\\"])
def test_words_are_no_pattern(case, words):
    assert kept(case, words=words) == []


def test_events_and_documents_follow_their_actors(case):
    assert kept(case, "events", countries=("AAA",)) == ["meet"]
    assert kept(case, "events", countries=("paper",)) == []
    assert kept(case, "documents", countries=("BBB",)) == ["plan"]
    assert kept(case, "documents", countries=("AAA",)) == []
    assert kept(case, "events", issues=("peace",)) == []
    assert kept(case, "events", until=date(2023, 3, 20)) == []
    assert kept(case, "documents", words="twelve") == ["plan"]
    # The event has a person of Aland, but no state.
    assert kept(case, "events", countries=("AAA",), actor_kinds=("person",)) == ["meet"]
    assert kept(case, "events", countries=("AAA",), actor_kinds=("state",)) == []


def test_the_actors_of_what_is_left_out_are_left_out(case):
    shown = Filters(issues=("peace",)).apply(case)
    assert shown.event_actors.empty
    assert shown.document_issuers["document"].tolist() == ["plan"]


def test_figures_follow_their_countries_those_of_their_pipeline_and_who_asserts_them(tmp_path):
    figures = TABLES["figures"] + "f5,Coal,,,value,2022,7,Mt,claimed,,bob,,paper,2\n"
    figures += "f6,Trade,,,value,2022,9,bn USD,actual,,,,paper,2,AAA DDD\n"
    case = tiny(tmp_path, figures=figures)
    assert kept(case, "figures", countries=("AAA",)) == ["f1", "f2", "f3", "f4", "f6"]
    assert kept(case, "figures", countries=("DDD",)) == ["f6"]
    assert kept(case, "figures", countries=("BBB",)) == ["f1", "f2", "f5"]
    assert kept(case, "figures", countries=("CCC",)) == ["f3", "f4"]
    assert kept(case, "figures", issues=("line",)) == ["f1", "f2"]
    assert kept(case, "figures", since=date(2030, 1, 1)) == ["f1", "f2", "f3", "f4", "f5", "f6"]


def test_filters_go_into_an_address_and_come_back(case):
    filters = Filters(
        countries=("AAA", "paper"),
        issues=("peace",),
        actor_kinds=("person",),
        statement_types=("direct_quote",),
        since=date(2023, 1, 1),
        until=date(2023, 12, 1),
        words="a & b=ü <i>",
    )
    query = filters.to_query()
    assert query.isascii()
    assert query.startswith("country=AAA&country=paper&issue=peace&kind=person&type=direct_quote")
    assert Filters.from_query("?" + query, case) == (filters, [])


def test_no_filters_make_no_query(case):
    assert Filters().to_query() == ""
    assert Filters.from_query("", case) == (Filters(), [])


def test_what_an_address_asks_for_in_vain_is_told(case):
    filters, problems = Filters.from_query(
        "country=ZZZ&country=AAA&type=shouted&since=yesterday&other=1&words=", case
    )
    assert filters == Filters(countries=("AAA",))
    assert problems == [
        "The link asks for the country “ZZZ”, which this case does not have; it was left out.",
        "The link asks for the type “shouted”, which this case does not have; it was left out.",
        "The link asks for “yesterday” as since, which is no date such as 2023-03-21; "
        "it was left out.",
    ]


def test_a_value_asked_for_twice_counts_once(case):
    filters, _ = Filters.from_query("country=AAA&country=AAA", case)
    assert filters.countries == ("AAA",)


def test_choices_are_what_the_case_has(case):
    assert choices(case) == {
        "country": {"AAA": "Aland", "BBB": "Bland", "paper": "The Paper"},
        "issue": {"peace": "Peace plan", "line": "The pipeline"},
        "kind": {"state": "states", "person": "persons", "outlet": "news outlets"},
        "type": {
            "joint_statement": "joint statement",
            "direct_quote": "quoted directly",
            "indirect_speech": "reported speech",
            "outlet_wording": "the outlet’s own wording",
        },
    }


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "All 5 positions."),
        ({"countries": ("AAA",)}, "2 of 5 positions: Aland."),
        (
            {"countries": ("AAA", "BBB"), "issues": ("peace",)},
            "2 of 5 positions: Aland and Bland, on “Peace plan”.",
        ),
        ({"actor_kinds": ("person",)}, "2 of 5 positions: held by persons."),
        (
            {"statement_types": ("direct_quote",)},
            "1 of 5 positions: given as quoted directly.",
        ),
        (
            {"since": date(2023, 3, 21), "until": date(2023, 3, 21)},
            "3 of 5 positions: since 21 March 2023, until 21 March 2023.",
        ),
        ({"words": "plan drop"}, "1 of 5 positions: with the words “plan” and “drop”."),
        ({"words": "  "}, "All 5 positions."),
        (
            {"countries": ("paper",), "issues": ("peace",)},
            "No position fits: The Paper, on “Peace plan”.",
        ),
        ({"words": "twelve"}, "No position fits: with the words “twelve”. 1 other row fits."),
        # A value that the case does not have is named as it was asked for.
        ({"countries": ("ZZZ",)}, "No position fits: ZZZ."),
    ],
)
def test_a_sentence_says_what_is_shown(case, fields, sentence):
    filters = Filters(**fields)
    assert filters.sentence(case, filters.apply(case)) == sentence


def test_a_case_without_positions_says_so(tmp_path):
    case = tiny(tmp_path, positions=TABLES["positions"].splitlines()[0] + "\n")
    assert Filters().sentence(case, case) == "This case has no position."
    assert choices(case)["kind"] == {}
