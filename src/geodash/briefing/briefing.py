"""A briefing: charts are chosen, then written in one or several formats."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path

from geodash.briefing.content import Chosen, Content, content_of
from geodash.briefing.files import write_all
from geodash.briefing.formats import FORMATS, Progress, files_of
from geodash.briefing.web.notebook import Bundle, to_bundle
from geodash.case import Case
from geodash.charts import CHARTS
from geodash.filters import Filters
from geodash.units import BCM, UNITS
from geodash.wording import today

_CHARTS = {chart.name: chart for chart in CHARTS}


class Briefing:
    """Charts of a case with what an author says of them.

    Parameters
    ----------
    case
        The whole case.
    filters
        What is shown of it.
    title
        Title; that of the case if empty.
    author
        Author line; may be empty.
    as_of
        The day of the briefing; today if None.
    unit
        Unit of gas, a key of `geodash.units.UNITS`.

    Raises
    ------
    ValueError
        If there is no such unit.
    """

    def __init__(
        self,
        case: Case,
        filters: Filters | None = None,
        *,
        title: str = "",
        author: str = "",
        as_of: date | None = None,
        unit: str = BCM.key,
    ) -> None:
        if unit not in UNITS:
            raise ValueError(f"a unit of gas must be one of {', '.join(UNITS)}; found “{unit}”")
        self.case = case
        self.filters = filters or Filters()
        self.title, self.author, self.unit = title, author, unit
        self.as_of = as_of or today()
        self._chosen: list[Chosen] = []

    @property
    def offered(self) -> list[str]:
        """Short names of the charts that can be added, in the order of the page."""
        return list(_CHARTS)

    def add(self, *charts: str, note: str = "", **settings: str) -> Briefing:
        """Add a chart or several, and give the briefing back.

        Parameters
        ----------
        *charts
            Short names, of those `offered`.
        note
            What the author says of each.
        **settings
            Values of the chart's controls, as text; those left out stay as they are at first.

        Raises
        ------
        ValueError
            If there is no such chart or control, or it is in the briefing already.
        """
        for chart in charts:
            self._add(chart, note, settings)
        self.__dict__.pop("content", None)
        return self

    def _add(self, chart: str, note: str, settings: Mapping[str, str]) -> None:
        if chart not in _CHARTS:
            raise ValueError(f"a chart must be one of {', '.join(_CHARTS)}; found “{chart}”")
        if chart in {each.chart.name for each in self._chosen}:
            raise ValueError(f"the chart “{chart}” is in the briefing already")
        known = _CHARTS[chart].settings(self.case)
        unknown = set(settings) - set(known)
        if unknown:
            offered = ", ".join(known) or "none"
            raise ValueError(
                f"the chart “{chart}” has no setting “{min(unknown)}”; it has {offered}"
            )
        self._chosen.append(Chosen(_CHARTS[chart], {**known, **settings}, note))

    @cached_property
    def content(self) -> Content:
        """What the briefing holds, as data."""
        return content_of(
            self.case,
            self.filters,
            self._chosen,
            title=self.title,
            author=self.author,
            as_of=self.as_of,
            unit=self.unit,
        )

    def _repr_mimebundle_(self, **asked: object) -> Bundle:
        """Show the charts in a notebook (IPython's protocol)."""
        return to_bundle(self.content)

    def files(
        self,
        formats: Iterable[str] = ("html",),
        *,
        name: str = "briefing",
        template: str | Path | None = None,
        url: str = "",
        progress: Progress = lambda what, done, total: None,
    ) -> dict[str, str | bytes]:
        """Make the files of the briefing, without writing them.

        Parameters
        ----------
        formats
            Any of `FORMATS`. Those that hold pictures need Chrome or Chromium; HTML and Markdown
            do without where there is none.
        name
            What the names of the files begin with.
        template
            A PowerPoint file whose size, fonts and layouts slides take over.
        url
            Address of the folder in which the files will stand: oEmbed cards name it.
        progress
            Told before each step: what is made, how many steps are done, and of how many.

        Returns
        -------
        dict
            Texts, or bytes, by the names of the files.

        Raises
        ------
        ValueError
            If there is no such format, or the template cannot be used.
        OSError
            If a format needs a browser and there is none.
        """
        formats = list(dict.fromkeys(formats))
        for format_ in formats:
            if format_ not in FORMATS:
                raise ValueError(f"a format must be one of {', '.join(FORMATS)}; found “{format_}”")
        return files_of(
            self.content,
            formats,
            name=name,
            template=Path(template) if template else None,
            url=url,
            progress=progress,
        )

    def write(
        self,
        folder: str | Path,
        *,
        formats: Iterable[str] = ("html",),
        name: str = "briefing",
        template: str | Path | None = None,
        url: str = "",
        force: bool = False,
        progress: Progress = lambda what, done, total: None,
    ) -> list[Path]:
        """Write the briefing into a folder, in each format.

        Parameters
        ----------
        folder
            Is made if it is not there.
        formats, name, template, url, progress
            As for `files`.
        force
            Whether files of the same names are overwritten.

        Returns
        -------
        list
            The files written.

        Raises
        ------
        ValueError
            If there is no such format, the template cannot be used, or the name is no plain file
            name.
        FileExistsError
            If a file is there already and `force` was not asked for; nothing is written then.
        OSError
            If a format needs a browser and there is none.
        """
        made = self.files(formats, name=name, template=template, url=url, progress=progress)
        return write_all(Path(folder), made, force=force)

    def to_html(self, path: str | Path, *, force: bool = False) -> Path:
        """Write the briefing as one HTML file; see `write`."""
        return self._to(path, ".html", force=force)

    def to_pptx(
        self, path: str | Path, *, template: str | Path | None = None, force: bool = False
    ) -> Path:
        """Write the briefing as slides (.pptx); see `write`."""
        return self._to(path, ".pptx", force=force, template=template)

    def to_docx(self, path: str | Path, *, force: bool = False) -> Path:
        """Write the briefing for Word (.docx); see `write`."""
        return self._to(path, ".docx", force=force)

    def to_pdf(self, path: str | Path, *, force: bool = False) -> Path:
        """Write the briefing as PDF; see `write`."""
        return self._to(path, ".pdf", force=force)

    def to_xlsx(self, path: str | Path, *, force: bool = False) -> Path:
        """Write the rows behind the briefing as a workbook (.xlsx); see `write`."""
        return self._to(path, ".xlsx", force=force)

    def to_markdown(self, path: str | Path, *, force: bool = False) -> Path:
        """Write the briefing as Markdown (.md), with its pictures beside it; see `write`."""
        return self._to(path, ".md", force=force)

    def _to(
        self, path: str | Path, ending: str, *, force: bool, template: str | Path | None = None
    ) -> Path:
        file = Path(path)
        if file.suffix != ending:
            raise ValueError(f"the name must end with {ending}; found “{file.name}”")
        format_ = ending.removeprefix(".")
        return self.write(
            file.parent, formats=[format_], name=file.stem, template=template, force=force
        )[0]
