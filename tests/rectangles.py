"""Where words stand: rectangles as left, top, right, bottom in pixels."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

Rectangle = tuple[float, float, float, float]


def overlaps(rectangles: Iterable[Rectangle]) -> list[tuple[Rectangle, Rectangle]]:
    """Give each two rectangles that share more than an edge."""
    return [
        (a, b)
        for a, b in combinations(rectangles, 2)
        if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
    ]
