"""The plan: its sections, priorities, outcomes, measures and commitments."""
