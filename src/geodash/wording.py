"""Dates, numbers and lists as a reader writes them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime

import pandas as pd

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

#: A date as the tables write it: a year, a month or a day.
DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?", re.ASCII)

#: The words of the tables in plain English.
WORDS = {
    "direct_quote": "quoted directly",
    "indirect_speech": "reported speech",
    "joint_statement": "joint statement",
    "third_outlet": "as reported by another outlet",
    "analyst_comment": "analyst’s comment",
    "outlet_wording": "the outlet’s own wording",
    "state": "states",
    "bloc": "blocs",
    "organisation": "organisations",
    "office": "offices",
    "person": "persons",
    "outlet": "news outlets",
    "border_crossing": "border crossing",
}


#: Characters that XML 1.0 has no place for (2.2, Char).
_UNPRINTABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def printable(words: str) -> str:
    """Leave out the characters that no document can hold."""
    return _UNPRINTABLE.sub("", words)


def written_date(value: object, precision: str = "day") -> str:
    """Write out a date: 21 March 2023, March 2023 or 2023.

    Parameters
    ----------
    value
        A date, or text of the form YYYY, YYYY-MM or YYYY-MM-DD; other text stays as it is, and
        a missing value is empty.
    precision
        `day`, `month` or `year`: how exactly a date is known.
    """
    if isinstance(value, str):
        if not DATE.fullmatch(value):
            return value
        numbers = [int(part) for part in value.split("-")]
    elif isinstance(value, date) and not pd.isna(value):
        known = {"day": 3, "month": 2, "year": 1}[precision]
        numbers = [value.year, value.month, value.day][:known]
    else:
        return ""
    if len(numbers) == 1:
        return str(numbers[0])
    text = f"{MONTHS[numbers[1] - 1]} {numbers[0]}"
    return text if len(numbers) == 2 else f"{numbers[2]} {text}"


def short_date(value: date) -> str:
    """Write a day briefly for an axis: 21 Mar 2023."""
    return f"{value.day} {MONTHS[value.month - 1][:3]} {value.year}"


def number(value: float) -> str:
    """Write a number without needless digits and with thousands set apart: 2,594 or 0.38."""
    return f"{value:,.10g}" if abs(value) < 1e10 else f"{value:,.0f}"


def listed(words: Sequence[str], *, most: int = 0) -> str:
    """Join words as a sentence does: A, B and C.

    Parameters
    ----------
    most
        How many to name before the rest is counted (A, B and 3 others); 0 names all.
    """
    words = list(words)
    if most and len(words) > most:
        words = [*words[:most], counted(len(words) - most, "other")]
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def counted(count: int, one: str, many: str = "") -> str:
    """Count things: 1 position, 12 positions, no position.

    Parameters
    ----------
    many
        The plural; `one` with an s if empty.
    """
    if count == 0:
        return f"no {one}"
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def plain(word: str) -> str:
    """Say a word of the tables in plain English: `joint_statement` is “joint statement”."""
    return WORDS.get(word, word.replace("_", " "))


def today() -> date:
    """Give the day that it is here."""
    return datetime.now(UTC).astimezone().date()
