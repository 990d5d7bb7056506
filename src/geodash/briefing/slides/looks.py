"""How series look in charts of PowerPoint: told from each other by colour and without it."""

from __future__ import annotations

from collections.abc import Sequence

from pptx.chart.marker import Marker
from pptx.chart.plot import LinePlot
from pptx.chart.series import LineSeries
from pptx.dml.chtfmt import ChartFormat
from pptx.dml.color import ColorFormat, RGBColor
from pptx.dml.fill import FillFormat
from pptx.enum.chart import XL_MARKER_STYLE as MARK
from pptx.enum.dml import MSO_LINE, MSO_PATTERN, MSO_THEME_COLOR
from pptx.util import Pt

from geodash import theme
from geodash.briefing.plots.data import Series

PATTERNS = {"hatched": MSO_PATTERN.WIDE_UPWARD_DIAGONAL, "dotted": MSO_PATTERN.PERCENT_25}
#: What text and paper are in a template, be it a dark one.
ROLES = {theme.INK: MSO_THEME_COLOR.TEXT_1, theme.PAPER: MSO_THEME_COLOR.BACKGROUND_1}
#: Marks of series that are not joined; the joined ones have circles.
MARKS = (MARK.SQUARE, MARK.DIAMOND, MARK.TRIANGLE, MARK.X, MARK.PLUS, MARK.STAR)
#: Points of a mark, of lines and of the edges of bars.
DOT, LINE, EDGE = 8, 2.25, 1


def draw_lines(drawn: LinePlot, series: Sequence[Series]) -> None:
    """Draw lines and marks; marks that are not joined have a shape of their own each."""
    shapes = iter(MARKS * len(series))
    for made, one in zip(drawn.series, series, strict=True):
        if one.look == "joined":
            _line(made, one, MARK.CIRCLE)
        else:
            _line(made, one, next(shapes) if one.named else MARK.DASH)


def fill_bars(made: ChartFormat, one: Series) -> None:
    """Fill bars; each look is told from the others without colour too."""
    paint(made.line.fill, one.colour)
    made.line.width = Pt(EDGE)
    if one.look in PATTERNS:
        made.fill.patterned()
        made.fill.pattern = PATTERNS[one.look]
        _colour(made.fill.fore_color, one.colour)
        _colour(made.fill.back_color, theme.PAPER)
    else:
        paint(made.fill, theme.PAPER if one.look == "hollow" else one.colour)


def _line(made: LineSeries, one: Series, shape: MARK) -> None:
    """Draw marks, joined or not; those that are not actual are hollow, the line to them dashed."""
    made.smooth = False
    if one.look == "joined":
        paint(made.format.line.fill, one.colour)
        made.format.line.width = Pt(LINE)
    else:
        made.format.line.fill.background()
    _mark(made.marker, one.colour, shape, hollow=False)
    for place in sorted(one.unsure):
        point = made.points[place]
        _mark(point.marker, one.colour, shape, hollow=True)
        if one.look == "joined":
            paint(point.format.line.fill, one.colour)
            point.format.line.width = Pt(LINE)
            point.format.line.dash_style = MSO_LINE.DASH
        else:
            point.format.line.fill.background()


def _mark(marker: Marker, colour: str, shape: MARK, *, hollow: bool) -> None:
    marker.style, marker.size = shape, DOT
    paint(marker.format.fill, theme.PAPER if hollow else colour)
    paint(marker.format.line.fill, colour)


def paint(fill: FillFormat, colour: str) -> None:
    """Fill with a colour of the theme; text and paper are those of the template."""
    fill.solid()
    _colour(fill.fore_color, colour)


def _colour(made: ColorFormat, colour: str) -> None:
    if colour in ROLES:
        made.theme_color = ROLES[colour]
    else:
        made.rgb = RGBColor.from_string(colour[1:].upper())
