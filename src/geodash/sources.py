"""Says who? The sources behind rows, and how they are cited."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import pandas as pd

from geodash.case import Case, Part
from geodash.wording import written_date


def refs_of(case: Case, table: str) -> pd.Series[str]:
    """Name the rows of a table: `positions/p12`, `routes/r2`, ….

    Returns
    -------
    pandas.Series
        Refs, with the table's own index.
    """
    ids: pd.Series[str] = getattr(case, table)["id"]
    return (table + "/" + ids).rename("ref")


def refs_in(index: Iterable[str]) -> list[str]:
    """Give the refs in the index of a table whose rows have one, several or none."""
    return [ref for refs in index for ref in str(refs).split(" ") if ref]


def rows(case: Case, refs: Iterable[str]) -> dict[str, pd.DataFrame]:
    """Find the rows that refs name, table by table.

    Parameters
    ----------
    refs
        Refs such as `positions/p12`; those that the case does not have are passed over.

    Returns
    -------
    dict
        Tables by name, in order of first appearance, each with its rows in the order asked for.
    """
    wanted: dict[str, list[str]] = {}
    for ref in dict.fromkeys(refs):
        table, _, id_ = ref.partition("/")
        wanted.setdefault(table, []).append(id_)
    found = {}
    for table, ids in wanted.items():
        if table in case.tables and "id" in getattr(case, table):
            frame = getattr(case, table).set_index("id", drop=False)
            here = [id_ for id_ in ids if id_ in frame.index]
            if here:
                found[table] = frame.loc[here]
    return found


def sources_of(case: Case, refs: Iterable[str]) -> pd.DataFrame:
    """List the sources of exactly these rows, in order of first appearance.

    Parameters
    ----------
    refs
        Refs such as `positions/p12`.

    Returns
    -------
    pandas.DataFrame
        Rows of the sources table.
    """
    used = [frame["source"] for frame in rows(case, refs).values() if "source" in frame]
    ids = pd.concat(used).drop_duplicates() if used else []
    return case.sources.set_index("id", drop=False).loc[list(ids)].reset_index(drop=True)


def cite(source: pd.Series[str]) -> str:
    """Cite a source: publisher, title, date.

    Parameters
    ----------
    source
        A row of the sources table.

    Examples
    --------
    >>> cite(pd.Series({"publisher": "TASS", "title": "A title", "published": "2026-01"}))
    'TASS, “A title”, January 2026'
    """
    published = written_date(source["published"])
    when = "undated" if published == "unknown" else published
    return f"{source['publisher']}, “{source['title']}”, {when}"


def citations(case: Case) -> pd.Series[str]:
    """Cite every source of a case.

    Returns
    -------
    pandas.Series
        Citations, indexed by ids of sources.
    """
    # A shallow copy is enough: pandas copies on write.
    return _citations(Part(case, "sources")).copy(deep=False)


def cited(case: Case, refs: Iterable[str]) -> pd.DataFrame:
    """Give citation and address of the sources of exactly these rows.

    Returns
    -------
    pandas.DataFrame
        `id`, `citation`, and `url`, which is empty where there is none.
    """
    found = sources_of(case, refs)
    said = found["id"].map(citations(case))
    return pd.DataFrame({"id": found["id"], "citation": said, "url": found["url"].fillna("")})


@lru_cache(maxsize=16)
def _citations(part: Part) -> pd.Series[str]:
    sources = part.case.sources
    cited = [cite(source) for _, source in sources.iterrows()]
    return pd.Series(cited, index=sources["id"], name="citation", dtype="str")
