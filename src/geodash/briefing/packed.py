"""ZIP files, Office files among them: the same content gives the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

from geodash.frozen import PART

#: What every part is dated: the first day that a ZIP file can name.
EPOCH = (1980, 1, 1, 0, 0, 0)
#: When a document was made and changed last, in its core properties.
_DATES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</)")
#: The relationships of the main part of a document, slide show or workbook.
_RELATED = re.compile(r"(word|ppt|xl)/_rels/(document|presentation|workbook)\.xml\.rels")
#: Custom XML data belong to a document and outlive its editing (ISO/IEC 29500-1, 15.2.5).
_RELATION = (
    f'<Relationship Id="geodash" Target="/{PART}" Type="http://schemas.openxmlformats.org/'
    'officeDocument/2006/relationships/customXml"/></Relationships>'
)


def archive(files: Mapping[str, str | bytes]) -> bytes:
    """Pack files as ZIP, all with the same fixed time.

    Parameters
    ----------
    files
        Texts, or bytes, by name.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(entry, content)
    return out.getvalue()


def packed(content: bytes, *, manifest: str = "") -> bytes:
    """Pack an Office Open XML file again, with fixed times within the document too.

    Parameters
    ----------
    content
        The file.
    manifest
        What it was made of, to be carried as custom XML data; nothing if empty.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as given:
        parts = {name: given.read(name) for name in given.namelist()}
    core = "docProps/core.xml"
    if core in parts:
        parts[core] = _DATES.sub(rb"\g<1>1980-01-01T00:00:00Z\g<2>", parts[core])
    if manifest:
        (main,) = filter(_RELATED.fullmatch, parts)
        parts[main] = parts[main].replace(b"</Relationships>", _RELATION.encode())
        parts[PART] = f'<manifest xmlns="urn:geodash">{escape(manifest)}</manifest>'.encode()
    return archive(parts)
