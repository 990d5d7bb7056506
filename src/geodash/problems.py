"""What is wrong with a case, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass

#: How many problems an error message spells out before it counts the rest.
SHOWN = 5


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong with one place in a case.

    Attributes
    ----------
    table
        Name of the table, or of the file where there is no table.
    row
        Line of the CSV file as a spreadsheet counts it (the header is row 1);
        0 where the problem is not in one row.
    column
        Name of the column, or empty.
    rule
        What must hold.
    found
        What stands there instead.
    mend
        How to put it right.
    """

    table: str
    row: int
    column: str
    rule: str
    found: str
    mend: str

    @property
    def place(self) -> str:
        """Where it is: table, row and column."""
        row = f"row {self.row}" if self.row else ""
        column = f"column {self.column}" if self.column else ""
        return ", ".join(part for part in (self.table, row, column) if part)

    def __str__(self) -> str:
        """Say the problem in one sentence."""
        return f"{self.place}: {self.rule}; found {self.found}. To mend it, {self.mend}."


class CaseError(ValueError):
    """A case that cannot be loaded, with every problem that was found.

    Attributes
    ----------
    problems
        All problems, in the order of the tables.
    """

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = tuple(problems)
        lines = [str(problem) for problem in self.problems[:SHOWN]]
        more = len(self.problems) - SHOWN
        if more > 0:
            lines.append(f"… and {more} more: `geodash check` lists them all.")
        super().__init__("\n".join(lines))
