"""The names of lines and places on a map, as far as there is room."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
import shapely
from shapely.geometry import box

from geodash import theme
from geodash.charts.ground import Box
from geodash.charts.lines import path
from geodash.charts.places import marked
from geodash.charts.plan import Plan
from geodash.geo.frame import Frame
from geodash.geo.labels import Placement, place_labels, text_size
from geodash.wording import listed

#: Pixels between the middle of a place and the line that leads to its name.
LEADER_GAP = 5
#: Names with more characters than this take two lines.
LONG_NAME = 16
#: Places whose names are written before others: ends and crossings.
FIRST_NAMED = ("field", "market", "border_crossing")
#: Size of the names of lines that the map is not about, in pixels.
OTHER_SIZE = 12


@dataclass(frozen=True)
class Label:
    """Words that belong to a point of the map: kilometres, size of letters and colour."""

    text: str
    x: float
    y: float
    size: int
    colour: str = theme.INK


@lru_cache(maxsize=16)
def labels(
    plan: Plan,
    frame: Frame,
    *,
    about: str,
    named: str,
    others: bool,
    taken: tuple[Box, ...],
    font: int,
    symbol: float,
    reach: float,
) -> tuple[dict[str, Any], dict[str, Any], tuple[Box, ...]]:
    """Write the names of lines and places beside them, as far as there is room.

    Parameters
    ----------
    about
        What is written below the name of the line that the case is about, safe for a chart; may be
        empty.
    named
        Which places are named: those of that `line`, the `ends` of every line, or `none`.
    others
        Whether the places of lines that the case is not about are marked.
    taken
        Rectangles in pixels of the frame where something else is written.
    font, symbol
        Sizes of the letters and of the symbols in pixels.
    reach
        Pixels from a place to its name at most; farther ones get a leader line.

    Returns
    -------
    tuple
        A trace of words, one of leader lines, and the rectangles of the words in pixels.
    """
    first = [*_of_lines(plan, frame, about, font, first=True), *_of_places(plan, named, font)]
    then = list(_of_lines(plan, frame, about, font, first=False))
    dots = shapely.get_coordinates(list(marked(plan, others=others).geometry))
    blocked = np.concatenate([_around(frame.pixels(dots), symbol / 2 + 1), _rows(taken)])
    along = shapely.segmentize(plan.drawn.geometry.values, 8 / frame.px_per_km)
    avoid = _around(frame.pixels(shapely.get_coordinates(along)), 3)
    shown: list[tuple[Label, Placement]] = []
    # What the map is about goes before the names of other lines.
    for wanted in (first, then):
        boxes = [at.box for _, at in shown]
        shown += _placed(wanted, frame, np.concatenate([blocked, _rows(boxes)]), avoid, reach)
    return _words(shown, frame), _leaders(shown, frame), tuple(at.box for _, at in shown)


def _placed(
    wanted: list[Label], frame: Frame, blocked: np.ndarray, avoid: np.ndarray, reach: float
) -> list[tuple[Label, Placement]]:
    window = box(*frame.window())
    wanted = [label for label in wanted if window.contains(shapely.Point(label.x, label.y))]
    placed = place_labels(
        frame.pixels(np.array([(label.x, label.y) for label in wanted]).reshape(-1, 2)),
        np.array([text_size(label.text, size=label.size) for label in wanted]).reshape(-1, 2),
        (0, 0, frame.width, frame.height),
        obstacles=blocked,
        avoid=avoid,
        reach=reach,
    )
    return [(label, at) for label, at in zip(wanted, placed, strict=True) if at is not None]


def _of_lines(plan: Plan, frame: Frame, about: str, font: int, *, first: bool) -> Iterator[Label]:
    """Name lines in the middle of what is seen of them; those in one trench have one name."""
    window = frame.window()
    trenches: dict[bytes, list[str]] = {}
    for line in plan.lines:
        course = plan.course(line["id"])
        trenches.setdefault(shapely.union_all(course.geometry.values).wkb, []).append(line["id"])
    names = {line["id"]: _short(line["name"]) for line in plan.lines}
    for ids in trenches.values():
        if (plan.focus in ids) != first:
            continue
        pieces = shapely.clip_by_rect(plan.course(ids[0]).geometry.values, *window)
        longest = pieces[shapely.length(pieces).argmax()]
        if longest.is_empty:
            continue
        middle = shapely.get_parts(longest)[0].interpolate(0.5, normalized=True)
        if first:
            text = "<br>".join(filter(None, (theme.text(names[ids[0]]), about)))
            yield Label(text, middle.x, middle.y, font)
        else:
            text = broken(_together([names[id_] for id_ in ids]))
            yield Label(text, middle.x, middle.y, OTHER_SIZE, theme.MUTED)


def _short(name: str) -> str:
    """Leave out what a name says in brackets."""
    return name.split(" (")[0]


def _together(names: list[str]) -> str:
    """Name several at once: line A, B and C."""
    words = [name.split(" ") for name in names]
    shared = itertools.takewhile(lambda each: len(set(each)) == 1, zip(*words, strict=False))
    start = "".join(f"{each[0]} " for each in shared) if len(names) > 1 else ""
    return start + listed([name.removeprefix(start) for name in names])


def _of_places(plan: Plan, named: str, font: int) -> Iterator[Label]:
    places = marked(plan, others=True)
    if named == "none":
        return
    if named == "line":
        places = places[places["infrastructure"] == plan.focus]
        rank = np.where(places["basis"] == "approximate", 2, 1)
        rank = np.where(places["kind"].isin(FIRST_NAMED), 0, rank)
        places = places.iloc[np.argsort(rank, kind="stable")]
    else:
        by_line = places.groupby("infrastructure", sort=False)
        places = pd.concat([by_line.head(1), by_line.tail(1)])
        places = places.drop_duplicates(["lon", "lat"])
    for place in places.to_dict("records"):
        yield Label(broken(place["place"]), place["geometry"].x, place["geometry"].y, font)


def broken(name: str) -> str:
    """Break a long name in two, after a space or a dash; safe for a chart."""
    if len(name) <= LONG_NAME:
        return theme.text(name)
    breaks = [at + 1 for at, sign in enumerate(name[:-1]) if sign in " –-"] or [len(name)]
    at = min(breaks, key=lambda at: abs(at - len(name) / 2))
    return "<br>".join(theme.text(part.strip()) for part in (name[:at], name[at:]) if part)


def _rows(boxes: Sequence[Box]) -> np.ndarray:
    return np.reshape(boxes, (-1, 4))


def _around(points: np.ndarray, pixels: float) -> np.ndarray:
    return np.concatenate([points - pixels, points + pixels], axis=1)


def _words(found: list[tuple[Label, Placement]], frame: Frame) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "text",
        "x": [round(label.x + at.dx / frame.px_per_km, 1) for label, at in found],
        "y": [round(label.y - at.dy / frame.px_per_km, 1) for label, at in found],
        "text": [label.text for label, _ in found],
        "textposition": [at.side for _, at in found],
        "textfont": {
            "size": [label.size for label, _ in found],
            "color": [label.colour for label, _ in found],
        },
        "hoverinfo": "skip",
    }


def _leaders(found: list[tuple[Label, Placement]], frame: Frame) -> dict[str, Any]:
    """Join words to the places to which they belong, where they stand a little away."""
    lines = []
    for label, at in found:
        if at.leader:
            whole = np.array([at.dx, -at.dy])
            start = LEADER_GAP * whole / np.hypot(*whole)
            place = np.array([label.x, label.y])
            lines.append([place + start / frame.px_per_km, place + whole / frame.px_per_km])
    return path(map(shapely.LineString, lines)) | {"line": {"color": theme.MUTED, "width": 1}}
