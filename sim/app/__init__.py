"""The web lab: switch plans, watch likelihoods move, see the city grow, compare packages."""
