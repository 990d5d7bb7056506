"""The filters and the unit as controls: each shows what the model has, and changes it."""

from __future__ import annotations

from dataclasses import replace

import ipywidgets as widgets
import pandas as pd
import traitlets

from geodash.app.model import DashboardModel
from geodash.filters import FIELDS, choices
from geodash.parties import party_keys
from geodash.units import UNITS

LABELS = {"issue": "Issue", "kind": "Kind of actor", "type": "Kind of statement"}


class Controls(widgets.VBox):
    """Controls for country, issue, kind of actor, kind of statement, dates, words and unit."""

    def __init__(self, model: DashboardModel) -> None:
        self.model = model
        self.choices = choices(model.case)
        # The page's style sheet lays them out: one empty layout serves all.
        self._layout = widgets.Layout()
        self.countries = {key: self._chip(key) for key in self.choices["country"]}
        self.menus = {word: self._menu(word) for word in LABELS}
        self.since = self._day("since", "From")
        self.until = self._day("until", "Until")
        self.words = widgets.Text(
            description="Words",
            placeholder="then Enter",
            continuous_update=False,
            layout=self._layout,
        )
        self.words.observe(lambda change: self._filter(words=change["new"]), "value")
        self.unit = self._unit()
        self.reset = widgets.Button(
            description="Reset", tooltip="Show everything again", layout=self._layout
        )
        self.reset.on_click(lambda button: model.reset())
        chips = widgets.Box(list(self.countries.values()), layout=self._layout).add_class(
            "gd-chips"
        )
        fields = [*self.menus.values(), self.since, self.until, self.words, self.unit, self.reset]
        super().__init__([chips, widgets.Box(fields, layout=self._layout).add_class("gd-fields")])
        self.add_class("gd-controls")
        self._updating = False
        model.observe(self._update, "filters")
        self._update()

    def _chip(self, key: str) -> widgets.ToggleButton:
        chip = widgets.ToggleButton(
            tooltip=f"Show {self.choices['country'][key]}", layout=self._layout
        )
        chip.observe(self._on_country_change, "value")
        return chip

    def _menu(self, word: str) -> widgets.Dropdown:
        menu = widgets.Dropdown(
            description=LABELS[word], options=[("All", ())], layout=self._layout
        )
        menu.observe(lambda change: self._filter(**{FIELDS[word]: change["new"]}), "value")
        return menu

    def _day(self, field: str, label: str) -> widgets.DatePicker:
        day = widgets.DatePicker(description=label, layout=self._layout)
        day.observe(lambda change: self._filter(**{field: change["new"]}), "value")
        return day

    def _unit(self) -> widgets.Dropdown:
        options = [(unit.amount, key) for key, unit in UNITS.items()]
        menu = widgets.Dropdown(description="Gas in", options=options, layout=self._layout)
        menu.add_class("gd-unit")
        traitlets.link((menu, "value"), (self.model, "unit"))
        return menu

    def _on_country_change(self, change: object) -> None:
        chosen = tuple(key for key, chip in self.countries.items() if chip.value)
        self._filter(countries=chosen)

    def _filter(self, **fields: object) -> None:
        # Controls that follow the model must not answer it.
        if not self._updating:
            self.model.filter(replace(self.model.filters, **fields))  # type: ignore[arg-type]

    def _update(self, change: object = None) -> None:
        """Show the model's filters, and how many positions each choice would leave."""
        filters = self.model.filters
        self._updating = True
        try:
            for key, count in self._counts("country").items():
                chip = self.countries[key]
                chip.description = f"{self.choices['country'][key]} {count}"
                chip.value = key in filters.countries
            for word, menu in self.menus.items():
                self._update_menu(menu, word)
            self.since.value, self.until.value = filters.since, filters.until
            self.words.value = filters.words
        finally:
            self._updating = False

    def _update_menu(self, menu: widgets.Dropdown, word: str) -> None:
        value = getattr(self.model.filters, FIELDS[word])
        counts = self._counts(word)
        options: list[tuple[str, tuple[str, ...]]] = [("All", ())]
        options += [(f"{name} ({counts[key]})", (key,)) for key, name in self.choices[word].items()]
        if len(value) > 1:
            # A link can ask for several at once; the menu offers what it finds.
            options.append((" + ".join(self.choices[word][key] for key in value), value))
        with menu.hold_sync():
            menu.options = options
            menu.value = value

    def _counts(self, word: str) -> dict[str, int]:
        """Count positions per choice, with every other filter applied."""
        no_choice: dict[str, object] = {FIELDS[word]: ()}
        others = replace(self.model.filters, **no_choice)  # type: ignore[arg-type]
        case = self.model.case
        rows = others.positions(case)
        column = {
            "country": rows["holder"].map(party_keys(case)),
            "issue": rows["issue"],
            "kind": rows["holder"].map(case.actors.set_index("id")["kind"]),
            "type": rows["statement_type"],
        }[word]
        found: pd.Series[int] = column.value_counts()
        return {key: int(found.get(key, 0)) for key in self.choices[word]}
