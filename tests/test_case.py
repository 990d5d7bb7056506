from __future__ import annotations

import json

import pytest

from geodash.case import GAS, NEEDED, dictionary, load
from geodash.problems import CaseError
from tiny import TABLES, tiny, write_case


def test_a_case_comes_whole_and_typed(tmp_path):
    case = tiny(tmp_path)
    assert case.title == "Two leaders meet"
    assert case.path == tmp_path
    assert case.tables == tuple(dictionary())
    assert len(case.positions) == 5
    assert str(case.positions["stance"].dtype) == "Int64"
    assert case.positions["date"].dtype.kind == "M"
    assert case.figures.set_index("id")["value"]["f4"] == 15.5


def test_changing_a_table_changes_no_case(tmp_path):
    case = tiny(tmp_path)
    rows = case.positions
    rows.loc[0, "summary"] = "changed"
    rows["stance"] = 0
    assert case.positions.loc[0, "summary"] == "Both want the line."
    assert case.positions["stance"].tolist()[:4] == [2, 2, -2, 1]
    with pytest.raises(AttributeError):
        case.title = "Another"


def test_replacing_a_table_gives_another_case(tmp_path):
    case = tiny(tmp_path)
    other = case.replace(positions=case.positions.head(1))
    assert len(other.positions) == 1
    assert len(case.positions) == 5
    assert other.title == case.title
    assert case == case
    assert case != other


def test_a_table_that_no_case_has_is_refused(tmp_path):
    case = tiny(tmp_path)
    with pytest.raises(AttributeError, match="no table “postions”; it has sources, actors"):
        _ = case.postions
    with pytest.raises(KeyError, match="no table postions"):
        case.replace(postions=case.positions)


def test_tables_that_a_case_does_not_list_are_empty(tmp_path):
    write_case(tmp_path)
    keep_resources(tmp_path, *NEEDED)
    case = load(tmp_path)
    assert case.figures.empty
    assert "unit" in case.figures


@pytest.mark.parametrize("name", NEEDED)
def test_a_case_without_a_needed_table_is_refused(tmp_path, name):
    write_case(tmp_path)
    keep_resources(tmp_path, *(table for table in TABLES if table != name))
    with pytest.raises(CaseError, match=f"found no table {name}"):
        load(tmp_path)


def test_a_table_outside_the_dictionary_is_refused(tmp_path):
    write_case(tmp_path)
    file = tmp_path / "datapackage.json"
    file.write_text(file.read_text("utf-8").replace('"name": "routes"', '"name": "roads"'), "utf-8")
    with pytest.raises(CaseError, match=r"found “roads”\. To mend it, use one of sources, actors"):
        load(tmp_path)


def test_no_case_at_all_is_told(tmp_path):
    with pytest.raises(CaseError, match="found no folder"):
        load(tmp_path / "nowhere")
    with pytest.raises(CaseError, match=r"found no such file in .* copy the datapackage\.json"):
        load(tmp_path)


@pytest.mark.parametrize("text", ["{", "[]", '{"resources": [{}]}', '{"resources": 3}', "\udcff"])
def test_a_broken_package_file_is_told(tmp_path, text):
    (tmp_path / "datapackage.json").write_text(text, "utf-8", "surrogateescape")
    with pytest.raises(CaseError, match="must be JSON with a list of resources"):
        load(tmp_path)


def test_an_unknown_id_is_told_with_the_one_that_may_be_meant(tmp_path):
    broken = TABLES["positions"].replace("p3,asks,2023-03-21,day,bob", "p3,asks,2023-03-21,day,bop")
    with pytest.raises(CaseError) as error:
        tiny(tmp_path, positions=broken)
    assert str(error.value) == (
        "positions, row 4, column holder: must be an id of actors; found “bop”. "
        "To mend it, write “bob” if that is meant, or add “bop” to actors.csv."
    )


def test_an_actor_may_represent_only_an_actor(tmp_path):
    with pytest.raises(
        CaseError, match="actors, row 4, column represents: must be an id of actors"
    ):
        tiny(tmp_path, actors=TABLES["actors"].replace("AAA,aland", "AAA,atlantis"))


def test_a_month_outside_the_year_is_refused(tmp_path):
    figures = TABLES["figures"].replace("deliveries,2022", "deliveries,2022-13")
    with pytest.raises(CaseError, match=r"column period: must have the form .* found “2022-13”"):
        tiny(tmp_path, figures=figures)


def test_problems_of_all_tables_are_told_at_once(tmp_path):
    with pytest.raises(CaseError) as error:
        tiny(
            tmp_path,
            actors=TABLES["actors"].replace("#8c6bb1", "purple"),
            positions=TABLES["positions"].replace("bob,bob,aland", "bob,bop,aland"),
            figures=TABLES["figures"].replace("50,bcm/yr", "50,"),
        )
    assert [(problem.table, problem.column) for problem in error.value.problems] == [
        ("actors", "colour"),
        ("figures", "unit"),
        ("positions", "speaker"),
    ]


def test_a_missing_table_is_told_once_and_not_by_every_row_that_refers_to_it(tmp_path):
    write_case(tmp_path)
    (tmp_path / "actors.csv").unlink()
    with pytest.raises(CaseError) as error:
        load(tmp_path)
    assert [problem.table for problem in error.value.problems] == ["actors"]


def with_gas(folder, gas):
    file = write_case(folder) / "datapackage.json"
    package = json.loads(file.read_text("utf-8"))
    file.write_text(json.dumps(package | {"gas": gas}), "utf-8")
    return folder


def test_a_case_says_by_what_its_gas_is_converted(tmp_path):
    assert tiny(tmp_path / "silent").gas == GAS
    case = load(with_gas(tmp_path / "own", {"heatingValue": 38, "source": "The Lab, 2023"}))
    assert case.gas == {**GAS, "heatingValue": 38, "source": "The Lab, 2023"}
    assert case.replace(figures=case.figures).gas is case.gas


@pytest.mark.parametrize(
    ("gas", "words"),
    [
        ({"heatingValue": 0}, "heatingValue of gas: must be a number above 0; found “0”"),
        ({"heatingValue": "36"}, "must be a number above 0; found “36”"),
        ({"lng": True}, "lng of gas: must be a number above 0; found “True”"),
        ({"pressure": float("nan")}, "pressure of gas: must be a number above 0; found “nan”"),
        ({"temperature": None}, "temperature of gas: must be a number; found “None”"),
        ({"basis": "high"}, "basis of gas: must be one of net, gross; found “high”"),
        ({"source": " "}, "source of gas: must say who published it"),
        ({"density": 0.7}, "each property of gas must be one of heatingValue, basis"),
        ([36], "gas must be an object; found “.36.”"),
    ],
)
def test_a_case_that_says_nonsense_of_its_gas_is_refused(tmp_path, gas, words):
    with pytest.raises(CaseError, match=words):
        load(with_gas(tmp_path, gas))


def test_gas_may_be_counted_below_freezing(tmp_path):
    assert load(with_gas(tmp_path, {"temperature": -1})).gas["temperature"] == -1


def keep_resources(folder, *names):
    file = folder / "datapackage.json"
    package = json.loads(file.read_text("utf-8"))
    package["resources"] = [entry for entry in package["resources"] if entry["name"] in names]
    for entry in package["resources"]:
        keys = entry["schema"].pop("foreignKeys", [])
        entry["schema"]["foreignKeys"] = [
            key for key in keys if key["reference"]["resource"] in ("", *names)
        ]
    file.write_text(json.dumps(package), "utf-8")
