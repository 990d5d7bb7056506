"""geodash: who stands where, on what, and says who."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

from geodash.case import Case, load
from geodash.filters import Filters
from geodash.problems import CaseError, Problem

if TYPE_CHECKING:
    from geodash.briefing import Briefing

__version__ = version("geodash")
__all__ = ["Briefing", "Case", "CaseError", "Filters", "Problem", "__version__", "load"]


def __getattr__(name: str) -> object:
    """Import briefings when they are asked for: the page and most commands need none."""
    if name != "Briefing":
        raise AttributeError(f"module “geodash” has no attribute “{name}”")
    from geodash.briefing import Briefing

    return Briefing
