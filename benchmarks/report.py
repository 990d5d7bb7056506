"""The lines that the benchmark prints."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Row:
    """A line of the table.

    Attributes
    ----------
    what
        What was measured.
    values
        One per run.
    unit
        Their unit.
    target, at_least
        The most that the median may be, or the least.
    """

    what: str
    values: list[float]
    unit: str
    target: float | None = None
    at_least: bool = False

    def __str__(self) -> str:
        value = median(self.values)
        spread = f"{_number(min(self.values))}–{_number(max(self.values))}"
        cells = f"{self.what:<74}{_number(value):>8} {self.unit:<4}"
        cells += f"{spread if len(self.values) > 1 else '':>16}"
        if self.target is None:
            return cells
        reached = value >= self.target if self.at_least else value <= self.target
        sign = "≥" if self.at_least else "≤"
        return f"{cells}  {'✓' if reached else '✗'} {sign} {_number(self.target)}"


def show(title: str, rows: Iterable[Row]) -> None:
    """Print a table, each line as soon as it stands."""
    print(f"\n{title}")
    for row in rows:
        print(f"  {row}", flush=True)


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.3g}"
