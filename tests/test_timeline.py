"""What happened when: the whole period, and its busiest week."""

from itertools import pairwise

import pandas as pd
import plotly.graph_objects as go
import pytest

from geodash import theme
from geodash.charts.moments import busiest_week, grouped, read
from geodash.charts.panel import BESIDE
from geodash.charts.timeline import (
    BOTH,
    BUSY,
    OTHERS,
    PERIOD,
    describe,
    event_timeline,
    parts,
    table,
)
from geodash.geo.labels import text_size
from tiny import TABLES, tiny

MARKUP = "<b>x</b>"


def event(id_, date, *, title="", precision="day", end="", kind="consult"):
    """Write a row of the events table."""
    return f"{id_},{title or id_},{date},{precision},{end},{kind},,What it was.,,,,paper,1\n"


def position(id_, date, holder="ann", *, precision="day", how="direct_quote"):
    """Write a row of the positions table."""
    return (
        f"{id_},{id_},{date},{precision},{holder},{holder},,,,,Says {id_}.,,{how},paper,paper,3\n"
    )


def case_of(folder, *, events=(), positions=(), **tables):
    """Give the tiny case with these events and positions instead of its own."""
    header = {name: TABLES[name].splitlines(keepends=True)[0] for name in TABLES}
    return tiny(
        folder,
        events=header["events"] + "".join(events),
        positions=header["positions"] + "".join(positions),
        event_actors=header["event_actors"],
        **tables,
    )


def more(folder, *rows):
    """Give the tiny case with more events."""
    return tiny(folder, events=TABLES["events"] + "".join(rows))


def marks(figure, layer, axis=None):
    """Give the marks of a layer by their refs, on the first axes, the second (2) or on both.

    The layer of words has those also that stand with a mark.
    """
    found = {}
    for trace in (trace.to_plotly_json() for trace in figure.data):
        with_mark = layer == "words" and trace["name"] == "events"
        wanted = trace["name"] == layer or with_mark
        if not wanted or axis not in (None, 2 if trace["xaxis"] == "x2" else 1):
            continue
        marker = trace.pop("marker", {})
        looks = {"symbol": marker.get("symbol"), "fill": marker.get("color")}
        columns = trace | looks | {"line": marker.get("line", {}).get("color")}
        for i, refs in enumerate(trace["customdata"]):
            if not with_mark or trace["text"][i]:
                found[refs] = {
                    name: values[i] for name, values in columns.items() if isinstance(values, list)
                }
    return found


def titles(figure):
    """Give the titles of the panels and the key."""
    key, *headings = (note.text for note in figure.layout.annotations)
    return [heading.removeprefix("<b>").removesuffix("</b>") for heading in headings], key


def lanes(figure, axis="y2"):
    """Give the names of rows by their places, from the top."""
    named = [trace for trace in figure.data if trace.name == "names" and trace.yaxis == axis]
    return {
        y: text.removesuffix(BESIDE)
        for trace in named
        for y, text in zip(trace.y, trace.text, strict=True)
    }


def test_the_whole_period_stands_above_its_busiest_week(tmp_path):
    figure = event_timeline(tiny(tmp_path))
    assert titles(figure)[0] == ["The whole period", "The busiest week: 21–22 March 2023"]
    # 1 February to 22 March 2023, and a little more on both sides.
    first, last = figure.layout.xaxis.range
    assert last - first == pytest.approx(50 * 1.05)
    assert figure.layout.xaxis2.range == (0, 2)
    assert figure.layout.yaxis.domain[0] > figure.layout.yaxis2.domain[1]


@pytest.mark.parametrize(
    ("show", "title"),
    [(PERIOD, "The whole period"), (BUSY, "The busiest week: 21–22 March 2023")],
)
def test_each_of_the_two_can_stand_alone(tmp_path, show, title):
    case = tiny(tmp_path)
    both, alone = event_timeline(case), event_timeline(case, show=show)
    assert titles(alone)[0] == [title]
    assert alone.layout.height < both.layout.height
    assert alone.layout.yaxis.domain == (0, 1)
    # Only the week has symbols of positions, and a key of them.
    assert any("Positions:" in note.text for note in alone.layout.annotations) == (show == BUSY)


