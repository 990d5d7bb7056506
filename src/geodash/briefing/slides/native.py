"""Plots as charts that PowerPoint draws itself, with their values in a workbook of their own."""

from __future__ import annotations

import io
import math
from collections.abc import Iterable

from openpyxl import Workbook
from pptx.chart.chart import Chart
from pptx.chart.data import CategoryChartData
from pptx.chart.legend import Legend
from pptx.chart.plot import _BasePlot
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
from pptx.oxml.xmlchemy import OxmlElement
from pptx.shapes.graphfrm import GraphicFrame
from pptx.slide import Slide
from pptx.text.text import TextFrame
from pptx.util import Pt

from geodash import theme
from geodash.briefing.packed import packed
from geodash.briefing.plots.data import Plot
from geodash.briefing.slides.looks import draw_lines, fill_bars, paint
from geodash.briefing.slides.text import Box, clean

KINDS = {
    "bar": XL_CHART_TYPE.BAR_CLUSTERED,
    "column": XL_CHART_TYPE.COLUMN_CLUSTERED,
    "stacked": XL_CHART_TYPE.COLUMN_STACKED,
    "line": XL_CHART_TYPE.LINE_MARKERS,
}
#: Names of years along an axis at most.
YEARS = 12
#: Points of letters; the gap between bars in percent of one.
LETTERS, GAP = 11, 35


def add_plot(slide: Slide, plot: Plot, box: Box) -> GraphicFrame:
    """Draw a plot as a chart that can be edited.

    Parameters
    ----------
    slide
        A slide of python-pptx.

    Returns
    -------
    pptx.shapes.graphfrm.GraphicFrame
        The chart's frame.
    """
    data = CategoryChartData(number_format="General")
    data.categories = [clean(name) for name in plot.categories]
    for one in plot.series:
        data.add_series(clean(one.name), one.values)
    place = (box.left, box.top, box.width, box.height)
    frame = slide.shapes.add_chart(KINDS[plot.kind], *place, data)
    chart = frame.chart
    # Ours in place of python-pptx's, which would take a name that begins with = for a formula.
    chart.part.chart_workbook.update_from_xlsx_blob(workbook(plot))
    chart.font.size = Pt(LETTERS)
    chart.has_title = bool(plot.title)
    if plot.title:
        _set(chart.chart_title.text_frame, plot.title, bold=True)
    chart.has_legend = len(plot.series) > 1
    if chart.has_legend:
        chart.legend.position = XL_LEGEND_POSITION.BOTTOM
        chart.legend.include_in_layout = False
        chart.legend.font.size = Pt(LETTERS)
        _leave_out(chart.legend, [at for at, one in enumerate(plot.series) if not one.named])
    _axes(chart, plot)
    _series(chart.plots[0], plot)
    return frame


def _leave_out(legend: Legend, places: Iterable[int]) -> None:
    """Name no series of these places in a legend."""
    position = legend._element.xpath("c:legendPos")[0]
    for place in reversed(list(places)):
        entry = OxmlElement("c:legendEntry")
        for tag, value in (("c:idx", place), ("c:delete", 1)):
            child = OxmlElement(tag)
            child.set("val", str(value))
            entry.append(child)
        position.addnext(entry)


def workbook(plot: Plot) -> bytes:
    """Write the values of a plot where its chart looks for them; names are text in any case.

    Parameters
    ----------
    plot
        Categories go into the first column, each series into one of the next.
    """
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Sheet1"
    columns: list[tuple[str, Iterable[str | float | None]]] = [
        ("", plot.categories),
        *((one.name, one.values) for one in plot.series),
    ]
    for column, (name, values) in enumerate(columns, start=1):
        for row, value in enumerate((name, *values), start=1):
            cell = sheet.cell(row, column)
            cell.value = clean(value) if isinstance(value, str) else value
            if isinstance(value, str):
                cell.data_type = "s"
    out = io.BytesIO()
    book.save(out)
    return packed(out.getvalue())


def _set(frame: TextFrame, words: str, *, bold: bool) -> None:
    frame.text = clean(words)
    font = frame.paragraphs[0].runs[0].font
    font.size, font.bold = Pt(LETTERS), bold


def _axes(chart: Chart, plot: Plot) -> None:
    names, values = chart.category_axis, chart.value_axis
    values.has_title = True
    _set(values.axis_title.text_frame, plot.unit, bold=False)
    values.minimum_scale = min(0, *(v for one in plot.series for v in one.values if v is not None))
    values.has_major_gridlines = True
    paint(values.major_gridlines.format.line.fill, theme.RULE)
    values.format.line.fill.background()
    paint(names.format.line.fill, theme.MUTED)
    names.has_major_gridlines = False
    for axis in (names, values):
        axis.tick_labels.font.size = Pt(LETTERS)
    if plot.kind == "bar":
        # The first bar on top, and the values at the foot all the same.
        names.reverse_order = True
        # python-pptx 1.0.2 leaves `names.crosses` as it is.
        values._element.xpath("c:crosses")[0].set("val", "max")
    # Of bars every name is written, of many years some are.
    every = 1 if plot.kind == "bar" else math.ceil(len(plot.categories) / YEARS)
    skip = OxmlElement("c:tickLblSkip")
    skip.set("val", str(every))
    names._element.xpath("c:lblOffset")[0].addnext(skip)


def _series(drawn: _BasePlot, plot: Plot) -> None:
    if plot.kind != "line":
        drawn.gap_width, drawn.overlap = GAP, 100
        for made, one in zip(drawn.series, plot.series, strict=True):
            made.invert_if_negative = False
            fill_bars(made.format, one)
    if plot.kind in ("bar", "column"):
        drawn.has_data_labels = True
        labels = drawn.data_labels
        labels.show_value, labels.number_format_is_linked = True, False
        labels.number_format, labels.font.size = _format(plot), Pt(LETTERS)
    if plot.kind == "line":
        draw_lines(drawn, plot.series)


def _format(plot: Plot) -> str:
    """Give the format of values beside their bars: all with a decimal, or none."""
    values = [value for one in plot.series for value in one.values if value]
    if any(abs(value) < 0.1 for value in values):
        return "General"
    return "#,##0" if all(value == round(value) for value in values) else "#,##0.0"
