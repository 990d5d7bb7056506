"""The tiny case with markup, script and formulas in every text that is free."""

from __future__ import annotations

import re

from tiny import TABLES

HOSTILE = "<img src=x onerror=window.hacked=1><b>bold</b>{{7*7}}${hacked=1}%{x}"
FREE = [
    *("The Paper", "Two leaders meet", "Aland", "Ann Aster", "President", "Peace plan"),
    *("Should the plan be the basis of peace?", "rejects it", "Both want the line."),
    *("drop the plan", "The meeting", "Aster meets Birch.", "Atown", "The plan", "Twelve points."),
    *("The line", "The old line", "to Cland", "Gate"),
]
#: Labels of axes have a greatest length; the others take the whole of it.
SHORT = ("Aland", "Peace plan", "The Paper", "Ann Aster")


def hostile_tables() -> dict[str, str]:
    """Give the tables, by their names."""
    tables = {}
    for name, text in TABLES.items():
        for words in FREE:
            bad = f"{words[:6]}<b>x</b>" if words in SHORT else f"{words}{HOSTILE}"
            text = re.sub(rf"(?<=,){re.escape(words)}(?=,|$)", bad, text, flags=re.MULTILINE)
        tables[name] = text
    return tables
