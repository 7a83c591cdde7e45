"""Finds who is reported to say what, and by way of whom."""