def test_a_case_of_one_day_has_no_parts_to_choose_from(tmp_path):
    whole, day = (
        tiny(tmp_path / "whole"),
        case_of(tmp_path / "day", events=[event("e1", "2023-03-21")]),
    )
    assert list(parts(whole)) == [BOTH, PERIOD, BUSY]
    assert list(parts(day)) == [BOTH]
    for show in (BOTH, PERIOD, BUSY):
        assert len(titles(event_timeline(day, show=show))[0]) == 1


def test_every_row_stands_on_the_chart(tmp_path):
    case = more(
        tmp_path, event("old", "2020-05-03"), event("vague", "2021-01-01", precision="year")
    )
    drawn = {
        ref
        for trace in event_timeline(case).data
        for refs in trace.customdata or ()
        for ref in refs.split(" ")
    }
    assert drawn == {*("events/" + case.events["id"]), *("positions/" + case.positions["id"])}


def test_a_position_of_the_week_is_a_mark_on_its_day_in_its_partys_row(tmp_path):
    figure = event_timeline(tiny(tmp_path))
    found = marks(figure, "positions")
    assert set(found) == {"positions/p1", "positions/p2", "positions/p3", "positions/p5"}
    rows = lanes(figure)
    # Bob is found under Bland, and the party with most positions comes first.
    assert list(rows.values()) == ["Bland", "Aland", "The Paper"]
    nearest = {refs: min(rows, key=lambda place: abs(place - found[refs]["y"])) for refs in found}
    assert {refs: rows[place] for refs, place in nearest.items()} == {
        "positions/p1": "Aland",
        "positions/p2": "Bland",
        "positions/p3": "Bland",
        "positions/p5": "The Paper",
    }
    assert {refs: int(mark["x"]) for refs, mark in found.items()} == {
        "positions/p1": 0,
        "positions/p2": 0,
        "positions/p3": 0,
        "positions/p5": 1,
    }


def test_the_symbol_of_a_position_is_its_type_and_the_colour_its_partys(tmp_path):
    figure = event_timeline(tiny(tmp_path))
    found = marks(figure, "positions")
    looks = {refs: (mark["symbol"], mark["fill"], mark["line"]) for refs, mark in found.items()}
    assert looks == {
        "positions/p1": ("square", "#8c6bb1", "#8c6bb1"),
        "positions/p2": ("square", "#b8860b", "#b8860b"),
        "positions/p3": ("circle", "#b8860b", "#b8860b"),
        "positions/p5": ("triangle-up", theme.PAPER, "#6e7781"),
    }


def test_the_key_explains_the_symbols_that_occur(tmp_path):
    case = more(tmp_path, event("raid", "2020-05-03", kind="assault"))
    key = titles(event_timeline(case))[1].replace("\N{NO-BREAK SPACE}", " ").replace("<br>", " ")
    assert key == (
        "Positions: ● quoted directly ■ joint statement △ the outlet’s own wording "
        "Events: ◆ deeds ◇ talks and words"
    )
    key = titles(event_timeline(case.replace(events=case.events.head(0))))[1]
    assert "Events" not in key


def test_a_position_of_which_only_the_month_is_known_covers_the_month_and_no_day(tmp_path):
    figure = event_timeline(tiny(tmp_path))
    assert "positions/p4" not in marks(figure, "positions")
    mark = marks(figure, "counts")["positions/p4"]
    assert mark["width"] == 28
    # The period begins with that month, after a margin.
    assert mark["x"] - 14 == pytest.approx(50 * 0.025)
    assert "1 position, February 2023" in mark["hovertext"]


def test_an_event_of_which_only_the_year_is_known_is_a_bar_without_a_symbol(tmp_path):
    figure = event_timeline(more(tmp_path, event("vague", "2021-01-01", precision="year")))
    assert "events/vague" not in marks(figure, "events")
    assert marks(figure, "spans")["events/vague"]["x"] == 365
    assert "<b>2021</b> vague" in marks(figure, "words")["events/vague"]["text"]


