"""Russian gas to Europe and to China: lines, other scopes, events, words."""

import plotly.graph_objects as go
import pytest

from geodash import theme
from geodash.charts.pivot import LAYERS, gas_pivot
from geodash.charts.pivotwords import CHINA, EUROPE, describe, note, table
from test_series import MARKUP, assert_readable, boxes, layer, marks, refs, row, shown, with_figures
from tiny import TABLES

MAIN, OTHER = "Europe without Türkiye: EU, Balkans", "EU-27"
#: Europe in two scopes, one value of the first doubted; China.
ROWS = [
    row("e19", EUROPE, 2019, 180, scope=MAIN),
    row("o20", EUROPE, 2020, 150, scope=OTHER),
    row("o20b", EUROPE, 2020, 140, scope=OTHER),
    row("e21", EUROPE, 2021, 175, scope=MAIN),
    row("e22", EUROPE, 2022, 64, scope=MAIN, status="estimate"),
    row("e23", EUROPE, 2023, 20, scope=MAIN, status="estimate"),
    row("e23b", EUROPE, 2023, 30, scope=MAIN, status="estimate"),
    row("c19", CHINA, 2019, 0.4, scope="by this line"),
    row("c20", CHINA, 2020, 4, scope="by this line"),
    row("c21", CHINA, 2021, 10, scope="by this line"),
    row("c23", CHINA, 2023, 22.4, scope="by this line"),
]
#: Days and titles of many events, some close together.
MANY = [
    *(("2019-01-01", "A year begins"), ("2019-12-02", "A first line of pipes opens")),
    *(("2020-01-08", "A second line opens"), ("2021-09-10", "A third line is completed")),
    *(("2022-02-22", "Aland stops the third line"), ("2022-05-21", "A fourth line stands still")),
    *(
        ("2022-08-31", "A fifth line stops"),
        ("2022-09-15", "Leaders of three countries meet in town"),
    ),
    *(("2022-09-26", "Two lines are blown up at sea"), ("2023-12-31", "A year ends")),
    *(("2024-09-01", "Bland leaves the line out of its plan"), ("2025-01-01", "Transit ends")),
    *(("2026-05-20", "Aster and Birch meet again in Btown"), ("2026-10-01", "Much else happens")),
]


def event(id_, title, date, *, precision="day", kind="agree", issue="pipeline"):
    """Write an event."""
    return f'{id_},"{title}",{date},{precision},,{kind},{issue},It happened.,,,,paper,1\n'


def case_of(folder, *events, rows=ROWS, **tables):
    """Give the tiny case with these figures and events, about a question named pipeline."""
    head = TABLES["events"].splitlines()[0] + "\n"
    issues = TABLES["issues"] + "pipeline,Pipes,Should it be built?,no,open,yes\n"
    tables = {"issues": issues, "event_actors": "event,actor,part\n"} | tables
    return with_figures(folder, *rows, events=head + "".join(events), **tables)


def many(count):
    return [event(f"v{i}", title, date) for i, (date, title) in enumerate(MANY[:count])]


def segments(figure, name):
    """Give the pieces of a line: year and value at both of its ends."""
    trace = layer(figure, name)
    points = list(zip(trace.x, trace.y, strict=True)) if trace else []
    return [tuple(points[i : i + 2]) for i in range(0, len(points), 3)]


def test_values_stand_in_their_years_with_their_rows(tmp_path):
    found = marks(gas_pivot(case_of(tmp_path)), "values", "x", "y", "customdata")
    assert (2019.5, 180, "figures/e19") in found
    assert (2023.5, 22.4, "figures/c23") in found
    assert len(found) == 9


def test_only_the_scope_with_most_years_makes_a_line(tmp_path):
    figure = gas_pivot(case_of(tmp_path))
    ends = [end for name in ("solid", "dashed") for end in segments(figure, f"Europe {name}")]
    assert {y for piece in ends for _, y in piece} == {180, 175, 64, 20}
    others = marks(figure, "others", "y", "customdata", "marker.symbol")
    assert {(y, refs_) for y, refs_, _ in others} == {
        (150, "figures/o20 figures/o20b"),
        (140, "figures/o20 figures/o20b"),
    }
    assert {symbol for *_, symbol in others} == {"square"}
    assert layer(figure, "others").marker.size < layer(figure, "values").marker.size
    assert "■ Europe: EU-27" in figure.layout.annotations[0].text


def test_values_of_one_year_that_differ_are_both_marked_and_joined_never_averaged(tmp_path):
    figure = gas_pivot(case_of(tmp_path))
    both = "figures/e23 figures/e23b"
    found = marks(figure, "values", "x", "y", "customdata")
    assert {(x, y) for x, y, refs_ in found if refs_ == both} == {(2023.5, 20), (2023.5, 30)}
    ((low, high),) = segments(figure, "Europe ranges")
    assert (low, high) == ((2023.5, 20), (2023.5, 30))
    # The line goes through the value that stands first.
    assert segments(figure, "Europe dashed")[-1][1] == (2023.5, 20)
    assert "stated" not in note(case_of(tmp_path / "b", rows=ROWS[:2]))
    assert "the line goes through the one that the table states first" in note(case_of(tmp_path))


