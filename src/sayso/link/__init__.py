"""Joins articles: copies, origins, incidents, tolls over reports, stories. Pure functions of analyses and judgements."""
