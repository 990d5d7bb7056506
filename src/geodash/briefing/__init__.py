"""Briefings: charts with their words and sources, as files that prove what they were made of.

Examples
--------
>>> import geodash
>>> from datetime import date
>>> filters = geodash.Filters(countries=("CHN",))
>>> briefing = geodash.Briefing(geodash.load(), filters, as_of=date(2026, 11, 24))
>>> briefing = briefing.add("stances", note="China stands apart.").add("pivot")
>>> [section.heading for section in briefing.content.sections]
['Who stands where?', 'Did the pivot to China happen?']
>>> briefing.to_html("briefing.html")  # doctest: +SKIP
>>> briefing.write("briefings", formats=("pptx", "docx", "pdf"))  # doctest: +SKIP

A notebook shows its charts when it is the last line of a cell.
"""

from geodash.briefing.briefing import Briefing
from geodash.briefing.formats import FORMATS

__all__ = ["FORMATS", "Briefing"]