def test_an_event_of_several_days_is_a_bar_over_them(tmp_path):
    figure = event_timeline(more(tmp_path, event("visit", "2023-03-20", end="2023-03-22")))
    span, symbol = marks(figure, "spans")["events/visit"], marks(figure, "events")["events/visit"]
    assert (span["base"], span["x"]) == (0, 3)
    assert symbol["x"] == 0.5
    assert symbol["y"] == span["y"]


@pytest.mark.parametrize(
    ("first", "last", "at", "side"),
    [
        ("2023-03-16", "2023-03-17", 2, "middle right"),  # the words after the bar
        ("2023-03-21", "2023-03-22", 5, "middle left"),  # before it
        ("2023-03-17", "2023-03-21", 1, "middle right"),  # over it, from its start
    ],
)
def test_words_stand_beside_a_bar_or_over_it_where_there_is_no_room(
    tmp_path, first, last, at, side
):
    rows = [event("visit", first, end=last), event("a", "2023-03-16"), event("b", "2023-03-22")]
    figure = event_timeline(case_of(tmp_path, events=rows))
    words, span = marks(figure, "words")["events/visit"], marks(figure, "spans")["events/visit"]
    assert (words["x"], words["textposition"]) == (at, side)
    assert (words["y"] < span["y"] - 8) == (at == 1)


def test_counts_stand_for_the_positions_of_a_day_and_the_most_are_named(tmp_path):
    figure = event_timeline(tiny(tmp_path))
    found = marks(figure, "counts")
    day = found["positions/p1 positions/p2 positions/p3"]
    assert day["width"] == 1
    heights = {refs: -mark["y"] for refs, mark in found.items()}
    assert heights["positions/p1 positions/p2 positions/p3"] == 3 * heights["positions/p5"]
    # A dot makes a thin bar easy to point at; a month needs none.
    assert set(marks(figure, "tops")) == set(found) - {"positions/p4"}
    # A month is as thin as can be, whatever its number.
    assert heights["positions/p4"] < heights["positions/p5"]
    named = marks(figure, "words")["positions/p1 positions/p2 positions/p3"]
    assert named["text"].strip() == "3 positions, 21 March 2023"


def test_where_no_day_is_known_the_fullest_month_is_named(tmp_path):
    months = ["2023-01-01", "2023-03-01", "2023-03-01"]
    rows = [position(f"q{i}", month, precision="month") for i, month in enumerate(months)]
    figure = event_timeline(case_of(tmp_path, positions=rows))
    named = marks(figure, "words")["positions/q1 positions/q2"]
    assert named["text"].strip() == "2 positions, March 2023"
    bars = marks(figure, "counts")
    # The words stand over the bar.
    assert named["y"] + 8 < bars["positions/q1 positions/q2"]["base"] - 4


@pytest.mark.parametrize("narrow", [False, True])
def test_events_stand_one_below_the_other_in_the_order_of_their_dates(tmp_path, narrow):
    long = "A long title that says in many words what happened on that day and why it did"
    case = more(
        tmp_path,
        event("third", "2023-01-05", title=long),
        event("first", "2020-05-03"),
        event("second", "2022-12-31", title=long),
    )
    figure = event_timeline(case, narrow=narrow)
    words = sorted(marks(figure, "words", 1).items(), key=lambda item: item[1]["y"])
    order = [refs for refs, _ in words if refs.startswith("events/") and " " not in refs]
    assert order == ["events/first", "events/second", "events/third"]
    boxes = [(mark["y"], 16 * (1 + mark["text"].count("<br>")) / 2) for _, mark in words]
    for (upper, above), (lower, below) in pairwise(boxes[:4]):
        assert lower - below >= upper + above


def test_words_stand_on_the_side_where_there_is_more_room(tmp_path):
    figure = event_timeline(
        more(tmp_path, event("first", "2020-05-03"), event("late", "2023-03-01"))
    )
    found = marks(figure, "words")
    assert found["events/first"]["textposition"] == "middle right"
    assert found["events/late"]["textposition"] == "middle left"
    assert found["events/first"]["x"] == marks(figure, "events")["events/first"]["x"]


