"""Responses to columns and rows, and to files that analysts open."""
