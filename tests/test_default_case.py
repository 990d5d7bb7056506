"""The shipped case: sound, quoted sparingly, and saying what the article says."""

from __future__ import annotations

import re

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from geodash.case import data_folder, load
from geodash.checks import check
from geodash.evidence import all_refs, evidence
from geodash.filters import Filters
from geodash.geo.basemap import basemap
from geodash.statuses import status_on

ARTICLE = "al-jazeera-2023-03-21"


@pytest.fixture(scope="module")
def case():
    return load()


def stances(case, issue):
    rows = case.positions[case.positions["issue"] == issue].dropna(subset=["stance"])
    return {holder: set(group["stance"]) for holder, group in rows.groupby("holder")}


def test_it_has_no_problem():
    assert [str(problem) for problem in check()] == []


def test_it_conforms_to_the_data_package_standard():
    import frictionless

    report = frictionless.Package(str(data_folder() / "datapackage.json")).validate()
    assert report.valid, report.to_summary()


def test_every_claim_of_the_article_is_a_row(case):
    tables = (case.positions, case.events, case.documents, case.figures, case.infrastructure)
    rows = pd.concat([table[table["source"] == ARTICLE] for table in tables])
    assert len(rows) >= 65
    # The article has 33 paragraphs; three of them are subheadings.
    assert set(rows["paragraph"]) == set(range(1, 34)) - {10, 21, 27}


def test_every_row_can_be_shown_as_evidence(case):
    shown = evidence(case, all_refs(case))
    assert len(shown) == len(all_refs(case))
    assert (shown["Source"] != "").all()
    assert (shown["Statement"] != "").all()


def test_the_article_plans_50_bcm_a_year(case):
    figures = case.figures[case.figures["source"] == ARTICLE]
    planned = figures[(figures["value"] == 50) & (figures["unit"] == "bcm/yr")]
    assert planned["status"].tolist() == ["planned"]
    assert planned["infrastructure"].tolist() == ["power-of-siberia-2"]
    pipelines = case.infrastructure.set_index("id")
    assert pipelines.loc["power-of-siberia-2", "status"] == "proposed"
    assert pipelines.loc["power-of-siberia-2", "countries"] == "RUS MNG CHN"


def test_the_chinese_paper_has_12_points(case):
    paper = case.documents.set_index("id").loc["china-paper"]
    assert paper["points"] == 12
    issuers = case.document_issuers[case.document_issuers["document"] == "china-paper"]
    assert issuers["actor"].tolist() == ["china"]


def test_the_warrant_is_of_17_march_2023(case):
    warrant = case.documents[case.documents["kind"] == "warrant"].iloc[0]
    assert warrant["date"] == pd.Timestamp("2023-03-17")
    assert warrant["source"] != ARTICLE  # which leaves the date out
    issuers = case.document_issuers[case.document_issuers["document"] == warrant["id"]]
    assert issuers["actor"].tolist() == ["icc"]


def test_a_joint_statement_is_found_under_russia_and_under_china(case):
    found = [
        set(Filters(countries=(code,)).apply(case).positions["statement"])
        for code in ("RUS", "CHN")
    ]
    joint = case.positions[case.positions["statement_type"] == "joint_statement"]
    assert len(joint) >= 6
    assert set(joint["statement"]) <= found[0] & found[1]


def test_what_tass_reports_is_told_from_what_al_jazeera_reports(case):
    third = case.positions[case.positions["statement_type"] == "third_outlet"]
    assert set(third["reported_by"]) == {"tass"}
    assert set(third["source"]) == {ARTICLE}


@pytest.mark.parametrize(
    ("issue", "low", "high"),
    [
        # Who is ready for peace?
        ("readiness", "vladimir-putin", "volodymyr-zelenskyy"),
        # What would a ceasefire do?
        ("ceasefire", "united-states", "china"),
        # Is China neutral?
        ("impartiality", "united-states", "xi-jinping"),
        # Is this an alliance?
        ("alliance", "samuel-ramani", "china"),
        # Are all agreements reached?
        ("pipeline", "al-jazeera", "vladimir-putin"),
    ],
)
def test_the_disagreements_of_the_article_are_visible(case, issue, low, high):
    held = stances(case, issue)
    assert max(held[low]) < min(held[high])


def test_what_putin_claims_is_his_claim(case):
    claims = case.positions[case.positions["summary"].str.contains("agreement", case=False)]
    reached = claims[claims["stance"].eq(2) & claims["issue"].eq("pipeline")]
    assert set(reached["holder"]) == {"vladimir-putin"}


def test_quotations_are_a_few_words(case):
    assert case.positions["quotation"].str.split().str.len().max() <= 10


def test_quotations_stand_in_their_column_only(case):
    quoted = case.positions["quotation"].dropna()
    long = [words for words in quoted if len(words.split()) >= 5]
    assert long
    texts = pd.concat(
        [
            table[column].dropna()
            for table in (case.positions, case.events, case.documents, case.figures)
            for column in ("title", "summary", "note", "scope")
            if column in table
        ]
    )
    for words in long:
        assert not texts.str.contains(re.escape(words), case=False).any(), words


def test_each_issue_with_stances_has_its_scale_in_words(case):
    coded = case.positions.dropna(subset=["stance"])["issue"]
    scales = case.issues.set_index("id").loc[coded.unique(), ["minus2", "zero", "plus2"]]
    assert (scales.map(len) > 3).all(axis=None)


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


