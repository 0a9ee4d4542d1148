"""A survey as a form on paper: a page to print and a tagged PDF, numbered as on screen."""
