from __future__ import annotations

import json
import re

import pytest

from geodash.checks import check
from geodash.rules import CHECKS
from tiny import TABLES, tiny, write_case


def replaced(table, *pairs):
    text = TABLES[table]
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return {table: text}


def added(table, *lines):
    return {table: TABLES[table] + "".join(line + "\n" for line in lines)}


def by_rules(case):
    return [str(problem) for rule in CHECKS for problem in rule(case)]


def test_a_sound_case_has_no_problem(tmp_path):
    assert by_rules(tiny(tmp_path)) == []
    assert check(tmp_path) == []


STATUSES = "id,infrastructure,date,date_precision,status,note,source\n"

JOINT = "2023-03-21,day,{},{},,,line,2,Both want it.,,joint_statement,paper,paper,2"

#: Each way to break the tiny case, and what must be told; nothing else may be.
BROKEN = {
    "orphan source": (
        added("sources", "more,A,B,2023,2023,,unknown,news,"),
        "sources, row 4, column id: each source must be the source of a row; found “more”",
    ),
    "orphan actor": (
        added("actors", "eve,Eve Elm,Elm,person,AAA,aland,,"),
        "actors, row 7, column id: each actor must have a part in a row",
    ),
    "orphan issue": (
        added("issues", "fish,Fish,Is there enough?,no,maybe,yes"),
        "issues, row 4, column id: each issue must be the issue of a row; found “fish”",
    ),
    "actor without colour": (
        replaced("actors", ("outlet,CCC,,,#6e7781", "outlet,CCC,,,")),
        "actors, row 6, column colour: each actor must have a colour, .* found an empty cell",
    ),
    "state without colour": (
        replaced("actors", ("BBB,,,#b8860b", "BBB,,,")),
        "actors, row 3, column colour: each actor must have a colour",
        "actors, row 5, column colour: each actor must have a colour",
    ),
    "loop": (
        replaced("actors", ("AAA,,,#8c6bb1", "AAA,ann,,#8c6bb1")),
        "actors, row 2, column represents: no actor may represent itself",
        "actors, row 4, column represents: no actor may represent itself",
    ),
    "two states with one code": (
        replaced("actors", ("state,BBB", "state,AAA")),
        "actors, row 3, column iso3: two states must not have the same code; found “AAA”",
    ),
    "stance without issue": (
        replaced("positions", (",paper,,,,,", ",paper,,,,1,")),
        "positions, row 6, column stance: a stance must be on an issue; found “1”",
    ),
    "long quotation": (
        replaced("positions", ("drop the plan,", "a b c d e f – g h i j k l,")),
        "positions, row 4, column quotation: .* at most 10 words; found 12 words",
    ),
    "reporter that is no outlet": (
        replaced("positions", ("direct_quote,paper", "direct_quote,bob")),
        "positions, row 4, column reported_by: .* by a news outlet; found “bob”",
    ),
    "addressee without act": (
        replaced("positions", ("aland,urges", "aland,")),
        "positions, row 4, column act: .* must stand together; found an empty cell",
    ),
    "act without addressee": (
        replaced("positions", ("aland,urges", ",urges")),
        "positions, row 4, column addressee: .* must stand together",
    ),
    "half a place": (
        replaced("events", ("37.6,55.8", "37.6,")),
        "events, row 2, column lat: longitude and latitude must stand together",
    ),
    "duplicate statement": (
        added(
            "positions",
            "p6,again,2023-03-22,day,paper,ann,,,,,the paper finds the mood WARM.,,"
            "outlet_wording,paper,paper,5",
        ),
        "positions, row 7, column summary: a statement must be there once",
    ),
    "joint statement of one": (
        added("positions", "p6,alone," + JOINT.format("aland", "ann")),
        "positions, row 7, column statement: a joint statement must have .* at least two",
    ),
    "joint statement twice by one": (
        added(
            "positions",
            "p6,twice," + JOINT.format("aland", "ann"),
            "p7,twice," + JOINT.format("bland", "bob"),
            "p8,twice," + JOINT.format("bland", "ann"),
        ),
        "positions, row 9, column summary: a statement must be there once",
        "positions, row 9, column holder: each holder of a statement must have one row",
    ),
    "joint statement that disagrees": (
        replaced(
            "positions",
            ("bland,bob,,,line,2,Both want the line.,", "bland,bob,,,line,1,Both.,both"),
        ),
        "positions, row 3, column summary: .* must agree .* found “Both.”",
        "positions, row 3, column quotation: .* must agree .* make it an empty cell",
    ),
    "joint statement on two days": (
        replaced("positions", ("p2,joint,2023-03-21", "p2,joint,2023-03-20")),
        "positions, row 3, column date: .* found “2023-03-20”. To mend it, make it “2023-03-21”",
    ),
    "event of no one": (
        {"event_actors": "event,actor,part\n"},
        "events, row 2, column id: an event must have an actor; found “meet”",
    ),
    "document of no one": (
        {"document_issuers": "document,actor\n"},
        "documents, row 2, column id: a document must have an issuer; found “plan”",
    ),
    "claim of no one": (
        replaced("figures", ("claimed,,ann", "claimed,,")),
        "figures, row 3, column asserted_by: a claimed figure must name who claims it",
    ),
    "impossible date": (
        replaced("sources", ("2026-11,", "2026-02-30,")),
        "sources, row 2, column accessed: a date must be in the calendar; found “2026-02-30”",
    ),
    "impossible day of a period": (
        replaced("figures", ("deliveries,2022", "deliveries,2022-02-30")),
        "figures, row 5, column period: a date must be in the calendar; found “2022-02-30”",
    ),
    "event after its source": (
        replaced("events", ("2023-03-21", "2023-03-23")),
        "events, row 2, column date: .* not be later than the source .* "
        "found 23 March 2023, but the source is of 22 March 2023",
    ),
    "position after its source": (
        replaced("positions", ("p5,colour,2023-03-22", "p5,colour,2023-03-23")),
        "positions, row 6, column date: .* not be later than the source",
    ),
    "document after its source": (
        replaced("documents", ("2023-02-01", "2023-04-01")),
        "documents, row 2, column date: .* not be later than the source",
    ),
    "event after the year of its source": (
        replaced("events", ("2023-03-21", "2025-01-01"), ("55.8,paper,1", "55.8,tracker,1")),
        "events, row 2, column date: .* not be later than the source .* of 2024",
    ),
    "month written as another day": (
        replaced("positions", ("2023-02-01,month", "2023-02-02,month")),
        "positions, row 5, column date: .* written as its first day; found “2023-02-02”",
    ),
    "year written as another month": (
        replaced("documents", ("2023-02-01,month", "2023-02-01,year")),
        "documents, row 2, column date: .* written as its first day",
    ),
    "end before the beginning": (
        replaced("events", ("day,,consult", "day,2023-03-20,consult")),
        "events, row 2, column end_date: .* not end before it begins; found “2023-03-20”",
    ),
    "status before that of the line": (
        {"statuses": STATUSES + "s1,old,2023-03-21,day,idle,,tracker\n"},
        "statuses, row 2, column date: .* later day than the one in infrastructure; "
        "found “2023-03-21”",
    ),
    "two statuses on one day": (
        {
            "statuses": STATUSES
            + "s1,old,2024-01-01,day,idle,,tracker\n"
            + "s2,line,2024-01-01,day,shelved,,tracker\n"
            + "s3,old,2024-01-01,day,retired,,tracker\n"
        },
        "statuses, row 4, column date: a line must have one status on one day; found “2024-01-01”",
    ),
    "status after its source": (
        {"statuses": STATUSES + "s1,old,2025-01-01,day,idle,,tracker\n"},
        "statuses, row 2, column date: .* not be later than the source .* of 2024",
    ),
    "month of a status written as another day": (
        {"statuses": STATUSES + "s1,old,2024-05-02,month,idle,,tracker\n"},
        "statuses, row 2, column date: .* written as its first day",
    ),
    "gap in a route": (
        replaced("routes", ("line,3", "line,4")),
        "routes, row 4, column order: .* without gaps; found 4 in place of 3",
    ),
    "place counted twice": (
        replaced("routes", ("line,2", "line,1")),
        "routes, row 3, column order: .* without gaps; found 1 in place of 2",
    ),
    "route of one place": (
        added("routes", "r4,old,1,Atown,field,RUS,103.9,52.6,published,,tracker"),
        "routes, row 5, column order: a line must have at least two places; found one place of old",
    ),
}


