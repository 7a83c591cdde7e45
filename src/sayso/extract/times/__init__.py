"""Finds time expressions and what they stand for."""
