"""Writes to what every site has: its front page, what is scheduled, and who follows it."""

from folkmoot.publishing.acts.site import begin_site

__all__ = ["begin_site"]
