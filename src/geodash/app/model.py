"""The dashboard's state: what is filtered and what is selected. No widgets here."""

from __future__ import annotations

import traitlets

from geodash.case import Case
from geodash.evidence import all_refs
from geodash.filters import Filters
from geodash.units import UNITS, from_query, in_unit, to_query


class DashboardModel(traitlets.HasTraits):
    """Everything that the dashboard shows follows from these few traits.

    Views read the model and never each other.

    Attributes
    ----------
    case
        The whole case.
    filters
        What is shown of it.
    unit
        The unit of amounts of gas, a key of `geodash.units.UNITS`.
    selected
        Refs of the rows behind the mark that was clicked; empty if none is.
    narrow
        Whether the page is as narrow as a phone.
    notices
        Sentences about what a link asked for and the case does not have.
    """

    filters = traitlets.Instance(Filters, args=())
    unit = traitlets.Enum(list(UNITS), next(iter(UNITS)))
    selected = traitlets.Tuple()
    narrow = traitlets.Bool(False)
    notices = traitlets.Tuple()

    def __init__(self, case: Case) -> None:
        super().__init__()
        self.case = case
        self._shown = (Filters(), self.unit, case)

    @property
    def shown(self) -> Case:
        """The case with the filters applied, and its gas in the unit chosen."""
        filters, unit, shown = self._shown
        if (filters, unit) != (self.filters, self.unit):
            shown = in_unit(self.filters.apply(self.case), self.unit)
            self._shown = (self.filters, self.unit, shown)
        return shown

    @property
    def query(self) -> str:
        """The filters and the unit as the query of an address."""
        return to_query(self.filters.to_query(), self.unit)

    @property
    def sentence(self) -> str:
        """What is shown, in words."""
        return self.filters.sentence(self.case, self.shown)

    @property
    def evidence_refs(self) -> list[str]:
        """Refs of the rows to show as evidence: what is selected, else all that is shown."""
        return list(self.selected) or all_refs(self.shown)

    def filter(self, filters: Filters) -> None:
        """Show what fits the filters, and drop the selection."""
        with self.hold_trait_notifications():
            self.filters = filters
            self.selected = ()
            self.notices = ()

    def reset(self) -> None:
        """Show everything again."""
        self.filter(Filters())

    def open_link(self, query: str) -> None:
        """Take filters and unit from the query of an address; say what is unknown."""
        filters, notices = Filters.from_query(query, self.case)
        unit, problems = from_query(query)
        with self.hold_trait_notifications():
            self.filter(filters)
            self.unit = unit
            self.notices = (*notices, *problems)

    def select(self, refs: list[str]) -> None:
        """Show the rows behind a mark; the same mark again, or no refs, ends the selection."""
        chosen = tuple(dict.fromkeys(refs))
        self.selected = () if chosen == self.selected else chosen
