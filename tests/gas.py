"""The tiny case with more pipelines, capacities and deliveries."""

from __future__ import annotations

from tiny import TABLES, tiny


def figures(*rows):
    """Write the tiny case's figures and more of them."""
    return TABLES["figures"] + "".join(f"{row}\n" for row in rows)


def capacity(id_, line, value, status="actual", *, unit="bcm/yr", period="", scope="", who=""):
    """Write the capacity of a line."""
    name = f"Line {line}"
    return (
        f"{id_},{name},{line},line,capacity,{period},{value},{unit},{status},{scope},{who},,paper,2"
    )


def delivered(id_, line, period, value, *, scope="by this line"):
    """Write the deliveries of a line."""
    return (
        f"{id_},Gas by {line},{line},line,deliveries,{period},{value},bcm,actual,{scope},,,paper,"
    )


def line(id_, countries, status="operating", *, start=""):
    """Write a line of the infrastructure table."""
    return (
        f"{id_},Name of {id_},gas,A,,B,{countries},unknown,{status},2023-03-21,{start},,tracker,\n"
    )


def with_lines(folder, *rows, lines="", **tables):
    """Give the tiny case with more lines and figures, and with some of its tables replaced."""
    infrastructure = TABLES["infrastructure"] + lines
    return tiny(folder, infrastructure=infrastructure, figures=figures(*rows), **tables)


def lost(id_, year, value, status="actual", *, scope="all of it"):
    """Write what Europe got."""
    subject = "Russian pipeline gas to Europe"
    return f"{id_},{subject},,,deliveries,{year},{value},bcm,{status},{scope},,,paper,"


#: A line that works, one that starts in a known year, and one of which no start is known.
TO_CHINA = (
    line("works", "RUS CHN")
    + line("near", "RUS CHN", "proposed", start=2027)
    + line("big", "RUS MNG CHN", "proposed")
)
ROWS = (
    capacity("g1", "big", 50, "planned"),
    capacity("g2", "works", 38),
    capacity("g3", "near", 10, "planned"),
    capacity("g4", "near", 12, "planned"),
    delivered("d1", "works", 2021, 8),
    delivered("d2", "works", 2021, 10),
    delivered("d3", "works", 2022, 20),
    lost("e1", 2021, 170),
    lost("e2", 2021, 180),
    lost("e3", 2023, 20, "estimate"),
)


def to_china(folder, *rows, lines="", **tables):
    """Give the tiny case with lines from Russia to China, and what Europe got."""
    return with_lines(folder, *ROWS, *rows, lines=TO_CHINA + lines, **tables)
