"""Figures, sentences and tables that several studies share."""
