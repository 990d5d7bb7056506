"""What a briefing holds, as data; the formats only write it down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import pandas as pd
import plotly.graph_objects as go

from geodash.briefing.plots.registry import Grid, Plot, plots_of
from geodash.case import Case
from geodash.charts.chart import Chart
from geodash.evidence import evidence
from geodash.filters import Filters
from geodash.frozen import Manifest, manifest_of
from geodash.sources import cited, refs_in, sources_of
from geodash.units import in_unit, to_query
from geodash.wording import written_date


@dataclass(frozen=True)
class Source:
    """A source as a footnote: its number, citation and address (empty where there is none)."""

    number: int
    citation: str
    url: str


@dataclass(frozen=True)
class Section:
    """A chart of a briefing with all that belongs to it.

    Attributes
    ----------
    name, heading, lead
        The chart's short name, its question, and what is drawn.
    remark
        What the author says of it; empty if nothing.
    reading, note
        The chart in words, and the remark under it.
    table
        The rows behind it, indexed by ref.
    sources
        Numbers of the sources of these rows.
    chart, case, settings
        What draws it, of which case, and what is set: it is drawn when a format asks for it.
    """

    name: str
    heading: str
    lead: str
    remark: str
    reading: str
    note: str
    table: pd.DataFrame
    sources: tuple[int, ...]
    chart: Chart
    case: Case
    settings: Mapping[str, str]

    @property
    def told(self) -> str:
        """What it shows, for those who cannot see it."""
        return f"{self.heading} {self.reading}"

    @cached_property
    def figure(self) -> go.Figure:
        """The chart."""
        return self.chart.draw(self.case, self.settings)

    @cached_property
    def phone(self) -> go.Figure:
        """The chart for a phone."""
        return self.chart.draw(self.case, self.settings, narrow=True)

    @cached_property
    def sheets(self) -> tuple[go.Figure, ...]:
        """The chart for paper: in parts that each fit a page."""
        parts = self.chart.parts(self.case, self.settings)
        if len(parts) == 1:
            return (self.figure,)
        return tuple(self.chart.draw(self.case, part) for part in parts)

    @cached_property
    def plots(self) -> tuple[Plot | Grid, ...] | None:
        """The chart as data, none if nothing is left to show; None for a chart that is no plot."""
        return plots_of(self.chart, self.case, self.settings)


@dataclass(frozen=True)
class Content:
    """A briefing as data.

    Attributes
    ----------
    title, author, as_of
        Title, author line (empty if none) and day, written out.
    case_title, shown
        Title of the case, and what the filters leave of it, in a sentence.
    sections
        The charts.
    sources
        The sources of exactly the rows shown, numbered.
    rows
        The rows shown as evidence, indexed by ref.
    manifest
        What it was made of.
    """

    title: str
    author: str
    as_of: str
    case_title: str
    shown: str
    sections: tuple[Section, ...]
    sources: tuple[Source, ...]
    rows: pd.DataFrame
    manifest: Manifest

    def sources_of(self, section: Section) -> list[Source]:
        """Give the sources of a section."""
        return [source for source in self.sources if source.number in section.sources]

    def cited(self, section: Section) -> str:
        """Name the sources of a section in a sentence; empty if there are none."""
        cited = "; ".join(source.citation for source in self.sources_of(section))
        return f"Sources: {cited}." if cited else ""

    def alone(self, section: Section) -> Content:
        """Give the briefing with one of its charts only, and what belongs to it."""
        refs = list(refs_in(section.table.index))
        digests = {ref: digest for ref, digest in self.manifest.rows.items() if ref in refs}
        charts = {section.name: self.manifest.charts[section.name]}
        return replace(
            self,
            sections=(section,),
            sources=tuple(self.sources_of(section)),
            rows=self.rows[self.rows.index.isin(refs)],
            manifest=replace(self.manifest, charts=charts, rows=digests),
        )

    @property
    def byline(self) -> str:
        """Who wrote it, and as of which day."""
        return f"{self.author}, as of {self.as_of}" if self.author else f"As of {self.as_of}"

    @property
    def citation(self) -> str:
        """How to cite the data."""
        return self.manifest.citation(self.case_title, self.shown)


@dataclass(frozen=True)
class Chosen:
    """A chart that was chosen for a briefing: its settings, and what the author says of it."""

    chart: Chart
    settings: Mapping[str, str]
    remark: str


def content_of(
    case: Case,
    filters: Filters,
    chosen: list[Chosen],
    *,
    title: str,
    author: str,
    as_of: date,
    unit: str,
) -> Content:
    """Gather what a briefing holds.

    Parameters
    ----------
    chosen
        The charts in order.
    title
        Title; that of the case if empty.
    author
        Author line; may be empty.
    as_of
        The day of the briefing.
    unit
        Key of the unit of gas.
    """
    left = filters.apply(case)
    shown = in_unit(left, unit)
    tables = [each.chart.rows(shown, each.settings) for each in chosen]
    refs = list(dict.fromkeys(ref for table in tables for ref in refs_in(table.index)))
    found = cited(case, refs)
    numbers = {id_: at for at, id_ in enumerate(found["id"], start=1)}
    footnotes = zip(numbers.values(), found["citation"], found["url"], strict=True)
    query = to_query(filters.to_query(), unit)
    return Content(
        title=title or case.title,
        author=author,
        as_of=written_date(as_of),
        case_title=case.title,
        shown=filters.sentence(case, left),
        sections=tuple(
            _section(case, shown, each, table, numbers)
            for each, table in zip(chosen, tables, strict=True)
        ),
        sources=tuple(Source(*footnote) for footnote in footnotes),
        rows=evidence(case, refs),
        manifest=manifest_of(
            case,
            refs,
            query=query,
            as_of=as_of,
            charts={each.chart.name: dict(each.settings) for each in chosen},
        ),
    )


def _section(
    case: Case, shown: Case, chosen: Chosen, table: pd.DataFrame, numbers: Mapping[str, int]
) -> Section:
    chart = chosen.chart
    reading, note = chart.words(shown, chosen.settings)
    own = sources_of(case, refs_in(table.index))["id"]
    return Section(
        name=chart.name,
        heading=chart.heading,
        lead=chart.lead,
        remark=chosen.remark,
        reading=reading,
        note=note,
        table=table,
        sources=tuple(sorted(numbers[id_] for id_ in own)),
        chart=chart,
        case=shown,
        settings=chosen.settings,
    )
