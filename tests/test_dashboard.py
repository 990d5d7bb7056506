"""The page as widgets: six views that follow the model."""

import dataclasses
import json

import pytest

import geodash
from geodash.app import dashboard
from geodash.app import page as module
from geodash.app.card import FIRST_ROWS
from geodash.app.model import DashboardModel
from geodash.app.page import Dashboard
from geodash.charts import CHARTS
from geodash.filters import Filters
from tiny import TABLES, tiny, write_case


@pytest.fixture
def board(tmp_path):
    return Dashboard(DashboardModel(tiny(tmp_path)))


@pytest.fixture(scope="module")
def whole():
    """The dashboard of the default case, which has rows for every chart."""
    return Dashboard(DashboardModel(geodash.load()))


def say(widget, **message):
    """Let the browser say something to a widget."""
    widget._handle_custom_msg(message, [])


def test_each_view_has_heading_words_chart_and_sources(whole):
    board = whole
    assert list(board.cards) == [*(chart.name for chart in CHARTS), "evidence"]
    for name, card in board.cards.items():
        assert card.heading
        assert card.reading
        assert card.sources
        assert card.total
        assert not card.error
        assert bool(card.figure) == (name != "evidence")


def test_every_view_follows_a_filter(board):
    before = {name: (card.figure, card.reading, card.total) for name, card in board.cards.items()}
    board.model.filter(Filters(countries=("BBB",), issues=("peace",)))
    followed = {
        name: (card.figure, card.reading, card.total) != before[name]
        for name, card in board.cards.items()
    }
    # The tiny case has no rows for the others.
    empty = {name for name, (_, _, total) in before.items() if not total}
    assert {name for name, changed in followed.items() if not changed} == empty
    assert len(empty) < 5
    assert board.status.sentence == "1 of 5 positions: Bland, on “Peace plan”."
    assert board.status.query == "country=BBB&issue=peace"


def test_what_is_in_view_is_drawn_first(board):
    drawn = []
    for name, card in board.cards.items():
        card.observe(lambda change, name=name: drawn.append(name), "figure")
    board.cards["timeline"].in_view = True
    board.model.filter(Filters(countries=("BBB",)))
    assert drawn[0] == "timeline"
    assert len(drawn) > 1


def test_a_mark_shows_its_rows_as_evidence_and_stands_out_everywhere(board):
    say(board.cards["stances"], type="select", refs=["positions/p3"])
    evidence = board.cards["evidence"]
    assert evidence.refs == ["positions/p3"]
    assert evidence.rows[0][2] == "Birch asks Aland to drop the plan."
    assert evidence.reading == "Behind what you selected: 1 row."
    assert all(card.highlight == ["positions/p3"] for card in board.cards.values())
    say(board.status, type="deselect")
    assert not any(card.highlight for card in board.cards.values())


def test_rows_of_a_table_travel_only_while_it_is_open(board):
    card = board.cards["stances"]
    assert card.rows == []
    assert card.total > 0
    card.table_open = True
    assert len(card.rows) == card.total
    assert len(card.rows[0]) == len(card.columns)


def test_a_long_table_comes_in_portions(tmp_path):
    header, _, _, _, last, *_ = TABLES["positions"].splitlines()
    many = [last.replace("p4,praise", f"q{i},said-{i}") for i in range(FIRST_ROWS + 5)]
    board = Dashboard(DashboardModel(tiny(tmp_path, positions="\n".join([header, *many]))))
    card = board.cards["evidence"]
    assert len(card.rows) == FIRST_ROWS
    assert card.total > FIRST_ROWS
    card.limit += 100
    assert len(card.rows) == len(card.refs) == card.total


def test_the_evidence_downloads_as_csv_with_its_citation(board, monkeypatch):
    sent = []
    card = board.cards["evidence"]
    monkeypatch.setattr(card, "send", lambda content, buffers: sent.append((content, *buffers)))
    board.model.filter(Filters(countries=("BBB",), issues=("peace",)))
    say(card, type="csv")
    ((content, text),) = sent
    assert content["name"] == "tiny-evidence.csv"
    assert "Birch asks Aland to drop the plan." in text.decode("utf-8-sig")
    assert "Two leaders meet. 1 of 5 positions: Bland, on “Peace plan”." in text.decode()


