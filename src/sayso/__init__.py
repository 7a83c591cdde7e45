"""sayso: every event in the news, and on whose say-so."""

__version__ = "0.1.0"
