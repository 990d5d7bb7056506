"""geodash: who stands where, on what, and says who."""

from __future__ import annotations

from importlib.metadata import version

from geodash.case import Case, load
from geodash.filters import Filters
from geodash.problems import CaseError, Problem

__version__ = version("geodash")
__all__ = ["Case", "CaseError", "Filters", "Problem", "__version__", "load"]
