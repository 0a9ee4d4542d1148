"""The officers' screens of performance in the admin: signals, rebases, evidence."""
