"""What happens in a month: one file a process; ``month.py`` is the table of contents."""
