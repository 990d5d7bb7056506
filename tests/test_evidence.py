from __future__ import annotations

import csv
import io

import pytest

from geodash.evidence import COLUMNS, all_refs, evidence, to_csv
from geodash.filters import Filters
from tiny import TABLES, tiny


def test_a_position_says_who_holds_says_and_reports_it_and_where(tmp_path):
    shown = evidence(tiny(tmp_path), ["positions/p3"])
    assert shown.loc["positions/p3"].to_dict() == {
        "Kind": "position",
        "Date": "21 March 2023",
        "Statement": "Birch asks Aland to drop the plan.",
        "Holder": "Bob Birch",
        "Speaker": "Bob Birch",
        "Reported by": "The Paper",
        "Quotation": "“drop the plan”",
        "How it is given": "quoted directly",
        "Source": "The Paper, “Two leaders meet”, 22 March 2023",
        "Link": "https://example.org/meet",
        "Paragraph": "3",
    }


def test_the_two_rows_of_a_joint_statement_have_their_own_holders(tmp_path):
    shown = evidence(tiny(tmp_path), ["positions/p1", "positions/p2"])
    assert shown["Holder"].tolist() == ["Aland", "Bland"]
    assert shown["Speaker"].tolist() == ["Ann Aster", "Bob Birch"]


@pytest.mark.parametrize(
    ("ref", "expected"),
    [
        ("positions/p4", {"Date": "February 2023", "Quotation": ""}),
        ("events/meet", {"Kind": "event", "Holder": "Ann Aster; Bob Birch"}),
        ("documents/plan", {"Kind": "paper", "Holder": "Bland", "Date": "February 2023"}),
        ("figures/f1", {"Statement": "The line: capacity 50 bcm/yr", "How it is given": "planned"}),
        ("figures/f2", {"Holder": "Ann Aster", "How it is given": "claimed"}),
        (
            "figures/f4",
            {"Date": "2022", "Statement": "The old line: deliveries 15.5 bcm; to Cland"},
        ),
        ("infrastructure/line", {"Kind": "gas pipeline", "How it is given": "proposed"}),
        ("routes/r2", {"Statement": "Gate (border crossing)", "Paragraph": "", "Link": ""}),
    ],
)
def test_rows_of_every_table_take_the_same_shape(tmp_path, ref, expected):
    shown = evidence(tiny(tmp_path), [ref])
    assert tuple(shown) == COLUMNS
    assert shown.loc[ref, list(expected)].to_dict() == expected


def test_all_rows_are_text_and_stand_in_the_order_asked_for(tmp_path):
    case = tiny(tmp_path)
    shown = evidence(case, all_refs(case))
    assert list(shown.index) == all_refs(case)
    assert shown.index[0] == "positions/p1"
    assert all(isinstance(cell, str) for cell in shown.to_numpy().ravel())
    assert "nan" not in shown.to_numpy()
    back = evidence(case, ["positions/p3", "positions/p1"])
    assert list(back.index) == ["positions/p3", "positions/p1"]


def test_refs_of_rows_that_a_filter_took_away_show_nothing(tmp_path):
    case = tiny(tmp_path)
    none = Filters(words="nothing at all").apply(case)
    shown = evidence(none, ["positions/p1", "figures/f1", "events/meet"])
    assert shown.empty
    assert tuple(shown) == COLUMNS


def test_markup_stays_text(tmp_path):
    positions = TABLES["positions"].replace("The paper finds", "<script>alert(1)</script> finds")
    shown = evidence(tiny(tmp_path, positions=positions), ["positions/p5"])
    assert "<script>alert(1)</script> finds" in shown.loc["positions/p5", "Statement"]


def test_csv_holds_each_row_and_the_citation(tmp_path):
    case = tiny(tmp_path)
    written = to_csv(evidence(case, ["positions/p3", "figures/f2"]), citation="Tiny, version 1")
    records = list(csv.reader(io.StringIO(written)))
    assert records[0] == ["Row", *COLUMNS]
    assert [record[0] for record in records[1:]] == ["positions/p3", "figures/f2", "citation"]
    assert records[1][7] == "“drop the plan”"
    assert records[3][1] == "Tiny, version 1"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_a_spreadsheet_takes_no_cell_for_a_formula(tmp_path, start):
    dangerous = f"{start}HYPERLINK(1)"
    positions = TABLES["positions"].replace("The paper finds", f"{dangerous} finds")
    shown = evidence(tiny(tmp_path, positions=positions), ["positions/p5"])
    records = list(csv.reader(io.StringIO(to_csv(shown, citation=dangerous))))
    assert records[1][3].startswith(f"'{dangerous}")
    assert records[2][1] == f"'{dangerous}"
    # What is shown on the page stays as it is.
    assert shown.loc["positions/p5", "Statement"].startswith(dangerous)


def test_a_status_is_evidence(tmp_path):
    statuses = """\
id,infrastructure,date,date_precision,status,note,source
s1,old,2025-01-01,month,idle,Nothing flows.,tracker
"""
    (row,) = evidence(tiny(tmp_path, statuses=statuses), ["statuses/s1"]).to_dict("records")
    assert row["Statement"] == "The old line: idle. Nothing flows."
    assert (row["Date"], row["Source"]) == (
        "January 2025",
        "The Tracker, “Pipelines of the world”, 2024",
    )
