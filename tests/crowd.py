"""The tiny case with more rows, as the tests of several charts need it."""

from __future__ import annotations

from pathlib import Path

from geodash.case import Case
from tiny import TABLES, tiny

MARKUP = "<b>x</b><script>y</script>"
HEADER = TABLES["positions"].splitlines()[0] + "\n"


def position(
    id_: str,
    holder: str,
    issue: str = "",
    stance: int | str = "",
    summary: str = "Says so.",
    *,
    to: str = "",
    act: str = "",
) -> str:
    """Write a row of the positions table."""
    return (
        f"{id_},{id_},2023-03-21,day,{holder},{holder},{to},{act},{issue},{stance},{summary},,"
        "indirect_speech,paper,paper,3\n"
    )


def case_with(folder: Path, *rows: str, **tables: str) -> Case:
    """Load the tiny case with more positions."""
    return tiny(folder, positions=TABLES["positions"] + "".join(rows), **tables)


def crowd(folder: Path) -> Case:
    """Load a case of 500 positions, of 60 holders that belong to 20 parties."""
    actors = TABLES["actors"]
    for i in range(60):
        party = "" if i % 3 == 0 else f"a{i - i % 3}"
        kind = "person" if party else "state"
        actors += f"a{i},Actor number {i},Actor {i},{kind},,{party},,#123456\n"
    acts = ("addresses", "backs", "accuses", "urges", "doubts", "awaits")
    rows = [
        position(
            f"q{k}",
            f"a{k % 60}",
            ("peace", "line")[k // 60 % 2],
            k % 5 - 2,
            to=f"a{k * 7 % 20 * 3}",
            act=acts[k % 6],
        )
        for k in range(500)
    ]
    return tiny(folder, actors=actors, positions=HEADER + "".join(rows))
