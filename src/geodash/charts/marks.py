"""Marks gathered one by one and handed to Plotly as one trace per layer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from geodash import theme

#: How a layer looks: the part of its trace that all its marks share.
Look = Mapping[str, Any]


@dataclass
class Marks:
    """Marks in layers; each layer has a column of values for each property of its marks."""

    layers: dict[str, dict[str, list[Any]]] = field(default_factory=dict)

    def add(self, layer: str, **values: object) -> None:
        """Add a mark.

        Parameters
        ----------
        **values
            Its properties by Plotly's names, an underscore for each step down: `marker_color`.
        """
        columns = self.layers.setdefault(layer, {})
        for name, value in values.items():
            columns.setdefault(name, []).append(value)

    def traces(self, looks: Mapping[str, Look], **shared: object) -> list[dict[str, Any]]:
        """Make a trace of each layer that has marks.

        Parameters
        ----------
        looks
            Looks of the layers, from the back to the front.
        **shared
            What all traces share.
        """
        traces = []
        for name, look in looks.items():
            if name in self.layers:
                trace = {"name": name, "hoverinfo": "text"} | shared | dict(look)
                for property_, column in self.layers[name].items():
                    _set(trace, property_.split("_"), column)
                traces.append(trace)
        return traces


def key(groups: Mapping[str, list[str]], *, width: int) -> str:
    """Write the key of a chart: what its symbols mean.

    Parameters
    ----------
    groups
        Symbols with their words, by the word that introduces them; empty groups are left out.
    width
        Characters in a line.
    """
    # A symbol and its words stay together.
    lines = [
        " ".join([name, *(part.replace(" ", "\N{NO-BREAK SPACE}") for part in parts)])
        for name, parts in groups.items()
        if parts
    ]
    return "<br>".join(theme.wrapped(line, width=width) for line in lines)


def _set(trace: dict[str, Any], path: list[str], column: list[Any]) -> None:
    """Set a property. Plotly would take its path as one word, but five times as slowly."""
    *above, last = path
    for step in above:
        # A copy, so that the look itself stays as it is.
        trace[step] = dict(trace.get(step, {}))
        trace = trace[step]
    trace[last] = column
