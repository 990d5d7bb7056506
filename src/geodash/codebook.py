"""The codebook: the data dictionary as a reader reads it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from geodash.case import dictionary

START, END = "<!-- codebook -->", "<!-- /codebook -->"


def codebook() -> str:
    """Write the data dictionary as Markdown: each table, and each column with its rules."""
    return "\n\n".join(_table(resource) for resource in dictionary().values()) + "\n"


def renewed(page: str) -> str:
    """Replace the codebook in a Markdown page.

    Parameters
    ----------
    page
        Text with the two comments between which the codebook stands.

    Raises
    ------
    ValueError
        If the page lacks one of the comments.
    """
    before, start, rest = page.partition(START)
    _, end, after = rest.partition(END)
    if not start or not end:
        raise ValueError(f"a page with a codebook must have {START} and, below it, {END}")
    return f"{before}{START}\n\n{codebook()}\n{END}{after}"


def _table(resource: Mapping[str, Any]) -> str:
    schema = resource["schema"]
    targets = {
        key["fields"][0]: key["reference"]["resource"] or resource["name"]
        for key in schema.get("foreignKeys", [])
    }
    lines = [
        f"### {resource['name']}",
        "",
        resource["description"],
        "",
        "| column | type | unit | must be | description |",
        "| --- | --- | --- | --- | --- |",
    ]
    for field in schema["fields"]:
        rules = "; ".join(_rules(field, targets))
        cells = [f"`{field['name']}`", field["type"], field.get("unit", ""), rules]
        lines.append("| " + " | ".join([*cells, _cell(field["description"])]) + " |")
    return "\n".join(lines)


def _rules(field: Mapping[str, Any], targets: Mapping[str, str]) -> Iterator[str]:
    limits = field.get("constraints", {})
    if limits.get("required"):
        yield "filled in"
    if limits.get("unique"):
        yield "unique"
    if field["name"] in targets:
        yield f"an id of {targets[field['name']]}"
    if "enum" in limits:
        yield "one of " + ", ".join(f"`{word}`" for word in limits["enum"])
    if "pattern" in limits:
        yield f"of the form `{_cell(limits['pattern'])}`"
    if "minimum" in limits:
        yield f"at least {limits['minimum']}"
    if "maximum" in limits:
        yield f"at most {limits['maximum']}"
    if "maxLength" in limits:
        yield f"at most {limits['maxLength']} characters"


def _cell(text: str) -> str:
    """Keep a bar in a text from ending the cell of a Markdown table."""
    return text.replace("|", r"\|")
