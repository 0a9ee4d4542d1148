"""The form of a section in the admin."""

from __future__ import annotations

from typing import Any

from wagtail.admin.forms import WagtailAdminPageForm


class SectionForm(WagtailAdminPageForm):
    """A section; one that is new does not know its plan yet, so the form asks on its behalf."""

    def clean(self) -> dict[str, Any]:
        """Refuse a number that another section of the plan has."""
        from folkmoot.plans.models.pages import taken

        cleaned: dict[str, Any] = super().clean()
        number = cleaned.get("number")
        if number and not self.instance.path and (sentence := taken(self.parent_page, number)):
            self.add_error("number", sentence)
        return cleaned
