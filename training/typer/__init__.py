"""Trains the typer: what act a word names, who takes part, whether it happened."""
