"""The form in which an editor gives the dashboard its maps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from wagtail.admin.forms import WagtailAdminPageForm

from folkmoot.performance.layouts import LayoutError, read_outlines, read_tiles

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from folkmoot.performance.models import Dashboard

# Boundaries for a page are simplified; a file beyond this is one for measuring land.
LARGEST_MEGABYTES = 4


class DashboardForm(WagtailAdminPageForm):
    """Reads the layout of squares and the boundaries when they are given, and keeps them else."""

    tiles_file = forms.FileField(
        required=False,
        label="Layout of the map of equal squares",
        help_text="A CSV with the header code,name,column,row: a line for each area, with its code "
        "and a short name of up to 4 letters. It takes the place of the one before.",
    )
    outlines_file = forms.FileField(
        required=False,
        label="Boundaries",
        help_text="A GeoJSON file in longitude and latitude, simplified for the screen, with the "
        "code or the name of each area. It takes the place of the one before.",
    )
    without_tiles = forms.BooleanField(required=False, label="Show no map of equal squares")
    without_outlines = forms.BooleanField(required=False, label="Show no map of outlines")

    def clean(self) -> dict[str, Any]:
        """Read what was given; a file that cannot be used changes nothing."""
        cleaned: dict[str, Any] = super().clean()
        page: Dashboard = self.instance
        for name, read in (("tiles", self._tiles), ("outlines", self._outlines)):
            given: UploadedFile | None = cleaned.get(f"{name}_file")
            if cleaned.get(f"without_{name}"):
                setattr(page, name, [] if name == "tiles" else {})
            elif given is not None:
                try:
                    setattr(page, name, read(given))
                except LayoutError as error:
                    self.add_error(f"{name}_file", str(error))
        return cleaned

    def _tiles(self, given: UploadedFile) -> list[dict[str, Any]]:
        return read_tiles(_content(given))

    def _outlines(self, given: UploadedFile) -> dict[str, Any]:
        from folkmoot.performance.models import Area

        codes = {}
        for code, name in Area.objects.values_list("code", "name"):
            codes[code.lower()] = codes[name.lower()] = code
        return read_outlines(_content(given), codes)


def _content(given: UploadedFile) -> bytes:
    if (given.size or 0) > LARGEST_MEGABYTES * 1_000_000:
        raise LayoutError(
            f"The file is larger than {LARGEST_MEGABYTES} MB: give one that is simplified for the "
            "screen."
        )
    return given.read()
