"""Every write to code frames: suggested, edited, coded, resolved, confirmed."""

from folkmoot.themes.acts.editing import confirm_frame, rename_theme
from folkmoot.themes.acts.errors import ThemesError
from folkmoot.themes.acts.suggesting import FEWEST_AND_MOST, suggest_themes

__all__ = ["FEWEST_AND_MOST", "ThemesError", "confirm_frame", "rename_theme", "suggest_themes"]