@pytest.mark.parametrize("way", BROKEN)
def test_each_broken_rule_is_told_and_nothing_else(tmp_path, way):
    tables, *expected = BROKEN[way]
    told = by_rules(tiny(tmp_path, **tables))
    assert len(told) == len(expected), told
    for pattern in expected:
        assert any(re.search(pattern, sentence) for sentence in told), told


SOUND = {
    "statuses of one line on two days": {
        "statuses": STATUSES
        + "s1,old,2023-03-22,day,idle,,tracker\n"
        + "s2,old,2024-01-01,year,retired,,tracker\n"
    },
    "an actor that a used one represents": added("actors", "eve,Eve,Eve,person,AAA,aland,,")
    | replaced("positions", ("ann,ann,bland,backs", "eve,eve,bland,backs")),
    "a state that only a pipeline crosses": added("actors", "cland,C,C,state,CCC,,,#123456"),
    "ten words and a dash": replaced("positions", ("drop the plan,", "a b c d – e f g h i j,")),
    "a date in the month of its source": replaced("sources", ("2023-03-22", "2023-03")),
    "a source of unknown date": replaced("sources", ("2023-03-22", "unknown")),
    "holders of one statement with stances of their own": replaced(
        "positions", ("bland,bob,,,line,2", "bland,bob,,,line,1")
    ),
}


