"""The shipped case: its energy figures, later statuses and pipeline events, by their sources."""

from __future__ import annotations

import pandas as pd
import pytest

from geodash.case import load
from geodash.filters import Filters
from geodash.statuses import status_on


@pytest.fixture(scope="module")
def case():
    return load()


CRUDE, CUSTOMS = "Russian crude oil to China", "Chinese customs: by pipeline and by sea"
TRADE, GOODS = "Trade between Russia and China", "goods, Chinese customs"
CHINA, EUROPE = (
    "Price of Russian pipeline gas to China",
    "Price of Russian pipeline gas to Europe and Türkiye",
)
OUTLOOK = "Russian economy ministry's outlook of September "
USED = "China's gas consumption"
PLANNING = "whole country, China's planning commission (NDRC)"
ENERGY = "whole country, China's energy administration (NEA)"
ALL = "Power of Siberia 1 and 2 and the Far Eastern route together"
SHARE = "Russian share of EU gas imports"

#: By subject, measure and unit: scope, period, value and status of every figure.
SERIES = {
    (CRUDE, "deliveries", "Mt"): [
        (CUSTOMS, "2019", 77.7, "actual"),
        (CUSTOMS, "2020", 83.57, "actual"),
        (CUSTOMS, "2021", 79.64, "actual"),
        (CUSTOMS, "2022", 86.2, "actual"),
        (CUSTOMS, "2023", 107.0, "actual"),
        (CUSTOMS, "2024", 108.5, "actual"),
        (f"{CUSTOMS}, January to September only", "2025", 74.04, "actual"),
    ],
    (TRADE, "value", "bn USD"): [
        (GOODS, "2019", 110.75, "actual"),
        (GOODS, "2020", 107.76, "actual"),
        (GOODS, "2021", 146.887, "actual"),
        (GOODS, "2022", 190.27, "actual"),
        (GOODS, "2023", 240.11, "actual"),
        (GOODS, "2024", 244.81, "actual"),
        (GOODS, "2025", 228.1, "actual"),
        (f"{GOODS}, converted from yuan", "2025", 234.0, "estimate"),
    ],
    (CHINA, "price", "USD/1000 m³"): [
        (f"{OUTLOOK}2023", "2022", 277.1, "actual"),
        (f"{OUTLOOK}2023", "2023", 297.3, "forecast"),
        (f"{OUTLOOK}2023", "2024", 271.6, "forecast"),
        (f"{OUTLOOK}2025", "2025", 248.7, "estimate"),
    ],
    (EUROPE, "price", "USD/1000 m³"): [
        (f"{OUTLOOK}2023", "2022", 983.8, "actual"),
        (f"{OUTLOOK}2023", "2024", 481.7, "forecast"),
        (f"{OUTLOOK}2025", "2025", 401.9, "estimate"),
    ],
    ("Russian pipeline gas to China, all lines", "capacity", "bcm/yr"): [
        (ALL, "2025-09", 100.0, "claimed"),
        (ALL, "2023-03", 100.0, "planned"),
        (ALL, "2023-03", 98.0, "planned"),
    ],
    ("Power of Siberia 1", "capacity", "bcm/yr"): [
        ("design capacity", None, 38.0, "actual"),
        ("agreed in September 2025, from 38", None, 44.0, "planned"),
    ],
    (USED, "consumption", "bcm"): [
        (PLANNING, "2019", 306.7, "actual"),
        (ENERGY, "2020", 328.0, "estimate"),
        (ENERGY, "2021", 369.0, "actual"),
        (
            "whole country, US Energy Information Administration from S&P",
            *("2022", 363.0, "estimate"),
        ),
        (PLANNING, "2023", 394.53, "actual"),
        ("whole country; the basis is not stated", "2024", 428.0, "estimate"),
    ],
    ("China's pipeline gas imports", "deliveries", "bcm"): [
        ("all pipelines into China, S&P", "2022", 63.1, "estimate"),
        ("all pipelines into China, S&P", "2023", 66.07, "estimate"),
    ],
    (SHARE, "share", "%"): [
        ("EU gas imports, European Commission", "2021", 45.0, "actual"),
        (
            "EU gas imports by pipeline and as liquefied gas, European Commission, January to "
            "June only",
            *("2025", 13.0, "actual"),
        ),
    ],
    ("Deliveries by Power of Siberia 1", "deliveries", "bcm"): [
        ("Russia to China by this line", year, value, "actual")
        for year, value in [
            *[("2019", 0.38), ("2020", 4.1), ("2021", 10.4), ("2021", 8.2), ("2022", 15.5)],
            *[("2022", 15.4), ("2023", 22.7), ("2023", 21.5), ("2024", 31.12), ("2025", 38.8)],
        ]
    ],
}


@pytest.mark.parametrize("series", SERIES, ids=lambda series: f"{series[0]}, {series[1]}")
def test_a_series_has_the_values_of_its_sources(case, series):
    subject, measure, unit = series
    rows = case.figures[case.figures["subject"].eq(subject) & case.figures["measure"].eq(measure)]
    assert set(rows["unit"]) == {unit}
    cells = rows[["scope", "period", "value", "status"]].astype(object)
    found = cells.where(cells.notna(), None).itertuples(index=False, name=None)
    assert list(found) == SERIES[series]


