"""What goes to other programs, and what comes from them: results taken along, tables brought."""
