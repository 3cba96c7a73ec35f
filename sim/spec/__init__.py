"""What is shown, as data: declared, never drawn here."""
