"""Forms on paper, keyed by number: what is typed, what it says, and the screens for it."""
