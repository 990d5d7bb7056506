"""The ways people install it: the wheel, conda's list, Voila beside it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest
from plotly.offline import get_plotlyjs_version

from geodash.frozen import read_manifest
from serving import DRAWN, ROOT, voila

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def ranges(lines):
    """Read `name>=1,<2` as a mapping from names, as Python packages spell them, to ranges."""
    pairs = re.findall(r"^\s*(?:- )?([a-z][\w-]*)((?:[<>=]=?[\d.]+,?)+)", "\n".join(lines), re.M)
    return {name.replace("_", "-"): limits for name, limits in pairs}


def test_conda_gets_the_same_ranges_as_pip():
    lab = PROJECT["optional-dependencies"]["lab"]
    conda = ranges((ROOT / "environment.yml").read_text("utf-8").splitlines())
    assert conda.pop("python") == PROJECT["requires-python"]
    conda["kaleido"] = conda.pop("python-kaleido")
    assert conda == ranges([*PROJECT["dependencies"], *lab])


def test_plotly_js_is_the_one_of_plotly_py():
    file = ROOT / "src" / "geodash" / "static" / "plotly-basic.min.js"
    assert f"v{get_plotlyjs_version()}" in file.read_text("utf-8")[:300]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (path,) = folder.glob("*.whl")
    return path


def test_the_wheel_carries_case_page_and_what_both_need(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    for wanted in (
        "geodash/data/positions.csv",
        "geodash/data/geo/basemap.fgb",
        "geodash/app/static/card.js",
        "geodash/briefing/web/briefing.html.j2",
        "geodash/notebook/dashboard.ipynb",
        "geodash/notebook/voila.json",
        "share/jupyter/voila/templates/geodash/index.html.j2",
        "share/jupyter/labextensions/geodash/plotly-basic.min.js",
        "geodash/static/plotly-basic.min.js",
        "geodash/py.typed",
    ):
        assert any(name.endswith(wanted) for name in names), wanted


@pytest.fixture(scope="module")
def elsewhere(wheel, tmp_path_factory):
    """Python of an environment with the wheel. What it needs is lent: nothing is fetched."""
    folder = tmp_path_factory.mktemp("elsewhere") / "venv"
    venv.create(folder, with_pip=False)
    python = folder / "bin" / "python"
    install = [sys.executable, "-m", "pip", "--python", str(python), "install", "--no-deps"]
    subprocess.run([*install, "--quiet", str(wheel)], check=True, capture_output=True)
    (site,) = folder.glob("lib/python*/site-packages")
    (site / "lent.pth").write_text(next(path for path in sys.path if path.endswith(site.name)))
    shutil.copytree(
        Path(sys.prefix) / "share" / "jupyter",
        folder / "share" / "jupyter",
        ignore=shutil.ignore_patterns("geodash"),
        dirs_exist_ok=True,
    )
    return python


def test_the_wheel_installed_elsewhere_has_its_case(elsewhere, tmp_path):
    code = "import geodash; print(geodash.__file__); print(len(geodash.load().positions))"
    ran = subprocess.run([elsewhere, "-c", code], cwd=tmp_path, capture_output=True, text=True)
    assert ran.stderr == ""
    file, count = ran.stdout.split()
    assert file.startswith(str(elsewhere.parents[1]))
    assert int(count) > 50


@pytest.mark.browser
def test_the_wheel_installed_elsewhere_writes_briefings(elsewhere, tmp_path):
    ask = [elsewhere.with_name("geodash"), "brief", "--charts", "prices", "-o", tmp_path]
    ask += ["--format", "html,pptx,docx,pdf,embed", "--date", "2026-11-24"]
    subprocess.run(ask, cwd=tmp_path, check=True, capture_output=True)
    assert read_manifest(tmp_path / "briefing.html").case == "xi-putin-moscow-2023"
    assert len(list(tmp_path.glob("briefing*"))) == 7


@pytest.mark.browser
def test_voila_shows_the_notebook_with_the_installed_wheel(elsewhere, offline_page, tmp_path):
    # Another folder than the repository, which is installed here as it stands.
    for name in ("dashboard.ipynb", "voila.json"):
        shutil.copy(ROOT / name, tmp_path)
    with voila(tmp_path / "dashboard.ipynb", tmp_path / "log", python=elsewhere) as server:
        offline_page.goto(server.url)
        offline_page.wait_for_function(DRAWN, timeout=60_000)
        # The page must not outlive its server: it would say so in the console.
        offline_page.goto("about:blank")


def test_the_notebook_asks_for_no_kernel_of_its_own():
    notebook = json.loads((ROOT / "dashboard.ipynb").read_text("utf-8"))
    assert notebook["metadata"]["kernelspec"]["name"] == "python3"
