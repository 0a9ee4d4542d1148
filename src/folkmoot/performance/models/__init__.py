"""Areas, releases and observations, and the dashboard page."""

from folkmoot.performance.models.areas import Area
from folkmoot.performance.models.pages import Dashboard
from folkmoot.performance.models.releases import Observation, Release

__all__ = ["Area", "Dashboard", "Observation", "Release"]
