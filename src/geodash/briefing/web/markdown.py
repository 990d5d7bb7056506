"""A briefing as Markdown, with its sources as footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd

from geodash.briefing.content import Content, Section
from geodash.briefing.pictures import picture_of

#: Characters that Markdown or HTML in it could take for markup.
_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~&!$])")
#: What starts a list or a heading at the beginning of a line.
_START = re.compile(r"^(\s*)([-+=]|\d+[.)])(?=\s|$)", re.MULTILINE)


def to_markdown(content: Content, name: str, *, pictures: str) -> str:
    """Write a briefing as Markdown (GitHub's, with footnotes). The same content, the same text.

    Parameters
    ----------
    name
        What the names of the files of pictures begin with.
    pictures
        Format of the pictures beside the text; empty if there are none.
    """
    return "\n\n".join(_blocks(content, name, pictures)) + "\n"


def _blocks(content: Content, name: str, pictures: str) -> Iterator[str]:
    yield f"# {escaped(content.title)}"
    yield escaped(content.byline)
    yield f"{escaped(content.case_title)}. {escaped(content.shown)}"
    for section in content.sections:
        yield from _section(section, picture_of(name, section.name, pictures) if pictures else "")
    yield "## Sources"
    for source in content.sources:
        address = f" <{source.url}>" if source.url and not re.search(r"[\s<>]", source.url) else ""
        yield f"[^{source.number}]: {escaped(source.citation)}{address}"
    yield f"{escaped(content.citation)}."
    yield f"<!-- geodash-manifest {content.manifest.to_json()} -->"


def _section(section: Section, picture: str) -> Iterator[str]:
    yield f"## {escaped(section.heading)}"
    yield f"*{escaped(section.lead)}*"
    if section.remark:
        yield f"> {escaped(section.remark)}"
    notes = "".join(f"[^{number}]" for number in section.sources)
    yield f"{escaped(section.reading)}{notes}"
    if picture:
        yield f"![{escaped(section.told)}](<{picture}>)"
    if len(section.table):
        yield _table(section.table)
    if section.note:
        yield escaped(section.note)


def _table(table: pd.DataFrame) -> str:
    head = [escaped(str(name)) for name in table.columns]
    rows = [[escaped(str(cell)) for cell in row] for row in table.itertuples(index=False)]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *rows))


def escaped(words: str) -> str:
    """Make text safe: markup in it shows as characters, and a line break does not end a cell."""
    line = " ".join(words.split())
    return _START.sub(r"\1\\\2", _MARKUP.sub(r"\\\1", line))
