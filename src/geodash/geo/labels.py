"""Room for labels: which of them fit on a map, and where.

Candidate positions around each point as in Christensen, Marks and Shieber 1995, An Empirical Study
of Algorithms for Point-Feature Label Placement, ACM Transactions on Graphics 14, 203–232; the best
choice among them by branch and bound. Pixels run to the right and down, as on a screen.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

#: Eight directions from the point to its label, the easiest to read first (after Imhof 1975).
DIRECTIONS = ((1, 0), (-1, 0), (1, -1), (1, 1), (-1, -1), (-1, 1), (0, -1), (0, 1))
#: Pixels from the point to its label; from the second on, a leader line joins them.
DISTANCES = (8, 20, 36, 56)
#: Cost of the next direction in the list, of the next distance, and of covering what is avoided.
NEXT_DIRECTION, NEXT_DISTANCE, COVERS = 0.12, 1.0, 0.8
#: Pixels that a label keeps from other points: always, and with a leader line. Without one it must
#: not be nearer to another point than to its own by more than the last number.
CLEARANCE, CLEARANCE_LED, MISLEADING = 7, 14, 2
#: Cost of leaving a label out, from once for the least to twice for the most important one.
LEFT_OUT = 50.0
#: How many choices are tried at most.
MOST_STEPS = 400
#: Pixels kept free between labels.
MARGIN = 2

#: Widths of characters in em, as wide as in the widest of the usual system fonts (DejaVu Sans).
NARROW, WIDE = 0.40, 1.0
NARROW_CHARACTERS = frozenset(" !'’()[].,:;/\\|iIjlft-·`")
WIDE_CHARACTERS = frozenset("MWm@%—")
SMALL, CAPITAL, NOT_LATIN = 0.64, 0.80, 1.05
LINE_HEIGHT = 1.3
#: Bold words are wider than others by this factor.
BOLD = 1.12


@dataclass(frozen=True)
class Placement:
    """Where a label stands: offset of its anchor from the point in pixels, and its rectangle.

    `side` says on which side of the anchor the text stands, in Plotly's words: middle right.
    `box` is left, top, right, bottom. `leader` says whether a line should join point and label.
    """

    dx: float
    dy: float
    side: str
    leader: bool
    box: tuple[float, float, float, float]


def text_size(words: str, *, size: float, bold: bool = False) -> tuple[float, float]:
    """Estimate width and height of text in pixels, rather too much than too little.

    Parameters
    ----------
    words
        Text; `<br>` starts a new line.
    size
        Size of the font in pixels.
    bold
        Whether its letters are bold.
    """
    lines = words.split("<br>")
    width = max(sum(map(_em, line)) for line in lines) * (BOLD if bold else 1)
    return width * size, len(lines) * LINE_HEIGHT * size


def _em(character: str) -> float:
    if character in NARROW_CHARACTERS:
        return NARROW
    if character in WIDE_CHARACTERS:
        return WIDE
    if ord(character) > 0x24F and not 0x2010 <= ord(character) <= 0x2026:
        return NOT_LATIN
    return SMALL if character.islower() or character.isdigit() else CAPITAL


def place_labels(
    points: np.ndarray,
    sizes: np.ndarray,
    bounds: tuple[float, float, float, float],
    *,
    obstacles: np.ndarray | None = None,
    avoid: np.ndarray | None = None,
    reach: float = DISTANCES[-1],
) -> list[Placement | None]:
    """Place labels so that none overlaps another, an obstacle or the edge of the map.

    Parameters
    ----------
    points
        Places as rows of x and y in pixels, the most important first.
    sizes
        Width and height of each label in pixels.
    bounds
        Left, top, right, bottom of the map.
    obstacles
        Rectangles (left, top, right, bottom) that labels must not cover.
    avoid
        Rectangles that labels should rather not cover, for instance along a line.
    reach
        Pixels from a point to its label at most.

    Returns
    -------
    list
        One placement per label, None where none fits; less important labels give way.
    """
    given = (points, sizes, _rectangles(obstacles), _rectangles(avoid))
    return list(_placed(*(np.asarray(array, float).tobytes() for array in given), bounds, reach))


@lru_cache(maxsize=32)
def _placed(
    points_: bytes,
    sizes_: bytes,
    obstacles_: bytes,
    avoid_: bytes,
    bounds: tuple[float, float, float, float],
    reach: float,
) -> tuple[Placement | None, ...]:
    """Place labels, unless the very same ones were placed before: a map is drawn often."""
    points, sizes = (np.frombuffer(array).reshape(-1, 2) for array in (points_, sizes_))
    obstacles, avoid = (np.frombuffer(array).reshape(-1, 4) for array in (obstacles_, avoid_))
    if not len(points):
        return ()
    boxes = _candidates(points, sizes)
    cost = _costs(boxes, points, bounds, obstacles, avoid)
    cost[:, np.repeat(np.array(DISTANCES) > reach, len(DIRECTIONS))] = np.inf
    chosen = _settle(cost, _clashes(boxes, points))
    return tuple(
        None if at < 0 else _placement(boxes[label, at], at) for label, at in enumerate(chosen)
    )


def _rectangles(given: np.ndarray | None) -> np.ndarray:
    return np.empty((0, 4)) if given is None else np.asarray(given, float).reshape(-1, 4)


def _steps() -> np.ndarray:
    """Directions at each distance, as unit vectors times pixels: one row per candidate."""
    unit = np.array([np.array(d) / np.hypot(*d) for d in DIRECTIONS])
    return np.concatenate([unit * distance for distance in DISTANCES])


def _candidates(points: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """Rectangles of every label at every candidate position: labels × candidates × 4."""
    steps, signs = _steps(), np.tile(DIRECTIONS, (len(DISTANCES), 1))
    half = sizes[:, None, :] / 2
    centres = points[:, None, :] + steps + signs * half
    return np.concatenate([centres - half, centres + half], axis=2)


def _overlap(a: np.ndarray, b: np.ndarray, *, margin: float = 0) -> np.ndarray:
    """Whether rectangles overlap; the arrays are broadcast against each other."""
    (left, top, right, bottom), (left_b, top_b, right_b, bottom_b) = _edges(a), _edges(b)
    beside = (left < right_b + margin) & (left_b < right + margin)
    return beside & (top < bottom_b + margin) & (top_b < bottom + margin)


def _edges(boxes: np.ndarray) -> tuple[np.ndarray, ...]:
    return tuple(np.moveaxis(boxes, -1, 0))


def _leaders(boxes: np.ndarray, points: np.ndarray) -> np.ndarray:
    """Four small rectangles along the leader line of each candidate: labels × candidates × 4 × 4.

    Candidates beside their point have none; theirs lie nowhere.
    """
    nearest = np.clip(points[:, None, :], boxes[..., :2], boxes[..., 2:])
    along = np.array([0.3, 0.5, 0.7, 0.9])[:, None]
    dots = points[:, None, None, :] * (1 - along) + nearest[:, :, None, :] * along
    dots[:, : len(DIRECTIONS)] = np.inf
    return np.concatenate([dots - 1, dots + 1], axis=-1)


def _costs(
    boxes: np.ndarray,
    points: np.ndarray,
    bounds: tuple[float, float, float, float],
    obstacles: np.ndarray,
    avoid: np.ndarray,
) -> np.ndarray:
    """Cost of each candidate by itself, infinite where it must not stand."""
    left, top, right, bottom = bounds
    leaders = _leaders(boxes, points)[:, :, :, None]
    blocked = ((boxes[..., :2] < [left, top]) | (boxes[..., 2:] > [right, bottom])).any(axis=-1)
    blocked |= _overlap(boxes[:, :, None], obstacles).any(axis=-1)
    blocked |= _overlap(leaders, obstacles).any(axis=(-1, -2))
    blocked |= _misleading(boxes, points)
    order = np.arange(boxes.shape[1])
    cost = NEXT_DIRECTION * (order % len(DIRECTIONS)) + NEXT_DISTANCE * (order // len(DIRECTIONS))
    covers = _overlap(boxes[:, :, None], avoid).sum(axis=-1)
    covers = covers + _overlap(leaders, avoid).sum(axis=(-1, -2))
    # Good positions go to the more important labels.
    weight = np.linspace(1.5, 1, len(points))[:, None]
    return np.where(blocked, np.inf, weight * (cost + COVERS * covers))


def _misleading(boxes: np.ndarray, points: np.ndarray) -> np.ndarray:
    """Whether each candidate is so near to another point that it seems to belong to it."""
    near = np.clip(points, boxes[:, :, None, :2], boxes[:, :, None, 2:])
    distance = np.hypot(*np.moveaxis(near - points, -1, 0))
    labels = np.arange(len(points))
    allowed = np.maximum(distance[labels, :, labels] - MISLEADING, CLEARANCE)
    allowed[:, len(DIRECTIONS) :] = CLEARANCE_LED
    distance[labels, :, labels] = np.inf
    misleading: np.ndarray = (distance < allowed[..., None]).any(axis=-1)
    return misleading


def _clashes(boxes: np.ndarray, points: np.ndarray) -> np.ndarray:
    """Whether candidate a of label i overlaps candidate b of label j: i × a × j × b."""
    labels = _overlap(boxes[:, :, None, None], boxes, margin=MARGIN)
    leaders = _leaders(boxes, points)
    crossed = np.any(_overlap(leaders[:, :, :, None, None], boxes[None, None, None]), axis=2)
    clash: np.ndarray = labels | crossed | crossed.transpose(2, 3, 0, 1) | _crossings(boxes, points)
    same = np.arange(len(boxes))
    clash[same, :, same, :] = False
    return clash


def _crossings(boxes: np.ndarray, points: np.ndarray) -> np.ndarray:
    """Whether leader lines cross: label i, candidate a × label j, candidate b.

    Two segments cross if each has the ends of the other on both of its sides.
    """
    ends = np.clip(points[:, None, :], boxes[..., :2], boxes[..., 2:])
    start = points[:, None, None, None, :]
    along = ends[:, :, None, None] - start
    to_start, to_end = points[:, None, :] - start, ends - start
    parted = _cross(along, to_start) * _cross(along, to_end) < 0
    crossing: np.ndarray = parted & parted.transpose(2, 3, 0, 1)
    beside = slice(len(DIRECTIONS))
    crossing[:, beside] = False
    crossing[:, :, :, beside] = False
    return crossing


def _cross(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    product: np.ndarray = a[..., 0] * b[..., 1] - a[..., 1] * b[..., 0]
    return product


def _settle(cost: np.ndarray, clash: np.ndarray) -> np.ndarray:
    """Choose a candidate per label, −1 for labels left out, so that no two chosen ones clash.

    Branch and bound: the label with the fewest free candidates is settled first, at each of them
    in the order of what all labels would cost at least; what cannot beat the best choice found so
    far is not followed up. The first dive ends with a choice, the rest of the steps improve it.
    """
    count = len(cost)
    left_out = LEFT_OUT * (2 - np.arange(count) / count)
    best, chosen, steps = np.inf, np.full(count, -1), MOST_STEPS

    def visit(free: np.ndarray, so_far: dict[int, int], spent: float) -> None:
        nonlocal best, chosen, steps
        rest = np.array([label for label in range(count) if label not in so_far], dtype=int)
        if not len(rest):
            if spent < best:
                best, chosen = spent, np.array([so_far[label] for label in range(count)])
            return
        label = int(rest[free[rest].sum(axis=1).argmin()])
        rest = rest[rest != label]
        options = np.flatnonzero(free[label])
        # Leaving the label out is the last option.
        frees = np.concatenate([free & ~clash[label, options], free[None]])
        prices = np.append(cost[label, options], left_out[label])
        open_costs = np.where(frees[:, rest], cost[rest], np.inf).min(axis=2)
        bounds = spent + prices + np.minimum(open_costs, left_out[rest]).sum(axis=1)
        for option in np.argsort(bounds, kind="stable"):
            if bounds[option] >= best or (steps <= 0 and best < np.inf):
                return
            steps -= 1
            at = int(options[option]) if option < len(options) else -1
            visit(frees[option], so_far | {label: at}, spent + prices[option])

    visit(np.isfinite(cost), {}, 0.0)
    return chosen


def _placement(box: np.ndarray, at: int) -> Placement:
    right, down = DIRECTIONS[at % len(DIRECTIONS)]
    dx, dy = _steps()[at]
    left, top, right_edge, bottom = (float(edge) for edge in box)
    return Placement(
        dx=float(dx),
        dy=float(dy),
        side=f"{('middle', 'bottom', 'top')[down]} {('center', 'right', 'left')[right]}",
        leader=at >= len(DIRECTIONS),
        box=(left, top, right_edge, bottom),
    )
