"""Finds counts of people harmed."""
