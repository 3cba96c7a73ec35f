"""What speaks for the model and what against it, measured on what it makes."""
