"""The tiny case with markup, script and formulas in every text that is free."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tiny import TABLES

HOSTILE = "<img src=x onerror=window.hacked=1><b>bold</b>{{7*7}}${hacked=1}%{x}"
#: What breaks out of one format or another.
STRINGS = (
    HOSTILE,
    "\u2028\u202e\x0b\ufffeend",
    "=HYPERLINK(0)",
    "@SUM(1+1)",
    "]]></text><script>window.hacked=1</script>",
    "--><!-- </style></title><marquee>",
    "[x](javascript:hacked) `code` | cell",
    '" onload="hacked" \'&amp;&quot;',
)
FREE = [
    *("The Paper", "Two leaders meet", "Aland", "Ann Aster", "President", "Peace plan"),
    *("Should the plan be the basis of peace?", "rejects it", "Both want the line."),
    *("drop the plan", "The meeting", "Aster meets Birch.", "Atown", "The plan", "Twelve points."),
    *("The line", "The old line", "to Cland", "Gate"),
]
#: Labels of axes have a greatest length; the others take the whole of it.
SHORT = ("Aland", "Peace plan", "The Paper", "Ann Aster")


def hostile_tables(strings: Sequence[str] = (HOSTILE,)) -> dict[str, str]:
    """Give the tables, by their names; each free text ends with one of the strings in turn."""
    tables = {}
    for name, text in TABLES.items():
        for at, words in enumerate(FREE):
            bad = f"{words[:6]}<b>x</b>" if words in SHORT else words + strings[at % len(strings)]
            cell = '"' + bad.replace('"', '""') + '"'
            found = re.compile(rf"(?<=,){re.escape(words)}(?=,|$)", re.MULTILINE)
            text = cell.join(found.split(text))
        tables[name] = text
    return tables
