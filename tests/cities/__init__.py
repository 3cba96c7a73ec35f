"""Two made-up cities, so that no size of Shanghai's stays built in."""
