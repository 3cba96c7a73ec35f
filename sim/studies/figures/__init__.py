"""Figures that several studies share, as functions of what was found."""
