"""Briefings as pages: one file, fragments for pages of others, cells of notebooks, and print."""
