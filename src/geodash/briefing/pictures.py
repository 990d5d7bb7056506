"""The charts of a briefing as pictures that tell what they show, and who says so."""

from __future__ import annotations

import html
import re
import struct
import zlib
from typing import Any

import plotly.graph_objects as go

from geodash import theme
from geodash.briefing.content import Content, Section
from geodash.wording import listed, printable

#: Pixels of a picture, and how many of a PNG each of them becomes: 254 dots an inch at 240 mm.
WIDTH, SCALE = 1200, 2
#: Pixels of a chart on A4: the 178 mm between its margins are 672, and it is drawn 0.8 as large.
PAPER = 840
#: Pixels: the heading, a line of the words below, and what keeps both from the chart. Characters in
#: such a line, and how many sources it names; all of them stand in the description of the file.
LARGE, SMALL, GAP, LINE, NAMED = 28, 16, 10, 180, 4
#: Names that Plotly draws anew for each chart: of clip paths, of traces, and of patterns, which
#: are named after both (p982278-0c006a-6).
_DRAWN = re.compile(
    r"""(?P<what>defs-|clip|trace|(?<=["#])p|(?<=["#]p......)-)(?P<name>[0-9a-f]{6})(?![0-9a-f])"""
)
#: Where the first chunk of a PNG ends: its signature and its header are always as long.
_HEAD = 33


def picture_of(name: str, section: str, kind: str) -> str:
    """Name the file of a picture."""
    return f"{name}-{section}.{kind}"


def on_white(figure: go.Figure, **layout: object) -> dict[str, Any]:
    """Give a figure as it stands on paper, for where its heading and sources stand beside it.

    Parameters
    ----------
    **layout
        What else of its layout is to be different.
    """
    plain: dict[str, Any] = figure.to_dict()
    plain["layout"] |= {"paper_bgcolor": theme.PAPER} | layout
    return plain


def framed(content: Content, section: Section) -> dict[str, Any]:
    """Put the question above the chart, and remark, sources and day below it.

    Returns
    -------
    dict
        A Plotly figure, to be drawn `WIDTH` pixels wide and as high as its layout says.
    """
    figure = on_white(section.figure)
    layout = figure["layout"]
    margin = {"l": 8, "r": 8, "t": 8, "b": 8} | layout.get("margin", {})
    foot = "<br>".join(theme.wrapped(words, width=LINE) for words in _foot(content, section))
    below = (1 + foot.count("<br>")) * SMALL + 2 * GAP
    above = LARGE + 2 * GAP
    look = {"xref": "paper", "yref": "paper", "x": 0, "xanchor": "left", "xshift": 8 - margin["l"]}
    look |= {"showarrow": False, "align": "left", "yanchor": "top"}
    words = [
        look
        | {
            "text": f"<b>{theme.text(section.heading)}</b>",
            "y": 1,
            "yshift": margin["t"] + above - GAP,
        }
        | {"font": {"size": 22, "color": theme.INK}},
        look
        | {"text": foot, "y": 0, "yshift": -margin["b"] - GAP}
        | {"font": {"size": 12, "color": theme.MUTED}},
    ]
    layout["annotations"] = [*layout.get("annotations", ()), *words]
    layout["margin"] = margin | {"t": margin["t"] + above, "b": margin["b"] + below}
    layout["height"] += above + below
    return figure


def _foot(content: Content, section: Section) -> list[str]:
    cited = [source.citation for source in content.sources_of(section)]
    sources = [f"Sources: {listed(cited, most=NAMED)}."] if cited else []
    return [
        *filter(None, [section.note]),
        *sources,
        f"{content.shown} As of {content.as_of}; geodash.",
    ]


def _told(content: Content, section: Section) -> str:
    """Tell what a picture shows, in words, with its sources."""
    said = [section.reading, section.note, content.cited(section), content.citation]
    return " ".join(filter(None, said))


def finished(kind: str, picture: bytes, content: Content, section: Section) -> bytes:
    """Put title, description with sources, and manifest into a picture as it was drawn.

    Parameters
    ----------
    kind
        `svg` or `png`.
    """
    return {"svg": _svg, "png": _png}[kind](picture, content, section)


def _svg(picture: bytes, content: Content, section: Section) -> bytes:
    """Give the drawing steady names, a title, a description and the manifest."""
    names: dict[str, str] = {}

    def steady(found: re.Match[str]) -> str:
        return found["what"] + names.setdefault(found["name"], f"{len(names):06d}")

    text = _DRAWN.sub(steady, picture.decode())
    start = text.index(">") + 1
    about = (
        f"<title>{html.escape(section.heading)}</title>"
        f"<desc>{html.escape(_told(content, section))}</desc>"
        f"<!-- geodash-manifest {content.manifest.to_json()} -->"
    )
    return printable(f'{text[: start - 1]} role="img">{about}{text[start:]}').encode()


def _png(picture: bytes, content: Content, section: Section) -> bytes:
    """Put title, description and manifest into the picture (PNG, 11.3.4.5: iTXt)."""
    texts = {
        "Title": section.heading,
        "Description": _told(content, section),
        "Comment": f"<!-- geodash-manifest {content.manifest.to_json()} -->",
    }
    chunks = b"".join(_chunk(key, text) for key, text in texts.items())
    return picture[:_HEAD] + chunks + picture[_HEAD:]


def _chunk(key: str, text: str) -> bytes:
    body = b"iTXt" + key.encode("latin-1") + b"\0" * 5 + text.encode()
    return struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
