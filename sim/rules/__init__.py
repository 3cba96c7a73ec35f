"""What happens in a month: one file per process, compiled; ``month.py`` is the table of contents."""
