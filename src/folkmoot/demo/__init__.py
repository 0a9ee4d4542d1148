"""The demonstration: the London plan pack, and what loads it."""