def test_a_week_of_one_day_is_called_the_busiest_day(tmp_path):
    rows = [event("a", "2020-05-03"), event("b", "2023-03-21"), event("c", "2023-03-21")]
    figure = event_timeline(case_of(tmp_path, events=rows))
    assert titles(figure)[0] == ["The whole period", "The busiest day: 21 March 2023"]
    assert "the busiest day, below" in marks(figure, "words", 1)["events/b events/c"]["text"]


def test_what_happened_in_the_busiest_week_is_one_mark_in_the_whole_period(tmp_path):
    figure = event_timeline(tiny(tmp_path))
    week = "events/meet positions/p1 positions/p2 positions/p3 positions/p5"
    assert marks(figure, "spans", 1)[week]["x"] == 2
    assert "the busiest week, below" in marks(figure, "words", 1)[week]["text"]
    assert "events/meet" not in marks(figure, "words", 1)
    assert marks(figure, "words", 2)["events/meet"]["text"].strip() == "The meeting"


def test_an_event_has_a_symbol_for_deeds_or_words_and_the_kind_in_its_tooltip(tmp_path):
    figure = event_timeline(more(tmp_path, event("raid", "2020-05-03", kind="assault")))
    found = marks(figure, "events")
    assert (found["events/raid"]["symbol"], found["events/raid"]["fill"]) == ("diamond", theme.INK)
    assert found["events/meet"]["fill"] == theme.PAPER
    text = found["events/meet"]["hovertext"]
    assert "21 March 2023; consult; Ann Aster and Bob Birch" in text
    assert "The Paper, “Two leaders meet”" in text


def test_an_event_of_one_party_has_its_colour(tmp_path):
    case = tiny(tmp_path, event_actors="event,actor,part\nmeet,ann,actor\n")
    assert marks(event_timeline(case), "events")["events/meet"]["line"] == "#8c6bb1"


@pytest.mark.parametrize("narrow", [False, True])
def test_a_case_of_one_day_has_one_panel(tmp_path, narrow):
    case = case_of(
        tmp_path,
        events=[event("talk", "2023-03-21")],
        positions=[position(f"q{i}", "2023-03-21") for i in range(3)],
    )
    figure = event_timeline(case, narrow=narrow)
    assert titles(figure)[0] == ["21 March 2023"]
    assert figure.layout.xaxis.range == (0, 1)
    assert set(marks(figure, "positions")) == {"positions/q0", "positions/q1", "positions/q2"}
    assert describe(case) == "1 event of 21 March 2023 and 3 positions of 21 March 2023."


def test_a_case_without_a_known_day_has_no_busiest_week(tmp_path):
    case = case_of(
        tmp_path,
        events=[event("talk", "2023-03-01", precision="month")],
        positions=[position("q", "2022-01-01", precision="year")],
    )
    figure = event_timeline(case)
    assert titles(figure) == (["The whole period"], "")
    assert not marks(figure, "positions")
    assert describe(case) == (
        "1 event of March 2023 and 1 position of 2022. "
        "For 2 rows only the month or the year is known."
    )


@pytest.mark.parametrize("narrow", [False, True])
def test_five_hundred_positions_of_a_day_are_counted_with_all_their_refs(tmp_path, narrow):
    many = [position(f"q{i}", "2023-03-21") for i in range(500)]
    figure = event_timeline(
        case_of(tmp_path, positions=[*many, position("z", "2023-03-15", "bob")]), narrow=narrow
    )
    (refs,) = (refs for refs in marks(figure, "positions") if refs != "positions/z")
    assert len(refs.split(" ")) == 500
    assert marks(figure, "words")[refs]["text"].strip() == "500 positions"
    assert figure.layout.height < 600