def test_a_phone_gets_figures_of_its_own(board):
    say(board.status, type="narrow", narrow=True)
    assert all(card.narrow for name, card in board.cards.items() if name != "evidence")


def test_a_link_opens_with_its_filters(board):
    say(board.status, type="open", query="?country=BBB&type=direct_quote&country=ZZZ")
    assert board.model.filters == Filters(countries=("BBB",), statement_types=("direct_quote",))
    assert len(board.status.notices) == 1


def test_a_filter_that_leaves_nothing_says_so_in_every_view(board):
    board.model.filter(Filters(words="nowhere"))
    assert board.status.sentence == "No position fits: with the words “nowhere”."
    for card in board.cards.values():
        assert card.reading
        assert not card.error
    assert board.cards["evidence"].total == 0


def test_a_view_that_fails_says_so_in_its_place_and_the_others_work(tmp_path, monkeypatch, caplog):
    def fail(case, **settings):
        raise ValueError("no such colour")

    broken = dataclasses.replace(module.CHARTS[0], figure=fail)
    monkeypatch.setattr(module, "CHARTS", (broken, *module.CHARTS[1:]))
    board = Dashboard(DashboardModel(tiny(tmp_path)))
    assert "could not be drawn (no such colour)" in board.cards["stances"].error
    assert board.cards["stances"].figure == ""
    assert not any(card.error for name, card in board.cards.items() if name != "stances")
    assert "no such colour" in caplog.text


def test_a_setting_changes_its_view(board):
    card = board.cards["route"]
    before = card.figure
    (issue,) = (control for control in card.controls if control["name"] == "issue")
    assert ["peace", "Peace plan"] in issue["choices"]
    card.settings = card.settings | {"issue": "peace"}
    assert card.figure != before


def test_a_control_without_a_choice_is_not_offered(board):
    # All is known for one day only.
    (day,) = (control for control in board.cards["route"].controls if control["name"] == "on")
    assert day["choices"] == []


def test_gas_is_shown_in_the_unit_chosen_everywhere_but_in_the_evidence(board):
    before = {name: (card.figure, card.reading, card.rows) for name, card in board.cards.items()}
    board.controls.unit.value = "TWh"
    figures = board.cards["figures"]
    assert "500 TWh/yr" in figures.reading
    assert "500 TWh/yr" in board.children[0].value
    assert figures.figure != before["figures"][0]
    # What a source says stays as it says it.
    assert board.cards["evidence"].rows == before["evidence"][2]
    assert board.status.query == "unit=TWh"


def test_figures_are_json_without_a_cloud_or_a_map_service(board):
    for name, card in board.cards.items():
        if name == "evidence":
            continue
        figure = json.loads(card.figure)
        assert {trace.get("type", "scatter") for trace in figure["data"]} <= {"scatter", "bar"}
        assert not any(key.startswith(("geo", "map")) for key in figure["layout"])


def test_a_broken_case_shows_its_problem_and_no_traceback(tmp_path):
    folder = write_case(tmp_path, figures=TABLES["figures"].replace("50,bcm/yr", "50,"))
    board = dashboard(folder)
    assert "figures, row 2, column unit: must not be empty" in board.value
    assert "Traceback" not in board.value


def test_the_case_comes_from_the_environment(tmp_path, monkeypatch):
    monkeypatch.setenv("GEODASH_CASE", str(write_case(tmp_path)))
    assert "Two leaders meet" in dashboard().children[0].value


def test_no_case_is_said_in_a_sentence(tmp_path):
    assert "no folder" in dashboard(tmp_path / "nowhere").value


def test_markup_in_the_tables_stays_text_in_the_headline(tmp_path):
    figures = TABLES["figures"].replace("f1,The line", "f1,<b>The line</b>")
    board = Dashboard(DashboardModel(tiny(tmp_path, figures=figures)))
    assert "&lt;b&gt;The line&lt;/b&gt;" in board.children[0].value
    assert "<b>The line" not in board.children[0].value
