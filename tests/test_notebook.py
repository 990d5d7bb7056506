"""Briefings in notebooks: what nbconvert and Quarto make of the example in docs/."""

import re
import shutil
import subprocess

import nbformat
import pytest
from nbclient import NotebookClient
from nbconvert import HTMLExporter, MarkdownExporter

from geodash.briefing import Briefing
from hostile import HOSTILE, hostile_tables
from serving import ROOT
from tiny import tiny

EXAMPLE = ROOT / "docs" / "example.qmd"
CELL = re.compile(r"^```\{python\}\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def notebook():
    """Run the cells of the example."""
    codes = [found["code"] for found in CELL.finditer(EXAMPLE.read_text("utf-8"))]
    assert len(codes) == 2
    cells = [nbformat.v4.new_code_cell(code) for code in codes]
    made = nbformat.v4.new_notebook(cells=cells)
    return NotebookClient(made, kernel_name="python3").execute()


@pytest.mark.browser
def test_nbconvert_shows_the_charts_alive_with_captions_and_alternative_texts(
    notebook, offline_page, tmp_path
):
    # The other templates of nbconvert ask elsewhere for libraries of their own.
    text, _ = HTMLExporter(template_name="basic").from_notebook_node(notebook)
    (tmp_path / "example.html").write_text(f"<!DOCTYPE html><meta charset=utf-8>{text}", "utf-8")
    offline_page.goto((tmp_path / "example.html").as_uri())
    offline_page.wait_for_function(
        "document.querySelectorAll('.geodash-chart .main-svg').length === 6"
    )
    figures = offline_page.locator("figure.geodash")
    for at, words in enumerate(["Who stands where? ", "Did the pivot to China happen? "]):
        assert (
            figures.nth(at).locator(".geodash-chart").get_attribute("aria-label").startswith(words)
        )
        caption = figures.nth(at).locator("figcaption").inner_text()
        assert "Sources: " in caption
        assert "As of 24 November 2026" in caption


@pytest.mark.browser
def test_nbconvert_writes_the_same_into_markdown(notebook):
    text, _ = MarkdownExporter().from_notebook_node(notebook)
    assert text.count('<figure class="geodash">') == 2


@pytest.mark.browser
def test_for_word_and_pdf_there_are_pictures_with_captions_and_alternative_texts(notebook):
    for cell, words in zip(notebook.cells, ["Who stands where?", "Did the pivot"], strict=True):
        (output,) = cell.outputs
        found = re.fullmatch(
            r'!\[(.+)\]\(data:image/png;base64,[A-Za-z0-9+/=]+\)\{fig-alt="([^"]+)"\}',
            output.data["text/markdown"],
        )
        caption, told = found.groups()
        assert caption.startswith(words)
        assert "Sources: " in caption
        assert told.startswith(words)
        assert output.data["image/png"].startswith("iVBORw0KGgo")
        assert output.metadata["image/png"]["alt"].startswith(words)


@pytest.mark.browser
def test_text_from_the_tables_stays_text(tmp_path):
    case = tiny(tmp_path, **hostile_tables())
    data, _ = Briefing(case).add("timeline", "stances")._repr_mimebundle_()
    assert HOSTILE not in data["text/html"]
    assert not re.search(r"(?<!\\)<(img|b|/b)", data["text/markdown"])
    assert data["text/markdown"].count("![") == 2
    assert "image/png" not in data


def test_without_a_browser_a_notebook_shows_the_living_charts_alone(tmp_path, no_browser):
    data, metadata = Briefing(tiny(tmp_path)).add("stances")._repr_mimebundle_()
    assert sorted(data) == ["text/html", "text/plain"]
    assert metadata == {}


@pytest.mark.skipif(not shutil.which("quarto"), reason="Quarto is not installed")
@pytest.mark.parametrize("kind", ["html", "docx"])
def test_quarto_makes_documents_of_the_example(tmp_path, kind):
    shutil.copy(EXAMPLE, tmp_path)
    subprocess.run(
        ["quarto", "render", "example.qmd", "--to", kind], cwd=tmp_path, check=True, timeout=300
    )
    assert (tmp_path / f"example.{kind}").stat().st_size > 50_000
