"""Imports point one way: command → app → briefing → charts → geo → core."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import geodash

PACKAGE = Path(geodash.__file__).parent

#: What each part may import besides itself. Modules at the top are the core, unless listed here.
ALLOWED = {
    "front": {"core", "briefing"},
    "core": set(),
    "geo": {"core"},
    "charts": {"core", "geo"},
    "briefing": {"core", "geo", "charts"},
    "app": {"core", "geo", "charts", "briefing"},
    "voila": {"core"},
    "serve": {"core"},
    "cli": {"core", "geo", "charts", "briefing", "app", "serve"},
}

#: The modules on which all others of the core stand.
GROUND = {"problems", "schema", "case", "wording", "parties", "sources"}

FILES = sorted(PACKAGE.rglob("*.py"))


def names_of(file):
    return file.relative_to(PACKAGE).with_suffix("").parts


def part_of(names):
    if names == ("__init__",):
        return "front"
    return names[0] if names and names[0] in ALLOWED else "core"


def imported(file):
    """Give the modules that a file imports, as dotted names, wherever in it they stand."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{file.name} has a relative import"
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def own(file):
    """Give the modules of geodash that a file imports, as their names below it."""
    modules = [name.split(".")[1:] for name in imported(file) if name.startswith("geodash.")]
    return [names for names in modules if is_module(names)]


def is_module(names):
    path = PACKAGE.joinpath(*names)
    return path.is_dir() or path.with_suffix(".py").is_file()


@pytest.mark.parametrize("file", FILES, ids=lambda file: ".".join(names_of(file)))
def test_no_part_imports_what_stands_above_it(file):
    part = part_of(names_of(file))
    wrong = [names for names in own(file) if part_of(names) not in ALLOWED[part] | {part}]
    assert not wrong, f"{file.name} must not import {wrong}"


def test_the_ground_of_the_core_stands_on_itself():
    for name in GROUND:
        assert {names[0] for names in own(PACKAGE / f"{name}.py")} <= GROUND, name


@pytest.mark.parametrize("library", ["ipywidgets", "anywidget", "voila", "frictionless"])
def test_libraries_of_the_page_and_of_the_checks_stay_in_their_place(library):
    place = {"voila": {"serve", "voila"}, "frictionless": {"core"}}.get(library, {"app"})
    users = {
        names_of(file)
        for file in FILES
        if any(name.split(".")[0] == library for name in imported(file))
    }
    assert users, f"nothing imports {library}"
    assert {part_of(names) for names in users} <= place
    # The state of the page can be tested without widgets.
    assert ("app", "model") not in users


def test_loading_a_case_waits_for_no_library_of_the_page():
    script = "import sys, geodash; geodash.load(); print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    late = {"frictionless", "ipywidgets", "anywidget", "voila", "plotly", "geopandas"}
    assert not late & set(done.stdout.split())
