"""Parts of a Word document that python-docx has no words for: fields, links, alternative texts."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence

import pandas as pd
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Length, Pt
from docx.table import Table
from docx.text.paragraph import Paragraph

from geodash.geo.labels import text_size
from geodash.wording import printable

#: Points: the letters of a table, the edges of a cell, and the longest line that a cell asks for.
LETTERS, EDGE, LINE = 7, 3, 300
#: What no line breaks within.
_WORD = re.compile(r"[^\s–—/-]+[–—/-]?")
#: How much wider letters may be than ours, where a machine has another font.
WIDER = 1.15


def add_picture(
    paragraph: Paragraph, picture: bytes, *, told: str, widest: Length, highest: Length
) -> None:
    """Put a picture into a paragraph, as large as it may be.

    Parameters
    ----------
    picture
        A PNG.
    told
        What it shows, in words: its alternative text.
    widest, highest
        What its size may not exceed.
    """
    shape = paragraph.add_run().add_picture(io.BytesIO(picture), width=widest)
    if shape.height > highest:
        shape.width, shape.height = Length(shape.width * highest // shape.height), highest
    shape._inline.docPr.set("descr", printable(told))


def field(paragraph: Paragraph, instruction: str, shown: str) -> None:
    """Add a field, which Word counts anew when the document changes.

    Parameters
    ----------
    instruction
        Such as `SEQ Figure`.
    shown
        What it shows until then.
    """
    simple = _element("w:fldSimple", {"w:instr": instruction})
    simple.append(paragraph.add_run(shown)._r)
    paragraph._p.append(simple)


def anchor(paragraph: Paragraph, name: str, number: int) -> None:
    """Give a paragraph a name to which links lead, and a number that no other name has."""
    paragraph._p.append(_element("w:bookmarkStart", {"w:id": str(number), "w:name": name}))
    paragraph._p.append(_element("w:bookmarkEnd", {"w:id": str(number)}))


def link(paragraph: Paragraph, words: str, *, to: str = "", address: str = "") -> None:
    """Add words that lead to an anchor, or to an address."""
    if to:
        target = {"w:anchor": to}
    else:
        part = paragraph.part
        target = {"r:id": part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)}
    node = _element("w:hyperlink", target)
    node.append(paragraph.add_run(printable(words), style="Hyperlink")._r)
    paragraph._p.append(node)


def add_table(document: Document, rows: pd.DataFrame, *, width: Length) -> Table:
    """Add rows as a table whose head stands on each of its pages.

    Parameters
    ----------
    rows
        Text or numbers, with plain-English columns; those without any are left out.
    width
        What the columns share, by the length of what stands in them.
    """
    cells = rows.astype("object").where(rows.notna(), "").astype("str")
    cells = cells.loc[:, (cells != "").any()]
    table: Table = document.add_table(1 + len(cells), len(cells.columns), style="Table Grid")
    table.autofit = False
    texts = [[str(name) for name in cells.columns], *cells.to_numpy().tolist()]
    widths = _widths(list(zip(*texts, strict=True)), width)
    for column, own in zip(table.columns, widths, strict=True):
        column.width = own
    for line, row in zip(table.rows, texts, strict=True):
        for cell, words, own in zip(line.cells, row, widths, strict=True):
            cell.width = own
            paragraph = cell.paragraphs[0]
            paragraph.style, paragraph.alignment = "Table Text", WD_ALIGN_PARAGRAPH.LEFT
            paragraph.add_run(printable(words)).bold = True if row is texts[0] else None
        line._tr.get_or_add_trPr().append(_element("w:cantSplit", {}))
    table.rows[0]._tr.get_or_add_trPr().append(_element("w:tblHeader", {}))
    return table


def _widths(columns: Sequence[Sequence[str]], width: Length) -> list[Length]:
    """Give each column room for its longest word, and a share of the rest by what it asks for."""
    least = [_longest(_WORD.findall(" ".join(column))) for column in columns]
    wanted = [min(LINE, _longest(column)) for column in columns]
    more = [max(0, wish - need) for wish, need in zip(wanted, least, strict=True)]
    rest = max(0, width / Pt(1) - sum(least))
    shares = [need + rest * one / (sum(more) or 1) for need, one in zip(least, more, strict=True)]
    return [Length(int(width * share / sum(shares))) for share in shares]


def _longest(words: Iterable[str]) -> float:
    """Give the points that the longest of words needs in a cell."""
    sizes = (text_size(word, size=LETTERS, bold=True)[0] for word in words)
    return 2 * EDGE + WIDER * max(sizes, default=0)


def _element(name: str, attributes: dict[str, str]) -> BaseOxmlElement:
    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(key), value)
    return element
