"""Publishing responses in the admin: which surveys do, and one response after another reviewed."""
