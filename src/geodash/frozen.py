"""What an export was made of: filters, case and rows, each with a digest, to be compared later."""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

import pandas as pd

from geodash.case import Case
from geodash.sources import rows
from geodash.wording import written_date

#: Hexadecimal digits of a digest (SHA-256, cut: 2⁸⁰ tries to find another row with the same one).
DIGITS = 40
#: How an export carries its manifest; the text between is JSON.
MARK = re.compile(r"geodash-manifest[^{]{0,80}(?P<manifest>\{.*?\})\s*(?:</script>|-->)", re.DOTALL)
#: The part of an Office Open XML file that carries the manifest, as custom XML data.
PART = "customXml/geodash.xml"
#: The file attached to a PDF that is the manifest.
ATTACHED = "geodash-manifest.json"


@dataclass(frozen=True)
class Manifest:
    """What an export was made of.

    Attributes
    ----------
    case, version, digest
        Name and version of the case, and a digest of all its tables.
    query
        Filters and unit, as the query of the page's address.
    as_of
        The day that the export gives as its own: YYYY-MM-DD.
    software
        Name and version of the software.
    charts
        The settings of each chart shown, by its name.
    rows
        A digest of each row shown, by ref.
    """

    case: str
    version: str
    digest: str
    query: str
    as_of: str
    software: str
    charts: Mapping[str, Mapping[str, str]]
    rows: Mapping[str, str]

    def to_json(self) -> str:
        """Write the manifest; the same one always gives the same text."""
        # A file that carries it must not take its text for the end of a script or of a comment.
        text = json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)
        return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("--", "-\\u002d")

    def citation(self, title: str, shown: str) -> str:
        """Cite the data of the case with this title, of which so much is shown."""
        return (
            f"{title}. {shown} As of {written_date(self.as_of)}. {self.software}, case "
            f"{self.case} {self.version}, data {self.digest[:12]}"
        )


def manifest_of(
    case: Case,
    refs: Iterable[str],
    *,
    query: str,
    as_of: date,
    charts: Mapping[str, Mapping[str, str]],
) -> Manifest:
    """Say what an export is made of.

    Parameters
    ----------
    refs
        Refs of the rows shown.
    query
        Filters and unit, as the query of the page's address.
    as_of
        The day that the export gives as its own.
    charts
        The settings of each chart shown, by its name.
    """
    return Manifest(
        case=case.name,
        version=case.version,
        digest=digest_of(case),
        query=query,
        as_of=as_of.isoformat(),
        software=f"geodash {version('geodash')}",
        charts=charts,
        rows=digests(case, refs),
    )


def digests(case: Case, refs: Iterable[str]) -> dict[str, str]:
    """Give the digest of each row by its ref; rows that the case does not have are left out.

    A digest covers every cell of the row, and the row of its source.
    """
    found = {}
    sources = case.sources.set_index("id", drop=False)
    for table, frame in rows(case, refs).items():
        for record in frame.to_dict("records"):
            cells = [record]
            if record.get("source") in sources.index:
                cells.append(sources.loc[record["source"]].to_dict())
            found[f"{table}/{record['id']}"] = _digest(cells)
    return found


def digest_of(case: Case) -> str:
    """Give a digest of all tables of a case."""
    return _digest([[name, getattr(case, name).to_dict("records")] for name in case.tables])


def changes(manifest: Manifest, case: Case) -> dict[str, str]:
    """Compare the rows of an export with those of a case.

    Returns
    -------
    dict
        `changed` or `gone`, by the refs of rows that are no longer the same.
    """
    now = digests(case, manifest.rows)
    return {
        ref: "changed" if ref in now else "gone"
        for ref, digest in manifest.rows.items()
        if now.get(ref) != digest
    }


def read_manifest(path: Path) -> Manifest:
    """Read the manifest that an export carries.

    Parameters
    ----------
    path
        Any file of a briefing; beside a CSV table must stand its data package.

    Raises
    ------
    ValueError
        If the file carries none.
    """
    try:
        text = _carried(path)
        if text:
            return Manifest(**json.loads(text))
    except (ValueError, KeyError, TypeError, BadZipFile, ParseError) as error:
        raise ValueError(f"“{path}” carries a damaged manifest: {error}") from error
    raise ValueError(f"“{path}” is no export of geodash: it carries no manifest")


def _carried(path: Path) -> str:
    """Find the text of the manifest in a file; empty if there is none."""
    content = path.read_bytes()
    if content.startswith(b"PK"):
        return _in_office(content)
    if content.startswith(b"%PDF"):
        return _in_pdf(content)
    text = content.decode("utf-8", errors="replace")
    if path.suffix == ".json":
        package = json.loads(text)
        return json.dumps(package["geodash"]) if "geodash" in package else ""
    if path.suffix == ".csv":
        return _beside(path)
    found = MARK.search(text)
    return found["manifest"] if found else ""


def _beside(table: Path) -> str:
    """Find the manifest of a table in the data package that describes it."""
    for file in sorted(table.parent.glob("*datapackage.json")):
        package = json.loads(file.read_text("utf-8"))
        described = {resource["path"] for resource in package["resources"]}
        if table.name in described and "geodash" in package:
            return json.dumps(package["geodash"])
    return ""


def _in_office(content: bytes) -> str:
    with ZipFile(io.BytesIO(content)) as parts:
        if PART not in parts.namelist():
            return ""
        return ElementTree.fromstring(parts.read(PART)).text or ""


def _in_pdf(content: bytes) -> str:
    # Only those who verify a PDF wait for the library.
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        attached = PdfReader(io.BytesIO(content)).attachments
    except PyPdfError as error:
        raise ValueError(error) from error
    return attached[ATTACHED][0].decode() if ATTACHED in attached else ""


def _digest(content: Any) -> str:  # noqa: ANN401
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, default=_plain)
    return hashlib.sha256(text.encode()).hexdigest()[:DIGITS]


def _plain(value: object) -> str | None:
    return None if pd.isna(value) else str(value)  # type: ignore[call-overload]
