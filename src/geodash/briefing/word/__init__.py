"""Briefings as documents for Word."""
