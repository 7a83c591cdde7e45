"""Makes records of drafts: actors, places and days of the real world, joined by ids."""