def places(case, line):
    return case.routes[case.routes["infrastructure"] == line]


def test_every_line_runs_through_places(case):
    counts = case.routes["infrastructure"].value_counts()
    assert set(counts.index) == set(case.infrastructure["id"])
    assert counts.min() >= 3
    # Rows of one line stand together, in the order of the pipelines.
    assert list(case.routes["infrastructure"].drop_duplicates()) == list(case.infrastructure["id"])
    for line in counts.index:
        assert list(places(case, line)["order"]) == list(range(1, counts[line] + 1))


def test_every_line_passes_its_countries_in_the_direction_of_flow(case):
    # The Mongolian section starts in Russia, at the border.
    more = {"soyuz-vostok": ["RUS"]}
    for line in case.infrastructure.itertuples():
        passed = list(places(case, line.id)["iso3"].drop_duplicates())
        assert passed == [*more.get(line.id, []), *line.countries.split(" ")], line.id


def test_power_of_siberia_2_has_two_ends(case):
    ends = places(case, "power-of-siberia-2").iloc[-2:]
    columns = ["place", "kind", "iso3", "basis", "source"]
    assert ends[columns].to_numpy().tolist() == [
        ["Beijing–Tianjin–Hebei", "market", "CHN", "approximate", "chinetnews-2022-07-18"],
        ["Xinjiang", "market", "CHN", "other_reading", "tass-2025-09"],
    ]
    # Ürümqi, as GeoNames has it.
    assert ends[["lon", "lat"]].iloc[1].tolist() == [87.6, 43.801]
    assert "most sources say" in ends["note"].iloc[0].casefold()
    assert case.routes["basis"].eq("other_reading").sum() == 1


def test_lines_that_share_places_name_the_same_ones(case):
    where = ["place", "kind", "iso3", "lon", "lat", "basis"]

    def of(line):
        return places(case, line)[where].to_numpy().tolist()

    assert of("central-asia-china-a") == of("central-asia-china-b") == of("central-asia-china-c")
    assert of("nord-stream-1")[-1] == of("nord-stream-2")[-1]
    assert of("power-of-siberia-1")[-1] == of("china-russia-east")[0]
    whole = of("power-of-siberia-2")
    start = whole.index(of("soyuz-vostok")[0])
    assert of("soyuz-vostok") == whole[start : start + len(of("soyuz-vostok"))]


#: The coasts on both sides of each leg at sea, and the most of it that crosses land.
SEA = {
    "nord-stream-1": ("Vyborg", "Lubmin", 0.05),
    "nord-stream-2": ("Ust-Luga", "Lubmin", 0.1),
    "turkstream": ("Anapa", "Kıyıköy", 0.02),
    "blue-stream": ("Dzhubga", "Samsun", 0.03),
    # From the east of Sakhalin, across the island.
    "far-eastern-route": ("Nogliki", "Lazarev", 0.75),
}
#: What a place is called here, where its point is another town.
POINTS = {"Sakhalin shelf": "Nogliki"}


def test_a_leg_at_sea_bends_towards_one_point_between_two_coasts(case):
    land = basemap().countries.union_all()
    coast = gpd.GeoSeries([land], crs=4326).to_crs(3857).boundary.iloc[0]
    sea = case.routes[case.routes["kind"] == "sea"]
    assert sorted(sea["infrastructure"]) == sorted(SEA)
    assert set(sea["source"]) == {"geodash"}
    assert set(sea["basis"]) == {"approximate"}
    for point in sea.itertuples():
        line = places(case, point.infrastructure).set_index("order")
        sides = line.loc[[point.order - 1, point.order + 1]]
        assert "sea" not in set(sides["kind"])
        assert point.iso3 == sides["iso3"].iloc[0]
        names = tuple(POINTS.get(place, place) for place in sides["place"])
        *coasts, most = SEA[point.infrastructure]
        assert list(names) == coasts
        ends = gpd.GeoSeries.from_xy(sides["lon"], sides["lat"], crs=4326).to_crs(3857)
        # 60 km in this projection are at most 46 km on the ground here.
        assert (ends.distance(coast) < 60_000).all(), names
        bend = gpd.GeoSeries.from_xy([point.lon], [point.lat], crs=4326)
        assert not bend.intersects(land).any(), point.infrastructure
        t = np.linspace(0, 1, 400)
        x, y = (
            (1 - t) ** 2 * first + 2 * t * (1 - t) * control + t**2 * last
            for (first, last), control in (
                (sides["lon"], point.lon),
                (sides["lat"], point.lat),
            )
        )
        assert shapely.contains_xy(land, x, y).mean() < most, point.infrastructure


def test_every_place_lies_in_its_country(case):
    countries = basemap().countries.set_index("iso3").geometry
    rows = case.routes[case.routes["kind"] != "sea"]
    points = gpd.GeoSeries.from_xy(rows["lon"], rows["lat"], index=rows["id"], crs=4326)
    for row in rows.itertuples():
        # Around each place in turn, distances are those on the ground.
        own = f"+proj=aeqd +lon_0={row.lon} +lat_0={row.lat}"
        country = countries.loc[[row.iso3]].clip(points[row.id].buffer(5)).to_crs(own)
        here = points.loc[[row.id]].to_crs(own)
        assert country.union_all().distance(here.iloc[0]) < 30_000, (row.id, row.place)


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
