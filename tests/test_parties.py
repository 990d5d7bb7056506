from __future__ import annotations

from geodash.parties import party_keys, party_names, party_of
from tiny import TABLES, tiny


def test_a_person_acts_for_its_state_and_a_state_for_itself(tmp_path):
    assert party_of(tiny(tmp_path)).to_dict() == {
        "aland": "aland",
        "bland": "bland",
        "ann": "aland",
        "bob": "bland",
        "paper": "paper",
    }


def test_a_person_of_an_office_acts_for_the_state_of_the_office(tmp_path):
    actors = TABLES["actors"].replace("AAA,aland,President", "AAA,palace,President")
    actors += "palace,The Palace,The Palace,office,AAA,aland,,\n"
    assert party_of(tiny(tmp_path, actors=actors))["ann"] == "aland"


def test_actors_that_represent_each_other_do_not_hang(tmp_path):
    actors = TABLES["actors"].replace("state,AAA,,", "state,AAA,ann,")
    assert set(party_of(tiny(tmp_path, actors=actors))[["ann", "aland"]]) <= {"ann", "aland"}


def test_states_are_chosen_by_their_code_and_others_by_their_id(tmp_path):
    case = tiny(tmp_path)
    assert party_keys(case).to_dict() == {
        "aland": "AAA",
        "bland": "BBB",
        "ann": "AAA",
        "bob": "BBB",
        "paper": "paper",
    }
    assert party_names(case).to_dict() == {"AAA": "Aland", "BBB": "Bland", "paper": "The Paper"}


def test_a_state_without_a_code_is_chosen_by_its_id(tmp_path):
    case = tiny(tmp_path, actors=TABLES["actors"].replace("state,AAA", "state,"))
    assert party_keys(case)["ann"] == "aland"
