"""The drawing of who speaks of whom: lines between two sides, or bars on a phone."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import plotly.graph_objects as go

from geodash import theme
from geodash.geo.labels import text_size
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

#: Pixels: a row, a row on a phone, a line of one statement, of many, and of one among many at
#: least, and the margin around everything.
ROW, PHONE_ROW, ONE, MOST, LEAST, MARGIN = 22, 24, 1.5, 10, 1.2, 8
#: Pixels of letters: names, acts, and the symbol beside an act with the space around it.
NAME, WORD, SYMBOL = 13, 12, 16
#: Space in rows: between parties, where a name stands and on a phone, and between the lines that
#: reach a party.
NAMED_GAP, GAP, PORT = 1.3, 0.7, 0.4
#: Shares of the width, from the symbols at 0 to the end of the bars at 1: from a bar to what
#: stands beside it, a bar, and the tips of the lines.
ASIDE, BAR, TIP = 0.012, 0.006, 0.985
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


class End(NamedTuple):
    """A party where its lines leave or arrive: they do so from `first` to `last`, in rows."""

    name: str
    colour: str
    links: list[Link]
    first: float
    last: float

    @property
    def statements(self) -> int:
        """How many statements its lines stand for."""
        return sum(len(link.refs) for link in self.links)

    @property
    def width(self) -> int:
        """Pixels of its name and the number of its statements."""
        return _width(f"{self.name} {self.statements}", NAME, bold=True)


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
    by_addressee = {to: [link for link in links if link.addressee == to] for to in addressees}
    place = -1 - NAMED_GAP
    for part in by_speaker.values():
        place += NAMED_GAP
        for link in part:
            place += 1
            link.start = round(place, 2)
    _arrive(by_addressee, place)
    left = [
        End(names[actor], colours[actor], part, part[0].start, part[-1].start)
        for actor, part in by_speaker.items()
    ]
    right = [
        End(names[actor], colours[actor], part, part[0].end, part[-1].end)
        for actor, part in by_addressee.items()
    ]
    width = min(ONE, MOST / max(len(link.refs) for link in links))
    words = max(_width(link.label, WORD) + SYMBOL for link in links)
    data = [
        *(_line(link, width) for link in links),
        _marks(links),
        _bars(left, right),
        _names(left, right),
    ]
    layout = {
        "template": theme.TEMPLATE,
        "height": round(ROW * (place + 2.1)) + 2 * MARGIN,
        "margin": {
            "l": MARGIN + max(words, *(end.width for end in left)),
            "r": MARGIN + max(end.width for end in right),
            "t": MARGIN,
            "b": MARGIN,
        },
        # Room for a symbol at the left and between a bar and its name at the right.
        "xaxis": {"visible": False, "range": [-ASIDE, 1 + ASIDE / 2]},
        "yaxis": {"visible": False, "range": [place + 0.6, -1.5]},
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


def _names(left: list[End], right: list[End]) -> dict[str, Any]:
    """Name the parties with their statements: above their acts, and beside where lines arrive."""
    muted = f'<span style="color:{theme.MUTED};font-weight:400">'
    return {
        "type": "scatter",
        "mode": "text",
        "cliponaxis": False,
        "x": [-ASIDE] * len(left) + [1 + ASIDE / 2] * len(right),
        "y": [end.first - 1 for end in left] + [_middle(end) for end in right],
        "text": [
            f"{theme.text(end.name)} {muted}{end.statements}</span>" for end in (*left, *right)
        ],
        "textposition": ["middle left"] * len(left) + ["middle right"] * len(right),
        "textfont": {"size": NAME, "weight": "bold"},
        "hoverinfo": "skip",
    }


def _middle(end: End) -> float:
    return round((end.first + end.last) / 2, 3)


def _width(words: str, size: float, *, bold: bool = False) -> int:
    """Estimate the width of words in pixels, rather too much than too little."""
    return math.ceil(text_size(words, size=size, bold=bold)[0])


def _bars(left: list[End], right: list[End]) -> dict[str, Any]:
    """Draw a bar in its colour for each party on each side, as long as its lines need."""
    ends = [*left, *right]
    verbs = ["speaks of others"] * len(left) + ["is spoken of"] * len(right)
    return {
        "type": "bar",
        "orientation": "h",
        "base": [ASIDE] * len(left) + [1 - BAR] * len(right),
        "x": [BAR] * len(ends),
        "y": [_middle(end) for end in ends],
        "width": [round(end.last - end.first + PORT, 3) for end in ends],
        "marker": {"color": [end.colour for end in ends], "line": {"width": 0}},
        "customdata": [" ".join(link.data for link in end.links) for end in ends],
        "hovertext": [
            theme.hover(f"{end.name} {verb} in {counted(end.statements, 'statement')}")
            for end, verb in zip(ends, verbs, strict=True)
        ],
        "hoverinfo": "text",
    }


def _line(link: Link, width: float) -> dict[str, Any]:
    """Draw a line that bends to where it arrives."""
    left = ASIDE + BAR
    steps = [step / (STEPS - 1) for step in range(STEPS)]
    rise = link.end - link.start
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [round(left + (TIP - left) * t, 3) for t in steps],
        # Smoothstep: level at both ends.
        "y": [round(link.start + rise * t * t * (3 - 2 * t), 3) for t in steps],
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
    """Mark each line where it leaves, beside its act in words, and at its tip."""
    symbols = [ACTS[link.act].symbol for link in links]
    return {
        "type": "scatter",
        "mode": "markers+text",
        # The words stand in the margin.
        "cliponaxis": False,
        "x": [0] * len(links) + [TIP] * len(links),
        "y": [link.start for link in links] + [round(link.end, 3) for link in links],
        "text": [link.label for link in links],
        "textposition": "middle left",
        "textfont": {"size": WORD},
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
    widest = 0
    place, speaker = -1 - GAP, ""
    for link in links:
        if link.speaker != speaker:
            speaker = link.speaker
            place += 1 + GAP
            labels[place] = f"<b>{theme.text(names[speaker])}</b>"
            widest = max(widest, _width(names[speaker], NAME, bold=True))
        place += 1
        link.start = place
        words = f"{link.words} {names[link.addressee]}"
        labels[place] = theme.text(words)
        widest = max(widest, _width(words, NAME))
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
        "height": round(PHONE_ROW * (place + 1)) + 2 * MARGIN,
        "margin": {"l": MARGIN + widest + 6, "r": MARGIN, "t": MARGIN, "b": MARGIN},
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
