from __future__ import annotations

import pandas as pd
import pytest

from geodash.schema import empty_table, read_table

RESOURCE = {
    "name": "rivers",
    "schema": {
        "fields": [
            {
                "name": "id",
                "type": "string",
                "description": "Short name.",
                "constraints": {"required": True, "unique": True, "pattern": "^[a-z]+$"},
            },
            {
                "name": "kind",
                "type": "string",
                "description": "What it is.",
                "constraints": {"enum": ["river", "canal"], "maxLength": 5},
            },
            {
                "name": "bridges",
                "type": "integer",
                "description": "How many.",
                "constraints": {"minimum": 0, "maximum": 500},
            },
            {"name": "length", "type": "number", "description": "Length.", "unit": "km"},
            {"name": "since", "type": "date", "description": "First day."},
        ],
        "primaryKey": ["kind", "bridges"],
    },
}
HEADER = "id,kind,bridges,length,since\n"


def read(tmp_path, text, **how):
    (tmp_path / "rivers.csv").write_text(text, **(how or {"encoding": "utf-8"}))
    return read_table(tmp_path / "rivers.csv", RESOURCE)


def test_columns_come_typed_and_empty_cells_missing(tmp_path):
    frame, problems = read(tmp_path, HEADER + "rhine,river,12,1233.5,1815-06-09\nelbe,,,,\n")
    assert problems == []
    assert [str(dtype) for dtype in frame.dtypes[:4]] == ["str", "str", "Int64", "float64"]
    assert str(frame["since"].dtype) == "datetime64[us]"
    assert frame["bridges"].tolist() == [12, pd.NA]
    assert frame.loc[0, "since"] == pd.Timestamp("1815-06-09")
    assert frame.loc[1, "kind":].isna().all()
    assert empty_table(RESOURCE).dtypes.equals(frame.iloc[:0].dtypes)


def test_words_such_as_na_are_words(tmp_path):
    frame, _ = read(tmp_path, HEADER + "null,river,1,1,\nnan,canal,1,1,\n")
    assert frame["id"].tolist() == ["null", "nan"]


def test_a_byte_order_mark_is_no_part_of_the_header(tmp_path):
    frame, problems = read(tmp_path, "\ufeff" + HEADER + "rhine,river,1,1,\n")
    assert problems == []
    assert frame["id"].tolist() == ["rhine"]


@pytest.mark.parametrize(
    ("rows", "place", "sentence"),
    [
        (",river,1,1,\n", "row 2, column id", "must not be empty; found an empty cell"),
        ("a,river,1,1,\na,canal,1,1,\n", "row 3, column id", "must occur once only; found “a”"),
        ("A b,river,1,1,\n", "row 2, column id", "must have the form"),
        ("a,lake,1,1,\n", "row 2, column kind", "must be one of river, canal; found “lake”"),
        ("a,river,1.5,1,\n", "row 2, column bridges", "must be a whole number"),
        ("a,river,-1,1,\n", "row 2, column bridges", "must be at least 0; found “-1”"),
        ("a,river,501,1,\n", "row 2, column bridges", "must be at most 500; found “501”"),
        ("a,river,1,50 km,\n", "row 2, column length", "must be a number .* without a unit"),
        ("a,river,1,inf,\n", "row 2, column length", "must be a number"),
        ("a,river,1,1,21 March 2023\n", "row 2, column since", "must be a date such as"),
        ("a,river,1,1,2023-02-30\n", "row 2, column since", "must be a date such as"),
        ("a,rivers,1,1,\n", "row 2, column kind", "must be one of"),
        (
            "a,river,1,1,\nb,river,1,2,\n",
            "row 3, column kind",
            "kind and bridges together must occur once only; found “river” and “1”",
        ),
    ],
)
def test_each_cell_that_breaks_a_rule_is_named(tmp_path, rows, place, sentence):
    _, problems = read(tmp_path, HEADER + rows)
    told = [str(problem) for problem in problems if place in str(problem)]
    assert told
    assert pd.Series(told).str.contains(sentence).any()


def test_a_name_too_long_for_a_label_is_told(tmp_path):
    _, problems = read(tmp_path, HEADER + "a,waterway,1,1,\n")
    assert any("at most 5 characters; found “waterway”" in str(problem) for problem in problems)


def test_all_problems_are_told_at_once(tmp_path):
    _, problems = read(tmp_path, HEADER + "A,lake,x,y,z\n")
    assert [problem.column for problem in problems] == [
        "id",
        "kind",
        "bridges",
        "length",
        "since",
    ]


def test_an_unknown_and_a_missing_column_are_told(tmp_path):
    _, problems = read(tmp_path, "id,kind,bridges,lenght,since\na,river,1,1,\n")
    assert "found the unknown column “lenght”" in str(problems[0])
    assert problems[1].column == "length"
    assert "each column of the data dictionary must be there" in problems[1].rule


def test_rows_are_counted_as_a_spreadsheet_counts_them(tmp_path):
    _, problems = read(tmp_path, HEADER + 'a,river,1,1,\n\nb,"la\nke",1,1,\nc,lake,1,1,\n')
    assert [(problem.row, problem.column) for problem in problems] == [
        (4, "kind"),
        (5, "kind"),
        (3, ""),
    ]
    assert "a row must not be blank" in str(problems[-1])


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "the file must be a CSV table"),
        (HEADER + "a,river,1,1,,,\nb,river,1,1,\n", "as many cells"),
        (HEADER + 'a,"river,1,1,\n', "the file must be a CSV table"),
        (HEADER + "a,river,1,1,\nb,b,b,b,b,b\n", "the file must be a CSV table"),
    ],
)
def test_a_file_that_is_no_table_is_told(tmp_path, text, sentence):
    frame, problems = read(tmp_path, text)
    assert problems[0].row == 0
    assert sentence in str(problems[0])
    assert list(frame) == ["id", "kind", "bridges", "length", "since"]


def test_a_file_in_another_encoding_is_told(tmp_path):
    frame, problems = read(tmp_path, HEADER + "a,Fluß,1,1,\n", encoding="latin-1")
    assert "save the file as UTF-8 CSV" in str(problems[0])
    assert frame.empty


def test_a_missing_file_is_told(tmp_path):
    _, problems = read_table(tmp_path / "rivers.csv", RESOURCE)
    assert "add the file rivers.csv" in str(problems[0])
