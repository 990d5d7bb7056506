"""The dashboard as widgets."""

from __future__ import annotations

from geodash.app.page import dashboard

__all__ = ["dashboard"]
