"""Reports that account for a plan: one set of values as HTML, PDF and spreadsheet."""
