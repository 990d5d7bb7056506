"""What happened when: events and positions over the whole period, and in its busiest week."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from geodash import theme
from geodash.case import Case
from geodash.charts import moments
from geodash.charts.marks import key
from geodash.charts.moments import BUSIEST, DAY, WEEK, Moment, Stretch
from geodash.charts.panel import DEED, GAP, TEXT, TYPES, WORD, Panel
from geodash.wording import counted, plain, written_date

HEADING = "What happened when?"
LEAD = (
    "Events and positions by date, true to scale: the whole period, and day by day its busiest "
    "week; a month or year stands as a bar where the day is not known"
)

#: What can be shown.
BOTH, PERIOD, BUSY = "both", "period", "week"
SHOWN = {BOTH: "Period and busiest week", PERIOD: "The whole period", BUSY: "The busiest week"}

#: Lanes before the rest share one.
MOST_LANES = 12
OTHERS = "Others"
#: Pixels between panels; characters in a line of the key, on a page and on a phone.
APART, KEY = 16, {False: 70, True: 46}


def event_timeline(case: Case, *, narrow: bool = False, show: str = BOTH) -> go.Figure:
    """Draw what happened when.

    Above, the whole period: events by name, positions counted by day or, where the day is not
    known, by month or year. Below, the seven days in which most is known to have happened: events
    by name, and a mark for each position in the row of its holder's party.

    Parameters
    ----------
    narrow
        Draw it for a phone: names of parties above their rows instead of beside them.
    show
        A key of `SHOWN`; a case that has but one of the two shows that one.
    """
    happened, said = moments.read(case)
    if not happened + said:
        return theme.empty_figure(describe(case))
    colours = {str(actor): colour for actor, colour in theme.colours_of(case).items()}
    period, week = moments.period(happened + said), moments.busiest_week(happened + said)
    panels = {}
    if _parted(period, week):
        # The marks of the first and of the last day keep away from the edges.
        margin = (period[1] - period[0]) * 0.025
        panel = Panel((period[0] - margin, period[1] + margin), colours, narrow)
        panels["The whole period"] = _whole(panel, happened, said, week)
    if week:
        title = f"The {_span(week)}: {_dates(week)}" if panels else _dates(week)
        said = moments.within(said, week)
        panel = Panel(week, colours, narrow)
        panels[title] = _week(panel, moments.within(happened, week), _lanes(case, said))
    if show != BOTH and len(panels) > 1:
        title = list(panels)[show == BUSY]
        panels = {title: panels[title]}
    # Positions have symbols in the busiest week only.
    marked = said if week and show != PERIOD else []
    return _figure(panels, _key(happened, marked, width=KEY[narrow]))


def _parted(period: Stretch, week: Stretch | None) -> bool:
    """Tell whether the whole period is more than its busiest week."""
    return week is None or period[1] - period[0] > WEEK * DAY


def parts(case: Case) -> Mapping[str, str]:
    """Give what can be shown of a case: names by key, a single one where there are no parts."""
    happened, said = moments.read(case)
    week = moments.busiest_week(happened + said)
    parted = week is not None and _parted(moments.period(happened + said), week)
    return SHOWN if parted else {BOTH: SHOWN[BOTH]}


def describe(case: Case) -> str:
    """Say from when to when, how much, and which day has most, from the rows shown."""
    happened, said = moments.read(case)
    kinds = [(found, word) for found, word in ((happened, "event"), (said, "position")) if found]
    if not kinds:
        return "No event and no position is shown."
    parts = [f"{counted(len(found), word)} {_extent(found)}" for found, word in kinds]
    sentences = [" and ".join(parts)]
    day = moments.busiest_day(happened + said)
    if day is not None:
        on_day = [sum(one.exact and one.start == day for one in found) for found, _ in kinds]
        pairs = zip(on_day, kinds, strict=True)
        counts = [counted(number, word) for number, (_, word) in pairs if number]
        # One row makes no day a busy one, and where there is but one day it has been named.
        if 1 < sum(on_day) < len(happened + said):
            sentences.append(f"The busiest day is {written_date(day)}, with {' and '.join(counts)}")
    vague = sum(not one.exact for one in happened + said)
    if vague:
        sentences.append(f"For {counted(vague, 'row')} only the month or the year is known")
    return ". ".join([*sentences, ""]).strip()


def table(case: Case) -> pd.DataFrame:
    """List events and positions, the earliest first.

    Returns
    -------
    pandas.DataFrame
        One row per event or position, indexed by ref.
    """
    happened, said = moments.read(case)
    kinds = {moment.refs: f"event: {plain(moment.kind)}" for moment in happened}
    kinds |= {moment.refs: f"position: {plain(moment.kind)}" for moment in said}
    rows = sorted(happened + said, key=lambda moment: moment.start)
    columns = {
        "Date": [moment.written for moment in rows],
        "What": [moment.title for moment in rows],
        "Who": [moment.who for moment in rows],
        "Kind": [kinds[moment.refs] for moment in rows],
        "Source": [moment.source for moment in rows],
    }
    refs = pd.Index([moment.refs for moment in rows], name="ref")
    return pd.DataFrame(columns, index=refs, dtype="str")


def _extent(found: list[Moment]) -> str:
    first, last = (moment.written for moment in (found[0], found[-1]))
    return f"of {first}" if first == last else f"from {first} to {last}"


def _dates(stretch: Stretch) -> str:
    """Write the days of a stretch of time: 17–22 March 2023."""
    first, last = stretch[0], stretch[1] - DAY
    if first == last:
        return written_date(last)
    within_month = (first.year, first.month) == (last.year, last.month)
    return (
        f"{first.day}–{written_date(last)}"
        if within_month
        else f"{written_date(first)} to {written_date(last)}"
    )


def _span(week: Stretch) -> str:
    return "busiest day" if week[1] - week[0] == DAY else "busiest week"


def _whole(panel: Panel, happened: list[Moment], said: list[Moment], week: Stretch | None) -> Panel:
    """Draw the whole period; what happened in its busiest week is one mark."""
    inside = [*moments.within(happened, week), *moments.within(said, week)] if week else []
    refs = {moment.refs for moment in inside}
    rows = moments.grouped([moment for moment in happened if moment.refs not in refs])
    if week:
        rows = sorted([*rows, _as_moment(week, inside)], key=lambda moment: moment.start)
    for moment in rows:
        panel.draw_event(moment, dated=True)
    if said:
        panel.draw_counts(said)
    return panel


def _as_moment(week: Stretch, inside: list[Moment]) -> Moment:
    dates = _dates(week)
    return Moment(
        start=week[0],
        end=week[1],
        exact=False,
        refs=" ".join(moment.refs for moment in inside),
        kind=BUSIEST,
        parties=(),
        date=dates,
        written=dates,
        title=f"the {_span(week)}, below",
        who="",
        details=(counted(len(inside), "row"),),
        source="",
    )


def _week(panel: Panel, happened: list[Moment], lanes: Mapping[str, list[Moment]]) -> Panel:
    """Draw a week, or less, day by day."""
    for moment in moments.grouped(happened):
        panel.draw_event(moment, dated=False)
    for name, lane in lanes.items():
        panel.draw_lane(name, lane)
    return panel


def _lanes(case: Case, said: list[Moment]) -> dict[str, list[Moment]]:
    """Sort positions by their holders' parties, the one with most first."""
    names = dict(zip(case.actors["id"], case.actors["short_name"], strict=True))
    lanes: dict[str, list[Moment]] = {}
    for moment in said:
        lanes.setdefault(names[moment.parties[0]], []).append(moment)
    ordered = sorted(lanes.items(), key=lambda lane: -len(lane[1]))
    if len(ordered) > MOST_LANES:
        rest = [moment for _, lane in ordered[MOST_LANES - 1 :] for moment in lane]
        ordered = [*ordered[: MOST_LANES - 1], (OTHERS, rest)]
    return dict(ordered)


