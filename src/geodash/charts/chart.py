"""A chart with its words and with what its reader may set."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import pandas as pd
import plotly.graph_objects as go

from geodash.case import Case

#: What a reader has set: text by the name of the control.
Settings = Mapping[str, str]


@dataclass(frozen=True)
class Control:
    """Something that a reader may set on a chart.

    Attributes
    ----------
    name
        The keyword by which the chart's functions take it.
    label
        What it sets, in plain English.
    choices
        Gives what can be chosen: values as text, with their names, in order. A control with a
        single choice is not shown.
    kind
        `menu` (one of a list), `slider` (one of a scale) or `several` (any of a list; the value
        is text with spaces between).
    start
        Gives the value at first; that of the first choice if none is named.
    read
        Turns the text into the value that the functions take.
    """

    name: str
    label: str
    choices: Callable[[Case], Mapping[str, str]]
    kind: Literal["menu", "slider", "several"] = "menu"
    start: Callable[[Case], str] | None = None
    read: Callable[[str], Any] = str

    def first(self, case: Case) -> str:
        """Give the value at first."""
        return self.start(case) if self.start else next(iter(self.choices(case)), "")


@dataclass(frozen=True)
class Chart:
    """A chart with its words, as the page and a briefing show it.

    Each function takes a case and the settings of the controls as keywords.

    Attributes
    ----------
    name
        Short name.
    heading, lead
        The question it answers; what is drawn, with period and scope.
    figure
        Draws it; takes `narrow` too, whether the page is as narrow as a phone.
    describe
        Reads the chart in words, from the rows shown.
    table
        The rows behind it, with plain-English columns, indexed by ref.
    note
        A remark that belongs under the chart.
    controls
        What a reader may set.
    parted
        Name of a control whose first choice shows the whole and the others its parts, for a chart
        that is higher than a sheet of paper; empty if there is none.
    """

    name: str
    heading: str
    lead: str
    figure: Callable[..., go.Figure]
    describe: Callable[..., str]
    table: Callable[..., pd.DataFrame]
    note: Callable[..., str]
    controls: tuple[Control, ...] = field(default=())
    parted: str = ""

    def settings(self, case: Case) -> dict[str, str]:
        """Give what is set at first."""
        return {control.name: control.first(case) for control in self.controls}

    def draw(
        self, case: Case, settings: Settings | None = None, *, narrow: bool = False
    ) -> go.Figure:
        """Draw the chart.

        Parameters
        ----------
        settings
            Values of controls; those that are left out stay as they are at first.
        narrow
            Whether it is for a page as narrow as a phone.
        """
        return self.figure(case, narrow=narrow, **self.read(case, settings))

    def parts(self, case: Case, settings: Settings | None = None) -> list[Settings]:
        """Give the settings for each sheet of paper: several where the whole has parts."""
        given = self.settings(case) | dict(settings or {})
        control = next((each for each in self.controls if each.name == self.parted), None)
        if control is None or given[control.name] != control.first(case):
            return [given]
        parts = list(control.choices(case))[1:]
        return [given | {control.name: part} for part in parts] or [given]

    def words(self, case: Case, settings: Settings | None = None) -> tuple[str, str]:
        """Give the chart in words, and the remark under it."""
        read = self.read(case, settings)
        return self.describe(case, **read), self.note(case, **read)

    def rows(self, case: Case, settings: Settings | None = None) -> pd.DataFrame:
        """Give the rows behind the chart, with plain-English columns, indexed by ref."""
        return self.table(case, **self.read(case, settings))

    def read(self, case: Case, settings: Settings | None) -> dict[str, Any]:
        """Turn settings into the values that the chart's functions take."""
        given = settings or {}
        return {
            control.name: control.read(
                given[control.name] if control.name in given else control.first(case)
            )
            for control in self.controls
        }
