"""What people told us: code frames, themes, assignments, campaigns, and their public pages."""
