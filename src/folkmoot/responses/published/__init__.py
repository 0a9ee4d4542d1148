"""Responses as the public reads them: only what was agreed to, and read by a person first."""

from folkmoot.responses.published.views import browse, browse_csv, one

__all__ = ["browse", "browse_csv", "one"]
