from __future__ import annotations

import re

import pytest

from geodash.case import data_folder, dictionary
from geodash.codebook import END, START, codebook, renewed


def test_every_column_has_a_row_with_its_rules():
    lines = codebook().splitlines()
    rows = [line for line in lines if line.startswith("| `")]
    assert len(rows) == sum(len(table["schema"]["fields"]) for table in dictionary().values())
    # Five cells each, though a pattern may have a bar in it.
    assert all(len(re.findall(r"(?<!\\)\|", row)) == 6 for row in rows)
    assert (
        "| `lon` | number | degrees east | filled in; at least -180; at most 180 | " in codebook()
    )
    assert "| `holder` | string |  | filled in; an id of actors | The actor whose" in codebook()
    assert "one of `planned`, `claimed`, `actual`, `estimate`, `forecast` | Planned" in codebook()
    assert "at most 18 characters" in codebook()
    assert "| `represents` | string |  | an id of actors |" in codebook()


def test_a_page_keeps_what_stands_around_the_codebook():
    page = f"Before\n{START}\noutdated\n{END}\nAfter\n"
    new = renewed(page)
    assert new.startswith(f"Before\n{START}\n\n### sources\n")
    assert new.endswith(f"\n{END}\nAfter\n")
    assert "outdated" not in new
    assert renewed(new) == new


@pytest.mark.parametrize("page", ["", START, END, f"{END} {START}"])
def test_a_page_without_the_comments_is_refused(page):
    with pytest.raises(ValueError, match=f"must have {START} and, below it, {END}"):
        renewed(page)


def test_the_readme_of_the_default_case_has_the_codebook_of_today():
    page = (data_folder() / "README.md").read_text("utf-8")
    assert page == renewed(page), "run `geodash codebook --write data/README.md`"
