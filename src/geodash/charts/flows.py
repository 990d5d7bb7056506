"""The drawing of who speaks of whom: lines between two sides, or bars on a phone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import plotly.graph_objects as go

from geodash import theme
from geodash.wording import counted


class Act(NamedTuple):
    """An act: its words, the dash of its lines and the symbol of its marks."""

    words: str
    dash: str
    symbol: str


#: From the kindest to the harshest.
ACTS: Mapping[str, Act] = {
    "backs": Act("backs", "solid", "triangle-up"),
    "addresses": Act("speaks of", "dot", "circle"),
    "awaits": Act("waits for", "longdashdot", "hourglass"),
    "urges": Act("urges", "longdash", "diamond"),
    "doubts": Act("doubts", "dashdot", "x"),
    "accuses": Act("accuses", "dash", "triangle-down"),
}

#: Pixels: a row, and a line of one statement, of many, and of one among many at least.
ROW, ONE, MOST, LEAST = 24, 1.5, 10, 1.2
#: Space between parties, and between the lines that reach one, in rows.
GAP, PORT = 0.7, 0.4
#: From 0 at the left to 1 at the right: a bar, the marks, a letter of their words (where the
#: lines have 600 pixels), and the tips of the lines.
BAR, MARK, LETTER, TIP = 0.006, 0.02, 7 / 600, 0.985
#: A line is drawn through this many places.
STEPS = 9


@dataclass
class Link:
    """What the statements of one party do to another, and how it is drawn.

    Attributes
    ----------
    speaker, addressee, act
        Ids of the parties, and a key of `ACTS`.
    refs
        The positions behind it.
    holders, named
        Ids of the actors whose statements they are, and of those that they name.
    hover, colour
        The tooltip, and the colour of the speaker.
    start, end
        Where it leaves and where it arrives, in rows from the top.
    """

    speaker: str
    addressee: str
    act: str
    refs: list[str] = field(default_factory=list)
    holders: dict[str, None] = field(default_factory=dict)
    named: dict[str, None] = field(default_factory=dict)
    hover: str = ""
    colour: str = ""
    start: float = 0
    end: float = 0

    @property
    def words(self) -> str:
        """The act in words."""
        return ACTS[self.act].words

    @property
    def label(self) -> str:
        """The act in words with the number of statements, if there are several."""
        return self.words if len(self.refs) == 1 else f"{self.words} ×{len(self.refs)}"

    @property
    def data(self) -> str:
        """The refs as a mark carries them."""
        return " ".join(self.refs)


def curves(
    links: list[Link], addressees: list[str], names: Mapping[str, str], colours: Mapping[str, str]
) -> go.Figure:
    """Draw a row for each link, in stretches of one speaker, and a line from it to the right.

    Parameters
    ----------
    links
        In the order of their rows, those of one speaker together.
    addressees
        Ids of parties in the order of the right side.
    names, colours
        Short names, and colours, of actors by their ids.
    """
    by_speaker: dict[str, list[Link]] = {}
    for link in links:
        by_speaker.setdefault(link.speaker, []).append(link)
    place = -1 - GAP
    for part in by_speaker.values():
        place += GAP
        for link in part:
            place += 1
            link.start = place
    by_addressee = {to: [link for link in links if link.addressee == to] for to in addressees}
    _arrive(by_addressee, place)
    starts = {speaker: [link.start for link in part] for speaker, part in by_speaker.items()}
    ends = {to: [link.end for link in part] for to, part in by_addressee.items()}
    left, right = _axis(by_speaker, starts, names), _axis(by_addressee, ends, names)
    width = min(ONE, MOST / max(len(link.refs) for link in links))
    data = [
        *(_line(link, width) for link in links),
        _marks(links),
        _sides(by_speaker, starts, names, colours, "speaks of others") | {"base": 0},
        _sides(by_addressee, ends, names, colours, "is spoken of")
        | {"base": 1 - BAR, "yaxis": "y2"},
    ]
    layout = {
        "template": theme.TEMPLATE,
        "height": round(ROW * (place + 1)) + 24,
        "xaxis": {"visible": False, "range": [0, 1]},
        "yaxis": left | {"range": [place + 0.5, -0.8]},
        "yaxis2": right | {"overlaying": "y", "side": "right", "matches": "y"},
    }
    return theme.figure(data, layout)


def _arrive(coming: Mapping[str, list[Link]], last: float) -> None:
    """Say where each link arrives: side by side at its addressee, with even space between those."""
    gap = (last + 1 - PORT * sum(map(len, coming.values()))) / len(coming)
    place = -0.5 + gap / 2
    for part in coming.values():
        for link in part:
            link.end = place + PORT / 2
            place += PORT
        place += gap


def _axis(
    side: Mapping[str, list[Link]], places: Mapping[str, list[float]], names: Mapping[str, str]
) -> dict[str, Any]:
    """Name the parties of a side at the middle of their lines, with their statements."""
    muted = f'<span style="color:{theme.MUTED}">'
    return {
        "tickvals": [_middle(places[actor]) for actor in side],
        "ticktext": [
            f"<b>{theme.text(names[actor])}</b> {muted}{_statements(part)}</span>"
            for actor, part in side.items()
        ],
        "showgrid": False,
        "ticklabelstandoff": 6,
    }


def _sides(
    side: Mapping[str, list[Link]],
    places: Mapping[str, list[float]],
    names: Mapping[str, str],
    colours: Mapping[str, str],
    verb: str,
) -> dict[str, Any]:
    """Draw a bar in its colour for each party of a side, as long as its lines need."""
    return {
        "type": "bar",
        "orientation": "h",
        "x": [BAR] * len(side),
        "y": [_middle(places[actor]) for actor in side],
        "width": [places[actor][-1] - places[actor][0] + PORT for actor in side],
        "marker": {"color": [colours[actor] for actor in side], "line": {"width": 0}},
        "customdata": [" ".join(link.data for link in part) for part in side.values()],
        "hovertext": [
            theme.hover(f"{names[actor]} {verb} in {counted(_statements(part), 'statement')}")
            for actor, part in side.items()
        ],
        "hoverinfo": "text",
    }


def _middle(places: list[float]) -> float:
    return (places[0] + places[-1]) / 2


def _statements(links: list[Link]) -> int:
    return sum(len(link.refs) for link in links)


def _line(link: Link, width: float) -> dict[str, Any]:
    """Draw a line that lets its words through and bends to where it arrives."""
    left = MARK + LETTER * (len(link.label) + 1)
    steps = [step / (STEPS - 1) for step in range(STEPS)]
    rise = link.end - link.start
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [0, MARK, None, *(round(left + (TIP - left) * t, 4) for t in steps)],
        # Smoothstep: level at both ends.
        "y": [
            link.start,
            link.start,
            None,
            *(round(link.start + rise * t * t * (3 - 2 * t), 3) for t in steps),
        ],
        "line": {
            "shape": "spline",
            "color": link.colour,
            "dash": ACTS[link.act].dash,
            "width": max(LEAST, width * len(link.refs)),
        },
        "opacity": 0.75,
        "customdata": [link.data],
        "hoverinfo": "skip",
    }


def _marks(links: list[Link]) -> dict[str, Any]:
    """Mark each line where it leaves, with its act in words, and at its tip."""
    symbols = [ACTS[link.act].symbol for link in links]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [MARK] * len(links) + [TIP] * len(links),
        "y": [link.start for link in links] + [link.end for link in links],
        "text": [link.label for link in links] + [""] * len(links),
        "textposition": "middle right",
        "textfont": {"size": 12},
        "marker": {
            "symbol": symbols + ["triangle-right"] * len(links),
            "size": [11] * len(links) + [9] * len(links),
            "color": [link.colour for link in links] * 2,
            "opacity": 1,
            "line": {"width": 0},
        },
        "customdata": [link.data for link in links] * 2,
        "hovertext": [link.hover for link in links] * 2,
        "hoverinfo": "text",
    }


def bars(links: list[Link], names: Mapping[str, str]) -> go.Figure:
    """Draw a bar for each link, under the name of its speaker.

    Parameters
    ----------
    links
        In the order of their rows, those of one speaker together.
    names
        Short names of actors by their ids.
    """
    labels: dict[float, str] = {}
    place, speaker = -1 - GAP, ""
    for link in links:
        if link.speaker != speaker:
            speaker = link.speaker
            place += 1 + GAP
            labels[place] = f"<b>{theme.text(names[speaker])}</b>"
        place += 1
        link.start = place
        labels[place] = theme.text(f"{link.words} {names[link.addressee]}")
    most = max(len(link.refs) for link in links)
    data = {
        "type": "bar",
        "orientation": "h",
        "x": [len(link.refs) for link in links],
        "y": [link.start for link in links],
        "width": 0.55,
        "marker": {"color": [link.colour for link in links], "line": {"width": 0}},
        "text": [str(len(link.refs)) for link in links],
        "textposition": "outside",
        "cliponaxis": False,
        "customdata": [link.data for link in links],
        "hovertext": [link.hover for link in links],
        "hoverinfo": "text",
    }
    layout = {
        "template": theme.TEMPLATE,
        "height": round(ROW * (place + 1)) + 16,
        "xaxis": {"visible": False, "range": [0, max(most, 4) * 1.12]},
        "yaxis": {
            "range": [place + 0.6, -0.6],
            "tickvals": list(labels),
            "ticktext": list(labels.values()),
            "showgrid": False,
            "ticklabelstandoff": 6,
        },
    }
    return theme.figure([data], layout)
