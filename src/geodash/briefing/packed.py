"""Office files: packed so that the same content gives the same bytes."""

from __future__ import annotations

import io
import re
import zipfile

#: What every part is dated: the first day that a ZIP file can name.
EPOCH = (1980, 1, 1, 0, 0, 0)
#: When a document was made and changed last, in its core properties.
_DATES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</)")


def packed(content: bytes) -> bytes:
    """Pack a ZIP file again with fixed times, within the document too.

    Parameters
    ----------
    content
        An Office Open XML file.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(out, "w") as made:
        for name in given.namelist():
            part = given.read(name)
            if name == "docProps/core.xml":
                part = _DATES.sub(rb"\g<1>1980-01-01T00:00:00Z\g<2>", part)
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(entry, part)
    return out.getvalue()
