"""A firm's life, month by month, and what each process changes of an agent or by an instrument."""