def test_a_line_is_solid_between_actual_values_of_consecutive_years_only(tmp_path):
    figure = gas_pivot(case_of(tmp_path))
    assert [(a[0], b[0]) for a, b in segments(figure, "China solid")] == [
        (2019.5, 2020.5),
        (2020.5, 2021.5),
    ]
    assert [(a[0], b[0]) for a, b in segments(figure, "China dashed")] == [(2021.5, 2023.5)]
    assert layer(figure, "Europe solid") is None
    assert layer(figure, "Europe dashed").line.dash == "dash"


def test_what_is_not_actual_is_hollow_and_named_in_the_key(tmp_path):
    figure = gas_pivot(case_of(tmp_path))
    fills = dict(marks(figure, "values", "customdata", "marker.color"))
    assert fills["figures/e21"] == theme.INK
    assert fills["figures/c21"] == theme.ACCENT
    assert fills["figures/e22"] == theme.PAPER
    key = figure.layout.annotations[0].text.replace("\N{NO-BREAK SPACE}", " ")
    assert "● actual, ○ estimate" in key
    # A claim is no more actual than an estimate.
    rows = [row("c", CHINA, 2020, 4, status="claimed", asserted_by="ann"), ROWS[7]]
    claimed = gas_pivot(case_of(tmp_path / "b", rows=rows))
    assert ("figures/c", theme.PAPER) in marks(claimed, "values", "customdata", "marker.color")


def test_names_and_last_values_stand_at_the_ends(tmp_path):
    found = marks(gas_pivot(case_of(tmp_path)), "words", "x", "text")
    ends = [text.replace("<br>", " ").replace("\N{EN SPACE}", "") for x, text in found if x > 2023]
    assert ends == [
        "Europe without Türkiye <b>20 or 30 bcm</b>",
        "China by Power of Siberia 1 <b>22.4 bcm</b>",
    ]


def test_events_on_the_pipelines_stand_on_their_day_and_talks_are_left_out(tmp_path):
    events = [
        event("opens", "A line opens", "2019-12-02"),
        event("old", "An older one", "2014-05-21"),
        event("talk", "They talk", "2022-01-01", kind="consult"),
        event("else", "Something else", "2022-01-01", issue="peace"),
        event("vague", "Some month", "2022-07-01", precision="month"),
        event("late", "A late one", "2024-05-01"),
    ]
    figure = gas_pivot(case_of(tmp_path, *events))
    found = marks(figure, "events", "customdata", "text", "x")
    assert [one[:2] for one in found] == [
        ("events/opens", "A line opens"),
        ("events/vague", "Some month"),
        ("events/late", "A late one"),
    ]
    assert found[0][2] == pytest.approx(2019 + 335 / 365, abs=0.001)
    assert found[1][2] == pytest.approx(2022.54, abs=0.01)
    assert "It happened." in layer(figure, "events").hovertext[0]
    # No line runs from an event through what is written after the lines.
    assert 2022.5 < max(x for x in layer(figure, "guides").x if x) < 2023.5
    assert max(x for x in layer(figure, "drops").x if x) > 2024


def test_on_a_phone_events_are_numbered_and_named_below(tmp_path):
    figure = gas_pivot(case_of(tmp_path, *many(3)), narrow=True)
    assert layer(figure, "events") is None
    assert [text for (text,) in marks(figure, "numbers", "text")] == ["1", "2", "3"]
    key = figure.layout.annotations[0].text.replace("<br>", " ").replace("\N{EN SPACE}", "")
    assert "<b>2</b> 2 Dec 2019: A first line of pipes opens" in key


@pytest.mark.parametrize("count", [0, 1, 14])
@pytest.mark.parametrize(
    ("narrow", "width"), [(False, 600), (False, 1216), (True, 340), (True, 640)]
)
def test_words_overlap_nothing_and_stay_on_the_page(tmp_path, narrow, width, count):
    figure = gas_pivot(case_of(tmp_path, *many(count)), narrow=narrow)
    assert_readable(figure, width)
    assert len(figure.to_json()) < 25_000


def test_no_line_of_an_event_runs_through_the_words_of_another(tmp_path):
    figure = gas_pivot(case_of(tmp_path, *many(14)))
    margin = figure.layout.margin
    width = 600 - margin.l - margin.r
    begin, end = figure.layout.xaxis.range
    found = {key: box for key, box in boxes(figure, 600).items() if key[0] == "events"}
    tops = {i: box[1] for (_, i, _), box in found.items()}
    for i, x in enumerate(layer(figure, "events").x):
        at = margin.l + (x - begin) / (end - begin) * width
        for (_, j, words), (left, top, right, _) in found.items():
            if i != j and top > tops[i]:
                assert not left < at < right, words


