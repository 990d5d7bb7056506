"""README and notebook do what they say."""

import pydoc
import re
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).parents[1]


def test_the_readme_example_runs(tmp_path, monkeypatch, capsys):
    (code,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    monkeypatch.chdir(tmp_path)
    exec(compile(code, "README.md", "exec"), {})
    assert "Al Jazeera, “" in capsys.readouterr().out
    page = (tmp_path / "stances.html").read_text("utf-8")
    assert "China" in page
    assert "showSendToCloud" in page


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
