"""What the model's answers are worth: calibration, hindcast, stylised facts, sensitivity."""
