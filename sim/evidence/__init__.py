"""What speaks for the model and what against it, measured on the worlds it makes."""
