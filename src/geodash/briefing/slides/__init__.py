"""Briefings as slides for PowerPoint."""
