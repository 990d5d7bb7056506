"""README and notebook do what they say."""

import pydoc
import re
import shlex
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

import geodash
from geodash.cli import main
from geodash.frozen import changes, read_manifest

ROOT = Path(__file__).parents[1]


@pytest.mark.browser
def test_the_readme_examples_run(tmp_path, monkeypatch, capsys):
    text = (ROOT / "README.md").read_text("utf-8")
    monkeypatch.chdir(tmp_path)
    # One goes on where the other ends.
    names: dict[str, object] = {}
    for code in re.findall(r"```python\n(.*?)```", text, re.DOTALL):
        exec(compile(code, "README.md", "exec"), names)
    assert "Al Jazeera, “" in capsys.readouterr().out
    page = (tmp_path / "stances.html").read_text("utf-8")
    assert "China" in page
    assert "showSendToCloud" in page
    assert "China stands apart." in (tmp_path / "china.html").read_text("utf-8")
    assert sorted(file.name for file in (tmp_path / "briefing").iterdir()) == [
        *("briefing-route.svg", "briefing-stances.svg", "briefing.html", "briefing.pptx"),
    ]


@pytest.mark.browser
def test_the_readme_command_writes_what_it_names(tmp_path, monkeypatch):
    (command,) = re.findall(
        r"^geodash (brief .*?)$\n```", (ROOT / "README.md").read_text("utf-8"), re.M | re.DOTALL
    )
    monkeypatch.chdir(tmp_path)
    assert main(shlex.split(command.replace("\\\n", " "))) == 0
    assert sorted(file.suffix for file in (tmp_path / "briefing").iterdir()) == [
        *(".docx", ".html", ".pdf", ".pptx"),
    ]


@pytest.mark.parametrize("ending", ["html", "pptx", "pdf"])
def test_the_sample_briefing_is_what_the_case_has(ending):
    manifest = read_manifest(ROOT / "docs" / "briefing" / f"briefing.{ending}")
    assert set(manifest.charts) == {"stances", "route", "pivot", "prices"}
    assert changes(manifest, geodash.load()) == {}


def test_files_that_the_papers_name_are_there():
    for paper in ("README.md", "CONTRIBUTING.md", "data/README.md"):
        text = (ROOT / paper).read_text("utf-8")
        for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", text):
            assert ((ROOT / paper).parent / target).exists(), f"{paper} names {target}"


def test_names_that_the_readme_gives_are_there():
    names = re.findall(r"`(geodash(?:\.[A-Za-z_]\w*)+)`", (ROOT / "README.md").read_text("utf-8"))
    assert names
    for name in names:
        assert pydoc.locate(name) is not None, name


@pytest.fixture(scope="module")
def notebook():
    return nbformat.read(ROOT / "dashboard.ipynb", as_version=4)


def test_the_notebook_is_short_and_stored_without_outputs(notebook):
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert len(cells) <= 3
    assert not any(cell.outputs or cell.execution_count for cell in cells)


def test_the_notebook_runs_and_shows_a_widget(notebook):
    ran = NotebookClient(notebook, timeout=120).execute()
    outputs = [output for cell in ran.cells for output in cell.outputs]
    assert [output.output_type for output in outputs] == ["execute_result"]
    assert "application/vnd.jupyter.widget-view+json" in outputs[0].data