def _key(happened: list[Moment], said: list[Moment], *, width: int) -> str:
    """Say what the symbols mean, of those that occur."""
    types = {moment.kind for moment in said}
    words = {moment.kind in moments.SAID for moment in happened if moment.exact}
    groups = {
        "Positions:": [f"{mark} {plain(how)}" for how, (_, mark) in TYPES.items() if how in types],
        "Events:": [
            f"{mark} {kind}"
            for said_, (_, mark), kind in ((False, DEED, "deeds"), (True, WORD, "talks and words"))
            if said_ in words
        ],
    }
    return key(groups, width=width)


def _figure(panels: Mapping[str, Panel], words: str) -> go.Figure:
    """Set panels one below the other, each under its title and dates."""
    foot = TEXT * (1 + words.count("<br>")) + 2 * GAP
    heads = [panel.head + TEXT + GAP for panel in panels.values()]
    inside = sum(panel.y for panel in panels.values()) + sum(APART + head for head in heads[1:])
    notes = [_note(words, 0, yanchor="top", yshift=-GAP, font={"size": 12, "color": theme.MUTED})]
    axes: dict[str, Any] = {}
    traces, top = [], inside
    left = 1 + round(max(panel.before for panel in panels.values()))
    for number, (title, panel) in enumerate(panels.items()):
        top -= APART + heads[number] if number else 0
        suffix = str(number + 1) if number else ""
        domain = (max(0, top - panel.y) / inside, top / inside)
        axes |= panel.axes(suffix, domain)
        traces += panel.traces(suffix)
        notes.append(_note(f"<b>{title}</b>", domain[1], yanchor="bottom", yshift=panel.head))
        top -= panel.y
    layout = {
        "template": theme.TEMPLATE,
        "height": round(inside) + heads[0] + foot,
        "margin": {"l": left, "r": 8, "t": heads[0], "b": foot},
        "barmode": "overlay",
        "annotations": notes,
    }
    return theme.figure(traces, layout | axes)


def _note(words: str, y: float, **style: object) -> dict[str, Any]:
    """Write words at the left, at a share of the height of all panels."""
    place = {"xref": "paper", "yref": "paper", "x": 0, "xanchor": "left", "y": y, "align": "left"}
    return {"text": words, "showarrow": False} | place | style
