"""The model: the rules of a month, the tables that they change, and the start."""
