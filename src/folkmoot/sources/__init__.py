"""Published data sets to tidy observations: one module a source, one registry."""
