"""Is it working? Releases, observations, readings, and the pages that show them."""
