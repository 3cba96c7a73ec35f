"""Evidence cards: what was published on a parameter, and the prior that follows by a rule."""
