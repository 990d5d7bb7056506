"""Check a case: the Data Package standard, the data dictionary and the rules of meaning."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from geodash.case import Case, data_folder, dictionary, read
from geodash.problems import CaseError, Problem
from geodash.rules import CHECKS
from geodash.schema import FIRST_ROW

#: Properties of a package or resource that the standard lets point elsewhere.
POINTERS = ("path", "extrapaths", "profile", "schema", "dialect")

#: What the standard finds that the data dictionary does not: rule, what was found, how to mend it.
_STANDARD = {
    "missing-cell": (
        "each row must have as many cells as the header",
        "no cell",
        "add the commas that are missing",
    ),
    "extra-cell": (
        "each row must have as many cells as the header",
        "more cells",
        "put text that has a comma into double quotes",
    ),
    "incorrect-label": (
        "columns must stand in the order of the data dictionary",
        "another column",
        "move the columns",
    ),
}


def check(path: str | Path | None = None) -> list[Problem]:
    """Find everything that is wrong with a case.

    Parameters
    ----------
    path
        Folder of the case; the article of 21 March 2023 if none is given.

    Returns
    -------
    list
        Problems in the order of the tables, rows and columns, one for each place; empty if the
        case is sound.
    """
    folder = data_folder() if path is None else Path(path)
    try:
        case, problems = read(folder)
    except CaseError as error:
        return list(error.problems)
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    # Rules about tables that cannot be read would only repeat that they cannot be read.
    if all(problem.row >= FIRST_ROW for problem in problems):
        problems += _broken_rules(case)
    problems += _differences(package)
    problems += list(_remote(package)) or _standard(folder, problems)
    return _one_for_each_place(problems)


def _broken_rules(case: Case) -> Iterator[Problem]:
    tables = {name: getattr(case, name) for name in case.tables}
    sound = case.replace(
        **{
            name: frame.dropna(subset="id").drop_duplicates("id")
            for name, frame in tables.items()
            if "id" in frame
        }
    )
    for rule in CHECKS:
        yield from rule(sound)


def _differences(package: Mapping[str, Any]) -> Iterator[Problem]:
    """Find tables described otherwise than in the data dictionary, by which they are loaded."""
    for resource in package["resources"]:
        name = str(resource["name"])
        if name not in dictionary():
            continue
        rule = "a table must be described as in the data dictionary"
        mend = "copy the table's entry from the datapackage.json of the default case"
        if _essentials(resource) != _essentials(dictionary()[name]):
            found = f"another description of {name}"
            yield Problem("datapackage.json", 0, name, rule, found, mend)


def _essentials(resource: Mapping[str, Any]) -> object:
    """Give what decides how a table is read: its file, columns, constraints and keys."""
    schema = resource.get("schema")
    if not isinstance(schema, Mapping):
        return schema
    fields = [
        (field.get("name"), field.get("type"), field.get("constraints"))
        for field in schema.get("fields", [])
        if isinstance(field, Mapping)
    ]
    return resource.get("path"), fields, schema.get("primaryKey"), schema.get("foreignKeys")


def _remote(package: Mapping[str, Any]) -> Iterator[Problem]:
    """Find what the standard would fetch from elsewhere; nothing may leave the machine."""
    for entry in (package, *package["resources"]):
        for key in POINTERS:
            values = entry.get(key) if isinstance(entry.get(key), list) else [entry.get(key)]
            for value in values:
                if isinstance(value, str) and "://" in value:
                    rule = "everything in a case must lie in its folder"
                    mend = "put the file into the folder and write its name"
                    yield Problem("datapackage.json", 0, key, rule, f"“{value}”", mend)


def _standard(folder: Path, known: list[Problem]) -> list[Problem]:
    """Have frictionless apply the whole standard.

    Parameters
    ----------
    known
        What was found already.
    """
    # Its import and first use take two seconds, for which only this check should wait.
    import frictionless

    try:
        report = frictionless.Package(str(folder / "datapackage.json")).validate().to_descriptor()
    except frictionless.FrictionlessException as error:
        # The last reason is the most telling one.
        reason = [error.error, *error.reasons][-1]
        return [_from_standard("datapackage.json", reason.to_descriptor())]
    tasks = [{"name": "datapackage.json", "errors": report["errors"]}, *report["tasks"]]
    errors = [(task["name"], error) for task in tasks for error in task.get("errors", [])]
    # frictionless reads by the order of columns: after a wrong one, every cell seems wrong.
    moved = [(table, error) for table, error in errors if error["type"] == "incorrect-label"]
    found = [_from_standard(table, error) for table, error in moved or errors]
    # After an unreadable table it calls each table that refers to it unreadable.
    unreadable = any(not problem.row for problem in known)
    return [problem for problem in found if problem.row or not unreadable]


def _from_standard(table: str, error: Mapping[str, Any]) -> Problem:
    row = error.get("rowNumber") or next(iter(error.get("rowNumbers", [])), 0)
    names = [error.get("fieldName"), *error.get("fieldNames", []), error.get("label"), ""]
    column = next(name for name in names if name is not None)
    rule, found, mend = _STANDARD.get(
        error["type"],
        (
            "must conform to the Data Package standard",
            f"“{error['title']}: {error['note']}”",
            "look the words up in the standard, or run `frictionless validate`",
        ),
    )
    return Problem(table, row, column, rule, found, mend)


def _one_for_each_place(problems: Iterable[Problem]) -> list[Problem]:
    """Keep the first problem of each place, in the order of tables, rows and columns.

    A problem of a whole row is left out where a cell of that row has one.
    """
    kept: dict[tuple[str, int, str], Problem] = {}
    rows = set()
    for problem in problems:
        row = (problem.table, problem.row)
        if problem.column or not problem.row or row not in rows:
            kept.setdefault((*row, problem.column), problem)
        rows.add(row)
    return sorted(kept.values(), key=_order)


def _order(problem: Problem) -> tuple[int, int, int]:
    tables = list(dictionary())
    if problem.table not in tables:
        return -1, problem.row, 0
    columns = [field["name"] for field in dictionary()[problem.table]["schema"]["fields"]]
    at = columns.index(problem.column) if problem.column in columns else -1
    return tables.index(problem.table), problem.row, at
