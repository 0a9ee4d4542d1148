"""Sessions, registration, waiting list, calendar files, notes."""
