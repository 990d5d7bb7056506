"""The rows behind a mark, in one shape whatever table they come from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import pandas as pd

from geodash.case import Case
from geodash.sources import citations, refs_of, rows
from geodash.wording import number, plain, written_date

#: Columns of the evidence, as a reader sees them.
COLUMNS = (
    "Kind",
    "Date",
    "Statement",
    "Holder",
    "Speaker",
    "Reported by",
    "Quotation",
    "How it is given",
    "Source",
    "Link",
    "Paragraph",
)

#: Characters with which a spreadsheet takes a cell for a formula (OWASP, CSV injection).
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def all_refs(case: Case) -> list[str]:
    """Name every row that filters keep or drop, positions first."""
    tables = ("positions", "events", "documents", "figures")
    return [ref for table in tables for ref in refs_of(case, table)]


def evidence(case: Case, refs: Iterable[str]) -> pd.DataFrame:
    """Show rows as evidence.

    Parameters
    ----------
    refs
        Refs such as `positions/p12`. Their tables follow each other in order of first appearance,
        and the rows of each in the order asked for.

    Returns
    -------
    pandas.DataFrame
        Text in the columns `COLUMNS`, indexed by ref; empty cells are empty text.
    """
    parts = [
        _READERS[table](case, frame).assign(ref=table + "/" + frame["id"])
        for table, frame in rows(case, refs).items()
        if table in _READERS
    ]
    if not parts:
        return pd.DataFrame(columns=pd.Index(COLUMNS), index=pd.Index([], name="ref"), dtype="str")
    shown = pd.concat(parts).set_index("ref").reindex(columns=list(COLUMNS))
    return shown.astype("object").where(shown.notna(), "").astype("str")


def to_csv(shown: pd.DataFrame, *, citation: str) -> str:
    """Write evidence as CSV, with the citation of the case in the first column of the last row.

    Cells that a spreadsheet would take for a formula get an apostrophe in front.

    Parameters
    ----------
    shown
        Evidence as `evidence` gives it.
    citation
        How to cite the data.
    """
    safe = shown.copy()
    safe.loc["citation"] = [citation, *[""] * (len(safe.columns) - 1)]
    safe = safe.map(lambda cell: f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell)
    return safe.to_csv(index_label="Row", lineterminator="\r\n")


def _names(case: Case, ids: pd.Series[str]) -> pd.Series[str]:
    return ids.map(case.actors.set_index("id")["name"])


def _shaped(case: Case, frame: pd.DataFrame, columns: Mapping[str, object]) -> pd.DataFrame:
    """Put columns of evidence beside the source of each row."""
    paragraph = frame["paragraph"] if "paragraph" in frame else pd.Series(pd.NA, frame.index)
    provenance = {
        "Source": frame["source"].map(citations(case)),
        "Link": frame["source"].map(case.sources.set_index("id")["url"]),
        "Paragraph": paragraph.astype("str").where(paragraph.notna()),
    }
    return pd.DataFrame({**columns, **provenance}, index=frame.index)


def _dates(frame: pd.DataFrame) -> list[str]:
    pairs = zip(frame["date"], frame["date_precision"], strict=True)
    return [written_date(day, precision) for day, precision in pairs]


def _positions(case: Case, frame: pd.DataFrame) -> pd.DataFrame:
    return _shaped(
        case,
        frame,
        {
            "Kind": "position",
            "Date": _dates(frame),
            "Statement": frame["summary"],
            "Holder": _names(case, frame["holder"]),
            "Speaker": _names(case, frame["speaker"]),
            "Reported by": _names(case, frame["reported_by"]),
            "Quotation": ("“" + frame["quotation"] + "”"),
            "How it is given": frame["statement_type"].map(plain),
        },
    )


def _events(case: Case, frame: pd.DataFrame) -> pd.DataFrame:
    named = case.event_actors.assign(name=_names(case, case.event_actors["actor"]))
    actors = named.groupby("event")["name"].agg("; ".join)
    return _shaped(
        case,
        frame,
        {
            "Kind": "event",
            "Date": _dates(frame),
            "Statement": frame["title"] + ". " + frame["summary"],
            "Holder": frame["id"].map(actors),
        },
    )


def _documents(case: Case, frame: pd.DataFrame) -> pd.DataFrame:
    named = case.document_issuers.assign(name=_names(case, case.document_issuers["actor"]))
    issuers = named.groupby("document")["name"].agg("; ".join)
    return _shaped(
        case,
        frame,
        {
            "Kind": frame["kind"],
            "Date": _dates(frame),
            "Statement": frame["title"] + ". " + frame["summary"],
            "Holder": frame["id"].map(issuers),
        },
    )


def _figures(case: Case, frame: pd.DataFrame) -> pd.DataFrame:
    value = frame["value"].map(number) + " " + frame["unit"]
    scope = ("; " + frame["scope"]).fillna("")
    return _shaped(
        case,
        frame,
        {
            "Kind": "figure",
            "Date": frame["period"].fillna("").map(written_date),
            "Statement": frame["subject"] + ": " + frame["measure"] + " " + value + scope,
            "Holder": _names(case, frame["asserted_by"]),
            "How it is given": frame["status"].map(plain),
        },
    )


def _infrastructure(case: Case, frame: pd.DataFrame) -> pd.DataFrame:
    route = frame["from"] + " – " + frame["to"]
    return _shaped(
        case,
        frame,
        {
            "Kind": frame["commodity"] + " pipeline",
            "Date": [written_date(day) for day in frame["status_as_of"]],
            "Statement": frame["name"] + ": " + route,
            "Holder": frame["operator"],
            "How it is given": frame["status"],
        },
    )


def _statuses(case: Case, frame: pd.DataFrame) -> pd.DataFrame:
    names = frame["infrastructure"].map(case.infrastructure.set_index("id")["name"])
    note = (". " + frame["note"]).fillna("")
    return _shaped(
        case,
        frame,
        {
            "Kind": "status of a pipeline",
            "Date": _dates(frame),
            "Statement": names + ": " + frame["status"] + note,
        },
    )


def _routes(case: Case, frame: pd.DataFrame) -> pd.DataFrame:
    note = (". " + frame["note"]).fillna("")
    return _shaped(
        case,
        frame,
        {
            "Kind": "place on the line",
            "Statement": frame["place"] + " (" + frame["kind"].map(plain) + ")" + note,
            "How it is given": frame["basis"],
        },
    )


_READERS: dict[str, Callable[[Case, pd.DataFrame], pd.DataFrame]] = {
    "positions": _positions,
    "events": _events,
    "documents": _documents,
    "figures": _figures,
    "infrastructure": _infrastructure,
    "statuses": _statuses,
    "routes": _routes,
}
