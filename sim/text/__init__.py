"""Every text that a person sees, one catalogue a language."""
