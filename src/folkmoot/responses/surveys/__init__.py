"""What stands beside the editor of a survey in the admin: its versions, and its tests."""
