"""The filters as controls."""

from datetime import date

import pytest

from geodash.app.controls import Controls
from geodash.app.model import DashboardModel
from geodash.filters import Filters
from tiny import tiny


@pytest.fixture
def model(tmp_path):
    return DashboardModel(tiny(tmp_path))


@pytest.fixture
def controls(model):
    return Controls(model)


def test_a_country_shows_how_many_positions_it_has(controls):
    # A country's persons, offices and joint statements come with it.
    assert [chip.description for chip in controls.countries.values()] == [
        "Aland 2",
        "Bland 2",
        "The Paper 1",
    ]


def test_countries_add_up(controls, model):
    controls.countries["AAA"].value = True
    controls.countries["BBB"].value = True
    assert model.filters.countries == ("AAA", "BBB")


def test_counts_follow_the_other_filters(controls):
    controls.menus["issue"].value = ("peace",)
    assert controls.countries["AAA"].description == "Aland 1"
    assert controls.countries["paper"].description == "The Paper 0"
    # The menu itself still offers every issue with its own count.
    assert [label for label, _ in controls.menus["issue"].options] == [
        "All",
        "Peace plan (2)",
        "The pipeline (2)",
    ]


@pytest.mark.parametrize(
    ("word", "value", "field"),
    [
        ("issue", ("line",), "issues"),
        ("kind", ("person",), "actor_kinds"),
        ("type", ("direct_quote",), "statement_types"),
    ],
)
def test_each_menu_sets_its_filter(controls, model, word, value, field):
    controls.menus[word].value = value
    assert getattr(model.filters, field) == value


def test_days_and_words_set_their_filters(controls, model):
    controls.since.value = date(2023, 3, 1)
    controls.until.value = date(2023, 3, 21)
    controls.words.value = "plan"
    assert model.filters == Filters(since=date(2023, 3, 1), until=date(2023, 3, 21), words="plan")


def test_controls_follow_the_model(controls, model):
    asked = Filters(countries=("BBB",), issues=("peace",), since=date(2023, 3, 1), words="plan")
    model.filter(asked)
    assert [chip.value for chip in controls.countries.values()] == [False, True, False]
    assert controls.menus["issue"].value == ("peace",)
    assert controls.since.value == date(2023, 3, 1)
    assert controls.words.value == "plan"
    assert model.filters == asked


def test_several_values_of_a_link_stand_in_the_menu(controls, model):
    model.filter(Filters(issues=("peace", "line")))
    assert controls.menus["issue"].label == "Peace plan + The pipeline"
    controls.menus["issue"].value = ()
    assert model.filters == Filters()


def test_reset_clears_every_control(controls, model):
    model.filter(Filters(countries=("BBB",), issues=("peace",), words="plan"))
    controls.reset.click()
    assert model.filters == Filters()
    assert not any(chip.value for chip in controls.countries.values())
    assert controls.menus["issue"].value == ()
    assert controls.words.value == ""
