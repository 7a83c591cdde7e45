"""sayso: every event in the news, and on whose say-so."""
