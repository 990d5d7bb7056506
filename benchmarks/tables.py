"""Times of `load` and of filters, in milliseconds as JSON; in a process of its own.

python benchmarks/tables.py            the default case
python benchmarks/tables.py 1000000    a case with so many positions
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import numpy as np
import pandas as pd

from geodash import Case, Filters, load


def main() -> None:
    """Time the default case, or one of as many positions as the first argument says."""
    if len(sys.argv) == 1:
        print(json.dumps(times(load().path, repeat=5)))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = grown(load().path, Path(folder) / "case", int(sys.argv[1]))
        print(json.dumps(times(path, repeat=1)))


def grown(case: Path, path: Path, positions: int) -> Path:
    """Copy a case and repeat its positions, each time with ids of their own, on other days.

    Parameters
    ----------
    case, path
        Folder of the case, and of the copy.
    positions
        How many positions the copy has.
    """
    shutil.copytree(case, path)
    rows = pd.read_csv(path / "positions.csv", dtype="str")
    rows = rows.iloc[np.arange(positions) % len(rows)].reset_index(drop=True)
    number = rows.index.astype("str")
    days = pd.Timestamp("2013-01-01") + pd.to_timedelta(rows.index % 3700, unit="D")
    rows = rows.assign(
        id="p" + number, statement=rows["statement"] + "-" + number, date=days.strftime("%Y-%m-%d")
    )
    rows.to_csv(path / "positions.csv", index=False)
    return path


def times(path: Path, *, repeat: int) -> dict[str, float]:
    """Time `load` and two filters: by choices, and by words, which reads all text.

    Parameters
    ----------
    path
        Folder of a case.
    repeat
        How often; the median counts.
    """
    case, loading = _timed(lambda: load(path), repeat)
    chosen = Filters(countries=("CHN",), issues=(str(case.issues["id"].iloc[0]),))
    return {
        "load": loading,
        "choices": _timed(lambda: chosen.apply(case), repeat)[1],
        "words": _timed(lambda: Filters(words="peace").apply(case), repeat)[1],
    }


def _timed(act: Callable[[], Case], repeat: int) -> tuple[Case, float]:
    spent = []
    for _ in range(repeat):
        start = time.perf_counter()
        result = act()
        spent.append(1000 * (time.perf_counter() - start))
    return result, median(spent)


if __name__ == "__main__":
    main()
