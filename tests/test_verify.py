from __future__ import annotations

import pytest

from geodash.verify import paragraphs, verify
from tiny import TABLES, tiny

TEXT = """\
Two leaders meet
Both want the line.
Birch asked her to “drop the plan”.
Aster finds it useful.
The mood is warm.
"""


def quoting(folder, quotation, paragraph=3):
    positions = TABLES["positions"].replace(
        "drop the plan,direct_quote,paper,paper,3",
        f'"{quotation}",direct_quote,paper,paper,{paragraph}',
    )
    return tiny(folder, positions=positions)


def test_a_quotation_stands_in_the_paragraph_it_names(tmp_path):
    assert verify(tiny(tmp_path), {"paper": TEXT}) == []


@pytest.mark.parametrize(
    ("quotation", "printed"),
    [
        ("it's a 'no' - for now", "it’s a ‘no’ – for now"),
        ("it’s a “no” — for now", 'it\'s a "no" - for now'),
        ("ten per cent", "ten\u00a0per   cent"),
        ("ten per cent", "ten\u202fper\u2009cent"),
        ("cooperation", "coop\u00aderation\u200b"),
        ("wait...", "wait…"),
        ("the first … the last word", "the first and not the last word"),
        ("(all) [of] it.*", "(all) [of] it.*"),
    ],
)
def test_typographic_signs_count_as_the_same(tmp_path, quotation, printed):
    case = quoting(tmp_path, quotation.replace('"', '""'))
    assert verify(case, {"paper": TEXT.replace("drop the plan", printed)}) == []


@pytest.mark.parametrize(
    "quotation",
    [
        "drop this plan",
        "Drop the plan",  # as printed, it has no capital
        "rop the plan",  # whole words only
        "drop the pla",
        "plan … drop",  # in another order
        "drop … useful",  # over the end of the paragraph
        "…",
    ],
)
def test_words_that_are_not_printed_are_told(tmp_path, quotation):
    (problem,) = verify(quoting(tmp_path, quotation), {"paper": TEXT})
    assert (problem.table, problem.row, problem.column) == ("positions", 4, "quotation")
    assert f"found “{quotation}”, which is not in paragraph 3 of 5" in str(problem)
    assert "quote the words as they are printed" in problem.mend


def test_the_paragraph_where_it_stands_is_named(tmp_path):
    (problem,) = verify(quoting(tmp_path, "Aster finds it useful"), {"paper": TEXT})
    assert problem.mend == "write paragraph 4, where it stands"


def test_a_paragraph_after_the_end_is_told(tmp_path):
    (problem,) = verify(quoting(tmp_path, "drop the plan", 9), {"paper": TEXT})
    assert "not in paragraph 9 of 5" in str(problem)
    assert problem.mend == "write paragraph 3, where it stands"


def test_only_the_given_sources_are_looked_at(tmp_path):
    case = quoting(tmp_path, "not printed at all")
    assert verify(case, {"tracker": "Pipelines of the world"}) == []
    assert verify(case, {}) == []


def test_an_unknown_source_is_refused(tmp_path):
    with pytest.raises(KeyError, match="no source “papre”"):
        verify(tiny(tmp_path), {"papre": TEXT})


def test_paragraphs_are_lines_where_there_are_no_blank_ones():
    assert paragraphs("Head\nOne.\nTwo.\n") == ["Head", "One.", "Two."]


def test_paragraphs_are_blocks_where_there_are_blank_lines():
    assert paragraphs("\nHead\n\nOne,\r\nfirst.\r\n \r\nTwo.\n\n\n") == [
        "Head",
        "One,\nfirst.",
        "Two.",
    ]


def test_a_quotation_may_run_over_the_end_of_a_line_in_a_block(tmp_path):
    text = "Two leaders meet\n\nBoth want it.\n\nBirch asked her to drop\nthe plan."
    assert verify(tiny(tmp_path), {"paper": text}) == []
