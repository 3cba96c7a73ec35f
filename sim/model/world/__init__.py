"""The world's state: grid, agent tables and the 2022 starting population."""
