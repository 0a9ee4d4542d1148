"""Answers of a question found: by words, by meaning, and by where they stand."""
