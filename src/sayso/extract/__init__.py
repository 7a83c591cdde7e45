"""Finds what an article tells: drafts that point at its characters."""
