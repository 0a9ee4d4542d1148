"""A consultation in the admin: closing time, checklist, front page, and the page editor."""
