"""The looks of a briefing in Word, in its styles and nowhere else."""

from __future__ import annotations

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.styles.style import BaseStyle

from geodash import theme
from geodash.briefing.word.parts import EDGE, LETTERS

FONT = "Arial"
#: Word's own styles: size, whether bold, colour, and points above and below.
LOOKS = {
    "Normal": (10, False, theme.INK, 0, 6),
    "Title": (24, True, theme.INK, 0, 4),
    "Subtitle": (11, False, theme.MUTED, 0, 8),
    "Heading 1": (16, True, theme.INK, 12, 4),
    "Heading 2": (12, True, theme.INK, 12, 4),
    "Body Text": (10, False, theme.INK, 0, 6),
    "Body Text 2": (10, False, theme.MUTED, 0, 6),
    "Quote": (10, False, theme.INK, 4, 8),
    "Caption": (9, False, theme.MUTED, 4, 6),
    "List Number": (9, False, theme.INK, 0, 2),
}
#: Styles that Word has no name for: the one that each follows, and its size.
ADDED = {"Figure": ("Normal", 10), "Sources": ("Caption", 9), "Table Text": ("Normal", LETTERS)}


def look(document: Document) -> None:
    """Set the styles of a new document, and add those that Word does not have."""
    for name, (size, bold, colour, above, below) in LOOKS.items():
        style = document.styles[name]
        style.font.size, style.font.bold = Pt(size), bold
        style.font.italic = False
        style.font.color.rgb = RGBColor.from_string(colour.removeprefix("#"))
        lines = style.paragraph_format
        lines.space_before, lines.space_after, lines.line_spacing = Pt(above), Pt(below), 1.15
        _plain(style)
    for name, (base, size) in ADDED.items():
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style, style.font.size = document.styles[base], Pt(size)
    document.styles["Table Text"].paragraph_format.space_after = Pt(0)
    _lighten(document.styles["Table Grid"])
    link = document.styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER)
    link.font.color.rgb = RGBColor.from_string(theme.ACCENT.removeprefix("#"))
    link.font.underline = True


def _plain(style: BaseStyle) -> None:
    """Give a style one font for all scripts, and take its rule away."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), FONT)
    for rule in style.element.xpath("w:pPr/w:pBdr"):
        rule.getparent().remove(rule)


def _lighten(style: BaseStyle) -> None:
    """Leave a table its lines between rows, in grey, and narrow edges in its cells."""
    (looks,) = style.element.xpath("w:tblPr")
    (borders,) = looks.xpath("w:tblBorders")
    for line in list(borders):
        if line.tag in {qn("w:left"), qn("w:right"), qn("w:insideV")}:
            borders.remove(line)
        else:
            line.set(qn("w:color"), theme.RULE.removeprefix("#"))
    for old in looks.xpath("w:tblCellMar"):
        looks.remove(old)
    edges = OxmlElement("w:tblCellMar")
    for side in ("w:left", "w:right"):
        edge = OxmlElement(side)
        edge.set(qn("w:w"), str(EDGE * 20))
        edge.set(qn("w:type"), "dxa")
        edges.append(edge)
    looks.append(edges)
