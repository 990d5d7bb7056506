"""Who speaks for whom: each actor's party, and the countries to choose from."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from geodash.case import Case, Part


def party_of(case: Case) -> pd.Series[str]:
    """Give the party of each actor: the state, bloc or organisation in whose name it acts.

    Xi Jinping's party is China, the White House's is the United States. An actor that
    represents no one is its own party, so a newspaper does not stand for its country.

    Returns
    -------
    pandas.Series
        Ids of parties, indexed by ids of actors.
    """
    # A shallow copy is enough: pandas copies on write.
    return _party_of(Part(case, "actors")).copy(deep=False)


@lru_cache(maxsize=16)
def _party_of(part: Part) -> pd.Series[str]:
    actors = part.case.actors.set_index("id")["represents"]
    party = pd.Series(actors.index, index=actors.index)
    # Each round climbs one step; a loop of actors that represent each other ends after len rounds.
    for _ in range(len(actors)):
        above = party.map(actors)
        if above.isna().all():
            break
        party = above.fillna(party)
    return party.rename("party")


def party_keys(case: Case) -> pd.Series[str]:
    """Give the word by which a party is chosen: its ISO code if it is a state, else its id.

    Returns
    -------
    pandas.Series
        ISO 3166-1 alpha-3 codes or ids, indexed by ids of actors.
    """
    return _party_keys(Part(case, "actors")).copy(deep=False)


@lru_cache(maxsize=16)
def _party_keys(part: Part) -> pd.Series[str]:
    actors = part.case.actors.set_index("id")
    party = party_of(part.case)
    states = actors[(actors["kind"] == "state") & actors["iso3"].notna()]["iso3"]
    return party.map(states).fillna(party).rename("key")


def party_names(case: Case) -> pd.Series[str]:
    """Give the short name of each party by its word.

    Returns
    -------
    pandas.Series
        Short names, indexed by the words of `party_keys`, in the order of the actors table.
    """
    keys = party_keys(case)
    party = party_of(case)
    own = keys[party == party.index]
    names = case.actors.set_index("id")["short_name"]
    return pd.Series(names[own.index].to_numpy(), index=own.to_numpy(), name="short_name")
