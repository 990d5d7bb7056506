"""A briefing as PDF: its HTML page as the browser prints it."""

from __future__ import annotations

import io
from datetime import datetime

from pypdf import PdfWriter

from geodash.briefing.content import Content
from geodash.briefing.studio import Studio
from geodash.briefing.web.html import to_html
from geodash.frozen import ATTACHED
from geodash.wording import printable


def to_pdf(content: Content, studio: Studio) -> bytes:
    """Print a briefing on A4, tagged (ISO 14289), with its manifest attached.

    Parameters
    ----------
    content
        The briefing as data.
    studio
        The browser that prints it.
    """
    page = to_html(content, {})
    printed = PdfWriter(
        clone_from=io.BytesIO(studio.print(page, ready="drawn.then(() => document.fonts.ready)"))
    )
    # Tags and attachments are of PDF 1.4 and later.
    printed.pdf_header = "%PDF-1.7"
    # Each hatched bar brings its pattern anew, as a picture.
    printed.compress_identical_objects(remove_duplicates=True, remove_unreferenced=True)
    day = datetime.fromisoformat(content.manifest.as_of).strftime("D:%Y%m%d000000Z")
    printed.add_metadata(
        {
            "/Title": printable(content.title),
            "/Author": printable(content.author),
            "/Creator": content.manifest.software,
            "/CreationDate": day,
            "/ModDate": day,
        }
    )
    printed.add_attachment(ATTACHED, content.manifest.to_json().encode())
    out = io.BytesIO()
    printed.write(out)
    return out.getvalue()