def test_every_mark_carries_refs_and_plotly_knows_every_property(tmp_path):
    for narrow in (False, True):
        figure = gas_pivot(case_of(tmp_path / str(narrow), *many(2)), narrow=narrow)
        go.Figure(figure.to_dict())
        assert {trace.type for trace in figure.data} == {"scatter"}
        assert {trace.name for trace in figure.data} <= set(LAYERS)
        for trace in figure.data:
            if trace.hoverinfo != "skip":
                assert len(trace.customdata) == len(trace.hovertext) == len(trace.x)
        assert refs(figure) == {f"figures/{one.split(',')[0][1:-1]}" for one in ROWS} | {
            *("events/v0", "events/v1")
        }


def test_drawing_leaves_the_looks_of_marks_as_they_are(tmp_path):
    gas_pivot(case_of(tmp_path, *many(2)))
    assert set(LAYERS["values"]["marker"]) == {"size", "opacity", "line"}
    assert set(LAYERS["values"]["marker"]["line"]) == {"width"}


def test_a_switched_unit_is_shown_and_other_units_are_in_the_table_only(tmp_path):
    case = case_of(tmp_path)
    frame = case.figures
    frame["value"] *= 10
    frame["unit"] = ["TWh"] * (len(frame) - 1) + ["bcm"]
    switched = case.replace(figures=frame)
    figure = gas_pivot(switched)
    assert "figures/c23" not in refs(figure)
    assert "figures/c23" in table(switched).index
    assert figure.layout.annotations[0].text.startswith("TWh (terawatt-hours) a year")
    assert not [text for text in shown(figure) if "bcm" in text]
    assert "from 1,800 TWh in 2019" in describe(switched)


@pytest.mark.parametrize("narrow", [False, True])
def test_markup_in_the_tables_shows_as_characters(tmp_path, narrow):
    rows = [one.replace("EU-27", MARKUP).replace("Europe without", MARKUP) for one in ROWS]
    rows = [one.replace("by this line", MARKUP) for one in rows]
    sources = TABLES["sources"].replace("The Paper", MARKUP)
    events = event("v", MARKUP, "2020-01-01")
    figure = gas_pivot(case_of(tmp_path, events, rows=rows, sources=sources), narrow=narrow)
    assert not [text for text in shown(figure) if MARKUP in text]
    assert [text for text in shown(figure) if "&lt;b&gt;x&lt;/b&gt;" in text]


def test_the_words_give_fall_rise_and_share_from_the_rows(tmp_path):
    text = describe(case_of(tmp_path))
    assert text.startswith(
        f"{EUROPE} ({MAIN}) fell from 180 bcm in 2019 to an estimated 20 bcm in 2023, by 160 bcm. "
        f"{CHINA} (by this line) rose from 0.4 bcm in 2019 to 22.4 bcm in 2023, by 22 bcm. "
        "For each 10 bcm less to Europe, 1.4 bcm more went to China."
    )
    assert text.endswith("Sources differ on Europe in 2023 (20 or 30 bcm).")


def test_the_share_is_left_out_where_the_years_differ_or_nothing_was_lost(tmp_path):
    later = [one for one in ROWS if '"c23"' not in one]
    assert "For each" not in describe(case_of(tmp_path / "a", rows=later))
    risen = [row("a", EUROPE, 2019, 1), row("b", EUROPE, 2023, 2), ROWS[7], ROWS[10]]
    assert "For each" not in describe(case_of(tmp_path / "b", rows=risen))


def test_one_subject_alone_is_drawn_and_told(tmp_path):
    case = case_of(tmp_path, rows=ROWS[7:])
    assert {name.split()[0] for name in (trace.name for trace in gas_pivot(case).data)} == {
        *("China", "values", "words")
    }
    assert describe(case).startswith(f"{CHINA} (by this line) rose")


def test_an_empty_case_says_so_in_one_sentence(tmp_path):
    case = case_of(tmp_path, *many(2))
    empty = case.replace(figures=case.figures.head(0))
    figure = gas_pivot(empty)
    assert not figure.data
    assert figure.layout.annotations[0].text.replace("<br>", " ") == describe(empty)
    assert len(table(empty)) == 0
    assert note(empty) == ""


def test_the_table_has_every_delivery_and_the_events_that_are_marked(tmp_path):
    rows = table(case_of(tmp_path, *many(1)))
    assert list(rows.columns)[:3] == ["Subject", "Measure", "Value"]
    assert rows.loc["figures/e22", ["Value", "Period", "Status", "Scope"]].tolist() == [
        *("64 bcm", "2022", "estimate", MAIN)
    ]
    assert rows.loc["events/v0", ["Subject", "Measure", "Value", "Period"]].tolist() == [
        *("A year begins", "event", "", "1 January 2019")
    ]
    assert rows.loc["events/v0", "Source"].startswith("The Paper")
