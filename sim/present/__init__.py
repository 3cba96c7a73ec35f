"""Renderers: what was declared as data becomes a terminal, a file, a chart or a report."""
