"""A briefing as a workbook: the rows shown, the table of each chart, and the sources."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import asdict

import pandas as pd
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from geodash.briefing.content import Content
from geodash.briefing.packed import packed
from geodash.wording import printable

#: Characters: the narrowest and the widest column.
NARROW, WIDE = 8, 60
_TOP = Alignment(vertical="top", wrap_text=True)


def to_workbook(content: Content) -> bytes:
    """Write a briefing as XLSX; every cell from the tables is text, or a number of the tables."""
    book = Workbook()
    about = book.active
    assert isinstance(about, Worksheet)
    about.title = "About"
    _fill(about, pd.DataFrame(_about(content), columns=["What", "Value"]))
    _fill(book.create_sheet("Rows"), content.rows.reset_index(names="Row"))
    for section in content.sections:
        _fill(book.create_sheet(section.name[:31]), section.table.reset_index(names="Row"))
    sources = [asdict(source) for source in content.sources]
    _fill(
        book.create_sheet("Sources"), pd.DataFrame(sources, columns=["number", "citation", "url"])
    )
    out = io.BytesIO()
    book.save(out)
    return packed(out.getvalue(), manifest=content.manifest.to_json())


def _about(content: Content) -> Iterable[tuple[str, str]]:
    yield "Title", content.title
    yield "Author", content.author
    yield "As of", content.as_of
    yield "Case", content.case_title
    yield "Shown", content.shown
    for section in content.sections:
        yield section.heading, " ".join(filter(None, [section.remark, section.reading]))
        if section.note:
            yield "", section.note
    yield "How to cite", content.citation


def _fill(sheet: Worksheet, table: pd.DataFrame) -> None:
    for column, name in enumerate(table.columns, start=1):
        _write(sheet, 1, column, str(name))
        sheet.cell(1, column).font = Font(bold=True)
        longest = max([len(str(name)), *(len(str(cell)) for cell in table[name])])
        letter = sheet.cell(1, column).column_letter
        sheet.column_dimensions[letter].width = min(max(longest, NARROW), WIDE)
    for row, cells in enumerate(table.itertuples(index=False), start=2):
        for column, cell in enumerate(cells, start=1):
            _write(sheet, row, column, cell)
    sheet.freeze_panes = "A2"


def _write(sheet: Worksheet, row: int, column: int, value: object) -> None:
    cell = sheet.cell(row, column)
    if isinstance(value, int | float) and not isinstance(value, bool):
        cell.value = value
    else:
        cell.value = printable(str(value))
        # What begins with = is text too.
        cell.data_type = "s"
    cell.alignment = _TOP
