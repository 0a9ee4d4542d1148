"""Folkmoot: consult people on a statutory plan, then account to them for what it achieved."""
