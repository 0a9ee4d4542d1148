"""All areas beside one another on one measure, with room for chance: never two that were picked."""

from folkmoot.performance.comparing.views import areas, areas_csv

__all__ = ["areas", "areas_csv"]
