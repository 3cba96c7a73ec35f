"""Which parameters carry the answer, and how much of it is levers, parameters and luck."""
