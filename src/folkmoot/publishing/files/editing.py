"""What the editor of documents checks across versions, and says beside a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import Panel


class FindingsPanel(Panel):
    """Beside a format: what a screen reader would stumble over in its file, once it is saved."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "publishing/admin/findings.html"

        def is_shown(self) -> bool:
            """Only where a file was chosen that has something wrong with it."""
            return bool(self.file and self.file.faults)

        @property
        def file(self) -> Any:
            """The chosen file, if any."""
            return getattr(self.instance, "file", None)


class DocumentPageForm(WagtailAdminPageForm):
    """Holds the versions of a document, and the formats of each, against one another."""

    def clean(self) -> dict[str, Any]:
        """Refuse two versions of one kind on a day, and one format twice in a version."""
        cleaned: dict[str, Any] = super().clean()
        versions = list(_forms(self.formsets.get("versions")))
        _refuse_repeated_versions(versions)
        for version in versions:
            _refuse_silent_correction(version)
            _refuse_repeated_formats(list(_forms(version.formsets.get("formats"))))
        return cleaned


def _forms(formset: Any) -> Iterator[Any]:
    """Give the checked forms of a formset that are to be kept."""
    if formset is None:
        return
    formset.is_valid()
    for form in formset.forms:
        if hasattr(form, "cleaned_data") and not formset._should_delete_form(form):
            yield form


def _refuse_repeated_versions(versions: list[Any]) -> None:
    keys = [
        (each.cleaned_data.get("kind"), each.cleaned_data.get("published_on")) for each in versions
    ]
    counts = Counter(keys)
    seen = set()
    for form, key in zip(versions, keys, strict=True):
        if all(key) and counts[key] > 1 and key in seen:
            form.add_error(
                "published_on",
                f"Another version of the kind “{form.instance.get_kind_display()}” has the date "
                f"{key[1]:%-d %B %Y}: choose another day or another kind.",
            )
        seen.add(key)


def _refuse_silent_correction(version: Any) -> None:
    cleaned = version.cleaned_data
    if cleaned.get("kind") == "correction" and not (cleaned.get("what_changed") or "").strip():
        version.add_error("what_changed", "Say what the correction changes, in a sentence.")


def _refuse_repeated_formats(formats: list[Any]) -> None:
    seen = set()
    for form in formats:
        cleaned = form.cleaned_data
        if not (cleaned.get("file") or cleaned.get("web_page")):
            continue
        key = (cleaned.get("kind"), cleaned.get("language"), bool(cleaned.get("file")))
        if key in seen:
            place = "file" if cleaned.get("file") else "page"
            form.add_error(
                "kind",
                f"This version has a {place} as “{form.instance.get_kind_display()}” already: "
                "change one of the two or remove it.",
            )
        seen.add(key)
