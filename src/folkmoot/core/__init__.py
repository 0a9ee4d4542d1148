"""Pure functions and frozen values: no framework, no database, no file, no clock."""
