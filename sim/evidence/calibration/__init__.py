"""Which parameters agree with what was observed since 2022."""
