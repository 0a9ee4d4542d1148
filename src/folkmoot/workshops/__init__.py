"""Workshops: sessions, registration, waiting list, calendar files, door list, points raised."""
