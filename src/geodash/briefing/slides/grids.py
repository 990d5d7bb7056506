"""Grids as tables of PowerPoint, parted so that each part finds room on a slide."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.shapes.graphfrm import GraphicFrame
from pptx.slide import Slide
from pptx.table import _Cell
from pptx.util import Inches, Pt

from geodash import theme
from geodash.briefing.plots.data import Cell, Grid
from geodash.briefing.slides.looks import paint
from geodash.briefing.slides.text import Box, clean, fitting, line_height, lines_of, run
from geodash.geo.labels import text_size

#: Points of letters; the edges of a cell, and the narrowest column.
LETTERS, EDGE, NARROWEST = 11, Inches(0.06), Inches(0.95)
#: Lines in a cell at most; longer words are cut, and stand in the notes in full.
LINES = 3
#: PowerPoint's table style without lines and fills; the line below a cell in its place.
STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
RULE = (
    '<a:lnB xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" w="9525"><a:solidFill>'
    f'<a:srgbClr val="{theme.RULE[1:].upper()}"/></a:solidFill></a:lnB>'
)


def parted(grid: Grid, box: Box) -> Iterator[Grid]:
    """Part a grid so that each part finds room in a box; each has the first column.

    Parameters
    ----------
    grid
        Its columns are parted evenly, its rows where the box is full.
    """
    shares = grid.widths
    words = [word for name in grid.columns for word in clean(name).split()]
    widest = max(int(text_size(word, size=LETTERS, bold=True)[0] * Pt(1)) for word in words)
    narrowest = max(NARROWEST, widest + 2 * EDGE)
    fits = int(box.width / narrowest - shares[0] / min(shares))
    others = len(grid.columns) - 1
    parts = math.ceil(others / max(1, fits))
    per = math.ceil(others / parts)
    for start in range(1, others + 1, per):
        wanted = [0, *range(start, min(start + per, others + 1))]
        narrow = Grid(
            grid.title,
            tuple(grid.columns[at] for at in wanted),
            tuple(shares[at] for at in wanted),
            tuple(tuple(row[at] for at in wanted) for row in grid.rows),
        )
        yield from _by_height(narrow, box)


def _by_height(grid: Grid, box: Box) -> Iterator[Grid]:
    widths = _widths(grid, box)
    head = _height([Cell(name) for name in grid.columns], widths)
    rows: list[tuple[Cell, ...]] = []
    filled = head
    for row in grid.rows:
        height = _height(row, widths)
        if rows and filled + height > box.height:
            yield Grid(grid.title, grid.columns, grid.widths, tuple(rows))
            rows, filled = [], head
        rows.append(row)
        filled += height
    yield Grid(grid.title, grid.columns, grid.widths, tuple(rows))


def _widths(grid: Grid, box: Box) -> list[int]:
    return [int(box.width * share / sum(grid.widths)) for share in grid.widths]


def _height(row: Sequence[Cell], widths: Sequence[int]) -> int:
    """Give the height of a row."""
    lines = (
        min(LINES, lines_of(cell.words, LETTERS, width - 2 * EDGE))
        for cell, width in zip(row, widths, strict=True)
    )
    height: int = max(lines) * line_height(LETTERS) + EDGE
    return height


def add_grid(slide: Slide, grid: Grid, box: Box) -> GraphicFrame:
    """Draw a grid that finds room as a table.

    Parameters
    ----------
    slide
        A slide of python-pptx.

    Returns
    -------
    pptx.shapes.graphfrm.GraphicFrame
        The table's frame.
    """
    widths = _widths(grid, box)
    rows = [tuple(Cell(name) for name in grid.columns), *grid.rows]
    heights = [_height(row, widths) for row in rows]
    place = (box.left, box.top, sum(widths), sum(heights))
    frame = slide.shapes.add_table(len(rows), len(grid.columns), *place)
    table = frame.table
    table.horz_banding = False
    frame.element.xpath(".//a:tableStyleId")[0].text = STYLE
    for column, width in enumerate(widths):
        table.columns[column].width = width
    coloured = any(cell.colour for row in grid.rows for cell in row)
    for at, (row, height) in enumerate(zip(rows, heights, strict=True)):
        table.rows[at].height = height
        for column, cell in enumerate(row):
            made = table.cell(at, column)
            _write(made, cell, widths[column], bold=not at or (coloured and not column))
            if coloured and column:
                made.text_frame.paragraphs[0].alignment = PP_ALIGN.CENTER
    return frame


def _write(made: _Cell, cell: Cell, width: int, *, bold: bool) -> None:
    made.margin_left = made.margin_right = EDGE
    made.margin_top = made.margin_bottom = EDGE // 2
    made.vertical_anchor = MSO_ANCHOR.MIDDLE
    room = Box(0, 0, width - 2 * EDGE, LINES * line_height(LETTERS))
    words = fitting([clean(cell.words)], LETTERS, room)
    added = run(made.text_frame.paragraphs[0], words, size=LETTERS, bold=bold)
    # Lines come before fills.
    made._tc.get_or_add_tcPr().insert(0, parse_xml(RULE))
    if cell.colour:
        paint(made.fill, cell.colour)
        dark = cell.colour in (theme.STANCE_COLOURS[-2], theme.STANCE_COLOURS[2])
        ink = theme.PAPER if dark else theme.INK
        added.font.color.rgb = RGBColor.from_string(ink[1:].upper())
