"""Decisions on what people said, and the thread from a theme to a measure and back."""