def test_more_positions_than_a_row_holds_go_into_further_rows(tmp_path):
    many = [position(f"q{i}", "2023-03-21") for i in range(30)]
    figure = event_timeline(case_of(tmp_path, positions=[*many, position("z", "2023-03-15")]))
    places = {(mark["x"], mark["y"]) for mark in marks(figure, "positions").values()}
    assert len(places) == 31
    assert len({y for _, y in places}) > 1
    assert all(6 < x < 7 for x, _ in places if x > 1)


def test_more_events_than_can_be_named_are_counted_by_month_or_year(tmp_path):
    days = pd.date_range("2020-01-01", periods=40, freq="8D")
    events = [event(f"e{i}", str(day.date())) for i, day in enumerate(days)]
    by_month = grouped(read(case_of(tmp_path / "a", events=events))[0])
    assert [moment.title for moment in by_month[:2]] == ["4 events", "4 events"]
    assert [moment.date for moment in by_month[:2]] == ["January 2020", "February 2020"]
    assert by_month[0].refs == "events/e0 events/e1 events/e2 events/e3"
    days = pd.date_range("2010-01-01", periods=60, freq="45D")
    events = [event(f"e{i}", str(day.date())) for i, day in enumerate(days)]
    by_year = grouped(read(case_of(tmp_path / "b", events=events))[0])
    assert (by_year[0].date, by_year[0].title) == ("2010", "9 events")
    assert sum(len(moment.refs.split(" ")) for moment in by_year) == 60
    assert "1 Jan 2010: e0" in by_year[0].hover


def test_more_parties_than_lanes_share_the_last(tmp_path):
    actors = TABLES["actors"] + "".join(f"a{i},Actor {i},A{i},bloc,,,,#112233\n" for i in range(15))
    rows = [position(f"q{i}", "2023-03-21", f"a{i}") for i in range(15)]
    figure = event_timeline(case_of(tmp_path, positions=rows, actors=actors))
    names = list(lanes(figure, "y").values())
    assert len(names) == 12
    assert names[-1] == OTHERS
    assert len(marks(figure, "positions")) == 15


def test_the_busiest_week_is_the_first_of_the_fullest(tmp_path):
    days = ["2023-01-01", "2023-01-08", "2023-01-10", "2023-02-01", "2023-02-07", "2023-03-01"]
    rows = [position(f"q{i}", day) for i, day in enumerate(days)]
    first, end = busiest_week(read(case_of(tmp_path, positions=rows))[1])
    assert (first, end) == (pd.Timestamp("2023-01-08"), pd.Timestamp("2023-01-11"))


def test_names_of_rows_have_room_before_the_panels(tmp_path):
    long = TABLES["actors"].replace("Aland,Aland", "Aland,Aland with isles")
    for actors in (TABLES["actors"], long):
        figure = event_timeline(tiny(tmp_path / str(len(actors)), actors=actors))
        names = [*lanes(figure, "y").values(), *lanes(figure).values()]
        widest = max(text_size(name, size=12)[0] for name in names)
        assert widest < figure.layout.margin.l < widest + 20
    assert event_timeline(tiny(tmp_path / "phone"), narrow=True).layout.margin.l < 8


def test_on_a_phone_names_of_parties_stand_above_their_rows(tmp_path):
    figure = event_timeline(tiny(tmp_path), narrow=True)
    assert not lanes(figure)
    named = [mark["text"].strip() for mark in marks(figure, "words", 2).values()]
    assert named == ["The meeting", "<b>Bland</b>", "<b>Aland</b>", "<b>The Paper</b>"]


