"""Sources to articles: each reader yields an `Article` or a `Rejected`, and opens only what the user named."""
