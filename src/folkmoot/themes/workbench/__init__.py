"""The analysts' workbench in the admin, a screen a file."""
