"""The rows of a briefing as tables: CSV files that a data package describes."""

from __future__ import annotations

import json
from dataclasses import asdict

import pandas as pd

from geodash.briefing.content import Content
from geodash.evidence import to_csv


def to_tables(content: Content, name: str) -> dict[str, str]:
    """Write the rows shown and their sources as CSV, with a data package that describes them.

    Cells that a spreadsheet would take for a formula get an apostrophe in front.

    Parameters
    ----------
    name
        What the names of the files begin with.

    Returns
    -------
    dict
        Texts by the names of the files.
    """
    sources = pd.DataFrame([asdict(source) for source in content.sources]).astype("str")
    sources = sources.set_index("number") if len(sources) else sources
    files = {
        f"{name}-rows.csv": to_csv(content.rows, citation=content.citation),
        f"{name}-sources.csv": to_csv(sources, citation=content.citation),
    }
    return {**files, f"{name}-datapackage.json": _descriptor(content, list(files))}


def _descriptor(content: Content, files: list[str]) -> str:
    """Describe the files under the Data Package standard, version 2, with the manifest."""
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": f"{content.manifest.case}-briefing",
        "title": content.title,
        "description": content.citation,
        "version": content.manifest.version,
        "licenses": [{"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}],
        "resources": [
            {
                "name": file.removesuffix(".csv").lower(),
                "path": file,
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
            }
            for file in files
        ],
        "geodash": json.loads(content.manifest.to_json()),
    }
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"
