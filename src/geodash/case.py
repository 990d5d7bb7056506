"""Load a case: a folder with `datapackage.json` and one CSV file per table.

This module alone knows where data lies.
"""

from __future__ import annotations

import difflib
import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandas as pd

from geodash.problems import CaseError, Problem
from geodash.schema import FIRST_ROW, empty_table, read_table

#: The tables without which there is no case; the others may be left out of its datapackage.json.
NEEDED = ("sources", "actors", "issues", "positions")

#: What a cubic metre of gas is taken to be, where a case does not say otherwise in `gas` of its
#: datapackage.json: MJ in a cubic metre, whether that is the net (lower) or gross (higher)
#: calorific value, °C and mbar at which it is counted, Mt of liquefied gas in 10⁹ m³.
GAS: Mapping[str, Any] = MappingProxyType(
    {
        "heatingValue": 36.0,
        "basis": "net",
        "temperature": 15.0,
        "pressure": 1013.0,
        "lng": 0.735,
        "source": "bp, “Statistical Review of World Energy: approximate conversion factors”, "
        "July 2021",
    }
)
#: The words for the basis of a heating value.
BASES = ("net", "gross")


# Two cases are equal if they are the same one: tables cannot be compared by ==.
@dataclass(frozen=True, eq=False)
class Case:
    """A case: its tables, and what they are about.

    Each table is an attribute (`case.positions`, `case.actors`, …; see `case.tables`) and comes
    as a copy: changing it changes no case. The columns are described in `data/README.md`.

    Attributes
    ----------
    name
        Short name from `datapackage.json`.
    title
        Title in plain English.
    description
        What the case is about, in a sentence or two.
    version
        Version of the tables.
    path
        The folder from which it was loaded.
    gas
        By what amounts of gas are converted: `GAS` with what the case itself says.
    """

    name: str
    title: str
    description: str
    version: str
    path: Path
    _tables: Mapping[str, pd.DataFrame] = field(repr=False)
    gas: Mapping[str, Any] = field(default_factory=lambda: GAS, repr=False)

    def __getattr__(self, table: str) -> pd.DataFrame:
        """Give a table by its name."""
        tables: Mapping[str, pd.DataFrame] = object.__getattribute__(self, "_tables")
        if table not in tables:
            raise AttributeError(f"a case has no table “{table}”; it has {', '.join(tables)}")
        # A shallow copy is enough: pandas copies on write.
        return tables[table].copy(deep=False)

    @property
    def tables(self) -> tuple[str, ...]:
        """Names of the tables."""
        return tuple(self._tables)

    def replace(self, **tables: pd.DataFrame) -> Case:
        """Make a case with some tables replaced.

        Parameters
        ----------
        **tables
            New tables by name, with the same columns.

        Raises
        ------
        KeyError
            If a name is not a table of a case.
        """
        unknown = set(tables) - set(self._tables)
        if unknown:
            raise KeyError(f"a case has no table {', '.join(sorted(unknown))}")
        return replace(self, _tables=MappingProxyType({**self._tables, **tables}))


class Part:
    """Some tables of a case, as the key of a cache: equal as long as they are the same tables.

    Filters make a new case each time but leave most tables alone; what follows from those
    alone need not be worked out again.

    Attributes
    ----------
    case
        The case whose tables they are.
    """

    def __init__(self, case: Case, *tables: str) -> None:
        self.case = case
        self._frames = tuple(case._tables[table] for table in tables)

    def __hash__(self) -> int:
        """Tell apart by the identity of the tables, which are never changed."""
        return hash(tuple(map(id, self._frames)))

    def __eq__(self, other: object) -> bool:
        """Compare the identity of the tables."""
        if not isinstance(other, Part) or len(self._frames) != len(other._frames):
            return False
        return all(a is b for a, b in zip(self._frames, other._frames, strict=True))


def data_folder() -> Path:
    """Give the folder of the default case, of the data dictionary and of the basemap."""
    package = Path(__file__).parent
    installed = package / "data"
    # In a checkout the folder stands at the top of the repository.
    return installed if installed.is_dir() else package.parents[1] / "data"


@cache
def dictionary() -> Mapping[str, Mapping[str, Any]]:
    """Give the data dictionary: the entry of each table in the default case's datapackage.json."""
    package = json.loads((data_folder() / "datapackage.json").read_text("utf-8"))
    return MappingProxyType({resource["name"]: resource for resource in package["resources"]})


def load(path: str | Path | None = None) -> Case:
    """Load a case, whole and typed, or not at all.

    Parameters
    ----------
    path
        Folder of the case; the article of 21 March 2023 if none is given.

    Raises
    ------
    CaseError
        If anything is missing or breaks the data dictionary; it carries every problem.

    Examples
    --------
    >>> import geodash
    >>> geodash.load().title
    'Xi meets Putin, Moscow, 21 March 2023'
    """
    case, problems = read(path)
    if problems:
        raise CaseError(problems)
    return case


