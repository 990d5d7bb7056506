"""What is shown of a case: a frozen value that goes into the page's address and comes back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import parse_qs, urlencode

import pandas as pd

from geodash.case import Case
from geodash.parties import party_keys, party_names
from geodash.wording import counted, listed, plain, written_date

#: The field of `Filters` behind each word of an address.
FIELDS = {
    "country": "countries",
    "issue": "issues",
    "kind": "actor_kinds",
    "type": "statement_types",
    "since": "since",
    "until": "until",
    "words": "words",
}

#: Columns in which words are looked for, and columns of actors, whose names are searched too.
TEXT_COLUMNS = ("title", "subject", "summary", "quotation", "place", "scope", "note")
ACTOR_COLUMNS = ("holder", "speaker", "addressee", "asserted_by")


@dataclass(frozen=True)
class Filters:
    """What is shown of a case; empty fields show everything.

    Attributes
    ----------
    countries
        ISO 3166-1 alpha-3 codes of states, and ids of parties that are none (see `party_keys`).
        A country's persons, offices and joint statements come with it.
    issues
        Ids of issues.
    actor_kinds
        Kinds of the actor that holds a position or has a part in an event.
    statement_types
        Types of statements; they apply to positions only.
    since, until
        First and last day.
    words
        Words that must all occur in a row's text, in any order and case.
    """

    countries: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()
    actor_kinds: tuple[str, ...] = ()
    statement_types: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    words: str = ""

    def apply(self, case: Case) -> Case:
        """Keep the rows that fit: positions, events, documents, figures and what hangs on them."""
        events = self._kept(case, "events", _actors_by(case.event_actors, "event"))
        documents = self._kept(case, "documents", _actors_by(case.document_issuers, "document"))
        return case.replace(
            positions=self.positions(case),
            events=events,
            event_actors=case.event_actors[case.event_actors["event"].isin(events["id"])],
            documents=documents,
            document_issuers=case.document_issuers[
                case.document_issuers["document"].isin(documents["id"])
            ],
            figures=self._kept_figures(case),
        )

    def positions(self, case: Case) -> pd.DataFrame:
        """Keep the positions that fit."""
        rows = case.positions
        keep = self._of_issue(rows) & self._in_time(rows)
        if self.countries or self.actor_kinds:
            keep &= rows["holder"].isin(self._actors(case))
        if self.statement_types:
            keep &= rows["statement_type"].isin(self.statement_types)
        return self._with_words(case, rows[keep])

    def _kept(self, case: Case, table: str, actors: pd.DataFrame) -> pd.DataFrame:
        """Keep the rows of a table whose actors stand in a table of their own."""
        rows: pd.DataFrame = getattr(case, table)
        keep = self._of_issue(rows) & self._in_time(rows)
        if self.countries or self.actor_kinds:
            keep &= rows["id"].isin(actors["row"][actors["actor"].isin(self._actors(case))])
        return self._with_words(case, rows[keep])

    def _kept_figures(self, case: Case) -> pd.DataFrame:
        """Keep figures of the countries or of pipelines through them, and those they assert.

        Figures describe years, not days, so that days do not filter them.
        """
        rows = case.figures
        keep = self._of_issue(rows)
        if self.countries:
            crossed = case.infrastructure.set_index("id")["countries"].str.split(" ").explode()
            through = crossed[crossed.isin(self.countries)].index
            asserted = rows["asserted_by"].map(party_keys(case)).isin(self.countries)
            named = rows["countries"].str.split(" ").explode()
            about = rows.index.isin(named.index[named.isin(self.countries)])
            keep &= rows["infrastructure"].isin(through) | asserted | about
        return self._with_words(case, rows[keep])

    def _actors(self, case: Case) -> pd.Series[str]:
        """Give the ids of the actors that are of the countries and of the kinds."""
        actors = case.actors
        keep = pd.Series(True, index=actors.index)
        if self.countries:
            keep &= actors["id"].map(party_keys(case)).isin(self.countries)
        if self.actor_kinds:
            keep &= actors["kind"].isin(self.actor_kinds)
        return actors["id"][keep]

    def _of_issue(self, rows: pd.DataFrame) -> pd.Series[bool]:
        if not self.issues:
            return pd.Series(True, index=rows.index)
        return rows["issue"].isin(self.issues)

    def _in_time(self, rows: pd.DataFrame) -> pd.Series[bool]:
        keep = pd.Series(True, index=rows.index)
        if self.since:
            keep &= rows["date"] >= pd.Timestamp(self.since)
        if self.until:
            keep &= rows["date"] <= pd.Timestamp(self.until)
        return keep

    def _with_words(self, case: Case, rows: pd.DataFrame) -> pd.DataFrame:
        """Keep rows in which each word stands: in their text, or in the name of an actor."""
        names = case.actors.set_index("id")["name"]
        for word in self.words.split():
            named = names.index[names.str.contains(word, case=False, regex=False)]
            found = pd.Series(False, index=rows.index)
            for column in TEXT_COLUMNS:
                if column in rows:
                    found |= rows[column].str.contains(word, case=False, regex=False, na=False)
            for column in ACTOR_COLUMNS:
                if column in rows:
                    found |= rows[column].isin(named)
            rows = rows[found]
        return rows

    def to_query(self) -> str:
        """Write the filters as the query of an address: `country=CHN&issue=peace-plans`."""
        pairs: list[tuple[str, str]] = []
        for word, name in FIELDS.items():
            value = getattr(self, name)
            if isinstance(value, tuple):
                pairs += [(word, item) for item in value]
            elif value:
                pairs.append((word, str(value)))
        return urlencode(pairs)

    @classmethod
    def from_query(cls, query: str, case: Case) -> tuple[Filters, list[str]]:
        """Read filters from the query of an address.

        Parameters
        ----------
        query
            With or without its question mark. Words that are no filter are passed over.

        Returns
        -------
        filters
            What could be read.
        problems
            A sentence for each value that this case does not know.
        """
        given = parse_qs(query.removeprefix("?"))
        values: dict[str, object] = {}
        problems = []
        for word, known in choices(case).items():
            asked = tuple(dict.fromkeys(given.get(word, [])))
            values[FIELDS[word]] = tuple(value for value in asked if value in known)
            problems += [
                f"The link asks for the {word} “{value}”, which this case does not have; "
                "it was left out."
                for value in asked
                if value not in known
            ]
        for word in ("since", "until"):
            for value in given.get(word, [])[:1]:
                try:
                    values[word] = date.fromisoformat(value)
                except ValueError:
                    problems.append(
                        f"The link asks for “{value}” as {word}, which is no date such as "
                        "2023-03-21; it was left out."
                    )
        values["words"] = " ".join(given.get("words", []))
        return replace(cls(), **values), problems  # type: ignore[arg-type]

    def describe(self, case: Case) -> str:
        """Say what the filters ask for, such as `China, on “Peace plans”`; empty if nothing."""
        # What the case does not have is named as it was asked for.
        known = choices(case)
        parts = []
        if self.countries:
            parts.append(listed([known["country"].get(key, key) for key in self.countries]))
        if self.issues:
            parts.append(
                "on " + listed([f"“{known['issue'].get(key, key)}”" for key in self.issues])
            )
        if self.actor_kinds:
            parts.append("held by " + listed([plain(kind) for kind in self.actor_kinds]))
        if self.statement_types:
            parts.append("given as " + listed([plain(type_) for type_ in self.statement_types]))
        if self.since:
            parts.append(f"since {written_date(self.since)}")
        if self.until:
            parts.append(f"until {written_date(self.until)}")
        if self.words.split():
            parts.append("with the words " + listed([f"“{word}”" for word in self.words.split()]))
        return ", ".join(parts)

    def sentence(self, case: Case, shown: Case) -> str:
        """Say what is shown, such as `12 of 58 positions: China, on “Peace plans”.`.

        Parameters
        ----------
        case
            The whole case.
        shown
            The same case with the filters applied.
        """
        total, count = len(case.positions), len(shown.positions)
        asked = self.describe(case)
        if not asked:
            return f"All {counted(total, 'position')}." if total else "This case has no position."
        if not count:
            others = len(shown.events) + len(shown.documents) + len(shown.figures)
            also = f" {counted(others, 'other row fits', 'other rows fit')}." if others else ""
            return f"No position fits: {asked}.{also}"
        return f"{count:,} of {counted(total, 'position')}: {asked}."


def choices(case: Case) -> dict[str, dict[str, str]]:
    """Give what can be chosen in a case, by the word of an address: values and their names.

    Returns
    -------
    dict
        `country`, `issue`, `kind` and `type`, each a mapping from value to name.
    """
    holders = case.actors[case.actors["id"].isin(case.positions["holder"])]
    actors_with_part = pd.concat([case.positions["holder"], case.event_actors["actor"]])
    keys = party_keys(case)[actors_with_part.unique()].unique()
    names = party_names(case)
    return {
        "country": {key: str(names[key]) for key in names.index if key in keys},
        "issue": dict(zip(case.issues["id"], case.issues["name"], strict=True)),
        "kind": {kind: plain(kind) for kind in holders["kind"].unique()},
        "type": {type_: plain(type_) for type_ in case.positions["statement_type"].unique()},
    }


def _actors_by(links: pd.DataFrame, row: str) -> pd.DataFrame:
    return links.rename(columns={row: "row"})[["row", "actor"]]