@pytest.mark.parametrize(
    ("first", "words"),
    [
        ("2023-02-20", ["20 Feb 2023", "27 Feb", "6 Mar", "13 Mar", "20 Mar"]),
        ("2022-10-10", ["Nov 2022", "Dec 2022", "Jan 2023", "Feb 2023", "Mar 2023"]),
        ("2020-05-03", ["2021", "2022", "2023"]),
        ("1990-05-03", ["1990", "1995", "2000", "2005", "2010", "2015", "2020"]),
    ],
)
def test_the_axis_names_weeks_months_or_years(tmp_path, first, words):
    rows = [event("a", first), event("b", "2023-03-21")]
    axis = event_timeline(case_of(tmp_path, events=rows)).layout.xaxis
    assert list(axis.ticktext) == words
    # Each stands where it begins; the last day of the period is a known one.
    end = axis.range[1] / 1.05 * 1.025 - 1
    begins = [word if word[-4:].isdigit() else f"{word} 2023" for word in words]
    begins = [begin if " " in begin else f"Jan {begin}" for begin in begins]
    last = pd.Timestamp("2023-03-21")
    assert [end - place for place in axis.tickvals] == pytest.approx(
        [(last - pd.Timestamp(begin)).days for begin in begins]
    )


@pytest.mark.parametrize("narrow", [False, True])
def test_only_scatters_and_bars_are_drawn_and_every_mark_has_a_tooltip(tmp_path, narrow):
    case = more(tmp_path, event("visit", "2020-05-03", end="2020-06-01"))
    figure = event_timeline(case, narrow=narrow)
    # Plotly checks every property.
    go.Figure(figure.to_dict())
    assert {trace.type for trace in figure.data} == {"bar", "scatter"}
    for trace in figure.data:
        if trace.hoverinfo != "skip":
            assert len(trace.customdata) == len(trace.hovertext) == len(trace.x)
            assert all(trace.hovertext)


@pytest.mark.parametrize("narrow", [False, True])
def test_markup_in_the_tables_shows_as_characters(tmp_path, narrow):
    case = tiny(
        tmp_path,
        actors=TABLES["actors"].replace("Aland,Aland", f"{MARKUP},{MARKUP}"),
        events=TABLES["events"].replace("The meeting", MARKUP),
        positions=TABLES["positions"].replace("Both want the line.", MARKUP),
        sources=TABLES["sources"].replace("Two leaders meet", MARKUP),
    )
    figure = event_timeline(case, narrow=narrow)
    shown = [
        *(
            text
            for trace in figure.data
            for text in (*(trace.hovertext or ()), *(trace.text or ()))
        ),
        *(lanes(figure).values()),
    ]
    assert not [text for text in shown if MARKUP in text]
    assert sum("&lt;b&gt;x&lt;/b&gt;" in text for text in shown) > 5


def test_an_empty_case_says_so_in_one_sentence(tmp_path):
    case = case_of(tmp_path)
    (note,) = event_timeline(case).layout.annotations
    assert note.text == describe(case) == "No event and no position is shown."
    assert len(table(case)) == 0


def test_the_words_give_first_and_last_day_numbers_and_the_busiest_day(tmp_path):
    case = more(tmp_path, event("old", "2020-05-03"))
    assert describe(case) == (
        "2 events from 3 May 2020 to 21 March 2023 and 5 positions from February 2023 to "
        "22 March 2023. The busiest day is 21 March 2023, with 1 event and 3 positions. "
        "For 1 row only the month or the year is known."
    )


def test_the_words_call_no_day_busy_on_which_one_thing_happened(tmp_path):
    case = case_of(tmp_path, events=[event("a", "2020-05-03"), event("b", "2021-05-03")])
    assert describe(case) == "2 events from 3 May 2020 to 3 May 2021."


def test_the_table_lists_events_and_positions_the_earliest_first(tmp_path):
    rows = table(more(tmp_path, event("old", "2020-05-03")))
    assert list(rows.columns) == ["Date", "What", "Who", "Kind", "Source"]
    assert list(rows.index) == [
        *("events/old", "positions/p4", "events/meet"),
        *("positions/p1", "positions/p2", "positions/p3", "positions/p5"),
    ]
    assert list(rows.loc["events/meet"]) == [
        *("21 March 2023", "The meeting", "Ann Aster; Bob Birch", "event: consult"),
        "The Paper, “Two leaders meet”, 22 March 2023",
    ]
    assert list(rows.loc["positions/p4"])[:4] == [
        *("February 2023", "Ann finds the plan useful.".replace("Ann", "Aster"), "Ann Aster"),
        "position: reported speech",
    ]
