"""The state of the page: filters, selection, and the link that carries them."""

import pytest

from geodash.app.model import DashboardModel
from geodash.filters import Filters
from tiny import tiny


@pytest.fixture
def model(tmp_path):
    return DashboardModel(tiny(tmp_path))


def test_shown_follows_the_filters(model):
    model.filter(Filters(countries=("BBB",)))
    assert list(model.shown.positions["id"]) == ["p2", "p3"]
    assert model.sentence == "2 of 5 positions: Bland."


def test_the_evidence_is_what_is_selected_else_what_is_shown(model):
    model.filter(Filters(issues=("peace",)))
    assert model.evidence_refs == ["positions/p3", "positions/p4", "documents/plan"]
    model.select(["positions/p4"])
    assert model.evidence_refs == ["positions/p4"]


def test_the_same_mark_again_ends_the_selection(model):
    model.select(["positions/p4"])
    model.select(["positions/p4"])
    assert model.selected == ()


def test_a_new_filter_drops_the_selection(model):
    model.select(["positions/p4"])
    model.filter(Filters(words="plan"))
    assert model.selected == ()


def test_a_change_of_several_traits_is_told_once_each(model):
    changes = []
    model.select(["positions/p4"])
    model.observe(changes.append, ["filters", "selected"])
    model.filter(Filters(words="plan"))
    assert sorted(change["name"] for change in changes) == ["filters", "selected"]


def test_a_link_restores_the_filters_and_says_what_is_unknown(model):
    model.open_link("?country=AAA&issue=peace&country=ZZZ")
    assert model.filters == Filters(countries=("AAA",), issues=("peace",))
    assert model.notices == (
        "The link asks for the country “ZZZ”, which this case does not have; it was left out.",
    )


def test_reset_shows_everything_and_forgets_the_notices(model):
    model.open_link("?country=AAA&country=ZZZ")
    model.reset()
    assert model.filters == Filters()
    assert model.notices == ()
    assert model.sentence == "All 5 positions."


def test_a_link_carries_the_unit_of_gas(model):
    model.open_link("?country=AAA&unit=PJ")
    assert model.unit == "PJ"
    assert model.query == "country=AAA&unit=PJ"
    assert set(model.shown.figures["unit"]) == {"PJ", "PJ/yr"}
    model.open_link("?unit=barrels")
    assert model.unit == "bcm"
    assert model.notices == (
        "The link asks for gas in “barrels”; it can be in bcm, TWh, LNG and PJ.",
    )