def read(path: str | Path | None = None) -> tuple[Case, list[Problem]]:
    """Read a case as far as it can be read; `load` is for those who need it sound.

    Parameters
    ----------
    path
        Folder of the case; the article of 21 March 2023 if none is given.

    Returns
    -------
    case
        The typed tables: cells that cannot be converted are empty, tables that cannot be read
        have no rows.
    problems
        Everything that is missing or breaks the data dictionary; empty if the case is sound.

    Raises
    ------
    CaseError
        If there is no readable `datapackage.json`.
    """
    folder = data_folder() if path is None else Path(path)
    package = _read_package(folder)
    listed = [str(resource.get("name")) for resource in package["resources"]]
    tables, problems = {}, list(_listing_problems(listed))
    for name, resource in dictionary().items():
        if name in listed:
            tables[name], found = read_table(folder / f"{name}.csv", resource)
            problems += found
        else:
            tables[name] = empty_table(resource)
    # What refers to an unreadable table would only repeat that it is unreadable.
    unreadable = {problem.table for problem in problems if problem.row < FIRST_ROW}
    problems += _reference_problems(tables, unreadable)
    gas, found = _read_gas(package.get("gas", {}))
    text = {key: str(package.get(key, "")) for key in ("name", "title", "description", "version")}
    case = Case(**text, path=folder, _tables=MappingProxyType(tables), gas=gas)
    return case, problems + found


def _read_package(folder: Path) -> dict[str, Any]:
    rule = "a case is a folder with a datapackage.json"
    file = folder / "datapackage.json"
    if not file.is_file():
        found = f"no such file in “{folder}”" if folder.is_dir() else f"no folder “{folder}”"
        mend = "name the folder of a case, or copy the datapackage.json of the default case into it"
        raise CaseError([Problem("datapackage.json", 0, "", rule, found, mend)])
    try:
        package: dict[str, Any] = json.loads(file.read_text("utf-8"))
        _ = [resource["name"] for resource in package["resources"]]
    except (ValueError, KeyError, TypeError) as error:
        rule = "it must be JSON with a list of resources, each with a name"
        mend = "compare it with the datapackage.json of the default case"
        found = f"“{error}”"
        raise CaseError([Problem("datapackage.json", 0, "", rule, found, mend)]) from error
    return package


def _read_gas(given: object) -> tuple[Mapping[str, Any], list[Problem]]:
    """Read by what amounts of gas are converted; what cannot be read is as in `GAS`."""
    if not isinstance(given, dict):
        rule, mend = "gas must be an object", f"write {{…}} with any of {', '.join(GAS)}"
        return GAS, [Problem("datapackage.json", 0, "", rule, f"“{given}”", mend)]
    read, problems = dict(GAS), []
    for name, value in given.items():
        rule, sound = _gas_rule(name, value)
        if sound:
            read[name] = value
        else:
            mend = f"correct it, or leave {name} out"
            place = f"{name} of gas"
            problems.append(Problem("datapackage.json", 0, place, rule, f"“{value}”", mend))
    return MappingProxyType(read), problems


def _gas_rule(name: str, value: object) -> tuple[str, bool]:
    """Give what must hold of a property of gas, and whether it does."""
    if name not in GAS:
        return f"each property of gas must be one of {', '.join(GAS)}", False
    if name == "basis":
        return f"must be one of {', '.join(BASES)}", value in BASES
    if name == "source":
        return "must say who published it", isinstance(value, str) and bool(value.strip())
    finite = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    if name == "temperature":
        return "must be a number", finite
    return "must be a number above 0", finite and isinstance(value, int | float) and value > 0


def _listing_problems(listed: list[str]) -> Iterator[Problem]:
    for name in listed:
        if name not in dictionary():
            rule = "each resource must be a table of the data dictionary"
            mend = f"use one of {', '.join(dictionary())}"
            yield Problem("datapackage.json", 0, "", rule, f"“{name}”", mend)
    for name in NEEDED:
        if name not in listed:
            rule = f"a case must have the tables {', '.join(NEEDED)}"
            mend = f"add {name}.csv and its entry in datapackage.json"
            yield Problem("datapackage.json", 0, "", rule, f"no table {name}", mend)


def _reference_problems(
    tables: Mapping[str, pd.DataFrame], unreadable: set[str]
) -> Iterator[Problem]:
    for name, frame in tables.items():
        for key in dictionary()[name]["schema"].get("foreignKeys", []):
            column, target = key["fields"][0], key["reference"]["resource"] or name
            if target in unreadable:
                continue
            known = tables[target]["id"].dropna()
            cells = frame[column]
            unknown = cells[cells.notna() & ~cells.isin(known)]
            mends = {value: _mend(value, target, list(known)) for value in unknown.unique()}
            for row, value in unknown.items():
                rule = f"must be an id of {target}"
                yield Problem(
                    name, int(str(row)) + FIRST_ROW, column, rule, f"“{value}”", mends[value]
                )


def _mend(value: str, target: str, known: list[str]) -> str:
    close = difflib.get_close_matches(value, known, n=1)
    hint = f"write “{close[0]}” if that is meant, or add" if close else "add"
    return f"{hint} “{value}” to {target}.csv"