def test_who_asserts_a_figure_is_told(case):
    who = case.figures.groupby("subject")["asserted_by"].agg(lambda ids: set(ids.dropna()))
    assert (who[CRUDE], who[TRADE]) == ({"china"}, {"china"})
    assert (who[CHINA], who[EUROPE]) == ({"russia"}, {"russia"})
    planned = case.figures[case.figures["scope"].eq(ALL)].set_index("status")
    assert planned.loc["claimed", "asserted_by"] == "vladimir-putin"
    assert planned.loc["planned", "asserted_by"].fillna("").tolist() == ["russia", ""]
    rise = case.figures[case.figures["value"].eq(44) & case.figures["unit"].eq("bcm/yr")]
    assert rise["infrastructure"].tolist() == ["power-of-siberia-1"]


#: Day, precision and status of each row of the statuses table, by line.
STATUSES = {
    "power-of-siberia-2": [
        ("2025-09-02", "day", "proposed"),
        ("2026-05-21", "day", "proposed"),
    ],
    "soyuz-vostok": [("2025-03-21", "day", "proposed"), ("2025-12-25", "day", "proposed")],
    "power-of-siberia-1": [("2024-12-01", "day", "operating")],
    "china-russia-east": [("2023-12-01", "month", "operating")],
    "far-eastern-route": [("2025-12-17", "day", "construction")],
    "kazakhstan-china-alt": [("2024-12-27", "day", "proposed")],
    "central-asia-china-a": [("2023-12-01", "month", "operating")],
    "central-asia-china-b": [("2023-12-01", "month", "operating")],
    "central-asia-china-c": [("2023-12-01", "month", "operating")],
    "central-asia-china-d": [("2024-02-06", "day", "construction")],
    "myanmar-china-gas": [("2023-12-01", "month", "operating")],
    "nord-stream-1": [("2024-10-06", "day", "mothballed")],
    "nord-stream-2": [("2024-10-06", "day", "mothballed")],
    "yamal-europe": [("2024-10-06", "day", "idle")],
    "ukraine-transit": [("2025-01-01", "day", "idle")],
    "turkstream": [("2025-12-30", "day", "operating")],
    "blue-stream": [("2023-12-01", "month", "operating")],
}


def test_the_later_statuses_are_those_of_the_sources(case):
    rows = case.statuses.assign(date=case.statuses["date"].dt.date.astype(str))
    found = {
        line: list(own[["date", "date_precision", "status"]].itertuples(index=False, name=None))
        for line, own in rows.groupby("infrastructure", sort=False)
    }
    assert found == STATUSES


def test_the_pipelines_keep_their_status_of_21_march_2023(case):
    lines = case.infrastructure.set_index("id")
    assert set(lines["status_as_of"]) == {pd.Timestamp("2023-03-21")}
    assert lines.loc["ukraine-transit", "status"] == "operating"
    assert lines.loc["far-eastern-route", "status"] == "proposed"
    last = status_on(case, case.statuses["date"].max().date())["status"]
    changed = last.index[last.ne(lines["status"])]
    assert set(changed) == {"ukraine-transit", "far-eastern-route"}


def test_what_one_side_says_of_the_memorandum_is_no_status(case):
    notes = case.statuses.set_index(["infrastructure", "date"])["note"]
    said = notes["power-of-siberia-2", pd.Timestamp("2025-09-02")]
    assert "Gazprom called" in said
    assert "Beijing did not confirm" in said
    assert "still lists the pipe itself as operating" in notes["ukraine-transit"].iloc[0]
    assert notes["central-asia-china-d"].iloc[0].startswith("Stalled")


def test_the_pipelines_have_a_history_before_and_after_the_article(case):
    events = case.events[case.events["issue"] == "pipeline"].set_index("id")
    dates = events["date"].dt.date.astype(str)
    expected = {
        "power-of-siberia-opens": ("2019-12-02", "cooperate"),
        "yamal-europe-stops": ("2022-05-12", "sanction"),
        "nord-stream-1-stops": ("2022-08-31", "sanction"),
        "samarkand-trilateral": ("2022-09-15", "support"),
        "nord-stream-explosions": ("2022-09-26", "assault"),
        "kovykta-joins": ("2022-12-01", "cooperate"),
        "far-eastern-agreement": ("2023-01-01", "agree"),
        "pipeline-discussed": ("2023-03-21", "consult"),
        "china-visit-2024": ("2024-05-16", "consult"),
        "mongolian-programme": ("2024-08-01", "reject"),
        "design-rate": ("2024-12-01", "cooperate"),
        "ukraine-transit-ends": ("2025-01-01", "sanction"),
        "soyuz-vostok-approved": ("2025-03-21", "support"),
        "memorandum-2025": ("2025-09-02", "agree"),
        "eu-gas-ban": ("2026-01-26", "sanction"),
        "china-visit-2026": ("2026-05-20", "consult"),
    }
    assert {id_: (dates[id_], events["kind"][id_]) for id_ in events.index} == expected
    said = events.loc["memorandum-2025", "summary"]
    assert said.startswith("Gazprom announced")
    assert "Beijing did not confirm" in said
    later = case.events[case.events["date"] > pd.Timestamp("2023-03-22")]
    assert later["title"].str.len().max() <= 40
    assert case.events["date"].is_monotonic_increasing


def test_a_figure_that_describes_no_pipeline_names_its_countries(case):
    rows = case.figures
    alone = rows[rows["infrastructure"].isna()]
    assert alone["countries"].notna().all()
    assert rows["countries"][rows["infrastructure"].notna()].isna().all()
    # Who filters by Russia and China sees both sides of the pivot.
    both = Filters(countries=("RUS", "CHN")).apply(case).figures
    assert {"Russian pipeline gas to Europe", "Deliveries by Power of Siberia 1"} <= set(
        both["subject"]
    )