@pytest.mark.parametrize("way", SOUND)
def test_what_is_sound_is_not_told(tmp_path, way):
    assert by_rules(tiny(tmp_path, **SOUND[way])) == []


def test_all_problems_come_at_once_in_the_order_of_tables_rows_and_columns(tmp_path):
    write_case(
        tmp_path,
        **added("sources", "more,A,B,2023,2023,,unknown,tabloid,"),
        **replaced(
            "positions",
            ("drop the plan,", "a b c d e f g h i j k,"),
            ("peace,-2", "peas,-9"),
            ("2023-02-01,month", "soon,month"),
        ),
        **replaced("figures", ("50,bcm/yr", "50,")),
    )
    assert [(problem.table, problem.row, problem.column) for problem in check(tmp_path)] == [
        ("sources", 4, "id"),
        ("sources", 4, "kind"),
        ("positions", 4, "issue"),
        ("positions", 4, "stance"),
        ("positions", 4, "quotation"),
        ("positions", 5, "date"),
        ("figures", 2, "unit"),
    ]


def test_what_only_the_standard_forbids_is_told(tmp_path):
    write_case(tmp_path, sources=TABLES["sources"].replace("dataset,", "dataset"))
    (problem,) = check(tmp_path)
    assert str(problem).startswith("sources, row 3, column note: each row must have as many cells")


def test_columns_in_another_order_are_told_without_an_echo(tmp_path):
    write_case(tmp_path, document_issuers="actor,document\nbland,plan\n")
    assert {problem.rule for problem in check(tmp_path)} == {
        "columns must stand in the order of the data dictionary"
    }


def test_a_row_twice_is_told_once(tmp_path):
    write_case(
        tmp_path,
        document_issuers="document,actor\nplan,bland\nplan,bland\n",
        actors=TABLES["actors"] + TABLES["actors"].splitlines()[-1] + "\n",
    )
    assert [(problem.table, problem.row, problem.column) for problem in check(tmp_path)] == [
        ("actors", 7, "id"),
        ("document_issuers", 3, "document"),
    ]


def test_a_missing_table_is_told_once(tmp_path):
    write_case(tmp_path)
    (tmp_path / "actors.csv").unlink()
    assert [str(problem.place) for problem in check(tmp_path)] == ["actors"]


def test_no_case_is_told(tmp_path):
    (problem,) = check(tmp_path / "nowhere")
    assert "found no folder" in str(problem)


def changed_package(folder, change):
    write_case(folder)
    file = folder / "datapackage.json"
    package = json.loads(file.read_text("utf-8"))
    change(package)
    file.write_text(json.dumps(package), "utf-8")
    return [str(problem) for problem in check(folder)]


def test_a_table_described_in_another_way_is_told(tmp_path):
    def loosen(package):
        package["resources"][9]["schema"]["fields"][7]["constraints"] = {}

    (told,) = changed_package(tmp_path, loosen)
    assert "datapackage.json, column figures: a table must be described as in" in told


def test_a_description_in_other_words_is_sound(tmp_path):
    def translate(package):
        package["resources"][9]["description"] = "Une ligne est un nombre."
        package["resources"][9]["schema"]["fields"][0]["description"] = "Nom court."

    assert changed_package(tmp_path, translate) == []


def test_a_package_that_breaks_the_standard_is_told(tmp_path):
    told = changed_package(tmp_path, lambda package: package.update(name=5))
    assert "5 is not of type 'string'" in told[0]


@pytest.mark.parametrize(
    ("at", "key", "value"),
    [
        ("resource", "path", "https://example.org/a.csv"),
        ("resource", "extrapaths", ["https://example.org/a.csv"]),
        ("resource", "schema", "https://example.org/a.json"),
        ("resource", "dialect", "https://example.org/a.json"),
        ("package", "profile", "https://example.org/a.json"),
    ],
)
def test_nothing_is_fetched_from_elsewhere(tmp_path, monkeypatch, at, key, value):
    asked = []
    monkeypatch.setattr("socket.getaddrinfo", lambda *address, **_: asked.append(address))
    told = changed_package(
        tmp_path,
        lambda package: (package if at == "package" else package["resources"][0]).update(
            {key: value}
        ),
    )
    assert any(
        f"column {key}: everything in a case must lie in its folder" in text for text in told
    )
    assert asked == []
